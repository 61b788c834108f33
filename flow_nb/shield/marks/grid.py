"""Pictures on the units of the pattern. In: luma of any size. Out: small maps, whitened, folded.

A map's longer side measures 480 units. Whitening takes out what the picture itself says, as far as
its own neighbourhood tells it, so that what is left is as alike everywhere as noise: the mark then
stands out of it evenly. Folding lays every repetition of the tile on top of one another.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft2

from flow_nb.shield.marks.follow import Matrix
from flow_nb.shield.marks.pattern import LONG_SIDE_UNITS, TILE_UNITS, Floats, Waves

_DETAIL_UNITS = 3.0
_NEIGHBOURHOOD_UNITS = 6
_QUIET_LEVELS, _DISTRUST = 0.7, 0.5
_WARY_QUIET_LEVELS, _WARY_DISTRUST = 0.3, 1.0
_LOUDEST = 2.0


def units_of(luma: NDArray[np.uint8], long_side: int = LONG_SIDE_UNITS) -> NDArray[np.uint8]:
    """The picture with a longer side of 480 units."""
    height, width = luma.shape
    scale = long_side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(luma, size, interpolation=way), np.uint8)


def whitened(units: NDArray[np.uint8] | Floats, *, wary: bool = False) -> Floats:
    """What stands out of its neighbourhood, over how much usually does there, to the power of 1.5.

    A mark deepens less than a picture's own detail does: busy places are believed less than quiet ones.
    Whoever is ``wary``, as one must be of drawings, believes them hardly at all: a power of 2.
    """
    quiet, distrust = (_WARY_QUIET_LEVELS, _WARY_DISTRUST) if wary else (_QUIET_LEVELS, _DISTRUST)
    levels = units.astype(np.float32)
    detail = levels - cv2.GaussianBlur(levels, (0, 0), _DETAIL_UNITS)
    usual = cv2.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), _NEIGHBOURHOOD_UNITS)) + quiet
    return np.asarray(np.clip(detail / usual, -_LOUDEST, _LOUDEST) * usual**-distrust, np.float32)


@lru_cache(maxsize=1)
def passed() -> Floats:
    """How much of each wave of the tile whitening lets through, (256, 129)."""
    down = np.fft.fftfreq(TILE_UNITS)[:, None]
    squared = down**2 + (np.arange(TILE_UNITS // 2 + 1) / TILE_UNITS) ** 2
    return (1 - np.exp(-2 * (np.pi * _DETAIL_UNITS) ** 2 * squared)).astype(np.float32)


def folded(map_: Floats, tile: int = TILE_UNITS) -> Floats:
    """A map (h, w) whose place (0, 0) is a corner of the tile, as one tile (tile, tile)."""
    height, width = map_.shape
    down, across = -(-height // tile), -(-width // tile)
    padded = np.zeros((down * tile, across * tile), np.float32)
    padded[:height, :width] = map_
    return np.asarray(padded.reshape(down, tile, across, tile).sum((0, 2)), np.float32)


def spectrum_of(map_: Floats, matrix: Matrix, tile: int = TILE_UNITS) -> Waves:
    """The half spectrum of a map once ``matrix``, in pixels, has laid it over the tiles."""
    height, width = map_.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ matrix.T
    low = np.floor(corners[:, :2].min(axis=0) / tile) * tile
    across, down = np.ceil(corners[:, :2].max(axis=0) - low).astype(int)
    moved = matrix.copy()
    moved[:2, 2] -= low
    size = (int(across), int(down))
    laid = cv2.warpAffine(map_, moved[:2], size, flags=cv2.INTER_LINEAR)
    tiles = folded(np.asarray(laid, np.float32), tile)
    return np.asarray(rfft2(tiles), np.complex64)
