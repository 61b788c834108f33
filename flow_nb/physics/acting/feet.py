"""Where the feet stand. In: footholds in order of time. Out: each foot's `Sole` at any instant.

A foot stands on a hold from touch-down to lift-off and swings from one hold to the next; while it
stands its sole does not slide, it only rolls from heel to ball.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from flow_nb.physics.acting.rig import Sole
from flow_nb.physics.acting.turns import Vec, mix, wrapped

PRESSED_M = 0.0002
"""How deep a standing sole goes into the floor, so that it touches it."""
TOE_OFF_RAD, HEEL_STRIKE_RAD = math.radians(32), math.radians(-14)
ROLL_IN_S = 0.11
LEAST_RISE_S = 0.05
"""A heel that has less time than that to rise stays down until the whole foot is lifted."""

Path = Callable[[float], Sole]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A foothold: from ``down_s`` to ``up_s`` at ``at_m``. It is met with the pitch ``met`` and left
    with ``left``; the heel begins to rise ``rise_s`` before lift-off. ``lift_m`` is how high the
    foot was carried to it, ``by`` the way it took where that is not the plain one."""

    at_m: Vec
    heading: float
    down_s: float
    up_s: float = math.inf
    met: float = 0.0
    left: float = 0.0
    rise_s: float = 0.18
    lift_m: float = 0.06
    by: Path | None = None


class Foot:
    """One foot's holds, in order of time."""

    def __init__(self, at_m: Vec, heading: float) -> None:
        self.put(at_m, heading)

    @property
    def last(self) -> Hold:
        """Where it stands, or will stand in the end."""
        return self.holds[-1]

    def put(self, at_m: Vec, heading: float) -> None:
        """At once, for the first instant of a shot."""
        self.holds = [Hold(at_m=at_m, heading=heading, down_s=-1.0)]
        self._downs = [-1.0]
        self._now_s = -1.0

    def step(self, hold: Hold, lift_s: float, *, left: float = 0.0) -> None:
        """From its last hold at ``lift_s`` to a new one."""
        last = self.holds[-1]
        lift_s = max(lift_s, last.down_s + 0.02)
        room = lift_s - max(last.down_s + ROLL_IN_S, self._now_s)
        left = left if room > LEAST_RISE_S else 0.0
        self.holds[-1] = replace(last, up_s=lift_s, left=left, rise_s=min(last.rise_s, room))
        self.holds.append(replace(hold, down_s=max(hold.down_s, lift_s + 0.08)))
        self._downs.append(self.holds[-1].down_s)

    def at(self, time_s: float) -> Sole:
        """How the foot is at an instant."""
        self._now_s = time_s
        i = bisect_right(self._downs, time_s) - 1
        hold = self.holds[max(i, 0)]
        if time_s <= hold.up_s:
            return _standing(hold, time_s)
        return _swinging(hold, self.holds[i + 1], time_s)

    def stands(self, time_s: float) -> bool:
        """Whether it stands on a hold."""
        hold = self.holds[max(bisect_right(self._downs, time_s) - 1, 0)]
        return time_s <= hold.up_s


def _standing(hold: Hold, time_s: float) -> Sole:
    pitch = 0.0
    if hold.met and time_s < hold.down_s + ROLL_IN_S:
        pitch = hold.met * (1 - _ease((time_s - hold.down_s) / ROLL_IN_S))
    if hold.left and time_s > hold.up_s - hold.rise_s:
        u = (time_s - hold.up_s + hold.rise_s) / hold.rise_s
        pitch += hold.left * u * u
    x, y, z = hold.at_m
    return Sole((x, y, z - PRESSED_M), hold.heading, pitch)


def _swinging(one: Hold, two: Hold, time_s: float) -> Sole:
    if two.by is not None:
        return two.by(time_s)
    u = (time_s - one.up_s) / (two.down_s - one.up_s)
    at = mix(one.at_m, two.at_m, _ease(u))
    soft, late, early = 16 * (u * (1 - u)) ** 2, 6.75 * u * u * (1 - u), 6.75 * u * (1 - u) ** 2
    heading = one.heading + wrapped(two.heading - one.heading) * _ease(u)
    down = (1 - u) ** 2 * (1 + 2 * u)
    pitch = one.left * down * (1 - u) + two.met * _ease(max(0.0, u * 1.5 - 0.5))
    lift = two.lift_m * (0.35 * soft + 0.35 * late + 0.3 * early)
    return Sole((at[0], at[1], at[2] + lift - PRESSED_M), heading, pitch)


def _ease(u: float) -> float:
    """From 0 to 1, at rest at both ends."""
    u = min(max(u, 0.0), 1.0)
    return u * u * u * (10 - 15 * u + 6 * u * u)
