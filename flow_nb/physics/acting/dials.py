"""Dials that move smoothly. In: poses to be reached, and when. Out: every dial's value at any later instant.

Each dial goes from where it is, at the speed that it has, to where it shall be, and arrives at rest:
a cubic in time, so that a pose that is broken off for another is left without a jerk.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.acting.poses import DIALS, INDEX, Pose, pose

SHORTEST_S = 0.12
"""No blend is shorter: quicker looks like a cut."""


class Dials:
    """All dials of one figure, at rest standing when they are made."""

    def __init__(self) -> None:
        n = len(DIALS)
        self._from = np.zeros(n)
        self._speed = np.zeros(n)
        self._to = np.zeros(n)
        self._began_s = np.full(n, -1.0)
        self._lasts_s = np.ones(n)
        self.put({**pose("stand"), "left.swing": 1.0, "right.swing": 1.0})

    def put(self, wanted: Pose) -> None:
        """At once, for the first instant of a shot."""
        for name, value in wanted.items():
            i = INDEX[name]
            self._from[i] = self._to[i] = value
            self._speed[i] = 0.0

    def go(self, wanted: Pose, time_s: float, lasts_s: float) -> None:
        """Towards a pose from ``time_s`` on, there after ``lasts_s``."""
        index = [INDEX[name] for name in wanted]
        goal = np.fromiter(wanted.values(), float, len(index))
        value, speed = self._state(time_s)
        self._from[index], self._speed[index] = value[index], speed[index]
        self._to[index] = goal
        self._began_s[index] = time_s
        self._lasts_s[index] = max(lasts_s, SHORTEST_S)

    def at(self, time_s: float) -> NDArray[np.float64]:
        """All dials, in the order of `DIALS`."""
        return self._state(time_s)[0]

    def _state(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        u = np.clip((time_s - self._began_s) / self._lasts_s, 0.0, 1.0)
        rest = 1 - u
        drift = self._speed * self._lasts_s
        way = self._to - self._from
        value = self._from + way * u * u * (3 - 2 * u) + drift * u * rest * rest
        speed = (6 * way * u * rest + drift * rest * (1 - 3 * u)) / self._lasts_s
        return value, np.where(u < 1, speed, 0.0)
