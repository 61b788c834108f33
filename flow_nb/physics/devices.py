"""Which devices there are. In: a plan and its `Stand`s. Out: the `Device`s that this shot needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flow_nb.physics.device import Device
from flow_nb.physics.liquids.crown import make_crowns
from flow_nb.physics.liquids.device import make_liquids
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Plan

Maker = Callable[[Plan, Mapping[str, Stand]], Device | None]
"""Looks at a shot and makes its device, or None where the shot has no need of it."""

MAKERS: tuple[Maker, ...] = (make_liquids, make_crowns)


def devices(plan: Plan, stands: Mapping[str, Stand]) -> tuple[Device, ...]:
    """All devices of a shot, in the order in which they act."""
    made = (maker(plan, stands) for maker in MAKERS)
    return tuple(device for device in made if device is not None)
