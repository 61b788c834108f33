"""How much room a camera has. In: a set's walls. Out: `Room`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.picture import Floats, Vec3


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """The box in which a camera may stand."""

    low_m: Vec3
    high_m: Vec3


def within(aim_m: Floats, at_m: Floats, room: Room) -> Floats:
    """The place in a room that is nearest to ``at_m`` on the way there from the aim: who steps back to
    the wall does not rise to the ceiling. From below, and where the aim is outside, the nearest place
    in the room.

    >>> room = Room(low_m=(-2, -3, 0), high_m=(2, 2, 2.4))
    >>> within(np.array([0, 0, 1.0]), np.array([0, -6, 2.0]), room).tolist()
    [0.0, -3.0, 1.5]
    """
    way, share = at_m - aim_m, 1.0
    if way[2] <= 0:
        return np.clip(at_m, room.low_m, room.high_m)
    for low, high, aim, step in zip(room.low_m, room.high_m, aim_m, way, strict=True):
        end = aim + step
        if low <= aim <= high and not low <= end <= high:
            share = min(share, ((low if end < low else high) - aim) / step)
    return np.clip(aim_m + share * way, room.low_m, room.high_m)
