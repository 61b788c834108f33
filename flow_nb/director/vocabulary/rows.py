"""What is known of a word. In: rows of the data files. Out: `VerbRow`, `NounRow`, `Lemma`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flow_nb.plan.actions import Direction, Verb
from flow_nb.plan.bodies import Age

PartOfSpeech = Literal["noun", "verb", "adjective", "adverb"]
Form = Literal["base", "s", "ed", "en", "ing", "singular", "plural", "more", "most"]
NounClass = Literal["thing", "person", "animal", "place", "liquid", "material", "part", "abstract"]


@dataclass(frozen=True, kw_only=True, slots=True)
class VerbRow:
    """One verb and its physical frame.

    ``does`` is the plan's verb for a subject that does it by itself, None where it needs an object;
    ``done`` the plan's verb for the object when somebody does it to something, None where an object is
    only met, looked at or gone to (``meets``: hits the wall, enters the room, faces the door).
    ``starts`` is where a thing is when nobody says; ``lands``: "on X" names where it ends, not where
    it begins. ``speeds_m_s`` is slow, usual, fast. ``expects`` is the plan's verb for what commonly
    follows ("slips": fall). ``mood`` is what doing it so tells ("storms": angry), ``pace`` how fast it
    is by itself. ``cannot`` says why it is not solved, ``instead`` the nearest thing that is shown.
    """

    lemma: str
    does: Verb | None = None
    done: Verb | None = None
    meets: bool = False
    starts: Literal["on", "above", "hanging from"] = "on"
    lands: bool = True
    direction: Direction | None = None
    speeds_m_s: tuple[float, float, float] | None = None
    expects: Verb | None = None
    pace: Literal["", "slow", "fast"] = ""
    mood: str = ""
    speech: bool = False
    state: bool = False
    cannot: str = ""
    instead: str = ""
    guessed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NounRow:
    """One noun. ``prop`` names a row of ``props/archetypes.toml`` ("" for what is no body: places,
    liquids, abstractions; "cutout" for a thing that has no shape of its own yet). ``size_m`` is its
    longest dimension, None: as the archetype. ``sets`` are where it belongs, most likely first. A place
    names its set there; a liquid or a material its row in ``material``."""

    noun: str
    kind: NounClass = "thing"
    prop: str = ""
    size_m: float | None = None
    mass_kg: float | None = None
    material: str = ""
    colour: str = ""
    age: Age | None = None
    mood: str = ""
    sets: tuple[str, ...] = ()
    count: int = 1
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Lemma:
    """One way to take a word apart. ``weight`` is how common it is as that part of speech, 0 to 1,
    over all readings of the word."""

    base: str
    pos: PartOfSpeech
    form: Form
    weight: float
