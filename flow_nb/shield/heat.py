"""Where a mark sits. In: a frame's luma, a key, what was found. Out: a picture of it, for teaching.

The frame in grey, over it in colour how well each neighbourhood agrees with the mark: not where a mark
ought to be, but where it is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.register import Pose
from flow_nb.shield.marks.strength import strength_map

WIDEST_PX = 1280
MOST = 0.35
_OPACITY, _STRIP = (0.25, 0.5), 0.09


def heat_png(luma: NDArray[np.uint8], key: bytes, payload: int, pose: Pose) -> bytes:
    """A PNG of a frame (H, W), with a strip below that says what the colours mean."""
    strength = strength_map(luma, key, payload, pose)
    scale = min(1.0, WIDEST_PX / luma.shape[1])
    size = (max(160, round(luma.shape[1] * scale)), max(90, round(luma.shape[0] * scale)))
    grey = cv2.resize(luma, size, interpolation=cv2.INTER_AREA)
    shares = np.clip(cv2.resize(strength, size) / MOST, 0, 1)
    colour = _coloured(shares)
    opacity = (_OPACITY[0] + _OPACITY[1] * shares)[..., None]
    picture = grey[..., None] * (1 - opacity) + colour * opacity
    strip = _strip(size[0], max(24, round(_STRIP * size[1])))
    _, png = cv2.imencode(".png", np.vstack([np.rint(picture).astype(np.uint8), strip]))
    return png.tobytes()


def _coloured(shares: NDArray[np.floating]) -> NDArray[np.uint8]:
    levels = np.rint(255 * shares).astype(np.uint8)
    return np.asarray(cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO))


def _strip(width: int, height: int) -> NDArray[np.uint8]:
    """From no agreement at the left to much at the right, in words too."""
    strip = np.full((height, width, 3), 24, np.uint8)
    left, right = width // 2, width - height // 2
    ramp = np.tile(np.linspace(0, 1, right - left), (height // 2, 1))
    strip[height // 4 : height // 4 + height // 2, left:right] = _coloured(ramp)
    text = f"agrees with the mark: 0 to {MOST:.0%}"
    face, size = cv2.FontFace("sans"), max(10, min(height // 2, width // 40))
    cv2.putText(
        strip, text, (height // 3, height // 2 + size // 3), (225, 225, 225), face, size, 400
    )
    return strip
