"""How each kind goes. In: a verb of going, a body. Out: the verb in that body's own way: a bird flies across."""

from __future__ import annotations

import re

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.actions import Verb
from flow_nb.props.archetypes import archetypes

WATER = ("sea", "underwater")
_WATERS = re.compile(
    r"\b(pond|lake|river|stream|water|waters|sea|ocean|canal|pool|creek|waves|aquarium)\b"
)


def is_wet(set_kind: str, text: str) -> bool:
    """Whether there is water to swim in."""
    return set_kind in WATER or _WATERS.search(text.lower()) is not None


def own_way(verb: Verb, name: str, frame: Frame, cast: Cast, set_kind: str) -> Verb:
    """The verb as this body does it, where the text leaves open how: "crosses", "comes", "circles"."""
    told = tables()["own_ways"]
    prop = cast.bodies[name].prop
    lemma = frame.lemma.split()[0]
    keys = [frame.lemma, lemma, f"to {verb}"]
    upright = verb in ("rise", "lower", "sink", "fall", "lift")
    keys = [frame.lemma, f"to {verb}"] if upright else keys
    if frame.lemma in told["going"] or (lemma in told["going"] and not upright):
        keys = [frame.lemma, lemma, "go"]
    for here in _rows(prop, cast.kind(name), name, cast, set_kind):
        own = next((told["ways"][here][key] for key in keys if key in told["ways"][here]), None)
        if own is not None:
            return own  # type: ignore[no-any-return]
    return verb


def _rows(prop: str, kind: str, name: str, cast: Cast, set_kind: str) -> list[str]:
    """The rows of ``own_ways`` that a body belongs to, the nearest first."""
    told, row = tables()["own_ways"]["props"], archetypes().get(prop)
    found = [key for key, props in told.items() if prop in props]
    if "snakes" in found and set_kind in WATER:
        found = ["fish"]
    if row is None:
        return found
    if kind == "animal" and row.floats:
        found.append("waterfowl" if cast.wet else "walkers")
    elif kind == "animal" and row.swims and set_kind in WATER:
        found.append("swimmers")
    if cast.bodies[name].noun.split()[-1] in tables()["own_ways"]["winged"]:
        found.append("flyers")
    if cast.bodies[name].noun in tables()["own_ways"]["aquatic"] and cast.wet:
        found.append("swimmers")
    if row.flies:
        found.append("flyers" if kind == "animal" else "aircraft")
    if kind == "thing":
        found.append("things")
    if kind == "thing" and row.rolls:
        found.append("rollers")
    if kind == "thing" and set_kind in WATER and cast.size_m(name) < 1.0:
        found.append("floaters")
    if kind == "vehicle" and not found:
        found.append("vehicles")
    return found
