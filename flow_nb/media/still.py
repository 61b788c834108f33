"""One frame becomes a still. In: a frame. Out: JPEGs, or a WebP and a PNG that a notebook can carry.

The WebP is what our own page shows; the PNG is a thumbnail for readers that know neither. It has 256 colours by
median cut, refined by k-means: median cut alone drops the one small red thing in the picture. It has few pixels
rather than dithered ones.
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
WEBP_LONG_SIDE_PX, MAX_WEBP_BYTES = 640, 20_000
PNG_LONG_SIDE_PX, MAX_PNG_BYTES = 256, 26_000
_QUALITIES = (84, 76, 66, 54, 40)
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


def poster_webp(frame: NDArray[np.uint8], max_bytes: int = MAX_WEBP_BYTES) -> bytes:
    """The bytes of a poster for the page: at most 640 pixels long, coarser or smaller where it would weigh
    too much."""
    long_px = min(WEBP_LONG_SIDE_PX, max(frame.shape[:2]))
    while True:
        small = _scaled(frame, long_px)
        for quality in _QUALITIES:
            out = io.BytesIO()
            small.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= max_bytes or long_px <= _SHORTEST_PX:
                return out.getvalue()
        long_px = max(_SHORTEST_PX, int(long_px * 0.95 * sqrt(max_bytes / out.tell())))


def poster_png(frame: NDArray[np.uint8], max_bytes: int = MAX_PNG_BYTES) -> bytes:
    """The bytes of a thumbnail: at most 256 pixels long, smaller where it would weigh too much."""
    long_px = min(PNG_LONG_SIDE_PX, max(frame.shape[:2]))
    png = _png(frame, long_px)
    while len(png) > max_bytes and long_px > _SHORTEST_PX:
        long_px = max(_SHORTEST_PX, int(long_px * 0.95 * sqrt(max_bytes / len(png))))
        png = _png(frame, long_px)
    return png


def _png(frame: NDArray[np.uint8], long_px: int) -> bytes:
    out = io.BytesIO()
    small = _scaled(frame, long_px)
    small.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=_REFINEMENTS).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _scaled(frame: NDArray[np.uint8], long_px: int) -> Image.Image:
    height, width = frame.shape[:2]
    scale = long_px / max(height, width)
    return _image(frame, (max(1, round(width * scale)), max(1, round(height * scale))))


def _image(frame: NDArray[np.uint8], size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA)))
