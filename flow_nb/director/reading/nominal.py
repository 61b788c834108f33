"""Events that are told by nouns. In: a sentence's tagged units. Out: the same, with verbs in their place.

"The slow descent of a lantern onto a lake" becomes "a lantern slowly descending onto a lake", "the cat's jump"
"the cat jumping", "begins its descent" "descends". What stands for nothing any more is handed back.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from flow_nb.director.frame import Span
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.nouns import Nouns
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.unit import Unit
from flow_nb.director.vocabulary import VerbRow

_MODIFIERS = ("J", "RB", "VN", "VG", "Q", "QV")
_VERBS = ("VZ", "VP", "VD", "VB", "VG")
_NOUNS = ("N", "NS")
_TIMES = {"after": "after", "before": "before", "during": "while", "upon": "when", "amid": "while"}
_BODIES = ("thing", "person", "animal")
_FLOWING = ("pour", "splash", "drop", "fall", "roll", "slide", "shatter", "explode")
_OWN = ("its", "his", "her", "their")


@dataclass(frozen=True, slots=True)
class _Event:
    """Unit ``at`` with its modifiers from ``start``; the verb that it is of."""

    start: int
    at: int
    verb: str
    row: VerbRow
    sure: bool


def verbal(lookup: Lookup, units: Sequence[Unit]) -> tuple[list[Unit], list[Span]]:
    """The units with events as verbs, and the spans of the words that this made idle."""
    told, idle = list(units), []
    at = len(told) - 1
    while at >= 0:
        idle += _way(lookup, told, at)
        event = _event(lookup, told, at) if at < len(told) else None
        if event is not None:
            idle += (
                _carried(told, event) or _of(lookup, told, event) or _owned(told, event)
                or _amid(told, event) or _at(lookup, told, event) or _alone(told, event)
            )  # fmt: skip
        at = min(at, len(told)) - 1
    return told, idle


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("events.toml").read_text(encoding="utf-8"))


def _way(lookup: Lookup, units: list[Unit], at: int) -> list[Span]:
    """ "makes his way across", "elbows her way in": goes there, as the verb says."""
    if _text(units, at) != "way" or _text(units, at - 1) not in _OWN or at < 2:
        return []
    verb = units[at - 2]
    if verb.tag not in _VERBS:
        return []
    row = lookup.vocabulary.verb(verb.lemma)
    if row is None or row.does is None or row.done == "handle" or verb.lemma in ("push", "force"):
        verb.lemmas[verb.tag] = "go"
    gone = [(units[at - 1].at, units[at].upto)]
    del units[at - 1 : at + 1]
    return gone


def _event(lookup: Lookup, units: Sequence[Unit], at: int) -> _Event | None:
    unit, table = units[at], _table()
    noun = unit.lemma
    verb = table["sure"].get(noun) or table["perhaps"].get(noun)
    if unit.tag not in _NOUNS or verb is None or _tag(units, at + 1) in (*_NOUNS, "NAME"):
        return None
    start = at
    while start and _tag(units, start - 1) in _MODIFIERS:
        start -= 1
    row = lookup.vocabulary.verb(verb)
    if row is None or _tag(units, start - 1) in (*_NOUNS, "NAME"):
        return None
    how = any(_how(lookup, u) for u in units[start:at])
    return _Event(start, at, verb, row, noun in table["sure"] or how)


def _tag(units: Sequence[Unit], i: int) -> str:
    return units[i].tag if 0 <= i < len(units) else ""


def _text(units: Sequence[Unit], i: int) -> str:
    return units[i].text if 0 <= i < len(units) else ""


def _how(lookup: Lookup, unit: Unit) -> bool:
    """ "slow", "sudden": a manner, which a thing has not."""
    kinds = ("colour", "material", "size", "age", "state", "number")
    return unit.tag == "J" and lookup.words.sense(unit.text, *kinds) is None


def _adverb(word: str) -> str:
    if word.endswith("le"):
        return word[:-1] + "y"
    if word.endswith("y"):
        return word[:-1] + "ily"
    return word + ("ally" if word.endswith("ic") else "ly")


def _hows(event: _Event, units: Sequence[Unit]) -> list[Unit]:
    found = [u for u in units[event.start : event.at] if u.tag == "J" and not u.kind]
    return [replace(u, text=_adverb(u.text), tag="RB") for u in found]


def _goes(units: Sequence[Unit], i: int) -> bool:
    return _text(units, i) in _table()["ways"]["words"]


def _carried(units: list[Unit], event: _Event) -> list[Span]:
    """ "begins its descent", "breaks into a run"."""
    table, start = _table()["support"], event.start
    start -= _tag(units, start - 1) in ("D", "D1")
    verb = start - 1
    led = _text(units, verb) in table["prepositions"] and _tag(units, verb) == "IN"
    verb -= led
    if verb < 0 or units[verb].tag not in _VERBS or (_of_thing(units, event) and not led):
        return []
    if units[verb].lemma not in table["into" if led else "verbs"]:
        return []
    if units[verb].lemma == "give" and _text(units, event.at + 1) == "to":
        del units[event.at + 1]
    tag = units[verb].tag
    whole = replace(
        units[event.at], tag=tag, lemmas={tag: event.verb}, kind="", at=units[verb].at,
        upto=units[event.at].upto,
    )  # fmt: skip
    gone = [(u.at, u.upto) for u in units[verb : event.at]]
    units[verb : event.at + 1] = [*_hows(event, units), whole]
    return gone


def _of_thing(units: Sequence[Unit], event: _Event) -> bool:
    return _text(units, event.at + 1) == "of"


def _of(lookup: Lookup, units: list[Unit], event: _Event) -> list[Span]:
    """ "the descent of a lantern": the lantern, and then what it does."""
    if not _of_thing(units, event):
        return []
    whose = Nouns(lookup, units).at(event.at + 2)
    if whose is None or not _may(whose, event.row):
        return []
    ends = whose.end
    if not (event.sure or _goes(units, ends)) or _tag(units, event.start - 1) == "POS":
        return []
    start = event.start - (_tag(units, event.start - 1) in ("D", "D1"))
    form = "VN" if event.row.does is None or _text(units, ends) == "by" else "VG"
    before = units[start - 1] if start else None
    if before is not None and before.text in _TIMES and before.tag in ("IN", "CS"):
        units[start - 1] = replace(before, text=_TIMES[before.text], tag="CS", kind="", sense=None)
        form = ("VP" if whose.plural else "VZ") if form == "VG" else "VD"
    return _turn(units, event, start, slice(event.at + 2, ends), form)


def _may(whose: NounPhrase, row: VerbRow) -> bool:
    if whose.pronoun or whose.name:
        return True
    if whose.note is not None or whose.ground is not None:
        return False
    kind = whose.row.kind if whose.row is not None else "thing"
    if whose.body:
        return False
    return kind in _BODIES or (kind in ("liquid", "material") and row.does in _FLOWING)


def _owned(units: list[Unit], event: _Event) -> list[Span]:
    """ "the cat's jump from the fridge"."""
    after = event.at + 1
    leads = _goes(units, after) or (
        event.sure and _tag(units, after) in ("", "IN", "C", "X", *_VERBS)
    )
    if _tag(units, event.start - 1) != "POS" or not leads or _of_thing(units, event):
        return []
    form = "VG" if event.row.does is not None else "VN"
    return _turn(units, event, event.start - 1, slice(0, 0), form)


def _amid(units: list[Unit], event: _Event) -> list[Span]:
    """ "a lantern in slow descent": it descends."""
    led = _text(units, event.start - 1) in ("in", "at") and _tag(units, event.start - 2) in (
        *_NOUNS,
        "NAME",
    )
    if not led or not event.sure or event.row.does is None:
        return []
    return _turn(units, event, event.start - 1, slice(0, 0), "VG")


def _at(lookup: Lookup, units: list[Unit], event: _Event) -> list[Span]:
    """ "a pirouette by a dancer", "a tug on the rope": who does it, or what it is done to."""
    word = _text(units, event.at + 1)
    whose = Nouns(lookup, units).at(event.at + 2)
    start = event.start - (_tag(units, event.start - 1) in ("D", "D1"))
    opens = start == 0 or units[start - 1].tag in ("C", "X", "CC")
    if whose is None or not opens or not _may(whose, event.row):
        return []
    if word == "by" and event.row.does is not None:
        return _turn(units, event, start, slice(event.at + 2, whose.end), "VG")
    if word in ("on", "at") and event.row.done in ("pull", "push", "hit", "kick", "shake"):
        return _turn(units, event, start, slice(event.at + 2, whose.end), "VN")
    return []


def _alone(units: list[Unit], event: _Event) -> list[Span]:
    """ "..., then a sudden collapse": of whom the words were about."""
    start = event.start - (_tag(units, event.start - 1) in ("D", "D1"))
    before = start - 1 if _tag(units, start - 1) != "RB" else start - 2
    apart = (
        before > 0
        and units[before].tag in ("C", "CC")
        and _tag(units, event.at + 1) in ("", "C", "X")
    )
    told = any(u.tag in (*_VERBS, "VN") for u in units[:start])
    if not apart or not told or event.start == event.at or not event.sure or event.row.does is None:
        return []
    return _turn(units, event, start, slice(0, 0), "VG")


def _turn(units: list[Unit], event: _Event, start: int, whose: slice, form: str) -> list[Span]:
    """Whose it is comes first, then how, then the verb."""
    noun = units[event.at]
    verb = replace(noun, tag=form, lemmas={form: event.verb}, kind="")
    end = whose.stop or event.at + 1
    gone = [(u.at, u.upto) for u in units[start:end]]
    units[start:end] = [*units[whose], *_hows(event, units), verb]
    return gone
