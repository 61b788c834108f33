"""Touches. In: a MuJoCo state just stepped. Out: `CONTACT` and `RUB` rows.

MuJoCo reports contacts at the beginning of a step, with the forces that act over it; the instant at
which two bodies met lies before that, by the depth over the closing speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.motion import CONTACT, RUB

Vector = NDArray[np.float64]

APART_S = 0.006
"""Two bodies that did not touch for this long meet anew."""
AGAIN_S = 0.012
"""While they touch, a new blow this long after the last one counts, if it is a blow."""
LEAST_M_S = 0.04
BLOW_M_S = 0.25
LEAST_RUB_M_S = 0.015


@dataclass(slots=True)
class Touch:
    """A pair of bodies that touches now: the row of its last contact, and when it was last seen."""

    row: int
    began_s: float
    seen_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Blow:
    """A contact that has just begun, as the breakage rule wants it."""

    time_s: float
    a: int
    b: int
    geoms: tuple[int, int]
    point_m: Vector
    normal_speed_m_s: float


@dataclass(slots=True)
class Touches:
    """Keeps account of who touches whom. Bodies are columns of the motion; -1 is the set."""

    contacts: list[tuple[object, ...]] = field(default_factory=list)
    rubs: list[tuple[object, ...]] = field(default_factory=list)
    live: dict[tuple[int, int], Touch] = field(default_factory=dict)
    impulses: list[float] = field(default_factory=list)

    def step(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        columns: Sequence[int],
        time_s: float,
        *,
        sample_rubs: bool,
    ) -> list[Blow]:
        """Reads the contacts of the step that began at ``time_s``; returns the new blows.

        ``columns`` maps MuJoCo's body ids to columns of the motion.
        """
        if data.ncon == 0:
            return []
        seen = _Contacts(model, data, columns)
        blows = []
        for i in np.flatnonzero(seen.force_n > 0):
            blow = self._account(seen, int(i), time_s, model.opt.timestep)
            if blow is not None:
                blows.append(blow)
        if sample_rubs:
            self._sample_rubs(seen, time_s)
        return blows

    def _account(self, seen: _Contacts, i: int, time_s: float, step_s: float) -> Blow | None:
        pair = (int(seen.a[i]), int(seen.b[i]))
        speed = float(seen.closing_m_s[i])
        impulse = float(seen.force_n[i]) * step_s
        touch = self.live.get(pair)
        fresh = touch is None or time_s - touch.seen_s > APART_S
        again = not fresh and touch is not None and time_s - touch.began_s > AGAIN_S
        if (fresh and speed > LEAST_M_S) or (again and speed > BLOW_M_S):
            began = time_s - min(float(seen.depth_m[i]) / max(speed, 1e-6), step_s)
            row = len(self.contacts)
            self.contacts.append(
                (
                    max(began, 0.0), *pair, seen.point_m[i], seen.normal[i], speed,
                    float(seen.slip_m_s[i]), 0.0,
                )
            )  # fmt: skip
            self.impulses.append(impulse)
            self.live[pair] = Touch(row, time_s, time_s)
            return Blow(
                time_s=max(began, 0.0), a=pair[0], b=pair[1], geoms=seen.geoms(i),
                point_m=seen.point_m[i].copy(), normal_speed_m_s=speed,
            )  # fmt: skip
        if touch is None or fresh:
            self.live[pair] = Touch(-1, time_s, time_s)
            return None
        touch.seen_s = time_s
        if touch.row >= 0 and time_s - touch.began_s < AGAIN_S:
            self.impulses[touch.row] += impulse
        return None

    def _sample_rubs(self, seen: _Contacts, time_s: float) -> None:
        moving = (seen.force_n > 0) & (
            (seen.slip_m_s > LEAST_RUB_M_S) | (seen.roll_m_s > LEAST_RUB_M_S)
        )
        for i in np.flatnonzero(moving):
            self.rubs.append(
                (
                    time_s, int(seen.a[i]), int(seen.b[i]), seen.point_m[i],
                    float(seen.slip_m_s[i]), float(seen.roll_m_s[i]), float(seen.force_n[i]),
                )
            )  # fmt: skip

    def contact_rows(self) -> NDArray[np.void]:
        """All contacts so far, in order of time."""
        rows = np.array(self.contacts, dtype=CONTACT)
        rows["impulse_n_s"] = self.impulses
        return rows[np.argsort(rows["time_s"], kind="stable")]

    def rub_rows(self) -> NDArray[np.void]:
        """All rubs so far, in order of time."""
        return np.array(self.rubs, dtype=RUB)


class _Contacts:
    """MuJoCo's contacts as arrays: the bodies in order (a < b, the set last), speeds at the point."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, columns: Sequence[int]) -> None:
        contact = data.contact
        self._geom = contact.geom
        ids = model.geom_bodyid[self._geom]
        self.point_m = contact.pos.copy()
        self.depth_m = np.maximum(-contact.dist, 0.0)
        normal = contact.frame[:, :3].copy()
        address = contact.efc_address
        forces = np.append(data.efc_force, 0.0)
        force = forces[np.where(address >= 0, address, -1)]
        self.force_n = np.maximum(force, 0.0)
        spin = data.cvel[ids, :3]
        root = model.body_rootid[ids]
        arm = self.point_m[:, None] - data.subtree_com[root]
        speed = data.cvel[ids, 3:] + np.cross(spin, arm)
        relative = speed[:, 1] - speed[:, 0]
        along = np.einsum("ij,ij->i", relative, normal)
        self.closing_m_s = -along
        self.slip_m_s = np.linalg.norm(relative - along[:, None] * normal, axis=1)
        self.roll_m_s = self._rolling(data, ids, root, normal)
        column = np.asarray(columns)[ids]
        swap = (column[:, 0] < 0) | ((column[:, 1] >= 0) & (column[:, 0] > column[:, 1]))
        self.a = np.where(swap, column[:, 1], column[:, 0])
        self.b = np.where(swap, column[:, 0], column[:, 1])
        self.normal = np.where(swap[:, None], -normal, normal)

    def geoms(self, i: int) -> tuple[int, int]:
        """MuJoCo's ids of the two geoms."""
        return int(self._geom[i, 0]), int(self._geom[i, 1])

    def _rolling(self, data: mujoco.MjData, ids: Vector, root: Vector, normal: Vector) -> Vector:
        """How fast the centres pass each other across the normal, less what is slip."""
        centre = data.cvel[ids, 3:] + np.cross(
            data.cvel[ids, :3], data.xipos[ids] - data.subtree_com[root]
        )
        relative = centre[:, 1] - centre[:, 0]
        along = np.einsum("ij,ij->i", relative, normal)
        passing = np.linalg.norm(relative - along[:, None] * normal, axis=1)
        return np.asarray(np.maximum(passing - self.slip_m_s, 0.0))
