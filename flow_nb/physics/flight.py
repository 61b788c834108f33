"""Free flight beside theory. In: the states of bodies between touches. Out: flights, and when they should end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import foot_m
from flow_nb.physics.closed_form import FreeBody, landing_time_s
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
        [piece_mesh(piece, stand.body.scale).vertices for piece in stand.prop.pieces]
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


@dataclass(slots=True)
class Flights:
    """Which bodies fly now, since when, and where they were last touched. Bodies go by name."""

    touched_s: dict[str, float] = field(default_factory=dict)
    aloft: dict[str, Departure] = field(default_factory=dict)
    flown: list[Flown] = field(default_factory=list)
    _highest_m: dict[str, float] = field(default_factory=dict)

    def touch(
        self, model: mujoco.MjModel, data: mujoco.MjData, names: Iterable[str], time_s: float
    ) -> None:
        """These bodies touch something now; the flights of those that flew are over."""
        for name in sorted(names):
            start = self.aloft.get(name)
            if start is not None and self.touched_s.get(name, -1.0) < start.time_s:
                i = model.body(name).id
                last = self.touched_s.get(name)
                released = None if last is None else last + model.opt.timestep
                self.flown.append(
                    Flown(
                        body=name,
                        start=start,
                        released_s=released,
                        end_s=time_s,
                        centre_m=data.xipos[i].copy(),
                        velocity_m_s=centre_velocity_m_s(model, data, i),
                        highest_m=self._highest_m[name],
                    )
                )
            self.touched_s[name] = time_s

    def watch(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        stands: Mapping[str, Stand],
        time_s: float,
    ) -> None:
        """Notes the departure of every body among ``stands`` that has begun to fly."""
        for name, stand in stands.items():
            if time_s - self.touched_s.get(name, -1.0) <= FLYING_S:
                self.aloft.pop(name, None)
                continue
            height_m = float(data.xipos[model.body(name).id, 2])
            if name not in self.aloft:
                self.aloft[name] = departure(model, data, stand, time_s)
                self._highest_m[name] = height_m
            self._highest_m[name] = max(self._highest_m[name], height_m)

    def landing_s(self, name: str, floor_z_m: float, gravity_m_s2: float) -> float | None:
        """When theory lands a flying body on a level floor; None where it has no say."""
        start = self.aloft.get(name)
        return None if start is None else landing_s(start, floor_z_m, gravity_m_s2)

    def began_s(self, name: str) -> float | None:
        """Since when a body flies."""
        start = self.aloft.get(name)
        return None if start is None else start.time_s
