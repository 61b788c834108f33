"""From bodies to a solver. In: `Stand`s, the plan's constants, fragments. Out: a compiled MuJoCo model.

Every pair that can touch is written out with the friction and restitution of its materials; nothing
else collides. A site of a body's name marks the prop's foot, where its frame is in the motion. MuJoCo's
frame of what moves freely stands at its centre of mass, as that of fragments: about any other point
the solver loses sight of what turns fast, by the square of its spin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.device import Device
from flow_nb.physics.mechanisms.give import YIELDING, Give, give_of
from flow_nb.physics.mechanisms.water import DEPTH_M
from flow_nb.physics.pieces import add_mesh, add_piece, bulk_m3, centre_m, inverse, is_disc
from flow_nb.physics.restitution import IMPEDANCE, solref
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import Mesh
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import Material, materials, pair_friction, pair_restitution

Vector = NDArray[np.float64]

ROLLING_FRICTION_M = 4e-4
TORSION_FRICTION_M = 2e-3
ROUND = frozenset({"sphere", "ellipsoid", "capsule", "cylinder"})
FRICTION_STIFFNESS = 10
"""Of friction against the normal force: at 1, what slips while it bounces is lifted by its slipping."""
SPLINTER_RESTITUTION = 0.6
"""Splinters ring and turn: they give back this share of what the whole body would."""
NEAR_M = 1e-4
"""Bodies so near to each other are known to be near, without any force: what rests rattles by less."""


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
    """One collision geom: its name, the body it belongs to, what it is made of, whether it moves; a
    soft one's give, which goes by the mass that weighs on it."""

    geom: str
    body: str
    material: Material
    moves: bool
    round: bool = False
    splinter: bool = False
    mass_kg: float = 1.0
    give: Give | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A compiled model, its state, and what each of its geoms is made of (by geom id)."""

    model: mujoco.MjModel
    data: mujoco.MjData
    materials: tuple[Material, ...]

    @property
    def feet(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """MuJoCo's ids of the bodies that have a foot, and of the sites that mark it."""
        model = self.model
        sites = [i for i in range(model.nsite) if _marks_foot(model, i)]
        return model.site_bodyid[sites].astype(np.intp), np.array(sites, dtype=np.intp)

    def body_name(self, geom: int) -> str:
        """The body that a geom belongs to."""
        return str(self.model.body(int(self.model.geom_bodyid[geom])).name)


def foot_m(model: mujoco.MjModel, data: mujoco.MjData, name: str) -> Vector:
    """Where a body's foot is now (3,); what has none is where its frame is."""
    site = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_SITE, name)
    return np.array(data.site_xpos[site] if site >= 0 else data.body(name).xpos)


def _marks_foot(model: mujoco.MjModel, site: int) -> bool:
    return bool(model.site(site).name == model.body(int(model.site_bodyid[site])).name)


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
    spec.option.impratio = FRICTION_STIFFNESS
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
    deep = -DEPTH_M if row.floor == "water" else 0.0
    spec.worldbody.add_geom(name="floor", pos=[0, 0, deep], **wall)
    solids = [Solid(geom="floor", body="set", material=rows[row.floor], moves=False)]
    walls = (
        ("back", row.back_y_m, 1, (0, -1, 0)),
        ("left", row.left_x_m, 0, (1, 0, 0)),
        ("right", row.right_x_m, 0, (-1, 0, 0)),
    )
    for name, at, axis, normal in walls:
        if at is None:
            continue
        place = [0.0, 0.0, 0.0]
        place[axis] = at
        spec.worldbody.add_geom(name=name, pos=place, quat=_facing(normal), **wall)
        solids.append(Solid(geom=name, body="set", material=rows["concrete"], moves=False))
    return solids


def _facing(normal: tuple[int, int, int]) -> list[float]:
    """The quaternion that turns z to a level direction."""
    axis = np.cross([0, 0, 1], normal)
    half = math.sqrt(0.5)
    return [half, *(half * axis)]


def add_stand(spec: mujoco.MjSpec, stand: Stand) -> list[Solid]:
    """One body of the plan with all its pieces: free, hung by a ball joint, or fixed."""
    name = stand.body.name
    pieces = stand.prop.body
    volumes = [max(bulk_m3(piece), 1e-12) for piece in pieces]
    free = stand.pivot_m is None and not stand.body.fixed
    centre = centre_m(stand, volumes) if free else np.zeros(3)
    arm = np.zeros(3)
    mujoco.mju_rotVecQuat(arm, centre, np.array(stand.turn))
    body = spec.worldbody.add_body(name=name, pos=arm + stand.foot_m, quat=stand.turn)
    body.add_site(name=name, pos=-centre)
    if stand.pivot_m is not None:
        arm = np.subtract(stand.pivot_m, stand.foot_m)
        local = np.zeros(3)
        mujoco.mju_rotVecQuat(local, arm, inverse(stand.turn))
        body.add_joint(
            name=name, type=mujoco.mjtJoint.mjJNT_BALL, pos=local, damping=[0.0, 0.0, 0.0]
        )
    elif free:
        body.add_freejoint(name=name)
    solids = []
    for i, piece in enumerate(pieces):
        mass = stand.mass_kg * volumes[i] / sum(volumes)
        material = materials()[piece.material] if piece.material else stand.material
        for geom in add_piece(spec, body, f"{name}#{i}", piece, stand, mass):
            solids.append(
                Solid(
                    geom=geom,
                    body=name,
                    material=material,
                    moves=not stand.body.fixed,
                    round=piece.shape in ROUND or is_disc(piece),
                    mass_kg=stand.mass_kg,
                    give=give_of(stand.prop.name) if stand.prop.kind == "soft" else None,
                )
            )
    for geom in body.geoms:
        geom.pos = geom.pos - centre
    return solids


def _add_splinter(spec: mujoco.MjSpec, splinter: Splinter) -> Solid:
    body = spec.worldbody.add_body(name=splinter.name)
    body.add_freejoint(name=splinter.name)
    add_mesh(spec, splinter.name, splinter.mesh)
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
        mass_kg=splinter.mass_kg,
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
            soft = _yielding(a, b)
            spec.add_pair(
                geomname1=a.geom,
                geomname2=b.geom,
                condim=6 if (a.round or b.round) else 3,
                friction=[friction, friction, TORSION_FRICTION_M]
                + [ROLLING_FRICTION_M, ROLLING_FRICTION_M],
                gap=NEAR_M,
                solref=soft or solref(restitution),
                solimp=[*(YIELDING if soft else IMPEDANCE), 0.5, 2.0],
            )


def _yielding(a: Solid, b: Solid) -> tuple[float, float] | None:
    """The contact of a pair of which one is soft: the softer one's, loaded by what moves of the two."""
    gives = [solid.give for solid in (a, b) if solid.give is not None]
    if not gives:
        return None
    inverse = sum(1 / solid.mass_kg for solid in (a, b) if solid.moves)
    softest = min(gives, key=lambda give: give.stiffness_n_m)
    return softest.solref(1 / inverse, on_ground=not (a.moves and b.moves))
