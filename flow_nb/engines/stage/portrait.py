"""How persons are framed. In: a plan, its motion, a figure's name, the frames' instants. Out: `Path`: the
part of the figure that the size of the shot shows, from the side on which its face is; and the views over a
shoulder and through a figure's eyes.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.figures.build import head_unit_m
from flow_nb.engines.stage.figures.people import body_skeleton, head_poses, is_figure
from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.sizes import WHOLE
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

SHOWN = {
    "extreme wide": (0.50, 5.2), "wide": (0.50, 2.1), "full": (0.53, 1.28), "medium": (0.80, 0.66),
    "medium close-up": (0.875, 0.42),
}  # fmt: skip
"""By shot size: the middle of the picture and its height, as shares of the figure's height."""
FACES = {"close-up": (0.50, 1.54), "extreme close-up": (0.52, 0.72)}
"""The same of the head: its middle above the neck's joint, and the picture's height in head units."""
THREE_QUARTERS_DEG, MOST_DEG = 22.0, 40.0
CALM_S = 0.22
LOOSE = {"full": 0.4, "wide": 1.35, "extreme wide": 1.35}
"""Where a figure goes further than so many pictures, the camera goes along."""


def framed(
    plan: Plan, motion: Motion, name: str, times: Floats
) -> tuple[Floats, float, float | None]:
    """What the camera looks at (frames, 3), calmed; the height of the picture in metres; and from
    which side the face is seen, None where it looks away."""
    body, size = plan.body(name), plan.camera.size
    tall = body_skeleton(body).height_m
    heads = head_poses(plan, motion, name, times)
    unit = head_unit_m(body_skeleton(body))
    if size in FACES:
        up, height = FACES[size]
        aim = np.array([place + turn @ (0, 0, up * unit) for place, turn in heads])
        height *= unit
    else:
        middle, height = SHOWN[size]
        height *= tall
        top = np.array([place + turn @ (0, 0, 0.92 * unit) for place, turn in heads])
        ground = np.array([_ground(motion, name, time) for time in times])
        if size in WHOLE:
            aim = ground + (top - ground) * middle
        else:  # down the spine: who lies in bed is not seen under it
            spine = top - np.array([_hips(motion, name, time) for time in times])
            spine /= np.maximum(np.linalg.norm(spine, axis=1, keepdims=True), 1e-6)
            aim = top - spine * (1 - middle) * tall
    step = float(times[1] - times[0]) if len(times) > 1 else 1.0
    smooth = gaussian_filter1d(aim, CALM_S / step, axis=0, mode="nearest")
    return np.asarray(smooth), height, _side(heads)


def partner(plan: Plan, motion: Motion, name: str) -> str | None:
    """The other one of a conversation: the first figure that is not ``name``."""
    others = [b.name for b in plan.bodies if is_figure(b) and b.name in motion.names]
    return next((other for other in others if other != name), None)


def viewer(plan: Plan, motion: Motion) -> str | None:
    """Through whose eyes a point of view is: the figure that acts, else the first one."""
    figures = [b.name for b in plan.bodies if is_figure(b) and b.name in motion.names]
    acting = [n for action in plan.actions for n in (action.agent, action.body) if n in figures]
    return next(iter([*acting, *figures]), None)


def seen_from(
    plan: Plan, motion: Motion, name: str, aim_m: Floats, times: Floats
) -> tuple[Floats, Floats]:
    """Places (frames, 3) of the eyes of a figure, and what they look at: ``aim_m``, or straight ahead
    where the figure would look at itself."""
    unit = head_unit_m(body_skeleton(plan.body(name)))
    heads = head_poses(plan, motion, name, times)
    eyes = np.array([place + turn @ (0, -0.42 * unit, 0.57 * unit) for place, turn in heads])
    ahead = np.array([place + turn @ (0, -3.0, 0.3) for place, turn in heads])
    own = np.linalg.norm(aim_m - eyes, axis=1) < 0.9
    return eyes, np.where(own[:, None], ahead, aim_m)


def over_shoulder(
    plan: Plan, motion: Motion, name: str, other: str | None, times: Floats
) -> Floats:
    """Where a camera stands (3,) that looks at ``name`` past the shoulder of ``other``, or past its own
    where nobody else is there."""
    whose = other or name
    body = plan.body(whose)
    tall = body_skeleton(body).height_m
    place, turn = head_poses(plan, motion, whose, times[:1])[0]
    target, _ = head_poses(plan, motion, name, times[:1])[0]
    way = (target - place) if other else turn @ np.array([0.0, -1.0, 0.0])
    way = np.array([way[0], way[1], 0.0])
    way /= max(float(np.linalg.norm(way)), 1e-6)
    right = np.array([way[1], -way[0], 0.0])
    return np.asarray(place - way * 0.46 * tall + right * 0.19 * tall + [0, 0, 0.10 * tall])


def _ground(motion: Motion, name: str, time: float) -> Floats:
    """The floor below the figure's middle."""
    positions, _ = motion.at(float(time))
    columns = [i for i, n in enumerate(motion.names) if n.startswith(f"{name}/foot")]
    own = _hips(motion, name, time)
    low = float(positions[columns, 2].min()) - 0.07 if columns else float(own[2])
    return np.array([own[0], own[1], low])


def _hips(motion: Motion, name: str, time: float) -> Floats:
    """The figure's middle."""
    positions, _ = motion.at(float(time))
    root = motion.index(f"{name}/pelvis")
    return np.asarray(positions[root if root >= 0 else motion.index(name)], np.float64)


def _side(heads: list[tuple[Floats, Floats]]) -> float | None:
    """From which side a camera sees the face at three quarters, degrees; 0 is from the front."""
    ahead = np.mean([turn @ (0.0, -1.0, 0.0) for _, turn in heads], axis=0)
    if float(np.hypot(ahead[0], ahead[1])) < 0.25:
        return None
    facing = math.degrees(math.atan2(ahead[0], -ahead[1]))
    if abs(facing) > 115:
        return None
    turn = -THREE_QUARTERS_DEG if facing > 2 else THREE_QUARTERS_DEG
    return float(np.clip(facing + turn, -MOST_DEG, MOST_DEG))
