"""What must not run away. In: the solver's state after a step. Out: the same, with what was shot away held still.

A body that is squeezed between two that are led has no way out, and the solver finds it one: at any speed.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.words import say

TOP_M_S, TOP_RAD_S = 150.0, 6000.0
"""Nothing that a plan may ask for goes or turns so fast, thrown or fallen."""

State = tuple[NDArray[np.float64], NDArray[np.float64]]


class Guard:
    """Watches all free bodies; those it had to stop are in ``stopped``."""

    def __init__(self) -> None:
        self.stopped: set[str] = set()

    def watch(self, world: World, before: State) -> None:
        """Puts what left faster than anything can back to where it was before the step, at rest."""
        data = world.data
        fastest = float(np.abs(data.qvel).max(initial=0.0))
        if fastest <= TOP_M_S and data.warning[mujoco.mjtWarning.mjWARN_BADQACC].number == 0:
            return
        if fastest > TOP_M_S or not np.isfinite(data.qvel).all():
            self._stop(world, before)
        if data.warning[mujoco.mjtWarning.mjWARN_BADQACC].number:
            data.qpos[:], data.qvel[:] = before
            data.qvel[:] = 0.0
            data.qacc_warmstart[:] = 0.0
            data.warning[mujoco.mjtWarning.mjWARN_BADQACC].number = 0

    def _stop(self, world: World, before: State) -> None:
        model, data = world.model, world.data
        for j in range(model.njnt):
            led = model.body_gravcomp[model.jnt_bodyid[j]] > 0
            if model.jnt_type[j] != mujoco.mjtJoint.mjJNT_FREE or led:
                continue
            q, v = int(model.jnt_qposadr[j]), int(model.jnt_dofadr[j])
            now = np.abs(data.qvel[v : v + 6])
            if not (now[:3].max() <= TOP_M_S and now[3:].max() <= TOP_RAD_S):
                data.qpos[q : q + 7] = before[0][q : q + 7]
                data.qvel[v : v + 6] = 0.0
                data.qacc_warmstart[v : v + 6] = 0.0
                self.stopped.add(model.joint(j).name.partition("/")[0])

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for all that was stopped."""
        if not self.stopped:
            return ()
        who = " and ".join(say(name) for name in sorted(self.stopped)[:3])
        return (f"Something squeezed {who} too hard to be true: its flight was stopped.",)
