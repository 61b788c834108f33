"""Questions about a solved motion. In: evidence, events, an expected action. Out: whether it came true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from flow_nb.physics.checks.evidence import Evidence, Vector
from flow_nb.plan.events import Event, EventKind
from flow_nb.plan.plan import WORLD, Action

TOPPLED_COS = 0.7
TRAVEL_M = 0.02
STILL_M = 0.004
LOUD_M_S = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """An action that the text expects of the body ``name``."""

    seen: Evidence
    events: Sequence[Event]
    action: Action
    name: str

    @property
    def broken(self) -> bool:
        """Whether it is in pieces."""
        return any(b.body == self.name for b in self.seen.story.breaks)

    @property
    def poses(self) -> Vector:
        """Its poses (t, 7) while it is whole."""
        return np.array([p[self.name] for p in self.seen.story.poses if self.name in p])

    def said(self, kind: EventKind) -> bool:
        """Whether an event of that kind is told of it."""
        return any(e.kind == kind and self.name in (e.body, e.other) for e in self.events)

    @property
    def met_at_s(self) -> Vector:
        """When it met its target, or anything where none is named."""
        rows, names = self.seen.story.contacts, self.seen.story.names
        rows = rows[rows["normal_speed_m_s"] > LOUD_M_S]
        column = names.index(self.name)
        mine = (rows["a"] == column) | (rows["b"] == column)
        target = self.action.target
        if target is not None and target != self.name:
            other = np.where(rows["a"] == column, rows["b"], rows["a"])
            mine &= other == (-1 if target == WORLD else names.index(target))
        return np.asarray(rows["time_s"][mine])

    @property
    def turn_rad(self) -> float:
        """How far it turned in all, whichever way."""
        q = self.poses[::4, 3:]
        cosine = np.clip(np.abs(np.einsum("ij,ij->i", q[1:], q[:-1])), 0, 1)
        return float(2 * np.arccos(cosine).sum())

    @property
    def drop_m(self) -> float:
        """How far it came down, at most, from where it was before."""
        height = self.poses[:, 2]
        return float((np.maximum.accumulate(height) - height).max())

    @property
    def climb_m(self) -> float:
        """How far it came up, at most, from where it was before."""
        height = self.poses[:, 2]
        return float((height - np.minimum.accumulate(height)).max())

    @property
    def travel_m(self) -> float:
        """How far from its mark it ever was, level."""
        level = self.poses[:, :2]
        return float(np.linalg.norm(level - level[0], axis=1).max())

    @property
    def tilt_cos(self) -> float:
        """Cosine between its upright at first and in the end."""
        up = [_up(q) for q in (self.poses[0, 3:], self.poses[-1, 3:])]
        return float(up[0] @ up[1])

    @property
    def size_m(self) -> float:
        """Its longest dimension."""
        return self.seen.stands[self.name].size_m


def _up(quaternion: Vector) -> Vector:
    w, x, y, z = quaternion
    return np.array([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)])


def told_of(kind: EventKind) -> Callable[[Told], bool]:
    """Whether the solver or a device tells of such an event."""
    return lambda told: told.said(kind)


def shattered(told: Told) -> bool:
    """Whether it broke."""
    return told.broken


def fell_over(told: Told) -> bool:
    """Whether it lies, or lies in pieces, or fell off."""
    return told.broken or told.tilt_cos < TOPPLED_COS or told.drop_m > told.size_m


def fell(told: Told) -> bool:
    """Whether it came down, or fell over; a fall upward is none."""
    if told.action.direction == "up":
        return float(told.poses[:, 2].max() - told.poses[0, 2]) > told.size_m
    return told.drop_m > min(0.4 * told.size_m, 0.1) or fell_over(told)


def rolled(told: Told) -> bool:
    """Whether it turned over and went somewhere."""
    return told.turn_rad > np.pi / 2 and told.travel_m > TRAVEL_M


def slid(told: Told) -> bool:
    """Whether it slipped on something."""
    column, rubs = told.seen.story.names.index(told.name), told.seen.rubs
    mine = (rubs["a"] == column) | (rubs["b"] == column)
    return told.travel_m > TRAVEL_M and bool((rubs["slip_m_s"][mine] > LOUD_M_S).any())


def bounced(told: Told) -> bool:
    """Whether it came up again after it came down on something."""
    return any(f.body == told.name and f.released_s is not None and
               f.highest_m - f.start.body.centre_m[2] > TRAVEL_M / 4
               for f in told.seen.flown)  # fmt: skip


def met(told: Told) -> bool:
    """Whether it met what it was to meet."""
    return len(told.met_at_s) > 0


def floated(told: Told) -> bool:
    """Whether it stayed up without falling: in the end nothing solid carries it and it is not down."""
    if told.said("float"):
        return True
    last = told.poses[-1, 2] - told.seen.stands[told.name].foot_m[2]
    return not told.broken and last > -STILL_M and told.drop_m < told.size_m and _aloft(told)


def _aloft(told: Told) -> bool:
    """Whether its last flight did not end, or it began in the air and was never met."""
    return told.poses[-1, 2] > TRAVEL_M and not len(told.seen.touched_s(told.name))


def rose(told: Told) -> bool:
    """Whether it came up."""
    return told.climb_m > max(TRAVEL_M, 0.3 * told.size_m)


def sank(told: Told) -> bool | None:
    """Whether it went down in a liquid, by what the device that knows the liquid tells."""
    return told.said("sink")


def swung(told: Told) -> bool:
    """Whether it went to and fro on its cord."""
    return told.seen.stands[told.name].pivot_m is not None and told.turn_rad > 0.1


def spun(told: Told) -> bool:
    """Whether it turned right round."""
    return told.turn_rad > 2 * np.pi


def rested(told: Told) -> bool:
    """Whether it lies still in the end."""
    tail = told.poses[-48:, :3]
    return bool(np.linalg.norm(tail - tail[-1], axis=1).max() < STILL_M)
