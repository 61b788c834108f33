"""One person who acts. In: scripts and what it sees. Out: the place and turn of every bone, instant by instant."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.acting.dials import Dials
from flow_nb.physics.acting.feet import Foot
from flow_nb.physics.acting.gait import Walk, stance, turn_on_spot
from flow_nb.physics.acting.live import Live
from flow_nb.physics.acting.poses import INDEX, SIDES, Pose, Side, pose
from flow_nb.physics.acting.rig import Aims, Placed, Rig, ahead
from flow_nb.physics.acting.turns import Vec, add, sub, turned, wrapped
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.props.skeleton import HEIGHTS_M, skeleton

Script = Iterator[None]
"""What somebody does, tick by tick; each step of it may set dials, feet, root, aims."""
Point = Callable[[], Vec]
Root = Callable[[float], tuple[Vec, float]]

TICK_S = 1 / POSE_RATE_HZ
GAZE_S = 0.14


class Figure:
    """A person: its rig, its dials, its feet, and where its root goes."""

    def __init__(self, body: Body, live: Live, at_m: Vec, heading: float, phase: float) -> None:
        self.body, self.name, self.live = body, body.name, live
        height = HEIGHTS_M[body.age] * min(max(body.scale, 0.2), 4.0)
        self.rig = Rig(skeleton(height, body.age))
        self.dials = Dials()
        self.now_s = 0.0
        self.phase = phase
        self.walk: Walk | None = None
        self.aims: dict[Side, Point] = {}
        self.busy: set[Side] = set()
        self.engaged = False
        self.minds = False
        self.looks_at: Point | None = None
        self._palms: dict[Side, Vec] = {}
        self._shifts: dict[Side, tuple[Vec, float, float]] = {}
        self._gaze = (0.0, 0.0)
        self._root: Root = lambda _: (at_m, heading)
        self.feet = {side: Foot(*stance((at_m, heading), self.rig, side)) for side in SIDES}
        self.placed: dict[str, Placed] = {}
        self.settle()

    # Where it is.

    @property
    def root(self) -> tuple[Vec, float]:
        """Where the root is now, and its heading."""
        return self._root(self.now_s)

    @property
    def at_m(self) -> Vec:
        """The point between its feet."""
        return self.root[0]

    @property
    def heading(self) -> float:
        """Where it looks along the ground."""
        return self.root[1]

    @property
    def height_m(self) -> float:
        """From sole to crown."""
        return self.rig.height_m

    @property
    def breast_m(self) -> Vec:
        """The middle of its chest."""
        at, turn = self.placed["chest"]
        return add(at, turned(turn, (0.0, -0.05, 0.1 * self.height_m)))

    def ahead(self, forward_m: float, left_m: float, up_m: float) -> Vec:
        """A point before it, above the ground on which it stands."""
        return ahead(self.at_m, self.heading, forward_m, left_m, up_m)

    def palm(self, side: Side) -> Vec:
        """The middle of a hand."""
        return self.rig.palm(self.placed, side)

    @property
    def upright(self) -> bool:
        """Whether it stands on its feet."""
        return self.placed["pelvis"][0][2] - self.at_m[2] > 0.8 * self.rig.hip_m

    def shoulder_m(self, side: Side, wanted: Pose) -> Vec:
        """Where a shoulder would be in a pose, here and now."""
        values = self.dials.at(self.now_s)
        for dial, value in wanted.items():
            values[INDEX[dial]] = value
        soles = {one: self.feet[one].at(self.now_s) for one in SIDES}
        placed = self.rig.solve(values.tolist(), self.at_m, self.heading, Aims(soles=soles))
        return placed[f"upper-arm-{side}"][0]

    # What scripts do to it.

    def stand_at(self, at_m: Vec, heading: float) -> None:
        """At once, for the first instant of a shot."""
        self._root = lambda _: (at_m, heading)
        for side in SIDES:
            self.feet[side].put(*stance((at_m, heading), self.rig, side))
        self.settle()

    def moves(self, root: Root) -> None:
        """From now on the root goes this way; it must begin where the root is."""
        self._root = root

    def go(self, wanted: Pose, lasts_s: float = 0.4) -> None:
        """Towards a pose."""
        self.dials.go(wanted, self.now_s, lasts_s)

    def strike(self, name: str, lasts_s: float = 0.4, this: Side = "right") -> None:
        """Towards a key pose."""
        self.go(pose(name, this), lasts_s)

    def reach(self, side: Side, aim: Point, lasts_s: float = 0.4) -> None:
        """A hand goes to a point, which may move."""
        shift = (0.0, 0.0, 0.0)
        if self.dials.at(self.now_s)[INDEX[f"{side}.reach"]] > 0.01:
            shift = sub(self._palms[side], aim())
        self.aims[side] = aim
        self._shifts[side] = (shift, self.now_s, max(lasts_s, TICK_S))
        self.go({f"{side}.reach": 1.0, f"{side}.swing": 0.0}, lasts_s)

    def aim_now(self, side: Side, aim: Point) -> None:
        """A hand is at a point at once, for the first instant of a shot."""
        self.aims[side] = aim
        self._shifts[side] = ((0.0, 0.0, 0.0), 0.0, TICK_S)
        self.dials.put({f"{side}.reach": 1.0, f"{side}.swing": 0.0})

    def let_hang(self, side: Side, lasts_s: float = 0.5) -> None:
        """A hand comes back to its side."""
        self.go(pose("arm-down", side) | {f"{side}.reach": 0.0, f"{side}.swing": 1.0}, lasts_s)

    def turn_to(self, heading: float) -> float:
        """Turns on the spot; how long it takes, nothing for a glance."""
        at, begin = self.root
        turn = wrapped(heading - begin)
        if abs(turn) < math.radians(10):
            return 0.0
        start = self.now_s
        lasts = turn_on_spot(self.feet, self.rig, at, (begin, begin + turn), start)

        def root(time_s: float) -> tuple[Vec, float]:
            return at, begin + turn * _ease((time_s - start) / lasts)

        self._root = root
        return lasts

    # Its pose.

    def settle(self) -> None:
        """The pose of the first instant, without motion before it."""
        self.tick(0.0)
        self.tick(0.0)

    def tick(self, time_s: float) -> dict[str, Placed]:
        """All bones at an instant; called once for each sample, in order."""
        self.now_s = time_s
        values = self.dials.at(time_s)
        self._add_gait(values, time_s)
        self._breathe(values, time_s)
        (x, y, z), heading = self._root(time_s)
        self._follow_aims()
        soles = {side: self.feet[side].at(time_s) for side in SIDES}
        aims = Aims(soles=soles, palms=self._palms, gaze=self._gaze)
        self.placed = self.rig.solve(values.tolist(), (x, y, z), heading, aims)
        self._follow_gaze()
        return self.placed

    def _add_gait(self, values: NDArray[np.float64], time_s: float) -> None:
        if self.walk is None or time_s > self.walk.end_s + 0.5:
            return
        for dial, value in self.walk.body(time_s).items():
            side, _, own = dial.partition(".")
            share = values[INDEX[f"{side}.swing"]] if own else 1.0
            values[INDEX[dial]] += share * value

    def _breathe(self, values: NDArray[np.float64], time_s: float) -> None:
        """The small life of somebody who only stands there."""
        breath = math.sin(1.6 * time_s + self.phase)
        shift = math.sin(0.55 * time_s + 2.1 * self.phase)
        values[INDEX["chest_pitch"]] -= 0.7 * breath
        values[INDEX["head_pitch"]] += 0.5 * breath
        values[INDEX["side"]] += 0.005 * shift
        values[INDEX["pelvis_roll"]] += 0.8 * shift
        values[INDEX["chest_roll"]] -= 0.9 * shift
        values[INDEX["head_yaw"]] += 1.5 * math.sin(0.8 * time_s + self.phase)

    def _follow_aims(self) -> None:
        """Palms go with their aims; from one aim to the next they glide."""
        for side, aim in self.aims.items():
            shift, began, lasts = self._shifts[side]
            self._palms[side] = add(aim(), shift, 1 - _ease((self.now_s - began) / lasts))

    def _follow_gaze(self) -> None:
        goal = (0.0, 0.0)
        if self.looks_at is not None:
            goal = self.rig.gaze(self.placed, self.looks_at())
        share = 1 - math.exp(-TICK_S / GAZE_S)
        yaw, pitch = self._gaze
        self._gaze = (yaw + (goal[0] - yaw) * share, pitch + (goal[1] - pitch) * share)


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)
