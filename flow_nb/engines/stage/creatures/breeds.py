"""What each animal is like. In: ``breeds.toml``, a body of the plan. Out: `Breed`, and its coat's colour."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from flow_nb.plan.bodies import Body
from flow_nb.props.archetypes import archetypes

Mark = tuple[Any, ...]
OWN = ("props", "nouns")
"""What no row takes over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Breed:
    """One row of ``breeds.toml``; the columns are explained at its head."""

    name: str
    height_m: float
    colour: str
    long: float
    chest: tuple[float, float]
    belly: tuple[float, float]
    rump: tuple[float, float]
    legs: tuple[float, float]
    thick: tuple[float, float, float]
    track: float
    foot: tuple[float, float, float]
    neck: tuple[float, float, float, float]
    head: tuple[float, float, float]
    muzzle: tuple[float, float]
    ears: tuple[float, float, float, float]
    tail: tuple[float, float, float, float, float]
    eye: float
    ear: Literal["point", "round", "long", "hang", "leaf", "fan"] = "point"
    back: float = 0.0
    bend: float = 0.16
    hoof: bool = False
    tuft: float = 0.0
    iris: str = "#3a2414"
    nose: str = "#1c1614"
    horns: str = ""
    hump: tuple[tuple[float, float, float], ...] = ()
    mane: tuple[float, ...] = ()
    mane_kind: Literal["ruff", "crest"] = "ruff"
    mane_colour: str = "#2a1c15"
    tail_colour: str = "*1.0"
    swan: float = 0.0
    wool: float = 0.0
    snout: bool = False
    proboscis: bool = False
    udder: bool = False
    beard: bool = False
    gait: Literal["stride", "hop"] = "stride"
    marks: tuple[Mark, ...] = ()
    props: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@cache
def breeds() -> Mapping[str, Breed]:
    """All breeds by name."""
    text = files(__package__).joinpath("breeds.toml").read_text(encoding="utf-8")
    rows = inherited(tomllib.loads(text))
    return {name: Breed(name=name, **row) for name, row in rows.items()}


def inherited(given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows with what they take over from the rows they are ``like``; lists as tuples."""
    rows: dict[str, dict[str, Any]] = {}
    for name, row in given.items():
        base = {k: v for k, v in rows.get(row.get("like", ""), {}).items() if k not in OWN}
        rows[name] = base | {k: _tuple(v) for k, v in row.items() if k != "like"}
    return rows


def breed_of(body: Body) -> Breed | None:
    """The breed of a body that is an animal on four legs of flesh and blood: one of wood, rubber or paper
    is the toy that its archetype is."""
    prop = archetypes()[body.prop]
    if prop.kind != "animal" or body.material != prop.material:
        return None
    words = body.noun.lower().replace("-", " ")
    found = [
        (len(noun), breed)
        for breed in breeds().values()
        for noun in breed.nouns
        if f" {noun} " in f" {words} "
    ]
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    return next((breed for breed in breeds().values() if body.prop in breed.props), None)


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value
