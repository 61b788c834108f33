"""A plan for people. In: a `Plan`, perhaps its `Motion`. Out: `Row`s: what was read, from which words, how sure.

The same rows are printed in a shell and shown in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flow_nb.errors import PlanError, one_line, quote
from flow_nb.plan.actions import Action
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.bodies import WORLD, Body, Placement
from flow_nb.plan.events import Check
from flow_nb.plan.look import Camera
from flow_nb.plan.motion import Motion
from flow_nb.plan.music import Music
from flow_nb.plan.plan import Plan

EARTH_M_S2 = 9.81
MAX_WORDS = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line. ``source`` is literal, inferred, default or missed (nobody understood it), or solved
    (the solver says so); ``words`` is the piece of text that said it."""

    part: str
    reading: str
    source: str
    words: str = ""


def plan_rows(plan: Plan) -> tuple[Row, ...]:
    """The whole plan, top down."""
    return tuple(_rows(plan))


def motion_rows(motion: Motion) -> tuple[Row, ...]:
    """What the solver made of it: events, then checks."""
    events = [
        Row(part="event", reading=f"{event.time_s:.2f} s  {event.text}", source="solved", words="")
        for event in motion.events
    ]
    checks = [
        Row(part="check", reading=check_text(check), source="holds" if check.holds else "differs")
        for check in motion.checks
    ]
    warnings = [Row(part="warning", reading=text, source="solved") for text in motion.warnings]
    return (*events, *checks, *warnings)


def check_text(check: Check) -> str:
    """One check: ``fall of glass: 0.452 s by sqrt(2 h / g), solved 0.452 s (0.1%)``."""
    if check.text:
        return check.text
    return (
        f"{check.kind} of {check.body}: {check.expected:.4g} {check.unit} by {check.law}, "
        f"solved {check.solved:.4g} {check.unit} ({check.error:.1%})"
    )


def gaps_refused(plan: Plan) -> PlanError:
    """What ``--strict`` says of a plan with gaps: the first of them, and how many more."""
    first, more = plan.gaps[0], len(plan.gaps) - 1
    rest = f" and {more} more" if more else ""
    return PlanError(
        f'--strict: "{quote(first.words)}" is not in the plan ({first.reason}){rest}.',
        fix=first.fix or "Say it otherwise, or leave --strict out.",
    )


def _rows(plan: Plan) -> Iterator[Row]:
    light, air = plan.light, plan.air
    yield _row("set", plan.set.kind, plan.set.origin)
    yield _row("time", light.time_of_day, light.origin)
    for name, value, origin in (
        ("weather", light.weather, light.weather_origin),
        ("light", light.style, light.style_origin),
        ("grade", light.grade, light.grade_origin),
        ("air", _air(plan), air.origin),
        ("gravity", f"{plan.gravity_m_s2:g} m/s²", air.gravity_origin),
    ):
        if origin != DEFAULT or (name == "gravity" and plan.gravity_m_s2 != EARTH_M_S2):
            yield _row(name, value, origin)
    places = {place.body: place for place in plan.placements}
    for body in plan.bodies:
        yield _row("body", _body(body, places.get(body.name)), body.origin)
    for action in plan.actions:
        yield _row("expected" if action.expected else "action", _action(action), action.origin)
    yield _row("camera", _camera(plan.camera), plan.camera.origin)
    if plan.camera.move_origin != DEFAULT:
        pace = "" if plan.camera.pace == "normal" else f"{plan.camera.pace} "
        yield _row("move", f"{pace}{plan.camera.move}", plan.camera.move_origin)
    for line in plan.lines:
        manner = f" ({line.manner})" if line.manner else ""
        until = "" if line.end_s is None else f"–{line.end_s:.1f}"
        told = f"{line.start_s:.1f}{until} s  {line.speaker}{manner}: {line.text}"
        yield _row("line", told, line.origin)
    for beat in plan.beats:
        pace = "" if beat.pace == "normal" else f", {beat.pace}"
        told = f"{beat.start_s:g}–{beat.end_s:g} s  {beat.mood} {beat.intensity:.0%}{pace}"
        yield _row("beat", told, beat.origin)
    if plan.music is not None:
        yield _row("music", _music(plan.music), plan.music.origin)
    for gap in plan.gaps:
        told = f"{gap.reason}. {gap.fix}".rstrip()
        yield Row(part="missed", reading=one_line(told), source="missed", words=_short(gap.words))
    for note in plan.notes:
        yield Row(part="note", reading=one_line(note), source="note")


def _row(part: str, reading: str, origin: Origin) -> Row:
    sure = f" {origin.confidence:.0%}" if origin.provenance == "inferred" else ""
    source = f"{origin.provenance}{sure}"
    return Row(part=part, reading=one_line(reading), source=source, words=_short(origin.words))


def _air(plan: Plan) -> str:
    air = plan.air
    wind = f", wind {air.wind_m_s:g} m/s from {air.wind_from}" if air.wind_m_s else ""
    return f"{air.medium}{wind}"


def _body(body: Body, place: Placement | None) -> str:
    kind = "paper cut-out" if body.prop == "cutout" else f"{body.material} {body.prop}"
    told = [f"{body.name}: {kind}"]
    told += [f"×{body.scale:g}"] if body.scale != 1 else []
    told += [f"{body.mass_kg:g} kg"] if body.mass_kg is not None else []
    told += [body.colour] if body.colour else []
    told += [f"full of {body.filled}"] if body.filled else []
    told += [body.age] if body.age != "adult" else []
    told += [body.mood] if body.mood else []
    told += ["lit"] if body.lit else []
    if place is not None and (place.relation, place.anchor) != ("on", WORLD):
        height = f"{place.height_m:g} m " if place.height_m is not None else ""
        second = f" and {place.other}" if place.other else ""
        told += [f"{height}{place.relation} {place.anchor}{second}"]
    return ", ".join(told)


def _action(action: Action) -> str:
    who = f"{action.agent} → " if action.agent else ""
    told = [f"{action.start_s:.2f} s  {who}{action.body}: {action.verb}"]
    told += [f"from {action.source}"] if action.source else []
    told += [f"{leg.way} {leg.body}" for leg in action.path]
    told += [f"{action.how or 'to'} {action.target}"] if action.target else []
    told += [f"with {action.instrument}"] if action.instrument else []
    told += [action.direction] if action.direction else []
    told += [f"at {action.speed_m_s:g} m/s"] if action.speed_m_s is not None else []
    told += [f"{action.turns:g}×"] if action.turns is not None else []
    told += [f"({action.manner})"] if action.manner else []
    return " ".join(told)


def _camera(camera: Camera) -> str:
    told = [camera.size, camera.angle, f"{camera.lens_mm:g} mm"]
    told += [f"{camera.height_m:g} m high"] if camera.height_m is not None else []
    told += ["handheld"] if camera.handheld else []
    told += [f"on {camera.target}"] if camera.target else []
    told += (
        [f"focus {camera.focus or camera.target} to {camera.focus_to}"] if camera.focus_to else []
    )
    return ", ".join(told)


def _music(music: Music) -> str:
    if music.silent:
        return "none"
    tempo = f"{music.tempo_bpm:g} bpm" if music.tempo_bpm else ""
    told = (music.feeling or "by the beats", *music.players, tempo, music.key or "")
    return ", ".join(filter(None, told))


def _short(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1]}…"
