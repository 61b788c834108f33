"""What has a part in what happens to a thing. In: a plan, its motion, a body's name. Out: points that belong
into the picture with it: what it meets, falls onto or shares the shot with, where it begins and where it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import WORLD, Action, Body, Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m

NEAR_M = 2.5
"""Who does something of its own is in the same picture up to this distance."""
LARGEST_M = 3.0
"""What is met is shown whole up to this size, or that of the subject."""
GIVES = ("hinged", "spring", "soft", "cord")
"""Furniture of which one sees that it is met."""


def partners_m(plan: Plan, motion: Motion, name: str, until_s: float) -> Floats:
    """Low and high corners (n, 3) of all partners at the beginning and at an instant."""
    return _corners(plan, motion, tuple(_partners(plan, motion, name)), until_s)


def company_m(plan: Plan, motion: Motion, name: str) -> float:
    """How wide or high all partners are together that are not of a body's own kind."""
    noun = plan.body(name).noun
    others = tuple(other for other in _partners(plan, motion, name) if other.noun != noun)
    points = _corners(plan, motion, others, 0.0)
    return float(np.ptp(points, axis=0).max()) if len(points) else 0.0


def like(plan: Plan, motion: Motion, name: str) -> tuple[str, ...]:
    """The partners of a body's own kind: one of twelve dominoes is not the subject, all are."""
    noun = plan.body(name).noun
    return tuple(other.name for other in _partners(plan, motion, name) if other.noun == noun)


def _corners(plan: Plan, motion: Motion, bodies: tuple[Body, ...], until_s: float) -> Floats:
    found = [np.zeros((0, 3))]
    for time_s in dict.fromkeys((0.0, until_s)):
        place, _ = motion.at(time_s)
        for body in bodies:
            bounds = prop_bounds_m(archetypes()[body.prop], body.scale)
            found.append(place[motion.index(body.name)] + bounds)
    return np.concatenate(found)


def _partners(plan: Plan, motion: Motion, name: str) -> Iterator[Body]:
    told = [action for action in plan.actions if not action.expected]
    met = {body for event in motion.events for body in (event.body, event.other)}
    met |= {str(a.target) for a in plan.actions if a.body == name and a.target}
    goals = {goal for action in told if action.body == name for goal in _goals(action)}
    doing = {action.body for action in told if action.agent is None}
    met |= {p.body for p in plan.placements if p.anchor == name and p.relation == "on"}
    under = {p.anchor for p in plan.placements if p.body == name}
    start, _ = motion.at(0.0)
    largest = max(LARGEST_M, _size_m(plan.body(name)))
    here = start[motion.index(name)]
    for body in plan.bodies:
        if body.name == name or body.name not in motion.names:
            continue
        prop = archetypes()[body.prop]
        if _size_m(body) > largest:
            continue
        if body.fixed:
            goal = body.name in goals - under
            if goal or (body.name in met and prop.kind in GIVES):
                yield body
        elif body.name in met or (
            body.name in doing
            and prop.kind in ("thing", "animal")
            and float(np.linalg.norm(start[motion.index(body.name)] - here)) < NEAR_M
        ):
            yield body


def _goals(action: Action) -> set[str]:
    """What it goes to, over or onto."""
    goals = (action.target, *(leg.body for leg in action.path))
    return {str(name) for name in goals if name not in (None, WORLD)}


def _size_m(body: Body) -> float:
    low, high = prop_bounds_m(archetypes()[body.prop], body.scale)
    return float((high - low).max())
