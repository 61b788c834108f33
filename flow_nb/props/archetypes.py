"""What things are. In: ``archetypes.toml``, ``rows/*.toml``, ``sets.toml``. Out: `Archetype`, `SetRow`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from flow_nb.props.carving import carved

Shape = Literal[
    "sphere", "box", "lathe", "wedge", "cylinder", "cone", "capsule", "torus", "ellipsoid", "prism",
    "tube", "parts",
]  # fmt: skip
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
    """One solid of a prop: it stands on ``at_m``, and is then turned about its own middle by
    ``turn_deg`` (about x, then y, then z). `carving` tells what the measures mean for each shape.

    ``stretch`` scales its axes before it is turned; ``tint`` darkens (below 1) or lightens the
    colour that it shares with the prop; a piece with a colour of its own keeps that. ``texture``
    takes the place of the material's. The texture ``"word"`` is a mark, not a recipe: the noun of
    the body is printed on that piece's side towards -y; where nobody prints, it is plain paper.
    A piece that does not collide is there for the eye alone. ``limb`` names what of an animal it
    belongs to (engines/stage/creatures/critters.toml).
    """

    shape: Shape
    at_m: Vec3 = (0.0, 0.0, 0.0)
    turn_deg: Vec3 = (0.0, 0.0, 0.0)
    radius_m: float = 0.0
    tip_m: float = 0.0
    size_m: Vec3 = (0.0, 0.0, 0.0)
    stretch: Vec3 = (1.0, 1.0, 1.0)
    bevel_m: float = 0.0
    power: float = 2.0
    profile_m: tuple[tuple[float, float], ...] = ()
    path_m: tuple[tuple[float, float, float, float], ...] = ()
    curved: bool = False
    material: str | None = None
    colour: str | None = None
    tint: float = 1.0
    texture: str | None = None
    opacity: float | None = None
    glow: float = 0.0
    collides: bool = True
    limb: str = ""


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
    """One row of ``archetypes.toml`` or ``rows/*.toml``; the columns are explained at its head.

    Its shape is told by ``given`` pieces, or by the lines of ``carved``, which are read when the
    first asks for ``pieces``: a film needs few of all the props there are.
    """

    name: str
    nouns: tuple[str, ...]
    material: str
    given: tuple[Piece, ...] = ()
    carved: str = ""
    kind: Kind = "thing"
    handle: Handle | None = None
    colour: str | None = None
    mass_kg: float | None = None
    furniture: bool = False
    surface_m: Vec3 | None = None
    rolls: bool = False
    unbreakable: bool = False
    breaks_at_m_s: float | None = None
    flies: bool = False
    swims: bool = False
    floats: bool = False
    hinge: Hinge | None = None
    cloth: Sheet | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces. Raises ValueError where the lines cannot be read."""
        return self.given or _carved(self.name, self.carved)

    @property
    def seen(self) -> tuple[Piece, ...]:
        """The pieces that are drawn: all but those of opacity 0, which only collide."""
        return tuple(piece for piece in self.pieces if piece.opacity != 0)

    @property
    def body(self) -> tuple[Piece, ...]:
        """The pieces that collide."""
        return tuple(piece for piece in self.pieces if piece.collides)

    @property
    def is_ball(self) -> bool:
        """Whether it meets the world as one sphere, whatever is painted or sewn on it."""
        return len(self.body) == 1 and self.body[0].shape == "sphere"


@dataclass(frozen=True, kw_only=True, slots=True)
class SetRow:
    """One row of ``sets.toml``; the columns are explained at its head."""

    name: str
    words: tuple[str, ...]
    floor: str
    back_y_m: float | None = None
    left_x_m: float | None = None
    right_x_m: float | None = None
    ceiling_m: float | None = None
    outdoors: bool = False


@cache
def archetypes() -> Mapping[str, Archetype]:
    """All props by name."""
    family = sorted(file.name for file in files(__package__).joinpath("rows").iterdir())
    rows = _rows("archetypes.toml")
    for name in family:
        rows |= _rows(f"rows/{name}")
    return MappingProxyType({name: _archetype(name, row) for name, row in rows.items()})


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
    shape = row.get("shape")
    pieces: tuple[Piece, ...] = ()
    if shape == "parts":
        pieces = tuple(Piece(**{k: _tuples(v) for k, v in part.items()}) for part in row["parts"])
    elif shape is not None:
        pieces = (Piece(**{key: row[key] for key in _PIECE & row.keys()}),)
    made = {key: make(**_all(row[key])) for key, make in _TABLES.items() if key in row}
    rest = {k: v for k, v in row.items() if k not in _PIECE | _TABLES.keys() | {"parts"}}
    return Archetype(name=name, given=pieces, **made, **rest)


def _all(table: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in table.items()}


@cache
def _carved(name: str, lines: str) -> tuple[Piece, ...]:
    return tuple(Piece(**piece) for piece in carved(name, lines))


def _tuples(value: Any) -> Any:
    """TOML lists as tuples, all the way down; tables stay."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
