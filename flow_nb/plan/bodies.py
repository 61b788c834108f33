"""Who and what is in a shot, and where it stands. In: a director's reading. Out: `Body`, `Placement`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flow_nb.plan.base import DEFAULT, Name, Origin, Part, Text

Age = Literal["child", "adult", "old"]
Relation = Literal[
    "on", "edge of", "in", "under", "beside", "against", "above", "hanging from", "behind",
    "in front of", "left of", "right of", "between", "around", "held by", "worn by",
]  # fmt: skip

WORLD = "set"
"""The name of everything that does not move: floor, walls, the set's own furniture."""


class Trait(Part):
    """What somebody wears or looks like, in one word: a ``dress``, ``hair``, ``fat``; its colour where it
    is told."""

    word: Text
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None


class Body(Part):
    """One thing, person or animal. ``prop`` names a row of ``props/archetypes.toml``, ``material``
    one of ``materials.toml``.

    ``scale`` multiplies the archetype's size, ``mass_kg`` None means: by volume and density.
    A fixed body is furniture: it is solved against but never moves. ``filled`` names the liquid it
    holds, ``lit`` says that it gives light (a lamp that is on, a candle that burns). ``age`` and
    ``mood`` are told of persons and animals, ``traits`` of persons: their clothes, hair and build. ``noun`` is the word that the text uses; a paper
    cut-out wears it in print.
    """

    name: Name
    noun: Text
    prop: Name
    material: Name
    scale: float = Field(default=1.0, ge=0.02, le=50)
    mass_kg: float | None = Field(default=None, gt=0, le=50_000)
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None
    fixed: bool = False
    filled: Name | None = None
    lit: bool = False
    age: Age = "adult"
    mood: Text = ""
    traits: tuple[Trait, ...] = Field(default=(), max_length=12)
    origin: Origin = DEFAULT


class Placement(Part):
    """Where a body stands when the shot begins: ``glass`` is at the ``edge of`` ``table``.

    ``anchor`` is another body or ``"set"`` (the floor); ``other`` is the second one of ``between``.
    Sides are the camera's: ``left of`` is left in the picture, ``behind`` is further away.
    ``height_m`` is the height of the body's lowest point above the anchor's surface; it is used by
    ``above`` and ``hanging from``.
    """

    body: Name
    relation: Relation
    anchor: Name = WORLD
    other: Name | None = None
    height_m: float | None = Field(default=None, ge=0, le=50)
    origin: Origin = DEFAULT
