"""One sentence. In: its tagged units. Out: what they say, on the desk: things, frames, notes, missed words.

::

    tokens ─units─▶ tags ─noun phrases─▶ clauses ─▶ frames
                      └──▶ notes             └──▶ cast (who is meant)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flow_nb.director.reading.adverbs import on_adverb, on_measure
from flow_nb.director.reading.chains import helped
from flow_nb.director.reading.clause import VERBS, Clause
from flow_nb.director.reading.company import company
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.doings import on_verb
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.filming import on_camera_verb, on_note
from flow_nb.director.reading.joins import (
    on_and,
    on_comma,
    on_mark,
    on_relative,
    on_subordinate,
)
from flow_nb.director.reading.lists import noun_list
from flow_nb.director.reading.nouns import Nouns
from flow_nb.director.reading.objects import on_noun
from flow_nb.director.reading.phrasal import separated
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.places import on_measured_place, on_place
from flow_nb.director.reading.qualities import describe
from flow_nb.director.reading.units import Unit
from flow_nb.director.reading.words import Match


def read_sentence(desk: Desk, units: Sequence[Unit]) -> None:
    """Reads a sentence to its end."""
    clause = Clause(desk, units, Nouns(desk.lookup, units))
    while clause.i < len(units):
        before = clause.i
        _READERS.get(clause.unit.tag, _pass)(clause)
        if clause.i <= before:
            clause.i = before + 1
    _finish(clause)


def _finish(clause: Clause) -> None:
    """Bare copulas have done their work; what waited for a verb that never came is told of nobody."""
    empty = [d for d in clause.own if d.lemma == "be" and not d.places and d.unit != -3]
    for draft in empty:
        clause.desk.passed.append((draft.at, draft.upto))
        clause.desk.frames[:] = [d for d in clause.desk.frames if d is not draft]
    for draft in clause.own:
        _turned(clause, draft)
    if clause.fronted and clause.fresh:
        draft = Draft("be", clause.fresh_at, clause.units[-1].upto, agents=clause.fresh, state=True)
        draft.places = clause.fronted
        clause.add(draft)


def _turned(clause: Clause, draft: Draft) -> None:
    """ "a balloon tied to his wrist": what cannot do it by itself has it done to it."""
    row = draft.row
    alone = draft.form == "VD" and not draft.patients and bool(draft.agents) and not draft.passive
    if not alone or row is None or row.does is not None or row.done is None or row.meets:
        return
    if not any(clause.desk.cast.alive(i) for i in draft.agents):
        draft.patients, draft.agents, draft.passive = draft.agents, (), True


def _pass(clause: Clause) -> None:
    clause.i += 1


def _on_phrase(clause: Clause) -> None:
    """Words that may open a noun phrase."""
    phrase = clause.nouns.at(clause.i)
    if phrase is not None:
        on_noun(clause)
    elif clause.unit.tag == "ME":
        on_measure(clause)
    elif clause.unit.tag == "NOTE":
        on_note(clause)
    elif clause.unit.tag == "J":
        _on_adjective(clause)
    elif clause.unit.tag == "RB":
        on_adverb(clause)
    elif clause.unit.tag in VERBS:
        _on_verb(clause)
    else:
        clause.i += 1


def _on_verb(clause: Clause) -> None:
    if clause.unit.text in ("named", "called") and clause.tag(clause.i + 1) == "NAME":
        _name(clause)
    elif clause.unit.tag in ("VG", "VN") and clause.nouns.at(clause.i) is not None:
        on_noun(clause)
    elif clause.filming and not clause.fresh and not helped(clause):
        on_camera_verb(clause)
    elif clause.filming and not clause.fresh:
        return
    else:
        on_verb(clause)


def _name(clause: Clause) -> None:
    """ "a boy named Tim"."""
    at = clause.i + 1
    end = clause.skip(at, "NAME")
    name = " ".join(unit.written for unit in clause.units[at:end])
    clause.desk.passed.append((clause.unit.at, clause.units[end - 1].upto))
    if clause.last and clause.last[0] >= 0:
        clause.desk.cast.change(clause.last[0], name=name)
    clause.i = end


def _on_be(clause: Clause) -> None:
    """ "is": the helper of a verb to come, or a state."""
    unit = clause.unit
    clause.i += 1
    after = clause.skip(clause.i, "RB", "NG", "ME", "BE", "NOTE")
    if clause.tag(after) in ("VG", "VN"):
        clause.helper = (clause.helper + " be").strip()
        if clause.tag(after) == "VG":
            clause.helper = "progressive"
        return
    if clause.tag(after) == "TO":
        clause.helper = "be"
        return
    if clause.filming or clause.airy:
        return
    ids, relative = clause.fresh, False
    if clause.antecedent is not None:
        ids, clause.antecedent, relative = clause.antecedent, None, True
    elif not ids:
        ids = clause.outer or clause.subject
        clause.outer = ()
    draft = Draft("be", unit.at, unit.upto, agents=ids, state=True, unit=clause.i)
    draft.relative = relative
    exists = clause.exists and not ids
    if not relative:
        clause.subject = ids or clause.subject
    clause.fresh = ()
    clause.begin(draft)
    clause.exists = exists
    clause.last, clause.role = ids, "subject"
    clause.helper = ""
    clause.to = False


def _on_helper(clause: Clause) -> None:
    """ "has", "does", "will": a verb follows, or "has" is one itself."""
    after = clause.skip(clause.i + 1, "RB", "NG", "HV", "BE", "MD")
    if clause.unit.tag == "HV" and clause.tag(after) not in ("VN", "VG", "BE", "TO", "VD"):
        clause.unit.tag = "VZ"
        clause.unit.lemmas["VZ"] = "have"
        on_verb(clause)
        if clause.frame is not None and clause.frame.lemma == "have":
            clause.frame.state = True
        return
    if clause.unit.tag == "DO" and clause.tag(after) not in ("VB", "BE"):
        clause.unit.tag = "VZ"
        clause.unit.lemmas["VZ"] = "do"
        on_verb(clause)
        return
    clause.helper = (clause.helper + " " + clause.unit.tag.lower()).strip()
    clause.i += 1


def _on_negation(clause: Clause) -> None:
    clause.negated = True
    clause.i += 1


def _on_to(clause: Clause) -> None:
    clause.to = True
    clause.preposition = ""
    clause.i += 1
    filmed = clause.frame is None and not clause.fresh and clause.desk.notes
    if filmed and clause.desk.notes[-1].kind.startswith("camera") and clause.i < len(clause.units):
        if clause.unit.lemma in ("reveal", "show", "find", "capture", "see", "frame", "follow"):
            clause.desk.passed.append((clause.unit.at, clause.unit.upto))
            clause.target, clause.to, clause.i = True, False, clause.i + 1


def _on_preposition(clause: Clause) -> None:
    unit = clause.unit
    at = clause.i
    if clause.frame is not None and not clause.boundary and separated(clause, clause.frame):
        clause.i += 1
        return
    sense = unit.sense if unit.kind == "preposition" else None
    sense = sense or clause.words.sense(unit.text, "preposition")
    way = str(sense.value) if sense is not None and unit.text != "by" else unit.text
    clause.i += 1
    while clause.tag(clause.i) == "RB" and clause.text(clause.i) not in ("together",):
        clause.i += 1
    if clause.tag(clause.i) == "IN" and way in ("from", "to", "out of", "off"):
        inner = clause.words.sense(clause.text(clause.i), "preposition")
        way, clause.i = str(inner.value) if inner else way, clause.i + 1
    _behind(clause, way, at)


def _behind(clause: Clause, way: str, at: int) -> None:
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
        _noun_behind(clause, way, unit, phrase)
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
    if before is not None and before.tag == "ME" and before.sense is not None:
        if before.sense.value == "length":
            on_measured_place(clause, way, before.value)


def _noun_behind(clause: Clause, way: str, unit: Unit, phrase: NounPhrase) -> None:
    framing = phrase.framing and clause.text(phrase.end) == "of"
    measured = phrase.word in ("height", "speed", "distance", "altitude", "velocity", "depth")
    if measured or framing or (phrase.word == "camera" and clause.frame is None):
        on_noun(clause)
        return
    part = "edge" if unit.text.endswith(("edge of", "side of")) and way == "edge of" else ""
    if part:
        way = "off"
    if way == "to" and _recipient(clause, phrase):
        return
    if way == "of":
        phrases = noun_list(clause, clause.i)
        clause.i = phrases[-1].end
        company(clause, way, phrases, unit.at)
        return
    on_place(clause, way, unit.at, part=part)  # type: ignore[arg-type]


def _recipient(clause: Clause, phrase: NounPhrase) -> bool:
    """ "throws the ball to the girl"."""
    frame = clause.frame
    if frame is None or clause.boundary or not frame.patients or frame.recipients:
        return False
    living = phrase.person or phrase.pronoun in ("he", "she", "they", "somebody")
    living = living or (phrase.row is not None and phrase.row.kind == "animal")
    if not living:
        return False
    from flow_nb.director.reading.mentions import mention

    frame.recipients = mention(clause, phrase)
    clause.i = phrase.end
    frame.reach(phrase.upto)
    clause.last, clause.role = frame.recipients, "object"
    return True


def _stranded(clause: Clause, unit: Unit) -> None:
    """A preposition without its noun: a direction, or nothing."""
    frame = clause.frame
    sense = clause.words.sense(unit.text, "direction")
    if frame is not None and sense is not None and frame.direction is None:
        frame.direction = sense.value
        frame.reach(unit.upto)


def _on_adjective(clause: Clause) -> None:
    """ "is red", "turns green", "empty": said of what was named last."""
    units = []
    while clause.tag(clause.i) in ("J", "RB") and clause.i < len(clause.units):
        units.append(clause.unit)
        clause.i += 1
    frame, cast = clause.frame, clause.desk.cast
    ids = frame.agents if frame is not None and frame.agents else clause.fresh or clause.last
    if frame is not None and clause.role == "object":
        ids = frame.patients
    phrase = NounPhrase(0, 0, units[0].at, units[-1].upto)
    describe(clause.desk.lookup, phrase, [unit for unit in units if unit.tag == "J"])
    for sense, at, upto in phrase.notes:
        clause.desk.note(sense, at, upto)
    if clause.filming or clause.airy:
        return
    for index in ids:
        if index < 0:
            continue
        thing = cast.entry(index).thing
        cast.change(
            index, colour=phrase.colour or thing.colour, mood=phrase.mood or thing.mood,
            lit=phrase.lit or thing.lit, material=phrase.material or thing.material,
            qualities=(*thing.qualities, *phrase.qualities),
        )  # fmt: skip
    if frame is not None:
        frame.reach(units[-1].upto)
        senses = Match(1, clause.words.senses(units[-1].text))
        if (pace := senses.get("pace")) is not None and frame.lemma != "be":
            frame.pace = pace.value


def _on_there(clause: Clause) -> None:
    clause.exists = clause.tag(clause.skip(clause.i + 1, "RB", "MD")) in ("BE", "VZ", "VP", "VD")
    clause.i += 1


_READERS: dict[str, Callable[[Clause], None]] = {
    **dict.fromkeys(("D", "D1", "J", "N", "NS", "NAME", "PS", "PP", "Q", "QV", "NOTE", "ME", "RB"), _on_phrase),
    **dict.fromkeys(VERBS, _on_verb),
    **dict.fromkeys(("HV", "DO", "MD"), _on_helper),
    "BE": _on_be, "NG": _on_negation, "TO": _on_to, "IN": _on_preposition, "C": on_comma, "X": on_mark,
    "CC": on_and, "CS": on_subordinate, "WH": on_relative, "EX": _on_there,
}  # fmt: skip
