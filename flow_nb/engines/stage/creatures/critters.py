"""Animals that are neither four-legged nor birds. In: ``critters.toml``, a body of the plan. Out: `Critter`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from flow_nb.plan.bodies import Body
from flow_nb.props.archetypes import archetypes

Vec3 = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """From its joint to its foot, by a knee or stiff; ``tuck_m`` is where the foot hangs in the air."""

    at_m: Vec3
    foot_m: Vec3
    knee_m: Vec3 | None = None
    tuck_m: Vec3 = (0.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wing:
    """Beats about x: ``beat_deg`` to either side of ``rest_deg`` in the air, ``idle_deg`` at rest."""

    at_m: Vec3
    hz: float
    beat_deg: float
    rest_deg: float = 0.0
    idle_deg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sway:
    """Swings about an axis through its joint."""

    at_m: Vec3
    axis: Literal["x", "y", "z"]
    deg: float
    hz: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Spine:
    """A wave that runs from one x to another; see the head of ``critters.toml``."""

    from_m: float
    to_m: float
    wide_m: float
    waves: float
    hz: float
    axis: Literal["y", "z"] = "z"
    winds: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Critter:
    """One row of ``critters.toml``; the columns are explained at its head."""

    name: str
    props: tuple[str, ...]
    leg_m: float
    gait: Literal["", "hop", "creep"] = ""
    legs: Mapping[str, Leg] = field(default_factory=dict)
    wings: Mapping[str, Wing] = field(default_factory=dict)
    sways: Mapping[str, Sway] = field(default_factory=dict)
    head_m: Vec3 | None = None
    jaw_m: Vec3 | None = None
    spine: Spine | None = None


@cache
def critters() -> Mapping[str, Critter]:
    """All kinds by name."""
    text = files(__package__).joinpath("critters.toml").read_text(encoding="utf-8")
    return {name: _critter(name, row) for name, row in tomllib.loads(text).items()}


def critter_of(body: Body) -> Critter | None:
    """The kind of a body of flesh and blood; one of wood, rubber or paper is a toy and stays stiff."""
    prop = archetypes()[body.prop]
    if prop.kind != "animal" or body.material != prop.material:
        return None
    return next((kind for kind in critters().values() if body.prop in kind.props), None)


_LIMBS: Mapping[str, Any] = {"legs": Leg, "wings": Wing, "sways": Sway}


def _critter(name: str, row: Mapping[str, Any]) -> Critter:
    told = {key: _tuple(value) for key, value in row.items()}
    for kind, make in _LIMBS.items():
        if kind in told:
            told[kind] = {limb: make(**_whole(values)) for limb, values in told[kind].items()}
    if "spine" in told:
        told["spine"] = Spine(**told["spine"])
    return Critter(name=name, **told)


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in row.items()}


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
