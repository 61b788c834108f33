"""Flights as they come and go. In: blows and touches, step by step. Out: who left its ground when, and where a
flight ended on something level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.contacts import Blow
from flow_nb.physics.flight import Flights, Landings
from flow_nb.physics.pairs import Ints
from flow_nb.physics.stand import Stand
from flow_nb.physics.tell import Leave

LEAVING_S = 0.1
"""A flight shorter than this is a rattle, not a departure."""


class Following:
    """Follows the flights of all bodies; ``names`` are the motion's columns so far."""

    def __init__(
        self, stands: Mapping[str, Stand], names: Sequence[str], gravity_m_s2: float
    ) -> None:
        self.flights = Flights(stands)
        self.leaves: list[Leave] = []
        self.landings = Landings(gravity_m_s2)
        self._stands, self._names = stands, names

    def touch(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        blows: Sequence[Blow],
        touching: Ints,
        time_s: float,
    ) -> None:
        """What the bodies in these columns, which touch something now, flew before."""
        for blow in blows:
            self._land(blow)
        for column in self.flights.landing(touching):
            began = self.flights.began_s(int(column))
            if began is not None and time_s - began > LEAVING_S:
                self.leaves.append(Leave(time_s=began, body=self._names[column]))
        self.flights.touch(model, data, touching, time_s)

    def watch(
        self, model: mujoco.MjModel, data: mujoco.MjData, may_fly: NDArray[np.bool_], time_s: float
    ) -> None:
        """Who has begun to fly."""
        self.flights.watch(model, data, may_fly, time_s)

    def _land(self, blow: Blow) -> None:
        """Notes where a flying body meets something level that does not move."""
        other = self._names[blow.b] if blow.b >= 0 else None
        if other is not None and not (other in self._stands and self._stands[other].body.fixed):
            return
        name, level_m = self._names[blow.a], 0.0 if other is None else float(blow.point_m[2])
        start = self.flights.aloft.get(name)
        if start is not None:
            self.landings.note(name, blow.time_s, start, level_m)
