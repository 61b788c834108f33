"""Who stands where already. In: `Stand`s one by one. Out: tops, widths and free marks for the next one."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.mechanisms.hollow import inner_m, is_hollow
from flow_nb.physics.roles import Roles
from flow_nb.physics.room import box_m, make_room
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Body, Plan
from flow_nb.props.archetypes import sets

Place = tuple[float, float, float]

STAGE_X_M = 2.4
STAGE_Y_M = 1.4
FLOOR_HALF_M = 0.9
"""Half the width of the floor on which things happen."""
ON_FLOOR_M = 0.05


class Ground:
    """The marks given so far; `placed` goes by name."""

    def __init__(self, plan: Plan, roles: Roles) -> None:
        self.plan = plan
        self.roles = roles
        self.placed: dict[str, Stand] = {}

    def top_m(self, anchor: str) -> float:
        """Height of the surface that an anchor offers."""
        if anchor == WORLD:
            return 0.0
        stand = self.placed[anchor]
        if stand.prop.cloth is not None and not stand.body.fixed:
            return stand.foot_m[2]
        surface = stand.prop.surface_m
        height = surface[2] * stand.body.scale if surface else float(stand.bounds_m[1, 2])
        return stand.foot_m[2] + height

    def half_width_m(self, anchor: str) -> float:
        """Half the extent in x of an anchor's surface; the floor's is where the action is."""
        if anchor == WORLD:
            return FLOOR_HALF_M
        return float(self.placed[anchor].bounds_m[1, 0])

    def half_depth_m(self, anchor: str) -> float:
        """Half the extent in y of an anchor's surface."""
        return STAGE_Y_M if anchor == WORLD else float(self.placed[anchor].bounds_m[1, 1])

    def middle(self, anchor: str) -> tuple[float, float]:
        """The middle of an anchor's surface; the floor's is beside the furniture that is in its way."""
        if anchor != WORLD:
            return self.placed[anchor].foot_m[0], self.placed[anchor].foot_m[1]
        return (0.55, -0.1) if any(self._at_mark(s) for s in self.placed.values()) else (0.0, 0.0)

    def landing(self, anchor: str) -> Place:
        """Where something falls on an anchor: its middle, or the raised end of what is tilted."""
        x, y = self.middle(anchor)
        z = self.top_m(anchor)
        hinge = self.placed[anchor].prop.hinge if anchor != WORLD else None
        if hinge is None or not hinge.rest_deg:
            return x, y, z
        out = 0.8 * self.half_width_m(anchor)
        tilt = math.radians(hinge.rest_deg)
        return x - math.copysign(out, tilt), y, z + out * math.sin(abs(tilt))

    @staticmethod
    def _at_mark(stand: Stand) -> bool:
        """Whether furniture stands where things happen, and not behind it."""
        return stand.body.fixed and float(box_m(stand)[0, 1]) < 0.3

    def inside_m(self, container: str) -> NDArray[np.float64] | None:
        """The inside of a container from its floor to its rim, (n, 2) as free half width and height in
        the world; None where it has no inside."""
        stand = self.placed[container]
        pieces = [piece for piece in stand.prop.pieces if is_hollow(piece)]
        if not pieces or stand.prop.surface_m is not None:
            return None
        inside = inner_m(pieces[0], stand.body.scale)
        inside[:, 1] += stand.foot_m[2]
        return inside

    def size_m(self, name: str) -> float:
        """The longest dimension of a body that may not be placed yet."""
        return self.bare(self.plan.body(name)).size_m

    @staticmethod
    def bare(body: Body) -> Stand:
        """A body that has no mark yet."""
        return Stand(body=body, foot_m=(0.0, 0.0, 0.0))

    def put(self, stand: Stand, foot_m: Place, *, held: bool = False, exact: bool = False) -> None:
        """Gives a body its mark, moved aside where somebody stands already; ``exact`` keeps it."""
        there = replace(stand, foot_m=foot_m, held=held)
        laid = stand.prop.cloth is not None
        if not exact and not laid and not stand.body.fixed and stand.pivot_m is None:
            there = replace(there, foot_m=make_room(there, self._in_the_way(there)))
        self.placed[stand.body.name] = there

    def _in_the_way(self, stand: Stand) -> list[Stand]:
        """Free bodies; furniture too for what stands on the floor and is not told to be under it."""
        relation = getattr(self.roles.placements.get(stand.body.name), "relation", "")
        low = stand.foot_m[2] < ON_FLOOR_M and relation not in ("under", "in", "around")
        mine = self.roles.anchor_of(stand.body.name)
        return [
            other
            for name, other in self.placed.items()
            if name != mine
            and (other.prop.cloth is None or other.body.fixed)
            and other.pivot_m is None
            and (low or not other.body.fixed)
            and other.prop.name != "ramp"
        ]

    def clamp(self, stand: Stand, foot_m: Place) -> Place:
        """A mark on the floor, brought to where the camera can see it and no wall stands."""
        row, (low, high) = sets()[self.plan.set.kind], stand.bounds_m
        left = -STAGE_X_M if row.left_x_m is None else max(-STAGE_X_M, row.left_x_m - low[0] + 0.05)
        back = STAGE_Y_M if row.back_y_m is None else min(STAGE_Y_M, row.back_y_m - high[1] - 0.05)
        right = STAGE_X_M
        if row.right_x_m is not None:
            right = min(STAGE_X_M, row.right_x_m - float(high[0]) - 0.05)
        x = min(max(foot_m[0], float(left)), right)
        return x, min(max(foot_m[1], -STAGE_Y_M), max(float(back), 0.0)), foot_m[2]

    def box_m(self, name: str) -> NDArray[np.float64]:
        """Lowest and highest corner in the world of a placed body, (2, 3)."""
        return box_m(self.placed[name])
