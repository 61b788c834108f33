"""The same thing by another word. In: things that are there. Out: which of them a definite phrase means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flow_nb.director.frame import Thing
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.vocabulary import NounRow


@dataclass(slots=True)
class Entry:
    """A thing in the making, with what pronouns ask about it: ``gender`` (he, she, they or empty),
    whether it is somebody, when it was spoken of last, and whether it came as one that is known
    ("the sofa")."""

    thing: Thing
    gender: str = ""
    person: bool = False
    animal: bool = False
    mentioned: int = 0
    plural: bool = False
    definite: bool = False
    carved: list[int] = field(default_factory=list)


def of_class(
    near: Mapping[int, Entry],
    phrase: NounPhrase,
    gender: str,
    generics: Mapping[str, list[str]],
) -> list[int]:
    """ "the animal", "the woman": a word for a whole class, where one of it is there."""
    kind = next((k for k, nouns in generics.items() if phrase.noun in nouns), "")
    if not kind:
        return []
    found = [i for i, entry in near.items() if _fits(kind, entry, phrase, gender, generics)]
    return found if len(found) == 1 else found[-1:] if kind == "thing" else []


def _fits(
    kind: str, entry: Entry, phrase: NounPhrase, gender: str, generics: Mapping[str, list[str]]
) -> bool:
    if kind == "animal":
        return entry.animal
    if kind == "vehicle":
        row = entry.thing.row
        return row is not None and row.prop in _VEHICLES
    if kind == "thing":
        return not (entry.person or entry.animal)
    same_gender = not gender or entry.gender in ("", gender)
    return entry.person and same_gender and not _other_person(entry, phrase, generics["person"])


def _other_person(entry: Entry, phrase: NounPhrase, people: list[str]) -> bool:
    """A boy is no man, and no teacher: both words tell more than that it is somebody."""
    age = phrase.row.age if phrase.row is not None else None
    if age == "child" and entry.thing.age != "child":
        return True
    said = entry.thing.noun
    told = said in people and said not in _PLAIN and phrase.noun not in _PLAIN
    return told and said != phrase.noun


def same_kind(near: Mapping[int, Entry], row: NounRow | None) -> list[int]:
    """ "the mug" after "a cup": made alike, and the only one of that make; "the cup and the mug" are two."""
    if row is None or row.prop in ("", "person", "cutout") or row.guessed:
        return []
    found = [
        i for i, entry in near.items()
        if entry.thing.row is not None and entry.thing.row.prop == row.prop and not entry.definite
    ]  # fmt: skip
    return found if len(found) == 1 else []


_PLAIN = ("person", "figure", "character", "human", "people", "player")
_VEHICLES = frozenset(
    ("car", "truck", "bus", "bicycle", "motorcycle", "train", "boat", "ship", "aeroplane",
     "helicopter", "rocket", "cart", "tank", "submarine", "spaceship", "skateboard", "sled", "drone",
     "surfboard", "snowboard", "skis")
)  # fmt: skip
