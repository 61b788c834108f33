"""With. In: what somebody has, wears, holds or uses. Out: states, instruments, company."""

from __future__ import annotations

from functools import partial

from flow_nb.director.frame import Place
from flow_nb.director.reading.carried import carried
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.manners import all_of, as_manner
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.owned import only_seen
from flow_nb.director.reading.phrase import NounPhrase

_FILLING = ("fill", "cover", "load", "pack", "stuff", "top", "line", "overflow")
_MEETING = ("collide", "crash", "fight", "dance", "play", "talk", "speak", "chat", "walk", "argue")


def dressed(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """ "a woman in a red dress"."""
    frame = clause.frame if not clause.boundary else None
    owners = clause.fresh or (frame.agents or frame.patients if frame is not None else ())
    worn = all(phrase.word in clause.words.listed("clothes") for phrase in phrases)
    if not worn or not any(clause.desk.cast.alive(i) for i in owners):
        return False
    _has(clause, owners, phrases, at, worn=True)
    return True


def with_things(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """Whom "with" gives company, a hat, a tool, a filling, or a mood."""
    if all(phrase.note is not None for phrase in phrases):
        for phrase in phrases:
            mention(clause, phrase)
            if phrase.note is not None and phrase.note.kind == "nouns:mood":
                clause.then(partial(_mood, mood=str(phrase.note.value)))
        return True
    first, frame = phrases[0], clause.frame
    if carried(clause, phrases):
        return True
    if first.row is not None and first.row.kind == "abstract" and first.row.prop in ("", "cutout"):
        as_manner(clause, "with", phrases)
    elif clause.fresh and (frame is None or clause.boundary or clause.role == "subject"):
        _has(clause, clause.fresh, phrases, at)
    elif frame is None:
        _fronted(clause, phrases)
    elif frame.lemma in ("be", "have") and frame.agents:
        _has(clause, frame.agents, phrases, at)
    elif _absolute(clause, phrases[-1].end):
        clause.boundary, clause.fresh, clause.fresh_at = True, all_of(clause, phrases), first.at
        clause.role, clause.joint = "with", "while"
    elif first.pronoun == "reciprocal":
        frame.reciprocal = True
        frame.reach(first.upto)
    elif first.body:
        clause.desk.passed.append((first.at, phrases[-1].upto))
    else:
        _beside(clause, frame, phrases, at)
    return True


def _beside(clause: Clause, frame: Draft, phrases: list[NounPhrase], at: int) -> None:
    """ "hits the nail with a hammer", "fills it with water", "sits on a sofa with a cat"."""
    aside = clause.role == "place" and bool(clause.last) and not _handles(clause, frame)
    ids = all_of(clause, phrases)
    frame.reach(phrases[-1].upto)
    living = any(clause.desk.cast.alive(i) for i in ids)
    if frame.lemma in _FILLING and not living and not aside:
        _filled(clause, frame, ids)
    elif aside or living or frame.lemma in _MEETING or not (frame.patients or frame.passive):
        frame.places += [Place(way="with", thing=i, span=(at, phrases[-1].upto)) for i in ids]
    else:
        frame.instruments += ids


def _fronted(clause: Clause, phrases: list[NounPhrase]) -> None:
    """ "With a hammer, he ..."."""
    clause.role = "with"
    ids = all_of(clause, phrases)
    clause.early.append(lambda draft: setattr(draft, "instruments", draft.instruments + ids))


def _handles(clause: Clause, frame: Draft) -> bool:
    return bool(frame.patients) and any(clause.desk.cast.alive(i) for i in frame.agents)


def _absolute(clause: Clause, end: int) -> bool:
    """ "with a candle burning on it": a clause of its own."""
    return clause.tag(end) == "VG" or (clause.tag(end) == "VN" and clause.tag(end + 1) != "IN")


def _filled(clause: Clause, frame: Draft, ids: Ids) -> None:
    frame.instruments += ids
    for i in ids:
        noun = clause.desk.cast.entry(i).thing.noun if i >= 0 else ""
        liquid = clause.words.sense(noun, "liquid")
        for holder in frame.patients:
            if liquid is not None and holder >= 0 and frame.lemma == "fill":
                clause.desk.cast.change(holder, filled=liquid.value)


def _has(
    clause: Clause, owners: Ids, phrases: list[NounPhrase], at: int, *, worn: bool = False
) -> None:
    """ "a man with an umbrella" holds it, "with a hat" wears it; "a house with a door" has one."""
    if not worn and _absolute(clause, phrases[-1].end):
        clause.outer, clause.boundary = clause.outer or owners, True
        clause.fresh, clause.fresh_at = all_of(clause, phrases), phrases[0].at
        clause.role, clause.coming = "with", "while"
        return
    cast = clause.desk.cast
    for phrase in phrases:
        if phrase.body or (phrase.row is not None and phrase.row.kind == "part"):
            for owner in owners:
                if owner >= 0:
                    words = clause.desk.text[phrase.at : phrase.upto].lower()
                    known = cast.entry(owner).thing.qualities
                    cast.change(owner, qualities=(*known, f"with {words}"))
            clause.desk.passed.append((phrase.at, phrase.upto))
            continue
        if any(cast.alive(i) for i in owners) and only_seen(clause, owners, phrase):
            continue
        phrase.worn = any(cast.alive(i) for i in owners)
        ids = mention(clause, phrase)
        if not ids or ids == owners:
            continue
        living = any(cast.alive(i) for i in owners)
        worn = phrase.word in clause.words.listed("clothes")
        thing = phrase.row is None or phrase.row.kind == "thing"
        lemma = "wear" if living and worn else "hold" if living and thing else "have"
        row = clause.desk.lookup.vocabulary.verb(lemma)
        draft = Draft(lemma, at, phrase.upto, row, agents=owners, patients=ids, state=True)
        clause.add(draft)
        clause.last = ids
    clause.desk.cast.touch(owners)


def _mood(draft: Draft, *, mood: str) -> None:
    draft.mood = draft.mood or mood
