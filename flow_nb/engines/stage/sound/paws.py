"""Animals on their legs. In: an animal's way over the ground. Out: its footfalls as contacts of hooves and paws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.creatures.feet import feet_of
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.materials import materials

HOOF, PAW, CLAW, PAD = ("plastic", 0.010), ("leather", 0.02), ("wood", 0.003), ("skin", 0.06)
"""What touches: its material and how round it is, in metres."""

FEET = {
    "horse": HOOF, "cow": HOOF, "sheep": HOOF, "pig": HOOF, "giraffe": HOOF, "dog": CLAW,
    "cat": PAW, "lion": PAW, "bear": PAW, "mouse": CLAW, "rabbit": PAW, "monkey": PAW,
    "elephant": PAD, "dinosaur": PAD, "turtle": PAW, "chicken": CLAW, "duck": PAW, "penguin": PAW,
    "frog": PAW, "wolf": CLAW, "fox": CLAW, "deer": HOOF, "camel": PAD, "goat": HOOF, "zebra": HOOF, "tiger": PAW,
}  # fmt: skip
STRIDE = 0.9
"""Body lengths in one cycle of the legs, as the animals are led."""

STRUCK_SHARE = {HOOF: 0.006, CLAW: 0.006, PAW: 0.003, PAD: 0.012}
LEAST_M_S, GALLOP = 0.12, 3.2
GAITS = {"walk": (0.0, 0.25, 0.5, 0.75), "trot": (0.0, 0.02, 0.5, 0.52),
         "gallop": (0.0, 0.17, 0.34, 0.36)}  # fmt: skip
"""When in a cycle its four feet come down (Hildebrand, "The quadrupedal gaits of vertebrates", 1989)."""


def footfalls(
    plan: Plan, motion: Motion, columns: int
) -> tuple[tuple[Instrument, ...], NDArray[np.void]]:
    """Feet as instruments for the columns from ``columns`` on, and their contacts with the set."""
    feet: list[Instrument] = []
    rows = [np.zeros(0, CONTACT)]
    for body in plan.bodies:
        column = motion.index(body.name)
        if body.prop in FEET and column >= 0:
            kind = FEET[body.prop]
            mass_kg = STRUCK_SHARE[kind] * float(motion.masses_kg[column])
            rows.append(_treads(plan, body, motion, mass_kg, columns + len(feet)))
            feet.append(_foot(kind, mass_kg, float(motion.sizes_m[column])))
    return tuple(feet), np.concatenate(rows)


def _foot(kind: tuple[str, float], mass_kg: float, size_m: float) -> Instrument:
    material, tip_m = kind
    return Instrument(
        form="block",
        material=materials()[material],
        length_m=0.08 * size_m,
        width_m=0.06 * size_m,
        wall_m=0.04 * size_m,
        mass_kg=max(mass_kg, 0.005),
        tip_m=tip_m,
        wet=0.12,
    )


def _treads(plan: Plan, body: Body, motion: Motion, mass_kg: float, foot: int) -> NDArray[np.void]:
    """One contact for each foot that comes down: where the picture shows it, or by how far it has gone."""
    walked = feet_of(plan, body, motion)
    if walked is None:
        return _unseen(motion, motion.index(body.name), mass_kg, foot)
    found = [(time_s, leg) for time_s, leg in walked.falls() if walked.speed_m_s[_row(time_s)] > LEAST_M_S]
    rows = np.zeros(len(found), CONTACT)
    for row, (time_s, leg) in zip(rows, found, strict=True):
        at = _row(time_s)
        _strike(row, time_s, walked.soles_m[at, leg], float(walked.speed_m_s[at]), mass_kg, foot)
    return rows


def _row(time_s: float) -> int:
    return round(time_s * POSE_RATE_HZ)


def _strike(
    row: np.void, time_s: float, at_m: NDArray[np.float64], pace_m_s: float, mass_kg: float, foot: int
) -> None:
    strike = 0.15 + 0.22 * pace_m_s
    row["time_s"], row["a"], row["b"] = time_s, foot, -1
    row["point_m"], row["normal"] = at_m, (0, 0, -1)
    row["normal_speed_m_s"], row["impulse_n_s"] = strike, 1.3 * mass_kg * strike


def _unseen(motion: Motion, column: int, mass_kg: float, foot: int) -> NDArray[np.void]:
    """The feet of animals that have none to see, by how far they have gone."""
    path = motion.positions_m[:, column].astype(float)
    steps = np.linalg.norm(np.diff(path[:, :2], axis=0), axis=1)
    speed = np.convolve(steps, np.full(25, 1 / 25), mode="same") * POSE_RATE_HZ
    length_m = float(motion.sizes_m[column])
    ground_m = float(path[:, 2].min())
    phase = np.concatenate([[0.0], np.cumsum(steps)]) / (STRIDE * length_m)
    found: list[tuple[float, float]] = []
    for offset in _gait(float(np.quantile(speed, 0.8)), length_m):
        crossed = np.flatnonzero(np.diff(np.floor(phase - offset - 1e-9)) > 0)
        found += [(float(i), float(speed[i])) for i in crossed if speed[i] > LEAST_M_S]
    found.sort()
    rows = np.zeros(len(found), CONTACT)
    for row, (i, pace) in zip(rows, found, strict=True):
        at = path[int(i)]
        if at[2] > ground_m + 0.3 * length_m:
            continue
        spot = np.array([at[0], at[1], ground_m])
        _strike(row, i / POSE_RATE_HZ, spot, pace, mass_kg, foot)
    return np.asarray(rows[rows["impulse_n_s"] > 0])


def _gait(speed_m_s: float, length_m: float) -> Sequence[float]:
    """By speed over the square root of length, as legs of all sizes change their gait alike."""
    relative = speed_m_s / np.sqrt(length_m)
    return GAITS["walk" if relative < 1.2 else "trot" if relative < GALLOP else "gallop"]
