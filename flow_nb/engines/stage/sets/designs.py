"""Sets that are drawn by a table. In: ``designs.toml``. Out: `RoomDesign` and `LandDesign` rows.

A row of ``designs.toml`` says what a set is made of; `interior` and `landscape` build it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look, Vec3


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """A surface: its texture, its colour, how many metres it takes before it repeats."""

    texture: str
    colour: str
    metres: float = 2.0

    def look(self, seed: int = 0) -> Look:
        """The look of it, fine enough for a floor."""
        return Look(
            colour=srgb(self.colour),
            texture=self.texture,
            texture_m=self.metres,
            texture_px=1024,
            seed=seed,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A prop that stands there: its archetype, its place, its turn about z, its size and colour."""

    prop: str
    at_m: Vec3
    turn_deg: float = 0.0
    scale: float = 1.0
    colour: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulb:
    """A lamp of the set: where, in which colour, how strong, and whether it burns by day too."""

    at_m: Vec3
    strength: float = 1.7
    colour: Vec3 = (1.0, 0.72, 0.42)
    always: bool = False
    cone_deg: float = 74.0
    towards: Vec3 = (0.0, 0.0, -1.0)
    shadow: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomDesign:
    """A room: ``size_m`` is left, right, back, front and ceiling; ``window`` left, right, sill, head in
    the back wall; ``dim`` how much of the daylight is kept out; ``tint`` dyes what light is left."""

    floor: Cover
    walls: Cover
    size_m: tuple[float, float, float, float, float]
    window: tuple[float, float, float, float] | None = None
    dado: Cover | None = None
    furniture: tuple[Piece, ...] = ()
    bulbs: tuple[Bulb, ...] = ()
    dim: float = 0.0
    tint: Vec3 = (1.0, 1.0, 1.0)
    beyond: str = "hills"
    exposure: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scatter:
    """Props strewn about: how many of which, how far from the mark, how large. ``behind`` keeps them
    beyond the mark, where they never hide it."""

    prop: str
    count: int
    from_m: float = 4.0
    to_m: float = 20.0
    scale: tuple[float, float] = (0.8, 1.3)
    colours: tuple[str, ...] = ()
    behind: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LandDesign:
    """A place in the open: a ground that is level about the mark and rolls by ``relief_m`` beyond."""

    ground: Cover
    relief_m: float = 0.5
    level_m: float = 5.0
    hills: str | None = "#4a5a3a"
    far: str | None = None
    sea_from_m: float | None = None
    sea: Cover | None = None
    scatter: tuple[Scatter, ...] = ()
    pieces: tuple[Piece, ...] = ()
    bulbs: tuple[Bulb, ...] = ()
    sky: str = "air"
    tint: Vec3 = (1.0, 1.0, 1.0)
    fill: float = 1.0
    exposure: float = 0.0


Design = RoomDesign | LandDesign
Stands = TypeVar("Stands", Piece, Scatter)
LARGE = frozenset({"bench", "house", "tower"})
"""Of these a place in the open has none of its own where the plan has one; trees and rocks may be many."""


@cache
def designs() -> Mapping[str, Design]:
    """All drawn sets by name."""
    text = files(__package__).joinpath("designs.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: _design(row) for name, row in tomllib.loads(text).items()})


def without(design: Design, props: Set[str]) -> Design:
    """The set without the things that the plan brings itself: its sofa is the only one."""
    if isinstance(design, RoomDesign):
        return replace(design, furniture=_but(design.furniture, props))
    return replace(
        design, pieces=_but(design.pieces, props), scatter=_but(design.scatter, props & LARGE)
    )


def _but(parts: tuple[Stands, ...], props: Set[str]) -> tuple[Stands, ...]:
    return tuple(part for part in parts if part.prop not in props)


_PARTS: Mapping[str, Any] = {
    "furniture": Piece, "pieces": Piece, "bulbs": Bulb, "scatter": Scatter
}  # fmt: skip
_COVERS = ("floor", "walls", "dado", "ground", "sea")


def _design(row: dict[str, Any]) -> Design:
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key in _PARTS:
            values[key] = tuple(_PARTS[key](**_tuples(part)) for part in value)
        elif key in _COVERS:
            values[key] = Cover(**value)
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return RoomDesign(**values) if "walls" in values else LandDesign(**values)


def _tuples(part: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in part.items()}
