"""Places that are none. In: "to its right", "off her finger", "a hole in the wall". Out: beside whom, or nothing."""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.details import Named
from flow_nb.director.reading.drafts import Draft, standing
from flow_nb.director.reading.phrase import NounPhrase

_SIDES = {"right": "right of", "left": "left of", "side": "beside", "feet": "beside", "foot": "beside",
          "heels": "behind", "back": "behind"}  # fmt: skip


def side_of(phrases: list[NounPhrase], told: str) -> str:
    """ "to its right", "at her feet", "on the cat's left": beside whom; the phrase becomes the one it is of."""
    first = phrases[0]
    kind = {"its": "it", "his": "he", "her": "she", "their": "they"}.get(first.determiner)
    way = _SIDES.get(first.word, "")
    if told != "at" and first.word not in ("right", "left"):
        return ""
    if not way or len(phrases) > 1 or (kind is None and first.owner is None):
        return ""
    if first.owner is not None:
        phrases[0] = first.owner
    else:
        phrases[0] = NounPhrase(
            first.start, first.end, first.at, first.upto, pronoun=str(kind), word=first.determiner
        )
    return way


def own_body(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "lands on his feet": on nothing but itself."""
    frame = clause.frame
    first = phrases[0]
    own = first.determiner in ("its", "his", "her", "their") and first.owner is None
    part = own and clause.words.sense(first.word, "part") is not None
    if part and frame is not None and not clause.last and len(phrases) == 1:
        return True
    body = len(phrases) == 1 and first.body
    own = frame is not None and clause.last in (frame.agents, frame.patients)
    return body and own and bool(clause.last)


def off_himself(clause: Clause, way: str, phrases: list[NounPhrase], at: int) -> bool:
    """ "slides the ring off her finger", "carries a house on its back": where it is besides; the words are
    a manner all the same."""
    frame = clause.frame
    if frame is None or not frame.patients or not frame.agents:
        return False
    done = frame.row.done if frame.row is not None else None
    if way in ("on", "over", "across") and done in ("carry", "hold"):
        span = (at, phrases[-1].upto)
        borne = Place(way="on", thing=frame.agents[0], span=span)
        clause.add(standing(frame.patients, borne, *span))
        return False
    if way not in ("off", "out of", "from"):
        return False
    worn = any(
        i >= 0 and clause.desk.cast.entry(i).thing.noun in clause.words.listed("clothes")
        for i in frame.patients
    )
    lemma = "wear" if worn else "hold"
    row = clause.desk.lookup.vocabulary.verb(lemma)
    draft = Draft(
        lemma, at, phrases[-1].upto, row, agents=frame.agents, patients=frame.patients, state=True
    )
    clause.own.append(draft)
    clause.desk.frames.insert(clause.desk.frames.index(frame), draft)
    return False


def of_nothing(clause: Clause, before: Named, at: int) -> bool:
    """ "through a hole in the wall": where the hole is, which is no thing."""
    ids, upto = before
    if upto < 0 or clause.desk.text[upto:at].strip() or not ids or ids[0] < 0:
        return False
    if clause.frame is not None and set(ids) & set(clause.frame.patients):
        return False
    row = clause.desk.cast.entry(ids[0]).thing.row
    return row is not None and row.kind == "abstract" and not row.prop


def faces(phrase: NounPhrase) -> bool:
    """ "kneels before the queen": no time of day."""
    solid = (
        phrase.row is not None
        and phrase.row.kind in ("thing", "person", "animal")
        and bool(phrase.row.prop)
    )
    told = bool(phrase.determiner) or bool(phrase.name)
    return phrase.pronoun in ("he", "she", "it", "they") or (solid and told and phrase.note is None)


def rebounds(clause: Clause) -> bool:
    """ "bounces off the wall": a wall that is met stands there."""
    row = clause.frame.row if clause.frame is not None and not clause.boundary else None
    return row is not None and "bounce" in (row.does, row.done)


def bent(clause: Clause, way: str) -> str:
    """ "Leans on a fence" is against it, "hunched over his bench" beside it."""
    frame = clause.frame
    if frame is None or clause.boundary or not any(map(clause.desk.cast.alive, frame.agents)):
        return way
    if frame.lemma == "lean" and way == "on":
        return "against"
    bends = frame.lemma in (
        "sit",
        "hunch",
        "crouch",
        "bend",
        "huddle",
        "stoop",
        "slump",
        "pore",
        "bow",
        "hunch over",
    )
    return "beside" if bends and way == "over" else way


def sits(clause: Clause) -> bool:
    """ "A boy sits on the wall": one that stands by itself."""
    frame = clause.frame
    if (
        frame is None
        or clause.boundary
        or frame.lemma not in ("sit", "stand", "perch", "walk", "lie", "balance")
    ):
        return False
    rows = [clause.desk.cast.entry(i).thing.row for i in frame.agents if i >= 0]
    return any(
        row is not None and (row.kind == "person" or row.prop in ("cat", "bird", "owl"))
        for row in rows
    )
