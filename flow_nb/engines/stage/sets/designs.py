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
from typing import Any, Literal, TypeVar

from flow_nb.engines.stage.flicker import Flicker
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
class Fit:
    """Something built for the set: which of `fittings`, where it stands, how it is turned, how large
    it is (width, depth, height), its colour, and the prop it stands in for, if any."""

    kind: str
    at_m: Vec3 = (0.0, 0.0, 0.0)
    size_m: Vec3 = (1.0, 1.0, 1.0)
    turn_deg: float = 0.0
    colour: str | None = None
    prop: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulb:
    """A lamp of the set: where, in which colour, how strong, and whether it burns by day too.
    ``shade`` is what is seen of it: a hanging shade, a panel in the ceiling, or nothing."""

    at_m: Vec3
    strength: float = 1.7
    colour: Vec3 = (1.0, 0.72, 0.42)
    always: bool = False
    cone_deg: float = 74.0
    towards: Vec3 = (0.0, 0.0, -1.0)
    shadow: bool = True
    shade: str = "shade"
    flicker: Flicker = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomDesign:
    """A room: ``size_m`` is left, right, back, front and ceiling; ``window`` left, right, sill, head in
    the back wall; ``dim`` how much of the daylight is kept out; ``tint`` dyes what light is left;
    ``front_light`` scales the soft light on faces from the left front, ``bounce`` what the walls throw
    back of the lamps; not ``framed``: neither bars in
    the window nor a skirting; ``dyes`` are colours of which the seed may choose one for the walls."""

    floor: Cover
    walls: Cover
    size_m: tuple[float, float, float, float, float]
    window: tuple[float, float, float, float] | None = None
    dado: Cover | None = None
    furniture: tuple[Piece, ...] = ()
    fits: tuple[Fit, ...] = ()
    bulbs: tuple[Bulb, ...] = ()
    dim: float = 0.0
    tint: Vec3 = (1.0, 1.0, 1.0)
    vista: str = "woods"
    trim: str = "#e9e2d3"
    framed: bool = True
    dyes: tuple[str, ...] = ()
    front_light: float = 1.0
    bounce: float = 1.0
    exposure: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scatter:
    """Things strewn about: how many of which (a plant of `growth` or a prop), how far from the mark,
    how large, how far ``apart_m`` from each other. ``behind`` keeps them beyond the mark, where they
    never hide it; what is ``flat``, like leaves, lies anywhere; ``sunk_m`` deep they stand in the
    ground."""

    prop: str
    count: int
    from_m: float = 4.0
    to_m: float = 20.0
    scale: tuple[float, float] = (0.8, 1.3)
    colours: tuple[str, ...] = ()
    behind: bool = True
    flat: bool = False
    sunk_m: float = 0.02
    apart_m: float = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class LandDesign:
    """A place in the open: a ground that is level about the mark and beyond rises by ``relief_m`` as its
    ``shape`` says. ``haze`` is density, metres before it, and how bright it is; ``vista`` names what is far away;
    ``walled`` says up to which height (0 to 1, the sine) walls shut out the sky."""

    ground: Cover | None = None
    shape: Literal["rolling", "dunes", "waves"] = "rolling"
    relief_m: float = 0.5
    level_m: float = 5.0
    vista: str = "hills"
    sea_from_m: float | None = None
    wet: Cover | None = None
    path: Cover | None = None
    scatter: tuple[Scatter, ...] = ()
    pieces: tuple[Piece, ...] = ()
    fits: tuple[Fit, ...] = ()
    bulbs: tuple[Bulb, ...] = ()
    sky: Literal["air", "water", "stars"] = "air"
    tint: Vec3 = (1.0, 1.0, 1.0)
    fill: float = 1.0
    sun: float = 1.0
    walled: float = 0.0
    haze: tuple[float, float, float] | None = None
    exposure: float = 0.0


Design = RoomDesign | LandDesign
Stands = TypeVar("Stands", Piece, Scatter, Fit)
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
        return replace(
            design, furniture=_but(design.furniture, props), fits=_but(design.fits, props)
        )
    return replace(
        design,
        pieces=_but(design.pieces, props),
        fits=_but(design.fits, props),
        scatter=_but(design.scatter, props & LARGE),
    )


def _but(parts: tuple[Stands, ...], props: Set[str]) -> tuple[Stands, ...]:
    return tuple(part for part in parts if part.prop not in props)


_PARTS: Mapping[str, Any] = {
    "furniture": Piece, "pieces": Piece, "bulbs": Bulb, "scatter": Scatter, "fits": Fit
}  # fmt: skip
_COVERS = ("floor", "walls", "dado", "ground", "wet", "path")


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
