"""What people have on. In: a reading. Out: garments that are no bodies of their own, and whom they colour.

A figure is dressed by its colour; only what stands out of its outline (a hat, a crown) is a prop. A
garment that something is done to ("she drops her coat") stays a thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from flow_nb.director.frame import Frame, Reading, Span
from flow_nb.director.plotting.tables import tables
from flow_nb.director.reading.words import words


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """``garments`` are indices of things that are only worn; ``dyes`` maps who wears one to its colour;
    ``spans`` are words that only tell what somebody looks like."""

    garments: frozenset[int] = frozenset()
    dyes: tuple[tuple[int, str], ...] = ()
    spans: tuple[Span, ...] = ()


def wardrobe_of(reading: Reading) -> Wardrobe:
    """What only hangs on somebody, and the colour of the largest piece."""
    told = tables()["wardrobe"]
    worn: dict[int, int] = {}
    for frame in reading.frames:
        if _wears(frame):
            for i, garment in enumerate(frame.patients):
                row = reading.things[garment].row
                if row is None or (row.kind == "thing" and row.prop not in told["props"]):
                    worn.setdefault(garment, frame.agents[min(i, len(frame.agents) - 1)])
        elif frame.state and frame.lemma == "be" and frame.agents:
            for place in frame.places:
                row = reading.things[place.thing].row if place.thing >= 0 else None
                if place.way == "in" and row is not None and row.prop in told["dyes"]:
                    worn.setdefault(place.thing, frame.agents[0])
    for frame in reading.frames:
        if not _wears(frame) and not (frame.state and frame.lemma == "be"):
            for thing in _spoken_of(frame):
                worn.pop(thing, None)
    dyes: dict[int, str] = {}
    for garment, wearer in worn.items():
        thing = reading.things[garment]
        row = thing.row
        if row is not None and row.prop in told["dyes"] and thing.colour:
            dyes.setdefault(wearer, thing.colour)
    spans = []
    for i, thing in enumerate(reading.things):
        for quality in thing.qualities:
            at = reading.text.lower().find(quality)
            if quality.startswith("in ") and at < 0:
                at = reading.text.lower().find(quality[3:])
                quality = quality[3:]
            if at >= 0 and (colour := _colour(quality)) is not None:
                spans.append((at, at + len(quality)))
                if colour:
                    dyes.setdefault(i, colour)
    for frame in reading.frames:
        if _wears(frame) and not frame.patients and not frame.places:
            spans.append(frame.span)
    return Wardrobe(frozenset(worn), tuple(dyes.items()), tuple(spans))


def _colour(quality: str) -> str | None:
    """The colour of a garment that is only a quality of whoever wears it; "" for one that nobody told;
    None for what is no garment."""
    *before, noun = quality.split()
    if noun not in words().listed("clothes"):
        return None
    if noun in tables()["wardrobe"]["small"]:
        return ""
    found = (words().sense(word, "colour") for word in before)
    return next((str(sense.value) for sense in found if sense is not None), "")


def _wears(frame: Frame) -> bool:
    lemmas = tables()["wardrobe"]["lemmas"]
    return frame.state and bool(frame.agents) and frame.lemma in lemmas


def _spoken_of(frame: Frame) -> set[int]:
    places = (place.thing for place in frame.places)
    return {*frame.agents, *frame.patients, *frame.recipients, *frame.instruments, *places}
