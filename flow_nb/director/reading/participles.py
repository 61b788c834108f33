"""Participles. In: "-ing" and "-ed" in a clause. Out: whose they are."""

from __future__ import annotations

from flow_nb.director.reading.clause import Clause, Ids
from flow_nb.director.reading.drafts import Draft

_BREAKING = ("knock over", "shatter", "fall", "splash", "explode", "collide", "drop")


def participle(clause: Clause, draft: Draft) -> Ids:
    """Who does, or has done to him, what a participle tells; nobody yet where the subject comes behind."""
    frame = clause.frame
    if clause.preposition:
        clause.preposition = ""
        ids = clause.subject or (frame.agents if frame else ())
        draft.waits = not ids
        return ids
    if frame is None:
        draft.waits = True
        return ()
    done = draft.row.done if draft.row is not None else None
    if clause.boundary:
        draft.result = draft.result or (done in _BREAKING and draft.form == "VG")
        if draft.form == "VG" and not draft.result:
            clause.joint = "while"
        return _doer(clause, frame, draft)
    if clause.role == "object":
        return _object_does(clause, frame, draft)
    alive = bool(clause.last) and all(clause.desk.cast.alive(i) for i in clause.last)
    if clause.role == "place" and draft.form == "VG" and alive:
        return clause.last
    if clause.role == "place" and draft.form == "VG":
        sees = frame.row is not None and frame.row.does == "look"
        living = any(clause.desk.cast.alive(i) for i in frame.agents)
        acts = draft.row is None or draft.row.does in _FIGURES or draft.row.does is None
        acts = acts and (living or draft.row is None or draft.row.does not in _POSED)
        rests = clause.last and clause.last[0] >= 0 and not acts
        if not sees and not rests and (living or frame.agents):
            clause.joint = "while"
            return frame.agents
    if clause.role in ("place", "with"):
        return clause.last if clause.last and clause.last[0] >= 0 else frame.agents
    clause.joint = "while"
    return frame.agents or frame.patients


def _doer(clause: Clause, frame: Draft, draft: Draft) -> Ids:
    if frame.relative and not clause.subject:
        return frame.agents
    if draft.form == "VN" and frame.form == "VB" and frame.agents:
        return frame.agents
    return clause.subject or frame.agents or frame.patients


def _object_does(clause: Clause, frame: Draft, draft: Draft) -> Ids:
    """ "watches a dog running"; "opens a door holding a lamp": the one who opens holds it."""
    cast = clause.desk.cast
    if draft.form == "VN":
        return clause.last
    holds = frame.row is not None and (frame.row.state or frame.row.does == "look")
    living = any(cast.alive(i) for i in clause.last)
    acting = any(cast.alive(i) for i in frame.agents)
    needs = draft.row is None or draft.row.does is None or draft.row.does in _FIGURES
    if holds or living or not acting or not needs:
        return clause.last
    clause.joint = "while"
    return frame.agents


def of_place(clause: Clause, draft: Draft) -> bool:
    """ "bees around a hive hanging from a branch": the hive hangs; "a man beside a wall reading" reads."""
    alive, last = clause.desk.cast.alive, clause.last
    if clause.role != "place" or not last or last[0] < 0 or last == clause.fresh:
        return False
    if clause.tag(clause.i - 1) in ("C", "X", "CC") or clause.frame is not None:
        return False
    does = draft.row.does if draft.row is not None else "gesture"
    living = any(map(alive, clause.fresh))
    if living and not any(map(alive, last)):
        places = clause.own[-1].places if clause.own else []
        inside = bool(places) and places[-1].way in ("in", "on")
        return does in _BY_THINGS and not inside and draft.lemma not in ("lean", "rest")
    return not living or any(map(alive, last))


_BY_THINGS = (
    "rest",
    "swing",
    "float",
    "spin",
    "roll",
    "flutter",
    "shake",
    "drive",
    "rise",
    "sink",
    "fly",
    "pour",
)


_POSED = ("sit", "stand", "lie", "rest")
_FIGURES = frozenset(
    ("walk", "run", "jump", "crawl", "climb", "swim", "dance", "sit", "stand", "look", "wave",
     "point", "reach", "pick up", "put down", "hold", "carry", "catch", "kick", "gesture", "handle")
)  # fmt: skip
