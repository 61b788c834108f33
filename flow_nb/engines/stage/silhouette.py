"""How much of a picture a thing fills. In: a body, from where it is seen. Out: the area that it shows, and the height
of the picture in which that area is what the size of the shot asks for.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from flow_nb.engines.base import Format
from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import piece_mesh, turn_matrix

CELLS, TURNS = 72, 12
"""How finely an outline is drawn, and how finely what is round is turned for it."""
AREA = {
    "extreme wide": 0.006, "wide": 0.018, "full": 0.05, "medium": 0.065,
    "medium close-up": 0.10, "close-up": 0.13, "extreme close-up": 0.25,
}  # fmt: skip
"""What share of the picture a subject should fill at least, by the size of the shot."""
LEAST_PICTURE_M = {
    "extreme wide": 2.0, "wide": 1.1, "full": 0.55, "medium": 0.3, "medium close-up": 0.22,
    "close-up": 0.13, "extreme close-up": 0.06,
}  # fmt: skip
"""No picture is lower than that, however small its subject: one wants to see where it is."""
WIDE, CURLED = 16 / 9, 0.5
"""An animal shows so much of what it does when it stands there with its tail in the air."""


def silhouette_m2(body: Body, side_deg: float, rise_deg: float, yaw_deg: float = 0.0) -> float:
    """The area that a body shows to a camera far away on that side and so high; ``yaw_deg`` is how far
    the body is turned."""
    turn = turn_matrix((rise_deg, 0.0, 0.0)) @ turn_matrix((0.0, 0.0, yaw_deg - side_deg))
    flat = []
    for piece in archetypes()[body.prop].seen:
        points = piece_mesh(piece, body.scale, turns=TURNS).vertices.astype(np.float64) @ turn.T
        flat.append(points[:, [0, 2]])
    corners = np.concatenate(flat) if flat else np.zeros((1, 2))
    low, span = corners.min(0), float(np.ptp(corners, axis=0).max())
    if span <= 0:
        return 0.0
    cell = span / CELLS
    canvas = np.zeros((CELLS + 1, CELLS + 1), np.uint8)
    for points in flat:  # a piece is nearly always its own hull
        outline = cv2.convexHull(np.round((points - low) / cell).astype(np.int32))
        cv2.fillConvexPoly(canvas, outline, 1)
    hidden = CURLED if archetypes()[body.prop].kind == "animal" else 1.0
    return float(canvas.sum()) * cell * cell * hidden


def most_m(size: str, area_m2: float, form: Format) -> float:
    """The height of the picture in which an area is what a shot of that size asks for.

    >>> from fractions import Fraction
    >>> round(most_m("medium", 0.1, Format(width=1600, height=900, fps=Fraction(24))), 2)
    0.93
    """
    wide = form.width / form.height
    least = LEAST_PICTURE_M[size] * math.sqrt(WIDE / wide)
    return max(math.sqrt(area_m2 / (AREA[size] * wide)), least)


def yaw_deg(quaternion: Floats) -> float:
    """How far a pose is turned about the vertical."""
    w, x, y, z = quaternion
    return math.degrees(math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)))


def shown_m2(plan: Plan, motion: Motion, names: tuple[str, ...], side: float, rise: float) -> float:
    """What bodies show together as they stand at the beginning."""
    _, turns = motion.at(0.0)
    return sum(
        silhouette_m2(plan.body(name), side, rise, yaw_deg(turns[motion.index(name)]))
        for name in names
    )
