"""One sentence. In: its tagged units. Out: what they say, on the desk: things, frames, notes, missed words.

::

    tokens ─units─▶ tags ─noun phrases─▶ clauses ─▶ frames
                      └──▶ notes             └──▶ cast (who is meant)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flow_nb.director.reading.adverbs import on_adverb, on_measure
from flow_nb.director.reading.chains import helped
from flow_nb.director.reading.clause import VERBS, Clause
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.doings import PUT, on_verb
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.filming import on_camera_verb, on_note
from flow_nb.director.reading.girded import girded
from flow_nb.director.reading.joins import (
    on_and,
    on_comma,
    on_mark,
    on_relative,
    on_subordinate,
)
from flow_nb.director.reading.nouns import Nouns
from flow_nb.director.reading.objects import on_noun
from flow_nb.director.reading.phrasal import row_of, separated
from flow_nb.director.reading.places import on_depth
from flow_nb.director.reading.prepositions import on_preposition
from flow_nb.director.reading.ridden import ridden
from flow_nb.director.reading.senses import sensed
from flow_nb.director.reading.shared import share
from flow_nb.director.reading.states import on_adjective, on_be, on_helper
from flow_nb.director.reading.unit import Unit


def read_sentence(desk: Desk, units: Sequence[Unit]) -> None:
    """Reads a sentence to its end."""
    units = units[_invited(desk, units) :]
    clause = Clause(desk, units, Nouns(desk.lookup, units))
    while clause.i < len(units):
        before = clause.i
        _READERS.get(clause.unit.tag, _pass)(clause)
        if clause.i <= before:
            clause.i = before + 1
    _finish(clause)


def _invited(desk: Desk, units: Sequence[Unit]) -> int:
    """How many words only bid us look: "imagine", "introducing", "watch how"."""
    if len(units) < _INVITES or units[0].text not in desk.lookup.words.listed("inviting"):
        return 0
    how = units[1].text in ("how", "as")
    plain = units[0].text in desk.lookup.words.listed("watching")
    if (plain and not how) or (not how and units[1].tag not in ("D", "D1", "Q", "QV", "NAME", "J")):
        return 0
    skipped = 1 + how
    desk.passed.append((units[0].at, units[skipped - 1].upto))
    return skipped


_INVITES = 3
_TAKEN = ("pick up", "carry", "reach", "handle", "catch", "pull", "push", "lift", "throw")
"""What the wind does to a thing in its own way."""


def _finish(clause: Clause) -> None:
    """Bare copulas have done their work; what waited for a verb that never came is told of nobody."""
    empty = [d for d in clause.own if d.lemma == "be" and not d.places and d.unit != -3]
    for draft in empty:
        clause.desk.passed.append((draft.at, draft.upto))
        clause.desk.frames[:] = [d for d in clause.desk.frames if d is not draft]
    share(clause.own, clause.desk.cast)
    for draft in clause.own:
        if 0 <= draft.unit < len(clause.units) and clause.units[draft.unit].unreal:
            draft.negated = True
        _turned(clause, draft)
        sensed(clause.desk, draft)
        ridden(clause.desk, draft)
        girded(clause.desk, draft)
    if clause.fronted and clause.fresh:
        draft = Draft("be", clause.fresh_at, clause.units[-1].upto, agents=clause.fresh, state=True)
        draft.places = clause.fronted
        clause.add(draft)


def _turned(clause: Clause, draft: Draft) -> None:
    """ "a balloon tied to his wrist": what cannot do it by itself has it done to it."""
    row = draft.row
    acts = any(clause.desk.cast.alive(i) for i in draft.agents) and not draft.passive
    if draft.state and row is not None and row.done == "put down" and draft.patients and acts:
        draft.state, draft.row = False, replace(row, state=False)
        return
    by_wind = draft.nobody and not draft.teller
    if by_wind and draft.patients and row is not None and row.done in _TAKEN:
        draft.row = replace(row, does="fly", done="fly")
        return
    if (
        draft.form == "VD"
        and draft.lemma in PUT
        and not draft.patients
        and draft.agents
        and draft.places
    ):
        draft.row, draft.state = row_of(clause, "rest"), True
        return
    alone = draft.form == "VD" and not draft.patients and bool(draft.agents) and not draft.passive
    if not alone or row is None or row.does is not None or row.done is None or row.meets:
        return
    if not any(clause.desk.cast.alive(i) for i in draft.agents):
        draft.patients, draft.agents, draft.passive = draft.agents, (), True


def _pass(clause: Clause) -> None:
    clause.i += 1


def _ends_open(clause: Clause) -> bool:
    """ "kicks the door open", "pushes it shut": the word behind the object completes the verb."""
    frame = clause.frame
    if frame is None or clause.boundary or clause.unit.text not in ("open", "shut", "closed"):
        return False
    if not separated(clause, frame):
        return False
    clause.i += 1
    return True


def _on_phrase(clause: Clause) -> None:
    """Words that may open a noun phrase."""
    if _ends_open(clause):
        return
    phrase = clause.nouns.at(clause.i)
    if phrase is not None:
        on_noun(clause)
    elif clause.unit.tag == "ME":
        on_measure(clause)
    elif clause.unit.tag == "NOTE":
        on_note(clause)
    elif clause.unit.tag == "J":
        on_adjective(clause)
    elif clause.unit.kind == "depth":
        on_depth(clause)
    elif clause.unit.tag == "RB":
        on_adverb(clause)
    elif clause.unit.tag in VERBS:
        _on_verb(clause)
    else:
        clause.i += 1


def _on_verb(clause: Clause) -> None:
    if _ends_open(clause):
        return
    if clause.unit.text in ("named", "called") and clause.tag(clause.i + 1) == "NAME":
        _name(clause)
    elif clause.unit.tag in ("VG", "VN") and clause.nouns.at(clause.i) is not None:
        on_noun(clause)
    elif clause.filming and not clause.fresh and not helped(clause):
        on_camera_verb(clause)
    elif clause.filming and not clause.fresh:
        return
    elif not _only_how(clause):
        on_verb(clause)


def _only_how(clause: Clause) -> bool:
    """ "Sits hunched over his bench": how she sits, and no second posture."""
    frame, unit = clause.frame, clause.unit
    posed = frame is not None and frame.row is not None and frame.row.does in _POSTURES
    row = row_of(clause, unit.lemma) if posed and unit.tag == "VN" and not clause.boundary else None
    if (
        frame is None
        or row is None
        or row.does not in (*_POSTURES, "crouch")
        or clause.i != frame.unit + 1
    ):
        return False
    frame.manners.append(unit.text)
    frame.reach(unit.upto)
    clause.i += 1
    return True


_POSTURES = ("sit", "stand", "lie")


def _name(clause: Clause) -> None:
    """ "a boy named Tim"."""
    at = clause.i + 1
    end = clause.skip(at, "NAME")
    name = " ".join(unit.written for unit in clause.units[at:end])
    clause.desk.passed.append((clause.unit.at, clause.units[end - 1].upto))
    if clause.last and clause.last[0] >= 0:
        clause.desk.cast.change(clause.last[0], name=name)
    clause.i = end


def _on_negation(clause: Clause) -> None:
    clause.negated = True
    clause.i += 1


def _on_to(clause: Clause) -> None:
    clause.to = True
    clause.preposition = ""
    clause.negated = clause.negated or clause.text(clause.i - 1) in clause.words.listed("intending")
    clause.i += 1
    notes = clause.desk.notes if clause.frame is None and not clause.fresh else []
    lemma = clause.unit.lemma if clause.i < len(clause.units) else ""
    if notes and notes[-1].kind.startswith("camera") and lemma in _REVEALING:
        clause.desk.passed.append((clause.unit.at, clause.unit.upto))
        clause.target, clause.to, clause.i = True, False, clause.i + 1


_REVEALING = ("reveal", "show", "find", "capture", "see", "frame", "follow")


def _on_there(clause: Clause) -> None:
    clause.exists = clause.tag(clause.skip(clause.i + 1, "RB", "MD")) in ("BE", "VZ", "VP", "VD")
    clause.i += 1


_READERS: dict[str, Callable[[Clause], None]] = {
    **dict.fromkeys(("D", "D1", "J", "N", "NS", "NAME", "PS", "PP", "Q", "QV", "NOTE", "ME", "RB"), _on_phrase),
    **dict.fromkeys(VERBS, _on_verb),
    **dict.fromkeys(("HV", "DO", "MD"), on_helper),
    "BE": on_be, "NG": _on_negation, "TO": _on_to, "IN": on_preposition, "C": on_comma, "X": on_mark,
    "CC": on_and, "CS": on_subordinate, "WH": on_relative, "EX": _on_there,
}  # fmt: skip
