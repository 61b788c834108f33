"""Marks of what moves. In: a body, what sets it going. Out: where it must begin for that to happen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from flow_nb.physics.ground import Ground, Place
from flow_nb.physics.mechanisms.dangling import hangs, swings
from flow_nb.physics.roles import CARRIED
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Placement

RUN_UP_M, LEAST_RUN_UP_M, RUN_UP_SIZES = 1.0, 0.25, 8.0
"""How far from its target something starts that rolls, slides or is thrown at it: small things start
nearer."""
EDGE_M = 0.02
"""How far inside the edge the foot of something stands that is about to leave it."""
DROP_M, LEAST_DROP_M, DROP_SIZES = 1.0, 0.3, 8.0
"""From how high things fall where nobody says: small ones from so many of their lengths."""
DIP_M = 0.15
ALOFT_M = 1.8
"""What flies by itself is that high when the shot begins."""
FLUTTER_M = 1.7
CLEAR_M = 0.3
CLEAR_RAMP_M = 0.001
OVER_M = 0.35
HUNG_M = 0.45
"""How far above a table a lamp hangs."""
PIVOT_Z_M = 2.3
SWING_RAD = math.radians(50)
ONTO = ("over", "onto", "on", "into", "in")
LYING = (math.sqrt(0.5), math.sqrt(0.5), 0.0, 0.0)


def _below(hook_m: Place, long_m: float, angle_rad: float) -> Place:
    """The lower end of what hangs from a hook, swung out to the left by an angle."""
    x, y, z = hook_m
    return x - long_m * math.sin(angle_rad), y, z - long_m * math.cos(angle_rad)


def _drop_m(stand: Stand) -> float:
    """What breaks falls as far as it takes to break it."""
    if stand.breaks_at_m_s is not None:
        return DROP_M
    return min(DROP_M, LEAST_DROP_M + DROP_SIZES * stand.size_m)


class Starts:
    """Works out marks on a `Ground`; chance comes from ``rng``."""

    def __init__(self, ground: Ground, rng: np.random.Generator) -> None:
        self.ground = ground
        self.roles = ground.roles
        self.rng = rng

    def rolling(self, stand: Stand, foot_m: Place, cause: Action | None) -> None:
        """Puts it there; what rolls and is not a ball lies on its side, its axis along y."""
        is_round = stand.prop.pieces[0].shape == "sphere"
        if cause is None or cause.verb != "roll" or is_round or not stand.prop.rolls:
            self.ground.put(stand, foot_m)
            return
        (x, y, z), (_, high) = foot_m, stand.bounds_m
        lying = replace(stand, turn=LYING)
        self.ground.put(lying, (x, y + float(high[2]) / 2, z + float(high[0])))

    def of_fall(self, stand: Stand, cause: Action | None, placement: Placement | None) -> Place:
        """In the air above what is below it; several of them apart."""
        onto = self._below(stand, cause, placement)
        usual = FLUTTER_M if cause is not None and cause.verb == "flutter" else _drop_m(stand)
        if cause is not None and cause.verb == "sink":
            usual = DIP_M
        if stand.prop.cloth is not None or (cause is not None and cause.verb in CARRIED):
            usual = OVER_M
        height = usual
        if stand.prop.flies and cause is not None and cause.verb == "fly":
            height = ALOFT_M
        elif placement is not None and placement.height_m is not None:
            unsaid = placement.origin.provenance != "literal" and placement.height_m == DROP_M
            height = min(usual, DROP_M) if unsaid else placement.height_m
        below = str(placement.anchor if placement else (cause.target if cause else None) or WORLD)
        fallers = [n for n in self.roles.fallers if self._lands_on(n) == below]
        fallers = fallers if stand.body.name in fallers else self.roles.fallers
        i, n = fallers.index(stand.body.name), len(fallers)
        x, y, level = self.ground.landing(onto)
        if n > 1:
            side = math.ceil(math.sqrt(n))
            gap = 1.5 * max(self.ground.size_m(name) for name in fallers)
            jitter = self.rng.uniform(-0.12, 0.12, 2) * stand.size_m
            if onto in self.roles.containers:
                gap, height = 0.0, height + 1.3 * stand.size_m * i
            x += (i % side - (side - 1) / 2) * gap + jitter[0]
            y += (i // side - (side - 1) / 2) * gap + jitter[1]
            height += 0.35 * stand.size_m * (i % 5)
        return x, y, level + height

    def _lands_on(self, name: str) -> str:
        cause, placement = self.roles.cause(name), self.roles.placements.get(name)
        return str(placement.anchor if placement else (cause.target if cause else None) or WORLD)

    def _below(self, stand: Stand, cause: Action | None, placement: Placement | None) -> str:
        legs = [leg.body for leg in cause.path if leg.way in ONTO] if cause else []
        told = [cause.target if cause else None, *legs, placement.anchor if placement else None]
        for name in told:
            if name and name != WORLD and name in self.ground.placed and name != stand.body.name:
                return name
        return WORLD

    def of_throw(self, stand: Stand, cause: Action) -> Place:
        """At the height of a hand, to the side that it does not go to."""
        sign = -1.0 if cause.direction == "left" else 1.0
        anchor = self.roles.anchor_of(stand.body.name)
        target = self.ground.placed.get(cause.target or "")
        x = target.foot_m[0] - sign * 1.9 if target else -sign * 1.3
        y = target.foot_m[1] if target else 0.0
        return x, y + self.lane_y(stand), self.ground.top_m(anchor) + 1.0

    def at_edge(self, stand: Stand, cause: Action) -> Place:
        """On what it is to leave, so far from the edge as its way of leaving needs."""
        anchor = self.roles.anchor_of(stand.body.name)
        here = self.ground.placed[anchor]
        sign = -1.0 if cause.direction == "left" else 1.0
        half = self.ground.half_width_m(anchor)
        run = 0.35 if cause.verb in ("roll", "slide", "push", "throw", "kick", "hit") else 0.0
        inset = max(float(stand.bounds_m[1, 0]) + EDGE_M, 0.0) + run * min(1.0, half / 0.6)
        y = here.foot_m[1] - min(0.12, 0.3 * self.ground.half_depth_m(anchor)) + self.lane_y(stand)
        return here.foot_m[0] + sign * (half - inset), y, self.ground.top_m(anchor)

    def on_ramp(self, stand: Stand, ramp: Stand, *, rolls: bool = False) -> None:
        """Near its high end; what is round touches it at one point, the rest lies on it."""
        length, _, height = (v * ramp.body.scale for v in ramp.prop.pieces[0].size_m)
        slope = math.atan2(height, length)
        along = 0.1 + 0.5 * stand.size_m
        x = ramp.foot_m[0] - length / 2 + along
        y = ramp.foot_m[1] + self.lane_y(stand)
        z = height - along * math.tan(slope)
        radius = float(stand.bounds_m[1, 2]) / 2
        if stand.prop.pieces[0].shape == "sphere":
            x, z = x + radius * math.sin(slope), z - radius * (1 - math.cos(slope))
        elif stand.prop.rolls and rolls:
            (_, high), radius = stand.bounds_m, float(stand.bounds_m[1, 0])
            stand = replace(stand, turn=LYING)
            y += float(high[2]) / 2
            x, z = x + radius * math.sin(slope), z + radius * math.cos(slope) + CLEAR_RAMP_M
        else:
            stand = replace(stand, turn=(math.cos(slope / 2), 0.0, math.sin(slope / 2), 0.0))
            x, z = x + CLEAR_RAMP_M * math.sin(slope), z + CLEAR_RAMP_M * math.cos(slope)
        self.ground.put(stand, (x, y, z), held=True)

    def run_up(self, stand: Stand, cause: Action) -> Place:
        """As far from its target as it needs, or as what it stands on lets it."""
        target = self.ground.placed.get(str(cause.target))
        anchor = self.roles.anchor_of(stand.body.name)
        if target is None:  # they go at each other, and this one comes first
            return -0.8, 0.0, self.ground.top_m(anchor)
        mutual = self.roles.cause(target.body.name)
        sign = -1.0 if cause.direction == "left" or (mutual and target.foot_m[0] < 0) else 1.0
        if anchor == WORLD and target.foot_m[2] > 0:
            anchor = self.roles.anchor_of(target.body.name)
        room = RUN_UP_M if anchor == WORLD else self.ground.half_width_m(anchor)
        room = min(room, LEAST_RUN_UP_M + RUN_UP_SIZES * stand.size_m)
        room *= 1.6 if mutual else 1.0
        reach = max(0.0, float(target.bounds_m[1, 0]) - 0.3)
        x = target.foot_m[0] - sign * (room + reach + stand.size_m / 2)
        if anchor != WORLD:
            edge = self.ground.half_width_m(anchor) - float(stand.bounds_m[1, 0]) - EDGE_M
            middle = self.ground.placed[anchor].foot_m[0]
            x = min(max(x, middle - edge), middle + edge)
        return x, target.foot_m[1] + self.lane_y(stand), self.ground.top_m(anchor)

    def lane_y(self, stand: Stand) -> float:
        """Several of a kind that set off together keep apart in y."""
        kin = [name for name in self.roles.kin(stand.body) if self.roles.cause(name)]
        if stand.body.name not in kin or len(kin) < 2:
            return 0.0
        width = float(stand.bounds_m[1, 1] - stand.bounds_m[0, 1])
        return (kin.index(stand.body.name) - (len(kin) - 1) / 2) * 1.5 * width

    def hang_cord(self, stand: Stand) -> None:
        """A rope by its upper end, so high that what it carries clears the floor; aside if it swings."""
        name, long = stand.body.name, float(stand.bounds_m[1, 2])
        loads = [
            p.body for p in self.ground.plan.placements if hangs(self.ground.plan, p.body, name)
        ]
        tall = max((self._tall_m(load) for load in loads), default=0.0)
        start = swings(self.ground.plan, name)
        angle = SWING_RAD if start is not None else 0.0
        x, y = self._hook_xy(stand)
        hook = (x, y, max(PIVOT_Z_M, long + tall + CLEAR_M))
        foot = _below(hook, long, angle)
        turn = (math.cos(angle / 2), 0.0, math.sin(angle / 2), 0.0)
        self.ground.put(replace(stand, turn=turn, start_s=start), foot, exact=True)

    def _tall_m(self, name: str) -> float:
        return float(self.ground.bare(self.ground.plan.body(name)).bounds_m[1, 2])

    def tie_to(self, stand: Stand, cord: Stand) -> None:
        """By its top to the lower end of a cord that has its mark."""
        angle = 2 * math.atan2(cord.turn[2], cord.turn[0])
        foot = _below(cord.foot_m, float(stand.bounds_m[1, 2]), angle)
        tied = replace(stand, turn=cord.turn, start_s=cord.start_s)
        self.ground.put(tied, foot, held=cord.start_s is not None, exact=True)

    def hang(self, stand: Stand, cause: Action | None) -> None:
        """On a cord; what swings begins aside, and meets its target at the lowest point."""
        swinging = cause is not None and cause.verb == "swing"
        sign = -1.0 if cause is not None and cause.direction == "left" else 1.0
        angle = sign * SWING_RAD if swinging else 0.0
        target = self.ground.placed.get(cause.target or "") if cause else None
        tall = float(stand.bounds_m[1, 2])
        pivot_z = max(PIVOT_Z_M, tall + 0.9)
        x, y = self._hook_xy(stand)
        low = min(0.55, pivot_z - tall - 0.3)
        placement = self.roles.placements.get(stand.body.name)
        if placement is not None and placement.height_m is not None and not swinging:
            low = min(placement.height_m, pivot_z - tall - 0.2)
        below = self._over(stand.body.name)
        if below is not None and target is None:
            x, y = self.ground.middle(below)
            low = max(low, self.ground.top_m(below) + HUNG_M)
        if target is not None:
            reach = float(stand.bounds_m[1, 0] - target.bounds_m[0, 0])
            x, y = target.foot_m[0] - sign * (reach + 0.01), target.foot_m[1]
            middle = target.foot_m[2] + 0.6 * float(target.bounds_m[1, 2])
            low = max(0.03, middle - tall / 2)
        length = pivot_z - low
        foot = (x - length * math.sin(angle), y, pivot_z - length * math.cos(angle))
        turn = (math.cos(angle / 2), 0.0, math.sin(angle / 2), 0.0)
        stand = replace(stand, turn=turn, pivot_m=(x, y, pivot_z))
        self.ground.put(stand, foot, held=swinging)

    def _over(self, name: str) -> str | None:
        """The body above which the text has it hang."""
        return next(
            (
                p.anchor
                for p in self.ground.plan.placements
                if (p.body, p.relation) == (name, "above") and p.anchor in self.ground.placed
            ),
            None,
        )

    def _hook_xy(self, stand: Stand) -> tuple[float, float]:
        """Hooks side by side, each body's width apart: what hangs in a row just touches."""
        hung = [s for s in self.ground.placed.values() if s.pivot_m is not None]
        if not hung:
            return 0.0, 0.0
        last = hung[-1]
        gap = float(last.bounds_m[1, 0] - stand.bounds_m[0, 0]) + 0.0015
        assert last.pivot_m is not None
        return last.pivot_m[0] + gap, last.pivot_m[1]
