"""Marks by relation. In: a `Placement`, who stands where. Out: the foot of what is behind, between, in.

Sides are the camera's: left is -x, behind is +y.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.ground import Ground, Place
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Placement

WAYS: dict[str, tuple[float, float]] = {
    "beside": (1, 0),
    "against": (1, 0),
    "left of": (-1, 0),
    "right of": (1, 0),
    "behind": (0, 1),
    "in front of": (0, -1),
    "held by": (0.8, -0.6),
    "worn by": (0.8, -0.6),
}
CLEAR_M = 0.02


class Beside:
    """Works out marks on a `Ground`."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def foot_m(self, stand: Stand, placement: Placement) -> Place:
        """Where a body stands by a relation to a body that has its mark."""
        if placement.relation == "between" and placement.other in self.ground.placed:
            return self._between(stand, placement)
        if placement.relation == "around":
            return self._around(stand, placement)
        if placement.relation == "under":
            return self._under(stand, placement.anchor)
        return self._next_to(stand, placement.anchor, placement.relation)

    def _level_m(self, stand: Stand, anchor: str) -> float:
        """The height of what both stand on."""
        mine = self.ground.roles.anchor_of(stand.body.name)
        if mine not in (WORLD, anchor) and mine in self.ground.placed:
            return self.ground.top_m(mine)
        return 0.0

    def _next_to(self, stand: Stand, anchor: str, relation: str) -> Place:
        there = self.ground.placed[anchor]
        low, high = self.ground.box_m(anchor)
        mine, wide = stand.bounds_m, WAYS.get(relation, (1, 0))
        gap = 0.004 if relation == "against" else min(0.3, 0.12 + 0.25 * stand.size_m)
        if relation in ("left of", "right of", "behind", "in front of") and there.size_m > 1.0:
            gap = max(gap, 0.25)
        x, y = there.foot_m[0], there.foot_m[1]
        if wide[0]:
            x = high[0] - mine[0, 0] + gap if wide[0] > 0 else low[0] - mine[1, 0] - gap
        if wide[1]:
            y = high[1] - mine[0, 1] + gap if wide[1] > 0 else low[1] - mine[1, 1] - gap
        if wide[0] and wide[1]:
            y = there.foot_m[1] - 0.15
        return self._on_its_ground(stand, (float(x), float(y), self._level_m(stand, anchor)))

    def _on_its_ground(self, stand: Stand, foot: Place) -> Place:
        """On the same table, however small it is."""
        anchor = self.ground.roles.anchor_of(stand.body.name)
        if anchor == WORLD or anchor not in self.ground.placed:
            return foot
        low, high = self.ground.box_m(anchor)
        mine = stand.bounds_m
        x, y = (
            float(
                np.clip(
                    foot[i], low[i] - mine[0, i], max(high[i] - mine[1, i], low[i] - mine[0, i])
                )
            )
            for i in (0, 1)
        )
        return x, y, foot[2]

    def _between(self, stand: Stand, placement: Placement) -> Place:
        """In the middle of two, which are moved apart where they stand too close."""
        one, two = placement.anchor, str(placement.other)
        a, b = self.ground.box_m(one), self.ground.box_m(two)
        left, right = (one, two) if a[:, 0].sum() <= b[:, 0].sum() else (two, one)
        a, b = self.ground.box_m(left), self.ground.box_m(right)
        width = float(np.ptp(stand.bounds_m, axis=0)[0]) + 4 * CLEAR_M
        across = float(b[0, 0] - a[1, 0])
        if across < width and abs(a[:, 1].mean() - b[:, 1].mean()) < width:
            there = self.ground.placed[right]
            x, y, z = there.foot_m
            self.ground.placed[right] = replace(there, foot_m=(x + width - across, y, z))
            b = self.ground.box_m(right)
        x, y = (float(a[1, 0] + b[0, 0]) / 2, float(a[:, 1].mean() + b[:, 1].mean()) / 2)
        return x, y, self._level_m(stand, one)

    def _around(self, stand: Stand, placement: Placement) -> Place:
        """One of a ring, first on the left, evenly round."""
        roles = self.ground.roles
        ring = [
            p.body
            for p in self.ground.plan.placements
            if p.relation == "around" and p.anchor == placement.anchor
        ]
        x = y = 0.0
        reach = 0.7
        if placement.anchor != WORLD:
            low, high = self.ground.box_m(placement.anchor)
            x, y = (float(v) for v in (low + high)[:2] / 2)
            reach = float(np.linalg.norm((high - low)[:2])) / 2
        reach += 0.6 * stand.size_m if stand.body.name not in roles.actors else 0.45
        reach = max(reach, len(ring) * 1.15 * float(np.ptp(stand.bounds_m[:, 0])) / (2 * math.pi))
        angle = math.pi + 2 * math.pi * ring.index(stand.body.name) / len(ring)
        z = self._level_m(stand, placement.anchor)
        return x + reach * math.cos(angle), y + reach * math.sin(angle), z

    def _under(self, stand: Stand, anchor: str) -> Place:
        """On the floor below it, where it fits; else before it."""
        there = self.ground.placed.get(anchor)
        if there is None:
            return 0.0, 0.0, 0.0
        low, high = stand.bounds_m
        surface = there.prop.surface_m
        room = (surface[2] * there.body.scale if surface else 0.0) + there.foot_m[2] - 0.12
        if there.body.fixed and float(high[2] - low[2]) > room and there.size_m < 1.5:
            return self._next_to(stand, anchor, "in front of")
        return there.foot_m[0], there.foot_m[1], 0.0

    def inside(self, stand: Stand, container: str) -> Place | None:
        """On the floor of a container or on what lies in it already; None where it does not fit."""
        inside = self.ground.inside_m(container)
        low, high = stand.bounds_m
        half = float(np.ptp(stand.bounds_m[:, :2], axis=0).max()) / 2
        if inside is None or half > 1.02 * float(inside[-1, 0]):
            return None
        there = self.ground.placed[container]
        ring = [
            p.body
            for p in self.ground.plan.placements
            if p.relation == "in" and p.anchor == container
        ]
        i, n = ring.index(stand.body.name), len(ring)
        side = min(n, 4) if float(inside[-1, 0]) > 2.1 * half else 1
        layer, slot = divmod(i, side)
        reach = 1.04 * half / math.sin(math.pi / side) if side > 1 else 0.0
        reach = min(reach, max(float(inside[-1, 0]) - half, 0.0))
        angle = 2 * math.pi * slot / side + 0.8 * layer
        level = _level_m(inside, reach + half) - float(low[2]) + 0.002
        z = level + layer * (float(high[2] - low[2]) + 0.004)
        return (
            there.foot_m[0] + reach * math.cos(angle),
            there.foot_m[1] + reach * math.sin(angle),
            z,
        )


def _level_m(inside: NDArray[np.float64], half_m: float) -> float:
    """The lowest height from which on a container is at least so wide; its rim where it never is."""
    wide = np.flatnonzero(inside[:, 0] >= half_m)
    if not len(wide):
        return float(inside[-1, 1])
    first = int(wide[0])
    if first == 0:
        return float(inside[0, 1])
    (r0, z0), (r1, z1) = inside[first - 1], inside[first]
    return float(z0 + (z1 - z0) * (half_m - r0) / max(r1 - r0, 1e-9))
