"""Liquids in a shot. In: what is filled, poured, spilled. Out: a device: `Drops` over time, and splashes.

Drops meet the solver's bodies as they are; bodies feel them only where they fall into a vessel.
"""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.device import Device, Report
from flow_nb.physics.liquids.cast import Cast, Fill, cast
from flow_nb.physics.liquids.flow import Flow
from flow_nb.physics.liquids.kinds import GRAINS, viscosity
from flow_nb.physics.liquids.solids import Solids, Wet
from flow_nb.physics.liquids.swim import SPLASH_M_S, Swim, bulk_m3
from flow_nb.physics.liquids.tilt import Tilt
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.forms import FORM_RATE_HZ, Drops
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Plan

Vector = NDArray[np.float64]

SETTLE = 120
CALM_M_S, SLOW_M_S = 0.03, 0.3
"""What is as calm as this rests; where nothing is faster than that, every other sample will do."""
CALM_M = 2e-5
SLIGHT = 0.004
"""What displaces a smaller share of a vessel's liquid does not stir it, unless it splashes."""
SPLASH_SHARE = 0.01
PACK = 0.46
"""Radius of a drop on its own side of a wall, in spacings."""
DRAWN = 0.62
"""Radius of a drop as it is drawn, in spacings: balls of the liquid's volume, a little fuller."""


def make_liquids(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """The liquids of a shot, if it has any."""
    found = cast(plan, stands)
    return Liquids(plan, stands, found) if found.fills else None


class Liquids(Device):
    """All drops of a shot move together; each fill keeps its own name and liquid."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand], found: Cast) -> None:
        self.plan = plan
        self.tilts = found.tilts
        self.drives = bool(found.tilts)
        rows: list[Vector] = []
        self._parts: list[tuple[Fill, int, int]] = []
        for fill in found.fills:
            stand = stands[fill.vessel.name]
            local = fill.vessel.lattice_m(fill.volume_m3, found.spacing_m)
            rng = np.random.default_rng([plan.seed, 3, len(rows)])
            local = local + rng.uniform(-0.05, 0.05, local.shape) * found.spacing_m
            rows.append(_turned(local, stand))
            self._parts.append((fill, sum(map(len, rows[:-1])), len(local)))
        points = np.concatenate(rows)
        thick = max(viscosity(fill.liquid) for fill in found.fills)
        self.flow = Flow(points, found.spacing_m, viscosity=thick)
        wet = []
        for vessel in found.vessels:
            inside = np.zeros(len(points), bool)
            for fill, start, count in self._parts:
                inside[start : start + count] = fill.vessel.name == vessel.name
            wet.append(Wet(vessel, inside))
        self.solids = Solids(wet, stands, PACK * found.spacing_m, floor=True)
        self.swim = Swim(stands, frozenset(vessel.name for vessel in found.vessels))
        self.frames: list[NDArray[np.float32]] = []
        self.events: list[Event] = []
        self._sample = 0
        self._still_m = SPLASH_M_S / POSE_RATE_HZ if self._slight(found) else CALM_M
        self._settled = False
        self._calm = self._slow = False
        self._owed = 0
        self._push = np.zeros((1, 6))
        self._told: set[str] = set()

    def _slight(self, found: Cast) -> bool:
        """Whether all that could come into fixed vessels is so small that its bobbing is lost in them."""
        volume = sum(fill.volume_m3 for fill in found.fills)
        fixed = all(self.plan.body(fill.vessel.name).fixed for fill in found.fills)
        return fixed and sum(map(bulk_m3, self.swim.stands.values())) < SLIGHT * volume

    def enter(self, world: World, before: World | None) -> None:
        """From here on, this is the world."""
        self._every = max(1, round(1 / (world.model.opt.timestep * POSE_RATE_HZ)))
        self._count = 0

    @property
    def steps_held(self) -> float:
        """Until what swims is pushed anew; what is poured is carried at every step."""
        return 0 if self.tilts else -self._count % self._every

    def pass_over(self, steps: int) -> None:
        """So many steps under the same push."""
        self._count += steps

    def act(self, world: World, time_s: float) -> None:
        """Carries what is poured, and what swims: that is pushed anew at 240 Hz."""
        push = world.data.xfrc_applied
        if self._count % self._every == 0:
            before = push.copy()
            self.swim.act(world, time_s, self._parts[0][0].liquid)
            self._push = push - before
        else:
            push += self._push
        self._count += 1
        for tilt in self.tilts:
            if tilt.start_s <= time_s < min(tilt.end_s, tilt.until_s):
                _carry(world, tilt, time_s, self.plan.timestep_s)

    def keep(self, world: World, time_s: float) -> None:
        """Moves the drops at every sample, keeps them at every fourth."""
        if not self._settled:
            self._settle(world)
        else:
            self._step(world, time_s)
        if self._sample % (POSE_RATE_HZ // FORM_RATE_HZ) == 0:
            self.frames.append(self.flow.points_m.astype(np.float32))
        self._sample += 1

    def _settle(self, world: World) -> None:
        """Lets the liquid come to rest before the shot begins."""
        self.solids.pose(world, self.flow.points_m)
        for _ in range(SETTLE):
            self.flow.step(1 / POSE_RATE_HZ, max(self.plan.gravity_m_s2, 1.0), self.solids)
            self.flow.speeds_m_s *= 0.95
        self.flow.speeds_m_s[:] = 0
        self.swim.level(self.solids, self.flow.points_m)
        self._settled = True

    def _step(self, world: World, time_s: float) -> None:
        moved = self.solids.pose(world, self.flow.points_m)
        if self._calm and moved < self._still_m:
            return
        self._owed += 1
        if self._slow and self._sample % 2 and moved < SLOW_M_S / POSE_RATE_HZ:
            return
        flow = self.flow
        flow.step(self._owed / POSE_RATE_HZ, self.plan.gravity_m_s2, self.solids)
        self._owed = 0
        fast = float(np.quantile(np.einsum("ij,ij->i", flow.speeds_m_s, flow.speeds_m_s), 0.98))
        self._calm = fast < CALM_M_S**2 and moved < self._still_m
        self._slow = fast < SLOW_M_S**2
        if self._calm:
            flow.speeds_m_s[:] = 0
        self.swim.level(self.solids, flow.points_m)
        self._tell(time_s)

    def _tell(self, time_s: float) -> None:
        """What leaves its vessel, and what comes into another."""
        for fill, start, count in self._parts:
            mine = slice(start, start + count)
            for one in self.solids.wet:
                held = one.inside[mine] & one.below[mine]
                name, own = one.vessel.name, one.vessel.name == fill.vessel.name
                key = f"{fill.vessel.name}>{name}"
                share = float(held.mean())
                gone = share < 1 - 5 * SPLASH_SHARE if own else share > SPLASH_SHARE
                if key in self._told or not gone:
                    continue
                self._told.add(key)
                liquid = first(f"the {fill.liquid}")
                self.events.append(
                    Event(
                        time_s=time_s,
                        kind="splash",
                        body=fill.vessel.name,
                        other="" if own else name,
                        text=f"{liquid} runs out of {say(name)}"
                        if own
                        else f"{liquid} splashes into {say(name)}",
                    )
                )

    def report(self) -> Report:
        """The drops of every fill, and the splashes."""
        frames = np.stack(self.frames)
        radius = DRAWN * self.flow.spacing_m
        drops = {
            fill.vessel.name: Drops(
                points_m=np.ascontiguousarray(frames[:, start : start + count]),
                radius_m=radius * (0.8 if fill.liquid in GRAINS else 1.0),
                liquid=fill.liquid,
            )
            for fill, start, count in self._parts
        }
        return Report(events=[*self.events, *self.swim.events], drops=drops)


def _turned(local: Vector, stand: Stand) -> Vector:
    out = np.zeros_like(local)
    quaternion = np.array(stand.turn)
    for i, point in enumerate(local):
        mujoco.mju_rotVecQuat(out[i], point, quaternion)
    return out + stand.foot_m


def _carry(world: World, tilt: Tilt, time_s: float, step_s: float) -> None:
    """Sets a vessel where it is to be at the end of the step, with the speed to match."""
    model, data, name = world.model, world.data, tilt.vessel.name
    if mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_JOINT, name) < 0:
        return
    joint = model.joint(name)
    q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
    (foot, turn), (to, to_turn) = tilt.pose(time_s), tilt.pose(time_s + step_s)
    centre = -model.site(name).pos
    arm, to_arm = np.zeros(3), np.zeros(3)
    mujoco.mju_rotVecQuat(arm, centre, turn)
    mujoco.mju_rotVecQuat(to_arm, centre, to_turn)
    data.qpos[q : q + 7] = [*(foot + arm), *turn]
    data.qvel[v : v + 3] = (to + to_arm - foot - arm) / step_s
    spin = 2 * tilt.side * (np.arctan2(abs(to_turn[2]), to_turn[0])
                            - np.arctan2(abs(turn[2]), turn[0])) / step_s  # fmt: skip
    data.qvel[v + 3 : v + 6] = [0.0, spin, 0.0]
