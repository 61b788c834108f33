"""Touches. In: a MuJoCo state just stepped. Out: `CONTACT` and `RUB` rows.

MuJoCo reports contacts at the beginning of a step, with the forces that act over it; the instant at
which two bodies met lies before that, by the depth over the closing speed.
"""

from __future__ import annotations

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
FASTER_M_S = 0.05
"""It is one if it comes faster than what went on a step ago: what sinks into a cushion only slows down."""
LEAST_M_S = 0.04
BLOW_M_S = 0.25
LEAST_RUB_M_S = 0.015


@dataclass(frozen=True, kw_only=True, slots=True)
class Blow:
    """A contact that has just begun, as the breakage rule wants it; ``normal`` points from a to b."""

    time_s: float
    a: int
    b: int
    geoms: tuple[int, int]
    point_m: Vector
    normal_speed_m_s: float
    normal: Vector = field(default_factory=lambda: np.zeros(3))


class Touches:
    """Keeps account of who touches whom. Bodies are columns of the motion; -1 is the set.

    For every pair: when it was last seen to touch, when its last contact began, and that contact's
    row. The set's row and column come last, where -1 finds them.
    """

    def __init__(self, columns: int) -> None:
        self.touching: NDArray[np.intp] = np.empty(0, np.intp)
        self._contacts: list[tuple[object, ...]] = []
        self._impulses = np.zeros(64)
        self._rubs: list[NDArray[np.void]] = []
        self._seen_s = np.full((1, 1), -np.inf)
        self._began_s = np.full((1, 1), -np.inf)
        self._closing_m_s = np.full((1, 1), -np.inf)
        self._row = np.full((1, 1), -1)
        self.grow(columns)

    def grow(self, columns: int) -> None:
        """Makes room for bodies that have come to be."""
        old = len(self._seen_s) - 1
        keep = np.append(np.arange(old), columns)
        for name in ("_seen_s", "_began_s", "_closing_m_s", "_row"):
            before = getattr(self, name)
            empty = -1 if name == "_row" else -np.inf
            after = np.full((columns + 1, columns + 1), empty, dtype=before.dtype)
            after[np.ix_(keep, keep)] = before
            setattr(self, name, after)

    def step(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        columns: NDArray[np.intp],
        time_s: float,
        *,
        sample_rubs: bool,
    ) -> list[Blow]:
        """Reads the contacts of the step that began at ``time_s``; returns the new blows.

        ``columns`` maps MuJoCo's body ids to columns of the motion.
        """
        if data.ncon == 0:
            self.touching = np.empty(0, np.intp)
            return []
        seen = _Contacts(model, data, columns)
        a, b, speed = seen.a, seen.b, seen.closing_m_s
        fresh = time_s - self._seen_s[a, b] > APART_S
        settled = time_s - self._began_s[a, b] > AGAIN_S
        again = settled & (speed > BLOW_M_S) & (speed > self._closing_m_s[a, b] + FASTER_M_S)
        onset = np.where(fresh, speed > LEAST_M_S, again)
        quiet = fresh & ~onset
        self._row[a[quiet], b[quiet]] = -1
        self._began_s[a[quiet], b[quiet]] = time_s
        blows = self._begin(seen, np.flatnonzero(onset), time_s, model.opt.timestep)
        self._seen_s[a, b] = time_s
        self._closing_m_s[a, b] = -np.inf
        np.maximum.at(self._closing_m_s, (a, b), speed)
        row = self._row[a, b]
        counts = (row >= 0) & (time_s - self._began_s[a, b] < AGAIN_S)
        np.add.at(self._impulses, row[counts], seen.force_n[counts] * model.opt.timestep)
        self.touching = np.unique(np.concatenate([a, b]))
        if sample_rubs:
            self._rubs.append(_rubbing(seen, time_s))
        return blows

    def _begin(
        self, seen: _Contacts, onset: NDArray[np.intp], time_s: float, step_s: float
    ) -> list[Blow]:
        """One contact for each pair, at its fastest point."""
        blows: dict[tuple[int, int], Blow] = {}
        for i in onset[np.argsort(-seen.closing_m_s[onset], kind="stable")]:
            pair = (int(seen.a[i]), int(seen.b[i]))
            if pair in blows:
                continue
            speed = float(seen.closing_m_s[i])
            began = max(time_s - min(float(seen.depth_m[i]) / speed, step_s), 0.0)
            point, normal, slip = seen.point_m[i], seen.normal[i], float(seen.slip_m_s[i])
            self._row[pair], self._began_s[pair] = len(self._contacts), time_s
            self._contacts.append((began, *pair, point, normal, speed, slip, 0.0))
            blows[pair] = Blow(
                time_s=began,
                a=pair[0],
                b=pair[1],
                geoms=seen.geoms(int(i)),
                point_m=point.copy(),
                normal=normal.copy(),
                normal_speed_m_s=speed,
            )
        if len(self._contacts) > len(self._impulses):
            self._impulses = np.append(self._impulses, np.zeros(len(self._contacts)))
        return list(blows.values())

    def seen_s(self, a: int, b: int) -> float:
        """When two bodies last pushed each other; minus infinity if they never did."""
        return float(self._seen_s[a, b])

    def contact_rows(self) -> NDArray[np.void]:
        """All contacts so far, in order of time."""
        rows = np.array(self._contacts, dtype=CONTACT)
        rows["impulse_n_s"] = self._impulses[: len(rows)]
        return rows[np.argsort(rows["time_s"], kind="stable")]

    def rub_rows(self) -> NDArray[np.void]:
        """All rubs so far, in order of time."""
        return np.concatenate([np.empty(0, RUB), *self._rubs])


def _rubbing(seen: _Contacts, time_s: float) -> NDArray[np.void]:
    """`RUB` rows of the contacts that slip or roll now."""
    moves = (seen.slip_m_s > LEAST_RUB_M_S) | (seen.roll_m_s > LEAST_RUB_M_S)
    rows = np.empty(int(moves.sum()), RUB)
    rows["time_s"] = time_s
    for name in ("a", "b", "point_m", "slip_m_s", "roll_m_s", "force_n"):
        rows[name] = getattr(seen, name)[moves]
    return rows


class _Contacts:
    """MuJoCo's pushing contacts as arrays: bodies in order (a < b, the set last), speeds there."""

    def __init__(
        self, model: mujoco.MjModel, data: mujoco.MjData, columns: NDArray[np.intp]
    ) -> None:
        contact = data.contact
        forces = np.append(data.efc_force, 0.0)
        address = contact.efc_address
        force = forces[np.where(address >= 0, address, -1)]
        push = np.flatnonzero((force > 0) & (contact.geom >= 0).all(axis=1))
        self.force_n = force[push]
        self._geom = contact.geom[push]
        self.point_m = contact.pos[push]
        self.depth_m = np.maximum(-contact.dist[push], 0.0)
        normal = contact.frame[push, :3]
        ids = model.geom_bodyid[self._geom]
        centre = data.subtree_com[model.body_rootid[ids]]
        relative = _difference(data, ids, self.point_m[:, None] - centre)
        along = np.einsum("ij,ij->i", relative, normal)
        self.closing_m_s = -along
        self.slip_m_s = _length(relative - along[:, None] * normal)
        passing = _difference(data, ids, data.xipos[ids] - centre)
        passing -= np.einsum("ij,ij->i", passing, normal)[:, None] * normal
        self.roll_m_s = np.maximum(_length(passing) - self.slip_m_s, 0.0)
        column = columns[ids]
        swap = (column[:, 0] < 0) | ((column[:, 1] >= 0) & (column[:, 0] > column[:, 1]))
        self.a = np.where(swap, column[:, 1], column[:, 0])
        self.b = np.where(swap, column[:, 0], column[:, 1])
        self.normal = np.where(swap[:, None], -normal, normal)

    def geoms(self, i: int) -> tuple[int, int]:
        """MuJoCo's ids of the two geoms."""
        return int(self._geom[i, 0]), int(self._geom[i, 1])


def _difference(data: mujoco.MjData, ids: NDArray[np.intp], arm: Vector) -> Vector:
    """Velocity of the second body less that of the first, each at its arm from its root's centre."""
    twist = data.cvel[ids]
    wx, wy, wz = twist[..., 0], twist[..., 1], twist[..., 2]
    x, y, z = arm[..., 0], arm[..., 1], arm[..., 2]
    turning = np.stack([wy * z - wz * y, wz * x - wx * z, wx * y - wy * x], axis=-1)
    speed = twist[..., 3:] + turning
    return np.asarray(speed[:, 1] - speed[:, 0])


def _length(vectors: Vector) -> Vector:
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)))
