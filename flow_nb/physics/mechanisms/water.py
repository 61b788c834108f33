"""Open water. In: a plan's set. Out: where its surface is, and how deep the ground lies below it."""

from __future__ import annotations

from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

DEPTH_M = 4.0


def level_m(plan: Plan) -> float | None:
    """Height of the water's surface: a set whose floor is water, or where all is under water; None on
    land."""
    if plan.air.medium == "water":
        return 100.0
    return 0.0 if sets()[plan.set.kind].floor == "water" else None
