"""Riders. In: who is placed on which animal. Out: figures that sit astride it and go with it; what they are told to
do with it, the animal does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.movers import Mover
from flow_nb.physics.acting.poses import pose
from flow_nb.physics.acting.runs import Run
from flow_nb.physics.acting.score import Part
from flow_nb.physics.acting.turns import Vec
from flow_nb.physics.crest import crest_m

BEARS = 0.55
"""The back of an animal that bears somebody is at least so high, in the rider's heights."""
SEAT_M = 0.045
"""From the back up to the pelvis's joint, in body heights: the thighs hang down on both sides."""
Riders = tuple[tuple[Figure, Mover], ...]


def riders(company: Company, movers: Mapping[str, Mover]) -> Riders:
    """Who sits on whom."""
    return tuple(
        (company.figures[p.body], movers[p.anchor])
        for p in company.plan.placements
        if p.relation == "on" and p.body in company.figures and p.anchor in movers
        and movers[p.anchor].stand.prop.kind == "animal"
        and back_m(movers[p.anchor]) > BEARS * company.figures[p.body].height_m
    )  # fmt: skip


def hand_over(pairs: Riders, parts: Sequence[Part], runs: Sequence[Run]) -> None:
    """What a rider makes the animal do is taken from his part and given to its own."""
    for figure, mover in pairs:
        part = next(part for part in parts if part.figure is figure)
        run = next(run for run in runs if run.mover is mover)
        mine = [action for action in part.cues if action.body == mover.name]
        part.cues = [action for action in part.cues if action.body != mover.name]
        run.cues = sorted([*run.cues, *mine], key=lambda action: action.start_s)


def mount(figure: Figure, mover: Mover) -> None:
    """Astride, for the first instant of a shot; from then on wherever the animal goes."""

    def root(_: float) -> tuple[Vec, float]:
        return mover.at_m, mover.heading + math.pi / 2

    figure.moves(root)
    up = (back_m(mover) + SEAT_M * figure.height_m - figure.rig.hip_m) / figure.height_m
    still = {"left.swing": 0.0, "right.swing": 0.0}
    figure.dials.put(dict(pose("ride")) | {"up": up} | still)
    figure.settle()


def back_m(mover: Mover) -> float:
    """How high its back is where one sits."""
    return crest_m(mover.stand.prop, mover.body.scale)
