"""Turning after what is small. In: how much the picture holds, a subject's size, its way. Out: how much nearer
the camera comes, and what share of the subject's way it turns along with it.

A marble that falls a metre is a dot in a picture of the whole fall: the camera comes near and tilts.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.picture import Floats

LEAST_SHARE = 0.1
"""What takes less than this share of the picture's height is lost in it."""
LEAST_PICTURE_M = 0.3
NEAREST = 0.3
"""The camera comes no nearer than this share of its distance."""
ROOMY = 1.25
WITHIN = 0.3
"""Share of the picture's height, and of its width, from its middle within which the subject stays."""


def coming_m(points_m: Floats, centre_m: Floats, side_deg: float) -> float:
    """How much nearer a way (n, 3) comes than its middle to a camera on that side.

    >>> coming_m(np.array([[0.0, -0.5, 0.0], [0.0, 0.5, 0.0]]), np.zeros(3), 0.0)
    0.5
    """
    side = math.radians(side_deg)
    toward = np.array([math.sin(side), -math.cos(side), 0.0])
    return max(float(((points_m - centre_m) @ toward).max()), 0.0)


def nearer(picture_m: float, size_m: float, company_m: float) -> float:
    """The share of its distance at which a camera shows a subject and its company large enough; 1 where
    the picture of that height does.

    >>> nearer(1.5, 0.2, 0.0)
    1.0
    >>> round(nearer(1.5, 0.07, 0.0), 2)
    0.47
    """
    wanted = max(size_m / LEAST_SHARE, ROOMY * company_m, LEAST_PICTURE_M)
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
