"""One leaf on its hinge. In: a prop's `Hinge` on its mark. Out: a `Leaf`: what is asked of it, and its parts
in the solver: frame, leaf, joint, stop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid
from flow_nb.physics.mechanisms.stop import stop_m
from flow_nb.physics.pieces import add_piece
from flow_nb.physics.stand import Stand
from flow_nb.props.archetypes import Hinge
from flow_nb.props.materials import materials
from flow_nb.props.shapes import piece_mesh, volume_m3

FRICTION_S = 0.5
"""Slowing of a free leaf by its hinges, 1/s."""
SILL_RAD = math.radians(1.0)
"""How much further the joint lets a leaf go than its stop does."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A leaf that is to be at ``to_rad`` after ``lasts_s`` from ``start_s``."""

    start_s: float
    lasts_s: float
    to_rad: float
    opens: bool
    slams: bool


@dataclass(slots=True)
class Leaf:
    """One hinge of the shot: what it is and what is asked of it."""

    stand: Stand
    hinge: Hinge
    turns: tuple[Turn, ...]
    begin_rad: float
    waits_s: float
    latched: bool
    from_rad: float = 0.0
    told: int = -1

    @property
    def name(self) -> str:
        """The name of its column."""
        return f"{self.stand.body.name}/leaf"


def corners_m(leaf: Leaf) -> Floats:
    """The corners of all that turns, in the prop's frame."""
    pieces = leaf.stand.prop.pieces
    return np.concatenate(
        [piece_mesh(pieces[i], leaf.stand.body.scale, turns=8).vertices for i in leaf.hinge.pieces]
    ).astype(np.float64)


def reach_m(leaf: Leaf) -> float:
    """How far the leaf's edge is from its axis."""
    arm = corners_m(leaf) - np.asarray(leaf.hinge.at_m) * leaf.stand.body.scale
    axis = np.asarray(leaf.hinge.axis)
    return float(np.linalg.norm(np.cross(arm, axis), axis=1).max())


def leaf_kg(leaf: Leaf) -> float:
    """Mass of all that turns."""
    bulks = [volume_m3(piece_mesh(piece, turns=16)) for piece in leaf.stand.prop.pieces]
    share = sum(bulks[i] for i in leaf.hinge.pieces) / sum(bulks)
    return float(leaf.stand.mass_kg * share)


def friction_n_m_s(leaf: Leaf) -> float:
    """Of its hinge, against its turning; little where it swings both ways."""
    swings = 0.0 not in leaf.hinge.limits_deg
    return FRICTION_S * leaf_kg(leaf) * reach_m(leaf) ** 2 / 3 * (0.1 if swings else 1)


def add_leaf(spec: mujoco.MjSpec, leaf: Leaf) -> list[Solid]:
    """Frame, leaf, joint and stop."""
    stand, hinge = leaf.stand, leaf.hinge
    name, scale = stand.body.name, stand.body.scale
    frame = spec.worldbody.add_body(name=name, pos=stand.foot_m, quat=stand.turn)
    moving = frame.add_body(name=leaf.name)
    low, high = (math.radians(limit) for limit in hinge.limits_deg)
    low -= SILL_RAD if low == 0.0 else 0.0
    high += SILL_RAD if high == 0.0 else 0.0
    moving.add_joint(
        name=leaf.name,
        type=mujoco.mjtJoint.mjJNT_HINGE,
        axis=list(hinge.axis),
        pos=[v * scale for v in hinge.at_m],
        range=[math.degrees(low), math.degrees(high)],
        limited=True,
        solref_limit=[0.008, 1.0],
        damping=[friction_n_m_s(leaf), 0, 0],
    )
    pieces = stand.prop.pieces
    bulks = [volume_m3(piece_mesh(piece, turns=16)) for piece in pieces]
    solids = []
    for i, piece in enumerate(pieces):
        turns = i in hinge.pieces
        for geom in add_piece(
            spec,
            moving if turns else frame,
            f"{name}#{i}",
            piece,
            stand,
            stand.mass_kg * bulks[i] / sum(bulks),
        ):
            material = materials()[piece.material] if piece.material else stand.material
            solids.append(Solid(geom=geom, body=name, material=material, moves=turns))
    if 0.0 in hinge.limits_deg:
        place, size = stop_m(corners_m(leaf), hinge, scale)
        frame.add_geom(
            name=f"{name}#stop", type=mujoco.mjtGeom.mjGEOM_SPHERE, size=[size, 0, 0], pos=place,
            contype=0, conaffinity=0, mass=0,
        )  # fmt: skip
        solids.append(
            Solid(geom=f"{name}#stop", body=f"{name}#stop", material=stand.material, moves=False)
        )
    return solids
