"""Work of the hands. In: an action on a thing. Out: scripts of reaching, taking, putting, carrying, pushing."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.going import (
    WAYS,
    fixed,
    go_line,
    go_to,
    go_up_to,
    manner_of,
    walk,
)
from flow_nb.physics.acting.grips import SKIN_M, is_long, needs_both
from flow_nb.physics.acting.lines import straight
from flow_nb.physics.acting.marks import mark_at
from flow_nb.physics.acting.poses import SIDES, Side, only, opposite, pose
from flow_nb.physics.acting.turns import Vec, add, facing, heading_rad, length, sub, unit
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
    height = figure.height_m
    arm = figure.rig.arms[side].reach_m
    shoulder_z = figure.at_m[2] + 0.785 * height
    level = math.hypot(goal[0] - figure.at_m[0], goal[1] - figure.at_m[1])
    for i in range(11):
        share = i / 10
        bent = math.radians(68 * share)
        back_m = 0.27 * height
        z = shoulder_z - 0.31 * height * share - back_m * (1 - math.cos(bent))
        ahead = back_m * math.sin(bent) - 0.05 * height * share
        if math.hypot(level - ahead, z - goal[2]) < 0.93 * arm:
            break
    if share > 0:
        low = pose("kneel-low", side, share)
        figure.go({k: v for k, v in low.items() if "head" not in k}, lasts_s)
    return share


def up_again(figure: Figure, lasts_s: float) -> None:
    """The trunk comes up."""
    figure.go(pose("trunk-up"), lasts_s)


def touch_point(company: Company, figure: Figure, thing: str) -> Point:
    """The near side of a thing, where a palm takes it."""
    live = company.live

    def point() -> Vec:
        middle = live.middle(thing)
        if thing in live.people or is_long(live, thing):
            return middle
        way = unit((figure.at_m[0] - middle[0], figure.at_m[1] - middle[1], 0.0))
        box = live.boxes[thing]
        low = live.foot(thing)[2] + 0.05
        near = add(middle, way, box.round_m + SKIN_M)
        return near[0], near[1], max(near[2], min(low, near[2] + 0.05))

    return point


def reach(company: Company, figure: Figure, action: Action) -> Script:
    """Goes up to it and lays a hand on it, or nearly."""
    thing = _thing(action, figure)
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
    figure.reach(side, touch_point(company, figure, thing), 0.7)
    yield from wait(figure, 1.4)
    figure.let_hang(side, 0.7)
    if share:
        up_again(figure, 0.7)
    yield from wait(figure, 0.5)


def pick_up(company: Company, figure: Figure, action: Action) -> Script:
    """Goes to it, bends as far as need be, takes it, comes up with it."""
    thing = _thing(action, figure)
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
    share = lean(company, figure, goal, side, 0.55)
    for one in sides:
        figure.busy.add(one)
        figure.reach(
            one,
            flank(company, figure, thing, one) if both else touch_point(company, figure, thing),
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


def put_down(company: Company, figure: Figure, action: Action) -> Script:
    """Sets what it holds on the target, else on the ground before it."""
    thing = _thing(action, figure)
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


def hold(company: Company, figure: Figure, action: Action) -> Script:
    """Holds a thing, having taken it if need be; a person or a fixed thing it only touches."""
    thing = _thing(action, figure)
    if thing is None:
        return
    if held_by(company, figure, thing):
        yield from wait(figure, 0.2)
    elif company.live.free(thing):
        yield from pick_up(company, figure, action)
    else:
        yield from reach(company, figure, action)


def carry(company: Company, figure: Figure, action: Action) -> Script:
    """Takes it and goes with it, to the target if there is one; sets it down where it is told to."""
    thing = _thing(action, figure)
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


def push(company: Company, figure: Figure, action: Action) -> Script:
    """Lays its hands on a thing and goes; small things are pushed with one hand, standing."""
    thing = _thing(action, figure)
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
    if action.direction in WAYS:
        return WAYS[action.direction]
    return unit((middle[0] - figure.at_m[0], middle[1] - figure.at_m[1], 0.0), (1.0, 0.0, 0.0))


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
        end = (at[0] + way[0] * far, at[1] + way[1] * far, at[2])
        speed = min(action.speed_m_s or 0.8 * pace, 2.5)
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
    thing = _thing(action, figure)
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


def drop(company: Company, figure: Figure, action: Action) -> Script:
    """Opens its hand; takes the thing first if it has not got it."""
    thing = _thing(action, figure)
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
    thing = _thing(action, figure)
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


def _mouth(figure: Figure) -> Point:
    def point() -> Vec:
        x, y, z = figure.placed["head"][0]
        ahead = facing(figure.heading)
        return x + 0.19 * ahead[0], y + 0.19 * ahead[1], z + 0.01 * figure.height_m

    return point


def _let_go(figure: Figure, sides: tuple[Side, ...]) -> None:
    for side in sides:
        figure.busy.discard(side)
        figure.let_hang(side, 0.5)


def _thing(action: Action, figure: Figure) -> str | None:
    """What is worked on."""
    for name in (action.body, action.target):
        if name not in (None, WORLD, figure.name):
            return name
    return None
