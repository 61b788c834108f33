"""What is on, in or about somebody. In: "with a cup in her hand", "with three books on it". Out: states.

What a body wears or holds needs no place on it; an animal on a shoulder sits there.
"""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.manners import all_of
from flow_nb.director.reading.phrase import NounPhrase

HANDS = ("hand", "hands", "arm", "arms", "fist", "fists", "fingers", "finger", "paw", "paws", "lap",
         "elbow", "grip", "teeth", "mouth", "beak", "claws", "jaws", "trunk")  # fmt: skip
_IT = ("it", "they", "he", "she")


def carried(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """Phrases behind "with" that have a place on whom they belong to; True where they were read."""
    owners = _owners(clause, phrases[0])
    found = False
    while owners and phrases and (_on_owner(clause, phrases) or _at_end(clause, owners, phrases)):
        behind = clause.nouns.at(phrases[-1].end + 1)
        assert behind is not None
        if behind.body:
            owners = _living(clause, owners, behind.determiner)
        _keep(clause, owners, phrases, behind)
        found = True
        after = clause.nouns.at(clause.i + 1) if clause.text(clause.i) == "and" else None
        phrases = [after] if after is not None else []
        clause.i = clause.i + 1 if phrases and _on_owner(clause, phrases) else clause.i
    if found:
        clause.desk.cast.touch(owners)
        clause.last, clause.named = owners, ((), -1)
    return found


def absolute(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "A woman, suitcase in hand, ...": said of whom a comma has set apart."""
    frame, alive = clause.frame, clause.desk.cast.alive
    solid = phrases[0].row is not None and bool(phrases[0].row.prop)
    owners = clause.outer or (
        frame.agents if frame is not None and not clause.fresh and solid else ()
    )
    if _pulled(clause, phrases) or (owners and at_rest(clause, phrases)):
        return True
    if not owners and _ahead(clause, phrases):
        return True
    if not owners or owners[0] < 0 or not _on_owner(clause, phrases):
        return False
    behind = clause.nouns.at(phrases[-1].end + 1)
    beside = behind is not None and behind.pronoun == "it" and not any(map(alive, owners))
    beside = beside and clause.text(phrases[-1].end) not in (
        "under",
        "beneath",
        "below",
        "underneath",
    )
    if behind is None or not (behind.body or beside) or clause.tag(behind.end) not in ("C", ""):
        return False
    _keep(clause, owners, phrases, behind)
    clause.desk.cast.touch(owners)
    clause.last = owners
    return True


def _ahead(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "Sword in hand, the knight ...": said of whom the sentence then names."""
    if clause.own or clause.fresh or clause.fronted or not _on_owner(clause, phrases):
        return False
    behind = clause.nouns.at(phrases[-1].end + 1)
    solid = phrases[0].row is not None and bool(phrases[0].row.prop)
    if behind is None or not behind.body or clause.tag(behind.end) != "C" or not solid:
        return False
    who = clause.nouns.at(behind.end + 1)
    if who is None or not clause.starts_clause(who.end):
        return False
    ids, span = all_of(clause, phrases), (phrases[0].at, behind.upto)
    worn = all(phrase.word in clause.words.listed("clothes") for phrase in phrases)
    lemma = "wear" if worn and behind.word not in HANDS else "hold"
    row = clause.desk.lookup.vocabulary.verb(lemma)

    def owned(draft: Draft) -> None:
        clause.add(Draft(lemma, *span, row, agents=draft.agents, patients=ids, state=True))

    clause.early.append(owned)
    clause.desk.passed.append(span)
    clause.i, clause.last = behind.end, ()
    return True


def _pulled(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "The detective, hat pulled low, waits": what he wears, and how, before his own verb."""
    first, frame = phrases[0], clause.frame
    owners = clause.outer
    if not owners and first.body and frame is not None and clause.boundary and not clause.fresh:
        owners = frame.agents
    known = first.body or first.word in clause.words.listed("clothes")
    posed = clause.tag(first.end) in ("VN", "VD") and clause.tag(first.end + 1) == "C"
    held = bool(clause.outer) and posed and first.row is not None and first.row.kind == "thing"
    known = known or held
    own = first.determiner in ("", "his", "her", "its", "their", "whose")
    if not owners or len(phrases) > 1 or not known or not own:
        return False
    told = first.determiner == "whose" and clause.tag(first.end) in ("VZ", "VP", "BE", "VD")
    if not told and clause.tag(first.end) not in ("VN", "VD", "VG", "J"):
        return False
    if first.body and clause.tag(first.end) == "VG" and clause.nouns.at(first.end + 1) is not None:
        return False
    if frame is not None and not clause.outer and clause.tag(first.end) == "VD":
        return False
    end = first.end
    while clause.tag(end) not in ("C", "X", "CC", "", "IN"):
        end += 1
    if clause.tag(end) == "IN":
        end = _around(clause, first, end, owners)
    clause.desk.passed.append((first.at, clause.units[end - 1].upto))
    if not first.body:
        lemma = "hold" if held else "wear"
        row = clause.desk.lookup.vocabulary.verb(lemma)
        worn = all_of(clause, phrases)
        clause.add(
            Draft(lemma, first.at, first.upto, row, agents=owners, patients=worn, state=True)
        )
        clause.desk.cast.touch(owners)
    clause.i, clause.last = end, owners
    return True


def _around(clause: Clause, first: NounPhrase, at: int, owners: Ids) -> int:
    """ "her arms wrapped around a teddy bear": she holds what is named there. Where the words end."""
    behind = clause.nouns.at(at + 1)
    end = behind.end if behind is not None else at + 1
    if behind is not None and not behind.body and not behind.pronoun:
        ids = all_of(clause, [behind])
        there = ids and ids[0] >= 0 and not clause.desk.cast.alive(ids[0])
        if there and first.word in HANDS and clause.text(at) in ("around", "round", "about"):
            row = clause.desk.lookup.vocabulary.verb("hold")
            span = (first.at, behind.upto)
            clause.add(Draft("hold", *span, row, agents=owners, patients=ids, state=True))
    while clause.tag(end) not in ("C", "X", "CC", ""):
        end += 1
    return end


def at_rest(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "one hand on the wheel": a hand, and no second body, is there; the wheel is named."""
    end = phrases[-1].end
    behind = (
        clause.nouns.at(end + 1) if clause.tag(end) == "IN" and clause.text(end) != "of" else None
    )
    if behind is None or behind.body or not all(phrase.body for phrase in phrases):
        return False
    if clause.tag(behind.end) in ("VZ", "VD", "VP", "BE", "HV", "MD") and not clause.subject:
        return False
    before = clause.last, clause.role
    all_of(clause, [behind])
    clause.last, clause.role = before
    clause.desk.passed.append((phrases[0].at, behind.upto))
    clause.i = behind.end
    return True


def _on_owner(clause: Clause, phrases: list[NounPhrase]) -> bool:
    at = phrases[-1].end
    behind = clause.nouns.at(at + 1) if clause.tag(at) == "IN" else None
    if behind is None or phrases[0].pronoun or phrases[0].body:
        return False
    return behind.body or (behind.pronoun in _IT and behind.owner is None)


def _at_end(clause: Clause, owners: Ids, phrases: list[NounPhrase]) -> bool:
    """ "a seesaw with an apple on the other end"."""
    at = phrases[-1].end
    behind = clause.nouns.at(at + 1) if clause.tag(at) == "IN" else None
    solid = phrases[0].row is not None and bool(phrases[0].row.prop) and not phrases[0].body
    if behind is None or not solid or any(map(clause.desk.cast.alive, owners)):
        return False
    part = clause.words.sense(behind.word, "part") is not None
    return part and behind.of is None and behind.owner is None and behind.definite


def _owners(clause: Clause, first: NounPhrase) -> Ids:
    """The noun right before "with"; else whom the clause is about."""
    ids, upto = clause.named
    before = clause.desk.text[upto : first.at].split() if upto >= 0 else []
    if ids and ids[0] >= 0 and [word.lower() for word in before] == ["with"]:
        return ids
    frame = clause.frame
    return clause.fresh or clause.outer or (frame.agents if frame is not None else ())


def _living(clause: Clause, owners: Ids, own: str) -> Ids:
    """Who has the body: "past a dog with a bag over his shoulder" is who goes past."""
    alive = clause.desk.cast.alive
    if own in ("his", "her"):
        alive = clause.desk.cast.is_person
    here = clause.frame if clause.frame is not None and not clause.boundary else None
    acting = here.agents if here is not None else clause.fresh or clause.outer
    return acting if not any(map(alive, owners)) and any(map(alive, acting)) else owners


def _keep(clause: Clause, owners: Ids, phrases: list[NounPhrase], behind: NounPhrase) -> None:
    sense = clause.words.sense(clause.text(phrases[-1].end), "preposition")
    ids, (first, upto) = all_of(clause, phrases), (phrases[0].at, behind.upto)
    clause.i = behind.end
    clause.desk.passed.append((first, upto))
    alive = clause.desk.cast.alive
    if not ids or owners[0] < 0:
        return
    held = clause.text(phrases[-1].end) == "in" or not any(map(alive, ids))
    if behind.body and any(map(alive, owners)) and held:
        worn = all(phrase.word in clause.words.listed("clothes") for phrase in phrases)
        lemma = "wear" if worn and behind.word not in HANDS else "hold"
        row = clause.desk.lookup.vocabulary.verb(lemma)
        clause.add(Draft(lemma, first, upto, row, agents=owners, patients=ids, state=True))
        return
    draft = Draft("be", first, upto, agents=ids, state=True)
    way = str(sense.value) if sense is not None else "on"
    draft.places = [Place(way=way, thing=owners[0], span=(first, upto))]
    clause.add(draft)
