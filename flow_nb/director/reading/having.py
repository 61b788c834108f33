"""With. In: what somebody has, wears, holds or uses. Out: states, instruments, company."""

from __future__ import annotations

from functools import partial

from flow_nb.director.frame import GROUND, VIEW, Place
from flow_nb.director.reading.carried import at_rest, carried
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft, standing
from flow_nb.director.reading.manners import all_of, as_manner
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.owned import only_seen
from flow_nb.director.reading.phrasal import row_of
from flow_nb.director.reading.phrase import NounPhrase

_FILLING = ("fill", "cover", "load", "pack", "stuff", "top", "line", "overflow")
_WILLED = ("walk", "run", "jump", "crawl", "climb", "swim", "dance", "sit", "crouch", "turn", "look", "wave",
           "point", "reach", "gesture", "carry", "catch", "kick", "handle")  # fmt: skip
"""What only somebody does: "a man with a hat sitting" sits himself."""
_UPRIGHT = ("lean", "stand", "wait", "kneel", "rest")
_GOING = ("walk", "run", "jump", "crawl", "climb", "swim", "fly", "drive", "sit", "stand", "lie", "crouch", "turn",
          "look", "fall", "rest", "slide", "float")  # fmt: skip
"""Who does this with a thing has it in his hands."""
_PLACING = ("put down", "throw", "drop", "pour", "pick up", "lower", "reach")
_MEETING = ("collide", "crash", "fight", "dance", "play", "talk", "speak", "chat", "walk", "argue")


def dressed(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """ "a woman in a red dress"."""
    frame = clause.frame if not clause.boundary else None
    owners = clause.fresh or (frame.agents or frame.patients if frame is not None else ())
    worn = all(phrase.word in clause.words.listed("clothes") for phrase in phrases)
    done = frame.row.done if frame is not None and frame.row is not None else None
    if frame is not None and frame.patients and done in _PLACING and not clause.fresh:
        return False
    if not worn or not any(clause.desk.cast.alive(i) for i in owners):
        return False
    _has(clause, owners, phrases, at, worn=True)
    return True


def with_things(clause: Clause, phrases: list[NounPhrase], at: int) -> bool:
    """Whom "with" gives company, a hat, a tool, a filling, or a mood."""
    if _noted(clause, phrases):
        return True
    verbs = clause.words.rows["light"]["nouns"]
    if phrases[0].of is not None and phrases[0].word in verbs and not phrases[0].of.body:
        phrases = [phrases[0].of]
    if not any(own(clause, phrases) for own in (_theirs, carried, _posed, _far)):
        _given(clause, phrases, at)
    return True


def _noted(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "with joy", "with rain on the way": moods and weather."""
    if any(phrase.note is None for phrase in phrases):
        return False
    for phrase in phrases:
        mention(clause, phrase)
        if phrase.note is not None and phrase.note.kind == "nouns:mood":
            clause.then(partial(_mood, mood=str(phrase.note.value)))
    return True


def _given(clause: Clause, phrases: list[NounPhrase], at: int) -> None:
    """To whom or to what it falls that stands behind "with"."""
    first, frame = phrases[0], clause.frame
    if first.row is not None and first.row.kind == "abstract" and first.row.prop in ("", "cutout"):
        as_manner(clause, "with", phrases)
        if clause.tag(clause.i) == "VG" and not clause.fresh:
            clause.airy = clause.boundary = True
    elif clause.fresh and (frame is None or clause.boundary or clause.role == "subject"):
        _has(clause, clause.fresh, phrases, at)
    elif frame is None:
        _fronted(clause, phrases)
    elif frame.lemma in ("be", "have") and frame.agents:
        _has(clause, frame.agents, phrases, at)
    elif _absolute(clause, phrases, frame.agents):
        clause.boundary, clause.fresh, clause.fresh_at = True, all_of(clause, phrases), first.at
        clause.role, clause.joint = "with", "while"
    elif first.pronoun == "reciprocal":
        frame.reciprocal = True
        frame.reach(first.upto)
    elif first.body:
        clause.desk.passed.append((first.at, phrases[-1].upto))
    else:
        _beside(clause, frame, phrases, at)


def _theirs(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "sees a clown with a chainsaw": who is seen has it."""
    (ids, upto), frame = clause.named, clause.frame
    if frame is None or not ids or ids[0] < 0:
        return False
    done = frame.row.done if frame.row is not None else None
    before = clause.desk.text[upto : phrases[0].at].strip().lower() if upto >= 0 else ""
    seen = not clause.boundary and before == "with" and ids == frame.patients and bool(ids)
    living = all(map(clause.desk.cast.alive, ids)) and not phrases[0].body
    solid = phrases[0].row is not None and phrases[0].row.kind == "thing"
    row = clause.desk.cast.entry(ids[0]).thing.row
    if seen and solid and row is not None and row.prop in clause.words.listed("flat"):
        span = (phrases[0].at, phrases[-1].upto)
        clause.add(
            standing(all_of(clause, phrases), Place(way="on", thing=ids[0], span=span), *span)
        )
        return True
    if not (seen and living and solid and done in (None, "look", "gesture", "carry")):
        return False
    _has(clause, frame.patients, phrases, phrases[0].at)
    return True


def _far(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "with a barn in the background": it is the barn that is there."""
    unit = clause.units[phrases[-1].end] if phrases[-1].end < len(clause.units) else None
    if unit is None or unit.kind != "depth" or unit.sense is None:
        return False
    place = Place(way=str(unit.sense.value), thing=VIEW, span=(unit.at, unit.upto))
    clause.i = phrases[-1].end + 1
    before = clause.last
    clause.add(standing(all_of(clause, phrases), place, phrases[0].at, unit.upto))
    clause.last = before
    return True


def _posed(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "with his arms crossed", "with its mouth open": how somebody looks, nothing that is done."""
    end = phrases[-1].end
    posed = clause.tag(end) in ("VN", "VD", "J", "RB") and clause.tag(end + 1) != "MD"
    if not all(phrase.body for phrase in phrases):
        return False
    if at_rest(clause, phrases):
        return True
    if not posed:
        return False
    while clause.tag(end) in ("VN", "VD", "J", "RB"):
        end += 1
    clause.desk.passed.append((phrases[0].at, clause.units[end - 1].upto))
    clause.i = end
    return True


def _beside(clause: Clause, frame: Draft, phrases: list[NounPhrase], at: int) -> None:
    """ "hits the nail with a hammer", "fills it with water", "sits on a sofa with a cat"."""
    aside = clause.role == "place" and bool(clause.last) and not _handles(clause, frame)
    there = clause.last[-1] if aside else GROUND
    ids = all_of(clause, phrases)
    frame.reach(phrases[-1].upto)
    living = any(clause.desk.cast.alive(i) for i in ids)
    if not living and _goes_along(clause, frame):
        _hold(clause, frame.agents, ids, there, (at, phrases[-1].upto))
        return
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


def _goes_along(clause: Clause, frame: Draft) -> bool:
    """Whether somebody goes or sits who may have it with him."""
    goes = frame.row is not None and frame.row.does in _GOING and not frame.patients
    if not goes or frame.lemma in _MEETING or not all(map(clause.desk.cast.alive, frame.agents)):
        return False
    return bool(frame.agents)


def _hold(clause: Clause, owners: Ids, ids: Ids, there: int, span: tuple[int, int]) -> None:
    """ "Runs past the tent with a sandwich": who goes has it; a table with a candle has that on it."""
    thing = clause.desk.cast.entry(there).thing if there >= 0 else None
    if thing is not None and thing.row and thing.row.prop in clause.words.listed("tables"):
        clause.add(standing(ids, Place(way="on", thing=there, span=span), *span))
    else:
        row = clause.desk.lookup.vocabulary.verb("hold")
        draft = Draft("hold", *span, row, agents=owners, patients=ids, state=True, joint="while")
        clause.add(draft)
    clause.last = ids


def _absolute(clause: Clause, phrases: list[NounPhrase], owners: Ids) -> bool:
    """ "with a candle burning on it": a clause of its own; "a man with a trumpet leaning on a post" leans."""
    end = phrases[-1].end
    if clause.tag(end) not in ("VG", "VN"):
        return False
    row = row_of(clause, clause.units[end].lemma)
    willed = (row is not None and row.does in _WILLED) or clause.units[end].lemma in _UPRIGHT
    living = any(p.person or (p.row is not None and p.row.kind == "animal") for p in phrases)
    if willed and not living and any(map(clause.desk.cast.alive, owners)):
        return any(p.body for p in phrases)
    return clause.tag(end) == "VG" or clause.tag(end + 1) != "IN"


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
    if not worn and _absolute(clause, phrases, owners):
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
