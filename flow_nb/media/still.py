"""One frame becomes a still. In: a frame. Out: a full-size JPEG, a small one, or a PNG that a notebook can carry.

The PNG has 256 colours by median cut, refined by k-means, with error diffusion: median cut alone drops the one
small red thing in the picture, and fixed palettes show bands on walls.
"""

from __future__ import annotations

import io
from math import sqrt
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from flow_nb.errors import MediaError
from flow_nb.files import reason, write_whole

JPEG_QUALITY, PREVIEW_QUALITY = 90, 70
LONG_SIDE_PX = 480
MAX_BYTES = 60_000
_SHORTEST_PX = 48
_COLOURS, _REFINEMENTS = 256, 1


def poster(frame: NDArray[np.uint8], path: Path) -> None:
    """Writes a frame (H, W, 3) as a JPEG of its own size. Raises MediaError."""
    out = io.BytesIO()
    Image.fromarray(frame).save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    try:
        write_whole(path.absolute(), out.getvalue())
    except OSError as error:
        what, fix = reason(error)
        raise MediaError(f'cannot write a poster to "{path.parent}": {what}.', fix=fix) from error


def preview_jpeg(frame: NDArray[np.uint8], width_px: int = 320) -> bytes:
    """The bytes of a frame (H, W, 3), small, for somebody who watches it being drawn."""
    height, width = frame.shape[:2]
    scale = min(1.0, width_px / width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    out = io.BytesIO()
    _image(frame, size).save(out, "JPEG", quality=PREVIEW_QUALITY)
    return out.getvalue()


def poster_png(frame: NDArray[np.uint8], max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a small poster: at most 480 pixels long, smaller where it would weigh too much."""
    long_px = min(LONG_SIDE_PX, max(frame.shape[:2]))
    png = _png(frame, long_px)
    while len(png) > max_bytes and long_px > _SHORTEST_PX:
        long_px = max(_SHORTEST_PX, int(long_px * 0.95 * sqrt(max_bytes / len(png))))
        png = _png(frame, long_px)
    return png


def _png(frame: NDArray[np.uint8], long_px: int) -> bytes:
    height, width = frame.shape[:2]
    scale = long_px / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = _image(frame, size)
    tiny = _image(frame, (max(1, size[0] // 2), max(1, size[1] // 2)))  # as good, ten times faster
    palette = tiny.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=_REFINEMENTS)
    out = io.BytesIO()
    flat = small.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


def _image(frame: NDArray[np.uint8], size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA)))
