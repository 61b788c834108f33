"""Prose, read. In: a text and a vocabulary. Out: a `Reading`: things, frames and notes; nothing is dropped.

Any English sentence is read: a noun that nobody knows is a thing without a row, a verb that nobody knows
a frame without one. What found no place is listed in ``missed``. No string makes it raise.
"""

from __future__ import annotations

from flow_nb.director.frame import Reading
from flow_nb.director.reading.coverage import english, uncovered
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.nominal import verbal
from flow_nb.director.reading.reader import read_sentence
from flow_nb.director.reading.tagging import tag
from flow_nb.director.reading.tokens import sentences, tokenise
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.units import units_of
from flow_nb.director.reading.unreal import unreal
from flow_nb.director.reading.words import words
from flow_nb.director.vocabulary import Vocabulary

__all__ = ["read"]

_LOOKUPS: dict[int, Lookup] = {}


def read(text: str, *, vocabulary: Vocabulary, names: frozenset[str] = frozenset()) -> Reading:
    """What a text says. The same text gives the same reading. ``names`` are lower-case words that name
    somebody where they have a capital."""
    desk = Desk(_lookup(vocabulary).naming(names), text)
    seen: list[Unit] = []
    for sentence in sentences(tokenise(text)):
        if not english(desk, sentence):
            continue
        units = units_of(desk.lookup, sentence)
        tag(units)
        seen += units
        told, unsaid = unreal(desk.lookup, units)
        told, idle = verbal(desk.lookup, told)
        desk.passed += [*unsaid, *idle]
        read_sentence(desk, told)
    if desk.frames:
        desk.frames[0].joint = "then"
    frames = tuple(draft.frame(desk.cast.whole) for draft in desk.frames)
    things = desk.cast.things()
    missed = (*desk.missed, *uncovered(desk, seen, things, frames))
    return Reading(
        text=text, things=things, frames=frames, notes=tuple(desk.notes),
        missed=tuple(sorted(missed, key=lambda miss: miss.span)),
    )  # fmt: skip


def _lookup(vocabulary: Vocabulary) -> Lookup:
    key = id(vocabulary)
    if key not in _LOOKUPS or _LOOKUPS[key].vocabulary is not vocabulary:
        _LOOKUPS[key] = Lookup(vocabulary, words())
    return _LOOKUPS[key]
