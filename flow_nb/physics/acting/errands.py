"""What animals and vehicles do. In: an action of theirs. Out: its script: going, flying, leaping, turning."""

from __future__ import annotations

import math
from collections.abc import Callable

from flow_nb.physics.acting.company import Company, say
from flow_nb.physics.acting.figure import Script
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.lines import Line, Ramp, straight
from flow_nb.physics.acting.marks import line_to
from flow_nb.physics.acting.movers import Mover
from flow_nb.physics.acting.turns import Vec, mix, sub, wrapped
from flow_nb.plan.actions import Action, Verb
from flow_nb.plan.plan import WORLD

Errand = Callable[[Company, Mover, Action], Script]

FAR_M, OUT_M = 3.0, 2.6
MEETS: frozenset[Verb] = frozenset({"push", "hit", "kick", "knock over", "collide", "throw"})
"""What is done to a thing by running into it."""
TAKE_OFF_S = 1.6


def wait(mover: Mover, lasts_s: float) -> Script:
    """Nothing new for a while."""
    end = mover.now_s + lasts_s - 1e-6
    while mover.now_s < end:
        yield


def heading_of(way: Vec) -> float:
    """Where what faces +x looks along a level way."""
    return math.atan2(way[1], way[0])


def travel(company: Company, mover: Mover, action: Action) -> Script:
    """Goes, drives, swims or flies: to, past or round something, or across the picture."""
    line = _line(company, mover, action)
    runs = action.verb in ("run", "fly", "drive", "slide") or action.verb in MEETS
    speed = min(action.speed_m_s or mover.speed_m_s(runs=runs) * _pace(action), 25.0)
    speed = min(speed, 30 * max(line.length_m, 0.2))
    flies = action.verb == "fly" or (action.verb == "rise" and mover.going.air_m > 0)
    if flies and not mover.aloft:
        yield from _take_off(mover)
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
        phase = math.tau * along / (going.stride * max(mover.length_m, 0.05))
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
    if going.hop or (going.name == "wing" and not mover.aloft):
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


def _line(company: Company, mover: Mover, action: Action) -> Line:
    live, begin = company.live, mover.at_m
    names = [action.body, action.target] if action.body != mover.name else [action.target]
    legs = [leg.body for leg in action.path if leg.body not in (WORLD, mover.name)]
    target = next((n for n in names if n not in (None, WORLD, mover.name)), None)
    way = action.how or ("through" if action.verb in MEETS else "to")
    if target is None and legs:
        target, way = legs[-1], action.path[-1].way
    if target is None:
        return straight(begin, _across(mover, action))
    middle = live.middle(target)
    half = live.boxes[target].round_m + mover.length_m / 2
    if way == "around":
        return _ring(middle, begin, half + 0.5)
    away = sub(middle, begin)
    far = math.hypot(away[0], away[1]) or 1.0
    if way in ("away from", "off", "out of"):
        reach = -FAR_M
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
    return line_to(live, begin, end, but=frozenset({target}))


def _across(mover: Mover, action: Action) -> Vec:
    x, y, z = mover.at_m
    way = WAYS.get(action.direction or "right", (1.0, 0.0, 0.0))
    if action.direction in ("forward", "backward"):
        sign = 1.0 if action.direction == "forward" else -1.0
        way = (sign * math.cos(mover.heading), sign * math.sin(mover.heading), 0.0)
    far = FAR_M + mover.length_m
    if action.end_s is not None and action.speed_m_s:
        far = min(action.speed_m_s * (action.end_s - action.start_s), 40.0)
        return x + far * way[0], y + far * way[1], z
    return _kept((x + far * way[0], y + far * way[1], z), mover)


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


def rise(company: Company, mover: Mover, action: Action) -> Script:
    """Straight up, faster and faster, as rockets do; what has wings climbs to where it flies."""
    mover.aloft = True
    begin, first = mover.now_s, mover.at_m
    pull = 4.0 if mover.stand.prop.name in ("rocket", "spaceship") else 1.2
    while mover.now_s < company.plan.duration_s + 1:
        t = mover.now_s - begin
        up = pull * t * t / 2 if t < 2 else pull * (2 * t - 2)
        mover.at_m = (first[0], first[1], min(first[2] + up, 30.0))
        yield


def sinking(company: Company, mover: Mover, action: Action) -> Script:
    """Comes down to the ground, or under the water."""
    first, begin = mover.at_m, mover.now_s
    under = action.verb == "sink"
    low = -1.2 * mover.height_m if under else 0.0
    lasts = 2.5 if under else 1.6
    while mover.now_s < begin + lasts:
        u = (mover.now_s - begin) / lasts
        mover.at_m = mix(first, (first[0], first[1], low), u * u * (3 - 2 * u))
        yield
    mover.aloft = mover.aloft and under


def leap(company: Company, mover: Mover, action: Action) -> Script:
    """One leap after the other, each a thrown stone's curve."""
    gravity = max(company.live.gravity_m_s2, 0.3)
    up = min(
        action.speed_m_s or math.sqrt(2 * 9.81 * min(max(0.5 * mover.height_m, 0.12), 0.7)), 5.0
    )
    flight = 2 * up / gravity
    target = action.target or (action.path[0].body if action.path else None)
    for _ in range(min(int(action.turns or 1), 10)):
        first = mover.at_m
        way: Vec = (math.cos(mover.heading), math.sin(mover.heading), 0.0)
        far = 1.1 * mover.length_m
        if target not in (None, WORLD, mover.name):
            away = sub(company.live.middle(str(target)), first)
            far = math.hypot(away[0], away[1])
            way = (away[0] / (far or 1), away[1] / (far or 1), 0.0)
            over = action.how in ("over", "across") or any(leg.way == "over" for leg in action.path)
            far = min(far * (2 if over else 1), 4.0)
            yield from _turn_to(mover, heading_of(way))
        yield from wait(mover, 0.2)
        begin = mover.now_s
        while mover.now_s < begin + flight:
            t = mover.now_s - begin
            done = far * t / flight
            z = up * t - gravity * t * t / 2
            mover.at_m = (first[0] + way[0] * done, first[1] + way[1] * done, first[2] + z)
            mover.rate = (0.0, -0.35 * math.cos(math.pi * t / flight), 0.0)
            yield
        mover.at_m = (first[0] + way[0] * far, first[1] + way[1] * far, first[2])
        mover.rate = (0.0, 0.0, 0.0)
        yield from wait(mover, 0.15)


def _turn_to(mover: Mover, heading: float) -> Script:
    begin, first = mover.now_s, mover.heading
    way = wrapped(heading - first)
    lasts = 0.2 + 0.9 * abs(way) / math.pi
    while mover.now_s < begin + lasts and abs(way) > 0.03:
        u = (mover.now_s - begin) / lasts
        mover.heading = first + way * u * u * (3 - 2 * u)
        yield


def turn(company: Company, mover: Mover, action: Action) -> Script:
    """Turns to something, or round and round."""
    if action.turns or action.verb == "spin":
        first, begin = mover.heading, mover.now_s
        turns = min(action.turns or 2.0, 12.0)
        while mover.now_s < begin + turns * 1.1:
            u = (mover.now_s - begin) / (turns * 1.1)
            mover.heading = first + math.tau * turns * u * u * (3 - 2 * u)
            yield
        return
    if action.target not in (None, WORLD, mover.name):
        yield from _turn_to(
            mover, heading_of(sub(company.live.middle(str(action.target)), mover.at_m))
        )
    elif action.direction in WAYS:
        yield from _turn_to(mover, heading_of(WAYS[action.direction]))


def settle(company: Company, mover: Mover, action: Action) -> Script:
    """Sits up, lies down, or rolls over: a lean that stays."""
    low = {
        "sit": (0.0, -0.35, 0.0),
        "lie": (0.5, 0.0, 0.0),
        "fall": (1.45, 0.0, 0.0),
        "crouch": (0.0, 0.18, 0.0),
    }
    mover.rate = low.get(action.verb, (0.0, 0.0, 0.0))
    yield from wait(mover, 0.8)


def frolic(company: Company, mover: Mover, action: Action) -> Script:
    """Small hops and nods on the spot: it barks, sings, plays, shakes itself."""
    first, begin = mover.at_m, mover.now_s
    end = action.end_s or min(begin + 1.8, company.plan.duration_s)
    shakes = action.verb in ("shake", "dance") or "shake" in action.lemma
    while mover.now_s < end:
        beat = math.tau * (mover.now_s - begin) * (3.2 if shakes else 1.8)
        fade = min(1.0, (mover.now_s - begin) / 0.2, (end - mover.now_s) / 0.2)
        hop = 0.06 * mover.height_m * fade * (0.5 - 0.5 * math.cos(beat))
        mover.at_m = (first[0], first[1], first[2] + hop)
        mover.rate = (
            (0.16 if shakes else 0.02) * fade * math.sin(beat),
            -0.14 * fade * math.sin(beat),
            0.0,
        )
        yield
    mover.at_m, mover.rate = first, (0.0, 0.0, 0.0)


ERRANDS: dict[Verb, Errand] = {
    "jump": leap, "bounce": leap, "rise": rise, "sink": sinking, "lower": sinking, "turn": turn,
    "spin": turn, "look": turn, "point": turn, "sit": settle, "lie": settle, "fall": settle,
    "stand": settle, "crouch": settle, "gesture": frolic, "handle": frolic, "dance": frolic,
    "shake": frolic, "wave": frolic, "hold": frolic, "flutter": frolic,
}  # fmt: skip


def errand_for(action: Action) -> Errand:
    """What is done for an action; all that is not named is a way to go."""
    if action.verb == "fly" and action.direction == "up":
        return rise
    return ERRANDS.get(action.verb, travel)


def refuse(company: Company, mover: Mover, action: Action) -> None:
    """Says what has no hands to do it."""
    if (
        action.verb in ("throw", "pick up", "carry", "put down", "catch")
        and action.body != mover.name
    ):
        company.warn(
            f"The {mover.body.noun} has no hands to {action.verb} {say(action.body)}: it goes there."
        )
