"""What a model proposes. In: its JSON. Out: a `Plan`: names made valid, numbers that the text does not
state taken out, every entry with its origin.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from flow_nb.director.script.music import music_in
from flow_nb.plan.base import MAX_ORIGIN_CHARS, Origin
from flow_nb.plan.plan import (
    MAX_BODIES,
    WORLD,
    Action,
    Air,
    Beat,
    Body,
    Camera,
    Gap,
    Light,
    Line,
    Placement,
    Plan,
    SetDesign,
)
from flow_nb.plan.shot import DEFAULT_DURATION_S, MAX_DURATION_S, MIN_DURATION_S, Shot
from flow_nb.props.archetypes import archetypes, sets
from flow_nb.props.materials import materials

CONFIDENCE = 0.7
MAX_PARTS = 200

_PLANET_M_S2 = (9.81, 1.62, 3.71, 24.79, 0.0)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Proposal(BaseModel):
    """The plan as a model gives it: the plan's own parts, without what is not the model's to say."""

    model_config = ConfigDict(extra="ignore")

    duration_s: float = Field(default=DEFAULT_DURATION_S, ge=MIN_DURATION_S, le=MAX_DURATION_S)
    gravity_m_s2: float = Field(default=9.81, ge=0, le=100)
    set: SetDesign = SetDesign()
    light: Light = Light()
    air: Air = Air()
    bodies: list[Body] = Field(default=[], max_length=MAX_BODIES)
    placements: list[Placement] = Field(default=[], max_length=MAX_PARTS)
    actions: list[Action] = Field(default=[], max_length=MAX_PARTS)
    camera: Camera = Camera()
    lines: list[Line] = Field(default=[], max_length=MAX_PARTS)
    beats: list[Beat] = Field(default=[], max_length=MAX_PARTS)
    gaps: list[Gap] = Field(default=[], max_length=MAX_PARTS)


def strangers(proposal: Proposal) -> list[str]:
    """Names that are used and that no body has: the model is asked again for those."""
    known = {body.name for body in proposal.bodies} | {WORLD}
    camera = proposal.camera
    used = [name for action in proposal.actions for name in sorted(action.names)]
    used += [n for p in proposal.placements for n in (p.body, p.anchor, p.other) if n]
    used += [n for n in (camera.target, camera.focus, camera.focus_to) if n]
    return sorted(set(used) - known)


def as_plan(proposal: Proposal, shot: Shot) -> Plan:
    """The plan that a proposal becomes. Raises ValueError where it does not hold together."""
    gaps = [_found(gap, shot.text) for gap in proposal.gaps]
    bodies = tuple(_known(body, shot.text, gaps) for body in proposal.bodies)
    return Plan(
        text=shot.text,
        duration_s=shot.duration_s or proposal.duration_s,
        seed=shot.seed,
        gravity_m_s2=_gravity_m_s2(proposal, shot.text),
        set=_on_a_set(proposal.set, shot.text, gaps),
        light=_grounded(proposal.light, shot.text),
        air=_grounded(proposal.air, shot.text, wind_m_s=proposal.air.wind_m_s),
        bodies=bodies,
        placements=_one_each(proposal.placements, bodies, shot.text),
        actions=tuple(_grounded(action, shot.text) for action in proposal.actions),
        camera=_grounded(proposal.camera, shot.text),
        lines=tuple(_grounded(line, shot.text) for line in proposal.lines),
        beats=tuple(_grounded(beat, shot.text) for beat in proposal.beats),
        gaps=tuple(gaps),
        music=music_in(shot.text),
    )


def _grounded(part: Any, text: str, **kept: Any) -> Any:
    """Origins that are in the text, and none of its numbers but those that the text states."""
    changes: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Origin):
            changes[name] = origin_in(text, value.words)
        elif name in _TRAJECTORY and value is not None and not _stated(value, text):
            changes[name] = None
    return part.model_copy(update=changes | kept)


_TRAJECTORY = {"speed_m_s", "height_m", "mass_kg", "turns"}


def origin_in(text: str, words: str) -> Origin:
    """Literal where the words stand in the text, else inferred by the model.

    >>> origin_in("A glass falls.", "glass").at, origin_in("A glass falls.", "vase").provenance
    (2, 'inferred')
    """
    at = text.lower().find(words.lower()) if words else -1
    if at < 0:
        return Origin(provenance="inferred", confidence=CONFIDENCE)
    return Origin(provenance="literal", words=text[at : at + len(words)][:MAX_ORIGIN_CHARS], at=at)


def _stated(value: float, text: str) -> bool:
    """Whether the text has that number, in any unit that is a hundred or a thousand times another."""
    told = [float(found.replace(",", ".")) for found in _NUMBER.findall(text)]
    factors = (1, 0.01, 0.001, 1 / 3.6, 0.3048, 0.0254, 0.44704)
    return any(abs(value - n * f) <= 0.01 * abs(value) for n in told for f in factors)


def _gravity_m_s2(proposal: Proposal, text: str) -> float:
    """That of a planet, or a number of the text."""
    near = min(_PLANET_M_S2, key=lambda g: abs(g - proposal.gravity_m_s2))
    told = _stated(proposal.gravity_m_s2, text) if proposal.gravity_m_s2 else False
    return proposal.gravity_m_s2 if told else near


def _known(body: Body, text: str, gaps: list[Gap]) -> Body:
    """A prop and a material that there are."""
    changes: dict[str, Any] = {}
    if body.prop not in archetypes():
        changes["prop"] = _nearest(body.prop, archetypes()) or "cutout"
        gaps.append(_found(Gap(words=body.noun, reason=f'there is no prop "{body.prop}"'), text))
    prop = archetypes()[changes.get("prop", body.prop)]
    if body.material not in materials():
        changes["material"] = _nearest(body.material, materials()) or prop.material
    if prop.furniture != body.fixed and prop.furniture:
        changes["fixed"] = True
    return _grounded(body.model_copy(update=changes), text)  # type: ignore[no-any-return]


def _on_a_set(design: SetDesign, text: str, gaps: list[Gap]) -> SetDesign:
    if design.kind in sets():
        return _grounded(design, text)  # type: ignore[no-any-return]
    kind = _nearest(design.kind, sets()) or "studio"
    gaps.append(_found(Gap(words=design.kind, reason="this place is not among the sets"), text))
    return SetDesign(kind=kind, origin=origin_in(text, design.origin.words))


def _nearest(word: str, known: Iterable[str] | Mapping[str, object]) -> str | None:
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.8)), None)


def _one_each(
    placements: list[Placement], bodies: tuple[Body, ...], text: str
) -> tuple[Placement, ...]:
    """One place a body, in the bodies' order; on the floor where the model gave none."""
    first = {p.body: p for p in reversed(placements)}
    given = (first.get(b.name) or Placement(body=b.name, relation="on") for b in bodies)
    return tuple(_grounded(place, text) for place in given)


def _found(gap: Gap, text: str) -> Gap:
    return gap.model_copy(update={"at": text.find(gap.words) if gap.words else -1})
