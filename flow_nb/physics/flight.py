"""Free flight beside theory. In: the state of each body at its last touch. Out: when it should land."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

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


def departure(
    model: mujoco.MjModel, data: mujoco.MjData, stand: Stand, time_s: float
) -> Departure | None:
    """The state of a body that begins to fly at ``time_s``; None if it is no symmetric top.

    Reads MuJoCo's derived state (xipos, cvel), which belongs to the beginning of the step.
    """
    i = model.body(stand.body.name).id
    inertia = model.body_inertia[i]
    symmetry = _symmetry(inertia)
    if symmetry is None:
        return None
    axes = data.ximat[i].reshape(3, 3)
    spin = data.cvel[i, :3].copy()
    velocity = data.cvel[i, 3:] + np.cross(
        spin, data.xipos[i] - data.subtree_com[model.body_rootid[i]]
    )
    turn = data.xmat[i].reshape(3, 3)
    corners = np.concatenate(
        [piece_mesh(piece, stand.body.scale).vertices for piece in stand.prop.body]
    )
    corners = corners @ turn.T + data.xpos[i] - data.xipos[i]
    return Departure(
        time_s=time_s,
        body=FreeBody(
            centre_m=data.xipos[i].copy(),
            velocity_m_s=velocity,
            spin_rad_s=spin,
            corners_m=corners,
            axis=axes[:, symmetry].copy(),
            inertia_kg_m2=(float(inertia[(symmetry + 1) % 3]), float(inertia[symmetry])),
        ),
    )


def landing_s(start: Departure, floor_z_m: float, gravity_m_s2: float) -> float | None:
    """The instant at which theory lands the body on a level floor."""
    if gravity_m_s2 <= 0:
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
    aloft: dict[str, Departure | None] = field(default_factory=dict)

    def touch(self, names: Iterable[str], time_s: float) -> None:
        """These bodies touch something now."""
        for name in names:
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
            elif name not in self.aloft:
                self.aloft[name] = departure(model, data, stand, time_s)

    def landing_s(self, name: str, floor_z_m: float, gravity_m_s2: float) -> float | None:
        """When theory lands a flying body on a level floor; None where it has no say."""
        start = self.aloft.get(name)
        return None if start is None else landing_s(start, floor_z_m, gravity_m_s2)

    def began_s(self, name: str) -> float | None:
        """Since when a body flies."""
        start = self.aloft.get(name)
        return None if start is None else start.time_s
