"""The pieces of a prop in the solver. In: a `Piece`, the `Stand` that it is a part of. Out: MuJoCo geoms, by name."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.mechanisms.hollow import hollow_parts, is_hollow
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import Mesh
from flow_nb.props.archetypes import Piece
from flow_nb.props.shapes import TURNS, UNIT, centroid_m, piece_mesh, turn_matrix, volume_m3

Vector = NDArray[np.float64]

HULL_TURNS = 24
BEVEL, MIN_DISC = 0.06, 4
"""A disc may be narrower by this share of itself towards its ends; so many points has its profile."""
BOXY = 4.0
"""From this power on, a rounded block is a block."""


def centre_m(stand: Stand, volumes: list[float]) -> Vector:
    """Centre of mass (3,) in the body's frame."""
    centres = [centroid_m(piece_mesh(piece, stand.body.scale)) for piece in stand.prop.body]
    return np.average(centres, axis=0, weights=volumes)


def bulk_m3(piece: Piece) -> float:
    """Volume of a piece at scale 1, about."""
    return volume_m3(piece_mesh(piece, turns=16))


def inverse(quaternion: tuple[float, float, float, float]) -> list[float]:
    """The turn back."""
    w, x, y, z = quaternion
    return [w, -x, -y, -z]


def add_piece(
    spec: mujoco.MjSpec, body: object, geom: str, piece: Piece, stand: Stand, mass_kg: float
) -> list[str]:
    """Balls, boxes, rods and eggs as what they are, all else as the hull of its mesh; what is hollow as the
    parts of its walls. Returns the names of its geoms."""
    scale = stand.body.scale
    if stand.hollow and is_hollow(piece):
        return _add_walls(spec, body, geom, hollow_parts(piece, scale), mass_kg)
    common = {"name": geom, "mass": mass_kg, "contype": 0, "conaffinity": 0}
    add = body.add_geom  # type: ignore[attr-defined]
    known = _primitive(piece) if piece.stretch == UNIT else None
    if known is None:
        add_mesh(
            spec,
            geom,
            piece_mesh(piece, scale, turns=TURNS if piece.shape == "lathe" else HULL_TURNS),
        )
        add(type=mujoco.mjtGeom.mjGEOM_MESH, meshname=geom, **common)
        return [geom]
    kind, size, height = known
    turn = np.zeros(4)
    mujoco.mju_mat2Quat(turn, turn_matrix(piece.turn_deg).ravel())
    middle = np.add(piece.at_m, (0, 0, height / 2)) * scale
    add(type=kind, size=np.multiply(size, scale), pos=middle, quat=turn, **common)
    return [geom]


def is_disc(piece: Piece) -> bool:
    """Whether what is turned on a lathe is a plain disc but for its bevels: it rolls and spins as one."""
    if piece.shape != "lathe" or len(piece.profile_m) < MIN_DISC:
        return False
    radii, heights = np.array(piece.profile_m).T
    radius, tall = float(radii.max()), float(np.ptp(heights))
    ends = (heights - heights.min() < BEVEL * tall) | (heights.max() - heights < BEVEL * tall)
    solid = radii[0] == 0 and radii[-1] == 0 and abs(heights[0] - heights.min()) < BEVEL * tall
    rim = radii > (1 - BEVEL) * radius
    return bool(solid and heights[-1] == heights.max() and (rim | ends).all() and rim.sum() > 1)


def _primitive(piece: Piece) -> tuple[mujoco.mjtGeom, tuple[float, float, float], float] | None:
    """MuJoCo's own shape for a piece, its size and the piece's height; None where it has none."""
    kinds, radius, (x, y, z) = mujoco.mjtGeom, piece.radius_m, piece.size_m
    if piece.shape == "sphere":
        return kinds.mjGEOM_SPHERE, (radius, 0.0, 0.0), 2 * radius
    if piece.shape == "box" or (piece.shape == "ellipsoid" and piece.power >= BOXY):
        return kinds.mjGEOM_BOX, (x / 2, y / 2, z / 2), z
    if piece.shape == "ellipsoid" and piece.power == 2:
        return kinds.mjGEOM_ELLIPSOID, (x / 2, y / 2, z / 2), z
    if piece.shape == "cylinder":
        return kinds.mjGEOM_CYLINDER, (radius, z / 2, 0.0), z
    if is_disc(piece):
        radius, height = max(r for r, _ in piece.profile_m), max(h for _, h in piece.profile_m)
        return kinds.mjGEOM_CYLINDER, (radius, height / 2, 0.0), height
    if piece.shape == "capsule":
        return kinds.mjGEOM_CAPSULE, (radius, z / 2 - radius, 0.0), z
    return None


def _add_walls(
    spec: mujoco.MjSpec, body: object, geom: str, parts: list[Mesh], mass_kg: float
) -> list[str]:
    """Convex parts of one piece, its mass shared by volume."""
    volumes = [volume_m3(part) for part in parts]
    names = [f"{geom}.{k}" for k in range(len(parts))]
    for name, part, volume in zip(names, parts, volumes, strict=True):
        add_mesh(spec, name, part)
        body.add_geom(  # type: ignore[attr-defined]
            name=name,
            type=mujoco.mjtGeom.mjGEOM_MESH,
            meshname=name,
            mass=mass_kg * volume / sum(volumes),
            contype=0,
            conaffinity=0,
        )
    return names


def add_mesh(spec: mujoco.MjSpec, name: str, mesh: Mesh) -> None:
    """A mesh that a geom of that name can have."""
    added = spec.add_mesh(name=name)
    added.uservert = mesh.vertices.ravel().tolist()
    added.userface = mesh.faces.ravel().tolist()
    added.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_EXACT
