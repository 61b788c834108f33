"""Which sets there are. In: a plan. Out: a `StageSet`: its items, its light, and how much room the
camera has in it. The set that was built last stands until another one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from flow_nb.engines.stage.atmosphere import effects
from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.meter import metered
from flow_nb.engines.stage.picture import Item, Light, Vec3
from flow_nb.engines.stage.sets import interior, kitchen, landscape, street, studio
from flow_nb.engines.stage.sets.designs import Design, RoomDesign, designs, without
from flow_nb.engines.stage.sets.room import Room
from flow_nb.errors import EngineError, choices
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes, sets
from flow_nb.props.materials import materials

OPEN_M = 20.0
"""How far a camera may go to either side where nothing stands in its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StageSet:
    """One set, ready to be dressed and lit for a time of day. ``sun`` is where the sun or the key light
    shines; None where lamps light the set."""

    room: Room
    dress: Callable[[Hour], tuple[Item, ...]]
    light: Callable[[Hour], Light]
    sun: Callable[[Hour], Vec3 | None]


def stage_set(plan: Plan) -> StageSet:
    """The set of a plan. Raises EngineError for one that is not built."""
    kind = plan.set.kind
    if kind in _BUILDERS:
        return _BUILDERS[kind](plan)
    if kind in designs():
        return _drawn(plan, designs()[kind])
    raise EngineError(f'the stage has no set "{kind}".', fix=choices(kind, set_names()))


def set_names() -> tuple[str, ...]:
    """Every set that is built."""
    return (*_BUILDERS, *designs())


def _drawn(plan: Plan, design: Design) -> StageSet:
    design = without(design, {body.prop for body in plan.bodies})
    if isinstance(design, RoomDesign):
        left, right, back, front, top = design.size_m
        windowed = bool(design.window)
        return StageSet(
            room=Room(
                low_m=(left + 0.2, front + 0.2, 0.07), high_m=(right - 0.2, back - 0.75, top - 0.2)
            ),
            dress=lambda hour: _dressed(interior.dress, design, plan.seed, hour),
            light=lambda hour: _metered(hour, False, interior.light, design, plan.seed, hour),
            sun=lambda hour: interior.sun(hour) if windowed and not hour.dark else None,
        )
    if effects(plan.light)[0].fog and design.sky == "air":
        design = replace(design, haze=None)  # the weather's own air takes its place
    row = sets()[plan.set.kind]
    left = OPEN_M if row.left_x_m is None else -row.left_x_m
    right = OPEN_M if row.right_x_m is None else row.right_x_m
    return StageSet(
        room=Room(low_m=(-left, -18.0, 0.07), high_m=(right, 3.0, 14.0)),
        dress=lambda hour: _dressed(landscape.dress, design, plan.seed, hour),
        light=lambda hour: _metered(hour, True, landscape.light, design, plan.seed, hour),
        sun=lambda hour: landscape.sun(hour) if design.sun and not hour.dark else None,
    )


def _kitchen(plan: Plan) -> StageSet:
    return StageSet(
        room=Room(low_m=(-2.4, -4.0, 0.07), high_m=(2.9, 1.15, 2.4)),
        dress=lambda hour: _dressed(_seeded, kitchen.dress, plan.seed, hour),
        light=lambda hour: _metered(hour, False, kitchen.light, hour),
        sun=lambda hour: None if hour.dark else kitchen.sun(hour),
    )


def _studio(plan: Plan) -> StageSet:
    colour = subject_colour(plan)
    return StageSet(
        room=Room(low_m=(-7.0, -6.5, 0.07), high_m=(7.0, 1.3, 4.3)),
        dress=lambda hour: _dressed(studio.dress, colour),
        light=lambda hour: _metered(hour, True, studio.light, hour, colour),
        sun=studio.sun,
    )


def _street(plan: Plan) -> StageSet:
    return StageSet(
        room=Room(low_m=(-9.0, -8.0, 0.07), high_m=(9.0, 2.0, 6.0)),
        dress=lambda hour: _dressed(_seeded, street.dress, plan.seed, hour),
        light=lambda hour: _metered(hour, True, street.light, hour),
        sun=lambda hour: None if hour.dark else street.sun(hour),
    )


@lru_cache(maxsize=1)
def _dressed(dress: Callable[..., tuple[Item, ...]], *told: Hashable) -> tuple[Item, ...]:
    return dress(*told)


@lru_cache(maxsize=1)
def _metered(hour: Hour, sunlit: bool, light: Callable[..., Light], *told: Hashable) -> Light:
    return metered(light(*told), hour, sunlit=sunlit)


def _seeded(
    dress: Callable[[np.random.Generator, Hour], tuple[Item, ...]], seed: int, hour: Hour
) -> tuple[Item, ...]:
    return dress(np.random.default_rng(seed), hour)


def subject_colour(plan: Plan) -> Vec3:
    """The sRGB colour of what the shot is about."""
    acting = [action.body for action in plan.actions] or [body.name for body in plan.bodies]
    if not acting:
        return srgb("#7d9a96")
    named = plan.camera.target
    body = plan.body(named if named and named in acting else acting[0])
    prop, material = archetypes()[body.prop], materials()[body.material]
    return srgb(body.colour or prop.colour or material.colour)


_BUILDERS: dict[str, Callable[[Plan], StageSet]] = {
    "kitchen": _kitchen,
    "studio": _studio,
    "street": _street,
}
