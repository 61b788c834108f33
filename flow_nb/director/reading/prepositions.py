"""Prepositions. In: one of them in a clause. Out: a place, a measure, a verb to come, somebody who is given to."""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.adverbs import on_measure
from flow_nb.director.reading.aiming import ends_at
from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.company import company
from flow_nb.director.reading.joins import on_subordinate
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.objects import on_noun
from flow_nb.director.reading.phrasal import separated
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.places import on_measured_place, on_place, way_from
from flow_nb.director.reading.unit import Unit


def on_preposition(clause: Clause) -> None:
    """One preposition and what it leads to."""
    unit = clause.unit
    at = clause.i
    if unit.text in ("as", "before", "after", "until", "since") and _opens_clause(clause):
        on_subordinate(clause)
        return
    if clause.frame is not None and not clause.boundary and separated(clause, clause.frame):
        clause.i += 1
        return
    if ends_at(clause):
        return
    sense = unit.sense if unit.kind == "preposition" else None
    sense = sense or clause.words.sense(unit.text, "preposition")
    way = str(sense.value) if sense is not None and unit.text != "by" else unit.text
    clause.i += 1
    while clause.tag(clause.i) == "RB" and clause.text(clause.i) not in ("together",):
        clause.i += 1
    if clause.text(clause.i) in ("which", "whom"):
        _piped(clause, way, at)
        return
    begins = False
    if clause.tag(clause.i) == "IN" and way in ("from", "to", "out of", "off", "past"):
        inner = clause.words.sense(clause.text(clause.i), "preposition")
        begins = way != "to" and inner is not None and inner.value in _STILL
        way = str(inner.value) if inner and (begins or way == "to") else way
        clause.i += 1 if begins or way != "past" else 0
    _behind(clause, way, at, begins=begins)


_STILL = (
    "behind",
    "under",
    "above",
    "beside",
    "between",
    "in front of",
    "left of",
    "right of",
    "around",
    "across",
    "over",
)
"""Where something may be before it comes "from" there, or as it goes "past" there."""


def _piped(clause: Clause, way: str, at: int) -> None:
    """ "a fire around which three scouts sit", "a chest from which coins float": they do it there."""
    ids = clause.last if clause.last and clause.last[0] >= 0 else clause.fresh
    clause.i += 1
    if clause.fresh:
        clause.outer, clause.fresh = clause.fresh, ()
    clause.ends()
    clause.filming = clause.target = False
    clause.coming = "while"
    span = (clause.units[at].at, clause.units[at].upto)
    clause.fronted += [Place(way=way_from(clause, way, i), thing=i, span=span) for i in ids]


def _opens_clause(clause: Clause) -> bool:
    """ "as the candle falls": no preposition."""
    phrase = clause.nouns.at(clause.i + 1)
    return phrase is not None and clause.starts_clause(phrase.end)


def _behind(clause: Clause, way: str, at: int, *, begins: bool = False) -> None:
    """What a preposition leads to: a measure, a verb, a note, or a noun phrase."""
    unit = clause.units[at]
    tag = clause.tag(clause.i)
    phrase = clause.nouns.at(clause.i)
    if tag == "ME" and phrase is None:
        on_measure(clause, unit.text)
    elif tag == "VG" and phrase is None:
        clause.ends()
        clause.preposition = unit.text
        clause.negated = clause.negated or way == "without"
        joints = {"after": "before", "before": "after"}
        if unit.text not in ("from", "of", "for") and clause.frame is not None:
            clause.joint = joints.get(unit.text, "while")  # type: ignore[assignment]
    elif phrase is not None:
        _measured_before(clause, way, at)
        _noun_behind(clause, way, unit, phrase, begins=begins)
    elif clause.frame is not None and not clause.boundary and tag != "NOTE":
        _stranded(clause, unit)


def _measured_before(clause: Clause, way: str, at: int) -> None:
    """ "2 metres above the table"."""
    before = clause.units[at - 1] if at else None
    if way not in (
        "above",
        "over",
        "under",
        "beside",
        "behind",
        "in front of",
        "left of",
        "right of",
    ):
        return
    sense = before.sense if before is not None and before.tag == "ME" else None
    if before is not None and sense is not None and sense.value == "length":
        on_measured_place(clause, way, before.value)


def _noun_behind(
    clause: Clause, way: str, unit: Unit, phrase: NounPhrase, *, begins: bool = False
) -> None:
    framing = phrase.framing and clause.text(phrase.end) == "of"
    if (
        way in ("on", "with")
        and phrase.determiner in ("a", "an")
        and phrase.count in _LENSES
        and phrase.row is None
    ):
        clause.desk.say("camera.lens", float(phrase.count or 0), phrase.at, phrase.upto)
        clause.desk.passed.append((phrase.at, phrase.upto))
        clause.i = phrase.end
        return
    measured = phrase.word in ("height", "speed", "distance", "altitude", "velocity", "depth")
    if measured or framing or (phrase.word == "camera" and clause.frame is None):
        on_noun(clause)
        return
    part = "edge" if unit.text.endswith(("edge of", "side of")) and way == "edge of" else ""
    if part:
        way = "off"
    if way == "to" and _recipient(clause, phrase):
        return
    frame = clause.frame
    if way == "of" and frame is not None and not clause.boundary and frame.lemma in _LEAVING:
        way = "off"
    if way == "of":
        phrases = noun_list(clause, clause.i)
        clause.i = phrases[-1].end
        company(clause, way, phrases, unit.at)
        return
    on_place(clause, way, unit.at, part=part, begins=begins)  # type: ignore[arg-type]


_LEAVING = ("fall", "jump", "drop", "roll", "slide", "slip", "tumble")
""" "falls of the table": a letter short of "off"."""
_LENSES = (14, 16, 18, 20, 24, 28, 35, 40, 50, 58, 65, 75, 85, 90, 100, 105, 135, 180, 200)
"""What a photographer calls a lens by: "on a 135"."""


def _recipient(clause: Clause, phrase: NounPhrase) -> bool:
    """ "throws the ball to the girl"."""
    frame = clause.frame
    if frame is None or clause.boundary or not frame.patients or frame.recipients:
        return False
    living = phrase.person or phrase.pronoun in ("he", "she", "they", "somebody")
    living = living or (phrase.row is not None and phrase.row.kind == "animal")
    if not living:
        return False
    frame.recipients = mention(clause, phrase)
    clause.i = phrase.end
    frame.reach(phrase.upto)
    clause.last, clause.role = frame.recipients, "object"
    clause.named = (frame.recipients, phrase.upto)
    return True


def _stranded(clause: Clause, unit: Unit) -> None:
    """A preposition without its noun: a direction, or nothing."""
    frame = clause.frame
    sense = clause.words.sense(unit.text, "direction")
    if frame is not None and sense is not None and frame.direction is None:
        frame.direction = sense.value
        frame.reach(unit.upto)
