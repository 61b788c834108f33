"""Strides: steps in which nothing happens, taken together. In: one world and all who look at it. Out: the
world so many steps later, or as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.checks.evidence import Witness
from flow_nb.physics.contacts import Touches
from flow_nb.physics.device import Device
from flow_nb.physics.flight import Flights
from flow_nb.physics.pairs import Ints
from flow_nb.physics.rebound import Rebounds
from flow_nb.physics.sleeping import Sleeping
from flow_nb.physics.speeds import Speeds
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Plan

CALM_M_S = 0.02
"""Within a stride, no body's speed changes by more than this and what its weight gives it."""


class Strides:
    """Knows when all who look at each step would see nothing, and takes such steps at once."""

    def __init__(
        self, plan: Plan, world: World, columns: Ints, *, touches: Touches, flights: Flights,
        witness: Witness, rebounds: Rebounds, devices: Sequence[Device], sleeping: Sleeping,
    ) -> None:  # fmt: skip
        self.plan, self.world = plan, world
        self.touches, self.flights, self.witness = touches, flights, witness
        self.rebounds, self.devices, self.sleeping = rebounds, devices, sleeping
        self.speeds = Speeds(world.model, columns)
        self.before = mujoco.MjData(world.model)

    def steps(self, time_s: float, left: int, waiting: Mapping[str, Stand]) -> int:
        """How many of the steps left may be taken together after that from ``time_s``; 0 while somebody
        has to look at each. What is held is held again in the last step before it is seen or let go."""
        if self.touches.counting(time_s) or self.witness.waits(time_s):
            return 0
        if self.rebounds.waits(time_s):
            return 0
        held = min((device.steps_held for device in self.devices), default=np.inf)
        starts = [stand.start_s for stand in waiting.values() if stand.start_s is not None]
        soon_s = min([self.flights.next_departure_s(time_s), *starts])
        ahead = (soon_s - time_s) / self.plan.timestep_s - 1e-6
        alone = any(stand.held for stand in waiting.values())
        return max(int(min(left, held, ahead)) - alone, 0)

    def leap(
        self, time_s: float, steps: int, may_fly: NDArray[np.bool_], *, sample_rubs: bool = False
    ) -> bool:
        """Takes so many steps at once, the first of them from ``time_s``. False, and as if nothing had been
        done, where something met, parted or changed its speed."""
        model, data = self.world.model, self.world.data
        mujoco.mj_copyData(self.before, model, data)
        before, near = data.qvel.copy(), self.touches.near(data)
        mujoco.mj_step(model, data, nstep=steps)
        last_s = time_s + (steps - 1) * self.plan.timestep_s
        upset = data.warning[mujoco.mjtWarning.mjWARN_BADQACC]
        limit = CALM_M_S + self.plan.gravity_m_s2 * steps * self.plan.timestep_s
        calm = not upset.number and self.speeds.changed(data.qvel - before, near) < limit
        if not calm or not self.touches.lasting(data, near, time_s, last_s):
            mujoco.mj_copyData(data, model, self.before)
            return False
        if sample_rubs:
            self.touches.rub(model, data, last_s)
        self.flights.lie(self.touches.touching, last_s)
        self.sleeping.look(last_s)
        self.flights.watch(model, data, may_fly, last_s)
        self.witness.pass_over(self.world, steps)
        return True
