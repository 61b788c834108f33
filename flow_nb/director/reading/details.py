"""Which of two things a phrase of place tells of. In: what was named, a `Place`. Out: a state of that thing.

"Beside a candle on a table": the candle is on the table. "Picks up the cup on the shelf": the cup is there.
"Puts the cup on the shelf", "falls from the tree on a man": the verb takes it there.
"""

from __future__ import annotations

from flow_nb.director.frame import Place
from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft, standing

_RESTING = (
    "on",
    "in",
    "under",
    "beside",
    "behind",
    "in front of",
    "above",
    "left of",
    "right of",
    "at",
)
_SOURCES = ("off", "out of", "away from")
_LARGE = ("wall", "house", "tower", "skyscraper", "lighthouse", "fence", "ramp")
_SEATS = ("bench", "chair", "sofa", "bed", "stool", "swing", "rug", "log", "tree", "palm", "toilet")
_MEETING = ("hit", "push", "pull", "knock over", "shatter", "squash", "open", "close", "explode", "kick",
            "pick up")  # fmt: skip
_MAKING = ("draw", "write", "paint", "carve", "read", "type", "make", "build")
_BEATING = (
    "bang",
    "tap",
    "rap",
    "slam",
    "thump",
    "pound",
    "drum",
    "beat",
    "knock",
    "hit",
    "strike",
)
_INTO = ("hit", "kick", "push")
_VESSELS = ("in", "into")


Named = tuple[Ids, int]
"""Things and where their words end."""


def describes(clause: Clause, before: Named, place: Place, at: int) -> bool:
    """Whether a place right behind an object or another place says where that is."""
    frame, ids = clause.frame, before[0]
    if frame is None or clause.boundary or clause.fresh or place.thing in frame.agents:
        return False
    if frame.places and follows(clause, before, frame.places[-1], place, at):
        return True
    if _touches(clause, before, place, at) and ids == frame.recipients:
        return True
    return (
        _touches(clause, before, place, at) and set(ids) == set(frame.patients)
        and _behind_object(clause, frame, place)
    )  # fmt: skip


def follows(clause: Clause, before: Named, first: Place, place: Place, at: int) -> bool:
    """ "beside a candle on a table": the second place says where the first one is."""
    ids = before[0]
    if not _touches(clause, before, place, at) or first.thing not in ids:
        return False
    frame = clause.frame
    done = (
        frame.row.done if frame is not None and frame.row is not None and frame.patients else None
    )
    taken = done in ("pull", "pick up", "lift")
    if first.way in _SOURCES and place.way in ("on", "in") and not taken:
        return False
    if first.way == "hanging from":
        return False
    thing = clause.desk.cast.entry(ids[0]).thing
    return thing.row is None or thing.row.prop not in _LARGE


def _touches(clause: Clause, before: Named, place: Place, at: int) -> bool:
    ids, upto = before
    adjacent = upto >= 0 and not clause.desk.text[upto:at].strip()
    real = bool(ids) and all(i >= 0 for i in ids) and place.thing not in ids
    if real:
        row = clause.desk.cast.entry(ids[0]).thing.row
        real = row is None or row.kind != "abstract"
    return adjacent and real and place.way in _RESTING


def _behind_object(clause: Clause, frame: Draft, place: Place) -> bool:
    row = frame.row
    if row is None or row.state or place.thing < 0 or frame.lemma in _MAKING:
        return False
    if frame.lemma in _BEATING and _in_hand(clause, frame):
        return False
    there = clause.desk.cast.entry(place.thing).thing.row
    seat = there is not None and there.prop in _SEATS
    if row.done == "handle":
        return not seat and place.way in ("on", "in")
    if place.way in _VESSELS and row.done in _INTO:
        return False
    return row.done in _MEETING or (row.done is None and row.meets and not seat)


def _in_hand(clause: Clause, frame: Draft) -> bool:
    """ "bangs his hammer on the desk": the hammer is the tool."""
    held = {i for f in clause.own if f.lemma in ("hold", "wear") for i in f.patients}
    return bool(frame.patients) and set(frame.patients) <= held


def stand_at(clause: Clause, ids: Ids, places: list[Place], at: int, upto: int) -> None:
    """ "a candle on a table": it is only so."""
    draft = standing(ids, places[0], at, upto)
    draft.places = places
    clause.add(draft)
