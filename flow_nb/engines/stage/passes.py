"""Passes beside the picture. In: distances and owners of pixels. Out: frames that carry them: distance and
owner as numbers of 16 bits, normals as colours.
"""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Singles, View

PassKind = Literal["depth", "segmentation", "normals"]
PASS_KINDS: tuple[PassKind, ...] = get_args(PassKind)
MM = 1000
FARTHEST_M = 65.535


def packed(numbers: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Numbers (h, w) as a frame (h, w, 3), high byte first."""
    return np.stack([numbers >> 8, numbers & 255, np.zeros_like(numbers)], -1).astype(np.uint8)


def unpacked(frame: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """What was packed.

    >>> numbers = np.array([[0, 258, 65535]], np.uint16)
    >>> (unpacked(packed(numbers)) == numbers).all()
    np.True_
    """
    high, low = frame[..., 0].astype(np.uint16), frame[..., 1].astype(np.uint16)
    return np.asarray(high << 8 | low, np.uint16)


def depth_frame(distance_m: Singles) -> NDArray[np.uint8]:
    """Distances along the camera's axis in whole millimetres, up to 65.535 m, packed."""
    return packed(np.rint(np.clip(distance_m, 0, FARTHEST_M) * MM).astype(np.uint16))


def segmentation_frame(owners: NDArray[np.int32]) -> NDArray[np.uint8]:
    """0 for the set, else one more than the body's column in the motion, packed."""
    return packed(owners.astype(np.uint16))


def normals_frame(distance_m: Singles, view: View) -> NDArray[np.uint8]:
    """Directions of the surfaces, seen from the camera: red right, green up, blue towards it; each
    from -1 to 1 as 0 to 255. They are those of the surface through neighbouring pixels."""
    height, width = distance_m.shape
    tall = math.tan(math.radians(view.fovy_deg) / 2)
    y = ((1 - 2 * (np.arange(height) + 0.5) / height) * tall).astype(np.float32)
    x = ((2 * (np.arange(width) + 0.5) / width - 1) * tall * width / height).astype(np.float32)
    points = np.stack(
        [x[None] * distance_m, y[:, None] * distance_m, -distance_m], axis=-1
    )  # right, up, towards the camera
    normal = np.cross(_nearer(points, 1), -_nearer(points, 0))
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    return np.asarray(np.rint((normal * 0.5 + 0.5) * 255), np.uint8)


def _nearer(points: Singles, axis: int) -> Singles:
    """The step to the next point along an axis, to the side on which the surface goes on."""
    ahead = np.diff(points, axis=axis, append=np.take(points, [-1], axis))
    back = np.diff(points, axis=axis, prepend=np.take(points, [0], axis))
    nearer = np.abs(ahead[..., 2:]) < np.abs(back[..., 2:])
    first = np.zeros_like(nearer)
    last = np.zeros_like(nearer)
    np.swapaxes(first, 0, axis)[0] = True
    np.swapaxes(last, 0, axis)[-1] = True
    return np.asarray(np.where((nearer & ~last) | first, ahead, back))
