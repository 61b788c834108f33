"""What a noun phrase says. In: units that `nouns` reads. Out: `NounPhrase`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from flow_nb.director.frame import Part
from flow_nb.director.reading.words import Sense
from flow_nb.director.vocabulary import NounRow
from flow_nb.plan.bodies import Age

Arrangement = Literal["", "row", "stack", "circle", "pyramid"]


@dataclass(slots=True)
class NounPhrase:
    """Units ``start`` to ``end``, characters ``at`` to ``upto``.

    ``pronoun`` is its kind (it, he, she, they, one, nobody, somebody, reciprocal, other) or empty.
    ``owner`` is who has it; ``of`` what it is a piece of; ``contents`` what it holds; ``ground``
    is set where it is a piece of the set itself; ``note`` where it is weather or a time of day;
    ``framing`` where it is only "a shot of"; ``worn`` where somebody has it on; a ``subset`` is some of
    a ``whole`` of that many.
    """

    start: int
    end: int
    at: int
    upto: int
    determiner: str = ""
    noun: str = ""
    word: str = ""
    row: NounRow | None = None
    guessed: bool = False
    plural: bool = False
    count: int | None = None
    vague: bool = False
    ordinal: int | None = None
    arrangement: Arrangement = ""
    colour: str = ""
    material: str = ""
    scale: float = 1.0
    size_m: float | None = None
    mass_kg: float | None = None
    speed_m_s: float | None = None
    age: Age | None = None
    mood: str = ""
    lit: bool = False
    empty: bool = False
    filled: str = ""
    name: str = ""
    pronoun: str = ""
    qualities: list[str] = field(default_factory=list)
    owner: NounPhrase | None = None
    of: NounPhrase | None = None
    contents: NounPhrase | None = None
    part: Part = ""
    ground: str | None = None
    note: Sense | None = None
    notes: list[tuple[Sense, int, int]] = field(default_factory=list)
    sets: tuple[str, ...] = ()
    framing: bool = False
    body: bool = False
    worn: bool = False
    subset: bool = False
    whole: int | None = None

    @property
    def definite(self) -> bool:
        """Whether it may point at something named before."""
        return self.determiner in DEFINITE or bool(self.pronoun)

    @property
    def person(self) -> bool:
        """Whether it is somebody."""
        return bool(self.name) or (self.row is not None and self.row.kind == "person")


DEFINITE = frozenset(
    ("the", "this", "that", "these", "those", "its", "his", "her", "their", "my", "your", "our",
     "both", "all", "each", "every", "both the", "all the", "the other")
)  # fmt: skip
