"""What is around, on or in a thing by a verb. In: "a statue surrounded by candles". Out: a state of the candles."""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.drafts import Draft, Ids


def girded(desk: Desk, draft: Draft) -> None:
    """ "Covered in papers", "flanked by two guards", "candles surround the statue": who is where."""
    told = desk.lookup.words.rows["girding"]
    way = told["ways"].get(draft.lemma)
    if way is None or draft.negated:
        return
    by = _means(draft) if draft.passive else draft.agents if draft.lemma in told["active"] else ()
    things = tuple(i for i in by if _solid(desk, i) and i not in draft.patients)
    if not things or not draft.patients or not all(_solid(desk, i) for i in draft.patients):
        return
    if draft.lemma in told["stuff"] and any(map(desk.cast.alive, draft.patients)):
        return
    span = (draft.at, draft.upto)
    kept = [p for p in draft.places if p.thing not in things]
    if kept:
        desk.frames.append(Draft("be", *span, agents=draft.patients, places=kept, state=True))
    draft.places = [Place(way=way, thing=draft.patients[0], span=span)]
    draft.lemma, draft.row, draft.state, draft.passive = "be", None, True, False
    draft.agents, draft.patients, draft.instruments = things, (), ()


def _means(draft: Draft) -> Ids:
    """Behind "by", "with" or "in"."""
    return draft.agents or draft.instruments or tuple(
        place.thing for place in draft.places if place.way in ("in", "with")
    )  # fmt: skip


def _solid(desk: Desk, index: int) -> bool:
    row = desk.cast.entry(index).thing.row if index >= 0 else None
    return index >= 0 and (row is None or bool(row.prop))
