"""What many frames say together. In: luma of successive frames. Out: `Span`s, one for each shot.

Within a shot the frames are laid on one another as the camera moved, so that the mark, which moved
with it, adds up. A camera that goes far begins a new sheet; the sheets keep their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.follow import (
    FOLLOW_WIDTH,
    THUMB,
    Follower,
    Matrix,
    in_units,
    is_cut,
)
from flow_nb.shield.marks.grid import spectrum_of, units_of, whitened
from flow_nb.shield.marks.pattern import LONG_SIDE_UNITS, TILE_UNITS, Floats, Waves

_FOLLOWED_PER_S = 15
_LOOKS_PER_S, _CLOSELY_S, _LATER_PER_S = 8, 6, 2
_CHECKS_S = (2, 5, 16)
_REST_S = 6
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
    continues: bool = False
    """No cut lies before it."""
    heard_s: float = 0.0
    """How much of it was listened to."""
    opening: tuple[Floats, ...] = ()
    """What its first look says alone, heard as all others and warily; none where no cut lies before it.
    An encoder spends most on the first frame after a cut."""
    sheets: list[Sheet] = field(default_factory=list)
    _kept: dict[int, list[_Placed]] = field(default_factory=dict)
    _last: tuple[tuple[bytes, int], Waves] | None = None
    _laid: int = 0

    def spectra(self, matrix: Matrix, most: int | None = None) -> Waves:
        """Each sheet's half spectrum (n, 256, 129), or those of at most so many of them, once
        ``matrix`` has laid the first frame over the tiles.
        """
        means = self._means(1)
        means = means[:: -(-len(means) // most)] if most else means
        asked = (matrix.tobytes(), len(means))
        if self._last is None or self._last[0] != asked:
            self._last = asked, np.stack(list(self._spectra(matrix, means, TILE_UNITS)))
        return self._last[1]

    def opening_spectra(self, matrix: Matrix, most: int | None = None) -> list[Waves]:
        """The half spectra (256, 129) of the opening, or so many, laid over the tiles likewise."""
        return [spectrum_of(white, matrix) for white in self.opening[:most]]

    def coarse_spectra(self, matrix: Matrix) -> list[Waves]:
        """Half spectra at half the size (128, 65), of a few sheets together and of the opening;
        ``matrix`` is between halves."""
        sheets = list(self._spectra(matrix, self._means(2), TILE_UNITS // 2))
        opening = [spectrum_of(_halved(one), matrix, TILE_UNITS // 2) for one in self.opening[:1]]
        return [np.asarray(np.sum(sheets, axis=0), np.complex64), *opening]

    def _spectra(self, matrix: Matrix, means: list[_Placed], tile: int) -> Iterator[Waves]:
        shrunk = TILE_UNITS / tile
        for mean, (across, down), start in means:
            inside = np.eye(3)
            inside[:2, 2] = across / shrunk, down / shrunk
            back = np.linalg.inv(in_units(start, LONG_SIDE_UNITS / shrunk))
            yield spectrum_of(mean, matrix @ back @ inside, tile)

    def _means(self, shrunk: int) -> list[_Placed]:
        """The sheets' means, as they are, or a few of them halved."""
        if self._laid != sum(sheet.looks for sheet in self.sheets):
            self._laid = sum(sheet.looks for sheet in self.sheets)
            self._kept.clear()
            self._last = None
        if shrunk not in self._kept:
            every = 1 if shrunk == 1 else -(-len(self.sheets) // _COARSE_SHEETS)
            means = [(*sheet.mean(), sheet.start) for sheet in self.sheets[::every]]
            if shrunk > 1:
                means = [(_halved(mean), place, start) for mean, place, start in means]
            self._kept[shrunk] = means
        return self._kept[shrunk]


Settled = Callable[[Span], bool]
"""Asked now and then, while a shot is listened to: whether what was heard says enough."""


def spans(
    frames: Iterable[NDArray[np.uint8]], fps: float, settled: Settled = lambda span: False
) -> Iterator[Span]:
    """The shots of a stream of frames (h, w), all of one size; a sheet each, or several.

    Once a shot is settled, or was listened to for long enough, only a cut is waited for; a shot that
    goes on is listened to anew after a while, as a span of its own that ``continues``.
    """
    every = max(1, round(fps / _FOLLOWED_PER_S))
    ear, span, count = _Ear(fps / every), None, 0
    for count, luma in enumerate(frames, start=1):
        if (count - 1) % every:
            continue
        if span is not None and ear.rests:
            if not ear.wakes(luma):
                continue
            span.end = count - 1
            yield span
            span, ear = None, _Ear(fps / every, continues=not ear.heard_a_cut)
        units = units_of(luma)
        step = ear.follower.follow(units_of(units, FOLLOW_WIDTH))
        if step.first or span is None:
            if span is not None:
                span.end = count - 1
                yield span
                ear = replace(ear, continues=False, heard=0)
            span = Span(count - 1, count, units.shape, ear.continues)
        if ear.looks():
            _lay(span, units, step.matrix)
        span.heard_s = ear.heard / ear.rate
        if ear.doubts() and (settled(span) or span.heard_s >= _CHECKS_S[-1]):
            ear.rest(luma)
    if span is not None:
        span.end = count
        yield span


@dataclass(slots=True)
class _Ear:
    """When to look, when to ask, when to rest; ``rate`` frames come in a second."""

    rate: float
    continues: bool = False
    follower: Follower = field(default_factory=Follower)
    heard: int = 0
    rests: int = 0
    heard_a_cut: bool = False
    _thumb: NDArray[np.uint8] | None = None

    def looks(self) -> bool:
        """Whether the next frame is looked at."""
        per_s = _LOOKS_PER_S if self.heard < _CLOSELY_S * self.rate else _LATER_PER_S
        self.heard += 1
        return (self.heard - 1) % max(1, round(self.rate / per_s)) == 0

    def doubts(self) -> bool:
        """Whether it is time to ask if enough was heard."""
        return self.heard in [round(check_s * self.rate) for check_s in _CHECKS_S]

    def rest(self, luma: NDArray[np.uint8]) -> None:
        """Nothing but a cut is looked for from now on."""
        self.rests, self._thumb = round(_REST_S * self.rate), _glanced(luma)

    def wakes(self, luma: NDArray[np.uint8]) -> bool:
        """Whether the rest is over, by a cut or by time."""
        before, self._thumb = self._thumb, _glanced(luma)
        self.rests -= 1
        self.heard_a_cut = before is not None and is_cut(before, self._thumb)
        return self.heard_a_cut or not self.rests


def _glanced(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A thumb of some rows, which costs next to nothing."""
    return np.asarray(
        cv2.resize(luma[:: max(1, len(luma) // 96)], THUMB, interpolation=cv2.INTER_AREA), np.uint8
    )


def _lay(span: Span, units: NDArray[np.uint8], matrix: Matrix) -> None:
    if span.sheets and span.sheets[-1].looks < _LOOKS_A_SHEET:
        moved = matrix @ np.linalg.inv(span.sheets[-1].start)
        if np.abs(moved[:2, 2]).max() < _MARGIN_SHARE:
            span.sheets[-1].add(whitened(units), in_units(moved, LONG_SIDE_UNITS))
            return
    white = whitened(units)
    if not span.sheets and not span.continues:
        span.opening = white, whitened(units, wary=True)
    span.sheets.append(Sheet.at(matrix, span.shape))
    span.sheets[-1].add(white, np.eye(3))


def _halved(mean: Floats) -> Floats:
    half = cv2.resize(mean, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.float32)
