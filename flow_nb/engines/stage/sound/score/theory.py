"""Harmony. In: a key and degrees such as ``bVI`` or ``V7``. Out: chords, led so that voices move little.

Notes are MIDI numbers: 60 is the C in the middle, one more is a semitone higher.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

TONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SIGNS = {"": 0, "#": 1, "b": -1}
MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
_DEGREE = re.compile(r"(b?)([ivIV]+)(o?)(7?)")
LOWEST_VOICE, HIGHEST_VOICE = 52, 76


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A tonic (0 is C, 11 is B) and a mode."""

    tonic: int
    minor: bool

    @property
    def scale(self) -> tuple[int, ...]:
        """The seven tones of the key, as pitch classes."""
        return tuple((self.tonic + step) % 12 for step in (MINOR if self.minor else MAJOR))


@dataclass(frozen=True, kw_only=True, slots=True)
class Chord:
    """Its root and its tones as pitch classes, root first."""

    root: int
    tones: tuple[int, ...]


def key_of(name: str) -> Key:
    """A key by its name.

    >>> key_of("Bb minor")
    Key(tonic=10, minor=True)
    """
    note, _, mode = name.partition(" ")
    return Key(tonic=(TONES[note[0]] + SIGNS[note[1:]]) % 12, minor=mode == "minor")


def chord_of(key: Key, degree: str) -> Chord:
    """A chord by its degree: capitals are major, small letters minor, ``o`` is diminished.

    Degrees stand on the major scale with ``b`` for what minor lowers.

    >>> chord_of(key_of("C major"), "V7").tones
    (7, 11, 2, 5)
    >>> chord_of(key_of("A minor"), "bVI").tones
    (5, 9, 0)
    """
    found = _DEGREE.fullmatch(degree)
    if found is None:
        raise ValueError(f"{degree!r} is no degree")
    flat, roman, diminished, seventh = found.groups()
    root = (key.tonic + MAJOR[ROMAN.index(roman.upper())] - len(flat)) % 12
    steps = [0, 4, 7] if roman.isupper() else [0, 3, 7]
    if diminished:
        steps = [0, 3, 6]
    if seventh:
        steps.append(9 if diminished else 10)
    return Chord(root=root, tones=tuple((root + step) % 12 for step in steps))


def led(chords: Sequence[Chord], voices: int = 3) -> list[tuple[int, ...]]:
    """Every chord as ascending notes, each as near to the one before as it can be.

    The third is never left out, parallel octaves cannot be, and no voice leaves its compass.
    """
    out: list[tuple[int, ...]] = []
    for chord in chords:
        choices = _voicings(chord, voices)
        if not out:
            out.append(min(choices, key=lambda notes: abs(sum(notes) / len(notes) - 62)))
            continue
        before = out[-1]
        out.append(min(choices, key=lambda notes: _distance(before, notes)))
    return out


def _voicings(chord: Chord, voices: int) -> list[tuple[int, ...]]:
    tones = (
        chord.tones
        if len(chord.tones) <= voices
        else (chord.tones[0], *chord.tones[1:2], *chord.tones[3:])
    )
    compass = [n for n in range(LOWEST_VOICE, HIGHEST_VOICE + 1) if n % 12 in tones]
    return [
        notes
        for notes in itertools.combinations(compass, voices)
        if {n % 12 for n in notes} == set(tones[:voices]) and notes[-1] - notes[0] <= 16
    ]


def _distance(before: tuple[int, ...], notes: tuple[int, ...]) -> float:
    """How far the voices move, and a little for leaving the middle."""
    moves = [abs(a - b) for a, b in zip(before, notes, strict=True)]
    return sum(moves) + 0.5 * max(moves) + 0.15 * abs(sum(notes) / len(notes) - 62)


def near(tone: int, note: int) -> int:
    """The note of that pitch class nearest to a note.

    >>> near(0, 70), near(7, 48)
    (72, 43)
    """
    up = (tone - note) % 12
    return note + up if up < 6 else note + up - 12
