"""Kites. In: who flies one, and how the wind has it. Out: a kite in the air, a hand that holds its line, and the line.

A kite of this stage is small and on a short line, so that it is in the picture with whoever flies it.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.poses import Side
from flow_nb.physics.acting.turns import Quat, Vec, about_x, about_y, add, mul, scaled, turned
from flow_nb.plan.forms import FORM_RATE_HZ, Strand
from flow_nb.plan.motion import POSE_RATE_HZ

LINE_M, RADIUS_M, POINTS = 0.8, 0.006, 12
WAY: Vec = (0.48, 0.23, 0.85)
"""From the hand to the kite: with the wind from the left, at some 58 degrees."""
BRIDLE_M: Vec = (-0.558, -0.27, 0.0)
"""Where the line that is part of the kite's shape ends, at scale 1."""
HAND: Side = "right"
TURNED_RAD = 0.6
ASIDE_M = 0.5
SAG = 0.03


class Kite:
    """A kite that a figure flies from the first instant on."""

    def __init__(self, company: Company, figure: Figure, name: str) -> None:
        self.company, self.figure, self.name = company, figure, name
        self.scale = company.live.stands[name].body.scale
        self.frames: list[np.ndarray[tuple[int, int], np.dtype[np.float32]]] = []

    def take_mark(self) -> None:
        """The figure half turned to it, left of the middle, its line in the raised hand."""
        figure = self.figure
        x, y, z = figure.at_m
        figure.stand_at((x - ASIDE_M, y, z), TURNED_RAD)
        tall = figure.height_m
        figure.aim_now(HAND, lambda: figure.ahead(0.20 * tall, -0.10 * tall, 0.70 * tall))
        figure.settle()
        figure.looks_at, figure.minds = self._middle, True
        figure.go({"gaze": 1.0}, 0.4)
        self.company.tell(figure, "act", f"flies the {self.name.replace('-', ' ')}", self.name)

    @property
    def pose(self) -> tuple[Vec, Quat]:
        """Where its foot is now: gusts carry it to and fro and roll it."""
        t = self.figure.now_s
        gust = math.sin(0.9 * t) + 0.5 * math.sin(2.3 * t + 1.0)
        sway = (0.10 * gust, 0.05 * math.sin(0.7 * t), 0.07 * math.sin(1.3 * t + 0.5))
        turn = mul(about_y(0.10 * gust), about_x(0.05 * math.sin(1.7 * t)))
        end = add(add(self.figure.palm(HAND), scaled(WAY, LINE_M)), sway)
        return add(end, turned(turn, scaled(BRIDLE_M, self.scale)), -1.0), turn

    def _middle(self) -> Vec:
        at, turn = self.pose
        return add(at, turned(turn, (0.0, 0.0, self.scale)))

    def keep(self, time_s: float) -> None:
        """Notes the line; it hangs through a little."""
        if round(time_s * POSE_RATE_HZ) % (POSE_RATE_HZ // FORM_RATE_HZ):
            return
        at, turn = self.pose
        hand = np.array(self.figure.palm(HAND))
        end = np.array(add(at, turned(turn, scaled(BRIDLE_M, self.scale))))
        share = np.linspace(0.0, 1.0, POINTS)[:, None]
        line = hand + share * (end - hand)
        line[:, 2] -= (4 * SAG * LINE_M * share * (1 - share))[:, 0]
        self.frames.append(line.astype(np.float32))

    @property
    def strand(self) -> Strand:
        """The line through the shot."""
        return Strand(points_m=np.stack(self.frames), radius_m=RADIUS_M)


def kites(company: Company) -> tuple[Kite, ...]:
    """Every kite that a figure flies, and that nothing else is done to."""
    found = []
    for action in company.plan.actions:
        stand = company.live.stands.get(action.body)
        if action.verb != "fly" or action.agent not in company.figures or stand is None:
            continue
        others = [a for a in company.plan.actions if action.body in a.names and a is not action]
        if stand.prop.name == "kite" and stand.body.noun.endswith("kite") and not others:
            found.append(Kite(company, company.figures[action.agent], action.body))
    return tuple(found)
