"""What a deed leaves behind. In: an object in a clause. Out: whether nobody has to do it: "creating ripples"."""

from __future__ import annotations

from flow_nb.director.frame import GROUND
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrasal import row_of
from flow_nb.director.reading.phrase import NounPhrase


def only_left(clause: Clause, frame: Draft, phrases: list[NounPhrase], ids: Ids) -> bool:
    """ "creating ripples", "leaving a trail": what follows by itself; a splash is made."""
    told = clause.words.rows["effects"]
    first = phrases[0]
    made = frame.lemma in told["verbs"] and frame.row is not None
    effect = first.word in told["words"] or (first.row is not None and first.row.kind == "abstract")
    if not made or not (
        effect or (frame.lemma == "leave" and frame.form == "VG" and ids != (GROUND,))
    ):
        return False
    if first.noun == "splash":
        frame.row = row_of(clause, "splash")
        return True
    frame.state, frame.row, frame.patients = True, row_of(clause, "cause"), ids
    return True
