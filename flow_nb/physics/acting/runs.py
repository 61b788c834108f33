"""What each animal and vehicle does when. In: a plan's actions. Out: `Run`s that carry them out in their time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.errands import errand_for, refuse
from flow_nb.physics.acting.figure import Script
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.movers import Mover, heading_of
from flow_nb.physics.acting.telling import over, telling
from flow_nb.physics.acting.travel import MEETS
from flow_nb.physics.acting.turns import Vec, sub
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

STILL = ("rest",)
ASIDE_RAD = -0.9
"""Who rests looks half to the camera."""
UP_M = 0.3
"""What stands higher is not reached from the floor."""


@dataclass(slots=True)
class Run:
    """One mover's actions, one after the other."""

    company: Company
    mover: Mover
    cues: list[Action]
    doing: Script | None = None

    def take_mark(self) -> None:
        """Where it begins: what flies in the air; what only goes, at the beginning of its way."""
        first = self.cues[0] if self.cues else None
        mover = self.mover
        mover.at_m = mover.stand.foot_m
        if first is None:
            return
        x, y, z = mover.at_m
        placement = {p.body: p for p in self.company.plan.placements}.get(mover.name)
        told = placement is not None and placement.origin.provenance == "literal"
        moves = first.verb in (
            "walk",
            "run",
            "drive",
            "fly",
            "swim",
            "roll",
            "slide",
            "float",
            *MEETS,
        )
        if moves and not told and abs(x) < 0.6 and first.target in (None, WORLD) and not first.path:
            way = WAYS.get(first.direction or "right", (0.0, 0.0, 0.0))
            far = 1.4 + 0.4 * mover.length_m
            x, y = x - far * way[0], y - 0.5 * far * way[1]
        if moves and not told:
            x, y = self._off(first, x, y)
        lifted = (
            placement is not None
            and placement.anchor != WORLD
            and placement.relation in ("on", "edge of", "above")
        )
        airborne = first.verb in ("fly", "float") and first.direction != "up"
        if (airborne or first.verb == "swim") and mover.going.air_m and not lifted:
            z, mover.aloft = mover.going.air_m, True
        if not told:
            x, y, z = self._perch(first, (x, y, z))
        mover.at_m = (x, y, z)
        rests = first.verb in ("sit", "lie", "rest", "stand", "gesture", "crouch")
        upon = placement is not None and placement.relation in ("on", "edge of", "in", "above")
        here = placement.anchor if upon and placement is not None else None
        mover.heading = (
            ASIDE_RAD if rests and first.target in (None, WORLD, here) else self._heading(first)
        )

    def _perch(self, first: Action, at: Vec) -> Vec:
        """What leaps down begins up there; what knocks a thing off a shelf stands beside it there."""
        live, mover = self.company.live, self.mover
        source = first.source if first.source in live.boxes else None
        if first.verb == "jump" and source is not None and source != mover.name:
            x, y, _ = live.middle(source)
            return x, y, live.top_m(source)
        thing = first.body if first.body != mover.name else first.target
        if first.verb not in MEETS or thing not in live.boxes or live.foot(thing)[2] < UP_M:
            return at
        sign = 1.0 if first.direction == "left" else -1.0
        x, y, _ = live.middle(thing)
        out = live.boxes[thing].half(0) + mover.length_m / 2 + 0.12
        return x + sign * out, y, live.foot(thing)[2]

    def _off(self, first: Action, x: float, y: float) -> tuple[float, float]:
        """Far enough from what it goes to, to its left unless it is told otherwise."""
        live = self.company.live
        for name in (first.body, first.target, *(leg.body for leg in first.path)):
            if name in (None, WORLD, self.mover.name):
                continue
            at = live.middle(str(name))
            half = live.boxes[str(name)].round_m + self.mover.length_m / 2
            if math.hypot(at[0] - x, at[1] - y) < half + 0.9:
                sign = 1.0 if first.direction == "left" else -1.0
                return at[0] + sign * (half + 1.7), at[1]
        return x, y

    def _heading(self, first: Action) -> float:
        names = (first.body, first.target, *(leg.body for leg in first.path))
        for name in names:
            if name not in (None, WORLD, self.mover.name):
                return heading_of(sub(self.company.live.middle(str(name)), self.mover.at_m))
        way = WAYS.get(first.direction or "right", (1.0, 0.0, 0.0))
        return math.atan2(way[1], way[0])

    def tick(self, time_s: float) -> None:
        """What it does at an instant."""
        self.mover.now_s = time_s
        if self.doing is None and self.cues and self.cues[0].start_s <= time_s:
            action = self.cues.pop(0)
            refuse(self.company, self.mover, action)
            self.company.tell(self.mover, "act", telling(self.mover.name, action))
            self.doing = errand_for(action)(self.company, self.mover, action)
        if self.doing is not None and over(self.doing):
            self.doing = None
        self.mover.tick(time_s)


def runs(company: Company, movers: dict[str, Mover]) -> list[Run]:
    """What every mover does: the actions that it begins itself, and those that befall it."""
    return [
        Run(company, mover, sorted(_mine(company, name), key=lambda a: a.start_s))
        for name, mover in movers.items()
    ]


def _mine(company: Company, name: str) -> list[Action]:
    return [
        action
        for action in company.plan.actions
        if not action.expected and action.verb not in STILL
        and (action.agent == name or (action.agent is None and action.body == name))
    ]  # fmt: skip
