"""Open water. In: a plan's set, its bodies. Out: where the surface is, and what a body displaces."""

from __future__ import annotations

import numpy as np

from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets
from flow_nb.props.shapes import hull, piece_mesh, volume_m3

DEPTH_M = 4.0
UNDER_M = 50.0
"""A surface that is higher than this is nowhere in sight: all is under water."""


def level_m(plan: Plan) -> float | None:
    """Height of the water's surface: a set whose floor is water, or where all is under water; None on
    land."""
    if plan.air.medium == "water":
        return 100.0
    return 0.0 if sets()[plan.set.kind].floor == "water" else None


def displaced_m3(stand: Stand, *, afloat: bool) -> float:
    """Volume of the water that a body displaces: ``afloat`` it keeps the water out of its hollows,
    below it fills.

    >>> from flow_nb.plan.plan import Body
    >>> cup = Stand(body=Body(name="cup", noun="cup", prop="cup", material="ceramic"), foot_m=(0, 0, 0))
    >>> displaced_m3(cup, afloat=True) > 3 * displaced_m3(cup, afloat=False)
    True
    """
    meshes = [piece_mesh(piece, stand.body.scale, turns=24) for piece in stand.prop.pieces]
    if afloat:
        meshes = [hull(np.asarray(mesh.vertices, dtype=np.float64)) for mesh in meshes]
    return sum(volume_m3(mesh) for mesh in meshes)
