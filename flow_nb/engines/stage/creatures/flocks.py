"""What each bird is like. In: ``flocks.toml``, a body of the plan. Out: `Flock`: one kind of bird."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from flow_nb.engines.stage.creatures.breeds import Mark, inherited
from flow_nb.plan.bodies import Body
from flow_nb.props.archetypes import archetypes

COOKED = frozenset({"roast", "fried", "grilled", "baked", "cooked"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Flock:
    """One row of ``flocks.toml``; the columns are explained at its head."""

    name: str
    body_m: float
    colour: str
    body: tuple[float, float]
    pitch: float
    leg: tuple[float, float, float]
    foot: float
    skin: str
    neck: tuple[float, float, float, float]
    head: float
    beak: tuple[float, float, float]
    beak_colour: str
    wing: tuple[float, float]
    tail: tuple[float, float, float]
    eye: float
    iris: str
    wing_colour: str = "*0.82"
    fan: float = 1.0
    hook: bool = False
    flat: bool = False
    webbed: bool = False
    flipper: bool = False
    comb: bool = False
    tufts: bool = False
    disc: str = ""
    marks: tuple[Mark, ...] = ()
    props: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@cache
def flocks() -> Mapping[str, Flock]:
    """All kinds of birds by name."""
    text = files(__package__).joinpath("flocks.toml").read_text(encoding="utf-8")
    rows = inherited(tomllib.loads(text))
    return {name: Flock(name=name, **row) for name, row in rows.items()}


def flock_of(body: Body) -> Flock | None:
    """The kind of a body that is a live bird; one of another stuff than its archetype is a toy."""
    prop = archetypes()[body.prop]
    words = f" {body.noun.lower().replace('-', ' ')} "
    if prop.kind != "animal" or body.material != prop.material or COOKED & set(words.split()):
        return None
    own: list[tuple[int, Flock]] = [
        (len(noun), flock)
        for flock in flocks().values()
        for noun in flock.nouns
        if f" {noun} " in words and body.prop in _props()
    ]
    if own:
        return max(own, key=lambda pair: pair[0])[1]
    return next((flock for flock in flocks().values() if body.prop in flock.props), None)


@cache
def _props() -> frozenset[str]:
    return frozenset(prop for flock in flocks().values() for prop in flock.props)

