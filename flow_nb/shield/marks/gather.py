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

_FOLLOWED_PER_S = 30
_LOOKS_PER_S = 8
_LOOKS_A_SHEET = 10
_MARGIN_SHARE = 0.25
_COARSE_SHEETS = 2
_Placed = tuple[Floats, tuple[int, int], Matrix]


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
        margin = (int(width * _MARGIN_SHARE) // 2 * 2, int(height * _MARGIN_SHARE) // 2 * 2)
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

    def mean(self) -> tuple[Floats, tuple[int, int]]:
        """The mean of what was seen, where anything was, and its place across and down."""
        x, y, width, height = cv2.boundingRect((self.seen > 0).astype(np.uint8))
        x, y = x - x % 2, y - y % 2
        part = np.s_[y : y + height, x : x + width]
        mean = np.asarray(self.total[part] / np.maximum(self.seen[part], 1), np.float32)
        return mean, (x - self.margin[0], y - self.margin[1])


@dataclass(slots=True)
class Span:
    """Frames from ``first`` to before ``end``, without a cut."""

    first: int
    end: int
    shape: tuple[int, int]
    sheets: list[Sheet] = field(default_factory=list)
    _kept: dict[int, list[_Placed]] = field(default_factory=dict)

    def spectra(self, matrix: Matrix) -> Waves:
        """Each sheet's half spectrum (n, 256, 129), once ``matrix`` has laid the first frame over
        the tiles.
        """
        return np.stack(list(self._spectra(matrix, self._means(1), TILE_UNITS)))

    def coarse_spectrum(self, matrix: Matrix) -> Waves:
        """A few sheets' half spectrum at half the size (128, 65); ``matrix`` is between halves."""
        sheets = list(self._spectra(matrix, self._means(2), TILE_UNITS // 2))
        return np.asarray(np.sum(sheets, axis=0), np.complex64)

    def _spectra(self, matrix: Matrix, means: list[_Placed], tile: int) -> Iterator[Waves]:
        shrunk = TILE_UNITS / tile
        for mean, (across, down), start in means:
            inside = np.eye(3)
            inside[:2, 2] = across / shrunk, down / shrunk
            back = np.linalg.inv(in_units(start, LONG_SIDE_UNITS / shrunk))
            yield spectrum_of(mean, matrix @ back @ inside, tile)

    def _means(self, shrunk: int) -> list[_Placed]:
        """The sheets' means, as they are, or a few of them halved; asked for when all is laid."""
        if shrunk not in self._kept:
            every = 1 if shrunk == 1 else -(-len(self.sheets) // _COARSE_SHEETS)
            means = [(*sheet.mean(), sheet.start) for sheet in self.sheets[::every]]
            if shrunk > 1:
                means = [(_halved(mean), place, start) for mean, place, start in means]
            self._kept[shrunk] = means
        return self._kept[shrunk]


def spans(frames: Iterable[NDArray[np.uint8]], fps: float) -> Iterator[Span]:
    """The shots of a stream of frames (h, w), all of one size; a sheet each, or several."""
    every = max(1, round(fps / _FOLLOWED_PER_S))
    look = max(1, round(fps / every / _LOOKS_PER_S))
    follower, span, count, looked = Follower(), None, 0, 0
    for count, luma in enumerate(frames, start=1):
        if (count - 1) % every:
            continue
        units = units_of(luma)
        step = follower.follow(units_of(units, FOLLOW_WIDTH))
        if step.first or span is None:
            if span is not None:
                span.end = count - 1
                yield span
            span, looked = Span(count - 1, count, units.shape), 0
        if looked % look == 0:
            _lay(span, units, step.matrix)
        looked += 1
    if span is not None:
        span.end = count
        yield span


def _lay(span: Span, units: NDArray[np.uint8], matrix: Matrix) -> None:
    if span.sheets and span.sheets[-1].looks < _LOOKS_A_SHEET:
        moved = matrix @ np.linalg.inv(span.sheets[-1].start)
        if np.abs(moved[:2, 2]).max() < _MARGIN_SHARE:
            span.sheets[-1].add(whitened(units), in_units(moved, LONG_SIDE_UNITS))
            return
    span.sheets.append(Sheet.at(matrix, span.shape))
    span.sheets[-1].add(whitened(units), np.eye(3))


def _halved(mean: Floats) -> Floats:
    half = cv2.resize(mean, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.float32)
