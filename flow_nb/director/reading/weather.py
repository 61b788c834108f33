"""Weather and light as subjects. In: their verbs. Out: notes; nothing is staged, but what the wind moves.

"Rain falls", "the sun sets", "it is snowing" are told to the light; "the wind blows the hat away" is an action.
"""

from __future__ import annotations

from dataclasses import replace

from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.phrasal import phrasal
from flow_nb.director.reading.phrase import NounPhrase

_RAINING = {"rain": "rain", "snow": "snow", "drizzle": "rain", "thunder": "storm", "hail": "storm"}
_SUN = {"set": "dusk", "sink": "dusk", "dip": "dusk", "go": "dusk", "rise": "dawn", "come": "dawn"}


def raining(clause: Clause) -> bool:
    """ "it is raining"."""
    weather = _RAINING.get(clause.unit.lemma)
    it = clause.text(clause.i - 1) == "it" or (
        clause.tag(clause.i - 1) == "BE" and clause.text(clause.i - 2) == "it"
    )
    if weather is not None and it:
        clause.fresh = ()
    elif weather is None or clause.fresh or clause.own or clause.tag(clause.i - 1) == "TO":
        return False
    clause.desk.say("weather", weather, clause.unit.at, clause.unit.upto)
    clause.airy = True
    of_air(clause)
    return True


_FROM_ABOVE = ("lightning", "thunder", "hail")
"""Of a storm these touch what they hit and move nothing."""


def acts_on(clause: Clause) -> bool:
    """ "the wind blows the leaves away": weather that does something to a thing."""
    particle = clause.text(clause.i + 1) in clause.words.listed("particles")
    at = clause.i + 2 if particle and phrasal(clause)[2] > clause.i + 1 else clause.i + 1
    phrase = clause.nouns.at(at)
    notes = [note for note in clause.desk.notes if note.kind in ("wind", "weather", "time")]
    said = clause.desk.text[slice(*notes[-1].span)].lower() if notes else ""
    strong = (
        "wind" in said
        or any(n.kind == "wind" for n in notes[-1:])
        or (
            bool(notes)
            and notes[-1].value == "storm"
            and not any(word in said for word in _FROM_ABOVE)
        )
    )
    return strong and phrase is not None and phrase.note is None and clause.tag(at) != "RB"


def of_air(clause: Clause) -> None:
    """ "rain falls", "the wind blows", "the sun sets": weather does what weather does."""
    unit, desk = clause.unit, clause.desk
    last = desk.notes[-1] if desk.notes else None
    if last is not None and last.kind == "time" and last.inferred and unit.lemma in _SUN:
        desk.notes[-1] = replace(last, value=_SUN[unit.lemma], inferred=False)
    clause.desk.passed.append((unit.at, unit.upto))
    clause.helper = clause.carried = ""
    clause.to = False
    clause.i += 1


_SNOWING = ("fall", "drift", "swirl", "blow", "whirl", "cover", "blanket", "begin", "start", "come")


def snows(clause: Clause, phrase: NounPhrase) -> bool:
    """ "snow falls": weather, where no snow was named before."""
    at = clause.skip(clause.i, "BE", "RB", "HV")
    lemma = clause.units[at].lemma if at < len(clause.units) else ""
    if phrase.noun != "snow" or phrase.definite or lemma not in _SNOWING:
        return False
    clause.desk.say("weather", "snow", phrase.at, phrase.upto)
    clause.airy, clause.fresh = True, ()
    return True
