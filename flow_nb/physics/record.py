"""The record of a solution. In: poses, births and ends as they come. Out: a `Motion`."""

from __future__ import annotations

from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.errors import SolveError
from flow_nb.physics.build import Splinter
from flow_nb.physics.contacts import Touches
from flow_nb.physics.device import Limb, Report
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

FAR_M = 4000.0
"""Further than what is thrown at a plan's top speed gets in the longest shot."""


@dataclass(slots=True)
class Record:
    """Columns are bodies in the order in which they came to be: the plan's, then splinters."""

    names: list[str]
    poses: list[dict[str, NDArray[np.float64]]] = field(default_factory=list)
    energy_j: list[float] = field(default_factory=list)
    born_s: dict[str, float] = field(default_factory=dict)
    gone_s: dict[str, float] = field(default_factory=dict)
    splinters: dict[str, Splinter] = field(default_factory=dict)
    limbs: dict[str, Limb] = field(default_factory=dict)
    momentum_n_s: list[NDArray[np.float64]] = field(default_factory=list)

    def columns(self, model: mujoco.MjModel) -> NDArray[np.intp]:
        """MuJoCo's body ids as columns; -1 for the set. The links of a rope (``rope~3``) share one."""
        index = {name: i for i, name in enumerate(self.names)}
        names = [model.body(i).name.partition("~")[0] for i in range(model.nbody)]
        return np.array([index.get(name, -1) for name in names])

    def keep(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        columns: NDArray[np.intp],
        feet: tuple[NDArray[np.intp], NDArray[np.intp]],
    ) -> None:
        """Keeps all poses at the next sample of the 240 Hz clock.

        Raises:
            SolveError: the numbers run away.
        """
        mujoco.mj_kinematics(model, data)
        poses = np.hstack([data.xpos, data.xquat])
        poses[feet[0], :3] = data.site_xpos[feet[1]]
        if not np.isfinite(poses).all() or np.abs(poses[:, :3]).max() > FAR_M:
            raise SolveError(
                f"the motion runs away {len(self.poses) / POSE_RATE_HZ:.2f} s into the shot.",
                fix="Move the bodies apart, or give them less speed.",
            )
        ids = range(len(columns) - 1, -1, -1)  # of several links, the first one's pose stays
        self.poses.append({self.names[columns[i]]: poses[i] for i in ids if columns[i] >= 0})
        self.energy_j.append(float(data.energy.sum()))
        self.momentum_n_s.append(_momentum_n_s(model, data))

    def repeat(self) -> None:
        """The next sample is like the last: nothing moves."""
        self.poses.append(self.poses[-1])
        self.energy_j.append(self.energy_j[-1])
        self.momentum_n_s.append(self.momentum_n_s[-1])

    def replace(self, name: str, by: dict[str, Splinter], time_s: float) -> None:
        """A body ends and its splinters begin."""
        self.gone_s[name] = time_s
        self.born_s.update(dict.fromkeys(by, time_s))
        self.names += list(by)
        self.splinters.update(by)

    def motion(
        self,
        plan: Plan,
        stands: dict[str, Stand],
        touches: Touches,
        told: Report,
    ) -> Motion:
        """Everything that was kept, as arrays."""
        columns = [self._column(name) for name in self.names]
        table = np.stack(columns, axis=1) if columns else np.zeros((len(self.poses), 0, 7))
        things = [
            self.splinters.get(name) or self.limbs.get(name) or stands[name] for name in self.names
        ]
        return Motion(
            duration_s=plan.duration_s,
            names=tuple(self.names),
            materials=tuple(thing.material.name for thing in things),
            masses_kg=np.array([thing.mass_kg for thing in things]),
            sizes_m=np.array([_size_m(thing) for thing in things]),
            positions_m=table[..., :3].astype(np.float32),
            quaternions=table[..., 3:].astype(np.float32),
            born_s=np.array([self.born_s.get(name, 0.0) for name in self.names]),
            gone_s=np.array([self.gone_s.get(name, np.inf) for name in self.names]),
            contacts=touches.contact_rows(),
            rubs=touches.rub_rows(),
            energy_j=np.array(self.energy_j),
            floor_material=sets()[plan.set.kind].floor,
            momentum_n_s=np.array(self.momentum_n_s),
            events=tuple(told.events),
            checks=tuple(told.checks),
            warnings=tuple(told.warnings),
            surfaces=told.surfaces,
            strands=told.strands,
            drops=told.drops,
            fragments={name: splinter.mesh for name, splinter in self.splinters.items()},
            cords={
                name: stand.pivot_m for name, stand in stands.items() if stand.pivot_m is not None
            },
        )

    def _column(self, name: str) -> NDArray[np.float64]:
        """Poses of one body over time (t, 7); before it is born and after it is gone it rests."""
        seen = [i for i, poses in enumerate(self.poses) if name in poses]
        if not seen:
            return np.tile([0, 0, -1, 1, 0, 0, 0.0], (len(self.poses), 1))
        nearest = np.clip(np.arange(len(self.poses)), seen[0], seen[-1])
        return np.stack([self.poses[i][name] for i in nearest])


def _momentum_n_s(model: mujoco.MjModel, data: mujoco.MjData) -> NDArray[np.float64]:
    """Of everything that moves: the mass of each tree times the velocity of its centre, (3,)."""
    mujoco.mj_comPos(model, data)
    mujoco.mj_comVel(model, data)
    mujoco.mj_subtreeVel(model, data)
    return np.asarray(model.body_subtreemass[0] * data.subtree_linvel[0])


def _size_m(thing: Stand | Splinter | Limb) -> float:
    if not isinstance(thing, Splinter):
        return thing.size_m
    return float(np.ptp(thing.mesh.vertices, axis=0).max())
