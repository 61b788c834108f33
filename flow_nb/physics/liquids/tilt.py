"""How a vessel is poured out. In: a vessel on its mark, the place to pour on. Out: its pose at any time.

It is lifted beside the place, tipped about its lip, which stays above it, emptied, and put back. All
ways are minimum jerk.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.liquids.vessel import Vessel

Vector = NDArray[np.float64]

LIFT_S, TIP_S, HOLD_S, RIGHT_S, BACK_S = 0.6, 2.1, 0.3, 0.4, 0.6
WHOLE_S = LIFT_S + TIP_S + HOLD_S + RIGHT_S + BACK_S
TAKEN_S = 0.7
"""So long somebody needs to take hold of a vessel."""
TIP_RAD = math.radians(118)
CLEAR_M = 0.02
"""Between the lip and what it pours into."""
AIM = 0.95
"""The lip stands this share of the mouth's radius before its middle: what flows out goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tilt:
    """A way of pouring: where the vessel stood, the way (-1 or 1 in x) it is tipped, and onto what.

    ``corners_m`` (n, 2) is the vessel's outline, all round, in the plane in which it is tipped, ``mouth_m`` (3,)
    the middle of what it pours into, ``wide_m`` that mouth's radius.
    """

    vessel: Vessel
    corners_m: Vector
    foot_m: Vector
    side: float
    mouth_m: Vector
    wide_m: float
    start_s: float
    until_s: float

    @property
    def end_s(self) -> float:
        """When it stands again."""
        return self.start_s + WHOLE_S

    def pose(self, time_s: float) -> tuple[Vector, Vector]:
        """Foot (3,) and quaternion (4,)."""
        after = time_s - self.start_s
        tipped = _ease((after - LIFT_S) / TIP_S)
        back = self.end_s <= self.until_s
        if back:
            tipped -= _ease((after - LIFT_S - TIP_S - HOLD_S) / RIGHT_S)
        angle = TIP_RAD * tipped
        foot = self._foot(angle)
        lifted = _ease(after / LIFT_S)
        if back:
            lifted -= _ease((after - self.end_s + self.start_s + BACK_S) / BACK_S)
        foot = self.foot_m + lifted * (foot - self.foot_m)
        rise = 4 * lifted * (1 - lifted) * 0.05
        half = self.side * angle / 2
        return foot + [0, 0, rise], np.array([math.cos(half), 0.0, math.sin(half), 0.0])

    def _foot(self, angle_rad: float) -> Vector:
        """Where the foot is when it is tipped by an angle with its lip above the mouth."""
        rim_r, rim_z = self.vessel.rim_m
        wide = rim_r if self.vessel.boxed is None else self.vessel.boxed[0]
        sin, cos = math.sin(angle_rad), math.cos(angle_rad)
        lip = np.array([wide * cos + rim_z * sin, -wide * sin + rim_z * cos])
        corners = self.corners_m
        x = corners[:, 0] * cos + corners[:, 1] * sin - lip[0]
        z = -corners[:, 0] * sin + corners[:, 1] * cos - lip[1]
        high = CLEAR_M - min(_lowest(x, z, (AIM - 1) * self.wide_m - CLEAR_M), 0.0)
        at = self.mouth_m - [self.side * AIM * self.wide_m, 0, 0]
        return np.asarray(at + [-self.side * lip[0], 0.0, high - lip[1]])


def corners_m(vessel: Vessel) -> Vector:
    """A vessel's outline (n, 2) in the plane in which it is tipped, all round: x, z."""
    heights = np.linspace(0, vessel.rim_m[1], 9)
    wide = np.array([vessel.outside.radius_m(float(z)) for z in heights])
    wide = np.minimum(np.maximum(wide, 1e-3), vessel.reach_m)
    return np.concatenate([np.stack([wide, heights], 1), np.stack([-wide, heights], 1)[::-1]])


def _lowest(x: Vector, z: Vector, from_x: float) -> float:
    """The lowest height of a closed outline where it is further than ``from_x``, its crossings included,
    so that it changes without a jump; 0 where it is nowhere so far."""
    x1, z1 = np.roll(x, -1), np.roll(z, -1)
    cut = (x > from_x) != (x1 > from_x)
    share = (from_x - x[cut]) / (x1[cut] - x[cut])
    crossings = z[cut] + share * (z1[cut] - z[cut])
    return float(np.concatenate([z[x > from_x], crossings]).min(initial=0.0))


def _ease(share: float) -> float:
    """Minimum jerk from 0 to 1."""
    x = min(max(share, 0.0), 1.0)
    return x**3 * (10 - 15 * x + 6 * x * x)
