"""What many frames say together. In: luma of successive frames. Out: `Span`s, one for each shot.

Within a shot the frames are laid on one another as the camera moved, so that the mark, which moved
with it, adds up. A camera that goes far begins a new sheet; the sheets keep their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.follow import FOLLOW_WIDTH, Follower, Matrix, in_units
from flow_nb.shield.marks.grid import spectrum_of, units_of, whitened
from flow_nb.shield.marks.pattern import LONG_SIDE_UNITS, TILE_UNITS, Floats, Waves

_LOOKS_PER_S = 8
_LOOKS_A_SHEET = 32
_MARGIN_SHARE = 0.25


@dataclass(slots=True)
class Sheet:
    """Frames laid on the first of them, with a margin around it."""

    start: Matrix
    """3×3, from the span's first frame to the sheet's first frame, in frame widths."""
    total: Floats
    seen: Floats
    margin: tuple[int, int]
    looks: int = 0

    @classmethod
    def at(cls, start: Matrix, shape: tuple[int, int]) -> Sheet:
        """An empty sheet around a frame (h, w)."""
        height, width = shape
        margin = (int(width * _MARGIN_SHARE), int(height * _MARGIN_SHARE))
        size = (height + 2 * margin[1], width + 2 * margin[0])
        return cls(start, np.zeros(size, np.float32), np.zeros(size, np.float32), margin)

    def add(self, white: Floats, moved: Matrix) -> None:
        """Lays one whitened frame, whose content ``moved``, in units, since the first."""
        back = np.linalg.inv(moved)
        back[:2, 2] += self.margin
        size = self.total.shape[::-1]
        self.total += cv2.warpAffine(white, back[:2], size, flags=cv2.INTER_LINEAR)
        ones = np.ones_like(white)
        self.seen += cv2.warpAffine(ones, back[:2], size, flags=cv2.INTER_NEAREST)
        self.looks += 1

    def mean(self) -> Floats:
        """The mean of what was seen at every place."""
        return self.total / np.maximum(self.seen, 1)


@dataclass(slots=True)
class Span:
    """Frames from ``first`` to before ``end``, without a cut."""

    first: int
    end: int
    shape: tuple[int, int]
    sheets: list[Sheet] = field(default_factory=list)
    _means: list[Floats] = field(default_factory=list)

    def spectrum(self, matrix: Matrix, tile: int = TILE_UNITS) -> Waves:
        """The half spectrum of the whole, once ``matrix`` has laid the first frame over the tiles."""
        if len(self._means) != len(self.sheets):
            self._means = [sheet.mean() for sheet in self.sheets]
        waves = np.zeros((tile, tile // 2 + 1), np.complex64)
        for sheet, mean in zip(self.sheets, self._means, strict=True):
            inside = np.eye(3)
            inside[:2, 2] = -np.array(sheet.margin)
            back = np.linalg.inv(in_units(sheet.start, LONG_SIDE_UNITS))
            waves += spectrum_of(mean, matrix @ back @ inside, tile)
        return waves


def spans(frames: Iterable[NDArray[np.uint8]], fps: float) -> Iterator[Span]:
    """The shots of a stream of frames (h, w), all of one size; a sheet each, or several."""
    every = max(1, round(fps / _LOOKS_PER_S))
    follower, span, count = Follower(), None, 0
    for count, luma in enumerate(frames, start=1):
        if (count - 1) % every:
            continue
        units = units_of(luma)
        step = follower.follow(units_of(units, FOLLOW_WIDTH))
        if step.first or span is None:
            if span is not None:
                span.end = count - 1
                yield span
            span = Span(count - 1, count, units.shape)
        _lay(span, units, step.matrix)
    if span is not None:
        span.end = count
        yield span


def _lay(span: Span, units: NDArray[np.uint8], matrix: Matrix) -> None:
    if span.sheets:
        moved = matrix @ np.linalg.inv(span.sheets[-1].start)
        near = np.abs(moved[:2, 2]).max() < _MARGIN_SHARE
        if near and span.sheets[-1].looks >= _LOOKS_A_SHEET:
            return
        if near:
            span.sheets[-1].add(whitened(units), in_units(moved, LONG_SIDE_UNITS))
            return
    span.sheets.append(Sheet.at(matrix, span.shape))
    span.sheets[-1].add(whitened(units), np.eye(3))
