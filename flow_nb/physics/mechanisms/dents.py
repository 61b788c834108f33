"""Dents. In: the contacts of a yielding body. Out: how far each point of its skin is pressed in."""

from __future__ import annotations

from collections.abc import Set

import mujoco
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MIN_REACH_M = 0.02


def dents_m(
    model: mujoco.MjModel, data: mujoco.MjData, geoms: Set[int], points_m: Floats
) -> Floats:
    """How far (n, 3) the points of a skin (n, 3), in the world, are pushed by all that touches ``geoms``.

    Below a contact the skin follows it to its depth; around it fades over the width of what presses.
    Of several contacts the deepest counts.
    """
    moved = np.zeros_like(points_m)
    most = np.zeros(len(points_m))
    for k in range(data.ncon):
        contact = data.contact[k]
        one, two = int(contact.geom[0]), int(contact.geom[1])
        if contact.dist >= 0 or (one in geoms) == (two in geoms):
            continue
        presser = two if one in geoms else one
        into = np.asarray(contact.frame[:3]) * (-1.0 if one in geoms else 1.0)
        flat = model.geom_type[presser] == mujoco.mjtGeom.mjGEOM_PLANE
        if flat:  # the floor does not dent, it flattens
            continue
        reach = max(MIN_REACH_M, 0.9 * float(model.geom_rbound[presser]))
        away = points_m - contact.pos
        along = away @ into
        beside = np.linalg.norm(away - np.outer(along, into), axis=1)
        facing = np.exp(-((np.maximum(along, 0.0) / (1.2 * reach)) ** 2))
        depth = -float(contact.dist) * np.exp(-((beside / reach) ** 2)) * facing
        deeper = depth > most
        moved[deeper] = depth[deeper, None] * into
        most = np.maximum(most, depth)
    return moved
