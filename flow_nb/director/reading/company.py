"""With whom, with what, by whom, for whom. In: noun phrases behind such words. Out: roles in the frame."""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.having import dressed, with_things
from flow_nb.director.reading.manners import all_of, as_manner
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrase import NounPhrase

_SEEKING = ("look", "search", "wait", "hunt", "reach", "fight", "dive", "go", "ask", "call", "aim")


def company(clause: Clause, way: str, phrases: list[NounPhrase], at: int) -> bool:
    """True where the words were taken; False leaves them to be a place."""
    if way == "with":
        return with_things(clause, phrases, at)
    if way == "in":
        return dressed(clause, phrases, at)
    if way == "by":
        return _by(clause, phrases)
    if way == "using":
        _instrument(clause, all_of(clause, phrases))
        return True
    if way == "for":
        return _for(clause, phrases, at)
    if way in ("without", "like", "as", "about", "except"):
        as_manner(clause, way, phrases)
        return True
    if way in ("during", "before", "after", "until"):
        _about_time(clause, way, phrases)
        return True
    return _of(clause, phrases)


def _about_time(clause: Clause, way: str, phrases: list[NounPhrase]) -> None:
    """ "before dawn"; "runs after the thief" has somebody to run after."""
    frame, row = clause.frame, phrases[0].row
    solid = row is not None and row.kind in ("thing", "person", "animal")
    solid = solid or phrases[0].pronoun in ("he", "she", "it", "they") or bool(phrases[0].name)
    if way == "after" and solid and frame is not None and not clause.boundary:
        _goes_after(clause, frame, phrases)
        frame.reach(phrases[-1].upto)
        return
    noted = [phrase for phrase in phrases if phrase.note is not None or phrase.notes]
    for phrase in noted:
        mention(clause, phrase)
    if not noted:
        as_manner(clause, way, phrases)


def _goes_after(clause: Clause, frame: Draft, phrases: list[NounPhrase]) -> None:
    """ "runs after the bus": toward it; "looks after a dog" has it for its object."""
    ids, row = all_of(clause, phrases), frame.row
    goes = row is not None and row.does in (
        "run",
        "walk",
        "jump",
        "crawl",
        "swim",
        "fly",
        "drive",
        "roll",
    )
    if goes and not frame.patients:
        span = (phrases[0].at, phrases[-1].upto)
        frame.places += [Place(way="toward", thing=i, span=span) for i in ids]
    else:
        frame.patients = frame.patients or ids


def _by(clause: Clause, phrases: list[NounPhrase]) -> bool:
    frame = clause.frame
    if phrases[0].word.endswith(("self", "selves")):
        as_manner(clause, "by", phrases)
        return True
    if frame is None or clause.boundary or not frame.passive or frame.agents:
        return False
    frame.agents = all_of(clause, phrases)
    frame.reach(phrases[-1].upto)
    clause.role = "object"
    return True


def _instrument(clause: Clause, ids: Ids) -> None:
    clause.then(lambda draft: setattr(draft, "instruments", draft.instruments + ids))


def _for(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """ "looks for a key", "cooks dinner for her son", "waits for a bus"."""
    frame = clause.frame
    if frame is None or clause.boundary:
        as_manner(clause, "for", phrases)
        return True
    seeks = frame.lemma in _SEEKING or not frame.patients
    abstract = phrases[0].row is None or phrases[0].row.kind == "abstract"
    if abstract and not phrases[0].pronoun and not phrases[0].name:
        as_manner(clause, "for", phrases)
        return True
    ids = all_of(clause, phrases)
    frame.reach(phrases[-1].upto)
    if frame.patients or (any(clause.desk.cast.is_person(i) for i in ids) and not seeks):
        frame.recipients += ids
    else:
        frame.patients += ids
        clause.role = "object"
    return True


def _of(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """An "of" that no noun took: what is looked at, or what somebody is made of."""
    if clause.frame is not None and not clause.boundary:
        frame = clause.frame
        if frame.lemma == "make" and frame.passive:
            _made_of(clause, frame, phrases)
            return True
        shown = clause.last[-1] if clause.last else -1
        depicts = clause.words.listed("depictions")
        if shown >= 0 and clause.desk.cast.entry(shown).thing.noun in depicts:
            clause.desk.passed.append((phrases[0].at, phrases[-1].upto))
            return True
        ids = all_of(clause, phrases)
        frame.reach(phrases[-1].upto)
        if not frame.patients and not frame.passive:
            frame.patients = ids
        return True
    clause.fresh = all_of(clause, phrases)
    clause.fresh_at = phrases[0].at
    clause.role = "subject"
    return True


def _made_of(clause: Clause, frame: Draft, phrases: list[NounPhrase]) -> None:
    material = clause.words.sense(phrases[0].word, "material")
    clause.desk.passed.append((phrases[0].at, phrases[-1].upto))
    for i in frame.patients:
        if material is not None and i >= 0:
            clause.desk.cast.change(i, material=material.value)
