"""What a text says, before it is staged. In: the reader's parse. Out: `Reading`: things, frames and notes.

A `Frame` is a clause: who does what to whom, with what, from where, past what, to where, how and when.
Pronouns are resolved: the same thing has the same index wherever it is spoken of. Nothing here knows
what can be staged; that is `staging`'s to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from flow_nb.director.vocabulary import NounRow, VerbRow
from flow_nb.plan.actions import Direction
from flow_nb.plan.bodies import Age

GROUND = -1
"""The index of the set itself: floor, ground, walls, sky."""

VIEW = -2
"""The index of the picture: what is in its foreground stands before everything else."""

Span = tuple[int, int]
"""Where words stand in the text: offset of the first character, offset behind the last."""

Joint = Literal["then", "while", "after", "before", "until"]
Part = Literal["", "edge", "top", "bottom", "side", "inside", "ceiling", "wall", "floor"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """Something, somebody or several of a kind that the text speaks of.

    ``row`` is what the vocabulary knows of the noun; None means nobody knows it, and it becomes a paper
    cut-out. ``guessed``: the row was found through its hypernyms. ``count`` is how many;
    ``vague`` says that the number is ours ("several"). ``arrangement`` is how several of them stand.
    ``group`` lists the indices of things that this one only sums up ("they", "a ball and a bottle").
    """

    noun: str
    span: Span
    row: NounRow | None
    guessed: bool = False
    count: int = 1
    vague: bool = False
    arrangement: Literal["", "row", "stack", "circle", "pyramid"] = ""
    colour: str = ""
    material: str = ""
    scale: float = 1.0
    size_m: float | None = None
    mass_kg: float | None = None
    age: Age | None = None
    mood: str = ""
    filled: str = ""
    lit: bool = False
    name: str = ""
    qualities: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One phrase of place: ``way`` is the preposition in the plan's words (a `Way` or a `Relation`),
    ``thing`` what it names (`GROUND` for the set), ``part`` which piece of it ("the edge of"). One that
    ``begins`` is where it was before ("from behind the door")."""

    way: str
    thing: int
    part: Part = ""
    span: Span = (0, 0)
    other: int | None = None
    begins: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One clause. Indices point into ``Reading.things``; a plural subject lists all that are meant.

    ``agents`` is who does it (the subject of an active verb, "by X" of a passive one), ``patients`` what
    it is done to. A clause about a thing that does it by itself has agents and no patients. ``row``
    None: a verb that nobody knows. ``places`` are in the text's order; sources, paths and goals are
    told apart by their way. ``joint`` says how it stands to the frame before it in time, ``result``
    that it follows from that one ("knocking it over", "so that it falls"). ``state`` marks what is
    only so ("a cup stands on the table", "beside the window"): nothing happens.
    """

    lemma: str
    span: Span
    row: VerbRow | None
    agents: tuple[int, ...] = ()
    patients: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()
    instruments: tuple[int, ...] = ()
    reciprocal: bool = False
    places: tuple[Place, ...] = ()
    direction: Direction | None = None
    manners: tuple[str, ...] = ()
    mood: str = ""
    speed_m_s: float | None = None
    pace: Literal["", "slow", "fast"] = ""
    height_m: float | None = None
    distance_m: float | None = None
    turns: float | None = None
    lasts_s: float | None = None
    delay_s: float | None = None
    joint: Joint = "then"
    passive: bool = False
    result: bool = False
    state: bool = False
    negated: bool = False


NoteKind = Literal[
    "camera.size", "camera.angle", "camera.move", "camera.pace", "camera.lens", "camera.height",
    "camera.target", "camera.focus", "camera.focus_to", "camera.handheld", "time", "weather",
    "style", "grade", "set", "gravity", "medium", "wind", "wind_from", "mood", "duration", "lines",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What the text tells the camera, the light, the set or the air. ``value`` is in the plan's words or
    a number with its unit taken off; ``thing`` is set where a note names one (a camera's target).
    ``inferred``: the words only suggest it ("sunny" for noon)."""

    kind: NoteKind
    value: str | float
    span: Span
    thing: int | None = None
    inferred: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """Words that stay without effect, and why."""

    span: Span
    reason: str
    fix: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A whole text, read. Every noun and every verb of it is in a thing, a frame, a note or missed."""

    text: str
    things: tuple[Thing, ...] = ()
    frames: tuple[Frame, ...] = ()
    notes: tuple[Note, ...] = ()
    missed: tuple[Missed, ...] = field(default=())
