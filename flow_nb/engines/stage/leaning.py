"""Turning after what is small. In: how much the picture holds, a subject's way. Out: how much of that the camera
keeps when it comes nearer, and what share of the subject's way it turns along with it.

A marble that falls a metre is a dot in a picture of the whole fall: the camera comes near and tilts.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.picture import Floats

WHOLE_WAY, EDGE = ("wide", "extreme wide"), 1.15
"""Sizes that hold all of a way, and how much room they leave around it."""
ROOMY, COMPANY = 1.25, 1.22
"""How much room is around what a subject meets; how much lower than it should be a subject may be then."""
WAY_SHARE, MOST_WAY_M = 0.3, 1.5
WITHIN, LEAST_WITHIN = 0.42, 0.1
"""Share of the picture's height, and of its width, from its middle within which all of the subject stays;
and its middle, where it is large."""

REFRAME_FROM = 0.12
"""Share of the picture's width from its middle beyond which a subject is followed."""
REFRAME_UP_TO_M = 1.6
REFRAME_S = 0.3


def coming_m(points_m: Floats, centre_m: Floats, side_deg: float) -> float:
    """How much nearer a way (n, 3) comes than its middle to a camera on that side.

    >>> coming_m(np.array([[0.0, -0.5, 0.0], [0.0, 0.5, 0.0]]), np.zeros(3), 0.0)
    0.5
    """
    side = math.radians(side_deg)
    toward = np.array([math.sin(side), -math.cos(side), 0.0])
    return max(float(((points_m - centre_m) @ toward).max()), 0.0)


def whole_way_m(smooth_m: Floats) -> float:
    """The least height of a picture that follows what goes this way (n, 3): one sees where it is.

    >>> whole_way_m(np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.0]]))
    1.2
    """
    return min(WAY_SHARE * float(np.linalg.norm(np.ptp(smooth_m, axis=0))), MOST_WAY_M)


def kept_m(size: str, way_m: float, across_m: float, company_m: float, most_m: float) -> float:
    """The height of what a picture keeps of a way that takes ``way_m`` of it, where the camera may turn
    along. In a wide shot that is all of it; nearer, what the subject meets, as far as the subject is
    not lost for it. ``across_m`` of height are needed for the width of the way.

    >>> round(kept_m("wide", 1.5, 0.2, 0.0, 0.5), 3)
    1.725
    >>> kept_m("full", 1.5, 0.2, 0.0, 0.5)
    0.0
    >>> kept_m("full", 1.5, 0.2, 0.4, 0.5)
    0.5
    """
    if size in WHOLE_WAY:
        return EDGE * way_m
    if company_m == 0:
        return 0.0
    return min(ROOMY * max(company_m, across_m), COMPANY * most_m)


def turning(way_m: Floats, size_m: float, wide_m: float, high_m: float) -> tuple[float, float]:
    """Shares of a way (n, 2), across and up from the picture's middle, that the camera turns along so
    that a subject of that size stays in a picture of that size."""
    far = np.abs(way_m).max(axis=0)
    shares = []
    for off, picture_m in zip(far, (wide_m, high_m), strict=True):
        within_m = max(WITHIN * picture_m - size_m / 2, LEAST_WITHIN * picture_m)
        shares.append(max(0.0, 1.0 - within_m / max(float(off), 1e-9)))
    return shares[0], shares[1]


def sliding(off_m: Floats, drift_m: float, wide_m: float, fps: float) -> Floats:
    """How far (frames,) an operator slides along with a subject that is ``off_m`` (frames,) from the
    middle of a picture so wide, and goes ``drift_m`` in all."""
    ahead = float(np.sign(drift_m))
    slide = ahead * np.clip(off_m * ahead - REFRAME_FROM * wide_m, 0.0, REFRAME_UP_TO_M)
    return np.asarray(gaussian_filter1d(slide, REFRAME_S * fps, mode="nearest"))
