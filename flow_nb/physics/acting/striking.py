"""Kicking and hitting. In: an action on a thing. Out: its script.

A kick and a hit only bring the foot or the instrument there at the right speed; the solver's contact does
the rest.
"""

from __future__ import annotations

import math
from itertools import pairwise

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.feet import Hold
from flow_nb.physics.acting.figure import TICK_S, Figure, Script
from flow_nb.physics.acting.going import go_to, go_up_to
from flow_nb.physics.acting.grips import HANDLE_M, Grip
from flow_nb.physics.acting.hands import free_side, held_by, lean, pick_up, thing_of
from flow_nb.physics.acting.poses import SIDES, Side, pose
from flow_nb.physics.acting.pushing import push_way
from flow_nb.physics.acting.rig import SOLE_RADIUS_M, Sole
from flow_nb.physics.acting.turns import (
    STILL,
    Vec,
    about_x,
    add,
    facing,
    heading_rad,
    length,
    mul,
    scaled,
    sub,
    turned,
    unit,
)
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD
from flow_nb.props.materials import materials, pair_restitution

KICK_M_S = 7.0
SHOE = "rubber"
HEAVY_KG, LEVEL_RAD = 15.0, math.radians(80)
"""What weighs more, or is fixed, stops a blow; by how much a tool is tipped forward to strike it."""
CLEAR_M, LOFT_RAD = 0.35, math.radians(48)


def kick(company: Company, figure: Figure, action: Action) -> Script:
    """Takes its mark behind the ball, swings the leg, and meets it so that it goes where it is meant to."""
    live = company.live
    thing = thing_of(action, figure)
    if thing is None or thing not in live.boxes:
        return
    way = push_way(company, figure, action, thing)
    figure.looks_at = lambda: live.middle(thing)
    mark, heading = kick_mark(company, figure, thing, way)
    yield from go_to(company, figure, mark, heading, action, but=frozenset({thing}))
    ball = live.middle(thing)
    radius = live.boxes[thing].round_m
    speed = kick_speed_m_s(company, action, thing)
    rise = 0.16 if action.direction != "up" else 0.6
    along = unit((way[0], way[1], math.tan(rise)))
    toe = add(ball, along, -(radius + SOLE_RADIUS_M))
    toe = (toe[0], toe[1], max(toe[2], SOLE_RADIUS_M + 0.004))
    along = unit(sub(ball, toe))
    meets_s = _swing_leg(figure, toe, along, speed, heading)
    flight = lofted_m_s(company, action, thing, way)
    if flight is not None:
        company.grips.hushed.append((thing, figure.name))
    figure.go(pose("kick-back") | {f"{s}.swing": 0.0 for s in SIDES}, 0.3)
    yield from wait(figure, 0.30)
    figure.strike("kick-after", 0.3)
    if flight is not None:
        yield from wait(figure, max(meets_s - figure.now_s, 0.0))
        company.grips.freed.append((thing, figure.name, flight, scaled(along, 0.0)))
        company.tell(figure, "release", f"kicks {say(thing)} up", thing, length(flight))
    yield from wait(figure, 0.45)
    figure.go(pose("arms-down") | pose("trunk-up") | {f"{s}.swing": 1.0 for s in SIDES}, 0.6)
    yield from wait(figure, 0.5)


def kick_mark(company: Company, figure: Figure, thing: str, way: Vec) -> tuple[Vec, float]:
    """Where the root stands when the right foot meets the ball, and its heading."""
    h = figure.height_m
    ball, radius = company.live.middle(thing), company.live.boxes[thing].round_m
    behind = radius + 0.245 * h
    left = (-way[1], way[0], 0.0)
    spot = add(add(ball, way, -behind), left, figure.rig.stance_m)
    return (spot[0], spot[1], figure.at_m[2]), heading_rad(way)


def kick_speed_m_s(company: Company, action: Action, thing: str) -> float:
    """The foot's speed that gives the ball the wished one: v = u / (1 + e), for a foot that does not yield."""
    rows = materials()
    e = pair_restitution(rows[SHOE], company.live.stands[thing].material)
    words = f"{action.manner} {action.lemma}".lower()
    usual = KICK_M_S * (0.5 if any(w in words for w in ("gent", "soft", "slow", "tap")) else 1.0)
    return min((action.speed_m_s or usual) / (1 + e), 12.0)


def lofted_m_s(company: Company, action: Action, thing: str, way: Vec) -> Vec | None:
    """The velocity with which a thing clears what it is kicked over by `CLEAR_M`, half as far behind it
    as it is before: v^2 = g d^2 / (2 cos^2 a (d tan a - h)); None where it is kicked over nothing."""
    legs = [leg.body for leg in action.path if leg.way == "over"]
    legs += [action.target] if action.how == "over" and action.target else []
    over = next((name for name in legs if name in company.live.boxes), None)
    if over is None or over == thing:
        return None
    ball, wall = company.live.middle(thing), company.live.middle(over)
    far = max((wall[0] - ball[0]) * way[0] + (wall[1] - ball[1]) * way[1], 0.5)
    rise = company.live.foot(over)[2] + company.live.boxes[over].high[2] - ball[2] + CLEAR_M
    angle = max(LOFT_RAD, math.atan(1.35 * rise / far))
    need = far * math.tan(angle) - rise
    gravity = max(company.live.gravity_m_s2, 0.3)
    speed = math.sqrt(gravity * far**2 / (2 * math.cos(angle) ** 2 * max(need, 0.05)))
    level = speed * math.cos(angle)
    return way[0] * level, way[1] * level, speed * math.sin(angle)


def _swing_leg(figure: Figure, toe: Vec, along: Vec, speed: float, heading: float) -> float:
    """The right foot: back and up, through the ball at its speed, up before the body, down again; when it
    meets the ball."""
    now, foot, rig = figure.now_s, figure.feet["right"], figure.rig
    home = foot.last
    scale = figure.height_m / 1.75
    flat = sub(toe, (0.0, 0.0, SOLE_RADIUS_M))
    ahead = facing(heading)
    hit = add(flat, ahead, rig.ball_m[1])
    back_at = add(add(hit, ahead, -0.52 * scale), (0.0, 0.0, 0.22 * scale))
    run = min(0.05, 0.06 * scale)
    before, after = add(hit, along, -run), add(hit, along, run)
    end = add(add(hit, ahead, 0.30 * scale), (0.0, 0.0, 0.42 * scale))
    velocity = scaled(along, speed)
    t1 = now + 0.30
    t2 = t1 + max(2.0 * length(sub(before, back_at)) / (speed + 0.5), 0.08)
    t3 = t2 + 2 * run / speed
    t4 = t3 + max(2.2 * length(sub(end, after)) / (speed + 0.5), 0.14)
    t5 = t4 + 0.42
    lift, rest = now + 0.05, (0.0, 0.0, 0.0)
    knots = (
        (lift, home.at_m, rest, 0.35), (t1, back_at, rest, 0.75), (t2, before, velocity, 0.0),
        (t3, after, velocity, 0.0), (t4, end, rest, 0.1), (t5, home.at_m, (0.0, 0.0, -0.3), 0.0),
    )  # fmt: skip

    def by(time_s: float) -> Sole:
        for (a, p, u, c), (b, q, w, d) in pairwise(knots):
            if time_s <= b or b == t5:
                s = min(max((time_s - a) / (b - a), 0.0), 1.0)
                eased = s * s * (3 - 2 * s)
                return Sole(_hermite(p, u, q, w, s, b - a), home.heading, c + (d - c) * eased)
        return Sole(home.at_m, home.heading)

    foot.step(Hold(at_m=home.at_m, heading=home.heading, down_s=t5, by=by), lift, left=0.35)
    return (t2 + t3) / 2


def _hermite(p: Vec, u: Vec, q: Vec, w: Vec, s: float, lasts: float) -> Vec:
    """A cubic from p with velocity u to q with velocity w."""
    a, b = (1 + 2 * s) * (1 - s) ** 2, s * s * (3 - 2 * s)
    c, d = s * (1 - s) ** 2 * lasts, -s * s * (1 - s) * lasts
    x, y, z = (a * p[i] + b * q[i] + c * u[i] + d * w[i] for i in range(3))
    return x, y, z


def hit(company: Company, figure: Figure, action: Action) -> Script:
    """Takes the instrument, goes up, raises the arm and strikes through the thing with what it holds."""
    live = company.live
    tool = action.instrument
    if tool in (None, WORLD, figure.name) or tool not in live.stands:
        tool = None
    thing = next(
        (n for n in (action.body, action.target) if n not in (None, WORLD, figure.name, tool)), None
    )
    if tool is not None and not held_by(company, figure, tool) and live.free(tool):
        yield from pick_up(company, figure, action.model_copy(update={"body": tool}))
    if thing is None:
        return
    reach = 0.42 + (2 * live.boxes[tool].half(2) - 0.12 if tool else 0.0)
    half = live.boxes[thing].round_m if thing in live.boxes else 0.1
    yield from go_up_to(company, figure, thing, action, max(reach - half, 0.25) if tool else None)
    held = [grip.side for grip in company.grips.of(figure)]
    side: Side = held[0] if held else free_side(company, figure, thing)
    figure.looks_at = lambda: live.middle(thing)
    way = unit(sub(live.middle(thing), figure.at_m))
    for _ in range(max(1, min(int(action.turns or 1), 8))):
        figure.go({f"{side}.reach": 0.0, f"{side}.swing": 0.0}, 0.3)
        figure.strike("hit-back", 0.4, side)
        yield from wait(figure, 0.42)
        goal = add(live.middle(thing), way, -0.8 * half if not tool else -reach + 0.42 + half)
        firm = live.stands[thing].body.fixed or live.stands[thing].mass_kg > HEAVY_KG
        if firm:
            goal = _onto(company, thing, way, tool)
            company.grips.hushed.append((thing, figure.name))
        figure.strike("hit-through", 0.3, side)
        lean(company, figure, goal, side, 0.3)
        figure.reach(side, lambda goal=goal: goal, 0.34)  # type: ignore[misc]
        grip = company.grips.held.get(tool or "") if firm else None
        yield from _tipped(figure, grip, LEVEL_RAD, 0.36)
        company.tell(figure, "act", f"strikes {say(thing)}", thing)
        yield from _tipped(figure, grip, -LEVEL_RAD, 0.3 if firm else 0.0)
    figure.let_hang(side, 0.6)
    figure.go(pose("trunk-up"), 0.5)
    yield from wait(figure, 0.5)


def _onto(company: Company, thing: str, way: Vec, tool: str | None) -> Vec:
    """Where a hand comes down on what does not yield: beside its top by the tool's length."""
    middle, box = company.live.middle(thing), company.live.boxes
    top = company.live.foot(thing)[2] + box[thing].high[2]
    long = 2 * box[tool].half(2) - HANDLE_M if tool else 0.0
    thick = box[tool].half(0) if tool else SOLE_RADIUS_M
    x, y, _ = add(middle, way, -long)
    return x, y, top + thick + 0.01


def _tipped(figure: Figure, grip: Grip | None, by_rad: float, lasts_s: float) -> Script:
    """What is held goes over forward about the palm, by an angle."""
    begin = figure.now_s
    offset, turn = (grip.offset_m, grip.turn) if grip is not None else ((0.0, 0.0, 0.0), STILL)
    while figure.now_s < begin + lasts_s - 1e-6:
        if grip is not None:
            u = min((figure.now_s + TICK_S - begin) / lasts_s, 1.0)
            over = about_x(by_rad * u * u * (3 - 2 * u))
            grip.offset_m, grip.turn = turned(over, offset), mul(over, turn)
        yield
