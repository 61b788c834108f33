"""Pushing and pulling. In: an action on a thing that stands. Out: scripts; the solver's contact moves the thing."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.going import WAYS, fixed, go_line, go_to, go_up_to
from flow_nb.physics.acting.handling import reach
from flow_nb.physics.acting.hands import flank, free_side, lean, thing_of, up_again
from flow_nb.physics.acting.lines import straight
from flow_nb.physics.acting.manners import manner_of
from flow_nb.physics.acting.poses import SIDES, pose
from flow_nb.physics.acting.turns import Vec, add, facing, heading_rad, unit
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

LEAST_PUSH_M = 0.6
"""So far a thing is pushed even where the next thing is due already."""


def push(company: Company, figure: Figure, action: Action) -> Script:
    """Lays its hands on a thing and goes; small things are pushed with one hand, standing."""
    thing = thing_of(action, figure)
    if thing is None or thing not in company.live.boxes:
        yield from reach(company, figure, action)
        return
    live = company.live
    box, middle = live.boxes[thing], live.middle(thing)
    way = push_way(company, figure, action, thing)
    heading = heading_rad(way)
    small = 2 * box.half(2) < 0.3 or live.foot(thing)[2] > 0.2 or box.round_m < 0.12
    if small and live.free(thing):
        yield from _nudge(company, figure, action, thing, way)
        return
    stand_off = box.round_m + 0.36 * figure.height_m / 1.75
    mark = (middle[0] - way[0] * stand_off, middle[1] - way[1] * stand_off, figure.at_m[2])
    yield from go_to(company, figure, mark, heading, action, but=frozenset({thing}))
    yield from _push_along(company, figure, action, thing, way)


def push_way(company: Company, figure: Figure, action: Action, thing: str) -> Vec:
    """The level way in which a thing is to go."""
    middle = company.live.middle(thing)
    target = action.target
    if target not in (None, WORLD, thing, figure.name) and action.source != target:
        goal = company.live.middle(str(target))
        if action.how in ("away from", "off"):
            return unit((middle[0] - goal[0], middle[1] - goal[1], 0.0), (1.0, 0.0, 0.0))
        return unit((goal[0] - middle[0], goal[1] - middle[1], 0.0), (1.0, 0.0, 0.0))
    legs = [leg.body for leg in action.path if leg.way == "over" and leg.body in company.live.boxes]
    if legs:
        return _across(company, middle, legs[0])
    if action.direction in WAYS:
        return WAYS[action.direction]
    return unit((middle[0] - figure.at_m[0], middle[1] - figure.at_m[1], 0.0), (1.0, 0.0, 0.0))


def _across(company: Company, from_m: Vec, thing: str) -> Vec:
    """Square over what is long: a fence, a wall; else over its middle."""
    goal, box = company.live.middle(thing), company.live.boxes[thing]
    away = (goal[0] - from_m[0], goal[1] - from_m[1], 0.0)
    if box.half(0) > 2 * box.half(1) and abs(away[1]) > box.half(1) + 0.2:
        return 0.0, math.copysign(1.0, away[1]), 0.0
    return unit(away, (1.0, 0.0, 0.0))


def _push_along(company: Company, figure: Figure, action: Action, thing: str, way: Vec) -> Script:
    live = company.live
    box = live.boxes[thing]
    top = min(live.foot(thing)[2] + 0.8 * 2 * box.half(2), 0.66 * figure.height_m)
    far = 1.4
    if action.target not in (None, WORLD, thing, figure.name):
        goal, here = live.middle(str(action.target)), live.middle(thing)
        far = max(math.hypot(goal[0] - here[0], goal[1] - here[1]) - box.round_m - 0.3, 0.2)
    figure.go({k: v for k, v in pose("push").items() if "." not in k}, 0.5)
    lean(
        company, figure, (figure.at_m[0], figure.at_m[1], figure.at_m[2] + top - 0.1), "right", 0.5
    )
    gap = 0.36 * figure.height_m / 1.75 - 0.02

    def before(left: float) -> Point:
        return lambda: figure.ahead(gap, left, top)

    for side, sign in (("left", 1.0), ("right", -1.0)):
        figure.reach(side, before(sign * min(0.16, 0.7 * box.half(0))), 0.5)  # type: ignore[arg-type]
    company.tell(figure, "grasp", f"lays hands on {say(thing)}", thing)
    yield from wait(figure, 0.55)
    if not live.free(thing):
        company.warn(f"{say(thing).capitalize()} does not move: it stands fixed.")
        yield from wait(figure, 1.0)
    else:
        manner, pace = manner_of(action, figure)
        at = figure.at_m
        speed = min(action.speed_m_s or 0.8 * pace, 2.5)
        left_s = company.waits.get(figure.name, math.inf) - figure.now_s
        if action.target in (None, WORLD):
            far = min(far, max(speed * left_s, LEAST_PUSH_M))
        end = (at[0] + way[0] * far, at[1] + way[1] * far, at[2])
        yield from go_line(figure, straight(at, end), speed, manner=manner)
    for side in SIDES:
        figure.let_hang(side, 0.6)
    up_again(figure, 0.6)
    yield from wait(figure, 0.5)


def _nudge(company: Company, figure: Figure, action: Action, thing: str, way: Vec) -> Script:
    """One hand behind it, and a stroke along the way: what stands at an edge goes over it."""
    live = company.live
    middle = live.middle(thing)
    half = live.boxes[thing].round_m
    yield from go_up_to(company, figure, thing, action)
    side = free_side(company, figure, thing)
    figure.looks_at = lambda: live.middle(thing)
    share = lean(company, figure, middle, side, 0.5)
    high = 0.5 if action.verb != "knock over" else 0.85
    z = live.foot(thing)[2] + high * 2 * live.boxes[thing].half(2)
    back_off = add((middle[0], middle[1], max(z, live.foot(thing)[2] + 0.04)), way, -(half + 0.11))
    figure.reach(side, fixed(back_off), 0.55)
    yield from wait(figure, 0.6)
    speed = min(action.speed_m_s or (0.9 if action.verb != "slide" else 1.4), 4.0)
    start, far = figure.now_s, 0.11 + min(0.34, 0.2 + half)

    def stroke() -> Vec:
        u = min(max((figure.now_s - start) * speed / far, 0.0), 1.6)
        along = far * (u * u / 1.2 if u < 0.6 else u - 0.3 if u < 1.0 else 0.7 + 0.3 * _rest(u))
        return add(back_off, way, along)

    figure.reach(side, stroke, 0.05)
    yield from wait(figure, 1.6 * far / speed + 0.1)
    figure.let_hang(side, 0.6)
    if share:
        up_again(figure, 0.6)
    yield from wait(figure, 0.5)


def _rest(u: float) -> float:
    """From 0 to 1 while u goes from 1 to 1.6, beginning at full speed."""
    v = min((u - 1.0) / 0.6, 1.0)
    return v * (2 - v)


def pull(company: Company, figure: Figure, action: Action) -> Script:
    """Takes hold of a thing and goes backward with it."""
    thing = thing_of(action, figure)
    if thing is None or not company.live.free(thing):
        yield from reach(company, figure, action)
        return
    yield from go_up_to(company, figure, thing, action)
    share = lean(company, figure, company.live.middle(thing), "right", 0.5)
    for side in SIDES:
        figure.reach(side, flank(company, figure, thing, side), 0.5)
    yield from wait(figure, 0.6)
    company.grips.take(figure, thing, "right", "drag")
    company.tell(figure, "grasp", f"takes hold of {say(thing)}", thing)
    way = facing(figure.heading + math.pi)
    at = figure.at_m
    speed = min(action.speed_m_s or 0.6, 2.0)
    line = straight(at, (at[0] + 1.1 * way[0], at[1] + 1.1 * way[1], at[2]))
    yield from go_line(figure, line, speed, backward=True)
    company.grips.drop(thing)
    for side in SIDES:
        figure.let_hang(side, 0.6)
    if share:
        up_again(figure, 0.6)
    yield from wait(figure, 0.5)
