"""What things are. In: ``archetypes.toml`` and ``sets.toml``. Out: `Archetype` and `SetRow`, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Shape = Literal["sphere", "box", "lathe", "wedge", "parts"]
Kind = Literal[
    "thing", "figure", "animal", "vehicle", "cloth", "cord", "soft", "hinged", "spring", "cutout"
]
"""How it moves: as one free solid, by its bones, on its legs, on its wheels, as what bends, about a
hinge, on a spring. A cut-out is a sheet of card with its noun printed on it."""
Vec3 = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """A ring on the side of a cup: half a torus of that radius and thickness."""

    radius_m: float
    thickness_m: float
    at_z_m: float
    reach_m: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One convex or turned solid of a prop, standing on ``at_m``."""

    shape: Shape
    at_m: Vec3 = (0.0, 0.0, 0.0)
    radius_m: float = 0.0
    size_m: Vec3 = (0.0, 0.0, 0.0)
    bevel_m: float = 0.0
    profile_m: tuple[tuple[float, float], ...] = ()
    material: str | None = None
    colour: str | None = None
    opacity: float | None = None
    glow: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Hinge:
    """What turns on a prop, and how far: the ``pieces`` of these numbers, about ``axis`` through
    ``at_m``, between ``limits_deg``; 0 is as they are drawn. They start at ``rest_deg``. In the motion
    they have a column of their own, ``<body>/leaf``, whose frame is the prop's own while it is at 0."""

    axis: Vec3
    at_m: Vec3
    limits_deg: tuple[float, float]
    pieces: tuple[int, ...]
    rest_deg: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What of a prop is cloth: a rectangle ``size_m`` (width, height), held along one edge (``pins``:
    "left" at a pole, "top" at a rail) or lying free (""). What its pieces are is only what it hangs on.
    ``hang_m`` is how high its upper edge hangs; ``area_kg_m2`` how heavy it is."""

    size_m: tuple[float, float]
    pins: Literal["", "left", "mast", "top"] = ""
    hang_m: float = 0.0
    area_kg_m2: float = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Archetype:
    """One row of ``archetypes.toml``; the columns are explained at its head."""

    name: str
    nouns: tuple[str, ...]
    material: str
    pieces: tuple[Piece, ...]
    kind: Kind = "thing"
    handle: Handle | None = None
    colour: str | None = None
    mass_kg: float | None = None
    furniture: bool = False
    surface_m: Vec3 | None = None
    rolls: bool = False
    unbreakable: bool = False
    breaks_at_m_s: float | None = None
    hinge: Hinge | None = None
    cloth: Sheet | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetRow:
    """One row of ``sets.toml``; the columns are explained at its head."""

    name: str
    words: tuple[str, ...]
    floor: str
    back_y_m: float | None = None
    left_x_m: float | None = None
    ceiling_m: float | None = None
    outdoors: bool = False


@cache
def archetypes() -> Mapping[str, Archetype]:
    """All props by name."""
    return MappingProxyType(
        {name: _archetype(name, row) for name, row in _rows("archetypes.toml").items()}
    )


@cache
def sets() -> Mapping[str, SetRow]:
    """All sets by name."""
    return MappingProxyType(
        {
            name: SetRow(name=name, **{k: _tuples(v) for k, v in row.items()})
            for name, row in _rows("sets.toml").items()
        }
    )


def _rows(file: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))


_TABLES: dict[str, Any] = {"handle": Handle, "hinge": Hinge, "cloth": Sheet}
_PIECE = {"shape", "at_m", "radius_m", "size_m", "bevel_m", "profile_m", "opacity", "glow"}


def _archetype(name: str, row: dict[str, Any]) -> Archetype:
    row = {key: _tuples(value) for key, value in row.items()}
    if row["shape"] == "parts":
        pieces = tuple(Piece(**{k: _tuples(v) for k, v in part.items()}) for part in row["parts"])
    else:
        pieces = (Piece(**{key: row[key] for key in _PIECE & row.keys()}),)
    made = {key: make(**_all(row[key])) for key, make in _TABLES.items() if key in row}
    rest = {k: v for k, v in row.items() if k not in _PIECE | _TABLES.keys() | {"parts"}}
    return Archetype(name=name, pieces=pieces, **made, **rest)


def _all(table: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in table.items()}


def _tuples(value: Any) -> Any:
    """TOML lists as tuples, all the way down; tables stay."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
