"""Letting go. In: a world, a `Stand`. Out: the body held on its mark, or sent off with its velocity."""

from __future__ import annotations

import mujoco
import numpy as np

from flow_nb.physics.build import World
from flow_nb.physics.stand import Stand


def hold(world: World, stand: Stand) -> None:
    """Keeps a body that floats on its mark."""
    q, v = _addresses(world, stand)
    wide, deep = (4, 3) if stand.pivot_m else (7, 6)
    world.data.qpos[q : q + wide] = world.model.qpos0[q : q + wide]
    world.data.qvel[v : v + deep] = 0


def send_off(world: World, stand: Stand) -> None:
    """Velocity of the centre of mass and spin, from world axes to MuJoCo's free joint."""
    if stand.pivot_m is not None:
        return
    q, v = _addresses(world, stand)
    model, data = world.model, world.data
    turn = np.zeros(9)
    mujoco.mju_quat2Mat(turn, data.qpos[q + 3 : q + 7])
    matrix = turn.reshape(3, 3)
    spin = np.array(stand.spin_rad_s)
    centre = matrix @ model.body(stand.body.name).ipos
    data.qvel[v : v + 3] = np.array(stand.velocity_m_s) - np.cross(spin, centre)
    data.qvel[v + 3 : v + 6] = matrix.T @ spin


def _addresses(world: World, stand: Stand) -> tuple[int, int]:
    joint = world.model.joint(stand.body.name)
    return int(joint.qposadr[0]), int(joint.dofadr[0])
