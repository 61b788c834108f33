"""Where faces are in the picture. In: a plan, its motion, the camera's views. Out: boxes, frame by frame.

A head is taken as a ball around its middle, so that hair and a turned face are in the box too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from flow_nb.engines.base import Box, Format
from flow_nb.engines.stage.figures.build import head_unit_m
from flow_nb.engines.stage.figures.people import body_skeleton, head_poses, is_figure
from flow_nb.engines.stage.picture import Floats, View
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

MIDDLE, RADIUS = 0.52, 0.74
"""A head's middle above the neck's joint, and its radius, in head units."""
NEAREST_M = 0.05


def faces(
    plan: Plan, motion: Motion, views: Sequence[View], form: Format
) -> tuple[tuple[Box, ...], ...]:
    """The boxes of all heads that are in the picture, for every view."""
    times = np.arange(len(views)) / float(form.fps)
    found: list[list[Box]] = [[] for _ in views]
    for body in plan.bodies:
        if not is_figure(body) or body.name not in motion.names:
            continue
        unit = head_unit_m(body_skeleton(body))
        for frame, (neck, turn) in enumerate(head_poses(plan, motion, body.name, times)):
            middle = neck + turn @ (0, 0, MIDDLE * unit)
            box = _box(middle, RADIUS * unit, views[frame], form)
            if box:
                found[frame].append(box)
    return tuple(map(tuple, found))


def _box(middle: Floats, radius_m: float, view: View, form: Format) -> Box | None:
    """A ball in the picture; None where the camera does not see it."""
    right = np.cross(view.forward, view.up)
    right /= np.linalg.norm(right)
    up = np.cross(right, view.forward)
    away = middle - view.at_m
    depth = float(away @ view.forward)
    if depth < NEAREST_M:
        return None
    half_high = math.tan(math.radians(view.fovy_deg) / 2) * depth
    half_wide = half_high * form.width / form.height
    x, y = 0.5 + float(away @ right) / half_wide / 2, 0.5 - float(away @ up) / half_high / 2
    wide, high = radius_m / half_wide / 2, radius_m / half_high / 2
    box = max(x - wide, 0.0), max(y - high, 0.0), min(x + wide, 1.0), min(y + high, 1.0)
    return box if box[0] < box[2] and box[1] < box[3] else None
