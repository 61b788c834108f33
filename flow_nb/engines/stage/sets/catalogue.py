"""Which sets there are. In: a plan. Out: a `StageSet`: its items, its light, and how much room the
camera has in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.picture import Item, Light
from flow_nb.engines.stage.sets import kitchen
from flow_nb.engines.stage.sets.room import Room
from flow_nb.errors import EngineError, choices
from flow_nb.plan.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class StageSet:
    """One set, ready to be dressed and lit for a time of day."""

    room: Room
    dress: Callable[[Hour], tuple[Item, ...]]
    light: Callable[[Hour], Light]


def stage_set(plan: Plan) -> StageSet:
    """The set of a plan. Raises EngineError for one that is not built."""
    kind = plan.set.kind
    if kind not in _BUILDERS:
        raise EngineError(f'the stage has no set "{kind}".', fix=choices(kind, _BUILDERS))
    return _BUILDERS[kind](plan)


def _kitchen(plan: Plan) -> StageSet:
    return StageSet(
        room=Room(low_m=(-2.4, -4.0, 0.07), high_m=(2.9, 1.15, 2.4)),
        dress=lambda hour: kitchen.dress(np.random.default_rng(plan.seed), hour),
        light=kitchen.light,
    )


_BUILDERS: dict[str, Callable[[Plan], StageSet]] = {"kitchen": _kitchen}
