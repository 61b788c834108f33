"""Verbs with a particle. In: a verb's unit. Out: its lemma, its row and where the clause goes on.

"knocks over the vase", "picks it up": the particle may stand behind the object; "rolls over the table"
keeps its preposition.
"""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.vocabulary import VerbRow

_LONGEST = 3
_PUTTING_ON = ("turn", "switch", "put", "try", "flip", "pull")
_PREPOSITIONS = ("in", "at", "to", "into", "from", "with", "by", "against", "around", "along",
                 "through", "across", "past", "toward", "towards", "under", "behind", "for")  # fmt: skip
_NOUNISH = ("D", "D1", "N", "NS", "NAME", "PS", "PP", "Q", "QV", "J")


def row_of(clause: Clause, lemma: str) -> VerbRow | None:
    """What is known of a verb, by itself or through its hypernyms."""
    lookup = clause.desk.lookup
    return lookup.vocabulary.verb(lemma) or lookup.guess_verb(lemma)


def phrasal(clause: Clause) -> tuple[str, VerbRow | None, int]:
    """The verb at the clause's unit, with the particles right behind it."""
    lemma, start = clause.unit.lemma, clause.i + 1
    vocabulary = clause.desk.lookup.vocabulary
    for length in range(_LONGEST, 0, -1):
        end = start + length
        particles = [clause.text(i) for i in range(start, end)]
        if end > len(clause.units) or not _all_particles(clause, start, end):
            continue
        whole = " ".join([lemma, *particles])
        row = vocabulary.verb(whole)
        if row is not None and _takes(clause, row, end, lemma):
            return whole, row, end
    return _lent(clause, lemma, start) or (lemma, row_of(clause, lemma), start)


_TOUCHING = ("touch", "set", "bear")


def _lent(clause: Clause, lemma: str, at: int) -> tuple[str, VerbRow | None, int] | None:
    """ "backs away from the dog", "lies down on the bed": the preposition's first word is the verb's."""
    first, _, rest = clause.text(at).partition(" ")
    sense = clause.words.sense(rest, "preposition") if rest else None
    whole, known = f"{lemma} {first}", clause.desk.lookup.vocabulary.verb(lemma)
    row = clause.desk.lookup.vocabulary.verb(whole) if sense is not None else None
    met = known is not None and not (known.meets and lemma in _TOUCHING)
    if row is None or row.does is None or met or clause.tag(at) != "IN":
        return None
    unit = clause.units[at]
    unit.at += len(first) + 1
    unit.text, unit.sense, unit.written = rest, sense, rest
    return whole, row, at


def _all_particles(clause: Clause, start: int, end: int) -> bool:
    return all(
        clause.tag(i) in ("IN", "RB", "TO", "J", "VB")
        or clause.text(i) in clause.words.listed("particles")
        for i in range(start, end)
    )


def _takes(clause: Clause, row: VerbRow, end: int, lemma: str) -> bool:
    """Whether the last particle is the verb's: before a noun only if the verb takes an object."""
    if (
        clause.text(end - 1).split()[-1:] == ["from"] and clause.tag(end) == "IN"
    ):  # "pulled away from under"
        return False
    if clause.tag(end) not in _NOUNISH:
        return True
    if clause.unit.tag == "VN" and clause.helper:
        return False
    if row.done is None:
        return False
    particle = clause.text(end - 1)
    if f"{lemma} {particle}" in ("run down", "run over", "mow down", "ride down"):
        hit = clause.nouns.at(end)
        return hit is not None and (
            hit.person or (hit.row is not None and hit.row.kind == "animal")
        )
    bare = clause.desk.lookup.vocabulary.verb(lemma)
    if particle == "off" and bare is not None and bare.does in _GOING:
        return False
    if particle == "over":
        return row.done == "knock over"
    if particle == "in" and lemma in _BREAKING_IN:
        hit = clause.nouns.at(end)
        return hit is not None and hit.word in ("door", "window", "gate", "fence", "wall", "doors")
    if particle == "in" and lemma in _DRAWING_IN:
        return True
    if particle == "on":
        return lemma in _PUTTING_ON
    if particle in ("up", "down"):
        phrase = clause.nouns.at(end)
        return phrase is None or phrase.word not in clause.words.listed("slopes")
    return particle not in _PREPOSITIONS


_DRAWING_IN = ("reel", "bring", "haul", "rope")
_BREAKING_IN = ("kick", "break", "smash", "bash", "batter")
_GOING = (
    "walk",
    "run",
    "drive",
    "roll",
    "slide",
    "jump",
    "fly",
    "fall",
    "crawl",
    "climb",
    "bounce",
)


def separated(clause: Clause, draft: Draft) -> bool:
    """ "knocks it over": True where the particle at the clause's unit completes the open verb."""
    particle = clause.text(clause.i)
    if particle not in clause.words.listed("particles") or " " in draft.lemma:
        return False
    if not draft.patients and not draft.passive:
        return False
    if clause.tag(clause.i + 1) in _NOUNISH and clause.unit.tag == "IN":
        return False
    row = clause.desk.lookup.vocabulary.verb(f"{draft.lemma} {particle}")
    if row is None:
        return False
    draft.lemma, draft.row = f"{draft.lemma} {particle}", row
    draft.reach(clause.unit.upto)
    return True
