"""Where a picture bears its mark. In: one luma frame, a key, what was found. Out: a map of strengths.

For teaching: the very mark that was found is drawn again and held against the frame, place by place.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, rfft2

from flow_nb.shield.marks.grid import passed, spectrum_of, units_of, whitened
from flow_nb.shield.marks.pattern import CODE, TILE_UNITS, Floats, Pattern, Waves, pattern_of, tilt
from flow_nb.shield.marks.register import Pose
from flow_nb.shield.marks.weigh import power

_ZOOMS = np.exp(np.arange(-20, 21) * 0.012)
_REACH_UNITS = 24


def strength_map(luma: NDArray[np.uint8], key: bytes, payload: int, pose: Pose) -> Floats:
    """Strengths (h, w) on units, -1 to 1: how well each neighbourhood agrees with the mark.

    ``pose`` is that of a `VideoFound`; the camera may have moved on since its first frame, so the
    shift and, within a quarter, the scale are found anew. About 0 everywhere means: no mark here.
    """
    pattern = Pattern(key, pattern_of(key, payload))
    tile = pattern.tile(CODE.encode(payload).astype(np.float32))
    expected = rfft2(tile) * passed()
    white = whitened(units_of(luma))
    best = max((_met(white, expected, _zoomed(pose, zoom)) for zoom in _ZOOMS), key=_peak)
    drawn = _drawn(irfft2(expected, s=(TILE_UNITS, TILE_UNITS)), best, white.shape)
    agreeing = _around(white * drawn)
    return np.asarray(
        agreeing / np.sqrt(_around(white * white) * _around(drawn * drawn) + 1e-6), np.float32
    )


def _zoomed(pose: Pose, zoom: float) -> Pose:
    return replace(pose, scale=pose.scale * float(zoom), shift=(0, 0))


def _met(white: Floats, expected: Waves, pose: Pose) -> Pose:
    """The pose with the shift at which the whole mark answers best."""
    spectrum = spectrum_of(white, pose.matrix())
    answer = irfft2(
        spectrum / power(spectrum) * expected.conj() * tilt(), s=(TILE_UNITS, TILE_UNITS)
    )
    down, across = divmod(int(answer.argmax()), TILE_UNITS)
    return replace(pose, shift=(down, across), peak=float(answer.max() / answer.std()))


def _drawn(tile: Floats, pose: Pose, shape: tuple[int, int]) -> Floats:
    """The tile as a frame (h, w) in units shows it."""
    height, width = shape
    place = pose.matrix()
    place[:2, 2] -= pose.shift[::-1]
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    across = place[0, 0] * x + place[0, 1] * y + place[0, 2]
    down = place[1, 0] * x + place[1, 1] * y + place[1, 2]
    maps = ((across % TILE_UNITS).astype(np.float32), (down % TILE_UNITS).astype(np.float32))
    wrapped = np.pad(tile.astype(np.float32), ((0, 1), (0, 1)), mode="wrap")
    return np.asarray(cv2.remap(wrapped, *maps, cv2.INTER_LINEAR), np.float32)


def _around(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _REACH_UNITS), np.float32)


def _peak(pose: Pose) -> float:
    return pose.peak
