"""What music a shot asks for. In: a directive, or an option. Out: `Music`; without one there is none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flow_nb.plan.base import DEFAULT, Origin, Part

Feeling = Literal[
    "calm", "tense", "sad", "happy", "heroic", "mysterious", "romantic", "playful", "driving", "eerie"
]  # fmt: skip
Player = Literal[
    "strings", "piano", "pad", "harp", "guitar", "bass", "flute", "horns", "bells", "percussion"
]

MIN_TEMPO_BPM, MAX_TEMPO_BPM = 40.0, 200.0


class Music(Part):
    """A score. What is None or empty follows from the beats: how they feel, how fast they go, how
    strong they are. ``silent``: the text wants none, whatever an option says."""

    feeling: Feeling | None = None
    players: tuple[Player, ...] = Field(default=(), max_length=6)
    tempo_bpm: float | None = Field(default=None, ge=MIN_TEMPO_BPM, le=MAX_TEMPO_BPM)
    key: Annotated[str, Field(pattern=r"^[A-G][#b]? (major|minor)$")] | None = None
    silent: bool = False
    origin: Origin = DEFAULT
