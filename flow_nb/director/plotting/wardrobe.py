"""What people have on. In: a reading. Out: garments that are no bodies of their own, and whom they colour.

A figure is dressed by its colour; only what stands out of its outline (a hat, a crown) is a prop. A
garment that something is done to ("she drops her coat") stays a thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flow_nb.director.frame import Frame, Reading, Span, Thing
from flow_nb.director.plotting.tables import tables
from flow_nb.director.reading.words import words
from flow_nb.plan.bodies import Body, Trait

MAX_TRAITS = 12
HAIRY = frozenset({"blonde", "blond", "brunette", "redhead", "redheaded", "ginger"})
_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """``garments`` are indices of things that are only worn; ``dyes`` maps who wears one to its colour;
    ``traits`` are everybody's clothes, hair and build; ``spans`` are words that only tell what somebody
    looks like."""

    garments: frozenset[int] = frozenset()
    dyes: tuple[tuple[int, str], ...] = ()
    traits: tuple[tuple[int, Trait], ...] = ()
    spans: tuple[Span, ...] = ()


def wardrobe_of(reading: Reading) -> Wardrobe:
    """What only hangs on somebody, and the colour of the largest piece."""
    worn = _worn(reading)
    dyes: dict[int, str] = {}
    traits: list[tuple[int, Trait]] = []
    for garment, wearer in worn.items():
        thing = reading.things[garment]
        row = thing.row
        traits.append((wearer, _trait(thing.noun, thing.colour)))
        if row is not None and row.prop in tables()["wardrobe"]["dyes"] and thing.colour:
            dyes.setdefault(wearer, thing.colour)
    spans = [f.span for f in reading.frames if _wears(f) and not f.patients and not f.places]
    for i, thing in enumerate(reading.things):
        at = reading.text.lower().find(thing.qualities[0]) if thing.qualities else -1
        wearer = _nearest(reading, at, i) if at >= 0 else i
        traits += [(wearer, trait) for trait in _looked(reading.text, thing)]
        for span, colour in _looks(reading.text.lower(), thing):
            spans.append(span)
            if colour:
                dyes.setdefault(_nearest(reading, span[0], i), colour)
    return Wardrobe(frozenset(worn), tuple(dyes.items()), tuple(traits), tuple(spans))


def _worn(reading: Reading) -> dict[int, int]:
    """Garments of which nothing else is told, each with who has it on."""
    worn: dict[int, int] = {}
    others: set[int] = set()
    for frame in reading.frames:
        if _wears(frame):
            for i, garment in enumerate(frame.patients):
                if _is_garment(reading, garment):
                    worn.setdefault(garment, frame.agents[min(i, len(frame.agents) - 1)])
        elif frame.state and frame.lemma == "be" and frame.agents:
            for place in frame.places:
                if place.way == "in" and _is_cloth(reading, place.thing):
                    worn.setdefault(place.thing, frame.agents[0])
        else:
            others |= _spoken_of(frame)
    return {garment: wearer for garment, wearer in worn.items() if garment not in others}


def _looks(text: str, thing: Thing) -> Iterator[tuple[Span, str]]:
    """Where a thing's garments stand in the text that are only qualities of it, and their colour."""
    for quality in thing.qualities:
        said = quality if quality in text else quality.removeprefix("in ")
        at, colour = text.find(said), _colour(said)
        if at >= 0 and colour is not None:
            yield (at, at + len(said)), colour


def described(body: Body, trait: Trait) -> Body:
    """A person with one more trait; what colours the hair does not colour the clothes."""
    if body.prop != "person" or trait in body.traits or len(body.traits) >= MAX_TRAITS:
        return body
    colour = None if trait.word in ("hair", "skin") else body.colour
    return body.model_copy(update={"traits": (*body.traits, trait), "colour": colour})


def _looked(text: str, thing: Thing) -> Iterator[Trait]:
    """What a thing's qualities tell of clothes, hair and build."""
    told = tables()["wardrobe"]
    if thing.row is None or thing.row.prop != "person":
        return
    said = text[slice(*thing.span)].lower().split()
    for word in said:
        if told["hair"].get(word) == thing.colour or word in HAIRY:
            yield _trait("hair", str(told["hair"][word]))
    # "a black woman" tells of her skin, not of her clothes
    for word, follows in pairwise(said):
        if follows in (told["folk"]) and word in told["skin"]:
            yield _trait("skin", str(told["skin"][word]))
    for quality in (*thing.qualities, *thing.noun.lower().split()[:-1]):
        for part in quality.replace(" and ", ", ").split(", "):
            *before, last = part.split() or [""]
            hair = told["hair"].get(last) or (
                last in ("hair", "haired") and (_hair(before) or "told")
            )
            if hair and (last not in ("beard", "moustache")):
                yield _trait("hair", "" if hair == "told" else hair)
            elif last in ("beard", "moustache"):
                yield _trait(last, _hair(before))
            elif last in told["builds"]:
                yield _trait(last, "")
            elif last in words().listed("clothes"):
                yield _trait(last, _dye(before))


def _trait(word: str, colour: str) -> Trait:
    return Trait(word=word.lower()[:60], colour=colour if _HEX.fullmatch(colour) else None)


def _hair(before: list[str]) -> str:
    """The colour of hair, which has its own reds and golds."""
    known = tables()["wardrobe"]["hair"]
    return next((str(known[word]) for word in before if word in known), _dye(before))


def _dye(before: list[str]) -> str:
    found = (words().sense(word, "colour") for word in before)
    return next((str(sense.value) for sense in found if sense is not None), "")


def _nearest(reading: Reading, at: int, told: int) -> int:
    """Who is spoken of just before: "runs to a girl in a blue dress" tells of the girl."""
    before = [
        (thing.span[1], i)
        for i, thing in enumerate(reading.things)
        if thing.row is not None and thing.row.kind in ("person", "animal") and thing.span[1] <= at
    ]
    return max(before, default=(0, told))[1]


def _colour(quality: str) -> str | None:
    """The colour of a garment; "" for one that nobody told; None for what is no garment."""
    *before, noun = quality.split()
    if noun not in words().listed("clothes"):
        return None
    if noun in tables()["wardrobe"]["small"]:
        return ""
    return _dye(before)


def _is_garment(reading: Reading, thing: int) -> bool:
    row = reading.things[thing].row
    return row is None or (row.kind == "thing" and row.prop not in tables()["wardrobe"]["props"])


def _is_cloth(reading: Reading, thing: int) -> bool:
    row = reading.things[thing].row if thing >= 0 else None
    return row is not None and row.prop in tables()["wardrobe"]["dyes"]


def _wears(frame: Frame) -> bool:
    lemmas = tables()["wardrobe"]["lemmas"]
    return frame.state and bool(frame.agents) and frame.lemma in lemmas


def _spoken_of(frame: Frame) -> set[int]:
    places = (place.thing for place in frame.places)
    return {*frame.agents, *frame.patients, *frame.recipients, *frame.instruments, *places}
