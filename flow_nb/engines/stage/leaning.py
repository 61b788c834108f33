"""Turning after what is small. In: how much the picture holds, a subject's size, its way. Out: how much nearer
the camera comes, and what share of the subject's way it turns along with it.

A marble that falls a metre is a dot in a picture of the whole fall: the camera comes near and tilts.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.picture import Floats

LEAST_SHARE = 0.1
"""What takes less than this share of the picture's height is lost in it."""
LEAST_PICTURE_M = 0.3
NEAREST = 0.3
"""The camera comes no nearer than this share of its distance."""
ROOMY = 1.25
WAY_SHARE, MOST_WAY_M = 0.3, 1.5
WITHIN = 0.3
"""Share of the picture's height, and of its width, from its middle within which the subject stays."""

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


def nearer(picture_m: float, size_m: float, company_m: float, across_m: float) -> float:
    """The share of its distance at which a camera shows a subject and its company large enough; 1 where
    the picture of that height does. With company, ``across_m`` of height are needed for the width.

    >>> nearer(1.5, 0.2, 0.0, 0.0)
    1.0
    >>> round(nearer(1.5, 0.07, 0.0, 0.0), 2)
    0.47
    """
    wanted = max(size_m / LEAST_SHARE, ROOMY * company_m, LEAST_PICTURE_M)
    wanted = max(wanted, ROOMY * across_m) if company_m > 0 else wanted
    return min(1.0, max(wanted / picture_m, NEAREST))


def turning(way_m: Floats, wide_m: float, high_m: float) -> tuple[float, float]:
    """Shares of a way (n, 2), across and up from the picture's middle, that the camera turns along so
    that the subject stays in a picture of that size."""
    far = np.abs(way_m).max(axis=0)
    shares = [
        max(0.0, 1.0 - WITHIN * size / max(float(off), 1e-9))
        for off, size in zip(far, (wide_m, high_m), strict=True)
    ]
    return shares[0], shares[1]


def sliding(off_m: Floats, drift_m: float, wide_m: float, fps: float) -> Floats:
    """How far (frames,) an operator slides along with a subject that is ``off_m`` (frames,) from the
    middle of a picture so wide, and goes ``drift_m`` in all."""
    ahead = float(np.sign(drift_m))
    slide = ahead * np.clip(off_m * ahead - REFRAME_FROM * wide_m, 0.0, REFRAME_UP_TO_M)
    return np.asarray(gaussian_filter1d(slide, REFRAME_S * fps, mode="nearest"))
