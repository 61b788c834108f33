"""What is sharp. In: "rack focus from the cup to the window". Out: notes, and where these things are."""

from __future__ import annotations

from flow_nb.director.frame import VIEW, Note, Place
from flow_nb.director.reading.aiming import ENDS, say_more
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import standing
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.unit import Unit


def rack(clause: Clause, unit: Unit) -> None:
    """ "rack focus from the cup to the window"."""
    found: dict[str, tuple[Ids, int, int]] = {}
    if clause.tag(clause.i) in ("X", "C") and clause.text(clause.i + 1) == "from":
        clause.i += 1
    ids: Ids = ()
    while clause.tag(clause.i) == "IN" or clause.text(clause.i) in ("to", "and") or _deep(clause):
        word = clause.text(clause.i)
        if _deep(clause) and ids:
            _in_depth(clause, ids)
            continue
        phrase = clause.nouns.at(clause.i + 1)
        if phrase is None:
            break
        if word in ("in", "at") and found and phrase.framing:
            clause.desk.passed.append((phrase.at, phrase.upto))
            clause.i = phrase.end
            continue
        there = tuple(i for i in mention(clause, phrase, place=bool(found)) if i >= 0)
        clause.i = phrase.end
        if found and word not in (*ENDS, "between", "and"):
            _there(clause, word, ids, there, phrase)
            continue
        ids = there
        first = word in ("from", "between") or (word == "on" and not found)
        found["from" if first else "to"] = (ids, phrase.at, phrase.upto)
        clause.fresh, clause.fresh_at = (), phrase.at
        clause.last, clause.role = ids, "subject"
    start, end = found.get("from"), found.get("to")
    if start and start[0]:
        clause.desk.say("camera.focus", "", start[1], start[2], thing=start[0][0])
    thing = end[0][0] if end and end[0] else None
    clause.desk.notes.append(
        Note(kind="camera.focus_to", value="", span=(unit.at, unit.upto), thing=thing)
    )
    clause.ends()
    say_more(clause, ids, clause.fresh_at)


def _deep(clause: Clause) -> bool:
    return clause.i < len(clause.units) and clause.unit.kind == "depth"


def _in_depth(clause: Clause, ids: Ids) -> None:
    """ "from the flowers in the foreground"."""
    unit = clause.unit
    way = str(unit.sense.value) if unit.sense is not None else "behind"
    place = Place(way=way, thing=VIEW, span=(unit.at, unit.upto))
    clause.add(standing(ids, place, unit.at, unit.upto))
    clause.i += 1


def _there(clause: Clause, word: str, ids: Ids, there: Ids, phrase: NounPhrase) -> None:
    """ "from the key on the table": where it is that becomes sharp."""
    sense = clause.words.sense(word, "preposition")
    if sense is None or not ids or not there:
        return
    place = Place(way=str(sense.value), thing=there[0], span=(phrase.at, phrase.upto))
    clause.add(standing(ids, place, phrase.at, phrase.upto))


def focus(clause: Clause, unit: Unit) -> None:
    """ "focus on the cup", "the cup in sharp focus"."""
    thing = None
    if unit.text.endswith("on"):
        phrase = clause.nouns.at(clause.i)
        if phrase is not None:
            ids = mention(clause, phrase)
            clause.i = phrase.end
            thing = next((i for i in ids if i >= 0), None)
    else:
        thing = next((i for i in clause.last if i >= 0), None)
    clause.desk.say("camera.focus", "", unit.at, unit.upto, thing=thing)
