"""Where persons, animals and vehicles begin. In: who does what, who stands where. Out: their marks.

They are moved by others; here they get room, and a place from which what they do can be done.
"""

from __future__ import annotations

import numpy as np

from flow_nb.physics.beside import Beside
from flow_nb.physics.crest import crest_m
from flow_nb.physics.ground import Ground, Place
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Direction

WALKS = ("walk", "run", "crawl", "swim", "drive", "fly", "slide", "climb", "roll")
FACING = ("pour",)
"""Work at a table that is seen from its other side."""
APPROACH_M = 1.8
RUN_M, BEHIND_M = 2.4, 5.0
"""Where a run-up begins; how far behind everything large things fly past."""
REACH_M = 0.38
NEAR_M = 0.75
ELBOW_M = 0.85
LARGE_M = 2.3
"""What is larger is passed before, not walked up to."""


class Company:
    """Marks for actors, one by one."""

    def __init__(self, ground: Ground, beside: Beside) -> None:
        self.ground = ground
        self.beside = beside

    def place(self, stand: Stand) -> None:
        """Gives an actor its mark."""
        roles, name = self.ground.roles, stand.body.name
        where = roles.relatives.get(name) or roles.placements.get(name)
        deed = next((a for a in roles.told if name in (a.agent, a.body)), None)
        if where is not None and where.anchor in self.ground.placed:
            foot = self._told(stand, where.relation, where.anchor)
        elif deed is not None:
            foot = self._for_deed(stand, deed)
        else:
            foot = self._spread(stand)
        foot = self.ground.clamp(stand, self._apart(stand, foot))
        self.ground.put(stand, foot)

    def _apart(self, stand: Stand, foot: Place) -> Place:
        """An elbow's width from those who were given the same place."""
        x, y, z = foot
        if stand.prop.kind != "figure":
            return foot
        there = [s.foot_m for s in self.ground.placed.values() if s.prop.kind == "figure"]
        side = -1.0 if x > 0 else 1.0
        while any(abs(x - a) < 0.7 * ELBOW_M and abs(y - b) < 0.5 * ELBOW_M for a, b, _ in there):
            x += side * 0.8 * ELBOW_M
        return x, y, z

    def _told(self, stand: Stand, relation: str, anchor: str) -> Place:
        """As the text says; on a large thing, else by it."""
        placement = next(
            p
            for p in self.ground.plan.placements
            if p.body == stand.body.name and p.relation == relation and p.anchor == anchor
        )
        if relation in ("on", "edge of", "in", "above", "hanging from"):
            x, y = self.ground.middle(anchor)
            offers = self.ground.placed[anchor].prop.surface_m is not None
            if offers and anchor not in self.ground.roles.actors and relation in ("on", "edge of"):
                return x, y, self.ground.top_m(anchor)
            if anchor in self.ground.roles.actors:
                return self._beside_of(stand, anchor, -1.0)
            under = self.ground.placed[anchor]
            if stand.prop.kind == "animal" and relation == "on" and not offers:
                return x, y, under.foot_m[2] + crest_m(under.prop, under.body.scale)
            low, _ = self.ground.box_m(anchor)
            return x, float(low[1] - stand.bounds_m[1, 1]) - 0.15, 0.0
        return self.beside.foot_m(stand, placement)

    def _for_deed(self, stand: Stand, deed: Action) -> Place:
        roles, name = self.ground.roles, stand.body.name
        sign = _sign(deed.direction)
        thing = deed.body if deed.agent == name and deed.body != name else None
        if deed.verb == "catch" and thing is not None:
            return 1.1, 0.1, 0.0
        if thing is not None and thing in self.ground.placed and not roles.in_hand(deed):
            if thing in roles.actors:
                return self._beside_of(stand, thing, -sign)
            return self._reach(stand, thing, sign, behind=deed.verb in FACING)
        goal = next((n for n in (deed.target, deed.source) if n in self.ground.placed), None)
        if deed.verb in WALKS and deed.body == name:
            return self._way(stand, deed, goal, sign)
        if deed.verb == "throw":
            x = self.ground.placed[goal].foot_m[0] - sign * 2.4 if goal else -sign * 1.3
            return max(min(x, 2.0), -2.0), 0.0, 0.0
        if goal is None or goal == WORLD:
            return self._spread(stand)
        if deed.verb in ("sit", "lie"):
            return self._before(stand, goal)
        if goal in roles.actors:
            return self._beside_of(stand, goal, -sign)
        far = NEAR_M if deed.verb in ("look", "point", "wave", "turn", "gesture") else REACH_M
        return self._reach(stand, goal, sign, far)

    def _way(self, stand: Stand, deed: Action, goal: str | None, sign: float) -> Place:
        """At the beginning of the way, so that its end is in the picture."""
        lane = 0.45 * self._rank(stand)
        if deed.direction in ("toward camera", "forward"):
            return lane, 1.2, 0.0
        if deed.direction in ("away", "backward"):
            return lane, -1.2, 0.0
        if goal is None:
            back = BEHIND_M if deed.verb == "fly" and stand.size_m > LARGE_M else -0.1
            far = RUN_M if self._leaps_next(deed) else 1.5
            return -sign * far, back - lane, 0.0
        if self.ground.placed[goal].size_m > LARGE_M:
            return -sign * 1.9, -0.9 - lane, 0.0
        low, high = self.ground.box_m(goal)
        leaves = deed.source == goal and deed.target in (None, WORLD)
        if leaves:
            x = float(high[0] if sign > 0 else low[0]) + sign * 0.5
            return x, float(low[1]) - 0.3, 0.0
        edge = float(low[0] if sign > 0 else high[0])
        y = min(float(low[1] + high[1]) / 2, 0.5)
        return edge - sign * APPROACH_M, y - lane, 0.0

    def _leaps_next(self, deed: Action) -> bool:
        """Whether the same one jumps over something or kicks it after that: it needs a run-up."""
        return any(
            a.start_s > deed.start_s
            and a.verb in ("jump", "kick")
            and deed.body in (a.agent, a.body)
            for a in self.ground.roles.told
        )

    def _rank(self, stand: Stand) -> int:
        """How many actors of the same kind have a mark already."""
        return sum(
            1
            for name, other in self.ground.placed.items()
            if name in self.ground.roles.actors and other.body.noun == stand.body.noun
        )

    def _reach(
        self, stand: Stand, thing: str, sign: float, far_m: float = REACH_M, *, behind: bool = False
    ) -> Place:
        """Behind a thing, seen the way it is to go, an arm's length away; before a table's front, or
        ``behind`` it, with the face to the camera."""
        low, high = self.ground.box_m(thing)
        support = self.ground.roles.anchor_of(thing)
        y = float(low[1] + high[1]) / 2
        if support != WORLD and support in self.ground.placed:
            table = self.ground.box_m(support)
            x = float(low[0] + high[0]) / 2 - sign * 0.1
            if behind:
                return x, float(table[1, 1] - stand.bounds_m[0, 1]) + 0.1, 0.0
            return x, float(table[0, 1]) - float(stand.bounds_m[1, 1]) - 0.12, 0.0
        half = min(float(np.ptp(stand.bounds_m[:, 0])) / 2, 1.5)
        x = float(low[0] if sign > 0 else high[0]) - sign * (half + far_m)
        return x, min(y + 0.06, 1.0), 0.0

    def _before(self, stand: Stand, seat: str) -> Place:
        low, high = self.ground.box_m(seat)
        y = float(low[1]) - float(stand.bounds_m[1, 1]) - 0.1
        return float(low[0] + high[0]) / 2, y, 0.0

    def _beside_of(self, stand: Stand, other: str, side: float) -> Place:
        """An arm's length from somebody else."""
        low, high = self.ground.box_m(other)
        half = float(np.ptp(stand.bounds_m[:, 0])) / 2
        edge = float(low[0]) if side < 0 else float(high[0])
        return edge + side * (half + 0.35), self.ground.placed[other].foot_m[1], 0.0

    def _spread(self, stand: Stand) -> Place:
        """Those who are given no place stand in a loose row, in the plan's order."""
        roles = self.ground.roles
        idle = [b.name for b in self.ground.plan.bodies if b.name in roles.actors]
        i, n = idle.index(stand.body.name), len(idle)
        width = max(
            float(np.ptp(self.ground.bare(self.ground.plan.body(m)).bounds_m[:, 0])) for m in idle
        )
        gap = min(max(ELBOW_M, 1.2 * width), 4.4 / max(n - 1, 1))
        behind = any(s.body.fixed for s in self.ground.placed.values())
        y = (0.15 if i % 2 else 0.0) + (-0.75 if behind and n > 1 else 0.0)
        return (i - (n - 1) / 2) * gap, y, 0.0


def _sign(direction: Direction | None) -> float:
    return -1.0 if direction == "left" else 1.0
