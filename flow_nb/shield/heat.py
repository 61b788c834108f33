"""Where a mark sits. In: a frame's luma. Out: a picture of how deep it goes, for teaching.

The frame in grey, over it in colour how many levels of 256 the mark may change: much in texture, little
in a flat sky, half in the dark.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.grid import units_of
from flow_nb.shield.marks.mask import DEEPEST, depth_of

WIDEST_PX = 1280
_OPACITY, _STRIP = 0.6, 0.09


def heat_png(luma: NDArray[np.uint8]) -> bytes:
    """A PNG of a frame (H, W), with a strip below that says which colour is how deep."""
    depth = depth_of(units_of(luma))
    scale = min(1.0, WIDEST_PX / luma.shape[1])
    size = (max(160, round(luma.shape[1] * scale)), max(90, round(luma.shape[0] * scale)))
    grey = cv2.resize(luma, size, interpolation=cv2.INTER_AREA)
    shares = np.clip(cv2.resize(depth, size) / DEEPEST, 0, 1)
    colour = _coloured(shares)
    picture = grey[..., None] * (1 - _OPACITY) + colour * _OPACITY
    strip = _strip(size[0], max(24, round(_STRIP * size[1])))
    _, png = cv2.imencode(".png", np.vstack([np.rint(picture).astype(np.uint8), strip]))
    return png.tobytes()


def _coloured(shares: NDArray[np.floating]) -> NDArray[np.uint8]:
    levels = np.rint(255 * shares).astype(np.uint8)
    return np.asarray(cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO))


def _strip(width: int, height: int) -> NDArray[np.uint8]:
    """From no depth at the left to the deepest at the right, in words too."""
    strip = np.full((height, width, 3), 24, np.uint8)
    left, right = width // 3, width - height // 2
    ramp = np.tile(np.linspace(0, 1, right - left), (height // 2, 1))
    strip[height // 4 : height // 4 + height // 2, left:right] = _coloured(ramp)
    text = f"0 to {DEEPEST:g} levels of 256"
    face, size = cv2.FontFace("sans"), max(10, min(height // 2, width // 40))
    cv2.putText(
        strip, text, (height // 3, height // 2 + size // 3), (225, 225, 225), face, size, 400
    )
    return strip
