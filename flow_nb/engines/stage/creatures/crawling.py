"""How a critter moves. In: a `Jointed`, the motion, what it does. Out: one transform for every bone and frame:
feet that stand where they stand, wings that beat, a spine that waves.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from flow_nb.engines.stage.creatures.gaits import CREEPS, Steps, steps, turned_yaws
from flow_nb.engines.stage.creatures.jointed import Jointed, lower, sides
from flow_nb.engines.stage.creatures.pose import Rows, root, samples
from flow_nb.engines.stage.creatures.postures import Postures
from flow_nb.engines.stage.creatures.turns import about, after, around, undone
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.motion import Motion

STRETCH = (0.72, 1.35)
"""How much shorter and longer than at rest clay lets a stiff leg be."""


def walked(frame: Jointed, motion: Motion, column: int) -> Steps:
    """The feet of a critter through a whole shot; what has no legs has none."""
    homes = np.array([_home_m(frame, leg)[:2] for leg in frame.legs] or np.zeros((2, 2)))
    kind = frame.critter.gait
    return steps(
        motion.positions_m[:, column].astype(float),
        turned_yaws(motion.quaternions[:, column]),
        homes,
        frame.critter.leg_m * frame.scale,
        hops=kind == "hop",
        gait=CREEPS if kind == "creep" else None,
    )


def transforms(
    frame: Jointed,
    motion: Motion,
    column: int,
    times: Floats,
    does: Postures,
    *,
    seed: int,
    swims: bool,
) -> Singles:
    """(frames, bones, 3, 4): what takes a vertex at rest to its place."""
    gone, rows = walked(frame, motion, column), samples(motion, times)
    body = root(motion, column, rows, gone, does)
    waves = np.random.default_rng([seed, 17]).uniform(0, math.tau, 8)
    trunk = np.zeros((len(times), 3, 4))
    trunk[:] = np.eye(3, 4)
    found = dict.fromkeys(frame.bones, trunk)
    found |= _spine(frame, motion, column, times, rows, waves)
    found |= _head(frame, does, times, waves, trunk)
    air = np.maximum(does.flies, gone.air[rows])
    for name, wing in frame.critter.wings.items():
        for limb in _there(frame, name):
            beat = np.sin(math.tau * wing.hz * times + waves[0])
            rest = np.sin(math.tau * 0.35 * times + waves[1])
            angle = air * (wing.rest_deg + wing.beat_deg * beat) + (1 - air) * wing.idle_deg * rest
            sign = -1.0 if limb.endswith("right") else 1.0
            turn = about("x", sign * np.radians(angle))
            found[limb] = around(turn, frame.place_m(wing.at_m, limb))
    for name, sway in frame.critter.sways.items():
        for i, limb in enumerate(_there(frame, name)):
            swing = np.sin(math.tau * sway.hz * times + waves[2] + 2.4 * i)
            at_m = frame.place_m(sway.at_m, limb)
            found[limb] = around(about(sway.axis, math.radians(sway.deg) * swing), at_m)
    for number, leg in enumerate(frame.legs):
        found |= _leg(frame, leg, number, gone, rows, air, body, times, swims=swims)
    return np.stack([after(body, found[bone]) for bone in frame.bones], axis=1).astype(np.float32)


def _there(frame: Jointed, name: str) -> list[str]:
    return [limb for limb in sides(name) if limb in frame.limbs]


def _home_m(frame: Jointed, leg: str) -> Floats:
    row = frame.critter.legs[leg.rpartition("-")[0]]
    return frame.place_m((row.foot_m[0], row.foot_m[1], 0.0), leg)


def _spine(
    frame: Jointed, motion: Motion, column: int, times: Floats, rows: Rows, waves: Floats
) -> dict[str, Floats]:
    """Every vertebra beside its place at rest, turned as the wave runs through it."""
    spine, found = frame.critter.spine, dict[str, Floats]()
    if spine is None:
        return found
    xs, long = frame.spine_m, float(frame.spine_m[0] - frame.spine_m[-1])
    share = (xs[0] - xs) / long
    grows = 0.35 + 0.65 * share if spine.winds else share**1.6
    steps_m = np.linalg.norm(
        np.diff(motion.positions_m[:, column, :2].astype(float), axis=0), axis=1
    )
    way = np.concatenate([[0.0], np.cumsum(steps_m)])[rows] * spine.waves / long
    phase = math.tau * (way + spine.hz * times)[:, None] + waves[3]
    wave = spine.wide_m * frame.scale * grows * np.sin(phase - math.tau * spine.waves * share)
    slope = np.gradient(wave, xs, axis=1)
    rest, lean = frame.course_m, np.gradient(frame.course_m, xs)
    for i, x in enumerate(xs):
        angle = np.arctan(slope[:, i]) - math.atan(lean[i])
        flat = spine.axis == "z"
        pivot = np.array([x, rest[i], 0.0])
        bent = around(about("z", angle) if flat else about("y", -angle), pivot)
        bent[:, 1 if flat else 2, 3] += wave[:, i] - rest[i]
        found[f"spine-{i}"] = bent
    return found


def _head(
    frame: Jointed, does: Postures, times: Floats, waves: Floats, trunk: Floats
) -> dict[str, Floats]:
    """It looks about, bows to what it eats, and opens its jaw to call."""
    kind, head = frame.critter, trunk
    found: dict[str, Floats] = {}
    if kind.head_m is not None:
        side = 0.22 * np.sin(0.8 * times + waves[4]) * (1 - does.eats)
        down = 0.35 * does.eats - 0.15 * does.calls + 0.04 * np.sin(1.1 * times + waves[5])
        turn = about("z", side) @ about("y", down)
        head = around(turn, frame.place_m(kind.head_m, "head"))
        found |= dict.fromkeys(_there(frame, "head"), head)
    if kind.jaw_m is not None:
        gape = does.calls * (0.34 + 0.08 * np.sin(11 * times)) + 0.03
        gape = gape + does.eats * 0.15 * (1 + np.sin(8 * times))
        jaw = after(head, around(about("y", gape), frame.place_m(kind.jaw_m, "jaw")))
        found |= dict.fromkeys(_there(frame, "jaw"), jaw)
    return found


def _leg(
    frame: Jointed,
    leg: str,
    number: int,
    gone: Steps,
    rows: Rows,
    air: Floats,
    body: Floats,
    times: Floats,
    *,
    swims: bool,
) -> dict[str, Floats]:
    """A leg to where its foot is: about its knee, or stiff; what is its foot stays level."""
    row = frame.critter.legs[leg.rpartition("-")[0]]
    top, foot = frame.place_m(row.at_m, leg), frame.place_m(row.foot_m, leg)
    home = _home_m(frame, leg)
    goal = foot + undone(body, gone.soles_m[rows, number]) - home
    tuck = foot + frame.place_m(row.tuck_m, leg)
    if swims:
        kick = np.sin(math.tau * 0.9 * times + (0.0 if number < 2 else 1.9))
        goal = foot + (0.5 + 0.5 * kick)[:, None] * (tuck - foot)
    else:
        goal = goal + air[:, None] * (tuck - goal)
    upright = np.clip((body[:, 2, 2] - 0.75) / 0.15, 0, 1)[:, None]
    goal = foot + upright * (goal - foot)
    knee = None if row.knee_m is None else frame.place_m(row.knee_m, leg)
    joints = (top, foot) if knee is None else (top, knee, foot)
    reach = sum(float(np.linalg.norm(b - a)) for a, b in itertools.pairwise(joints))
    way = goal - top
    far = np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    goal = top + way * np.minimum(1.0, (STRETCH[1] if knee is None else 0.97) * reach / far)
    tops = np.broadcast_to(top, goal.shape)
    found = {lower(leg, "foot"): _shifted(goal - foot)}
    if knee is None:
        return found | {leg: _swung(top, foot, tops, goal)}
    bent = _knee(top, knee, foot, goal)
    return found | {
        leg: _swung(top, knee, tops, bent),
        lower(leg, "low"): _swung(knee, foot, bent, goal),
    }


def _shifted(by: Floats) -> Floats:
    found = np.zeros((len(by), 3, 4))
    found[:, :, :3], found[..., 3] = np.eye(3), by
    return found


def _knee(top: Floats, knee: Floats, foot: Floats, goal: Floats) -> Floats:
    """Where the knee is (n, 3) for a foot at ``goal``: on the side where it is at rest (law of cosines)."""
    one, two = float(np.linalg.norm(knee - top)), float(np.linalg.norm(foot - knee))
    rest = (foot - top) / np.linalg.norm(foot - top)
    pole = (knee - top) - rest * float((knee - top) @ rest)
    way = goal - top
    far = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
    way = way / far[:, None]
    span = np.clip(far, abs(one - two) + 1e-6, one + two - 1e-6)
    along = (one**2 - two**2 + span**2) / (2 * span)
    out = np.sqrt(np.maximum(one**2 - along**2, 0.0))
    side = pole - way * (way @ pole)[:, None]
    side /= np.maximum(np.linalg.norm(side, axis=1), 1e-9)[:, None]
    return np.asarray(top + along[:, None] * way + out[:, None] * side)


def _swung(start: Floats, end: Floats, to_start: Floats, to_end: Floats) -> Floats:
    """Transforms (n, 3, 4) of a bone to where its ends are, by the shortest turn (Rodrigues), a little
    longer or shorter where it has to be."""
    rest, way = end - start, to_end - to_start
    long = float(np.linalg.norm(rest))
    far = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
    old, new = rest / long, way / far[:, None]
    axis, cos = np.cross(np.broadcast_to(old, new.shape), new), new @ old
    cross = np.zeros((len(new), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -axis[:, 2], axis[:, 1], -axis[:, 0]
    cross -= cross.transpose(0, 2, 1)
    turns = np.eye(3) + cross + cross @ cross / np.maximum(1 + cos, 1e-6)[:, None, None]
    grown = np.clip(far / long, *STRETCH) - 1
    turns = turns @ (np.eye(3) + grown[:, None, None] * np.outer(old, old))
    found = np.empty((len(new), 3, 4))
    found[..., :3], found[..., 3] = turns, to_start - turns @ start
    return found
