"""Which of two things a phrase of place tells of. In: what was named, a `Place`. Out: a state of that thing.

"Beside a candle on a table": the candle is on the table. "Picks up the cup on the shelf": the cup is there.
"Puts the cup on the shelf", "falls from the tree on a man": the verb takes it there.
"""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import standing

_RESTING = ("on", "in", "under", "beside", "behind", "in front of", "above", "left of", "right of", "at")
_SOURCES = ("off", "out of", "away from")
_LARGE = ("wall", "house", "tower", "fence", "ramp")
_SEATS = ("bench", "chair", "sofa", "bed", "stool", "swing", "rug", "log", "tree")
_MEETING = ("hit", "push", "pull", "knock over", "shatter", "squash", "open", "close", "explode", "kick",
            "pick up")  # fmt: skip
_INTO = ("hit", "kick", "push")
_VESSELS = ("in", "into")


def describes(clause: Clause, before: tuple[Ids, int], place: Place, at: int) -> bool:
    """Whether a place right behind a noun says where that noun is."""
    ids, upto = before
    adjacent = upto >= 0 and not clause.desk.text[upto:at].strip()
    real = bool(ids) and all(i >= 0 for i in ids) and place.thing not in ids
    if not adjacent or not real or place.way not in _RESTING or clause.fresh:
        return False
    frame = clause.frame
    if frame is None or clause.boundary or place.thing in frame.agents:
        return False
    if frame.places and frame.places[-1].thing in ids:
        return _behind_place(clause, ids, frame.places[-1], place)
    return set(ids) == set(frame.patients) and _behind_object(clause, place)


def _behind_place(clause: Clause, ids: Ids, first: Place, place: Place) -> bool:
    if first.way in _SOURCES and place.way in ("on", "in"):
        return False
    thing = clause.desk.cast.entry(ids[0]).thing
    return thing.row is None or thing.row.prop not in _LARGE


def _behind_object(clause: Clause, place: Place) -> bool:
    frame = clause.frame
    row = frame.row if frame is not None else None
    if row is None or row.state or (place.thing < 0):
        return False
    there = clause.desk.cast.entry(place.thing).thing.row
    seat = there is not None and there.prop in _SEATS
    if row.done == "handle":
        return not seat and place.way in ("on", "in")
    if place.way in _VESSELS and row.done in _INTO:
        return False
    return row.done in _MEETING or (row.done is None and row.meets and not seat)


def stand_at(clause: Clause, ids: Ids, places: list[Place], at: int, upto: int) -> None:
    """ "a candle on a table": it is only so."""
    draft = standing(ids, places[0], at, upto)
    draft.places = places
    clause.add(draft)
