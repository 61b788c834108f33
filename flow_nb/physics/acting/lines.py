"""Ways over the ground. In: points, a speed. Out: `Line`s to be passed, `Ramp`s that say how far one is when."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from flow_nb.physics.acting.turns import Vec, heading_rad, mix, sub


class Ramp:
    """A length done from rest to rest: the speed rises by a smooth step, stays, and falls again.

    >>> ramp = Ramp(2.0, 1.0, 0.5)
    >>> round(ramp.lasts_s, 2), round(ramp.along_m(ramp.lasts_s / 2), 2)
    (2.5, 1.0)
    """

    def __init__(self, length_m: float, speed_m_s: float, ramp_s: float) -> None:
        self.length_m, self.speed_m_s = length_m, speed_m_s
        self.ramp_s = min(ramp_s, length_m / speed_m_s)
        self.cruise_s = length_m / speed_m_s - self.ramp_s
        self.lasts_s = self.cruise_s + 2 * self.ramp_s
        self._clock = np.linspace(0, self.lasts_s, max(8, int(self.lasts_s * 240)))
        self._done = np.array([self.along_m(float(t)) for t in self._clock])

    def along_m(self, after_s: float) -> float:
        """The length done."""
        ramp, v = self.ramp_s, self.speed_m_s
        after_s = min(max(after_s, 0.0), self.lasts_s)
        if after_s < ramp:
            u = after_s / ramp
            return v * ramp * (u**3 - u**4 / 2)
        if after_s > ramp + self.cruise_s:
            u = (self.lasts_s - after_s) / ramp
            return self.length_m - v * ramp * (u**3 - u**4 / 2)
        return v * (after_s - ramp / 2)

    def pace(self, after_s: float) -> float:
        """Share of its full speed, 0 to 1."""
        u = min(max(min(after_s, self.lasts_s - after_s) / self.ramp_s, 0.0), 1.0)
        return u * u * (3 - 2 * u)

    def when_s(self, along_m: float) -> float:
        """After how long a length is done."""
        return float(np.interp(along_m, self._done, self._clock))


class Line:
    """A way over the ground through points, passed at even speed."""

    def __init__(self, points: Sequence[Vec]) -> None:
        table = np.array(points, float)
        self.table = table
        steps = np.linalg.norm(np.diff(table[:, :2], axis=0), axis=1)
        self.along = np.concatenate([[0.0], np.cumsum(steps)])
        ways = np.diff(table, axis=0)
        turns = [heading_rad((float(x), float(y), 0.0)) for x, y, _ in ways]
        self.headings = np.unwrap(np.array([*turns, turns[-1]]))

    @property
    def length_m(self) -> float:
        """Its length over the ground."""
        return float(self.along[-1])

    def at(self, along_m: float) -> Vec:
        """The point after a length."""
        x, y, z = (float(np.interp(along_m, self.along, self.table[:, i])) for i in range(3))
        return x, y, z

    def heading(self, along_m: float) -> float:
        """Where it leads there."""
        middles = np.append((self.along[:-1] + self.along[1:]) / 2, self.along[-1])
        return float(np.interp(along_m, middles, self.headings))


def straight(begin: Vec, end: Vec, legs: Sequence[Vec] = ()) -> Line:
    """A line from point to point, its corners cut."""
    corners = [begin, *legs, end]
    points: list[Vec] = [begin]
    for i in range(1, len(corners) - 1):
        a, b, c = corners[i - 1 : i + 2]
        cut = min(0.5, _far(a, b) / 2.2, _far(b, c) / 2.2)
        near, far = mix(b, a, cut / (_far(a, b) + 1e-9)), mix(b, c, cut / (_far(b, c) + 1e-9))
        for u in np.linspace(0, 1, 9):
            points.append(mix(mix(near, b, float(u)), mix(b, far, float(u)), float(u)))
    points.append(end)
    kept = [points[0]]
    for point in points[1:]:
        if _far(kept[-1], point) > 1e-4:
            kept.append(point)
    if len(kept) == 1:
        kept.append((end[0] + 1e-3, end[1], end[2]))
    return Line(kept)


def _far(a: Vec, b: Vec) -> float:
    x, y, _ = sub(a, b)
    return math.hypot(x, y)
