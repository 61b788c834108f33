"""Breaking while it moves. In: a world, a blow. Out: who breaks, and `Flung`: its splinters on their way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Splinter, World, foot_m
from flow_nb.physics.contacts import Blow
from flow_nb.physics.fracture import splinters
from flow_nb.physics.stand import Stand
from flow_nb.props.materials import breaking_speed_m_s

Vector = NDArray[np.float64]

_WIDTHS = {int(mujoco.mjtJoint.mjJNT_FREE): (7, 6), int(mujoco.mjtJoint.mjJNT_BALL): (4, 3)}


def broken_by(world: World, free: Mapping[str, Stand], blow: Blow) -> str | None:
    """The free body that this blow breaks, if any."""
    for geom, other in (blow.geoms, blow.geoms[::-1]):
        stand = free.get(world.body_name(geom))
        if stand is None:
            continue
        limit = breaking_speed_m_s(stand.breaks_at_m_s, world.materials[other])
        limit *= _lightness(world, stand, other)
        if blow.normal_speed_m_s > limit:
            return stand.body.name
    return None


def _lightness(world: World, stand: Stand, other: int) -> float:
    """How much faster a light partner must be to bring the energy that an anvil would."""
    body = int(world.model.geom_bodyid[other])
    if world.model.body_dofnum[body] == 0:
        return 1.0
    return math.sqrt(1 + stand.mass_kg / float(world.model.body_mass[body]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Flung:
    """Splinters by name, and of each its centre (n, 3) and velocity (n, 3) in the world; all are turned
    by ``quaternion`` (4,) and spin by ``spin_rad_s`` (3,) in their own frame."""

    made: dict[str, Splinter]
    places_m: Vector
    speeds_m_s: Vector
    quaternion: Vector
    spin_rad_s: Vector
    mass_kg: float

    def place(self, world: World) -> None:
        """Puts them into a world that has them."""
        for splinter, place, speed in zip(self.made, self.places_m, self.speeds_m_s, strict=True):
            joint = world.model.joint(splinter)
            q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
            world.data.qpos[q : q + 7] = [*place, *self.quaternion]
            world.data.qvel[v : v + 6] = [*speed, *self.spin_rad_s]
        mujoco.mj_forward(world.model, world.data)


def fly_apart(world: World, stand: Stand, blow: Blow, rng: np.random.Generator) -> Flung:
    """The splinters of a body, which move on as its parts moved at that instant."""
    model, data, name = world.model, world.data, stand.body.name
    mujoco.mj_forward(model, data)
    i = model.body(name).id
    turn, foot = data.xmat[i].reshape(3, 3).copy(), foot_m(model, data, name)
    spin = data.cvel[i, :3].copy()
    centre, quaternion = data.xipos[i].copy(), data.xquat[i].copy()
    root = data.subtree_com[model.body_rootid[i]]
    velocity = data.cvel[i, 3:] + np.cross(spin, centre - root)
    made, centres = splinters(stand, turn.T @ (blow.point_m - foot), rng)
    masses = np.array([s.mass_kg for s in made.values()])
    places = foot + centres @ turn.T
    speeds = velocity + np.cross(spin, places - centre)
    speeds += velocity - masses @ speeds / masses.sum()
    return Flung(
        made=made, places_m=places, speeds_m_s=speeds, quaternion=quaternion,
        spin_rad_s=turn.T @ spin, mass_kg=float(masses.sum()),
    )  # fmt: skip


def carry_over(old: World, new: World) -> None:
    """Copies the state of every joint that both worlds know."""
    for j in range(new.model.njnt):
        target = new.model.joint(j)
        found = mujoco.mj_name2id(old.model, mujoco.mjtObj.mjOBJ_JOINT, target.name)
        if found < 0:
            continue
        source = old.model.joint(found)
        wide, deep = _WIDTHS.get(int(new.model.jnt_type[j]), (1, 1))
        q0, q1 = int(source.qposadr[0]), int(target.qposadr[0])
        v0, v1 = int(source.dofadr[0]), int(target.dofadr[0])
        new.data.qpos[q1 : q1 + wide] = old.data.qpos[q0 : q0 + wide]
        new.data.qvel[v1 : v1 + deep] = old.data.qvel[v0 : v0 + deep]
    new.data.time = old.data.time
