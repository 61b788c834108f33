"""Touches. In: a MuJoCo state just stepped. Out: `CONTACT` and `RUB` rows.

MuJoCo reports contacts at the beginning of a step, with the forces that act over it; the instant at
which two bodies met lies before that, by the depth over the closing speed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.pairs import NOBODY, NOTHING, Ints, Pairs, Pushing, Vector
from flow_nb.plan.motion import CONTACT, RUB

APART_S = 0.006
"""Two bodies that did not touch for this long meet anew."""
LATELY_S = 0.02
"""What has touched within this time lies on each other, though it rattles."""
AGAIN_S = 0.012
"""While they touch, a new blow this long after the last one counts, if it is a blow."""
FASTER_M_S = 0.05
"""It is one if it comes faster than what went on a step ago: what sinks into a cushion only slows down."""
LEAST_M_S = 0.04
BLOW_M_S = 0.25
LEAST_RUB_M_S = 0.015
CALM_M_S = 0.1
"""What touches and comes no faster than this neither hits nor leaves within a sample unseen."""
SLIDES_M_S = 0.05
"""What slides so fast does not lie still."""
UPRIGHT = 0.5
"""What is met with a normal that rises less is a wall, not the ground."""
ON_CENTRE_M = 1e-9
STILL = 0.005
"""Where nothing moves or turns faster (m/s, rad/s), nothing rubs."""


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

    For every pair: when it was last seen to touch, when its last contact began, how fast it closed, and
    that contact's row. The tables are square and flat, with the set last, where -1 finds it.
    """

    def __init__(self) -> None:
        self.touching: Ints = NOBODY
        self._contacts: list[tuple[object, ...]] = []
        self._impulses = np.zeros(64)
        self._rubs: list[NDArray[np.void]] = []
        self._side = 1
        self._seen_s = np.full(1, -np.inf)
        self._began_s = np.full(1, -np.inf)
        self._closing_m_s = np.full(1, -np.inf)
        self._loud_s = np.full(1, -np.inf)
        self._row = np.full(1, -1)
        self._counts_until_s = -np.inf
        self._pairs = NOTHING

    def enter(self, model: mujoco.MjModel, columns: Ints, bodies: int) -> None:
        """From here on this is the world, with so many bodies; ``columns`` maps MuJoCo's ids to them."""
        side = bodies + 1
        keep = np.append(np.arange(self._side - 1), bodies)
        for name in ("_seen_s", "_began_s", "_closing_m_s", "_loud_s", "_row"):
            before = getattr(self, name).reshape(self._side, self._side)
            after = np.full((side, side), -1 if name == "_row" else -np.inf, before.dtype)
            after[np.ix_(keep, keep)] = before
            setattr(self, name, after.ravel())
        self._side = side
        self._columns = columns[model.geom_bodyid]
        self._pairs = NOTHING
        self._lists: dict[bytes, Pairs] = {}

    def step(
        self, model: mujoco.MjModel, data: mujoco.MjData, time_s: float, *, sample_rubs: bool
    ) -> list[Blow]:
        """Reads the contacts of the step that began at ``time_s``; returns the new blows."""
        seen = self._read(data)
        if seen is None:
            return []
        key, speed = self._pairs.key, seen.closing_m_s
        fresh = time_s - self._seen_s[key] > APART_S
        blows: list[Blow] = []
        if fresh.any() or speed.max() > BLOW_M_S:
            settled = time_s - self._began_s[key] > AGAIN_S
            faster = speed > self._closing_m_s[key] + FASTER_M_S
            onset = np.where(fresh, speed > LEAST_M_S, settled & (speed > BLOW_M_S) & faster)
            quiet = key[fresh & ~onset]
            self._row[quiet] = -1
            self._began_s[quiet] = time_s
            blows = self._begin(seen, np.flatnonzero(onset), time_s, model.opt.timestep)
        self._note(seen, time_s)
        if time_s < self._counts_until_s:
            row = self._row[key]
            counts = (row >= 0) & (time_s - self._began_s[key] < AGAIN_S)
            np.add.at(self._impulses, row[counts], seen.force_n[counts] * model.opt.timestep)
        if sample_rubs:
            self.rub(model, data, time_s, seen)
        return blows

    def rub(
        self, model: mujoco.MjModel, data: mujoco.MjData, time_s: float, seen: Pushing | None = None
    ) -> None:
        """Takes down who slips or rolls on whom, in the step that began at ``time_s``."""
        seen = seen or self._read(data)
        if seen is not None and np.abs(data.qvel).max(initial=0.0) > STILL:
            self._rubs.append(self._rubbing(model, data, seen, time_s))

    def beside(self, time_s: float) -> NDArray[np.bool_]:
        """Who has touched whom of late, as a symmetric table of columns, the set last."""
        seen_s = self._seen_s.reshape(self._side, self._side)
        lately = time_s - np.maximum(seen_s, seen_s.T) < LATELY_S
        return np.asarray(lately)

    def lie(self, keys: Ints, time_s: float) -> None:
        """These pairs still lie on each other, though the solver no longer looks."""
        self._seen_s[keys] = time_s

    def near(self, data: mujoco.MjData) -> Pairs:
        """Who touches whom, or all but does."""
        geoms = data.contact.geom
        if not len(geoms) or geoms.min() < 0:
            return self._pairs
        return self._between(geoms)

    def lasting(self, data: mujoco.MjData, before: Pairs, began_s: float, time_s: float) -> bool:
        """Whether, after steps of which the first began at ``began_s`` and the last at ``time_s``, the
        same bodies are near something as ``before`` them, and none goes at another. If so, it is taken
        note of: what had just touched and is still near has rattled in between.
        """
        seen, now = self._read(data), self.near(data)
        if now is not before and not np.array_equal(now.touching, before.touching):
            return False
        if seen is not None:
            known = now is before or np.array_equal(now.kinds, before.kinds)
            if seen.closing_m_s.max() > (CALM_M_S if known else LEAST_M_S):
                return False
            near = now.kinds
            self._seen_s[near[began_s - self._seen_s[near] <= APART_S]] = time_s
            key = self._pairs.key
            fresh = key[time_s - self._seen_s[key] > APART_S]
            self._row[fresh] = -1
            self._began_s[fresh] = time_s
            self._note(seen, time_s)
        self.touching = now.touching
        return True

    def counting(self, time_s: float) -> bool:
        """Whether the impulse of a blow is being summed up."""
        if time_s >= self._counts_until_s:
            return False
        key = self._pairs.kinds
        return bool(((self._row[key] >= 0) & (time_s - self._began_s[key] < AGAIN_S)).any())

    def _read(self, data: mujoco.MjData) -> Pushing | None:
        """The contacts that push, if there are any; notes between whom they are."""
        seen = Pushing(data) if data.nefc and data.ncon else None
        if seen is None or not len(seen):
            self._pairs, self.touching = NOTHING, NOBODY
            return None
        self._pairs = self._between(seen.geom)
        self.touching = self._pairs.touching
        return seen

    def _between(self, geoms: NDArray[np.int32]) -> Pairs:
        known = geoms.tobytes()
        if known not in self._lists:
            self._lists[known] = Pairs(self._columns[geoms], self._side)
        return self._lists[known]

    def _note(self, seen: Pushing, time_s: float) -> None:
        key = self._pairs.key
        self._seen_s[key] = time_s
        self._closing_m_s[key] = -np.inf
        np.maximum.at(self._closing_m_s, key, seen.closing_m_s)
        loud = seen.closing_m_s > LEAST_M_S
        if loud.any():
            self._loud_s[key[loud]] = time_s

    def _begin(self, seen: Pushing, onset: Ints, time_s: float, step_s: float) -> list[Blow]:
        """One contact for each pair, at its fastest point."""
        if not len(onset):
            return []
        blows: dict[tuple[int, int], Blow] = {}
        pairs, points, normals, depths = self._pairs, seen.point_m, seen.normal, seen.depth_m
        for i in onset[np.argsort(-seen.closing_m_s[onset], kind="stable")]:
            pair = (int(pairs.a[i]), int(pairs.b[i]))
            if pair in blows:
                continue
            speed = float(seen.closing_m_s[i])
            began = max(time_s - min(float(depths[i]) / speed, step_s), 0.0)
            normal = -normals[i] if pairs.swap[i] else normals[i]
            key = pairs.key[i]
            self._row[key], self._began_s[key] = len(self._contacts), time_s
            slip = float(seen.slip_m_s[i])
            self._contacts.append((began, *pair, points[i], normal, speed, slip, 0.0))
            blows[pair] = Blow(
                time_s=began,
                a=pair[0],
                b=pair[1],
                geoms=(int(seen.geom[i, 0]), int(seen.geom[i, 1])),
                point_m=points[i],
                normal=normal,
                normal_speed_m_s=speed,
            )
        self._counts_until_s = time_s + AGAIN_S
        if len(self._contacts) > len(self._impulses):
            self._impulses = np.append(self._impulses, np.zeros(len(self._contacts)))
        return list(blows.values())

    def _rubbing(
        self, model: mujoco.MjModel, data: mujoco.MjData, seen: Pushing, time_s: float
    ) -> NDArray[np.void]:
        """`RUB` rows of the contacts that slip or roll now."""
        self._loud_s[self._pairs.key[seen.slip_m_s > SLIDES_M_S]] = time_s
        passing, normal = _passing_m_s(model, data, seen.geom), seen.normal
        passing -= np.einsum("ij,ij->i", passing, normal)[:, None] * normal
        roll = np.maximum(np.sqrt(np.einsum("ij,ij->i", passing, passing)) - seen.slip_m_s, 0.0)
        moves = (seen.slip_m_s > LEAST_RUB_M_S) | (roll > LEAST_RUB_M_S)
        rows = np.empty(int(moves.sum()), RUB)
        rows["time_s"] = time_s
        rows["a"], rows["b"] = self._pairs.a[moves], self._pairs.b[moves]
        rows["point_m"], rows["slip_m_s"] = seen.point_m[moves], seen.slip_m_s[moves]
        rows["roll_m_s"], rows["force_n"] = roll[moves], seen.force_n[moves]
        return rows

    def keys(self, geoms: Ints) -> Ints:
        """The pairs of bodies that pairs of geoms (n, 2) belong to, as `rest` wants them."""
        return np.asarray(Pairs(self._columns[geoms], self._side).key)

    def rest(
        self, keys: Ints, time_s: float, *, parted_s: float, settled_s: float
    ) -> NDArray[np.bool_]:
        """Which of these pairs have lain on each other for ``settled_s`` without a blow, and do so now."""
        began_s = np.maximum(self._began_s[keys], self._loud_s[keys])
        lies = (time_s - self._seen_s[keys] < parted_s) & (time_s - began_s > settled_s)
        return np.asarray(lies)

    def seen_s(self, a: int, b: int) -> float:
        """When two bodies last pushed each other; minus infinity if they never did."""
        return float(self._seen_s[(a % self._side) * self._side + b % self._side])

    def contact_rows(self) -> NDArray[np.void]:
        """All contacts so far, in order of time."""
        rows = np.array(self._contacts, dtype=CONTACT)
        rows["impulse_n_s"] = self._impulses[: len(rows)]
        return rows[np.argsort(rows["time_s"], kind="stable")]

    def rub_rows(self) -> NDArray[np.void]:
        """All rubs so far, in order of time."""
        return np.concatenate([np.empty(0, RUB), *self._rubs])


def _passing_m_s(model: mujoco.MjModel, data: mujoco.MjData, geoms: Ints) -> Vector:
    """Velocity (n, 3) of the second body's centre of mass less that of the first one's."""
    ids = model.geom_bodyid[geoms]
    arm = data.xipos[ids] - data.subtree_com[model.body_rootid[ids]]
    twist = data.cvel[ids]
    speed = twist[..., 3:].copy()
    if np.abs(arm).max(initial=0.0) > ON_CENTRE_M:
        speed += np.cross(twist[..., :3], arm)
    return np.asarray(speed[:, 1] - speed[:, 0])
