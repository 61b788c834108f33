"""Footsteps. In: a motion's contacts of feet, the gait, who wears what. Out: heel and toe as contacts of shoes.

The solver stands on its feet and reports the load; what is heard is how fast the heel comes down, which
follows from the gait: an effective speed from the foot's own descent and the walker's pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.figures.build import dealt
from flow_nb.engines.stage.figures.tailor import tailored
from flow_nb.engines.stage.figures.wardrobe import outfit
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials

SOLES = {"boots": "plastic", "shoes": "wood", "sneakers": "rubber"}
"""What of a shoe meets the floor: hard rubber, a leather heel as hard as wood, a soft sole."""

SOLE_LOSS = 0.22
"""A foot in a shoe does not ring."""

HEEL_TIP_M = {"boots": 0.02, "shoes": 0.008, "sneakers": 0.04}
FEET = ("/foot-left", "/foot-right")
STRUCK_SHARE = 0.02
"""Share of the body's mass that the floor feels in the first instant: foot and shin."""

RUNS_M_S = 2.2
TOE = 0.55
TOE_AFTER_M = 0.13
"""From heel to ball: at a walk of 1.3 m/s the toe comes a tenth of a second after the heel."""

AGAIN_S = 0.16
"""A foot that chatters on the ground has come down once."""


def shod(plan: Plan, motion: Motion, bodies: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """The same bodies, their feet in shoes."""
    out = list(bodies)
    for body in plan.bodies:
        for side in FEET:
            column = motion.index(body.name + side)
            if column >= 0 and archetypes()[body.prop].kind == "figure":
                out[column] = _shoe(body, plan.seed, out[column], motion)
    return tuple(out)


def _shoe(body: Body, seed: int, foot: Instrument, motion: Motion) -> Instrument:
    # The same chance as the puppet's own, so that one hears what one sees.
    own = np.random.default_rng(seed + sum(map(ord, body.name)) * 7919)
    dealt(own, child=body.age == "child")
    kind = tailored(outfit(body.noun, body.age, body.colour, own), body.traits).row.shoes
    mass_kg = STRUCK_SHARE * float(motion.masses_kg[motion.index(body.name)])
    return replace(
        foot,
        material=materials()[SOLES.get(kind, "skin")],
        mass_kg=max(mass_kg, 0.2),
        tip_m=HEEL_TIP_M.get(kind, 0.03),
        wall_m=0.02,
        wet=SOLE_LOSS,
        litter="sole" if kind == "sneakers" else "heel",
    )


def trodden(motion: Motion, bodies: Sequence[Instrument]) -> NDArray[np.void]:
    """The motion's contacts, those of feet on what stands fixed as a heel and a toe that strike."""
    rows = motion.contacts[np.argsort(motion.contacts["time_s"], kind="stable")]
    feet = [i for i, name in enumerate(motion.names) if name.endswith(FEET)]
    if not feet:
        return rows
    fixed = np.array([body.fixed for body in bodies])
    out, last = [], dict.fromkeys(feet, -np.inf)
    for row in rows:
        a, b = int(row["a"]), int(row["b"])
        foot, other = (a, b) if a in last else (b, a)
        if foot not in last or not fixed[other]:
            out.append(row)
        elif row["time_s"] - last[foot] > AGAIN_S:
            last[foot] = float(row["time_s"])
            out += _heel_and_toe(motion, row, foot, bodies[foot])
    return np.array(out, dtype=rows.dtype)


def _heel_and_toe(
    motion: Motion, row: NDArray[np.void], foot: int, shoe: Instrument
) -> list[NDArray[np.void]]:
    time_s = float(row["time_s"])
    pace, speed = gait_m_s(motion, foot, time_s), _impact_m_s(motion, foot, time_s)
    heel, toe = row.copy(), row.copy()
    for part, share in ((heel, 1.0), (toe, TOE)):
        part["normal_speed_m_s"] = share * speed
        part["impulse_n_s"] = 1.3 * shoe.mass_kg * share * speed
    toe["time_s"] = time_s + (0.02 if pace > RUNS_M_S else TOE_AFTER_M / max(pace, 0.6))
    return [heel, toe]


def gait_m_s(motion: Motion, foot: int, time_s: float) -> float:
    """How fast the walker goes around an instant, over the ground."""
    root = motion.index(motion.names[foot].partition("/")[0] + "/pelvis")
    i = round(time_s * POSE_RATE_HZ)
    low, high = max(0, i - 36), min(len(motion.positions_m) - 1, i + 36)
    way = motion.positions_m[high, root, :2] - motion.positions_m[low, root, :2]
    return float(np.linalg.norm(way)) * POSE_RATE_HZ / max(high - low, 1)


def _impact_m_s(motion: Motion, foot: int, time_s: float) -> float:
    """The speed with which the heel strikes: about 0.2 m/s for who sneaks, 0.5 m/s for who walks, 1.5 m/s
    for who runs (Cavanagh & Lafortune, "Ground reaction forces in distance running", 1980)."""
    i = min(round(time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
    heights = motion.positions_m[max(0, i - 24) : i + 1, foot, 2].astype(float)
    fall = float(-np.diff(heights).min(initial=0.0)) * POSE_RATE_HZ
    return 0.08 + 0.20 * gait_m_s(motion, foot, time_s) + 0.35 * min(fall, 4.0)
