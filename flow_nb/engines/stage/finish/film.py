"""Film stock. In: a frame. Out: the frame with a glow around what is bright, darker corners and grain."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Singles

GLOW_FROM, GLOW = 0.72, 0.16
"""Linear light above which it glows, and how much of it."""
GLOW_WIDE = (0.008, 0.03)
"""Width of the near and the far glow as shares of the picture's height."""
CORNER = 0.80
GRAIN = 1.4
"""Standard deviation in the mid-tones, of 255."""


def glow(light: Singles) -> None:
    """Adds what a lens scatters, in place; ``light`` (h, w, 3) linear."""
    height, width = light.shape[:2]
    small = cv2.resize(light, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    bright = np.maximum(small - GLOW_FROM, 0)
    if not bright.any():
        return
    around = sum(cv2.GaussianBlur(bright, (0, 0), share * height / 4) for share in GLOW_WIDE)
    wide = cv2.resize(
        np.asarray(around, np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    cv2.scaleAdd(wide, GLOW, light, light)


def shade(light: Singles) -> None:
    """Darkens the corners as a lens does, in place."""
    light *= _fall_off(*light.shape[:2])


def grained(frame: NDArray[np.uint8], *, seed: int, index: int) -> NDArray[np.uint8]:
    """Adds grain to a frame (h, w, 3) sRGB: another one in every frame, the same for the same seed."""
    height, width = frame.shape[:2]
    rng = np.random.default_rng([seed, 71, index])
    down, along = (int(v) for v in rng.integers(0, _MARGIN, 2))
    grain = _grain(height, width)[down : down + height, along : along + width]
    luma = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    strength = cv2.LUT(luma, _STRENGTH)
    noise = cv2.multiply(grain, strength)
    return np.asarray(cv2.add(frame, cv2.merge([noise] * 3), dtype=cv2.CV_8U), dtype=np.uint8)


_MARGIN = 64
_TONE = np.linspace(0, 1, 256)
_STRENGTH = (GRAIN * (0.25 + 3.0 * _TONE * (1 - _TONE))).astype(np.float32)


@lru_cache(maxsize=2)
def _grain(height: int, width: int) -> Singles:
    """Noise a little coarser than a pixel, of deviation 1."""
    rng = np.random.default_rng(4711)
    raw = rng.standard_normal((height + _MARGIN, width + _MARGIN), dtype=np.float32)
    soft = cv2.GaussianBlur(raw, (0, 0), 0.55 * max(1.0, height / 1080))
    return np.asarray(soft / soft.std(), np.float32)


@lru_cache(maxsize=2)
def _fall_off(height: int, width: int) -> Singles:
    y, x = np.linspace(-1, 1, height), np.linspace(-1, 1, width)
    out = (x[None] ** 2 + y[:, None] ** 2) / 2
    return (1 - (1 - CORNER) * out**1.4).astype(np.float32)[..., None]
