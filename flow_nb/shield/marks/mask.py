"""How deep a mark may go. In: a picture in units. Out: its depth at every place, in levels.

Texture hides a mark; a lone edge does not, so activity is pooled by the fourth root, which counts many
small differences higher than one large. In the dark an eye sees more, and nothing hides in a flat sky;
what was drawn flat is marked least, for there an encoder pays for every wave.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.pattern import Floats, Slope

SHALLOWEST, DEEPEST = 0.36, 2.7  # levels
_QUIET, _QUIET_UNTIL = 0.55, 0.25
_PER_ACTIVITY = 0.4
_POOL_UNITS = 5
_DARK_SHARE = 0.7
_DEPTHS = (0.8, 1.8, 2.05)
_REACHES, _LEANS = (34.0, 45.0, 90.0), (0.0, 0.0, 0.4)
_DARK_UNTIL = 40  # levels above black


def depth_of(units: NDArray[np.uint8]) -> Floats:
    """Root mean square depth (h, w) of the mark, in levels."""
    height, width = units.shape
    levels = units.astype(np.float32)
    detail = cv2.absdiff(levels, cv2.GaussianBlur(levels, (0, 0), 1.6))
    size = (max(1, width // 2), max(1, height // 2))
    half = cv2.resize(cv2.sqrt(cv2.sqrt(detail)), size, interpolation=cv2.INTER_AREA)
    pooled = np.square(cv2.GaussianBlur(half, (0, 0), _POOL_UNITS / 2))
    activity = cv2.resize(pooled * pooled, (width, height), interpolation=cv2.INTER_LINEAR)
    rise = (_QUIET - SHALLOWEST) / _QUIET_UNTIL
    floor = np.minimum(SHALLOWEST + rise * activity, _QUIET)
    depth = np.minimum(floor + 1.4 * _PER_ACTIVITY * activity, DEEPEST)
    light = cv2.LUT(units, _light_shares())
    return np.asarray(cv2.multiply(depth, light), np.float32)


def slope_of(depth: Floats) -> Slope:
    """Which waves are worth their depth (h, w).

    Quiet pictures lose their short waves to an encoder; in busy ones they are needed, for there the
    picture itself drowns the long ones.
    """
    usual = float(np.sqrt(np.mean(depth * depth)))
    return Slope(
        reach=float(np.interp(usual, _DEPTHS, _REACHES)),
        lean=float(np.interp(usual, _DEPTHS, _LEANS)),
    )


def _light_shares() -> Floats:
    above_black = np.clip((np.arange(256) - 16) / _DARK_UNTIL, 0, 1)
    return (_DARK_SHARE + (1 - _DARK_SHARE) * above_black).astype(np.float32)
