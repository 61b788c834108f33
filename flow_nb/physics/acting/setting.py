"""Carrying things and setting them down. In: an action on a thing in the hands. Out: its script."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.going import fixed, go_to, go_up_to, walk
from flow_nb.physics.acting.hands import held_by, lean, pick_up, thing_of, up_again
from flow_nb.physics.acting.marks import mark_at
from flow_nb.physics.acting.poses import SIDES
from flow_nb.physics.acting.turns import Vec, add, length, sub
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD


def put_down(company: Company, figure: Figure, action: Action) -> Script:
    """Sets what it holds on the target, else on the ground before it."""
    thing = thing_of(action, figure)
    if thing is None or not held_by(company, figure, thing):
        held = company.grips.of(figure)
        if not held:
            company.warn(f"{figure.name.replace('-', ' ').title()} holds nothing to put down.")
            return
        thing = held[0].thing
    live, place = company.live, action.target
    if place in (None, WORLD, thing) or place in live.people or place not in live.stands:
        half = live.boxes[thing].round_m
        spot = figure.ahead(0.30 + half, -0.08, 0.0)
        yield from set_on(company, figure, thing, spot)
        return
    yield from go_up_to(company, figure, str(place), action)
    middle = live.middle(str(place))
    box = live.boxes[str(place)]
    way = sub((figure.at_m[0], figure.at_m[1], 0.0), (middle[0], middle[1], 0.0))
    inset = live.boxes[thing].round_m + 0.06
    spot = (
        middle[0] + _within(way[0], box.half(0) - inset),
        middle[1] + _within(way[1], box.half(1) - inset),
        live.top_m(str(place)),
    )
    yield from set_on(company, figure, thing, spot)


def _within(value: float, room: float) -> float:
    room = max(room, 0.0)
    return min(max(value, -room), room)


def set_on(company: Company, figure: Figure, thing: str, spot: Vec) -> Script:
    """Lowers what it holds until its foot stands on a point, and lets go."""
    grip = company.grips.held[thing]
    side = grip.side
    figure.looks_at = lambda: spot
    share = lean(company, figure, (spot[0], spot[1], spot[2] + 0.08), side, 0.6)
    start = figure.now_s
    begin = company.live.foot(thing)
    low = -company.live.boxes[thing].low[2]
    goal = (spot[0], spot[1], spot[2] + low + 0.001)
    palm_off = sub(figure.palm(side), begin)
    if grip.where == "hand":
        figure.reach(side, fixed(add(goal, palm_off)), 0.65)
        yield from wait(figure, 0.7)
        palm = figure.palm(side)
        if length(sub(add(palm, palm_off, -1.0), goal)) > 0.10:
            company.warn(f"The place for {say(thing)} is out of reach; it is let go above it.")
    else:
        while figure.now_s < start + 0.9:
            u = min((figure.now_s - start) / 0.9, 1.0)
            u = u * u * (3 - 2 * u)
            here = add(begin, sub(goal, begin), u)
            base = figure.placed["chest"][0]
            grip.offset_m = _seen_from(figure, sub(here, base))
            yield
    company.grips.drop(thing)
    company.tell(figure, "release", f"sets down {say(thing)}", thing)
    yield from wait(figure, 0.06)
    for one in SIDES if grip.where == "front" else (side,):
        figure.let_hang(one, 0.6)
    if share:
        up_again(figure, 0.7)
    yield from wait(figure, 0.6)


def _seen_from(figure: Figure, away: Vec) -> Vec:
    """A vector of the world in the axes of a figure's heading."""
    c, s = math.cos(figure.heading), math.sin(figure.heading)
    return c * away[0] + s * away[1], -s * away[0] + c * away[1], away[2]


def carry(company: Company, figure: Figure, action: Action) -> Script:
    """Takes it and goes with it, to the target if there is one; sets it down where it is told to."""
    thing = thing_of(action, figure)
    if thing is None:
        return
    if not held_by(company, figure, thing):
        yield from pick_up(company, figure, action)
    if not held_by(company, figure, thing):
        return
    place = action.target if action.target not in (None, WORLD, thing, figure.name) else None
    if place is not None:
        figure.looks_at = lambda: company.live.middle(place)
        if action.how in ("onto", "on", "into", "in"):
            yield from put_down(company, figure, action)
            return
        mark, heading = mark_at(company.live, place, figure.at_m)
        yield from go_to(company, figure, mark, heading, action)
        return
    yield from walk(company, figure, action.model_copy(update={"target": None}))
