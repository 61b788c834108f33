"""Furniture and all that is large. In: a plan's bodies. Out: marks out of the way of what happens.

What something leaves, or is met by, stands at the mark; other furniture to its right and left; what
is as large as a tree or a house stands behind or at the side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flow_nb.physics.ground import Ground
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Body, Placement
from flow_nb.props.archetypes import archetypes, sets

LARGE_M = 2.3
"""From this size on a thing is scenery, unless something stands on it or goes at it."""
BACK_Y_M = 1.3
GAP_M = 0.7
BEFORE_M, ASIDE_M = 0.12, 0.4
"""A curtain hangs so far before its window, and leaves so much of it free."""


def place_furniture(
    ground: Ground, beside: Callable[[Stand, Placement], tuple[float, float, float]]
) -> None:
    """Marks for everything that is fixed or large; ``beside`` works out a mark that the text gives."""
    plan, roles = ground.plan, ground.roles
    fixed = [b for b in plan.bodies if b.fixed or (_is_large(ground, b) and _is_idle(ground, b))]
    scenery = [b for b in fixed if _is_large(ground, b) and not _is_used(ground, b)]
    leavers = {roles.anchor_of(b.name) for b in roles.free if roles.leaves(b.name)}
    for i, body in enumerate(scenery):
        _put_behind(ground, body, i, alone=len(plan.bodies) == 1)
    told: list[tuple[Stand, Placement]] = []
    right = left = None
    rest = [body for body in fixed if body not in scenery]
    tied = {p.body for p in plan.placements if p.anchor in {b.name for b in rest}}
    for body in sorted(rest, key=lambda body: (body.name not in leavers, body.name in tied)):
        stand = Ground.bare(body)
        low, high = stand.bounds_m
        where = roles.relatives.get(body.name) or roles.placements.get(body.name)
        by = where is not None and where.anchor not in (WORLD, body.name)
        if where is not None and by and right is not None:
            told.append((stand, where))
        elif right is None or left is None:
            x = 0.15 - float(high[0]) if body.name in leavers else 0.0
            ground.put(stand, (x, 0.0, 0.0), exact=True)
            left, right = x + float(low[0]), x + float(high[0])
        elif right <= -left + 1.0:
            ground.put(stand, (right + GAP_M - float(low[0]), 0.1, 0.0), exact=True)
            right += GAP_M + float(high[0] - low[0])
        else:
            ground.put(stand, (left - GAP_M - float(high[0]), 0.1, 0.0), exact=True)
            left -= GAP_M + float(high[0] - low[0])
    for stand in list(ground.placed.values()):
        if (window := _window_of(ground, stand)) is not None:
            x, y, z = stand.foot_m
            behind = ground.placed[window]
            ground.placed[window] = replace(behind, foot_m=(x + ASIDE_M, y + BEFORE_M, z))
    for stand, where in told:
        there = beside(stand, where) if where.anchor in ground.placed else (0.0, 0.6, 0.0)
        ground.put(stand, there, exact=True)


def _window_of(ground: Ground, stand: Stand) -> str | None:
    """The window at which a curtain hangs, where the text says so."""
    if stand.prop.cloth is None or stand.prop.cloth.pins != "top":
        return None
    name, roles = stand.body.name, ground.roles
    told = [a.target for a in roles.told if a.body == name]
    told += [p.anchor for p in ground.plan.placements if p.body == name]
    there = [n for n in told if n in ground.placed and n != name]
    return next((str(n) for n in there if ground.placed[str(n)].body.prop == "window"), None)


def _is_large(ground: Ground, body: Body) -> bool:
    return ground.size_m(body.name) > LARGE_M


def _is_idle(ground: Ground, body: Body) -> bool:
    """Whether nothing is done with it and it does nothing."""
    return not any(
        body.name in (action.body, action.agent) for action in ground.roles.told
    ) and not any(p.body == body.name for p in ground.plan.placements)


def _is_used(ground: Ground, body: Body) -> bool:
    """Whether something stands on it, goes at it or moves it, or it moves by itself."""
    plan = ground.plan
    return (
        archetypes()[body.prop].kind in ("hinged", "spring", "cloth", "soft", "cord")
        or body.name in ground.roles.targets
        or any(p.anchor == body.name and p.relation in ("on", "edge of") for p in plan.placements)
        or any(body.name in (a.body, a.source) for a in ground.roles.told)
    )


def _put_behind(ground: Ground, body: Body, number: int, *, alone: bool) -> None:
    """At the back, first left of the middle, then right of it, further out each time."""
    stand = Ground.bare(body)
    low, high = stand.bounds_m
    side = 0.0 if alone else -1.0 if number % 2 == 0 else 1.0
    row = sets()[ground.plan.set.kind]
    y = BACK_Y_M - float(low[1])
    if row.back_y_m is not None:
        y = max(min(y, row.back_y_m - float(high[1]) - 0.05), 0.4 - float(low[1]))
    x = side * (0.9 + 0.25 * float(high[0] - low[0]) + 1.5 * (number // 2))
    ground.put(stand, (x, y, 0.0), exact=True)
