"""Frames in which nothing happens. In: a `Picture`, a drawer. Out: its frames, each drawn, or taken again where an
earlier one shows the same.

Where glass lies broken before a camera that rests, one drawing serves for seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.finish.finish import Planes
from flow_nb.engines.stage.picture import Floats, Picture

if TYPE_CHECKING:
    from flow_nb.engines.stage.draw import Drawer

UNSEEN_PX = 0.05
"""What moves less than this has not moved."""


def repeats(picture: Picture, height_px: int) -> NDArray[np.intp]:
    """For every frame the last one that must be drawn, itself or an earlier one. Nothing is repeated in
    a picture with what bends or flickers: persons breathe, rain falls, fires burn."""
    frames = len(picture.cameras)
    found = np.arange(frames)
    if picture.pliants or any(lamp.flicker for lamp in picture.light.lamps):
        return found
    views = np.array(
        [np.concatenate([v.at_m, v.forward, v.up, [v.fovy_deg]]) for v in picture.cameras]
    )
    reach = _reach_m(picture)
    for frame in range(1, frames):
        drawn = found[frame - 1]
        if np.allclose(views[frame], views[drawn], rtol=0, atol=1e-7) and _same(
            picture, frame, int(drawn), height_px, reach
        ):
            found[frame] = drawn
    return found


def _same(picture: Picture, one: int, other: int, height_px: int, reach_m: Floats) -> bool:
    here = picture.present[one]
    if (here != picture.present[other]).any():
        return False
    view = picture.cameras[other]
    step = np.linalg.norm(picture.positions_m[one] - picture.positions_m[other], axis=1)
    cos = np.abs(np.einsum("ij,ij->i", picture.quaternions[one], picture.quaternions[other]))
    moved = step + 2 * np.arccos(np.clip(cos.astype(np.float64), 0, 1)) * reach_m
    far = np.linalg.norm(picture.positions_m[one] - view.at_m, axis=1) - reach_m
    pixel = 2 * math.tan(math.radians(view.fovy_deg) / 2) / height_px
    return bool((moved < UNSEEN_PX * pixel * np.maximum(far, 0.05))[here].all())


def _reach_m(picture: Picture) -> Floats:
    """How far from its frame each body goes."""
    reach = np.zeros(picture.positions_m.shape[1])
    for item in picture.items:
        if item.body >= 0:
            far = float(np.linalg.norm(item.solid.vertices, axis=1).max())
            reach[item.body] = max(reach[item.body], far)
    return reach


class Exposures:
    """Frames of a shot that is loaded into a drawer, drawn or taken again."""

    def __init__(
        self, drawer: Drawer, picture: Picture, slots: Sequence[NDArray[np.uint8]], *, deep: bool
    ) -> None:
        self._drawer, self._slots, self._deep = drawer, slots, deep
        self._shown = repeats(picture, slots[0].shape[0])
        self._last = slots[0][:0]
        self._planes: Planes | None = None

    def take(self, frame: int, slot: int) -> Planes | None:
        """Fills a slot with a frame; how far away and whose its pixels are, where that is asked for.
        Frames are taken in their order."""
        if self._shown[frame] < frame:
            self._slots[slot][:] = self._last
            return self._planes
        self._drawer.draw(frame, slot)
        if self._deep:
            self._planes = self._drawer.distances(frame), self._drawer.owners(frame)
        if self._shown[min(frame + 1, len(self._shown) - 1)] == frame:
            self._last = self._slots[slot].copy()
        return self._planes
