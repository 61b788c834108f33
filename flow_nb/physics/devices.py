"""Which devices there are. In: a plan and its `Stand`s. Out: the `Device`s that this shot needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flow_nb.physics.acting.device import acting
from flow_nb.physics.device import Device
from flow_nb.physics.liquids.crown import make_crowns
from flow_nb.physics.liquids.device import make_liquids
from flow_nb.physics.mechanisms.air import make_air
from flow_nb.physics.mechanisms.blast import make_blast
from flow_nb.physics.mechanisms.cloth import make_cloths
from flow_nb.physics.mechanisms.coil import make_coils
from flow_nb.physics.mechanisms.cord import make_cords
from flow_nb.physics.mechanisms.hand import make_hand
from flow_nb.physics.mechanisms.hinge import make_hinges
from flow_nb.physics.mechanisms.soft import make_softs
from flow_nb.physics.mechanisms.trampoline import make_trampolines
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import Plan

Maker = Callable[[Plan, Mapping[str, Stand]], Device | None]
"""Looks at a shot and makes its device, or None where the shot has no need of it."""

MAKERS: tuple[Maker, ...] = (
    acting,
    make_air,
    make_hand,
    make_blast,
    make_hinges,
    make_trampolines,
    make_coils,
    make_cords,
    make_softs,
    make_liquids,
    make_crowns,
    make_cloths,
)
"""Cloths come last: they copy the solids of all others."""


def devices(plan: Plan, stands: Mapping[str, Stand]) -> tuple[Device, ...]:
    """All devices of a shot, in the order in which they act."""
    made = (maker(plan, stands) for maker in MAKERS)
    return tuple(device for device in made if device is not None)
