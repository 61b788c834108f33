"""The composer. In: a plan, its motion. Out: `Note`s that end with a cadence at the end of the shot."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np

from flow_nb.engines.stage.sound.score.grid import Grid, grid_of
from flow_nb.engines.stage.sound.score.parts import PARTS, accents
from flow_nb.engines.stage.sound.score.piece import Bar, Note, Piece
from flow_nb.engines.stage.sound.score.theory import Key, chord_of, key_of, led
from flow_nb.plan.motion import Motion
from flow_nb.plan.music import Music
from flow_nb.plan.plan import Plan

PACES: Mapping[str, float] = MappingProxyType({"slow": 0.85, "normal": 1.0, "fast": 1.18})
STRENGTHS: Mapping[str, float] = MappingProxyType({"break": 3.0, "burst": 4.0, "splash": 1.5})
STRONG = 0.5
LEAST_IMPULSE_N_S = 0.3
ALONE: Mapping[str, str] = MappingProxyType(
    {
        "strings": "sustain",
        "piano": "arpeggio",
        "pad": "sustain",
        "harp": "arpeggio",
        "guitar": "arpeggio",
        "bass": "roots",
        "flute": "melody",
        "horns": "sustain",
        "bells": "arpeggio",
        "percussion": "drums",
    }
)
"""What a player does whose part no feeling names."""


def compose(plan: Plan, motion: Motion, music: Music, rng: np.random.Generator) -> list[Note]:
    """All notes of a shot's score, in the order of time."""
    row = feelings()[_feeling(plan, music)]
    pace = PACES[plan.beats[0].pace] if plan.beats else 1.0
    grid = grid_of(motion.duration_s, music.tempo_bpm or row["tempo_bpm"] * pace, _strong(motion))
    key = key_of(music.key or f"{rng.choice(row['keys'])} {'minor' if row['minor'] else 'major'}")
    bars = _bars(plan, grid, key, row)
    piece = Piece(grid=grid, key=key, bars=bars, duration_s=motion.duration_s, rng=rng)
    notes = [
        note for player, part in _parts(music, row, bars) for note in PARTS[part](piece, player)
    ]
    return sorted([*notes, *accents(piece)], key=lambda note: note.time_s)


def feelings() -> Mapping[str, dict[str, Any]]:
    """The table of feelings by name."""
    return _table()


@cache
def _table() -> Mapping[str, dict[str, Any]]:
    text = files(__package__).joinpath("moods.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def _feeling(plan: Plan, music: Music) -> str:
    """What the text asks for, else what the strongest beat feels, else calm."""
    if music.feeling:
        return music.feeling
    for beat in sorted(plan.beats, key=lambda one: -one.intensity):
        for name, row in feelings().items():
            if any(stem in beat.mood.lower() for stem in row["words"]):
                return name
    return "calm"


def _strong(motion: Motion) -> list[tuple[float, float]]:
    """What a beat should meet: breaks, bursts, splashes, heavy blows."""
    return [
        (event.time_s, STRENGTHS.get(event.kind, 0.0) + min(event.impulse_n_s, 5.0) / 5)
        for event in motion.events
        if event.kind in STRENGTHS
        or (event.kind == "impact" and event.impulse_n_s >= LEAST_IMPULSE_N_S)
    ]


def _bars(plan: Plan, grid: Grid, key: Key, row: dict[str, Any]) -> tuple[Bar, ...]:
    begins = grid.bars
    degrees = _degrees(row, len(begins))
    chords = [chord_of(key, degree) for degree in degrees]
    ends = [*begins[1:], begins[-1] + 4]
    return tuple(
        Bar(
            begin=begin,
            end=end,
            chord=chord,
            voices=voices,
            force=_force(plan, grid.time_s(begin)),
            last=begin == grid.beats,
        )
        for begin, end, chord, voices in zip(begins, ends, chords, led(chords), strict=True)
    )


def _degrees(row: dict[str, Any], count: int) -> list[str]:
    """The row's chords over and over, and its cadence at the end."""
    cadence: list[str] = row["cadence"][-count:]
    chords: list[str] = row["chords"]
    return [chords[i % len(chords)] for i in range(count - len(cadence))] + cadence


def _force(plan: Plan, time_s: float) -> float:
    """How strong the beats are at an instant, smoothed towards their neighbours."""
    if not plan.beats:
        return 0.5
    middles = [(beat.start_s + beat.end_s) / 2 for beat in plan.beats]
    return float(np.interp(time_s, middles, [0.35 + 0.6 * b.intensity for b in plan.beats]))


def _parts(music: Music, row: dict[str, Any], bars: tuple[Bar, ...]) -> Iterator[tuple[str, str]]:
    strong = max(bar.force for bar in bars) >= STRONG + 0.15
    given = [part.split(" ") for part in row["parts"]]
    written = [(who.rstrip("+"), what) for who, what in given if strong or not who.endswith("+")]
    if not music.players:
        yield from written
        return
    for player in music.players:
        mine = [what for who, what in written if who == player]
        yield from ((player, what) for what in mine or [ALONE[player]])
    if len(music.players) == 1 and music.players[0] == "strings":
        yield "bass", "roots"
