"""Nouns that are told and not there. In: "like a bird", "without a sound". Out: manners of the frame."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.mentions import mention
from flow_nb.director.reading.phrase import NounPhrase


def all_of(clause: Clause, phrases: list[NounPhrase]) -> Ids:
    """All that these phrases mean, each once."""
    found: Ids = ()
    for phrase in phrases:
        found += tuple(i for i in mention(clause, phrase) if i not in found)
    clause.last = found
    return found


def as_manner(clause: Clause, way: str, phrases: list[NounPhrase]) -> None:
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
