"""Where in a map a mark may run. In: a map, the pilots of a key. Out: `Path`s, the best first.

A mark is a straight path: from chip to chip the next column of the pattern, on the same phase. For
every phase and column the stretch that agrees best with the pilots is found, long or short, because
a film may change from mark to mark at a cut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.audio_map import STEPS_PER_CHIP
from flow_nb.shield.marks.audio_pattern import CHIPS
from flow_nb.shield.marks.masking import Floats

_BIAS = 0.3
_FEWEST_CHIPS = 16
_NEAR_STEPS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """Chips ``first`` to ``end`` of a map, at steps ``phase`` + 16 chip; column is chip + ``shift``."""

    speed: float
    phase: int
    shift: int
    first: int
    end: int
    score: float
    """Agreement with the pilots, in standard deviations of what chance gives."""

    def columns(self) -> NDArray[np.intp]:
        """The column of the pattern on each chip."""
        return (np.arange(self.first, self.end) + self.shift) % CHIPS

    def cells(self, cells: Floats) -> Floats:
        """What the map (steps, rows) says on each chip (chips, rows)."""
        chips = cells[self.phase :: STEPS_PER_CHIP]
        return np.asarray(chips[self.first : self.end], np.float32)


def paths(cells: Floats, pilots: NDArray[np.int8], *, speed: float, count: int) -> list[Path]:
    """The ``count`` likeliest paths through a map (steps, rows); pilots: (rows, columns)."""
    chips = len(cells) // STEPS_PER_CHIP
    if chips < _FEWEST_CHIPS:
        return []
    grid = cells[: chips * STEPS_PER_CHIP].reshape(chips, STEPS_PER_CHIP, -1)
    heard = (grid.reshape(-1, grid.shape[2]) @ pilots.astype(np.float32)).reshape(chips, -1, CHIPS)
    spread = (grid**2).sum(2).mean(1) * np.mean(pilots != 0)
    usual = spread.mean()
    if usual == 0:
        return []
    column = (np.arange(chips)[:, None] + np.arange(CHIPS)) % CHIPS
    along = np.take_along_axis(heard, column[:, None], axis=2).reshape(chips, -1) / np.sqrt(usual)
    share = np.concatenate([[0], np.cumsum(spread / usual)])
    sums = np.concatenate([np.zeros((1, along.shape[1]), np.float32), np.cumsum(along, axis=0)])
    found = _whole(sums, share, 8 * count) + _stretches(sums, share, 8 * count)
    chosen: list[Path] = []
    for score, first, end, place in sorted(found, reverse=True):
        phase, shift = divmod(place, CHIPS)
        path = Path(speed=speed, phase=phase, shift=shift, first=first, end=end, score=score)
        if not any(_alike(path, other) for other in chosen):
            chosen.append(path)
        if len(chosen) == count:
            break
    return chosen


_Found = list[tuple[float, int, int, int]]
"""Score, first chip, end, and which phase and column."""


def _whole(sums: Floats, share: Floats, count: int) -> _Found:
    """The paths that agree best over the whole map."""
    chips = len(sums) - 1
    score = sums[-1] / np.sqrt(share[-1])
    return [(float(score[place]), 0, chips, int(place)) for place in _highest(score, count)]


def _stretches(sums: Floats, share: Floats, count: int) -> _Found:
    """The paths with the best stretch: the highest rise of their sum less what is to be expected.

    Chance makes a rise of r with exp(-2 bias r); the score is the deviation that is as rare.
    """
    walk = sums - np.float32(_BIAS) * share[:, None]
    rise = walk - np.minimum.accumulate(walk, axis=0)
    highest = rise.max(0)
    found = []
    for place in _highest(highest, count):
        end = int(rise[:, place].argmax())
        first = int(walk[: end + 1, place].argmin())
        score = float(np.sqrt(4 * _BIAS * highest[place]))
        found.append((score, first, end, int(place)))
    return found


def _highest(score: Floats, count: int) -> NDArray[np.intp]:
    return np.argpartition(-score, count)[:count]


def _alike(one: Path, other: Path) -> bool:
    """Whether two paths are one but for a few steps, and one covers most of the other."""
    steps = STEPS_PER_CHIP * CHIPS
    apart = (one.phase - other.phase - STEPS_PER_CHIP * (one.shift - other.shift)) % steps
    if min(apart, steps - apart) > _NEAR_STEPS:
        return False
    both = min(one.end, other.end) - max(one.first, other.first)
    return both > (one.end - one.first) / 2
