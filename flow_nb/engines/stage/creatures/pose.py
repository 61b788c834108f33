"""How an animal on four legs moves. In: its `Frame`, the motion, what it does. Out: one transform for every
bone and frame: its feet stay where they stand, its back, head and tail live.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.creatures.bones import LEAN_DEG, LEGS, TAIL, Frame
from flow_nb.engines.stage.creatures.gaits import Steps, steps, turned_yaws
from flow_nb.engines.stage.creatures.heads import eye_m
from flow_nb.engines.stage.creatures.postures import Postures
from flow_nb.engines.stage.creatures.turns import (
    about,
    after,
    around,
    brought,
    levelled,
    placed,
    undone,
)
from flow_nb.engines.stage.figures.pose import blinks
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.motion import POSE_RATE_HZ, Motion

LID_DEG = 78.0
UPRIGHT = 0.75
"""What leans more than so (cosine) does not stand on its feet."""
BACK_DEG = {"walk": 1.2, "trot": 1.5, "gallop": 9.0, "hop": 12.0, "strut": 0.0}
NOD_DEG = {"walk": 3.0, "trot": 1.5, "gallop": 6.0, "hop": 4.0, "strut": 0.0}


Rows = NDArray[np.intp]


def walked(frame: Frame, motion: Motion, column: int) -> Steps:
    """The feet of an animal through a whole shot."""
    homes = np.stack([frame.home_m(leg)[:2] for leg in LEGS])
    return steps(
        motion.positions_m[:, column].astype(float),
        turned_yaws(motion.quaternions[:, column]),
        homes,
        frame.breed.legs[1] * frame.height_m,
        hops=frame.breed.gait == "hop",
    )


def transforms(
    frame: Frame, motion: Motion, column: int, times: Floats, does: Postures, *, seed: int
) -> Singles:
    """(frames, bones, 3, 4): what takes a vertex at rest to its place."""
    gone, rows = walked(frame, motion, column), samples(motion, times)
    body = root(motion, column, rows, gone, does)
    rng = np.random.default_rng([seed, 11])
    found = dict(_trunk(frame, gone, rows, does, times, rng))
    for leg in LEGS:
        top = placed(found["chest" if leg.startswith("fore") else "pelvis"], frame.top_m(leg))
        sole, lean = _sole(frame, leg, gone, rows, does, body, top)
        joints = frame.reach(leg, top, sole, lean)
        rest = frame.legs_m[leg]
        for i in range(3):
            found[f"{leg}-{i + 1}"] = brought(rest[i], rest[i + 1], joints[:, i], joints[:, i + 1])
    return np.stack([after(body, found[bone]) for bone in frame.bones], axis=1).astype(np.float32)


def samples(motion: Motion, times: Floats) -> Rows:
    """The motion's rows at the frames' instants."""
    last = len(motion.positions_m) - 1
    return np.clip(np.rint(times * POSE_RATE_HZ).astype(np.intp), 0, last)


def root(motion: Motion, column: int, rows: Rows, gone: Steps, does: Postures) -> Floats:
    """Where the body's own axes are (n, 3, 4): as the solver has it, upright where it sits or lies."""
    place = motion.positions_m[rows, column].astype(float)
    quaternion = motion.quaternions[rows, column].astype(float)
    w, x, y, z = quaternion.T / np.linalg.norm(quaternion, axis=1)
    turns = np.stack(
        [
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y),
        ],
        axis=1,
    ).reshape(-1, 3, 3)
    found = np.empty((len(place), 3, 4))
    found[..., :3] = levelled(turns, turned_yaws(quaternion), does.low)
    found[..., 3] = place
    ground = gone.ground_m[rows]
    found[:, 2, 3] += does.low * (np.minimum(ground, place[:, 2]) - place[:, 2])
    return found


def _trunk(
    frame: Frame, gone: Steps, rows: Rows, does: Postures, times: Floats, rng: np.random.Generator
) -> list[tuple[str, Floats]]:
    """Pelvis, chest, neck, head, ears, lids and tail, in the body's own axes."""
    breed, unit = frame.breed, frame.height_m
    cycle = math.tau * gone.cycle[rows]
    going = gone.going[rows] * (1 - does.low)
    name, rate = gone.gait.name, breed.height_m**-0.5
    waves = rng.uniform(0, math.tau, 8)
    breath = 0.004 * unit * np.sin(2.2 * rate * times + waves[0])
    back = math.radians(BACK_DEG[name]) * going * np.sin(cycle)
    sink, rear = _lowered(frame, does)
    shift = np.zeros((len(times), 3))
    bob = 0.012 * unit * going * np.cos(2 * cycle)
    shift[:, 2] = bob - sink + breath * (1 - going)
    pelvis = around(about("y", -rear + 0.6 * back), frame.hip_m)
    pelvis[..., 3] += shift
    chest = after(pelvis, around(about("y", -1.2 * back + 0.25 * rear), frame.back_m))
    look = _look(times, waves, calm=1 - np.maximum(does.sleeps, does.eats))
    nod = math.radians(NOD_DEG[name]) * going * np.cos(2 * cycle + 0.6)
    down, face = _bowed(frame, does, times)
    raised = rear * 0.55
    call = does.calls * (0.35 if does.howls else 0.10 + 0.10 * np.sin(9 * times))
    neck = after(
        chest,
        around(about("z", 0.6 * look[0]) @ about("y", down + raised + nod - call), frame.neck_m),
    )
    head = after(
        neck,
        around(
            about("z", look[0]) @ about("y", face + 0.4 * raised + look[1] - 0.7 * nod - call),
            frame.head_m,
        ),
    )
    found = [("pelvis", pelvis), ("chest", chest), ("neck", neck), ("head", head)]
    shut = np.maximum(blinks(times, rng), does.sleeps)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        flick = 0.16 * np.maximum(np.sin(1.7 * times + waves[2] + sign) - 0.8, 0) * 5
        ear = about("x", -sign * flick) @ about("y", -0.10 * going * np.sin(cycle))
        out = breed.ears
        found.append(
            (
                f"ear-{side}",
                after(head, around(ear, frame.face(0.16 * breed.head[0], sign * out[2], out[3]))),
            )
        )
        lid = about("y", math.radians(LID_DEG) * shut)
        found.append((f"lid-{side}", after(head, around(lid, eye_m(frame, sign)))))
    return [*found, *_tail(frame, pelvis, going, cycle, does, times, waves)]


def _lowered(frame: Frame, does: Postures) -> tuple[Floats, Floats]:
    """How far the hips sink, metres, and how far the back rears, radians, where it sits or lies."""
    breed, unit = frame.breed, frame.height_m
    sit = max(0.0, 1 + breed.back - 0.93 * breed.rump[0] - 0.10)
    lie = max(0.0, min(1 - breed.chest[0], 1 - breed.belly[0], 1 + breed.back - breed.rump[0]))
    rear = math.asin(min(0.75, (sit + 0.05) / breed.long))
    sits = does.sits * (1 - does.lies)
    return (sits * sit + does.lies * lie) * unit, sits * rear


def _look(times: Floats, waves: Floats, *, calm: Floats) -> tuple[Floats, Floats]:
    """It looks about: to the side and up, radians."""
    side = 0.16 * np.sin(0.9 * times + waves[3]) + 0.10 * np.sin(2.3 * times + waves[4])
    up = 0.05 * np.sin(1.3 * times + waves[5])
    return side * calm, up * calm


def _bowed(frame: Frame, does: Postures, times: Floats) -> tuple[Floats, Floats]:
    """How far the neck and the head bow to what is on the ground, or to the paws to sleep."""
    neck, head = _to_ground(frame)
    chew = 0.05 * np.sin(7 * times)
    sleep_neck = 0.6 * neck if frame.breed.neck[0] > 0.4 else 0.45
    return (
        does.eats * neck + does.sleeps * sleep_neck,
        does.eats * (head + chew) + does.sleeps * 0.15,
    )


def _to_ground(frame: Frame) -> tuple[float, float]:
    """The angles of neck and head that bring the muzzle nearest to the ground."""
    neck, muzzle = frame.head_m - frame.neck_m, frame.breed.head[0] * frame.height_m
    long, rise = math.hypot(neck[0], neck[2]), math.atan2(neck[2], neck[0])
    best = (math.inf, 0.0, 0.0)
    for down in np.linspace(0, 2.4, 25):
        nose = math.radians(70) - down - math.radians(frame.breed.head[2])
        low = frame.neck_m[2] + long * math.sin(rise - down) - muzzle * math.sin(math.radians(70))
        best = min(best, (abs(low - 0.02 * frame.height_m), float(down), nose))
    return best[1], best[2]


def _tail(
    frame: Frame,
    pelvis: Floats,
    going: Floats,
    cycle: Floats,
    does: Postures,
    times: Floats,
    waves: Floats,
) -> list[tuple[str, Floats]]:
    """Each bone follows the one before, a little later."""
    wags = frame.breed.name == "dog"
    beat = (13.0 if wags else 1.6) * times + waves[6]
    wide = (0.34 if wags else 0.14) * (1 - 0.8 * does.sleeps)
    found, last = [], pelvis
    for i, bone in enumerate(TAIL):
        side = wide * np.sin(beat - 0.7 * i) + 0.10 * going * np.sin(cycle - 0.6 * i)
        lift = 0.05 * np.sin(0.8 * beat - 0.9 * i) * (not wags) + going * (0.10 if i == 0 else 0.0)
        turn = about("z", side) @ about("y", lift + _held(frame, does, i))
        last = after(last, around(turn, frame.tail_m[i]))
        found.append((bone, last))
    return found


def _held(frame: Frame, does: Postures, i: int) -> Floats:
    """Where it sits or lies, the tail comes to lie on the ground."""
    up = math.radians(frame.breed.tail[3])
    return np.asarray(-does.low * (max(up, 0.0) + 0.15 if i == 0 else 0.0))


def _sole(
    frame: Frame, leg: str, gone: Steps, rows: Rows, does: Postures, body: Floats, top: Floats
) -> tuple[Floats, Floats]:
    """Where a foot is in the body's own axes (n, 3), and how its last bone leans (n,)."""
    number, unit = LEGS.index(leg), frame.height_m
    fore = leg.startswith("fore")
    home = frame.home_m(leg)
    planted = undone(body, gone.soles_m[rows, number])
    tucked = home + unit * np.array([0.16 if fore else -0.26, 0.0, 0.16 if fore else 0.10])
    air = gone.air[rows][:, None]
    upright = np.clip((body[:, 2, 2] - UPRIGHT) / 0.15, 0, 1)[:, None]
    hung = planted + air * (tucked - planted)
    sole = home + upright * (hung - home)
    low = _low(frame, leg, does, top)
    sole = sole + does.low[:, None] * (low - sole)
    swing = gone.swing[rows, number] * (1 - does.low)
    bend = np.sin(math.pi * swing)
    carried = math.radians(LEAN_DEG["fore" if fore else "hind"])
    # the last bone trails while it swings: a wrist folds back, a hock lifts the foot behind
    reach = (sole[:, 0] - top[:, 0]) / (frame.breed.legs[1] * unit)
    lean = carried + bend * (0.95 if fore else 0.45)
    lean = lean - 0.35 * np.clip(reach, -0.8, 0.8) * (1 - bend)
    fold = 0.0 if fore else math.radians(38)
    sole[:, 2] += (
        0.45 * frame.breed.foot[0] * unit * np.abs(np.sin(lean - carried)) * (1 - does.low)
    )
    return sole, lean + does.lies * (0.9 if fore else fold) + does.sits * (1 - does.lies) * fold


def _low(frame: Frame, leg: str, does: Postures, top: Floats) -> Floats:
    """Where a foot is where the animal sits or lies."""
    unit, home = frame.height_m, frame.home_m(leg)
    fore = leg.startswith("fore")
    sign = math.copysign(1.0, home[1])
    sit, lie = np.zeros_like(top), np.zeros_like(top)
    if fore:
        sit[:, 0], sit[:, 1] = top[:, 0] + 0.02 * unit, home[1]
        lie[:, 0], lie[:, 1] = top[:, 0] + 0.26 * unit, home[1]
    else:
        sit[:, 0], sit[:, 1] = top[:, 0] + 0.24 * unit, home[1] + sign * 0.07 * unit
        lie[:, 0], lie[:, 1] = top[:, 0] + 0.16 * unit, home[1] + sign * 0.12 * unit
    share = does.lies[:, None]
    return np.asarray(sit * (1 - share) + lie * share)
