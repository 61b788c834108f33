"""A plan in short words, as `prompts.toml` writes it down. In: a `Plan`. Out: lists of strings by matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flow_nb.plan.base import Origin
from flow_nb.plan.plan import Action, Beat, Body, Camera, Placement, Plan

DEFAULTS: dict[str, Any] = {
    "set": "studio default",
    "light": "afternoon default",
    "air": "air",
    "camera": "full, eye level, static, normal, 35 mm",
    "duration_s": 4.0,
    "gravity_m_s2": 9.81,
    "marks": [],
    "actions": [],
    "lines": [],
    "beats": [],
    "gaps": [],
}


def told(plan: Plan) -> dict[str, Any]:
    """Everything that a reading decides, except the words of its origins."""
    return {
        "bodies": [_body(body) for body in plan.bodies],
        "marks": [_mark(p) for p in plan.placements if (p.relation, p.anchor) != ("on", "set")],
        "actions": [_action(action) for action in plan.actions],
        "camera": _camera(plan.camera, plan),
        "set": f"{plan.set.kind} {plan.set.origin.provenance}",
        "light": _light(plan),
        "air": _air(plan),
        "duration_s": plan.duration_s,
        "gravity_m_s2": plan.gravity_m_s2,
        "lines": [f"{one.speaker} ({one.manner}) {one.text}" for one in plan.lines],
        "beats": [_beat(beat) for beat in plan.beats],
        "gaps": [gap.words for gap in plan.gaps],
    }


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
            f"of {body.filled}" if body.filled else "",
            "lit" if body.lit else "",
            body.age if body.age != "adult" else "",
            f"({body.mood})" if body.mood else "",
            "guessed" if body.origin.provenance != "literal" else "",
        )
    )


def _mark(mark: Placement) -> str:
    height = f"{mark.height_m:g} m" if mark.height_m is not None else ""
    other = f"and {mark.other}" if mark.other else ""
    return _joined((mark.body, height, mark.relation, mark.anchor, other))


def _action(action: Action) -> str:
    """agent: verb body how target from source by legs with instrument direction speed turns at start."""
    legs = " ".join(f"{leg.way} {leg.body}" for leg in action.path)
    return _joined(
        (
            f"{action.agent}:" if action.agent else "",
            action.verb,
            action.body,
            f"{action.how or '>'} {action.target}" if action.target else "",
            f"from {action.source}" if action.source else "",
            f"by {legs}" if legs else "",
            f"with {action.instrument}" if action.instrument else "",
            action.direction or "",
            f"{action.speed_m_s:g} m/s" if action.speed_m_s is not None else "",
            f"{action.turns:g} x" if action.turns is not None else "",
            f"at {action.start_s:g} s" if action.start_s != 0.5 else "",
            f"to {action.end_s:g} s" if action.end_s is not None else "",
            "expected" if action.expected else "",
        )
    )


def _camera(c: Camera, plan: Plan) -> str:
    known = c.target is not None and c.target == _first_to_act(plan)
    return _joined(
        (
            f"{c.size}, {c.angle}, {c.move}, {c.pace}, {c.lens_mm:g} mm",
            f"at {c.height_m:g} m" if c.height_m is not None else "",
            "handheld" if c.handheld else "",
            f"on {c.target}" if c.target and not known else "",
            f"focus {c.focus or '?'}" if c.focus or c.focus_to else "",
            f"to {c.focus_to} at {c.focus_s:g} s" if c.focus_to and c.focus_s is not None else "",
        )
    )


def _first_to_act(plan: Plan) -> str | None:
    for action in plan.actions:
        if action.verb != "rest":
            return action.agent or action.body
    free = [body.name for body in plan.bodies if not body.fixed]
    return next(iter([*free, *(body.name for body in plan.bodies)]), None)


def _light(plan: Plan) -> str:
    light = plan.light
    told_by: list[tuple[str, str, Origin]] = [
        (light.weather, "clear", light.weather_origin),
        (light.style, "natural", light.style_origin),
        (light.grade, "neutral", light.grade_origin),
    ]
    more = [f"{value} {o.provenance}" for value, usual, o in told_by if value != usual]
    return ", ".join([f"{light.time_of_day} {light.origin.provenance}", *more])


def _air(plan: Plan) -> str:
    wind = f"wind {plan.air.wind_m_s:g} m/s from {plan.air.wind_from}" if plan.air.wind_m_s else ""
    return _joined((plan.air.medium, wind))


def _beat(beat: Beat) -> str:
    pace = "" if beat.pace == "normal" else f", {beat.pace}"
    return f"{beat.mood} {beat.intensity:g}{pace}, {beat.start_s:g} to {beat.end_s:g} s"
