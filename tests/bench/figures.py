"""Feet on the ground: how far those that carry slide, and how far the lowest are from the floor.

In: texts of people and animals that walk and run, solved. Out: a line for each: the worst slide of one step in
millimetres (at most 20), and the lowest point of a foot that carries (within 5 mm of the floor).
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from flow_nb.director.grammar import Grammar
from flow_nb.engines.stage.creatures.cast import creatures
from flow_nb.engines.stage.creatures.feet import feet_of
from flow_nb.engines.stage.figures.people import body_skeleton, is_figure, turned
from flow_nb.physics.solve import solve
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot

TEXTS = (
    "A woman walks across the studio.", "A boy runs across the studio.", "An old man walks slowly across the studio.",
    "A dog walks across the studio.", "A horse gallops across the studio.", "A cat runs across the studio.",
    "A chicken walks across the studio.", "A fox trots across the studio.",
)  # fmt: skip
PLANTED_M, SLOW_M_S = 0.012, 0.12
"""A foot of a figure carries while it is so near to the floor and rises no faster."""
LEAST_S = 0.08
Floats = NDArray[np.float64]


def report() -> None:
    """Prints one line for each text."""
    print("feet   worst slide of a step mm (20)   median mm   lowest point mm (5)   steps")
    for text in TEXTS:
        plan = Grammar().read(make_shot("feet", text))
        motion = solve(plan)
        body = plan.bodies[0]
        slides, low_mm = person(body, motion) if is_figure(body) else animal(plan, body, motion)
        worst, middle = (1000 * f(slides) if slides else 0.0 for f in (max, np.median))
        print(f"{text:48s} {worst:6.1f} {middle:6.1f} {low_mm:6.1f} {len(slides):4d}", flush=True)


def person(body: Body, motion: Motion) -> tuple[list[float], float]:
    """How far each planted ball of a foot goes, metres, and the lowest, millimetres."""
    slides, lowest = [], np.inf
    bones = body_skeleton(body).by_name
    for side in ("left", "right"):
        bone = bones[f"foot-{side}"]
        column = motion.index(f"{body.name}/foot-{side}")
        heel, toe = (np.array([bone.joint_m[0], y, 0.0]) - bone.joint_m for y in (bone.joint_m[1] + 0.02, bone.end_m[1] + 0.03))
        for point in (heel, toe):
            places = np.array([
                motion.positions_m[i, column] + turned(motion.quaternions[i, column].astype(float)) @ point
                for i in range(len(motion.positions_m))
            ])  # fmt: skip
            slides += _slides(places)
            lowest = min(lowest, float(places[:, 2].min()))
    return slides, 1000 * lowest


def _slides(places: Floats) -> list[float]:
    rise = np.abs(np.gradient(places[:, 2])) * POSE_RATE_HZ
    planted = (places[:, 2] < PLANTED_M) & (rise < SLOW_M_S)
    found = []
    for carries, run in itertools.groupby(range(len(places)), key=lambda i: planted[i]):
        rows = list(run)
        if carries and len(rows) > LEAST_S * POSE_RATE_HZ:
            way = places[rows, :2]
            found.append(float(np.linalg.norm(way - way[0], axis=1).max()))
    return found


def animal(plan: Plan, body: Body, motion: Motion) -> tuple[list[float], float]:
    """The same of the soles that the picture shows, by the pose of its last bones."""
    gone = feet_of(plan, body, motion)
    assert gone is not None
    slides = []
    for leg in range(gone.soles_m.shape[1]):
        for carries, run in itertools.groupby(range(len(gone.swing)), key=lambda i: gone.swing[i, leg] == 0):
            rows = list(run)
            if carries and len(rows) > LEAST_S * POSE_RATE_HZ / 2:
                way = gone.soles_m[rows, leg, :2]
                slides.append(float(np.linalg.norm(way - way[0], axis=1).max()))
    times = np.arange(0, plan.duration_s, 1 / 6)
    lows = [min(float(p.shape.at(i).vertices[:, 2].min()) for p in made)  # type: ignore[union-attr]
            for made in (creatures(plan, motion, times, 180),) for i in range(len(times))]  # fmt: skip
    return slides, 1000 * min(lows)


if __name__ == "__main__":
    report()
