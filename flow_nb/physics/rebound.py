"""Newton's law of restitution, to the step. In: blows of round bodies. Out: their velocities mended.

A spring and damper gives back what it should only on average: within one time step a touch begins
earlier or later, which is worth up to a tenth of the rebound. At the end of the touch of a round
body the closing speed is known, so the parting speed is set to what the materials say, by a pair of
opposite impulses along the normal; momentum is kept, and energy cannot grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.contacts import Blow, Touches
from flow_nb.props.materials import pair_restitution

LEAST_M_S = 0.25
"""Slower touches are those of something that comes to rest, under its weight."""
LONGEST_S = 0.012
"""A touch that lasts longer is no bounce."""
MOST = 0.2
"""At most this share of the closing speed is mended; more means that something else has pushed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Touch:
    blow: Blow
    geoms: tuple[int, int]
    normal: NDArray[np.float64]
    parting_m_s: float


class Rebounds:
    """The touches of round bodies that last now."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int], _Touch] = {}

    def watch(self, world: World, blows: Sequence[Blow], touches: Touches, time_s: float) -> None:
        """Notes the blows that began in the step from ``time_s``, and mends those that are over."""
        for blow in blows:
            if blow.normal_speed_m_s > LEAST_M_S:
                self._begin(world, blow)
        if not self._open:
            return
        for pair in [pair for pair in self._open if touches.seen_s(*pair) < time_s]:
            touch = self._open.pop(pair)
            if time_s - touch.blow.time_s < LONGEST_S:
                _mend(world, touch)

    def waits(self, time_s: float) -> bool:
        """Whether the end of a touch would be mended now."""
        return any(time_s - touch.blow.time_s < LONGEST_S for touch in self._open.values())

    def _begin(self, world: World, blow: Blow) -> None:
        model, data = world.model, world.data
        a, b = blow.geoms
        if mujoco.mjtGeom.mjGEOM_SPHERE not in (model.geom_type[a], model.geom_type[b]):
            return
        met = data.contact.geom
        rows = np.flatnonzero(((met == (a, b)) | (met == (b, a))).all(axis=1))
        if len(rows) != 1:
            return
        restitution = pair_restitution(world.materials[a], world.materials[b])
        first, second = met[rows[0]]
        self._open[blow.a, blow.b] = _Touch(
            blow=blow,
            geoms=(int(first), int(second)),
            normal=data.contact.frame[rows[0], :3].copy(),
            parting_m_s=restitution * blow.normal_speed_m_s,
        )


def _mend(world: World, touch: _Touch) -> None:
    """Adds the impulse along the normal that makes the parting speed right.

    With J the row that maps velocities to the parting speed: dv = M^-1 J^T (wanted - J v) / J M^-1 J^T.
    """
    model, data = world.model, world.data
    row = np.zeros(model.nv)
    point, normal = _line(model, data, touch)
    for geom, sign in zip(touch.geoms, (-1.0, 1.0), strict=True):
        jacobian = np.zeros((3, model.nv))
        mujoco.mj_jac(model, data, jacobian, None, point, model.geom_bodyid[geom])
        row += sign * normal @ jacobian
    answer = np.zeros((1, model.nv))
    mujoco.mj_solveM(model, data, answer, row[None])
    since = model.opt.timestep * data.qacc_smooth  # the step in which it was seen to be over
    missing = touch.parting_m_s - float(row @ (data.qvel - since))
    ease = float(row @ answer[0])
    if ease > 0 and abs(missing) < MOST * touch.blow.normal_speed_m_s:
        data.qvel[:] += answer[0] * missing / ease


def _line(
    model: mujoco.MjModel, data: mujoco.MjData, touch: _Touch
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A point of the line of impact, and its direction from the first body to the second.

    It runs through the middle of a ball, and between two balls from middle to middle: during the
    touch they have moved on.
    """
    balls = [g for g in touch.geoms if model.geom_type[g] == mujoco.mjtGeom.mjGEOM_SPHERE]
    middles = [data.geom_xpos[g] for g in balls]
    if len(middles) == 1:
        return middles[0], touch.normal
    between = middles[1] - middles[0]
    return middles[0], between / np.linalg.norm(between)
