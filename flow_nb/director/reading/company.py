"""With whom, with what, by whom, for whom. In: noun phrases behind such words. Out: roles in the frame."""

from __future__ import annotations

from functools import partial

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrase import NounPhrase

_SEEKING = ("look", "search", "wait", "hunt", "reach", "fight", "dive", "go", "ask", "call", "aim")
_FILLING = ("fill", "cover", "load", "pack", "stuff", "top", "line", "overflow")
_MEETING = ("collide", "crash", "fight", "dance", "play", "talk", "speak", "chat", "walk", "argue")


def company(clause: Clause, way: str, phrases: list[NounPhrase], at: int) -> bool:
    """True where the words were taken; False leaves them to be a place."""
    upto = phrases[-1].upto
    if way == "with":
        return _with(clause, phrases, at)
    if way == "in":
        return _dressed(clause, phrases, at)
    if way == "by":
        return _by(clause, phrases)
    if way == "using":
        _instrument(clause, _all(clause, phrases))
        return True
    if way == "for":
        return _for(clause, phrases, at)
    if way in ("without", "like", "as", "about", "except"):
        _as_manner(clause, way, phrases)
        return True
    if way in ("during", "before", "after", "until"):
        noted = [phrase for phrase in phrases if phrase.note is not None or phrase.notes]
        if way == "after" and clause.frame is not None and phrases[0].row is not None:
            if phrases[0].row.kind in ("thing", "person", "animal") and not clause.boundary:
                clause.frame.patients = clause.frame.patients or _all(clause, phrases)
                clause.frame.reach(upto)
                return True
        for phrase in noted:
            mention(clause, phrase)
        if not noted:
            _as_manner(clause, way, phrases)
        return True
    return _of(clause, phrases)


def _dressed(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """ "a woman in a red dress"."""
    frame = clause.frame if not clause.boundary else None
    owners = clause.fresh or (frame.agents or frame.patients if frame is not None else ())
    worn = all(phrase.word in clause.words.listed("clothes") for phrase in phrases)
    if not worn or not any(clause.desk.cast.alive(i) for i in owners):
        return False
    _has(clause, owners, phrases, at)
    return True


def _all(clause: Clause, phrases: list[NounPhrase]) -> Ids:
    found: Ids = ()
    for phrase in phrases:
        found += tuple(i for i in mention(clause, phrase) if i not in found)
    clause.last = found
    return found


def _as_manner(clause: Clause, way: str, phrases: list[NounPhrase]) -> None:
    """ "like a bird", "without a sound": how it is done; no bird and no sound are there."""
    first, last = phrases[0], phrases[-1]
    said = clause.desk.text[first.at : last.upto]
    clause.desk.passed.append((first.at, last.upto))
    for phrase in phrases:
        for sense, at, upto in phrase.notes:
            clause.desk.note(sense, at, upto)
    words = " ".join(f"{way} {said}".lower().split())

    def change(draft: Draft) -> None:
        draft.manners.append(words)
        draft.reach(last.upto)

    clause.then(change)


def _with(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    if all(phrase.note is not None for phrase in phrases):
        for phrase in phrases:
            mention(clause, phrase)
            if phrase.note is not None and phrase.note.kind == "nouns:mood":
                clause.then(partial(_mood, mood=str(phrase.note.value)))
        return True
    first = phrases[0]
    frame = clause.frame
    if first.row is not None and first.row.kind == "abstract" and first.row.prop in ("", "cutout"):
        _as_manner(clause, "with", phrases)
        return True
    if clause.fresh and (frame is None or clause.boundary or clause.role == "subject"):
        _has(clause, clause.fresh, phrases, at)
        return True
    if frame is None:
        clause.role = "with"
        return _fronted(clause, phrases)
    if frame.lemma in ("be", "have") and frame.agents:
        _has(clause, frame.agents, phrases, at)
        return True
    if _absolute(clause, phrases[-1].end):
        clause.boundary, clause.fresh, clause.fresh_at = True, _all(clause, phrases), first.at
        clause.role, clause.joint = "with", "while"
        return True
    if first.pronoun == "reciprocal":
        frame.reciprocal = True
        frame.reach(first.upto)
        return True
    if first.body:
        clause.desk.passed.append((first.at, phrases[-1].upto))
        return True
    if clause.role == "place" and clause.last and not _handles(clause, frame):
        return _belongs(clause, frame, phrases, at)
    ids = _all(clause, phrases)
    frame.reach(phrases[-1].upto)
    living = any(clause.desk.cast.alive(i) for i in ids)
    if frame.lemma in _FILLING and not living:
        _filled(clause, frame, ids)
    elif living or frame.lemma in _MEETING or not (frame.patients or frame.passive):
        frame.places += [Place(way="with", thing=i, span=(at, first.upto)) for i in ids]
    else:
        frame.instruments += ids
    return True


def _fronted(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "With a hammer, he ..."."""
    ids = _all(clause, phrases)
    clause.early.append(lambda draft: setattr(draft, "instruments", draft.instruments + ids))
    return True


def _handles(clause: Clause, frame: Draft) -> bool:
    return bool(frame.patients) and any(clause.desk.cast.alive(i) for i in frame.agents)


def _belongs(clause: Clause, frame: Draft, phrases: list[NounPhrase], at: int) -> bool:
    """ "sits on a sofa with a cat": with the one who sits; "a shelf with books": on the shelf."""
    ids = _all(clause, phrases)
    frame.places += [Place(way="with", thing=i, span=(at, phrases[-1].upto)) for i in ids]
    frame.reach(phrases[-1].upto)
    return True


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


def _has(clause: Clause, owners: Ids, phrases: list[NounPhrase], at: int) -> None:
    """ "a man with an umbrella" holds it, "with a hat" wears it; "a house with a door" has one."""
    if _absolute(clause, phrases[-1].end):
        clause.outer, clause.boundary = clause.outer or owners, True
        clause.fresh, clause.fresh_at = _all(clause, phrases), phrases[0].at
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


def _by(clause: Clause, phrases: list[NounPhrase]) -> bool:
    frame = clause.frame
    if phrases[0].word.endswith(("self", "selves")):
        _as_manner(clause, "by", phrases)
        return True
    if frame is None or clause.boundary or not frame.passive or frame.agents:
        return False
    frame.agents = _all(clause, phrases)
    frame.reach(phrases[-1].upto)
    clause.role = "object"
    return True


def _instrument(clause: Clause, ids: Ids) -> None:
    clause.then(lambda draft: setattr(draft, "instruments", draft.instruments + ids))


def _for(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """ "looks for a key", "cooks dinner for her son", "waits for a bus"."""
    frame = clause.frame
    if frame is None or clause.boundary:
        _as_manner(clause, "for", phrases)
        return True
    seeks = frame.lemma in _SEEKING or not frame.patients
    abstract = phrases[0].row is None or phrases[0].row.kind == "abstract"
    if abstract and not phrases[0].pronoun and not phrases[0].name:
        _as_manner(clause, "for", phrases)
        return True
    ids = _all(clause, phrases)
    frame.reach(phrases[-1].upto)
    if frame.patients or (any(clause.desk.cast.is_person(i) for i in ids) and not seeks):
        frame.recipients += ids
    else:
        frame.patients += ids
    return True


def _of(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """An "of" that no noun took: what is looked at, or what somebody is made of."""
    if clause.frame is not None and not clause.boundary:
        frame = clause.frame
        if frame.lemma == "make" and frame.passive:
            _made_of(clause, frame, phrases)
            return True
        ids = _all(clause, phrases)
        frame.reach(phrases[-1].upto)
        if not frame.patients and not frame.passive:
            frame.patients = ids
        return True
    clause.fresh = _all(clause, phrases)
    clause.fresh_at = phrases[0].at
    clause.role = "subject"
    return True


def _made_of(clause: Clause, frame: Draft, phrases: list[NounPhrase]) -> None:
    material = clause.words.sense(phrases[0].word, "material")
    clause.desk.passed.append((phrases[0].at, phrases[-1].upto))
    for i in frame.patients:
        if material is not None and i >= 0:
            clause.desk.cast.change(i, material=material.value)


def _mood(draft: Draft, *, mood: str) -> None:
    draft.mood = draft.mood or mood
