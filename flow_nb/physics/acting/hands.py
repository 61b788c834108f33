"""Work of the hands. In: an action on a thing. Out: scripts of reaching, taking, putting, carrying, pushing."""

from __future__ import annotations

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.going import (
    go_up_to,
)
from flow_nb.physics.acting.grips import SKIN_M, is_long, needs_both
from flow_nb.physics.acting.poses import SIDES, Side, opposite, pose
from flow_nb.physics.acting.turns import Vec, add, facing, length, sub
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

LIFTED_M = 0.62
"""Where what is held is held: above the ground, in body heights."""


def free_side(company: Company, figure: Figure, thing: str | None = None) -> Side:
    """The hand that does it: the free one, else the nearer, else the right."""
    taken = {grip.side for grip in company.grips.of(figure)} | figure.busy
    if len(taken) == 1:
        return opposite(next(iter(taken)))
    if thing is not None:
        way = sub(company.live.middle(thing), figure.at_m)
        ahead = facing(figure.heading)
        left = ahead[0] * way[1] - ahead[1] * way[0]
        if left > 0.12:
            return "left"
    return "right"


def held_by(company: Company, figure: Figure, thing: str) -> bool:
    """Whether it has the thing already."""
    grip = company.grips.held.get(thing)
    return grip is not None and grip.figure is figure


def lean(company: Company, figure: Figure, goal: Vec, side: Side, lasts_s: float) -> float:
    """Bends and crouches as little as the arm needs to reach a point; how much, 0 to 1."""
    name = "bend" if goal[2] - figure.at_m[2] > 0.36 * figure.height_m else "kneel-low"
    arm = 0.96 * figure.rig.arms[side].reach_m
    for i in range(11):
        share = i / 10
        full = pose(name, side, share)
        low = {dial: value for dial, value in full.items() if "head" not in dial}
        if length(sub(figure.shoulder_m(side, low), goal)) < arm:
            break
    if share > 0:
        figure.go(low, lasts_s)
    return share


def up_again(figure: Figure, lasts_s: float) -> None:
    """The trunk comes up."""
    figure.go(pose("trunk-up"), lasts_s)


def touch_point(company: Company, figure: Figure, thing: str, side: Side) -> Point:
    """Where a palm takes a thing: on that hand's own side of it, fingers past it."""
    live = company.live
    sign = 1.0 if side == "left" else -1.0

    def point() -> Vec:
        middle = live.middle(thing)
        if thing in live.people or is_long(live, thing):
            return middle
        ahead = facing(figure.heading)
        out = sign * (live.boxes[thing].round_m + SKIN_M)
        return (
            middle[0] - out * ahead[1] - 0.02 * ahead[0],
            middle[1] + out * ahead[0] - 0.02 * ahead[1],
            max(middle[2], live.foot(thing)[2] + 0.03),
        )

    return point


def pick_up(company: Company, figure: Figure, action: Action) -> Script:
    """Goes to it, bends as far as need be, takes it, comes up with it."""
    thing = thing_of(action, figure)
    if thing is None or held_by(company, figure, thing):
        return
    if not company.live.free(thing):
        company.warn(f"{say(thing).capitalize()} cannot be picked up: it stands fixed or is gone.")
        return
    yield from go_up_to(company, figure, thing, action)
    yield from take(company, figure, thing)


def take(company: Company, figure: Figure, thing: str) -> Script:
    """Takes what is at hand."""
    live = company.live
    both = needs_both(live, thing)
    side = free_side(company, figure, thing)
    sides: tuple[Side, ...] = SIDES if both else (side,)
    figure.looks_at = lambda: live.middle(thing)
    goal = live.middle(thing)
    company.grips.hushed.append((thing, figure.name))
    share = lean(company, figure, goal, side, 0.55)
    for one in sides:
        figure.busy.add(one)
        figure.reach(
            one,
            flank(company, figure, thing, one)
            if both
            else touch_point(company, figure, thing, one),
            0.6,
        )
    yield from wait(figure, 0.62)
    palm = figure.palm(side)
    gap = length(sub(palm, figure.aims[side]()))
    if gap > 0.14:
        company.warn(
            f"{say(thing).capitalize()} is out of reach for {figure.name.replace('-', ' ')}."
        )
        _let_go(figure, sides)
        up_again(figure, 0.5)
        yield from wait(figure, 0.5)
        return
    company.grips.take(figure, thing, side, "front" if both else "hand")
    company.tell(figure, "grasp", f"takes {say(thing)}", thing)
    figure.busy -= set(sides)
    yield from wait(figure, 0.08)
    if share:
        up_again(figure, 0.7)
    if both:
        yield from _settle_front(company, figure, thing)
        return
    figure.reach(side, held_point(figure, side), 0.6)
    yield from wait(figure, 0.7)


def held_point(figure: Figure, side: Side) -> Point:
    """Where a hand carries what it holds: before the body, on its own side."""
    sign = 1.0 if side == "left" else -1.0

    def point() -> Vec:
        chest = figure.placed["chest"][0]
        h = figure.height_m
        ahead = figure.ahead(0.19 * h, 0.10 * h * sign, 0.0)
        return ahead[0], ahead[1], chest[2] + 0.055 * h

    return point


def flank(company: Company, figure: Figure, thing: str, side: Side) -> Point:
    """The left or right side of a big thing, as its bearer sees it."""
    sign = 1.0 if side == "left" else -1.0

    def point() -> Vec:
        middle = company.live.middle(thing)
        ahead = facing(figure.heading)
        half = company.live.boxes[thing].round_m + 0.01
        return (
            middle[0] - sign * half * ahead[1] - 0.05 * ahead[0],
            middle[1] + sign * half * ahead[0] - 0.05 * ahead[1],
            middle[2],
        )

    return point


def _settle_front(company: Company, figure: Figure, thing: str) -> Script:
    grip = company.grips.held.get(thing)
    if grip is None:
        return
    begin, seat = grip.offset_m, company.grips.seat(thing, "front", figure)
    start = figure.now_s
    while figure.now_s < start + 0.7:
        u = min((figure.now_s - start) / 0.7, 1.0)
        u = u * u * (3 - 2 * u)
        grip.offset_m = add(begin, sub(seat, begin), u)
        yield


def _let_go(figure: Figure, sides: tuple[Side, ...]) -> None:
    for side in sides:
        figure.busy.discard(side)
        figure.let_hang(side, 0.5)


def thing_of(action: Action, figure: Figure) -> str | None:
    """What is worked on."""
    for name in (action.body, action.target):
        if name not in (None, WORLD, figure.name):
            return name
    return None
