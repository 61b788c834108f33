"""What people have on. In: a reading. Out: garments that are no bodies of their own, and whom they colour.

A figure is dressed by its colour; only what stands out of its outline (a hat, a crown) is a prop. A
garment that something is done to ("she drops her coat") stays a thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from flow_nb.director.frame import Frame, Reading
from flow_nb.director.plotting.tables import tables


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """``garments`` are indices of things that are only worn; ``dyes`` maps who wears one to its colour."""

    garments: frozenset[int] = frozenset()
    dyes: tuple[tuple[int, str], ...] = ()


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
    for frame in reading.frames:
        if not _wears(frame):
            for thing in _spoken_of(frame):
                worn.pop(thing, None)
    dyes: dict[int, str] = {}
    for garment, wearer in worn.items():
        thing = reading.things[garment]
        row = thing.row
        if row is not None and row.prop in told["dyes"] and thing.colour:
            dyes.setdefault(wearer, thing.colour)
    return Wardrobe(frozenset(worn), tuple(dyes.items()))


def _wears(frame: Frame) -> bool:
    lemmas = tables()["wardrobe"]["lemmas"]
    return frame.state and bool(frame.agents) and frame.lemma in lemmas


def _spoken_of(frame: Frame) -> set[int]:
    places = (place.thing for place in frame.places)
    return {*frame.agents, *frame.patients, *frame.recipients, *frame.instruments, *places}
