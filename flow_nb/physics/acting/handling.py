"""Touching, dropping, working with things. In: an action on a thing. Out: its script."""

from __future__ import annotations

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.going import go_up_to
from flow_nb.physics.acting.hands import (
    free_side,
    held_by,
    held_point,
    lean,
    pick_up,
    thing_of,
    touch_point,
    up_again,
)
from flow_nb.physics.acting.poses import SIDES, Side, only, opposite, pose
from flow_nb.physics.acting.turns import Vec, facing
from flow_nb.plan.actions import Action

STAYS_PUT = frozenset({"laptop", "typewriter", "computer", "keyboard"})
"""What is worked with where it stands."""
SEATED_LEAN_DEG = 16.0


def reach(company: Company, figure: Figure, action: Action) -> Script:
    """Goes up to it and lays a hand on it, or nearly."""
    thing = thing_of(action, figure)
    if thing is None:
        side = free_side(company, figure)
        figure.reach(side, lambda: figure.ahead(0.5, 0.0, 0.8 * figure.height_m), 0.6)
        yield from wait(figure, 1.2)
        figure.let_hang(side)
        return
    yield from go_up_to(company, figure, thing, action)
    side = free_side(company, figure, thing)
    figure.looks_at = lambda: company.live.middle(thing)
    share = lean(company, figure, company.live.middle(thing), side, 0.6)
    figure.reach(side, touch_point(company, figure, thing, side), 0.7)
    yield from wait(figure, 1.4)
    figure.let_hang(side, 0.7)
    if share:
        up_again(figure, 0.7)
    yield from wait(figure, 0.5)


def drop(company: Company, figure: Figure, action: Action) -> Script:
    """Opens its hand; takes the thing first if it has not got it."""
    thing = thing_of(action, figure)
    if thing is None:
        return
    if not held_by(company, figure, thing):
        yield from pick_up(company, figure, action)
    if not held_by(company, figure, thing):
        return
    grip = company.grips.held[thing]
    figure.looks_at = lambda: company.live.middle(thing)
    company.grips.drop(thing)
    company.tell(figure, "release", f"lets {say(thing)} fall", thing)
    figure.go({f"{grip.side}.hand": 40.0}, 0.15)
    yield from wait(figure, 0.6)
    for side in SIDES if grip.where == "front" else (grip.side,):
        figure.let_hang(side, 0.7)
    yield from wait(figure, 0.5)


def handle(company: Company, figure: Figure, action: Action) -> Script:
    """Works with a thing in its hands: reads, plays, eats, opens."""
    thing = thing_of(action, figure)
    if thing and thing in company.live.stands and company.live.stands[thing].prop.name in STAYS_PUT:
        yield from _type(company, figure, thing, action)
        return
    if thing is not None and company.live.free(thing) and not held_by(company, figure, thing):
        yield from pick_up(company, figure, action)
    elif thing is not None and not held_by(company, figure, thing):
        yield from go_up_to(company, figure, thing, action)
    end = company.end_s(figure, action, 30.0)
    held = thing is not None and held_by(company, figure, thing)
    if thing is not None:
        figure.looks_at = lambda: company.live.middle(thing)
    side: Side = company.grips.held[thing].side if held and thing else "right"
    mouth = any(word in action.lemma for word in ("eat", "drink", "bite", "sip", "lick", "blow"))
    for i in range(200):
        if figure.now_s > end - 0.4:
            break
        if mouth and held:
            point = _mouth(figure) if i % 2 == 0 else held_point(figure, side)
            figure.reach(side, point, 0.7)
        elif held:
            figure.go(
                only(
                    pose("handle-b" if i % 2 else "handle-a", opposite(side)),
                    sides=(opposite(side),),
                    body=False,
                ),
                0.5,
            )
        else:
            figure.go(pose("handle-b" if i % 2 else "handle-a", side), 0.5)
        yield from wait(figure, 1.1 if mouth else 0.6)
    if held:
        figure.reach(side, held_point(figure, side), 0.5)
    else:
        figure.go(pose("arms-down"), 0.6)
    yield from wait(figure, 0.5)


def _type(company: Company, figure: Figure, thing: str, action: Action) -> Script:
    """Both hands on what stands before it, one after the other a little up and down."""
    end = company.end_s(figure, action, 30.0)
    sits = not figure.upright
    if not sits and not held_by(company, figure, thing):
        yield from go_up_to(company, figure, thing, action)
    company.grips.hushed.append((thing, figure.name))
    figure.looks_at = lambda: company.live.middle(thing)
    share = 0.0 if sits else lean(company, figure, company.live.middle(thing), "right", 0.6)
    if sits:
        figure.go({"chest_pitch": SEATED_LEAN_DEG}, 0.6)
    for i in range(200):
        if figure.now_s > end - 0.4:
            break
        for side in SIDES:
            sign = 1.0 if side == "left" else -1.0
            up = 0.035 if (i % 2 == 0) == (side == "left") else 0.012
            figure.reach(side, _key(company, figure, thing, sign, up), 0.22 if i else 0.6)
        yield from wait(figure, 0.24 if i else 0.62)
    for side in SIDES:
        figure.let_hang(side, 0.6)
    if share:
        up_again(figure, 0.6)
    yield from wait(figure, 0.5)


def _key(company: Company, figure: Figure, thing: str, sign: float, up_m: float) -> Point:
    def point() -> Vec:
        x, y, _ = company.live.middle(thing)
        ahead = facing(figure.heading)
        side = 0.09 * sign
        top = company.live.foot(thing)[2] + 0.03 + up_m
        return x - 0.08 * ahead[0] - side * ahead[1], y - 0.08 * ahead[1] + side * ahead[0], top

    return point


def _mouth(figure: Figure) -> Point:
    def point() -> Vec:
        x, y, z = figure.placed["head"][0]
        ahead = facing(figure.heading)
        return x + 0.19 * ahead[0], y + 0.19 * ahead[1], z + 0.01 * figure.height_m

    return point


def hold(company: Company, figure: Figure, action: Action) -> Script:
    """Holds a thing, having taken it if need be; a person or a fixed thing it only touches."""
    thing = thing_of(action, figure)
    if thing is None:
        return
    if held_by(company, figure, thing):
        yield from wait(figure, 0.2)
    elif company.live.free(thing):
        yield from pick_up(company, figure, action)
    else:
        yield from reach(company, figure, action)
