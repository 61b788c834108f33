"""Focus. In: a plan, its motion, the views. Out: how far away the focus is at every frame, and how wide a
point is drawn that lies elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.figures.people import head_poses, is_figure
from flow_nb.engines.stage.framing import target
from flow_nb.engines.stage.moves import eased
from flow_nb.engines.stage.picture import Floats, Singles, View
from flow_nb.engines.stage.rig import SENSOR_HEIGHT_MM
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m

PULL_S, CALM_S = 0.7, 0.25
F_NUMBERS = {
    "extreme wide": 8.0, "wide": 5.6, "full": 4.0, "medium": 2.8, "medium close-up": 2.4,
    "close-up": 2.8, "extreme close-up": 4.0,
}  # fmt: skip
"""The stop that a camera operator would choose for the size of the shot."""
WIDEST = 0.016
"""No point is drawn wider than this share of the picture's height."""
HEAD_UP_M = 0.12


def focus_m(plan: Plan, motion: Motion, views: Sequence[View], times: Floats) -> Floats:
    """Distance of the focus along the camera's axis (frames,), metres: on what the plan names, else on
    what the camera looks at; pulled where the plan pulls it."""
    words = plan.camera
    first = _distance_m(plan, motion, words.focus or target(plan, motion), views, times)
    if words.focus_to is None:
        return first
    second = _distance_m(plan, motion, words.focus_to, views, times)
    begin_s = plan.duration_s * 0.4 if words.focus_s is None else words.focus_s
    share = np.array([eased(float(np.clip((time - begin_s) / PULL_S, 0, 1))) for time in times])
    return np.asarray(first * (1 - share) + second * share)


def circle_px(
    distance_m: Singles, focus_m: float, *, lens_mm: float, f_number: float, height_px: int
) -> Singles:
    """Diameter (h, w) of the circle of confusion, signed: negative before the focus.

    c = f^2 / N |z - s| / (z (s - f)), with focal length f, stop N, focus s (Potmesil 1981).

    >>> c = circle_px(np.array([[1.0, 2.0, 1e9]], np.float32), 2.0, lens_mm=50, f_number=2, height_px=1080)
    >>> [round(float(v), 1) for v in c[0]]
    [-17.3, 0.0, 17.3]
    """
    focal = lens_mm / 1000
    near = max(focus_m, 2 * focal)
    share = (distance_m - near) / np.maximum(distance_m, 1e-3)
    circle = focal * focal / f_number / (near - focal) * share
    widest = WIDEST * height_px
    return np.clip(circle * (1000 / SENSOR_HEIGHT_MM * height_px), -widest, widest).astype(
        np.float32
    )


def _distance_m(
    plan: Plan, motion: Motion, name: str | None, views: Sequence[View], times: Floats
) -> Floats:
    at = np.array([view.at_m for view in views])
    ahead = np.array([view.forward for view in views])
    if name is None or name not in motion.names:
        return np.full(len(times), 4.0)
    body = plan.body(name)
    if is_figure(body):
        poses = head_poses(plan, motion, name, times)
        places = np.array([place + turn @ (0, 0, HEAD_UP_M) for place, turn in poses])
    else:
        low, high = prop_bounds_m(archetypes()[body.prop], body.scale)
        column, middle = motion.index(name), (low + high) / 2
        places = np.array([motion.at(float(time))[0][column] for time in times]) + middle
    along = np.maximum(np.einsum("ij,ij->i", places - at, ahead), 0.15)
    step = float(times[1] - times[0]) if len(times) > 1 else 1.0
    return np.asarray(gaussian_filter1d(along, CALM_S / step, mode="nearest"))
