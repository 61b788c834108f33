"""What is held. In: hands, heads and the things on them. Out: where each held thing goes, instant by instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.live import Live
from flow_nb.physics.acting.poses import Side
from flow_nb.physics.acting.turns import STILL, Quat, Vec, about_x, about_y, about_z, add, back, mul, sub, turned

Where = Literal["hand", "front", "head", "drag"]

LONG_M, SLENDER = 0.34, 3.0
BIG_M = 0.34
HANDLE_M = 0.10
SHAFTED = frozenset({"umbrella"})
"""What is wide but held by its shaft, leaning over the head of who holds it."""
IN_RAD, BACK_RAD = 0.20, 0.42
SKIN_M = 0.022


@dataclass(slots=True)
class Grip:
    """A thing that goes with a figure: ``offset_m`` from its palm (in front of its chest, on its head) to
    the thing's foot, and its turn, both as the figure's heading turns."""

    thing: str
    figure: Figure
    where: Where
    side: Side
    offset_m: Vec
    turn: Quat = STILL

    def pose(self) -> tuple[Vec, Quat]:
        """Where the thing's frame is now."""
        base, spin = anchor(self.figure, self.where, self.side)
        return add(base, turned(spin, self.offset_m)), mul(spin, self.turn)


def anchor(figure: Figure, where: Where, side: Side) -> tuple[Vec, Quat]:
    """What a held thing goes with."""
    if where == "head":
        return figure.placed["head"]
    heading = about_z(figure.heading)
    if where == "hand":
        return figure.palm(side), heading
    if where == "drag":
        return figure.at_m, heading
    return figure.placed["chest"][0], heading


@dataclass(slots=True)
class Grips:
    """All that is held now, what has just been let go with which velocity, and what hands are about to
    close on, so that they do not push it away."""

    live: Live
    held: dict[str, Grip] = field(default_factory=dict)
    hushed: list[tuple[str, str]] = field(default_factory=list)
    freed: list[tuple[str, str, Vec, Vec]] = field(default_factory=list)

    def of(self, figure: Figure) -> list[Grip]:
        """What a figure holds."""
        return [g for g in self.held.values() if g.figure is figure and g.where != "head"]

    def take(self, figure: Figure, thing: str, side: Side, where: Where = "hand") -> None:
        """As it is now relative to the hand."""
        base, spin = anchor(figure, where, side)
        away = turned(back(spin), sub(self.live.foot(thing), base))
        turn = mul(back(spin), self.live.turn(thing))
        self.held[thing] = Grip(thing, figure, where, side, away, turn)

    def give(self, figure: Figure, thing: str, side: Side, where: Where = "hand") -> None:
        """At once and well placed, for the first instant of a shot."""
        seat, turn = self.seat(thing, where, figure, side), STILL
        if where == "hand" and self.live.stands[thing].prop.name in SHAFTED:
            inward = 1.0 if side == "right" else -1.0
            turn = mul(about_y(inward * IN_RAD), about_x(-BACK_RAD))
            seat = turned(turn, seat)
        self.held[thing] = Grip(thing, figure, where, side, seat, turn)

    def seat(self, thing: str, where: Where, figure: Figure, side: Side = "right") -> Vec:
        """From the anchor to the foot of a thing that is held as one would hold it."""
        box = self.live.boxes[thing]
        x, y, z = box.middle
        if where == "head":
            return -x, -y - 0.01, 0.165 * figure.height_m - box.low[2]
        if where == "front":
            return -x, -(box.half(1) + 0.17) - y, 0.06 - z
        if is_long(self.live, thing):
            return -x, -y, -box.low[2] - min(HANDLE_M, box.half(2))
        inward = -1.0 if side == "left" else 1.0
        return inward * (box.round_m + SKIN_M) - x, -0.02 - y, -z

    def drop(
        self, thing: str, velocity: Vec = (0.0, 0.0, 0.0), spin: Vec = (0.0, 0.0, 0.0)
    ) -> None:
        """From now on it is free."""
        grip = self.held.pop(thing, None)
        if grip is not None:
            self.freed.append((thing, grip.figure.name, velocity, spin))


def is_long(live: Live, thing: str) -> bool:
    """Whether it is held at its end: a sword, a broom, an umbrella."""
    box = live.boxes[thing]
    if live.stands[thing].prop.name in SHAFTED:
        return True
    return box.half(2) * 2 > LONG_M and box.half(2) > SLENDER * min(box.half(0), box.half(1))


def needs_both(live: Live, thing: str) -> bool:
    """Whether two arms carry it."""
    box = live.boxes[thing]
    return 2 * max(box.half(0), box.half(1)) > BIG_M and not is_long(live, thing)
