"""A plan in short words, as `prompts.toml` writes it down. In: a `Plan`. Out: lists of strings by matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flow_nb.plan.plan import Action, Body, Placement, Plan

DEFAULTS: dict[str, Any] = {
    "set": "studio default",
    "light": "afternoon default",
    "camera": "full, eye level, static, normal, 35 mm",
    "duration_s": 4.0,
    "gravity_m_s2": 9.81,
    "actions": [],
    "lines": [],
    "beats": [],
    "gaps": [],
}


def told(plan: Plan) -> dict[str, Any]:
    """Everything that a reading decides, except the words of its origins."""
    c = plan.camera
    target = "" if c.target == _first_to_act(plan) else f", on {c.target}"
    return {
        "bodies": [_body(body) for body in plan.bodies],
        "marks": [_mark(placement) for placement in plan.placements],
        "actions": [_action(action) for action in plan.actions],
        "camera": f"{c.size}, {c.angle}, {c.move}, {c.pace}, {c.lens_mm:g} mm{target}",
        "set": f"{plan.set.kind} {plan.set.origin.provenance}",
        "light": f"{plan.light.time_of_day} {plan.light.origin.provenance}",
        "duration_s": plan.duration_s,
        "gravity_m_s2": plan.gravity_m_s2,
        "lines": [f"{one.speaker} ({one.manner}) {one.text}" for one in plan.lines],
        "beats": [beat.mood for beat in plan.beats],
        "gaps": [gap.words for gap in plan.gaps],
    }


def _first_to_act(plan: Plan) -> str:
    acting = [action.body for action in plan.actions if action.verb != "rest"]
    free = [body.name for body in plan.bodies if not body.fixed]
    return (acting or free or [body.name for body in plan.bodies])[0]


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word)


def _body(body: Body) -> str:
    return _joined(
        (
            f"{body.name}: {body.material} {body.prop}",
            f"x{body.scale:g}" if body.scale != 1 else "",
            body.colour or "",
            f"{body.mass_kg:g} kg" if body.mass_kg else "",
            "fixed" if body.fixed else "",
            "guessed" if body.origin.provenance != "literal" else "",
        )
    )


def _mark(mark: Placement) -> str:
    height = f"{mark.height_m:g} m" if mark.height_m is not None else ""
    return _joined((mark.body, height, mark.relation, mark.anchor))


def _action(action: Action) -> str:
    return _joined(
        (
            action.verb,
            action.body,
            f"> {action.target}" if action.target else "",
            f"from {action.source}" if action.source else "",
            action.direction or "",
            f"{action.speed_m_s:g} m/s" if action.speed_m_s is not None else "",
            f"at {action.start_s:g} s" if action.start_s != 0.5 else "",
        )
    )
