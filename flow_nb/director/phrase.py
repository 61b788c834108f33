"""What a noun phrase says. In: words that `walk` and `nouns` read. Out: `NounPhrase`, and reasons for gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from flow_nb.director.lexicon import Elsewhere, Sense

Head = Literal["prop", "ground", "set", "part", "it", "they", "each other", "unknown"]
Span = tuple[int, int]

HEADS = ("prop", "part", "ground", "floor", "set", "no noun")
"""Senses that name something."""
MODIFIERS = ("colour", "size", "material", "ordinal", "mood", "manner", "no adjective")
"""Senses that say what it is like."""
QUANTITIES = ("number", "vague number", "arrangement")

NO_PROP = Elsewhere(reason="no prop of that name is on this stage", fix="")
NO_QUALITY = Elsewhere(
    reason="this quality is not shown on this stage",
    fix="Leave it out, or name a colour, a size or a material.",
)
NOT_A_THING = Elsewhere(
    reason="this says what a thing is like, and no thing follows",
    fix='Name the thing, as in "a stone block".',
)
NOT_BY_MEASURE = Elsewhere(
    reason="sizes by measure are not staged yet", fix="Write small, large or huge."
)
ONE_ONLY = Elsewhere(reason="only one of this kind is taken", fix="Keep the first.")


@dataclass(slots=True)
class NounPhrase:
    """What was read between tokens ``start`` and ``end``; `nouns` and `walk` fill it."""

    start: int
    end: int = 0
    head: Head = "unknown"
    prop: str = ""
    noun: str = ""
    plural: bool = False
    count: int | None = None
    vague: bool = False
    definite: bool = False
    bare: bool = True
    ordinal: int | None = None
    material: str = ""
    colour: str = ""
    tone: str = ""
    scale: float = 1.0
    mass_kg: float | None = None
    floor: str = ""
    set_kind: str = ""
    part: str = ""
    of: NounPhrase | None = None
    arrangement: str = ""
    act: tuple[Sense, Span] | None = None
    manner: str = ""
    reason: Elsewhere = NO_PROP
    missed: list[tuple[Span, Elsewhere]] = field(default_factory=list)
    moods: list[tuple[Sense, Span]] = field(default_factory=list)
