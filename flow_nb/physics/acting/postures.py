"""Sitting, lying, standing up, falling. In: an action that changes how a figure is. Out: its script."""

from __future__ import annotations

import math

from flow_nb.physics.acting.company import Company, wait
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.going import get_up, go_to
from flow_nb.physics.acting.poses import SIDES, pose
from flow_nb.physics.acting.seats import seat_for, seat_mark
from flow_nb.physics.acting.turns import Vec, add, facing, mix, scaled, sub
from flow_nb.plan.actions import Action

BEDS = ("bed", "sofa", "bench", "mattress")
SEAT_M = 0.072
"""From the seat up to the pelvis's joint, in body heights."""


def sit(company: Company, figure: Figure, action: Action) -> Script:
    """Goes before the seat, turns its back to it, and lets itself down; on the ground without one."""
    seat = seat_for(company, figure, action)
    if seat is None:
        figure.strike("crouch", 0.5)
        yield from wait(figure, 0.5)
        figure.strike("sit-ground", 0.8)
        yield from wait(figure, 0.8)
        return
    mark, heading = seat_mark(company, figure, seat)
    yield from go_to(company, figure, mark, None, action)
    yield from wait(figure, figure.turn_to(heading))
    figure.go(
        {"pelvis_pitch": 18.0, "chest_pitch": 22.0, "left.swing": 0.0, "right.swing": 0.0}, 0.35
    )
    yield from wait(figure, 0.15)
    figure.go(seated(company, figure, seat), 0.85)
    yield from wait(figure, 0.55)
    figure.go({k: v for k, v in pose("sit").items() if "pitch" in k}, 0.5)
    yield from wait(figure, 0.5)


def seated(company: Company, figure: Figure, seat: str) -> dict[str, float]:
    """The dials of somebody who sits on a seat, from the mark before it."""
    height = figure.height_m
    top = company.live.top_m(seat) - figure.at_m[2]
    away = sub(company.live.middle(seat), figure.at_m)
    depth = min(math.hypot(away[0], away[1]), 0.36 * height / 1.75)
    wanted = dict(pose("sit"))
    wanted["up"] = (top + SEAT_M * height - figure.rig.hip_m) / height
    wanted["forward"] = -depth / height
    return wanted | {"left.swing": 0.0, "right.swing": 0.0}


def lie(company: Company, figure: Figure, action: Action) -> Script:
    """Lies down on its back: on the bed that is told or near, else on the ground."""
    target = action.target
    bed = target if target and target in company.live.stands else None
    if bed is not None and company.live.stands[bed].prop.name not in BEDS:
        bed = None
    if bed is not None and _lies_there(company, figure, bed):
        yield from wait(figure, 0.2)
        return
    if bed is not None:
        mark, heading = seat_mark(company, figure, bed)
        yield from go_to(company, figure, mark, heading, action)
        figure.go(seated(company, figure, bed), 0.9)
        yield from wait(figure, 0.9)
        middle = company.live.middle(bed)
        yield from _laid(figure, (middle[0], middle[1], figure.at_m[2]), company.live.top_m(bed))
        return
    figure.strike("crouch", 0.5)
    yield from wait(figure, 0.45)
    figure.strike("sit-ground", 0.7)
    yield from wait(figure, 0.65)
    figure.strike("lie", 1.0)
    yield from wait(figure, 1.0)


def _lies_there(company: Company, figure: Figure, bed: str) -> bool:
    middle = company.live.middle(bed)
    away = math.hypot(middle[0] - figure.at_m[0], middle[1] - figure.at_m[1])
    return not figure.upright and away < 0.3


def lying(company: Company, figure: Figure, bed: str) -> None:
    """On its back on a bed at once, for the first instant of a shot."""
    _, heading = seat_mark(company, figure, bed)
    middle = company.live.middle(bed)
    figure.stand_at((middle[0], middle[1], 0.0), heading + math.pi / 2)
    figure.dials.put(_laid_dials(figure, company.live.top_m(bed)))


def _laid_dials(figure: Figure, top_m: float) -> dict[str, float]:
    up = (top_m + 0.068 * figure.height_m - figure.rig.hip_m - figure.at_m[2]) / figure.height_m
    return dict(pose("lie")) | {"up": up, "forward": 0.0, "left.swing": 0.0, "right.swing": 0.0}


def _laid(figure: Figure, middle: Vec, top_m: float) -> Script:
    """From sitting on the edge to lying along the bed."""
    at, heading = figure.root
    begin = figure.now_s

    def root(time_s: float) -> tuple[Vec, float]:
        u = min(max((time_s - begin) / 1.2, 0.0), 1.0)
        u = u * u * (3 - 2 * u)
        return mix(at, middle, u), heading + math.pi / 2 * u

    figure.moves(root)
    figure.go(_laid_dials(figure, top_m), 1.3)
    yield from wait(figure, 1.3)


def stand(company: Company, figure: Figure, action: Action) -> Script:
    """Stands up from wherever it sits, lies or crouches; who stands goes on standing."""
    if figure.upright:
        yield from wait(figure, 0.1)
        return
    if figure.dials.at(figure.now_s).min() <= -80:
        figure.strike("sit-ground", 0.9)
        yield from wait(figure, 0.8)
    yield from get_up(figure)


def crouch(company: Company, figure: Figure, action: Action) -> Script:
    """Goes down on its haunches, and stays."""
    figure.go(pose("crouch") | {"left.swing": 0.0, "right.swing": 0.0}, 0.6)
    yield from wait(figure, 0.7)


def fall(company: Company, figure: Figure, action: Action) -> Script:
    """Trips and falls on its front, in the time that gravity needs for it; who lies goes on lying."""
    if not figure.upright:
        yield from wait(figure, 0.1)
        return
    ways = {"left": -math.pi / 2, "right": math.pi / 2}
    if action.direction in ways:
        yield from wait(figure, figure.turn_to(ways[str(action.direction)]))
    at, heading = figure.root
    begin = figure.now_s
    gravity = max(company.live.gravity_m_s2, 0.5)
    drop = math.sqrt(2 * figure.rig.hip_m / gravity)
    stumble = 0.32
    lasts = stumble + drop
    way = scaled(facing(heading), 0.5 * figure.height_m / 1.75)

    def root(time_s: float) -> tuple[Vec, float]:
        u = min(max((time_s - begin) / lasts, 0.0), 1.0)
        return add(at, way, u * u * (3 - 2 * u)), heading

    figure.moves(root)
    for side in SIDES:
        figure.go({f"{side}.swing": 0.0}, 0.2)
    figure.strike("stumble", stumble + 0.1)
    yield from wait(figure, stumble)
    figure.strike("lie-front", drop * 1.05)
    yield from wait(figure, drop * 1.05)
    company.tell(figure, "impact", "hits the ground", "set", gravity * drop)
    yield from wait(figure, 0.3)
