"""Verbs that do something else by who does it. In: frames in the making. Out: the same, with the row that fits.

"A shark circles" swims; "a chandelier crashes onto the floor" falls; "he throws himself to the floor" too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flow_nb.director.frame import GROUND
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.drafts import Draft

_WAYS = ("down", "up", "across", "along", "past", "through", "over", "around", "toward", "to", "into", "onto",
         "off", "out of", "away from", "under", "between")  # fmt: skip
_AT = ("on", "in", "at", "with", "onto", "hanging from", "off", "down", "along", "up", "to")
_DOWN = ("to", "onto", "on", "into", "against")


_NEAR = (
    "above",
    "over",
    "beside",
    "behind",
    "in front of",
    "left of",
    "right of",
    "between",
    "under",
)
"""Near these things something hangs, and not from them."""


_UPRIGHT = {"up": "go up", "down": "come down"}
""" "Down comes the sandbag": it falls."""


def sensed(desk: Desk, draft: Draft) -> None:
    """Takes the frame of another verb where a row of ``senses`` fits; "hangs above the door" is above it."""
    first = draft.places[0] if draft.places else None
    hung = draft.row is not None and draft.state and draft.row.starts == "hanging from"
    if hung and first is not None and first.thing != GROUND and first.way in _NEAR:
        assert draft.row is not None
        draft.row = replace(draft.row, starts="on")
    upright = _UPRIGHT.get(str(draft.direction)) if draft.lemma in ("go", "come") else None
    if upright and not draft.places and not any(map(desk.cast.alive, draft.agents)):
        draft.row = desk.lookup.vocabulary.verb(upright) or draft.row
        return
    for row in desk.lookup.words.rows["senses"]:
        if draft.state and not (
            "moving" in row and draft.row is not None and draft.row.does == "rest"
        ):
            continue
        if draft.lemma in row["lemmas"] and _fits(desk, draft, row):
            draft.row = desk.lookup.vocabulary.verb(row["as"]) or draft.row
            draft.state = False
            return


def _fits(desk: Desk, draft: Draft, row: Mapping[str, Any]) -> bool:
    done_to = draft.patients
    if not _by_whom(desk, draft, row):
        return False
    if "down" in row and (draft.direction != "down" or any(p.way in _WAYS for p in draft.places)):
        return False
    at = tuple(p.thing for p in draft.places if p.way in _AT)
    if "at" in row and not _of(desk, at, "prop", row["at"]):
        return False
    if "moving" in row and not _moves(draft):
        return False
    if "into" in row and not any(place.way in row["into"] for place in draft.places):
        return False
    if "unled" in row and (draft.places or draft.height_m is not None):
        return False
    if "onto" in row and not _of(desk, done_to, "prop", row["onto"]):
        return False
    if "nouns" in row and not _of(desk, done_to, "noun", row["nouns"]):
        return False
    if "objects" in row and not any(i >= 0 for i in done_to):
        return False
    if "done_to_alive" in row and not any(map(desk.cast.alive, done_to)):
        return False
    if row.get("itself", False) != draft.itself:
        return False
    if done_to and ("floor" in row or "alone" in row or "bare" in row or "moving" in row):
        return False
    return "floor" not in row or _lands(draft)


def _by_whom(desk: Desk, draft: Draft, row: Mapping[str, Any]) -> bool:
    """Whether those who do it are of the row's kind."""
    agents, alive = draft.agents, desk.cast.alive
    fits = "props" not in row or _of(desk, agents, "prop", row["props"])
    fits = fits and ("nouns_of" not in row or _of(desk, agents, "noun", row["nouns_of"]))
    fits = fits and not ("not_props" in row and _of(desk, agents, "prop", row["not_props"]))
    fits = fits and ("alive" not in row or row["alive"] == any(map(alive, agents)))
    return fits and ("people" not in row or any(map(desk.cast.is_person, agents)))


def _moves(draft: Draft) -> bool:
    """Whether the words lead it anywhere: "thunders down the lane", "roars off"."""
    return draft.direction is not None or any(place.way in _WAYS for place in draft.places)


def _lands(draft: Draft) -> bool:
    down = any(
        p.thing == GROUND and p.way in _DOWN and p.part in ("", "floor") for p in draft.places
    )
    return down or draft.direction == "down"


def _of(desk: Desk, ids: tuple[int, ...], name: str, wanted: list[str]) -> bool:
    things = [desk.cast.entry(i).thing for i in ids if i >= 0]
    if name == "noun":
        return any(thing.noun in wanted for thing in things)
    return any(thing.row is not None and getattr(thing.row, name) in wanted for thing in things)
