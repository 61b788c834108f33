"""The mark of a picture, written. In: luma of successive frames. Out: the same planes, marked.

A shot's tile is laid over its first frame and then moves with the camera, so that it costs an encoder
little and cannot be seen as dirt on the glass. Which of the key's patterns is used depends on the
payload, so that averaging many shots shows none of them.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.follow import FOLLOW_WIDTH, Follower, Matrix, in_units
from flow_nb.shield.marks.grid import spectrum_of, units_of, whitened
from flow_nb.shield.marks.inform import Gains, gains
from flow_nb.shield.marks.mask import depth_of, slope_of
from flow_nb.shield.marks.pattern import (
    CODE,
    LONG_SIDE_UNITS,
    TILE_UNITS,
    Floats,
    Pattern,
    Slope,
    Waves,
    pattern_of,
)

_BLACK, _WHITE = 16, 235
_NEW_SHARE, _NEW_ZOOM = 0.3, 1.15
_REMEMBERED = 0.5
_STEPS_PER_LEVEL = 16
_REPEATS = 5


class VideoMark:
    """Marks one stream of frames with one payload."""

    def __init__(self, key: bytes, payload: int, *, width: int, height: int) -> None:
        """``payload`` has 64 bits; ``key`` is the studio's secret."""
        self._pattern = Pattern(key, pattern_of(key, payload))
        self._coded = CODE.encode(payload).astype(np.float32)
        self._size = (width, height)
        self._follower = Follower()
        self._looked_at: Matrix = np.eye(3)
        self._own: tuple[Waves, Waves] | None = None
        self._tiles = np.zeros((0, 0), np.float32)
        self._slope: Slope | None = None

    def mark(self, luma: NDArray[np.uint8]) -> None:
        """Marks the next frame in place: luma (height, width), BT.709 in limited range."""
        units = units_of(luma)
        step = self._follower.follow(units_of(units, FOLLOW_WIDTH))
        matrix = in_units(step.matrix, LONG_SIDE_UNITS)
        depth = depth_of(units)
        if step.first:
            self._own = None
        if self._own is None or _gone_far(self._looked_at, step.matrix):
            self._look(units, depth, matrix)
            self._looked_at = step.matrix
        self._add(luma, self._laid(matrix, units.shape) * depth)

    def _look(self, units: NDArray[np.uint8], depth: Floats, matrix: Matrix) -> None:
        """Listens to what the picture says, and draws the tile that speaks against it."""
        self._slope = slope_of(depth)
        even = self._repeated(Gains.even())
        levels = units.astype(np.float32)
        back = np.asarray(np.linalg.inv(matrix), np.float64)
        answer = levels + _laid(even, matrix, units.shape) * depth
        heard = (spectrum_of(whitened(levels), back), spectrum_of(whitened(answer), back))
        if self._own is not None:
            old, new = self._own, heard
            heard = (
                _REMEMBERED * old[0] + (1 - _REMEMBERED) * new[0],
                _REMEMBERED * old[1] + (1 - _REMEMBERED) * new[1],
            )
        self._own = heard
        self._tiles = self._repeated(gains(self._pattern, self._coded, *heard))

    def _repeated(self, gains: Gains) -> Floats:
        tile = self._pattern.tile(self._coded * gains.signs, pilot=gains.pilot, slope=self._slope)
        return np.tile(tile, (_REPEATS, _REPEATS))

    def _laid(self, matrix: Matrix, shape: tuple[int, int]) -> Floats:
        return _laid(self._tiles, matrix, shape)

    def _add(self, luma: NDArray[np.uint8], levels: Floats) -> None:
        """Adds a map in units to a plane; in sixteenths of a level, for the sake of speed."""
        steps = cv2.addWeighted(levels, _STEPS_PER_LEVEL, levels, 0, 128, dtype=cv2.CV_8U)
        large = cv2.resize(steps, self._size, interpolation=cv2.INTER_LINEAR)
        marked = cv2.addWeighted(luma, 1.0, large, 1 / _STEPS_PER_LEVEL, -128 / _STEPS_PER_LEVEL)
        np.clip(marked, _BLACK, _WHITE, out=luma)


def _gone_far(before: Matrix, now: Matrix) -> bool:
    """Whether the camera shows so much else that the picture speaks otherwise by now."""
    moved = now @ np.linalg.inv(before)
    zoom = float(np.hypot(*moved[:2, 0]))
    return bool(np.abs(moved[:2, 2]).max() > _NEW_SHARE or not 1 / _NEW_ZOOM < zoom < _NEW_ZOOM)


def _laid(tiles: Floats, matrix: Matrix, shape: tuple[int, int]) -> Floats:
    """Repeated tiles as a motion has moved them, where a frame (h, w) sees them."""
    height, width = shape
    seen = np.linalg.inv(matrix) @ [[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1]]
    low = np.floor(seen[:2].min(axis=1) / TILE_UNITS) * TILE_UNITS
    moved = matrix.copy()
    moved[:2, 2] += matrix[:2, :2] @ low
    if np.array_equal(moved, np.eye(3)):
        return tiles[:height, :width]
    return np.asarray(cv2.warpAffine(tiles, moved[:2], (width, height), flags=cv2.INTER_LINEAR))
