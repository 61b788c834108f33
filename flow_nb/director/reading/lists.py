"""Several things in one breath. In: a place in the sentence. Out: the noun phrases that "and" joins there."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause
from flow_nb.director.reading.phrase import NounPhrase

_JOINS = ("and", "or", "&", "as well as", "plus", "nor")
_LONGEST = 12


def noun_list(
    clause: Clause, i: int, *, place: bool = False, pair: bool = False, having: bool = False
) -> list[NounPhrase]:
    """ "a dog, a cat and a bird". Where the next one has its own verb, or a comma only closes a phrase of
    place, the list ends before it; not so for a ``pair`` ("between the chair and the table")."""
    first = clause.nouns.at(i)
    if first is None:
        return []
    found = [first]
    pair = pair or (place and bool(clause.fresh) and (clause.frame is None or clause.boundary))
    subject = not place and (clause.frame is None or clause.boundary)
    while len(found) < _LONGEST:
        more = _next(clause, found[-1].end, subject=subject or pair, place=place)
        if more is None or (place and not having and _placed_itself(clause, more)):
            break
        found.append(more)
    return found


def _next(clause: Clause, at: int, *, subject: bool, place: bool) -> NounPhrase | None:
    j = at
    comma = clause.text(j) == ","
    if comma:
        j += 1
    joined = clause.text(j) in _JOINS
    if joined:
        j += 1
    if j == at:
        return None
    phrase = clause.nouns.at(j)
    if phrase is None or phrase.pronoun in ("reciprocal", "nobody"):
        return None
    if joined and not comma:
        return phrase if subject or not clause.starts_clause(phrase.end) else None
    if not joined and not _goes_on(clause, phrase.end):
        return None
    if joined and comma and clause.starts_clause(phrase.end) and not subject:
        return None
    fronted = place and clause.frame is None and not clause.fresh
    return None if fronted else phrase


def _placed_itself(clause: Clause, phrase: NounPhrase) -> bool:
    """ "in the bowl and a knife beside it": the knife is no second bowl."""
    behind = clause.nouns.at(phrase.end + 1) if clause.tag(phrase.end) == "IN" else None
    return behind is not None and behind.pronoun in ("it", "they")


def _goes_on(clause: Clause, at: int) -> bool:
    """Whether a list of commas comes to its "and"."""
    for _ in range(_LONGEST):
        comma = clause.text(at) == ","
        j = at + 1 if comma else at
        joined = clause.text(j) in _JOINS
        phrase = clause.nouns.at(j + 1 if joined else j) if comma or joined else None
        if phrase is None:
            return False
        if joined:
            return True
        at = phrase.end
    return False
