"""Air and water. In: how every free body moves. Out: drag, wind and buoyancy on it; what floats or sinks.

Drag goes by the square of the speed through the medium and by the area that each side of a body turns
to it (Hoerner, "Fluid-Dynamic Drag"). What is flat is carried before its middle, by the edge that goes
ahead, so that a leaf flutters. Forces are renewed at 240 Hz and held between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.contacts import Blow
from flow_nb.physics.device import Device, Report
from flow_nb.physics.launch import WAYS
from flow_nb.physics.mechanisms.immersion import Immersion
from flow_nb.physics.mechanisms.water import level_m
from flow_nb.physics.stand import Stand
from flow_nb.physics.vectors import cross
from flow_nb.plan.look import Medium
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

DENSITY_KG_M3: Mapping[Medium, float] = {"air": 1.2, "vacuum": 0.0, "water": 1000.0}
WATER_KG_M3 = 1000.0
UNDER_WATER_KG_M3, STILL = 100.0, 0.2
"""What is that much in water feels only this share of the wind."""
DRAG = {"sphere": 0.47, "box": 1.05, "other": 0.8}
RATE_HZ = 240
FLAT = 0.3
"""A body is flat whose thickness is below this share of its width."""
LEAD = 0.15
"""How far before its middle, as a share of its length, the air takes hold of what is flat."""
GUST_S, GUST_ENDS_S, LULL = 0.9, 0.5, 0.1
"""How long the wind blows in a room, how soon it dies down, and to which share."""
SPIN_DRAG, SMOOTH = 0.3, 0.0125
"""Against spin, of what turns its sides to the air; of a ball only the skin is held back, by this share of
that (Sawatzki 1970: a moment of 0.03 rho w^2 r^5 at Reynolds numbers about 10^4)."""
ON_CENTRE_M = 1e-9
MAY_SLEEP = int(mujoco.mjtSleepPolicy.mjSLEEP_ALLOWED)
"""Still air leaves alone what may sleep."""

Floats = NDArray[np.float64]


def wind_m_s(plan: Plan) -> Floats:
    """The wind as a vector (3,) in the world."""
    return -plan.air.wind_m_s * np.array(WAYS[plan.air.wind_from], dtype=np.float64)


def make_air(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """The medium of a shot; none in a vacuum without water."""
    del stands
    empty = plan.air.medium == "vacuum" and level_m(plan) is None
    return None if empty else Air(plan)


class Air(Device):
    """Pushes every body that has a free joint."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.wind = wind_m_s(plan)
        self.density = DENSITY_KG_M3[plan.air.medium]
        self.level_m = level_m(plan)
        self.indoors = sets()[plan.set.kind].ceiling_m is not None
        self.water = None if self.level_m is None else Immersion(self.level_m, plan.gravity_m_s2)
        self.every = max(1, round(1 / (plan.timestep_s * RATE_HZ)))
        self.held_s = plan.timestep_s * self.every
        self.count = 0

    def enter(self, world: World, before: World | None) -> None:
        """Knows the bodies of the new world by their place in it."""
        model = world.model
        ids = [
            int(model.jnt_bodyid[j])
            for j in range(model.njnt)
            if model.jnt_type[j] == mujoco.mjtJoint.mjJNT_FREE
        ]
        self.ids = np.array(ids, dtype=np.intp)
        self.names = [model.body(i).name for i in ids]
        first = np.array([model.jnt_dofadr[model.body_jntadr[i]] for i in ids], dtype=np.intp)
        self.going, self.turning = first[:, None] + [0, 1, 2], first[:, None] + [3, 4, 5]
        self.off_centre = bool(np.abs(model.body_ipos[self.ids]).max(initial=0.0) > ON_CENTRE_M)
        shapes = [_shape(model, i) for i in ids]
        self.middle = np.array([s[0] for s in shapes]).reshape(-1, 3)
        self.half = np.array([s[1] for s in shapes]).reshape(-1, 3)
        self.area_drag = np.array([s[2] for s in shapes]).reshape(-1, 3)
        self.trees = model.body_treeid[self.ids]
        self.mass = model.body_mass[self.ids]
        density = np.array([world.materials[int(model.body_geomadr[i])].density_kg_m3 for i in ids])
        self.volume = self.mass / density if ids else np.zeros(0)
        self.thin = np.argmin(self.half, axis=1) if ids else np.zeros(0, np.intp)
        thin = self.half.min(axis=1, initial=np.inf)
        self.flat = thin < FLAT * np.sort(self.half, axis=1)[:, 1] if ids else thin > 0
        self.medium = np.full(len(ids), self.density)
        reach = self.half.max(axis=1, initial=0.0)
        smooth = np.array([SMOOTH if s[3] else 1.0 for s in shapes])
        self.slowing = (
            SPIN_DRAG * 8 * smooth * reach**4 * (self.half.mean(axis=1) if ids else reach)
        )
        self.most_slowing = 0.4 * self.mass * reach**2 / 3 / self.held_s
        self.force = np.zeros((len(ids), 3))
        self.torque = np.zeros((len(ids), 3))
        self.wrench = np.zeros((len(ids), 6))
        self.count = 0

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        if not len(self.ids):
            return
        if self.count % self.every == 0:
            self._renew(world, self._gust(time_s) * self.wind)
        self.count += 1
        world.data.xfrc_applied[self.ids] += self.wrench

    @property
    def steps_held(self) -> float:
        """Until the forces are renewed, if there are any; water is looked at just before."""
        if not len(self.ids) or (self.quiet and not self.wrench.any()):
            return np.inf
        held = -self.count % self.every
        return held if self.water is None else max(held - 1, 0)

    @property
    def looks(self) -> bool:
        """Only at water."""
        return self.water is not None

    @property
    def quiet(self) -> bool:
        """It moves nothing that lies still: no wind, no water."""
        return self.water is None and not self.wind.any()

    def pass_over(self, steps: int) -> None:
        """So many steps under the same forces."""
        self.count += steps

    def _gust(self, time_s: float) -> float:
        """The share of the wind that blows: into a room it comes in one gust."""
        if not self.indoors:
            return 1.0
        return max(LULL, min(1.0, 1.0 - (time_s - GUST_S) / GUST_ENDS_S))

    def _renew(self, world: World, blows: Floats) -> None:
        data = world.data
        turn = data.xmat[self.ids].reshape(-1, 3, 3)
        spin, speed = data.qvel[self.turning], data.qvel[self.going]
        if self.off_centre:
            arm = data.xipos[self.ids] - data.xpos[self.ids]
            speed = speed + cross(np.einsum("nij,nj->ni", turn, spin), arm)
        medium = self.medium
        if self.water is not None:
            self.water.sink(data.xpos[self.ids], turn, self.middle, self.half)
            medium = medium + (WATER_KG_M3 - self.density) * self.water.share
        wind = np.where(medium[:, None] > UNDER_WATER_KG_M3, STILL, 1.0) * blows
        local = np.einsum("nji,nj->ni", turn, speed - wind)
        fast = _length(local)
        most = 0.4 * self.mass / self.held_s
        hold = np.minimum((0.5 * medium * fast)[:, None] * self.area_drag, most[:, None])
        push = -hold * local
        moment = self._moment(local, fast, push, spin, medium)
        self.force = np.einsum("nij,nj->ni", turn, push)
        self.torque = np.einsum("nij,nj->ni", turn, moment)
        self._buoy(data)
        self.wrench = np.concatenate([self.force, self.torque], axis=1)
        if self.quiet:
            self.wrench[world.model.tree_sleep_policy[self.trees] == MAY_SLEEP] = 0.0

    def _moment(
        self, local: Floats, fast: Floats, push: Floats, spin: Floats, medium: Floats
    ) -> Floats:
        """Of a flat body's leading edge, and against its spin."""
        rate = np.minimum(medium * self.slowing * _length(spin), self.most_slowing)
        against = -rate[:, None] * spin
        if not self.flat.any():
            return np.asarray(against)
        rows = np.arange(len(local))
        sideways = local / np.maximum(fast, 1e-9)[:, None]
        sideways[rows, self.thin] = 0.0
        normal = np.zeros_like(push)
        normal[rows, self.thin] = push[rows, self.thin]
        lead = LEAD * 2 * self.half * sideways
        return np.asarray(np.where(self.flat[:, None], cross(lead, normal), 0.0) + against)

    def _buoy(self, data: mujoco.MjData) -> None:
        """What the medium carries, and the water that must be moved along with the body."""
        weight = self.mass * self.plan.gravity_m_s2
        lift = np.zeros_like(self.force)
        if self.water is not None:
            lift, moment = self.water.lift(self.volume, data.xipos[self.ids])
            self.torque = self.torque + moment
            carried = self.water.share * WATER_KG_M3
        else:
            lift[:, 2] = self.density * self.volume * self.plan.gravity_m_s2
            carried = np.full(len(self.mass), self.density)
        total = self.force + lift
        total[:, 2] -= weight
        total *= (self.mass / (self.mass + 0.5 * carried * self.volume))[:, None]
        total[:, 2] += weight
        self.force = total

    def watch(self, world: World, time_s: float, blows: Sequence[Blow]) -> None:
        """Looks, just after a step."""
        if self.water is not None and self.count % self.every == 0 and len(self.ids):
            self.water.watch(self.names, world.data.qvel[self.going], time_s)

    def report(self) -> Report:
        """What it has to tell."""
        return Report() if self.water is None else Report(events=self.water.events())


def _length(vectors: Floats) -> Floats:
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)))


def _shape(model: mujoco.MjModel, body: int) -> tuple[Floats, Floats, Floats, bool]:
    """Middle (3,) and half sizes (3,) of a body in its frame, its drag areas along its axes, and whether it
    is a ball."""
    first, count = int(model.body_geomadr[body]), int(model.body_geomnum[body])
    lows, highs, kinds = [], [], set()
    for geom in range(first, first + count):
        kinds.add(int(model.geom_type[geom]))
        corners = model.geom_aabb[geom]
        turn = np.zeros(9)
        mujoco.mju_quat2Mat(turn, model.geom_quat[geom])
        half = np.abs(turn.reshape(3, 3)) @ corners[3:]
        centre = model.geom_pos[geom] + turn.reshape(3, 3) @ corners[:3]
        lows.append(centre - half)
        highs.append(centre + half)
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    half = (high - low) / 2
    x, y, z = half
    boxes = 4 * np.array([y * z, x * z, x * y])
    ball = kinds == {int(mujoco.mjtGeom.mjGEOM_SPHERE)} and count == 1
    if ball:
        drag = DRAG["sphere"] * boxes * np.pi / 4
    elif kinds == {int(mujoco.mjtGeom.mjGEOM_BOX)}:
        drag = DRAG["box"] * boxes
    else:
        drag = DRAG["other"] * boxes * 0.8
    return (low + high) / 2, half, drag, ball
