"""Some of several. In: "one red, one green" behind "three bottles". Out: those of the bottles that are meant.

What stands in a row or a stack stays one thing of one colour.
"""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrase import NounPhrase


def members(clause: Clause, phrases: list[NounPhrase]) -> bool:
    """ "three bottles, one red, one green": some of those that were named just now."""
    cast, ones = clause.desk.cast, [p for p in phrases if _one_such(clause, p)]
    first = phrases[0]
    if first not in ones:
        ids: Ids = (
            mention(clause, first, subject=True) if len(ones) == len(phrases) - 1 and ones else ()
        )
    else:
        ids = clause.outer or clause.fresh
    several = (
        bool(ids) and ids[0] >= 0 and len(ids) == 1 and cast.entry(ids[0]).thing.count >= len(ones)
    )
    told = all(p.colour or p.material or p.qualities for p in ones)
    if not ones or not several or not told or (first in ones and len(ones) < len(phrases)):
        return False
    for phrase in ones:
        clause.desk.passed.append((phrase.at, phrase.upto))
        if cast.entry(ids[0]).thing.arrangement:
            continue
        part = cast.carve(ids[0])
        cast.change(
            part[0],
            colour=phrase.colour,
            material=phrase.material,
            qualities=tuple(phrase.qualities),
        )
    clause.fresh, clause.fresh_at = ids, clause.fresh_at if first in ones else first.at
    clause.last, clause.role = ids, "subject"
    return True


def _one_such(clause: Clause, phrase: NounPhrase) -> bool:
    """ "one red", "one plum": a colour that is a noun as well tells which one."""
    if phrase.determiner != "one":
        return False
    sense = clause.words.sense(phrase.word, "colour", "material")
    if phrase.pronoun != "one" and sense is None:
        return False
    if sense is not None and sense.kind == "colour":
        phrase.colour = str(sense.value)
    elif sense is not None:
        phrase.material = str(sense.value)
    return True
