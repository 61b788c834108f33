"""Going somewhere. In: an action that moves the whole figure. Out: scripts of walking, running, jumping, dancing…"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.physics.acting.company import Company, wait
from flow_nb.physics.acting.figure import Figure, Point, Script
from flow_nb.physics.acting.gait import Manner, Walk
from flow_nb.physics.acting.lines import Line, straight
from flow_nb.physics.acting.manners import PLAIN, manner_of
from flow_nb.physics.acting.marks import beyond, line_to, mark_at
from flow_nb.physics.acting.poses import pose
from flow_nb.physics.acting.seats import seat_for, seat_mark
from flow_nb.physics.acting.turns import Vec, facing, heading_rad, sub, wrapped
from flow_nb.plan.actions import Action, Direction
from flow_nb.plan.plan import WORLD

WALK_M_S, RUN_M_S = 1.25, 3.2
HURRY = 1.3
FAR_M = 2.6
"""How far somebody goes who is not told where to."""
PASS_M, RUN_UP_M = 0.42, 0.75
"""Beside what somebody walks past, and before what somebody jumps over."""
STAGE_X_M, STAGE_Y_M = 2.4, (-1.2, 1.6)

WAYS: dict[Direction, Vec] = {
    "left": (-1.0, 0.0, 0.0), "right": (1.0, 0.0, 0.0),
    "toward camera": (0.0, -1.0, 0.0), "away": (0.0, 1.0, 0.0),
}  # fmt: skip


def go_line(
    figure: Figure, line: Line, speed_m_s: float, *, manner: Manner = PLAIN, runs: bool = False,
    backward: bool = False, at_last: float | None = None,
) -> Script:  # fmt: skip
    """Along a line, from rest to rest, turning into it first."""
    if line.length_m < 0.05:
        return
    begin = line.heading(0.0) + (math.pi if backward else 0.0)
    if abs(wrapped(begin - figure.heading)) > math.radians(75):
        yield from wait(figure, figure.turn_to(begin))
    left = wrapped(begin - figure.heading) > 0
    walk = Walk(
        line, speed_m_s, start_s=figure.now_s, heading=figure.heading, rig=figure.rig,
        runs=runs, manner=manner, backward=backward, first="left" if left else "right", at_last=at_last,
    )  # fmt: skip
    figure.walk = walk
    figure.moves(walk.root)
    walk.tread(figure.feet)
    yield from wait(figure, walk.lasts_s + 0.02)


def go_to(
    company: Company, figure: Figure, end: Vec, heading: float | None, action: Action, *,
    but: frozenset[str] = frozenset(),
) -> Script:  # fmt: skip
    """To a mark, by the free way, and there to a heading; who sits gets up first."""
    if not figure.upright and math.hypot(end[0] - figure.at_m[0], end[1] - figure.at_m[1]) > 0.3:
        yield from get_up(figure)
    line = line_to(company.live, figure.at_m, end, but=but)
    if line.length_m > 0.12:
        runs = action.verb == "run" or "run" in action.lemma
        manner, pace = manner_of(action, figure)
        speed = (RUN_M_S if runs else WALK_M_S) * pace * math.sqrt(figure.height_m / 1.75)
        yield from go_line(figure, line, speed, manner=manner, runs=runs, at_last=heading)
    if heading is not None:
        yield from wait(figure, figure.turn_to(heading))


def go_up_to(
    company: Company, figure: Figure, thing: str, action: Action, gap: float | None = None
) -> Script:
    """To where a thing is at hand, if it is not at hand already."""
    live = company.live
    begin = figure.at_m
    x, y, _ = live.middle(thing)
    far = math.hypot(x - begin[0], y - begin[1])
    half = 0.1 if thing in live.people else live.boxes[thing].round_m
    wanted = (gap if gap is not None else 0.46) + min(half, 0.6)
    if far > wanted + 0.12 or far < 0.2 + min(half, 0.4):
        mark, heading = mark_at(live, thing, begin, gap_m=gap)
        but = frozenset({thing}) if gap is not None else frozenset()
        yield from go_to(company, figure, mark, heading, action, but=but)
    else:
        yield from wait(figure, figure.turn_to(heading_rad((x - begin[0], y - begin[1], 0.0))))


def walk(company: Company, figure: Figure, action: Action) -> Script:
    """Walks or runs: to, past, round or away from something, or simply across the picture."""
    if not figure.upright:
        yield from get_up(figure)
    line = line_of(company, figure, action)
    line = _stopped_before(company, figure, action, line)
    runs = action.verb == "run"
    manner, pace = manner_of(action, figure)
    if action.speed_m_s:
        speed = min(action.speed_m_s, 9.0)
    else:
        speed = (RUN_M_S if runs else WALK_M_S) * pace * math.sqrt(figure.height_m / 1.75)
        speed *= _hurry(company, figure, action, line.length_m / speed)
    backward = action.direction == "backward"
    yield from go_line(figure, line, speed, manner=manner, runs=runs, backward=backward)


def line_of(company: Company, figure: Figure, action: Action) -> Line:
    """The way that an action tells somebody to go."""
    live, begin = company.live, figure.at_m
    target = action.target if action.target not in (None, WORLD, figure.name) else None
    legs = [leg for leg in action.path if leg.body not in (WORLD, figure.name)]
    if target is None and legs:
        target = legs[-1].body
        way = legs[-1].way
        legs = legs[:-1]
    else:
        way = action.how or "to"
    if target is None:
        return _across(figure, action)
    via = [live.middle(leg.body) for leg in legs]
    points = [(x, y, begin[2]) for x, y, _ in via]
    if way == "around":
        return _round(live.middle(target), begin, 0.55 + live.boxes[target].round_m, action.turns)
    if way in ("away from", "off", "out of"):
        x, y, _ = live.middle(target)
        out = facing(heading_rad((begin[0] - x, begin[1] - y, 0.0)))
        end = _kept((begin[0] + FAR_M * out[0], begin[1] + FAR_M * out[1], begin[2]))
    elif way in ("past", "along", "in front of", "behind"):
        return _by(company, figure, target, behind=way == "behind")
    elif way in ("through", "over", "across", "under", "between"):
        end = _kept(beyond(live, target, begin, 1.0))
    elif (seat := _seat_next(company, figure, action)) is not None:
        end, _ = seat_mark(company, figure, seat)
    else:
        end, _ = mark_at(live, target, begin, gap_m=0.42)
    if points:
        return straight(begin, end, points)
    return line_to(live, begin, end, but=frozenset({target}))


def _by(company: Company, figure: Figure, thing: str, *, behind: bool) -> Line:
    """Past a thing and on, before it or behind it, never through it."""
    live, begin = company.live, figure.at_m
    x, y, _ = live.middle(thing)
    deep = live.boxes[thing].half(1) if thing in live.boxes else 0.2
    wide = live.boxes[thing].half(0) if thing in live.boxes else 0.2
    side = 1.0 if behind else -1.0
    lane = y + side * (deep + PASS_M)
    if (begin[1] - lane) * side > 0:
        lane = begin[1]
    out = math.copysign(wide + 1.1, x - begin[0])
    end = (x + out, lane, begin[2])
    corner = (x - math.copysign(wide + 0.25, out), lane, begin[2])
    via = [corner] if abs(begin[1] - lane) > 0.1 and (corner[0] - begin[0]) * out > 0 else []
    return straight(begin, end, via)


def _next(company: Company, figure: Figure, action: Action) -> Action | None:
    """What the same person does after an action."""
    mine = [
        a for a in company.plan.actions
        if figure.name in (a.agent, a.body) and not a.expected and a.start_s > action.start_s
    ]  # fmt: skip
    return min(mine, key=lambda a: a.start_s, default=None)


def _seat_next(company: Company, figure: Figure, action: Action) -> str | None:
    """The seat that somebody goes to and then sits or lies on: it is gone to from its front."""
    after = _next(company, figure, action)
    if after is None or after.verb not in ("sit", "lie") or after.target != action.target:
        return None
    return seat_for(company, figure, after)


def _hurry(company: Company, figure: Figure, action: Action, needs_s: float) -> float:
    """How much faster somebody goes so as to be there when the next thing is to be done."""
    after = _next(company, figure, action)
    if after is None:
        return 1.0
    return min(max(needs_s / max(after.start_s - figure.now_s, 0.1), 1.0), HURRY)


def _stopped_before(company: Company, figure: Figure, action: Action, line: Line) -> Line:
    """Ends it a stride before what the same person is to jump over, climb or kick next."""
    mine = [
        a for a in company.plan.actions
        if figure.name in (a.agent, a.body) and not a.expected and a.start_s > action.start_s
        and a.verb in ("jump", "climb", "kick")
    ]  # fmt: skip
    if not mine or action.target not in (None, WORLD):
        return line
    nxt = min(mine, key=lambda a: a.start_s)
    names = [nxt.target, *(leg.body for leg in nxt.path), nxt.body]
    thing = next((n for n in names if n in company.live.boxes and n != figure.name), None)
    if thing is None:
        return line
    x, y, _ = company.live.middle(thing)
    begin = figure.at_m
    far = math.hypot(x - begin[0], y - begin[1])
    room = min(company.live.boxes[thing].round_m, 0.6) + RUN_UP_M
    share = max(far - room, 0.06) / max(far, 1e-6)
    return straight(
        begin, (begin[0] + share * (x - begin[0]), begin[1] + share * (y - begin[1]), begin[2])
    )


def get_up(figure: Figure) -> Script:
    """Stands up from where it sits or crouches."""
    figure.go({"pelvis_pitch": 28.0, "chest_pitch": 26.0, "head_pitch": -14.0}, 0.4)
    yield from wait(figure, 0.25)
    figure.go(pose("stand") | {"left.swing": 1.0, "right.swing": 1.0}, 0.8)
    yield from wait(figure, 0.8)


def _across(figure: Figure, action: Action) -> Line:
    begin = figure.at_m
    if action.direction == "forward":
        way = facing(figure.heading)
    elif action.direction == "backward":
        way = facing(figure.heading + math.pi)
    else:
        way = WAYS.get(action.direction or "right", (1.0, 0.0, 0.0))
    far = FAR_M * (1.5 if action.verb == "run" else 1.0)
    if action.end_s is not None and action.speed_m_s:
        far = action.speed_m_s * (action.end_s - action.start_s)
    end = _kept((begin[0] + far * way[0], begin[1] + far * way[1], begin[2]))
    if math.hypot(end[0] - begin[0], end[1] - begin[1]) < 0.6:
        end = (begin[0] + 0.8 * way[0], begin[1] + 0.8 * way[1], begin[2])
    return straight(begin, end)


def _kept(at: Vec) -> Vec:
    """Inside of where the camera looks."""
    x = min(max(at[0], -STAGE_X_M), STAGE_X_M)
    return x, min(max(at[1], STAGE_Y_M[0]), STAGE_Y_M[1]), at[2]


def _round(centre: Vec, begin: Vec, radius: float, turns: float | None) -> Line:
    x, y = begin[0] - centre[0], begin[1] - centre[1]
    start, far = math.atan2(y, x), math.hypot(x, y)
    angles = np.linspace(0, math.tau * (turns or 1.0), 60)
    points = [
        (
            centre[0] + (radius + (far - radius) * math.exp(-a * 1.5)) * math.cos(start + a),
            centre[1] + (radius + (far - radius) * math.exp(-a * 1.5)) * math.sin(start + a),
            begin[2],
        )
        for a in angles.tolist()
    ]
    return Line(points)


def fixed(at_m: Vec) -> Point:
    """An aim that stays where it is."""
    return lambda: at_m


def turn(company: Company, figure: Figure, action: Action) -> Script:
    """Turns on the spot: towards something, some way, round and round."""
    if action.turns:
        times = min(action.turns, 6.0)
        yield from wait(figure, 0.01)
        for _ in range(max(1, round(times * 3))):
            yield from wait(
                figure, figure.turn_to(figure.heading + math.tau * times / max(1, round(times * 3)))
            )
        return
    if action.target not in (None, WORLD, figure.name):
        way = sub(company.live.middle(str(action.target)), figure.at_m)
        heading = heading_rad(way) + (math.pi if action.how == "away from" else 0.0)
    elif action.direction in WAYS:
        heading = heading_rad(WAYS[action.direction])
    else:
        heading = figure.heading + math.pi
    yield from wait(figure, figure.turn_to(heading))
