"""Free flight beside theory. In: the states of bodies between touches. Out: flights, and when they should end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import foot_m
from flow_nb.physics.closed_form import FreeBody, landing_time_s
from flow_nb.physics.pairs import Ints
from flow_nb.physics.stand import Stand
from flow_nb.props.shapes import piece_mesh

SAME_INERTIA = 0.02
FLYING_S = 0.003
"""A body that touched nothing for this long flies."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """A body at the instant it was last free of everything: its time and its state."""

    time_s: float
    body: FreeBody


@dataclass(frozen=True, kw_only=True, slots=True)
class Flown:
    """A flight that a touch has ended: where it began, and the body's state when it was met.

    ``released_s`` is when it was last touched before (None: it was let go), ``highest_m`` how high
    its centre came, ``centre_m`` (3,) and ``velocity_m_s`` (3,) are the centre's at the end.
    """

    body: str
    start: Departure
    released_s: float | None
    end_s: float
    centre_m: NDArray[np.float64]
    velocity_m_s: NDArray[np.float64]
    highest_m: float


def centre_velocity_m_s(model: mujoco.MjModel, data: mujoco.MjData, i: int) -> NDArray[np.float64]:
    """Velocity (3,) of a body's centre of mass at the beginning of the step, by MuJoCo's body id."""
    arm = data.xipos[i] - data.subtree_com[model.body_rootid[i]]
    return np.asarray(data.cvel[i, 3:] + np.cross(data.cvel[i, :3], arm))


def departure(model: mujoco.MjModel, data: mujoco.MjData, stand: Stand, time_s: float) -> Departure:
    """The state of a body that begins to fly at ``time_s``.

    Reads MuJoCo's derived state (xipos, cvel), which belongs to the beginning of the step.
    """
    i = model.body(stand.body.name).id
    inertia = model.body_inertia[i]
    symmetry = _symmetry(inertia)
    axes = data.ximat[i].reshape(3, 3)
    spin = data.cvel[i, :3].copy()
    velocity = centre_velocity_m_s(model, data, i)
    turn = data.xmat[i].reshape(3, 3)
    corners = np.concatenate(
        [piece_mesh(piece, stand.body.scale).vertices for piece in stand.prop.body]
    )
    corners = corners @ turn.T + foot_m(model, data, stand.body.name) - data.xipos[i]
    return Departure(
        time_s=time_s,
        body=FreeBody(
            centre_m=data.xipos[i].copy(),
            velocity_m_s=velocity,
            spin_rad_s=spin,
            corners_m=corners,
            axis=axes[:, symmetry or 0].copy(),
            inertia_kg_m2=None
            if symmetry is None
            else (float(inertia[(symmetry + 1) % 3]), float(inertia[symmetry])),
        ),
    )


def landing_s(start: Departure, floor_z_m: float, gravity_m_s2: float) -> float | None:
    """The instant at which theory lands the body on a level floor; None for what tumbles freely."""
    if gravity_m_s2 <= 0 or start.body.inertia_kg_m2 is None:
        return None
    after = landing_time_s(start.body, floor_z_m, gravity_m_s2=gravity_m_s2)
    return None if after is None else start.time_s + after


def _symmetry(inertia: NDArray[np.float64]) -> int | None:
    """The axis about which the other two moments are the same, if there is one."""
    for axis in range(3):
        a, b = inertia[(axis + 1) % 3], inertia[(axis + 2) % 3]
        if abs(a - b) <= SAME_INERTIA * max(a, b):
            return axis
    return None


class Landings:
    """Where flights have ended on something level; theory is asked only about those that are told."""

    def __init__(self, gravity_m_s2: float) -> None:
        self._gravity_m_s2 = gravity_m_s2
        self._ends: dict[tuple[str, float], tuple[Departure, float]] = {}

    def note(self, name: str, time_s: float, start: Departure, floor_z_m: float) -> None:
        """A body has met a level floor."""
        self._ends[name, time_s] = start, floor_z_m

    def get(self, name: str, time_s: float) -> float | None:
        """When theory lands the body that was met at this instant; None where it has no say."""
        end = self._ends.get((name, time_s))
        return None if end is None else landing_s(*end, self._gravity_m_s2)


class Flights:
    """Which bodies fly now, since when, and where they were last touched.

    ``stands`` are the bodies that the motion's first columns are for; arrays have a row for each.
    """

    def __init__(self, stands: Mapping[str, Stand]) -> None:
        self.stands = list(stands.values())
        self.flown: list[Flown] = []
        self.aloft: dict[str, Departure] = {}
        self._ids = np.zeros(len(stands), np.intp)
        self._free = np.zeros(len(stands), bool)
        self._flies = np.zeros(len(stands), bool)
        self._touched_s = np.full(len(stands), -1.0)
        self._highest_m = np.full(len(stands), -np.inf)

    def enter(self, ids: Mapping[int, int]) -> None:
        """From here on, only the bodies in these columns are free; they have these ids in MuJoCo."""
        self._free[:] = False
        for column, i in ids.items():
            self._ids[column], self._free[column] = i, True

    def touch(
        self, model: mujoco.MjModel, data: mujoco.MjData, touching: Ints, time_s: float
    ) -> None:
        """The bodies in these columns touch something now; the flights of those that flew are over."""
        mine = touching[(touching >= 0) & (touching < len(self.stands))]
        mine = mine[self._free[mine]]
        for column in mine[self._flies[mine]]:
            self._land(model, data, int(column), time_s)
        self._touched_s[mine] = time_s

    def lie(self, near: Ints, time_s: float) -> None:
        """The bodies in these columns have lain on something until now, but for those that fly."""
        mine = near[(near >= 0) & (near < len(self.stands))]
        self._touched_s[mine[self._free[mine] & ~self._flies[mine]]] = time_s

    def _land(self, model: mujoco.MjModel, data: mujoco.MjData, column: int, time_s: float) -> None:
        name, i = self.stands[column].body.name, int(self._ids[column])
        start, last = self.aloft[name], float(self._touched_s[column])
        self.flown.append(
            Flown(
                body=name,
                start=start,
                released_s=None if last < 0 else last + model.opt.timestep,
                end_s=time_s,
                centre_m=data.xipos[i].copy(),
                velocity_m_s=centre_velocity_m_s(model, data, i),
                highest_m=float(self._highest_m[column]),
            )
        )

    def watch(
        self, model: mujoco.MjModel, data: mujoco.MjData, may_fly: NDArray[np.bool_], time_s: float
    ) -> None:
        """Notes the departure of every body that has begun to fly; ``may_fly`` has one row a stand."""
        flies = may_fly & self._free & (time_s - self._touched_s > FLYING_S)
        height_m = data.xipos[self._ids, 2]
        for column in np.flatnonzero(flies != self._flies):
            stand = self.stands[column]
            if flies[column]:
                self.aloft[stand.body.name] = departure(model, data, stand, time_s)
                self._highest_m[column] = -np.inf
            else:
                self.aloft.pop(stand.body.name, None)
        self._flies = flies
        np.maximum(self._highest_m, height_m, out=self._highest_m, where=flies)

    def next_departure_s(self, time_s: float) -> float:
        """The earliest instant after ``time_s`` at which something that touches nothing would fly."""
        waits = self._free & ~self._flies & (self._touched_s < time_s)
        soon = self._touched_s[waits] + FLYING_S
        return float(soon[soon >= time_s].min(initial=np.inf))

    def began_s(self, column: int) -> float | None:
        """Since when the body in a column flies."""
        if not 0 <= column < len(self.stands) or not self._flies[column]:
            return None
        return self.aloft[self.stands[column].body.name].time_s

    def landing(self, touching: Ints) -> Ints:
        """Those of these columns whose bodies fly."""
        mine = touching[(touching >= 0) & (touching < len(self.stands))]
        return mine[self._flies[mine]]
