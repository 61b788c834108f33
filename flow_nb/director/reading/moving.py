"""What moves before its noun. In: a noun phrase. Out: a frame: "past a drifting wrench", "a rolling ball"."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrase import NounPhrase


def also_moves(clause: Clause, phrase: NounPhrase, ids: Ids) -> None:
    """ "past a drifting wrench", "at a passing train": that moves as well."""
    for unit in clause.units[phrase.start : phrase.end]:
        lemma = unit.lemmas.get("VG", "") if unit.tag in ("VG", "J") else ""
        row = clause.desk.lookup.vocabulary.verb(lemma) if lemma else None
        if (
            row is None
            or row.state
            or row.does not in _MOVES
            or not ids
            or min(ids) < 0
            or phrase.body
        ):
            continue
        draft = Draft(lemma, unit.at, unit.upto, row, form="VG", agents=ids, joint="while")
        clause.add(draft)


_MOVES = (
    "float",
    "fly",
    "spin",
    "swing",
    "roll",
    "drive",
    "walk",
    "run",
    "swim",
    "shake",
    "flutter",
    "lie",
    "slide",
    "fall",
    "crawl",
)
