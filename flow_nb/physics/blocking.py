"""Blocking: who stands where before the shot begins. In: a `Plan`. Out: `Stand`s without their launch.

Things that happen, happen along x about the mark x = y = 0: what moves starts on the left, what is
met stands right of the middle, what leaves a table leaves it over the right edge.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from flow_nb.physics.roles import Roles
from flow_nb.physics.room import make_room
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Body, Placement, Plan

Place = tuple[float, float, float]

RUN_UP_M = 1.0
"""How far from its target something starts that rolls, slides or is thrown at it."""
EDGE_M = 0.02
"""How far inside the edge the foot of something stands that is about to leave it."""
DROP_M = 1.0
PIVOT_Z_M = 2.3
SWING_RAD = math.radians(50)
LYING = (math.sqrt(0.5), math.sqrt(0.5), 0.0, 0.0)


class Blocking:
    """Works out the marks one by one; `stands` holds what has been placed, in the plan's order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.roles = Roles(plan)
        self.rng = np.random.default_rng([plan.seed, 1])
        self.placed: dict[str, Stand] = {}
        self._place_furniture()
        for body in sorted(self.roles.free, key=self.roles.turn):
            self._place(body)

    @property
    def stands(self) -> tuple[Stand, ...]:
        """All bodies, in the plan's order."""
        return tuple(self.placed[body.name] for body in self.plan.bodies)

    def top_m(self, anchor: str) -> float:
        """Height of the surface that an anchor offers."""
        if anchor == WORLD:
            return 0.0
        stand = self.placed[anchor]
        surface = stand.prop.surface_m
        height = surface[2] * stand.body.scale if surface else float(stand.bounds_m[1, 2])
        return stand.foot_m[2] + height

    def half_width_m(self, anchor: str) -> float:
        """Half the extent in x of an anchor's surface; the floor's is where the action is."""
        if anchor == WORLD:
            return 0.9
        return float(self.placed[anchor].bounds_m[1, 0])

    # Furniture first, then what stands on it.

    def _place_furniture(self) -> None:
        fixed = [body for body in self.plan.bodies if body.fixed]
        leavers = {
            self.roles.anchor_of(body.name)
            for body in self.roles.free
            if self.roles.leaves(body.name)
        }
        right = 0.0
        for i, body in enumerate(sorted(fixed, key=lambda body: body.name not in leavers)):
            stand = Stand(body=body, foot_m=(0.0, 0.0, 0.0))
            half = float(stand.bounds_m[1, 0])
            if i == 0:
                x = 0.15 - half if body.name in leavers else 0.0
                right = x + half
            else:
                x = right + 0.7 + half
                right = x + half
            self._set(stand, (x, 0.0 if i == 0 else 0.1, 0.0))

    def _set(self, stand: Stand, foot_m: Place, *, held: bool = False) -> None:
        there = replace(stand, foot_m=foot_m, held=held)
        if not stand.body.fixed and stand.pivot_m is None:
            others = [s for s in self.placed.values() if not s.body.fixed and s.pivot_m is None]
            there = replace(there, foot_m=make_room(there, others))
        self.placed[stand.body.name] = there

    def _set_rolling(self, stand: Stand, foot_m: Place, cause: Action | None) -> None:
        """What rolls and is not a ball lies on its side, its axis along y."""
        is_round = stand.prop.pieces[0].shape == "sphere"
        if cause is None or cause.verb != "roll" or is_round or not stand.prop.rolls:
            self._set(stand, foot_m)
            return
        (x, y, z), (_, high) = foot_m, stand.bounds_m
        self._set(replace(stand, turn=LYING), (x, y + float(high[2]) / 2, z + float(high[0])))

    # One free body, by what the text says of it.

    def _place(self, body: Body) -> None:
        stand = Stand(body=body, foot_m=(0.0, 0.0, 0.0))
        placement, cause = self.roles.placements.get(body.name), self.roles.cause(body.name)
        if (cause and cause.verb == "swing") or (
            placement and placement.relation == "hanging from"
        ):
            self._hang(stand, cause)
        elif cause and cause.verb == "throw":
            self._set(stand, self._start_of_throw(stand, cause), held=True)
        elif body.prop == "domino" and len(self.roles.kin(body)) > 1:
            self._set(stand, self._formation(stand))
        elif self.roles.falls_freely(cause, placement):
            self._set(stand, self._start_of_fall(stand, cause, placement), held=True)
        elif self.roles.leaves(body.name) and cause:
            if self.placed[self.roles.anchor_of(body.name)].prop.name == "ramp":
                self._set_on_ramp(stand, self.placed[self.roles.anchor_of(body.name)])
            else:
                self._set_rolling(stand, self._at_edge(stand, cause), cause)
        elif cause and cause.target not in (None, WORLD):
            self._set_rolling(stand, self._run_up(stand, cause), cause)
        elif self.roles.in_formation(body):
            self._set(stand, self._formation(stand))
        else:
            self._set_rolling(stand, self._spot(stand, cause, placement), cause)

    def _start_of_fall(
        self, stand: Stand, cause: Action | None, placement: Placement | None
    ) -> Place:
        onto = self._below(stand, cause, placement)
        height = placement.height_m if placement and placement.height_m is not None else DROP_M
        fallers = self.roles.fallers
        i, n = fallers.index(stand.body.name), len(fallers)
        x, y = self._middle(onto)
        if n > 1:
            side = math.ceil(math.sqrt(n))
            gap = 1.5 * max(self._size_m(name) for name in fallers)
            jitter = self.rng.uniform(-0.12, 0.12, 2) * stand.size_m
            x += (i % side - (side - 1) / 2) * gap + jitter[0]
            y += (i // side - (side - 1) / 2) * gap + jitter[1]
            height += 0.35 * stand.size_m * (i % 5)
        return x, y, self.top_m(onto) + height

    def _size_m(self, name: str) -> float:
        return Stand(body=self.plan.body(name), foot_m=(0.0, 0.0, 0.0)).size_m

    def _below(self, stand: Stand, cause: Action | None, placement: Placement | None) -> str:
        for name in (placement.anchor if placement else None, cause.target if cause else None):
            if name and name != WORLD and name in self.placed and name != stand.body.name:
                return name
        return WORLD

    def _middle(self, anchor: str) -> tuple[float, float]:
        if anchor == WORLD:
            return (0.55, -0.1) if any(s.body.fixed for s in self.placed.values()) else (0.0, 0.0)
        return self.placed[anchor].foot_m[0], self.placed[anchor].foot_m[1]

    def _start_of_throw(self, stand: Stand, cause: Action) -> Place:
        sign = -1.0 if cause.direction == "left" else 1.0
        return (
            -sign * 1.3,
            self._lane_y(stand),
            self.top_m(self.roles.anchor_of(stand.body.name)) + 1.0,
        )

    def _at_edge(self, stand: Stand, cause: Action) -> Place:
        anchor = self.roles.anchor_of(stand.body.name)
        here = self.placed[anchor]
        sign = -1.0 if cause.direction == "left" else 1.0
        half = self.half_width_m(anchor)
        run = 0.35 if cause.verb in ("roll", "slide", "push", "throw") else 0.0
        inset = max(float(stand.bounds_m[1, 0]) + EDGE_M, 0.0) + run * min(1.0, half / 0.6)
        y = here.foot_m[1] - 0.12 + self._lane_y(stand)
        return here.foot_m[0] + sign * (half - inset), y, self.top_m(anchor)

    def _set_on_ramp(self, stand: Stand, ramp: Stand) -> None:
        """Near its high end; what is round touches it at one point, the rest lies on it."""
        length, _, height = (v * ramp.body.scale for v in ramp.prop.pieces[0].size_m)
        slope = math.atan2(height, length)
        along = 0.1 + 0.5 * stand.size_m
        x = ramp.foot_m[0] - length / 2 + along
        y = ramp.foot_m[1] + self._lane_y(stand)
        z = height - along * math.tan(slope)
        if stand.prop.pieces[0].shape == "sphere":
            radius = float(stand.bounds_m[1, 2]) / 2
            x, z = x + radius * math.sin(slope), z - radius * (1 - math.cos(slope))
        else:
            stand = replace(stand, turn=(math.cos(slope / 2), 0.0, math.sin(slope / 2), 0.0))
        self._set(stand, (x, y, z), held=True)

    def _run_up(self, stand: Stand, cause: Action) -> Place:
        target = self.placed.get(str(cause.target))
        if target is None:  # they go at each other, and this one comes first
            return -0.8, 0.0, self.top_m(self.roles.anchor_of(stand.body.name))
        mutual = self.roles.cause(target.body.name)
        sign = -1.0 if cause.direction == "left" or (mutual and target.foot_m[0] < 0) else 1.0
        anchor = self.roles.anchor_of(stand.body.name)
        if anchor == WORLD and target.foot_m[2] > 0:
            anchor = self.roles.anchor_of(target.body.name)
        room = RUN_UP_M if anchor == WORLD else self.half_width_m(anchor)
        room *= 1.6 if mutual else 1.0
        x = target.foot_m[0] - sign * (room + stand.size_m / 2)
        if anchor != WORLD:
            edge = self.half_width_m(anchor) - float(stand.bounds_m[1, 0]) - EDGE_M
            middle = self.placed[anchor].foot_m[0]
            x = min(max(x, middle - edge), middle + edge)
        return x, target.foot_m[1] + self._lane_y(stand), self.top_m(anchor)

    def _lane_y(self, stand: Stand) -> float:
        """Several of a kind that set off together keep apart in y."""
        kin = [name for name in self.roles.kin(stand.body) if self.roles.cause(name)]
        if stand.body.name not in kin or len(kin) < 2:
            return 0.0
        width = float(stand.bounds_m[1, 1] - stand.bounds_m[0, 1])
        return (kin.index(stand.body.name) - (len(kin) - 1) / 2) * 1.5 * width

    def _formation(self, stand: Stand) -> Place:
        """What is to be met: one alone, dominoes in a row, others in a triangle pointing left."""
        kin = self.roles.kin(stand.body)
        i = kin.index(stand.body.name)
        x0, y0, z = self._spot(stand, None, None, alone=True)
        low, high = stand.bounds_m
        if stand.body.prop == "domino":
            return x0 + (i - 0.7 * len(kin)) * 0.5 * float(high[2]), y0, z
        row = math.floor((math.sqrt(8 * i + 1) - 1) / 2)
        column = i - row * (row + 1) / 2
        gap = 1.25 * float(max(high[0] - low[0], high[1] - low[1]))
        return x0 + row * gap * 0.9, y0 + (column - row / 2) * gap, z

    def _spot(
        self,
        stand: Stand,
        cause: Action | None,
        placement: Placement | None,
        *,
        alone: bool = False,
    ) -> Place:
        """A free place on an anchor: what moves by itself left of its middle, the rest spread out."""
        anchor = self.roles.anchor_of(stand.body.name)
        x, y = self._middle(anchor)
        half = self.half_width_m(anchor)
        z = self.top_m(anchor)
        if placement and placement.relation in ("beside", "against", "under"):
            return self._next_to(stand, placement)
        if anchor not in (WORLD,) and not self.placed[anchor].body.fixed:
            return x, y, z
        if alone:
            return x + (0.3 if anchor == WORLD else 0.25) * half, y, z
        if cause:
            sign = -1.0 if cause.direction == "left" else 1.0
            return x - sign * 0.55 * half, y + self._lane_y(stand), z
        return self._spread(stand, anchor)

    def _spread(self, stand: Stand, anchor: str) -> Place:
        """In a loose row, kin by kin, a little out of line so that it looks like somebody's hand."""
        x, y = self._middle(anchor)
        names = [b.name for b in self.roles.free if self.roles.rests_on(b.name, anchor)]
        i, n = names.index(stand.body.name), len(names)
        width = max(self._size_m(name) for name in names)
        gap = max(min(1.4 * width, 1.8 * self.half_width_m(anchor) / n), 1.05 * stand.size_m)
        wobble = self.rng.uniform(-1, 1) * 0.2 * stand.size_m if n > 1 else 0.0
        return x + (i - (n - 1) / 2) * gap, y + wobble, self.top_m(anchor)

    def _next_to(self, stand: Stand, placement: Placement) -> Place:
        if placement.anchor == WORLD or placement.anchor not in self.placed:
            return (
                self._spread(stand, WORLD)
                if self.roles.rests_on(stand.body.name, WORLD)
                else (0, 0, 0)
            )
        other = self.placed[placement.anchor]
        if placement.relation == "under":
            return other.foot_m[0], other.foot_m[1], 0.0
        gap = 0.004 if placement.relation == "against" else 0.35 * stand.size_m
        x = other.foot_m[0] + float(other.bounds_m[1, 0] - stand.bounds_m[0, 0]) + gap
        z = 0.0 if other.body.fixed else other.foot_m[2]
        return x, other.foot_m[1], z

    def _hang(self, stand: Stand, cause: Action | None) -> None:
        swings = cause is not None and cause.verb == "swing"
        sign = -1.0 if cause is not None and cause.direction == "left" else 1.0
        angle = sign * SWING_RAD if swings else 0.0
        target = self.placed.get(cause.target or "") if cause else None
        x, y, low = 0.0, 0.0, 0.55
        if target is not None:
            reach = float(stand.bounds_m[1, 0] - target.bounds_m[0, 0])
            x, y = target.foot_m[0] - sign * (reach + 0.01), target.foot_m[1]
            middle = target.foot_m[2] + 0.6 * float(target.bounds_m[1, 2])
            low = max(0.03, middle - float(stand.bounds_m[1, 2]) / 2)
        length = PIVOT_Z_M - low
        foot = (x - length * math.sin(angle), y, PIVOT_Z_M - length * math.cos(angle))
        turn = (math.cos(angle / 2), 0.0, math.sin(angle / 2), 0.0)
        stand = replace(stand, turn=turn, pivot_m=(x, y, PIVOT_Z_M))
        self._set(stand, foot, held=swings)
