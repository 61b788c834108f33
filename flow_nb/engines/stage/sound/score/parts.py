"""What players play. In: a `Piece`. Out: `Note`s, by the name of the part, as ``moods.toml`` has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.sound.score.piece import Note, Piece
from flow_nb.engines.stage.sound.score.theory import near


def _sustain(piece: Piece, player: str) -> Iterator[Note]:
    """The chord, held; a tone that stays is held on."""
    for bar in piece.bars:
        for note in bar.voices:
            yield piece.note(bar.begin, bar.end - bar.begin, note, 0.75 * bar.force, player)


def _tremolo(piece: Piece, player: str) -> Iterator[Note]:
    """The upper two voices, shivering."""
    for bar in piece.bars:
        if bar.last:
            yield from (
                piece.note(bar.begin, 4, n + 12, 0.6 * bar.force, player) for n in bar.voices
            )
            continue
        for step in np.arange(bar.begin, bar.end, 0.125):
            for note in bar.voices[-2:]:
                force = bar.force * (0.35 + 0.2 * (step - bar.begin) / (bar.end - bar.begin))
                yield piece.note(float(step), 0.14, note + 12, force, player)


def _ostinato(piece: Piece, player: str) -> Iterator[Note]:
    """Eighths: the root and what leans on it."""
    shape = (0, 1, 0, 2, 0, 1, 0, 2)
    for bar in piece.bars:
        if bar.last:
            yield from (piece.note(bar.begin, 4, n, bar.force, player) for n in bar.voices)
            continue
        low = near(bar.chord.root, 50)
        tones = [low, near(bar.chord.tones[1], low + 4), near(bar.chord.tones[2], low + 7)]
        for i, step in enumerate(np.arange(bar.begin, bar.end, 0.5)):
            force = bar.force * (1.0 if i % 4 == 0 else 0.72)
            yield piece.note(float(step), 0.4, tones[shape[i % 8]], force, player)


def _arpeggio(piece: Piece, player: str) -> Iterator[Note]:
    """The chord, broken: up and down in eighths, over two octaves."""
    for bar in piece.bars:
        tones = [*bar.voices, bar.voices[0] + 12, bar.voices[1] + 12]
        order = [0, 1, 2, 3, 4, 3, 2, 1]
        if bar.last:
            for i, note in enumerate(bar.voices):
                yield piece.note(bar.begin + 0.12 * i, 4, note, 0.8 * bar.force, player)
            continue
        for i, step in enumerate(np.arange(bar.begin, bar.end, 0.5)):
            force = bar.force * (0.85 if i % 4 == 0 else 0.62)
            yield piece.note(float(step), 1.0, tones[order[i % 8]], force, player)


def _strum(piece: Piece, player: str) -> Iterator[Note]:
    """A guitar that accompanies: bass on one and three, chords behind."""
    for bar in piece.bars:
        for beat in range(bar.begin, bar.begin + 1 if bar.last else bar.end):
            down = (beat - bar.begin) % 2 == 0
            if down:
                yield piece.note(beat, 1, near(bar.chord.root, 45), 0.8 * bar.force, player)
            for i, note in enumerate(bar.voices):
                at = beat + (0.0 if bar.last else 0.5) + 0.03 * i
                yield piece.note(at, 4 if bar.last else 0.8, note, 0.6 * bar.force, player)


def _roots(piece: Piece, player: str) -> Iterator[Note]:
    """The root at the beginning of a bar, the fifth in its middle."""
    for bar in piece.bars:
        root = near(bar.chord.root, 38)
        length = bar.end - bar.begin
        split = length == 4 and not bar.last
        yield piece.note(bar.begin, 2 if split else length, root, 0.85 * bar.force, player)
        if split:
            fifth = near(bar.chord.tones[2], root + 5)
            yield piece.note(bar.begin + 2, 2, fifth, 0.65 * bar.force, player)


def _pulse(piece: Piece, player: str) -> Iterator[Note]:
    """The root on every beat."""
    for bar in piece.bars:
        root = near(bar.chord.root, 38)
        for beat in range(bar.begin, bar.begin + 1 if bar.last else bar.end):
            yield piece.note(beat, 4 if bar.last else 0.7, root, 0.8 * bar.force, player)


def _melody(piece: Piece, player: str) -> Iterator[Note]:
    """A tune: chord tones on strong beats, steps of the scale between them, the tonic at the end."""
    at = near(piece.key.tonic, 74)
    rhythm = [(0.0, 1.5), (1.5, 0.5), (2.0, 1.0), (3.0, 1.0)]
    answer = [(0.0, 1.0), (1.0, 1.0), (2.0, 2.0)]
    for number, bar in enumerate(piece.bars):
        if bar.last:
            yield piece.note(bar.begin, 4, near(piece.key.tonic, at), 0.9 * bar.force, player)
            return
        for offset, length in rhythm if number % 2 == 0 else answer:
            if bar.begin + offset >= bar.end:
                continue
            strong = offset in (0.0, 2.0)
            tones = bar.chord.tones if strong else piece.key.scale
            at = _step(at, tones, piece.rng)
            yield piece.note(
                bar.begin + offset, length, at, bar.force * (0.9 if strong else 0.7), player
            )


def _step(at: int, tones: tuple[int, ...], rng: np.random.Generator) -> int:
    """A neighbour among the tones, up or down, drawn back to the middle of the compass."""
    reach = [n for n in range(at - 5, at + 6) if n % 12 in tones and n != at]
    weight = np.array([np.exp(-abs(n - at) / 2.5 - abs(n - 74) / 7.0) for n in reach])
    return int(rng.choice(reach, p=weight / weight.sum()))


def _beaten(
    pattern: tuple[tuple[float, int, float], ...],
) -> Callable[[Piece, str], Iterator[Note]]:
    """A drum's bar: (beat, sound, force), over and over; one low stroke at the end."""

    def part(piece: Piece, player: str) -> Iterator[Note]:
        for bar in piece.bars:
            if bar.last:
                yield piece.note(bar.begin, 1, 36, 0.8 * bar.force, player)
                return
            for beat, sound, force in pattern:
                if bar.begin + beat < bar.end:
                    yield piece.note(bar.begin + beat, 0.5, sound, force * bar.force, player)

    return part


def accents(piece: Piece) -> Iterator[Note]:
    """What is strong is met: a low stroke and the chord, exactly then."""
    for hit in piece.grid.hits:
        bar = max((b for b in piece.bars if b.begin <= hit), key=lambda b: b.begin)
        yield piece.note(hit, 1, 36, bar.force, "percussion", exact=True)
        yield piece.note(hit, 2, near(bar.chord.root, 36), bar.force, "bass", exact=True)


PARTS: Mapping[str, Callable[[Piece, str], Iterator[Note]]] = MappingProxyType(
    {
        "sustain": _sustain,
        "tremolo": _tremolo,
        "ostinato": _ostinato,
        "arpeggio": _arpeggio,
        "strum": _strum,
        "roots": _roots,
        "pulse": _pulse,
        "melody": _melody,
        "heartbeat": _beaten(((0.0, 44, 0.8), (0.4, 44, 0.5), (2.0, 44, 0.7), (2.4, 44, 0.45))),
        "light": _beaten(tuple((i / 2, 60, 0.9 if i % 2 else 0.5) for i in range(8))),
        "drums": _beaten(
            ((0.0, 36, 1.0), (1.5, 36, 0.6), (2.0, 36, 0.85), (3.0, 36, 0.6), (3.5, 36, 0.5))
        ),
    }
)
