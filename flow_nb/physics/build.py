"""From bodies to a solver. In: `Stand`s, the plan's constants, fragments. Out: a compiled MuJoCo model.

Every pair that can touch is written out with the friction and restitution of its materials; nothing
else collides. Free bodies keep their frame at the prop's foot, fragments at their centre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import mujoco
import numpy as np

from flow_nb.physics.device import Device
from flow_nb.physics.restitution import IMPEDANCE, solref
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import Mesh
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import Piece, sets
from flow_nb.props.materials import Material, materials, pair_friction, pair_restitution
from flow_nb.props.shapes import piece_mesh, volume_m3

ROLLING_FRICTION_M = 4e-4
TORSION_FRICTION_M = 2e-3
SPLINTER_RESTITUTION = 0.6
"""Splinters ring and turn: they give back this share of what the whole body would."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Splinter:
    """A piece of something broken: its mesh about its own centre of mass."""

    name: str
    parent: str
    mesh: Mesh
    mass_kg: float
    material: Material


@dataclass(frozen=True, kw_only=True, slots=True)
class Solid:
    """One collision geom: its name, the body it belongs to, what it is made of, whether it moves."""

    geom: str
    body: str
    material: Material
    moves: bool
    round: bool = False
    splinter: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A compiled model, its state, and what each of its geoms is made of (by geom id)."""

    model: mujoco.MjModel
    data: mujoco.MjData
    materials: tuple[Material, ...]

    def body_name(self, geom: int) -> str:
        """The body that a geom belongs to."""
        return str(self.model.body(int(self.model.geom_bodyid[geom])).name)


def build(
    plan: Plan,
    stands: Iterable[Stand],
    splinters: Iterable[Splinter],
    devices: Iterable[Device] = (),
) -> World:
    """Everything that exists from now on, intact bodies, splinters and devices, on their marks."""
    spec = mujoco.MjSpec()
    spec.option.timestep = plan.timestep_s
    spec.option.gravity = [0, 0, -plan.gravity_m_s2]
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    spec.option.iterations = 30
    spec.option.enableflags |= int(mujoco.mjtEnableBit.mjENBL_ENERGY)
    solids = _add_set(spec, plan)
    for stand in stands:
        solids += add_stand(spec, stand)
    solids += [_add_splinter(spec, splinter) for splinter in splinters]
    for device in devices:
        solids += device.furnish(spec)
    _add_pairs(spec, solids)
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    made_of = {solid.geom: solid.material for solid in solids}
    nothing = materials()[sets()[plan.set.kind].floor]
    return World(
        model=model,
        data=data,
        materials=tuple(made_of.get(model.geom(i).name, nothing) for i in range(model.ngeom)),
    )


def _add_set(spec: mujoco.MjSpec, plan: Plan) -> list[Solid]:
    row, rows = sets()[plan.set.kind], materials()
    wall = {"type": mujoco.mjtGeom.mjGEOM_PLANE, "size": [0, 0, 1], "contype": 0, "conaffinity": 0}
    spec.worldbody.add_geom(name="floor", **wall)
    solids = [Solid(geom="floor", body="set", material=rows[row.floor], moves=False)]
    if row.back_y_m is not None:
        spec.worldbody.add_geom(
            name="back", pos=[0, row.back_y_m, 0], quat=_facing((0, -1, 0)), **wall
        )
        solids.append(Solid(geom="back", body="set", material=rows["concrete"], moves=False))
    if row.left_x_m is not None:
        spec.worldbody.add_geom(
            name="left", pos=[row.left_x_m, 0, 0], quat=_facing((1, 0, 0)), **wall
        )
        solids.append(Solid(geom="left", body="set", material=rows["concrete"], moves=False))
    return solids


def _facing(normal: tuple[float, float, float]) -> list[float]:
    """The quaternion that turns z to a level direction."""
    axis = np.cross([0, 0, 1], normal)
    half = math.sqrt(0.5)
    return [half, *(half * axis)]


def add_stand(spec: mujoco.MjSpec, stand: Stand) -> list[Solid]:
    """One body of the plan with all its pieces: free, hung by a ball joint, or fixed."""
    name = stand.body.name
    body = spec.worldbody.add_body(name=name, pos=stand.foot_m, quat=stand.turn)
    if stand.pivot_m is not None:
        arm = np.subtract(stand.pivot_m, stand.foot_m)
        local = np.zeros(3)
        mujoco.mju_rotVecQuat(local, arm, _inverse(stand.turn))
        body.add_joint(
            name=name, type=mujoco.mjtJoint.mjJNT_BALL, pos=local, damping=[0.0, 0.0, 0.0]
        )
    elif not stand.body.fixed:
        body.add_freejoint(name=name)
    pieces = stand.prop.pieces
    volumes = [max(_bulk(piece), 1e-12) for piece in pieces]
    solids = []
    for i, piece in enumerate(pieces):
        geom = f"{name}#{i}"
        mass = stand.mass_kg * volumes[i] / sum(volumes)
        _add_piece(spec, body, geom, piece, stand.body.scale, mass)
        material = materials()[piece.material] if piece.material else stand.material
        solids.append(
            Solid(
                geom=geom,
                body=name,
                material=material,
                moves=not stand.body.fixed,
                round=piece.shape == "sphere",
            )
        )
    return solids


def _bulk(piece: Piece) -> float:
    return volume_m3(piece_mesh(piece, turns=16))


def _inverse(quaternion: tuple[float, float, float, float]) -> list[float]:
    w, x, y, z = quaternion
    return [w, -x, -y, -z]


def _add_piece(
    spec: mujoco.MjSpec, body: object, geom: str, piece: Piece, scale: float, mass_kg: float
) -> None:
    """Balls and boxes as what they are, all else as the hull of its mesh."""
    at = np.asarray(piece.at_m) * scale
    common = {"name": geom, "mass": mass_kg, "contype": 0, "conaffinity": 0}
    add = body.add_geom  # type: ignore[attr-defined]
    if piece.shape == "sphere":
        radius = piece.radius_m * scale
        add(
            type=mujoco.mjtGeom.mjGEOM_SPHERE,
            size=[radius, 0, 0],
            pos=at + [0, 0, radius],
            **common,
        )
    elif piece.shape == "box":
        half = np.asarray(piece.size_m) * scale / 2
        add(type=mujoco.mjtGeom.mjGEOM_BOX, size=half, pos=at + [0, 0, half[2]], **common)
    else:
        _add_mesh(spec, geom, piece_mesh(piece, scale))
        add(type=mujoco.mjtGeom.mjGEOM_MESH, meshname=geom, **common)


def _add_mesh(spec: mujoco.MjSpec, name: str, mesh: Mesh) -> None:
    added = spec.add_mesh(name=name)
    added.uservert = mesh.vertices.ravel().tolist()
    added.userface = mesh.faces.ravel().tolist()
    added.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_EXACT


def _add_splinter(spec: mujoco.MjSpec, splinter: Splinter) -> Solid:
    body = spec.worldbody.add_body(name=splinter.name)
    body.add_freejoint(name=splinter.name)
    _add_mesh(spec, splinter.name, splinter.mesh)
    body.add_geom(
        name=splinter.name,
        type=mujoco.mjtGeom.mjGEOM_MESH,
        meshname=splinter.name,
        mass=splinter.mass_kg,
        contype=0,
        conaffinity=0,
    )
    return Solid(
        geom=splinter.name,
        body=splinter.name,
        material=splinter.material,
        moves=True,
        splinter=True,
    )


def _add_pairs(spec: mujoco.MjSpec, solids: list[Solid]) -> None:
    """Splinters meet everything but each other: their hulls overlap where they broke apart."""
    for i, a in enumerate(solids):
        for b in solids[i + 1 :]:
            if a.body == b.body or not (a.moves or b.moves) or (a.splinter and b.splinter):
                continue
            friction = pair_friction(a.material, b.material)
            restitution = pair_restitution(a.material, b.material)
            if a.splinter or b.splinter:
                restitution *= SPLINTER_RESTITUTION
            spec.add_pair(
                geomname1=a.geom,
                geomname2=b.geom,
                condim=6 if (a.round or b.round) else 3,
                friction=[friction, friction, TORSION_FRICTION_M]
                + [ROLLING_FRICTION_M, ROLLING_FRICTION_M],
                solref=solref(restitution),
                solimp=[*IMPEDANCE, 0.5, 2.0],
            )
