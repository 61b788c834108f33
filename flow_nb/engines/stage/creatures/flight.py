"""How a bird moves. In: a `Fowl`, the motion, what it does. Out: one transform for every bone and frame: it
struts on planted feet, folds its wings, and beats them in the air.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.creatures.fowl import LEGS, SIDES, Fowl
from flow_nb.engines.stage.creatures.gaits import Steps, steps, turned_yaws
from flow_nb.engines.stage.creatures.pose import root, samples
from flow_nb.engines.stage.creatures.postures import Postures
from flow_nb.engines.stage.creatures.turns import about, after, around, brought, placed, undone
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.motion import Motion

BEATS_HZ = 1.9
"""Of a bird with wings half a metre long; smaller ones beat faster (as the square root of 1 / length)."""
ALOFT_M_S = 1.6


def walked(fowl: Fowl, motion: Motion, column: int) -> Steps:
    """The feet of a bird through a whole shot."""
    homes = np.stack([fowl.home_m(leg)[:2] for leg in LEGS])
    return steps(motion.positions_m[:, column].astype(float), turned_yaws(motion.quaternions[:, column]),
                 homes, float(fowl.hip_m(LEGS[0])[2]))  # fmt: skip


def transforms(
    fowl: Fowl, motion: Motion, column: int, times: Floats, does: Postures, *, seed: int, swims: bool
) -> Singles:
    """(frames, bones, 3, 4): what takes a vertex at rest to its place."""
    flock, unit = fowl.flock, fowl.unit_m
    gone, rows = walked(fowl, motion, column), samples(motion, times)
    body = root(motion, column, rows, gone, does)
    rng = np.random.default_rng([seed, 13])
    waves = rng.uniform(0, math.tau, 6)
    air = np.zeros(len(times)) if flock.flipper else np.maximum(does.flies, gone.air[rows])
    going, cycle = gone.going[rows] * (1 - air), gone.cycle[rows]
    level = air * math.radians(max(flock.pitch - 12.0, 0.0))
    rate = BEATS_HZ * math.sqrt(0.5 / max(flock.wing[0] * unit, 0.03))
    beat = math.tau * rate * times + waves[0]
    glide = 0.5 + 0.5 * np.tanh(3 * np.sin(0.7 * times + waves[1])) if flock.wing[0] * unit > 0.45 else 1.0
    shift = np.zeros((len(times), 3))
    shift[:, 2] = unit * (0.02 * going * np.cos(2 * math.tau * cycle) - 0.06 * air * np.sin(beat) * glide)
    sway = about("x", 0.10 * going * np.sin(math.tau * cycle))
    trunk = around(sway @ about("y", level), fowl.middle_m)
    trunk[..., 3] += shift
    # a bird holds its head still and then jerks it on
    jerk = 0.16 * going * np.sin(2 * math.tau * cycle + 0.8)
    bow = does.eats * (1.25 + 0.35 * np.sin(9 * times))
    look = 0.5 * np.round(1.6 * np.sin(0.9 * times + waves[2])) / 1.6
    look = np.convolve(np.pad(look, 2, mode="edge"), np.full(5, 0.2), mode="valid") * (1 - does.eats) * (1 - air)
    neck = after(trunk, around(about("y", bow + jerk - 0.75 * level - 0.35 * does.calls * does.howls), fowl.neck_m))
    head = after(neck, around(about("z", look) @ about("y", 0.3 * bow - jerk - 0.2 * level), fowl.head_m))
    wag = about("z", 0.10 * np.sin(2.1 * times + waves[3])) @ about("y", -0.5 * level)
    found = {"trunk": trunk, "neck": neck, "head": head, "tail": after(trunk, around(wag, fowl.tail_m))}
    for side, sign in SIDES:
        found |= _wing(fowl, side, sign, trunk, air, beat, glide, going, cycle)
        found[f"lid-{side}"] = head
    for leg in LEGS:
        found |= _leg(fowl, leg, gone, rows, air, body, trunk, hidden=swims)
    return np.stack([after(body, found[bone]) for bone in fowl.bones], axis=1).astype(np.float32)


def _wing(
    fowl: Fowl, side: str, sign: float, trunk: Floats, air: Floats, beat: Floats, glide: Floats | float,
    going: Floats, cycle: Floats,
) -> dict[str, Floats]:  # fmt: skip
    root_m = fowl.shoulder_m(sign)
    if fowl.flock.flipper:
        out = about("x", sign * (0.10 + 0.22 * going * (0.5 + 0.5 * np.sin(math.tau * cycle))))
        wing = after(trunk, around(out, root_m))
        return {f"wing-{side}": wing, f"hand-{side}": wing, f"fold-{side}": trunk}
    flap = sign * (0.16 + (0.62 * np.sin(beat) - 0.05) * glide)
    long = fowl.flock.wing[0] * fowl.unit_m
    elbow = root_m + 0.45 * long * np.array([0.1, sign, 0.06])
    wing = after(trunk, around(about("x", flap), root_m))
    hand = after(wing, around(about("x", sign * 0.45 * glide * np.sin(beat - 1.1)), elbow))
    open_ = np.clip(2 * air - 0.3, 0.0, 1.0)
    folded = np.clip(1.4 - 2.4 * air, 0.0, 1.0)
    return {
        f"wing-{side}": _shrunk(wing, open_, root_m),
        f"hand-{side}": _shrunk(hand, open_, root_m),
        f"fold-{side}": _shrunk(trunk, folded, root_m),
    }


def _shrunk(transforms_: Floats, share: Floats, pivot: Floats) -> Floats:
    """Drawn together about a place; a share of 0 leaves a point."""
    found = transforms_.copy()
    small = np.maximum(share, 1e-4)[:, None, None]
    found[..., :3] = transforms_[..., :3] * small
    found[..., 3] = placed(transforms_, pivot) - np.einsum("nij,j->ni", found[..., :3], pivot)
    return found


def _leg(
    fowl: Fowl, leg: str, gone: Steps, rows: object, air: Floats, body: Floats, trunk: Floats, *, hidden: bool
) -> dict[str, Floats]:  # fmt: skip
    number, unit = LEGS.index(leg), fowl.unit_m
    top = placed(trunk, fowl.hip_m(leg))
    planted = undone(body, gone.soles_m[rows, number])  # type: ignore[index]
    drop = float(fowl.hip_m(leg)[2])
    tucked = top + np.array([-0.75 * drop, 0.0, -0.30 * drop])
    share = np.maximum(air, float(hidden))[:, None]
    sole = planted + share * (tucked - planted)
    upright = np.clip((body[:, 2, 2] - 0.75) / 0.15, 0, 1)[:, None]
    sole = fowl.home_m(leg) + upright * (sole - fowl.home_m(leg))
    bend = np.sin(math.pi * gone.swing[rows, number])  # type: ignore[index]
    lean = math.radians(16.0) + 0.7 * bend * (1 - share[:, 0]) + 1.0 * share[:, 0]
    joints = fowl.reach(leg, top, sole, lean)
    rest = fowl.legs_m[leg]
    assert unit > 0
    return {f"{leg}-{i + 1}": brought(rest[i], rest[i + 1], joints[:, i], joints[:, i + 1]) for i in range(3)}
