"""What animals and vehicles do. In: an action of theirs. Out: its script: going, leaping, turning, playing."""

from __future__ import annotations

import math
from collections.abc import Callable

from flow_nb.physics.acting.company import Company, say
from flow_nb.physics.acting.figure import Script
from flow_nb.physics.acting.going import WAYS
from flow_nb.physics.acting.movers import Mover, heading_of, wait
from flow_nb.physics.acting.travel import travel
from flow_nb.physics.acting.turns import Vec, mix, sub, wrapped
from flow_nb.plan.actions import Action, Verb
from flow_nb.plan.plan import WORLD

Errand = Callable[[Company, Mover, Action], Script]


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
    """One leap after the other, each a thrown stone's curve, from where it stands to where it lands."""
    gravity = max(company.live.gravity_m_s2, 0.3)
    spring = min(max(0.5 * mover.height_m, 0.12), 0.7)
    for _ in range(min(int(action.turns or 1), 10)):
        first = mover.at_m
        way, far, level = _landing(company, mover, action)
        yield from _turn_to(mover, heading_of(way))
        yield from wait(mover, 0.2)
        apex = max(first[2], level) + spring
        up = action.speed_m_s or math.sqrt(2 * gravity * (apex - first[2]))
        up = max(up, math.sqrt(2 * gravity * max(level - first[2], 0.0)) + 0.01)
        drop = first[2] - level
        flight = (up + math.sqrt(up * up + 2 * gravity * drop)) / gravity
        begin = mover.now_s
        while mover.now_s < begin + flight:
            t = mover.now_s - begin
            done, z = far * t / flight, up * t - gravity * t * t / 2
            mover.at_m = (first[0] + way[0] * done, first[1] + way[1] * done, first[2] + z)
            mover.rate = (0.0, -0.35 * math.cos(math.pi * t / flight), 0.0)
            yield
        mover.at_m = (first[0] + way[0] * far, first[1] + way[1] * far, level)
        mover.rate = (0.0, 0.0, 0.0)
        yield from wait(mover, 0.15)


def _landing(company: Company, mover: Mover, action: Action) -> tuple[Vec, float, float]:
    """The level way (3,) of a leap, its length, and the height on which it ends."""
    live, first = company.live, mover.at_m
    target = action.target or (action.path[0].body if action.path else None)
    if target not in (None, WORLD, mover.name):
        away = sub(live.middle(str(target)), first)
        far = math.hypot(away[0], away[1])
        way: Vec = (away[0] / (far or 1), away[1] / (far or 1), 0.0)
        over = action.how in ("over", "across") or any(leg.way == "over" for leg in action.path)
        onto = action.how in ("onto", "on") and target in live.boxes and target not in live.people
        return way, min(far * (2 if over else 1), 4.0), live.top_m(str(target)) if onto else 0.0
    way = (math.cos(mover.heading), math.sin(mover.heading), 0.0)
    if action.direction in WAYS:
        way = WAYS[action.direction]
    leaves = action.source if action.source in live.boxes else None
    if leaves is None:
        return way, 1.1 * mover.length_m, first[2]
    box = live.boxes[str(leaves)]
    half = abs(way[0]) * box.half(0) + abs(way[1]) * box.half(1)
    return way, half + mover.length_m, 0.0


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
