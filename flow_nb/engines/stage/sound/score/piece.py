"""What a score is made of. In: a grid, a key, chords. Out: `Piece`, and the `Note`s on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.sound.score.grid import Grid
from flow_nb.engines.stage.sound.score.theory import Chord, Key


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One note: its instant and length in seconds, MIDI number, force 0 to 1, who plays it. What
    meets an event is ``exact``; all else is as exact as people are."""

    time_s: float
    lasts_s: float
    note: int
    force: float
    player: str
    exact: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One harmony: from beat to beat, the chord, its voices low to high, how strong it is."""

    begin: int
    end: int
    chord: Chord
    voices: tuple[int, ...]
    force: float
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Everything that the parts are written from."""

    grid: Grid
    key: Key
    bars: tuple[Bar, ...]
    duration_s: float
    rng: np.random.Generator

    def note(
        self,
        beat: float,
        beats: float,
        note: int,
        force: float,
        player: str,
        *,
        exact: bool = False,
    ) -> Note:
        """A note on the grid."""
        begin_s = self.grid.time_s(beat)
        end_s = self.grid.time_s(beat + beats) if beat < self.grid.beats else self.duration_s
        lasts_s = max(end_s - begin_s, 0.08)
        return Note(
            time_s=begin_s, lasts_s=lasts_s, note=note, force=force, player=player, exact=exact
        )
