"""Short ways to write plans for the solver."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flow_nb.plan.motion import Event, Motion
from flow_nb.plan.plan import Action, Body, Placement, Plan, SetDesign
from flow_nb.props.archetypes import archetypes


def body(name: str, prop: str | None = None, material: str | None = None, **more: object) -> Body:
    prop = prop or name
    row = archetypes()[prop]
    return Body(
        name=name,
        noun=name.partition("-")[0],
        prop=prop,
        material=material or row.material,
        fixed=row.furniture,
        **more,
    )


def plan(
    bodies: list[Body],
    actions: list[Action],
    placements: list[Placement] | None = None,
    *,
    where: str = "kitchen",
    **more: object,
) -> Plan:
    return Plan(
        text="a test",
        duration_s=more.pop("duration_s", 4),
        set=SetDesign(kind=where),
        bodies=tuple(bodies),
        actions=tuple(actions),
        placements=tuple(placements or ()),
        **more,
    )


@pytest.fixture
def glass_plan() -> Plan:
    """The demo's first shot."""
    return plan(
        [body("table"), body("glass")],
        [
            Action(verb="slide", body="glass", source="table"),
            Action(verb="shatter", body="glass", target="set"),
        ],
        [Placement(body="glass", relation="edge of", anchor="table")],
    )


def first(motion: Motion, kind: str, of: str | None = None) -> Event:
    return next(e for e in motion.events if e.kind == kind and of in (None, e.body))


Planner = Callable[..., Plan]
