"""Throwing and catching. In: an action with a flying thing in it. Out: its script.

What leaves a hand or a foot is free from then on. A throw's velocity is solved in closed form so that it
arrives.
"""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, say, wait
from flow_nb.physics.acting.feet import Hold
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.hands import held_by, held_point, pick_up, thing_of
from flow_nb.physics.acting.poses import SIDES, Side, opposite, pose
from flow_nb.physics.acting.turns import (
    Vec,
    add,
    cross,
    facing,
    heading_rad,
    length,
    mix,
    scaled,
    sub,
    unit,
)
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

THROW_M_S = 5.5
WIND_UP_S, SWING_S = 0.45, 0.18
CATCH_M = 0.13
READY_S = 0.45


def throw(company: Company, figure: Figure, action: Action) -> Script:
    """Winds up, swings, lets go with the velocity that brings the thing to its target."""
    thing = thing_of(action, figure)
    if thing is None:
        return
    if not held_by(company, figure, thing):
        yield from pick_up(company, figure, action)
    if not held_by(company, figure, thing):
        return
    grip = company.grips.held[thing]
    side: Side = grip.side
    goal = _throw_goal(company, figure, action)
    figure.looks_at = goal
    up = action.direction == "up" and action.target in (None, WORLD)
    if not up:
        yield from wait(figure, figure.turn_to(heading_rad(sub(goal(), figure.at_m))))
    low = action.verb == "roll"
    wind, strike, after = (
        ("bowl-back", "bowl-release", "bowl-release") if low or up or grip.where == "front"
        else ("throw-back", "throw-release", "throw-after")
    )  # fmt: skip
    figure.go({f"{s}.swing": 0.0 for s in SIDES} | {f"{s}.reach": 0.0 for s in SIDES}, 0.35)
    figure.strike(wind, WIND_UP_S, side)
    _step_forward(figure, side)
    yield from wait(figure, WIND_UP_S)
    figure.strike(strike, SWING_S + 0.07, side)
    yield from wait(figure, SWING_S)
    velocity = _release(company, figure, action, thing, goal(), up)
    company.grips.drop(thing, velocity, scaled(cross((0.0, 0.0, 1.0), unit(velocity)), 3.0))
    company.tell(figure, "release", f"throws {say(thing)}", thing, length(velocity))
    figure.strike(after, 0.26, side)
    yield from wait(figure, 0.45)
    figure.go(pose("arms-down") | pose("trunk-up") | {f"{s}.swing": 1.0 for s in SIDES}, 0.7)
    yield from wait(figure, 0.6)


def _step_forward(figure: Figure, side: Side) -> None:
    """The foot on the other side goes a little forward into the throw."""
    foot = opposite(side)
    last = figure.feet[foot].last
    way = facing(figure.heading)
    spot = add(last.at_m, way, 0.20 * figure.height_m / 1.75)
    now = figure.now_s
    figure.feet[foot].step(
        Hold(at_m=spot, heading=last.heading, down_s=now + WIND_UP_S - 0.02), now + 0.1, left=0.3
    )
    at, heading = figure.root

    def root(time_s: float) -> tuple[Vec, float]:
        u = min(max((time_s - now - 0.1) / 0.6, 0.0), 1.0)
        return add(at, way, 0.09 * u * u * (3 - 2 * u)), heading

    figure.moves(root)


def _throw_goal(company: Company, figure: Figure, action: Action) -> Point:
    live, target = company.live, action.target
    if target in (None, WORLD, figure.name):
        way = WAYS.get(action.direction or "forward", facing(figure.heading))
        far = 0.5 * (action.speed_m_s or THROW_M_S)
        at = add(add(figure.at_m, way, far), (0.0, 0.0, 0.2))
        return lambda: at
    catcher = company.figures.get(str(target))
    if catcher is not None:
        return lambda: catcher.ahead(0.36 * catcher.height_m / 1.75, 0.0, 0.68 * catcher.height_m)
    stand = live.stands[str(target)]
    if stand.body.fixed or stand.prop.surface_m:
        middle = live.middle(str(target))
        into = action.how in ("into", "in", "onto", "on", "to")
        return lambda: (middle[0], middle[1], live.top_m(str(target)) + 0.05) if into else middle
    return lambda: live.middle(str(target))


def _release(
    company: Company, figure: Figure, action: Action, thing: str, goal: Vec, up: bool
) -> Vec:
    """v = d / t - g t / 2, with the time that the wished speed gives."""
    gravity = company.live.gravity_m_s2
    speed = min(max(action.speed_m_s or THROW_M_S, 0.5), 30.0)
    if up:
        return 0.0, 0.0, speed
    way = sub(goal, company.live.middle(thing))
    if action.verb == "roll":
        return scaled(unit((way[0], way[1], 0.0)), action.speed_m_s or 2.5)
    far = length(way)
    if action.speed_m_s is None:
        speed = max(THROW_M_S, 1.15 * math.sqrt(gravity * (way[2] + far)))
    time_s = max(far / speed, 0.12)
    return way[0] / time_s, way[1] / time_s, way[2] / time_s + gravity * time_s / 2


def catch(company: Company, figure: Figure, action: Action) -> Script:
    """Watches it come, brings the hands to where it will be, and closes them on it."""
    live = company.live
    thing = thing_of(action, figure)
    if thing is None or not live.exists(thing):
        return
    figure.looks_at = lambda: live.middle(thing)
    way = sub(live.middle(thing), figure.at_m)
    yield from wait(figure, figure.turn_to(heading_rad(way)))
    figure.go(pose("ready") | {f"{s}.swing": 0.0 for s in SIDES}, 0.4)
    end = min(action.end_s or company.plan.duration_s, company.plan.duration_s)
    goal = figure.ahead(0.36 * figure.height_m / 1.75, 0.0, 0.68 * figure.height_m)
    state = [goal]
    reaching = False
    while figure.now_s < end:
        if company.grips.held.get(thing) is None and length(live.velocity(thing)) > 0.5:
            spot, after = _meeting(company, figure, thing)
            if spot is not None:
                state[0] = mix(state[0], spot, 0.25)
            if spot is not None and after < READY_S and not reaching:
                reaching = True
                state[0] = spot
                for side in SIDES:
                    figure.reach(
                        side,
                        _beside(figure, state, side, thing, live.boxes[thing].round_m),
                        READY_S * 0.8,
                    )
            if reaching and _at_hand(figure, live.middle(thing), live.boxes[thing].round_m):
                yield from _close(company, figure, thing)
                return
        yield
    company.warn(
        f"{figure.name.replace('-', ' ').title()} does not catch {say(thing)}: it does not come near."
    )


def _meeting(company: Company, figure: Figure, thing: str) -> tuple[Vec | None, float]:
    """Where its flight comes nearest to before the breast, and how soon; None if never near."""
    live = company.live
    at, v, g = live.middle(thing), live.velocity(thing), live.gravity_m_s2
    best, spot, after = 0.55 * figure.height_m / 1.75, None, math.inf
    front = figure.ahead(0.36 * figure.height_m / 1.75, 0.0, 0.68 * figure.height_m)
    for i in range(80):
        t = i * 0.015
        p = (at[0] + v[0] * t, at[1] + v[1] * t, at[2] + v[2] * t - g * t * t / 2)
        away = length(sub(p, front))
        if p[2] > 0.03 and away < best:
            best, spot, after = away, p, t
    return spot, after


def _beside(figure: Figure, state: list[Vec], side: Side, thing: str, radius: float) -> Point:
    sign = 1.0 if side == "left" else -1.0

    def point() -> Vec:
        x, y, z = state[0]
        ahead = facing(figure.heading)
        out = sign * (radius + 0.03)
        return x - ahead[1] * out - 0.02 * ahead[0], y + ahead[0] * out - 0.02 * ahead[1], z

    return point


def _at_hand(figure: Figure, middle: Vec, radius: float) -> bool:
    between = mix(figure.palm("left"), figure.palm("right"), 0.5)
    near = min(length(sub(middle, figure.palm(side))) for side in SIDES)
    return length(sub(middle, between)) < max(CATCH_M, radius) or near < radius + 0.05


def _close(company: Company, figure: Figure, thing: str) -> Script:
    speed = length(company.live.velocity(thing))
    company.grips.take(figure, thing, "right")
    company.tell(figure, "grasp", f"catches {say(thing)}", thing, speed)
    grip = company.grips.held[thing]
    begin, start = grip.offset_m, figure.now_s
    radius = company.live.boxes[thing].round_m
    way = facing(figure.heading)
    give = figure.palm("right")
    figure.reach("right", lambda: add(give, way, -0.10), 0.2)
    figure.reach("left", lambda: add(company.live.middle(thing), (0.0, 0.0, -radius), 0.0), 0.25)
    seat = company.grips.seat(thing, "hand", figure)
    while figure.now_s < start + 0.3:
        u = min((figure.now_s - start) / 0.3, 1.0)
        grip.offset_m = mix(begin, seat, u * u * (3 - 2 * u))
        yield
    figure.let_hang("left", 0.7)
    figure.reach("right", held_point(figure, "right"), 0.6)
    figure.go(pose("trunk-up"), 0.5)
    yield from wait(figure, 0.6)
