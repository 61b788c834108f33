"""Falling asleep. In: the poses of free bodies, sample by sample, and who touches whom. Out: bodies that the
solver leaves where they lie until something meets them.

MuJoCo lets trees of bodies sleep together once they are slow; what rattles or creeps by hundredths of a
millimetre never is. So who may sleep is decided here, by how far a body has got of late, and only where
nothing but still air and other free bodies can reach it. Nobody sleeps without something below; when one
wakes, so do all that touched it.
"""

from __future__ import annotations

from collections.abc import Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.contacts import Touches
from flow_nb.physics.flight import Flights
from flow_nb.physics.pairs import NOBODY, Ints
from flow_nb.plan.motion import POSE_RATE_HZ

CALM_S, CALM_M = 0.12, 4e-4
"""What has got no further for so long, turning included, may fall asleep."""
EVERY = 6
"""Samples between two looks at who is calm."""
CREEPS_M_S = 0.2
"""Faster than anything that gets no further goes while it rattles."""
NEVER, MAY = int(mujoco.mjtSleepPolicy.mjSLEEP_NEVER), int(mujoco.mjtSleepPolicy.mjSLEEP_ALLOWED)


class Sleeping:
    """The trees of bodies of one world: which sleep, and beside whom. ``allowed`` is False where something
    moves bodies that MuJoCo does not know of when it wakes them."""

    def __init__(
        self, world: World, columns: Ints, touches: Touches, flights: Flights, *, allowed: bool
    ) -> None:
        model, data = world.model, world.data
        reached = model.nmocap or model.nflex or model.neq or model.ntendon or model.nu
        self.allowed = bool(allowed and model.ntree and not reached)
        self._model, self._data, self._touches, self._flights = model, data, touches, flights
        model.tree_sleep_policy[:] = NEVER
        model.opt.sleep_tolerance = CREEPS_M_S
        if self.allowed:
            model.opt.enableflags |= int(mujoco.mjtEnableBit.mjENBL_SLEEP)
        self._bodies = model.tree_bodyadr.astype(np.intp)
        self._columns = columns[self._bodies]
        self._reach_m = 2 * np.array([_reach_m(model, int(i)) for i in self._bodies])
        self._places, self._turns = data.xpos[self._bodies], data.xquat[self._bodies]
        self._since_s = np.full(model.ntree, np.inf)
        self._asleep = np.zeros(model.ntree, bool)
        self._known = self._asleep.tobytes()
        first = model.body_jntadr[self._bodies]
        self._rooted = model.jnt_type[first] != mujoco.mjtJoint.mjJNT_FREE
        self._keys = self._lying = NOBODY
        self.all = False

    def keep(self, time_s: float, held: Sequence[int]) -> None:
        """At every sample of the 240 Hz clock; the bodies in the columns ``held`` float until they start."""
        if not self.allowed or self.all:
            return
        if round(time_s * POSE_RATE_HZ) % EVERY:
            return
        places, turns = self._data.xpos[self._bodies], self._data.xquat[self._bodies]
        turned = 1 - np.abs(np.einsum("ij,ij->i", turns, self._turns)).clip(max=1.0)
        went = np.abs(places - self._places).max(axis=1) + self._reach_m * np.sqrt(2 * turned)
        stirred = ~(went < CALM_M) | ~np.isfinite(self._since_s)
        self._places[stirred], self._turns[stirred] = places[stirred], turns[stirred]
        self._since_s[stirred] = time_s
        calm = time_s - self._since_s > CALM_S
        if calm.any():
            lies: NDArray[np.bool_] = np.asarray(self._touches.beside(time_s).any(axis=1))
            lies[held] = True
            calm &= lies[self._columns] | self._rooted
        self._model.tree_sleep_policy[:] = np.where(calm | self._asleep, MAY, NEVER)

    def look(self, time_s: float) -> None:
        """After steps of which the last began at ``time_s``: who has fallen asleep, who has been woken."""
        if not self.allowed:
            return
        asleep = self._data.tree_asleep >= 0
        if asleep.tobytes() != self._known:
            self._known = asleep.tobytes()
            self._turn_over(asleep, time_s)
        if len(self._keys):
            self.lie(time_s)

    def lie(self, time_s: float) -> None:
        """Those that sleep have lain on something until now."""
        self._touches.lie(self._keys, time_s)
        self._flights.lie(self._lying, time_s)

    def sleeps(self, column: int) -> bool:
        """Whether the body in this column does."""
        return bool(self._asleep[self._columns == column].any())

    def wake(self, column: int) -> None:
        """The body in this column is wanted."""
        mine = self._columns == column
        self._model.tree_sleep_policy[mine] = NEVER
        self._since_s[mine] = np.inf
        self.all = False

    def _turn_over(self, asleep: NDArray[np.bool_], time_s: float) -> None:
        """Those beside one that has woken up wake up with the next step."""
        beside, woken = self._touches.beside(time_s), self._asleep & ~asleep
        self._since_s[woken] = np.inf
        touched = beside[self._columns[woken]].any(axis=0)[self._columns] & asleep
        self._model.tree_sleep_policy[touched | woken] = NEVER
        self._asleep, self.all = asleep, bool(asleep.all())
        mine = self._columns[asleep]
        self._lying = mine[beside[mine].any(axis=1)]
        sleeps = np.zeros(len(beside), bool)
        sleeps[mine] = True
        self._keys = np.flatnonzero(np.triu(beside & (sleeps[:, None] | sleeps)))


def _reach_m(model: mujoco.MjModel, body: int) -> float:
    """How far a body's solids reach from its frame, at least."""
    first, count = int(model.body_geomadr[body]), int(model.body_geomnum[body])
    geoms = slice(first, first + count)
    far = np.linalg.norm(model.geom_pos[geoms], axis=1) + model.geom_rbound[geoms]
    return float(far.max(initial=0.0))
