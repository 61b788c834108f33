"""What animals and vehicles do. In: an action of theirs. Out: its script: going, flying, leaping, turning."""

from __future__ import annotations

import math
from collections.abc import Callable

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Script
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.lines import Line, Ramp, straight
from flow_nb.physics.acting.marks import line_to
from flow_nb.physics.acting.movers import Mover
from flow_nb.physics.acting.turns import Vec, mix, sub, wrapped
from flow_nb.plan.actions import Action, Verb
from flow_nb.plan.plan import WORLD

Errand = Callable[[Company, Mover, Action], Script]

FAR_M, OUT_M, ON_M = 3.0, 2.6, 6.0
MEETS: frozenset[Verb] = frozenset({"push", "hit", "kick", "knock over", "collide", "throw"})
"""What is done to a thing by running into it."""
TAKE_OFF_S = 1.6
ASIDE_M = 0.55
NUDGE_M, NUDGE_FROM_M = 0.2, 0.25
"""So far a thing is pushed by who stands beside it on a shelf or a table."""


def travel(company: Company, mover: Mover, action: Action) -> Script:
    """Goes, drives, swims or flies: to, past or round something, or across the picture."""
    flies = action.verb == "fly" or (action.verb == "rise" and mover.going.air_m > 0)
    if flies and not mover.aloft:
        yield from _take_off(mover)
    runs = action.verb in ("run", "fly", "drive", "slide") or action.verb in MEETS
    speed = min(action.speed_m_s or mover.speed_m_s(runs=runs) * _pace(action), 25.0)
    line = _line(company, mover, action, speed)
    speed = min(speed, 30 * max(line.length_m, 0.2))
    yield from _along(mover, line, speed)


def _pace(action: Action) -> float:
    words = f"{action.manner} {action.lemma}".lower()
    if any(w in words for w in ("slow", "gent", "creep", "stroll")):
        return 0.55
    return (
        1.5 if any(w in words for w in ("fast", "quick", "rush", "speed", "race", "dash")) else 1.0
    )


def _along(mover: Mover, line: Line, speed_m_s: float) -> Script:
    """Along a line with its gait, turning into it on the way."""
    if line.length_m < 0.05:
        return
    going = mover.going
    fast = going.run_stride > 0 and speed_m_s > 1.6 * mover.speed_m_s(runs=False)
    stride = going.run_stride if fast else going.stride
    ramp = Ramp(line.length_m, speed_m_s, min(0.4 + 0.12 * speed_m_s, 1.5))
    begin, first, from_heading = mover.now_s, mover.at_m, mover.heading
    turn = wrapped(line.heading(0.0) - math.pi / 2 - from_heading)
    lasts = 0.35 + 0.5 * abs(turn) / math.pi
    last_heading = from_heading
    while True:
        after = mover.now_s - begin
        along = ramp.along_m(after)
        x, y, z = line.at(along)
        wanted = line.heading(along) - math.pi / 2
        u = min(after / lasts, 1.0)
        mover.heading = from_heading + wrapped(wanted - from_heading) * u * u * (3 - 2 * u)
        pace = ramp.pace(after)
        phase = math.tau * along / (stride * max(mover.length_m, 0.05))
        lift = _bob(mover, phase, pace) if not mover.aloft else 0.0
        mover.at_m = (x, y, z + lift)
        bank = math.radians(going.bank) * _clip((last_heading - mover.heading) * 240 / 1.2)
        last_heading = mover.heading
        nose = 0.06 * (ramp.pace(after + 0.15) - pace) if going.name == "wheels" else 0.0
        wind = math.radians(going.yaw) * math.sin(phase)
        mover.rate = (
            pace * math.radians(going.roll) * math.sin(phase) + bank,
            pace * math.radians(going.pitch) * (math.sin(2 * phase) if not going.hop else -math.cos(phase)) - nose,
            pace * wind,
        )  # fmt: skip
        if after >= ramp.lasts_s:
            break
        yield
    mover.at_m = (*mover.at_m[:2], first[2] if not mover.aloft else mover.at_m[2])
    mover.rate = (0.0, 0.0, 0.0)


def _bob(mover: Mover, phase: float, pace: float) -> float:
    """How high it is off the ground in its gait."""
    going = mover.going
    if going.hop or (going.name in ("wing", "flit") and not mover.aloft):
        u = (phase / math.tau) % 1.0
        air = min(u / 0.7, 1.0)
        return pace * going.bob * mover.height_m * 4 * air * (1 - air)
    return pace * going.bob * mover.height_m * (0.5 - 0.5 * math.cos(2 * phase))


def _clip(value: float) -> float:
    return min(max(value, -1.0), 1.0)


def _take_off(mover: Mover) -> Script:
    """Rises to where it flies."""
    mover.aloft = True
    begin, first = mover.now_s, mover.at_m
    goal = (first[0], first[1], max(first[2], mover.going.air_m or 1.5))
    mover.rate = (0.0, -0.12, 0.0)
    while mover.now_s < begin + TAKE_OFF_S:
        u = (mover.now_s - begin) / TAKE_OFF_S
        mover.at_m = mix(first, goal, u * u * (3 - 2 * u))
        yield
    mover.rate = (0.0, 0.0, 0.0)


def _line(company: Company, mover: Mover, action: Action, speed_m_s: float) -> Line:
    live, begin = company.live, mover.at_m
    names = [action.body, action.target] if action.body != mover.name else [action.target]
    legs = [leg.body for leg in action.path if leg.body not in (WORLD, mover.name)]
    target = next((n for n in names if n not in (None, WORLD, mover.name)), None)
    way = action.how or ("through" if action.verb in MEETS else "to")
    if target is None and legs:
        target, way = legs[-1], action.path[-1].way
    if target is None:
        return straight(begin, _across(company, mover, action, speed_m_s))
    middle = live.middle(target)
    half = live.boxes[target].round_m + mover.length_m / 2
    if way == "around":
        return _ring(middle, begin, half + 0.5)
    away = sub(middle, begin)
    far = math.hypot(away[0], away[1]) or 1.0
    if way in ("away from", "off", "out of"):
        reach = -FAR_M
    elif action.verb in MEETS and begin[2] > NUDGE_FROM_M:
        reach = max(far - half + NUDGE_M, 0.1)
    elif (
        way in ("through", "past", "over", "along", "across", "under", "between", "behind")
        or action.verb in MEETS
    ):
        reach = far + half + 1.2
    else:
        reach = max(far - half - 0.12, 0.1)
    share = reach / far
    end = _kept((begin[0] + away[0] * share, begin[1] + away[1] * share, begin[2]), mover)
    if (
        mover.aloft
        or action.verb == "fly"
        or way in ("through", "past", "over")
        or action.verb in MEETS
    ):
        return straight(begin, end)
    via = _round_people(company, begin, end, target)
    return straight(begin, end, via) if via else line_to(live, begin, end, but=frozenset({target}))


def _round_people(company: Company, begin: Vec, end: Vec, target: str) -> list[Vec]:
    """Where to turn aside, before the camera, so as not to run through somebody."""
    way = (end[0] - begin[0], end[1] - begin[1])
    far = math.hypot(*way) or 1.0
    found = []
    for name, figure in company.figures.items():
        x, y, _ = figure.at_m
        along = ((x - begin[0]) * way[0] + (y - begin[1]) * way[1]) / far
        off = abs((x - begin[0]) * way[1] - (y - begin[1]) * way[0]) / far
        if name != target and 0.2 < along < far - 0.1 and off < ASIDE_M:
            found.append((along, (x, y - ASIDE_M - 0.25, begin[2])))
    return [spot for _, spot in sorted(found)]


def _across(company: Company, mover: Mover, action: Action, speed_m_s: float) -> Vec:
    """As far as it gets until the shot is over; the camera goes along."""
    x, y, z = mover.at_m
    way = WAYS.get(action.direction or "right", (1.0, 0.0, 0.0))
    if action.direction in ("forward", "backward"):
        sign = 1.0 if action.direction == "forward" else -1.0
        way = (sign * math.cos(mover.heading), sign * math.sin(mover.heading), 0.0)
    far = FAR_M + mover.length_m
    if action.end_s is not None and action.speed_m_s:
        far = min(action.speed_m_s * (action.end_s - action.start_s), 40.0)
        return x + far * way[0], y + far * way[1], z
    left_s = max(company.plan.duration_s - mover.now_s, 1.0)
    far = min(max(far, speed_m_s * left_s), far + ON_M) if way[0] else far
    return x + far * way[0], min(max(y + far * way[1], -2.0), 12.0), z


def _kept(at: Vec, mover: Mover) -> Vec:
    """No further out than just beyond the picture."""
    out = OUT_M + mover.length_m
    return min(max(at[0], -out), out), min(max(at[1], -2.0), 12.0), at[2]


def _ring(centre: Vec, begin: Vec, radius: float) -> Line:
    start = math.atan2(begin[1] - centre[1], begin[0] - centre[0])
    far = math.hypot(begin[1] - centre[1], begin[0] - centre[0])
    points = []
    for i in range(61):
        a = math.tau * i / 60
        r = radius + (far - radius) * math.exp(-1.5 * a)
        points.append(
            (centre[0] + r * math.cos(start + a), centre[1] + r * math.sin(start + a), begin[2])
        )
    return Line(points)
