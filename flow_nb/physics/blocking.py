"""Blocking: who stands where before the shot begins. In: a `Plan`. Out: `Stand`s without their launch.

Things that happen, happen along x about the mark x = y = 0: what moves starts on the left, what is
met stands right of the middle, what leaves a table leaves it over the right edge.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from flow_nb.physics.beside import Beside
from flow_nb.physics.company import Company
from flow_nb.physics.furniture import place_furniture
from flow_nb.physics.ground import Ground, Place
from flow_nb.physics.liquids.cast import FULL
from flow_nb.physics.liquids.vessel import vessel
from flow_nb.physics.mechanisms.dangling import hung
from flow_nb.physics.roles import LAUNCHED, Roles
from flow_nb.physics.stand import Stand
from flow_nb.physics.starts import LYING, Starts
from flow_nb.plan.plan import WORLD, Action, Body, Placement, Plan

HAND_M = 0.3
FRONTS = ("laptop", "typewriter", "keyboard")


class Blocking:
    """Works out the marks one by one; `stands` holds what has been placed, in the plan's order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.roles = Roles(plan)
        self.ground = Ground(plan, self.roles)
        self.beside = Beside(self.ground)
        self.company = Company(self.ground, self.beside)
        self.starts = Starts(self.ground, np.random.default_rng([plan.seed, 1]))
        self.rng = self.starts.rng
        self.warnings: list[str] = []
        order = self.roles.order()
        place_furniture(self.ground, self.beside.foot_m)
        for body in order:
            if body.name in self.placed:
                continue
            if body.name in self.roles.actors:
                self.company.place(Ground.bare(body))
            else:
                self._place(body)
        self._turn_to_users()

    @property
    def placed(self) -> dict[str, Stand]:
        """The marks given so far, by name."""
        return self.ground.placed

    @property
    def stands(self) -> tuple[Stand, ...]:
        """All bodies, in the plan's order."""
        return tuple(
            replace(self.placed[b.name], hollow=b.name in self.roles.containers)
            for b in self.plan.bodies
        )

    def _turn_to_users(self) -> None:
        """What is worked with where it stands shows its front (-y) to who works with it, by quarter
        turns."""
        for action in self.plan.actions:
            named = (action.body, action.target, action.instrument)
            things = [n for n in named if n in self.placed and self.placed[n].prop.name in FRONTS]
            users = [n for n in (action.agent, action.body) if n in self.roles.actors]
            if action.verb != "handle" or not things or not users:
                continue
            stand, user = self.placed[things[0]], self.placed[users[0]]
            x, y = (b - a for a, b in zip(stand.foot_m[:2], user.foot_m[:2], strict=True))
            quarters = round((math.atan2(y, x) + math.pi / 2) / (math.pi / 2)) % 4
            half = quarters * math.pi / 4
            turn = (math.cos(half), 0.0, 0.0, math.sin(half))
            self.placed[things[0]] = replace(stand, turn=turn)

    # One free thing, by what the text says of it.

    def _place(self, body: Body) -> None:
        stand, name = Ground.bare(body), body.name
        placement, cause = self.roles.placements.get(name), self.roles.cause(name)
        launched = cause is not None and cause.verb in LAUNCHED
        if stand.prop.kind == "cord":
            self._place_cord(stand, cause, placement)
        elif cord := self._cord_of(placement):
            self.starts.tie_to(stand, cord)
        elif (cause and cause.verb == "swing") or (
            placement and placement.relation == "hanging from"
        ):
            self.starts.hang(stand, cause)
        elif placement and placement.relation == "in" and self._put_inside(stand, placement):
            return
        elif (held := self._in_hand_of(name)) and held in self.placed:
            self._set_by_hand(stand, held)
        elif cause and cause.verb == "throw":
            self.ground.put(stand, self.starts.of_throw(stand, cause), held=True)
        elif body.prop == "domino" and len(self.roles.kin(body)) > 1:
            self.ground.put(stand, self._formation(stand))
        elif self.roles.falls_freely(cause, placement):
            start = self.starts.of_fall(stand, cause, placement)
            self.ground.put(stand, start, held=True)
        elif self.roles.leaves(name) and cause:
            self._put_leaving(stand, cause)
        elif launched and cause and cause.target not in (None, WORLD):
            self.starts.rolling(stand, self.starts.run_up(stand, cause), cause)
        elif self.roles.in_formation(body) and name not in self.roles.relatives:
            self.ground.put(stand, self._formation(stand))
        else:
            self.starts.rolling(stand, self._spot(stand, cause), cause)

    def _place_cord(self, stand: Stand, cause: Action | None, placement: Placement | None) -> None:
        """Hung up, or laid out."""
        if hung(self.plan, stand.body.name):
            self.starts.hang_cord(stand)
            return
        falls = self.roles.falls_freely(cause, placement)
        foot = self.starts.of_fall(stand, cause, placement) if falls else self._spot(stand, cause)
        self.ground.put(replace(stand, turn=LYING), foot, exact=True)

    def _cord_of(self, placement: Placement | None) -> Stand | None:
        """The cord of the plan that it hangs from."""
        if placement is None or placement.relation != "hanging from":
            return None
        cord = self.placed.get(placement.anchor)
        return cord if cord is not None and cord.prop.kind == "cord" else None

    def _put_inside(self, stand: Stand, placement: Placement) -> bool:
        """Into a container; what is too large for it is put on it, and said to be."""
        anchor = placement.anchor
        if anchor not in self.placed or anchor in self.roles.actors:
            return False
        foot = self.beside.inside(stand, anchor)
        if foot is not None:
            self.ground.put(stand, self._afloat(stand, foot, anchor), exact=True)
            return True
        if self.ground.inside_m(anchor) is not None:
            noun, other = stand.body.noun, self.placed[anchor].body.noun
            self.warnings.append(
                f"The {noun} is too large for the {other}: it is put on top of it."
            )
        return False

    def _afloat(self, stand: Stand, foot: Place, container: str) -> Place:
        """What floats in a filled vessel begins half out of the water."""
        cause, there = self.roles.cause(stand.body.name), self.placed[container]
        held = vessel(there) if there.body.filled and cause and cause.verb == "float" else None
        if held is None:
            return foot
        level = there.foot_m[2] + held.level_m(FULL * held.volume_m3)
        middle = float(stand.bounds_m[:, 2].mean())
        return foot[0], foot[1], max(foot[2], level - middle)

    def _put_leaving(self, stand: Stand, cause: Action) -> None:
        anchor = self.placed[self.roles.anchor_of(stand.body.name)]
        if anchor.prop.name == "ramp":
            self.starts.on_ramp(stand, anchor, rolls=cause.verb == "roll")
        else:
            self.starts.rolling(stand, self.starts.at_edge(stand, cause), cause)

    def _in_hand_of(self, name: str) -> str | None:
        """The actor that has it in hand when the shot begins."""
        for action in self.roles.told:
            if action.body == name and self.roles.in_hand(action):
                return action.agent
        return None

    def _set_by_hand(self, stand: Stand, actor: str) -> None:
        """On the floor beside its holder, who takes it from there."""
        low, high = self.ground.box_m(actor)
        x = float(high[0] - stand.bounds_m[0, 0]) + 0.1
        self.ground.put(stand, (x, float(low[1] + high[1]) / 2 - HAND_M, 0.0))

    def _formation(self, stand: Stand) -> Place:
        """What is to be met: one alone, dominoes in a row, others in a triangle pointing left."""
        kin = self.roles.kin(stand.body)
        i = kin.index(stand.body.name)
        x0, y0, z = self._alone(stand)
        low, high = stand.bounds_m
        if stand.body.prop == "domino":
            return x0 + (i - 0.7 * len(kin)) * 0.5 * float(high[2]), y0, z
        row = math.floor((math.sqrt(8 * i + 1) - 1) / 2)
        column = i - row * (row + 1) / 2
        gap = 1.25 * float(max(high[0] - low[0], high[1] - low[1]))
        return x0 + row * gap * 0.9, y0 + (column - row / 2) * gap, z

    def _alone(self, stand: Stand) -> Place:
        """Right of the middle of what it stands on."""
        anchor = self.roles.anchor_of(stand.body.name)
        if anchor != WORLD and not self.placed[anchor].body.fixed:
            return self._stacked(stand, anchor)
        x, y = self.ground.middle(anchor)
        share = 0.3 if anchor == WORLD else 0.25
        return x + share * self.ground.half_width_m(anchor), y, self.ground.top_m(anchor)

    def _stacked(self, stand: Stand, anchor: str) -> Place:
        x, y = self.ground.middle(anchor)
        return x, y, self.ground.top_m(anchor)

    def _spot(self, stand: Stand, cause: Action | None) -> Place:
        """A free place on an anchor: what moves by itself left of its middle, the rest spread out."""
        name = stand.body.name
        anchor = self.roles.anchor_of(name)
        where = self.roles.relatives.get(name) or self.roles.placements.get(name)
        if where and where.relation not in ("on", "edge of", "in"):
            if where.anchor in self.placed:
                return self.beside.foot_m(stand, where)
            if where.relation == "around":
                return self.beside.foot_m(stand, where)
        if anchor in self.placed and self.placed[anchor].prop.cloth is not None:
            return self._laid_on(stand, anchor)
        if anchor != WORLD and not self.placed[anchor].body.fixed:
            return self._stacked(stand, anchor)
        if stand.prop.cloth is not None:
            return *self.ground.middle(anchor), self.ground.top_m(anchor)
        if cause and cause.verb in LAUNCHED:
            x, y = self.ground.middle(anchor)
            sign = -1.0 if cause.direction == "left" else 1.0
            x -= sign * 0.55 * self.ground.half_width_m(anchor)
            return x, y + self.starts.lane_y(stand), self.ground.top_m(anchor)
        if anchor != WORLD and where and where.relation == "edge of":
            return self._idle_at_edge(stand, anchor)
        return self._spread(stand, anchor)

    def _laid_on(self, stand: Stand, cloth: str) -> Place:
        """On a cloth things stand as they would on what it covers."""
        x, y, z = self._spread(stand, cloth)
        return x, y, z + 0.0005

    def _idle_at_edge(self, stand: Stand, anchor: str) -> Place:
        x, y = self.ground.middle(anchor)
        inset = float(stand.bounds_m[1, 0]) + 0.02
        front = min(0.12, 0.3 * self.ground.half_depth_m(anchor))
        return x + self.ground.half_width_m(anchor) - inset, y - front, self.ground.top_m(anchor)

    def _spread(self, stand: Stand, anchor: str) -> Place:
        """In a loose row, kin by kin, a little out of line so that it looks like somebody's hand."""
        x, y = self.ground.middle(anchor)
        names = [b.name for b in self.roles.free if self.roles.rests_on(b.name, anchor)]
        if stand.body.name not in names:
            names = [*names, stand.body.name]
        i, n = names.index(stand.body.name), len(names)
        width = max(self.ground.size_m(name) for name in names)
        room = 1.8 * self.ground.half_width_m(anchor)
        room = 2 * room if anchor == WORLD and n > 4 else room
        gap = max(min(1.4 * width, room / n), 1.05 * stand.size_m)
        wobble = self.rng.uniform(-1, 1) * 0.2 * stand.size_m if n > 1 else 0.0
        return x + (i - (n - 1) / 2) * gap, y + wobble, self.ground.top_m(anchor)
