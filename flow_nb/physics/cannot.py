"""What was asked and cannot be. In: a plan's actions, the things that they are asked of. Out: warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flow_nb.physics.mechanisms.water import level_m
from flow_nb.physics.roles import Roles
from flow_nb.physics.stand import Stand
from flow_nb.plan.plan import WORLD, Action, Plan

BENDS = ("soft", "spring", "cloth", "cord")


def cannot(plan: Plan, roles: Roles, stands: Mapping[str, Stand]) -> Iterator[str]:
    """One line for each, with what to write instead."""
    for action in roles.told:
        stand = stands[action.body]
        if action.body in roles.actors:
            continue
        noun, kind, verb = stand.body.noun, stand.prop.kind, action.verb
        if verb in ("open", "close") and not _opens(stand):
            yield f'The {noun} does not {verb}: it has no hinge. Try "a chest" or "a door".'
        elif verb in ("squash", "stretch") and kind not in BENDS:
            yield f'The {noun} does not bend. Try "a pillow" or "a spring".'
        elif verb == "sink" and level_m(plan) is None and not _wet(plan, action):
            yield f'There is no water for the {noun} to sink in. Say "in the sea" or "underwater".'
        elif stand.body.fixed and _moves_it(action, stand):
            yield f"The {noun} stands fixed on its ground and is not moved."


def _opens(stand: Stand) -> bool:
    hinge, cloth = stand.prop.hinge, stand.prop.cloth
    return (hinge is not None and 0.0 in hinge.limits_deg) or (
        cloth is not None and cloth.pins == "top"
    )


def _moves_it(action: Action, stand: Stand) -> bool:
    """Whether an action would take furniture from its place; what turns or bends has its own ways."""
    still = ("rest", "hold", "look", "open", "close", "shatter", "explode", "handle")
    return stand.prop.kind == "thing" and action.verb not in still


def _wet(plan: Plan, action: Action) -> bool:
    """Whether it sinks in what a vessel holds."""
    target = action.target
    return target not in (None, WORLD) and plan.body(str(target)).filled is not None
