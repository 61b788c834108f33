"""What is only so. In: "is", helpers, adjectives behind them. Out: states of things, and helpers for verbs."""

from __future__ import annotations

from flow_nb.director.reading.adverbs import only_filmed
from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.doings import on_verb
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrasal import row_of
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.qualities import describe
from flow_nb.director.reading.words import Match


def on_be(clause: Clause) -> None:
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
    elif not ids and not (clause.inverted or (clause.waiting and not clause.subject)):
        ids = clause.outer or clause.subject
        clause.outer = ()
    draft = Draft("be", unit.at, unit.upto, agents=ids, state=True, unit=clause.i)
    draft.relative = relative
    cleft = clause.text(clause.i - 2) == "it" and clause.nouns.at(clause.i) is not None
    exists = not ids and bool(clause.exists or clause.fronted or clause.waiting or cleft)
    if not relative:
        clause.subject = ids or clause.subject
    clause.fresh = ()
    clause.begin(draft)
    clause.exists = exists
    clause.last, clause.role = ids, "subject"
    clause.helper = ""
    clause.to = False


def on_helper(clause: Clause) -> None:
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


def on_adjective(clause: Clause) -> None:
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
    pace = Match(1, clause.words.senses(units[0].text)).get("pace")
    if pace is not None and len(units) == 1 and only_filmed(clause):
        clause.desk.say("camera.pace", str(pace.value), units[0].at, units[0].upto)
        return
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
        if frame.lemma == "be" and (verb := clause.words.rows["posing"].get(units[-1].text)):
            frame.lemma, frame.row, frame.state = verb, row_of(clause, verb), False
        senses = Match(1, clause.words.senses(units[-1].text))
        if (pace := senses.get("pace")) is not None and frame.lemma != "be":
            frame.pace = pace.value
