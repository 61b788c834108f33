"""The lab. In: a drawn frame, how far away and whose every pixel is. Out: the finished frame, in its place.

Lens and shutter work in linear light (a square root stands for the sRGB curve), grain on the print.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.finish.film import glow, grained, shade
from flow_nb.engines.stage.finish.lens import defocused
from flow_nb.engines.stage.finish.optics import F_NUMBERS, circle_px, focus_m
from flow_nb.engines.stage.finish.shutter import moved
from flow_nb.engines.stage.finish.spin import rounds
from flow_nb.engines.stage.finish.velocity import OPEN, carried, instants, velocity_px
from flow_nb.engines.stage.picture import Floats, Singles, View
from flow_nb.engines.stage.tiers import Tier
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

Planes = tuple[Singles, NDArray[np.int32]]
"""How far away and whose every pixel is, each (h, w)."""
GRID = 960
"""How many ways are worked out along the picture's longer side."""
_LINEAR = ((np.arange(256) / 255.0) ** 2).astype(np.float32)


class Finish:
    """What is done to every frame of one shot."""

    def __init__(
        self, plan: Plan, motion: Motion, views: tuple[View, ...], times: Floats, tier: Tier
    ) -> None:
        self._plan, self._motion, self._views, self._times = plan, motion, views, times
        self._tier = tier
        self._focus_m = focus_m(plan, motion, views, times)
        self._open_s = OPEN / float(tier.format.fps)
        self._rounds = rounds(plan, motion)

    def __call__(
        self,
        frame: NDArray[np.uint8],
        index: int,
        planes: Planes | None = None,
    ) -> None:
        """Finishes frame ``index`` (h, w, 3) in place; ``planes`` are the distance and the owner of every
        pixel, which lens and shutter need."""
        light = np.asarray(cv2.LUT(frame, _LINEAR), np.float32)
        if planes is not None and self._tier.lens:
            light = defocused(light, self._circle(planes[0], index))
        if planes is not None and self._tier.shutter:
            light = self._moved(light, index, *planes)
        if self._tier.film:
            glow(light)
            shade(light)
        np.maximum(light, 0, out=light)
        cv2.convertScaleAbs(cv2.sqrt(light, light), frame, alpha=255)
        if self._tier.grain:
            frame[:] = grained(frame, seed=self._plan.seed, index=index)

    def _circle(self, distance_m: Singles, index: int) -> Singles:
        words = self._plan.camera
        return circle_px(
            distance_m,
            float(self._focus_m[index]),
            lens_mm=words.lens_mm,
            f_number=F_NUMBERS[words.size],
            height_px=distance_m.shape[0],
        )

    def _moved(
        self, light: Singles, index: int, distance_m: Singles, ids: NDArray[np.int32]
    ) -> Singles:
        ways = carried(self._motion, float(self._times[index]), self._open_s, self._rounds)
        seen = instants(self._views, index)
        step = max(1, max(ids.shape) // GRID)
        far = np.ascontiguousarray(distance_m[::step, ::step])
        whose = np.ascontiguousarray(ids[::step, ::step])
        way = velocity_px(far, whose, seen, ways, light.shape[:2])
        return moved(light, way, far)
