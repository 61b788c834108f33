"""What one sits on. In: an action, the furniture near. Out: the seat, and the mark before it."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Figure
from flow_nb.physics.acting.turns import Vec, add, heading_rad, turned
from flow_nb.plan.actions import Action
from flow_nb.plan.plan import WORLD

SEATS = (
    "chair",
    "sofa",
    "stool",
    "bench",
    "bed",
    "swing",
    "bathtub",
    "toilet",
    "mattress",
    "box",
    "crate",
    "log",
)
SIT_Z_M = (0.25, 0.85)


def seat_for(company: Company, figure: Figure, action: Action) -> str | None:
    """What is sat on: as told, else the nearest seat; None for the ground."""
    live = company.live
    told = action.target
    if told == WORLD:
        return None
    if told and told in live.stands and told not in live.people:
        if _fits(company, told):
            return told
        company.warn(
            f"The {live.stands[told].body.noun} is no seat: {figure.name} sits on the ground."
        )
        return None
    seats = [
        name
        for name, stand in live.stands.items()
        if stand.prop.name in SEATS and _fits(company, name)
    ]
    x, y, _ = figure.at_m
    return min(
        seats,
        key=lambda name: math.hypot(live.middle(name)[0] - x, live.middle(name)[1] - y),
        default=None,
    )


def _fits(company: Company, name: str) -> bool:
    low, high = SIT_Z_M
    return low <= company.live.top_m(name) - company.live.foot(name)[2] <= high


def seat_mark(company: Company, figure: Figure, seat: str) -> tuple[Vec, float]:
    """The mark before a seat's front, its back to it; a seat's front is where a figure's would be."""
    live = company.live
    middle = live.middle(seat)
    front = turned(live.turn(seat), (0.0, -1.0, 0.0))
    box = live.boxes[seat]
    out = add(middle, front, min(box.half(1), 0.4) + 0.13 * figure.height_m / 1.75)
    return (out[0], out[1], figure.at_m[2]), heading_rad(front)
