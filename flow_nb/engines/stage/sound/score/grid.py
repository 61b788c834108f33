"""The beat. In: a tempo, a length, the instants that matter. Out: `Grid`: a tempo that meets them.

The last chord falls where there is still time for it to ring; every strong event near enough becomes a
beat, the strongest one the first of a bar. Between them the tempo gives a little, as a conductor would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LAST_S, LAST_SHARE = 1.8, 0.35
"""The last chord rings so long, but never longer than that share of the shot."""

MOST_RUBATO = 0.16
LEAST_BEATS = 2
MOST_HITS = 4
BEATS_A_BAR = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """``knots``: (beat, instant in seconds), in order; the last one is the last chord. ``first_bar``
    is the first beat that begins a bar; ``hits`` are the beats on which something strong happens."""

    knots: tuple[tuple[int, float], ...]
    first_bar: int
    hits: tuple[int, ...]

    @property
    def beats(self) -> int:
        """How many beats come before the last chord."""
        return self.knots[-1][0]

    def time_s(self, beat: float) -> float:
        """When a beat falls.

        >>> grid = Grid(knots=((0, 0.0), (2, 1.0), (6, 2.6)), first_bar=0, hits=())
        >>> grid.time_s(1.0), round(grid.time_s(4.0), 2)
        (0.5, 1.8)
        """
        beats, times = zip(*self.knots, strict=True)
        return float(np.interp(beat, beats, times))

    @property
    def bars(self) -> tuple[int, ...]:
        """The beats on which bars begin; the first may be shorter, the last is the last chord."""
        middle = range(self.first_bar, self.beats, BEATS_A_BAR)
        return tuple(sorted({0, *middle, self.beats}))


def grid_of(duration_s: float, tempo_bpm: float, strong: Sequence[tuple[float, float]]) -> Grid:
    """The grid of a shot; ``strong``: (instant in seconds, strength) of what a beat should meet."""
    end_s = duration_s - min(LAST_S, LAST_SHARE * duration_s)
    beat_s = 60.0 / tempo_bpm
    knots = [(0, 0.0), (max(LEAST_BEATS, round(end_s / beat_s)), end_s)]
    hits: list[int] = []
    for time_s, _ in sorted(strong, key=lambda one: -one[1]):
        if len(hits) < MOST_HITS and (wider := _with(knots, time_s, beat_s)):
            shift = wider[-1][0] - knots[-1][0]
            beat = next(b for b, t in wider if t == time_s)
            hits = [h + shift if h > beat else h for h in hits] + [beat]
            knots = wider
    first = hits[0] % BEATS_A_BAR if hits else 0
    return Grid(knots=tuple(knots), first_bar=first, hits=tuple(hits))


def _with(
    knots: list[tuple[int, float]], time_s: float, beat_s: float
) -> list[tuple[int, float]] | None:
    """The knots and one more; None where the tempo would have to give too much."""
    if not knots[0][1] < time_s < knots[-1][1]:
        return None
    at = next(i for i, knot in enumerate(knots) if knot[1] >= time_s)
    (beat, begin_s), (_, end_s) = knots[at - 1], knots[at]
    before = round((time_s - begin_s) / beat_s)
    after = round((end_s - time_s) / beat_s)
    if before < 1 or after < 1:
        return None
    for count, span_s in ((before, time_s - begin_s), (after, end_s - time_s)):
        if abs(span_s / count / beat_s - 1) > MOST_RUBATO:
            return None
    shift = beat + before + after - knots[at][0]
    return [
        *knots[:at],
        (beat + before, time_s),
        *((later + shift, instant) for later, instant in knots[at:]),
    ]
