"""All checks of a shot. In: `Evidence` and events. Out: `Check`s in order of time, and warnings in words."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.physics.checks.balance import balance
from flow_nb.physics.checks.bouncing import bouncing
from flow_nb.physics.checks.colliding import colliding
from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.checks.expecting import expecting
from flow_nb.physics.checks.falling import falling
from flow_nb.physics.checks.order import ordering
from flow_nb.physics.checks.sloping import sloping
from flow_nb.physics.checks.swinging import swinging
from flow_nb.plan.events import Check, Event

LAWS = (falling, bouncing, sloping, swinging, colliding, balance)
MOST_OF_A_KIND = 12


def check(seen: Evidence, events: Sequence[Event]) -> tuple[list[Check], list[str]]:
    """What theory says beside what was solved; the warnings are expectations that failed."""
    found: list[Check] = []
    for law in LAWS:
        found += sorted(law(seen), key=lambda one: one.time_s)[:MOST_OF_A_KIND]
    told = [*expecting(seen, events), *ordering(seen, events)]
    warnings = [one.text for one in told if not one.holds]
    return sorted([*found, *told], key=lambda one: one.time_s), warnings
