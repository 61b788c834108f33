"""What the checks are made from. In: the solver's steps. Out: `Evidence`: makes, flights, meetings, energy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.contacts import Blow, Touches
from flow_nb.physics.flight import Flown, centre_velocity_m_s
from flow_nb.physics.stand import Stand
from flow_nb.physics.tell import Story
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Plan

Vector = NDArray[np.float64]

LONGEST_S = 0.03
"""Two bodies that still push each other after this long do not collide, they lean."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Make:
    """A body as mechanics knows it: its mass, its centre (3,) and inertia (3, 3) in its own frame."""

    mass_kg: float
    centre_m: Vector
    inertia_kg_m2: Vector


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """Two free bodies that met and parted: velocities (2, 3) of their centres before and after.

    ``normal`` (3,) points from the first to the second.
    """

    time_s: float
    bodies: tuple[str, str]
    normal: Vector
    before_m_s: Vector
    after_m_s: Vector


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Everything that checks look at. ``kinetic_j`` (t,) is the share of ``energy_j`` that is motion,
    ``work_j`` (t,) what devices have done on the bodies so far; ``driven`` says that something moves
    them whose work is not counted."""

    plan: Plan
    stands: Mapping[str, Stand]
    story: Story
    makes: Mapping[str, Make]
    flown: Sequence[Flown]
    meetings: Sequence[Meeting]
    rubs: NDArray[np.void]
    energy_j: Vector
    kinetic_j: Vector
    work_j: Vector
    driven: bool

    def track_m(self, name: str) -> Vector:
        """The centre of a body over time (t, 3), at 240 Hz; NaN where it does not exist."""
        make = self.makes[name]
        missing = np.full(7, np.nan)
        poses = np.array([sample.get(name, missing) for sample in self.story.poses])
        return np.asarray(poses[:, :3] + turned(poses[:, 3:], make.centre_m))

    def touched_s(self, name: str, *, by_moving: bool = False) -> Vector:
        """When a body was met, by anything or only by what is not furniture."""
        rows, names = self.story.contacts, self.story.names
        column = names.index(name)
        mine = (rows["a"] == column) | (rows["b"] == column)
        other = np.where(rows["a"] == column, rows["b"], rows["a"])
        if by_moving:
            fixed = [i for i, n in enumerate(names) if n in self.stands and self._fixed(n)]
            mine &= (other >= 0) & ~np.isin(other, fixed)
        return np.asarray(rows["time_s"][mine])

    def _fixed(self, name: str) -> bool:
        return self.stands[name].body.fixed


def sample(time_s: float) -> int:
    """The sample at or after an instant."""
    return int(np.ceil(time_s * POSE_RATE_HZ - 1e-6))


def turned(quaternions: Vector, point_m: Vector) -> Vector:
    """A point (3,) as seen from the world after turns (t, 4)."""
    w, axis = quaternions[:, :1], quaternions[:, 1:]
    across = np.cross(axis, point_m)
    return np.asarray(point_m + 2 * (w * across + np.cross(axis, across)))


class Witness:
    """Watches the solver's steps and keeps what the checks will need."""

    def __init__(self) -> None:
        self.makes: dict[str, Make] = {}
        self.meetings: list[Meeting] = []
        self.driven = False
        self._open: dict[tuple[int, int], tuple[Blow, Vector]] = {}
        self._alone = True
        self._power_w = 0.0
        self._work_j = 0.0
        self._works_j: list[float] = []
        self._kinetic_j: list[float] = []

    def enter(self, world: World, names: Sequence[str]) -> None:
        """From here on, this is the world."""
        model = world.model
        self._open.clear()
        self._alone = bool((model.body_rootid == np.arange(model.nbody)).all())
        self.driven |= bool(model.nmocap or model.nu or model.nflex)
        for i in range(1, model.nbody):
            name = model.body(i).name
            if name in names and name not in self.makes:
                self.makes[name] = _make(model, i)

    def watch(
        self,
        world: World,
        ids: Mapping[int, int],
        names: Sequence[str],
        blows: Sequence[Blow],
        touches: Touches,
        time_s: float,
    ) -> None:
        """Just after the step from ``time_s``; ``ids`` maps columns of moving bodies to MuJoCo's."""
        model, data = world.model, world.data
        self._power_w = _power_w(model, data, alone=self._alone)
        self._work_j += self._power_w * model.opt.timestep
        for blow in blows:
            pair = (blow.a, blow.b)
            if pair not in self._open and blow.a in ids and blow.b in ids:
                self._open[pair] = (blow, _velocities(model, data, ids, pair))
        for pair in list(self._open):
            if time_s - touches.seen_s(*pair) < 1.5 * model.opt.timestep:
                continue
            blow, before = self._open.pop(pair)
            if time_s - blow.time_s < LONGEST_S:
                self.meetings.append(
                    Meeting(
                        time_s=blow.time_s,
                        bodies=(names[pair[0]], names[pair[1]]),
                        normal=blow.normal,
                        before_m_s=before,
                        after_m_s=_velocities(model, data, ids, pair),
                    )
                )

    def waits(self, time_s: float) -> bool:
        """Whether two bodies that met may part in a moment."""
        return any(time_s - blow.time_s < LONGEST_S for blow, _ in self._open.values())

    def pass_over(self, world: World, steps: int) -> None:
        """So many steps after the one watched last, in which nothing was met; forces stayed."""
        before_w = self._power_w
        self._power_w = _power_w(world.model, world.data, alone=self._alone)
        self._work_j += (before_w + self._power_w) / 2 * steps * world.model.opt.timestep

    def keep(self, data: mujoco.MjData) -> None:
        """At every sample of the 240 Hz clock."""
        self._works_j.append(self._work_j)
        self._kinetic_j.append(float(data.energy[1]))

    @property
    def work_j(self) -> Vector:
        """What forces from outside have done, at every sample (t,)."""
        return np.array(self._works_j)

    @property
    def kinetic_j(self) -> Vector:
        """Energy of motion at every sample (t,)."""
        return np.array(self._kinetic_j)


def _make(model: mujoco.MjModel, i: int) -> Make:
    turn = np.zeros(9)
    mujoco.mju_quat2Mat(turn, model.body_iquat[i])
    axes = turn.reshape(3, 3)
    site = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_SITE, model.body(i).name)
    foot = model.site_pos[site] if site >= 0 else 0.0
    return Make(
        mass_kg=float(model.body_mass[i]),
        centre_m=model.body_ipos[i] - foot,
        inertia_kg_m2=axes @ np.diag(model.body_inertia[i]) @ axes.T,
    )


def _velocities(
    model: mujoco.MjModel, data: mujoco.MjData, ids: Mapping[int, int], pair: tuple[int, int]
) -> Vector:
    return np.stack([centre_velocity_m_s(model, data, ids[column]) for column in pair])


def _power_w(model: mujoco.MjModel, data: mujoco.MjData, *, alone: bool) -> float:
    """Force times velocity and torque times spin, over all bodies; ``alone`` says that none is part of
    another, so that each one's velocity is that of its centre."""
    push, speed = data.xfrc_applied, data.cvel
    power = float(np.vdot(push[:, :3], speed[:, 3:]) + np.vdot(push[:, 3:], speed[:, :3]))
    if alone:
        return power
    x, y, z = (data.xipos - data.subtree_com[model.body_rootid]).T
    u, v, w = push[:, :3].T
    moment = np.stack([y * w - z * v, z * u - x * w, x * v - y * u], axis=1)
    return power + float(np.vdot(moment, speed[:, :3]))
