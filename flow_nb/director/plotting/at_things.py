"""Things behind a preposition that the verb is done to. In: a frame. Out: the frame with them as its objects.

"Tugs on a rope", "races in a car", "a knife slices through a tomato".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flow_nb.director.frame import Frame, Place
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.plan import WORLD

HAND_M = 1.0
"""What is larger nobody has in his hands."""
_AT = ("pull", "push", "shake", "squash", "stretch")
_RIDING = ("drive", "run", "slide")
_RIDDEN = ("race", "speed", "drive", "ride", "cruise", "zoom", "roll along", "whizz", "whiz", "zip", "drift",
           "coast", "glide", "fly", "surf", "skate", "roll", "sail", "slide")  # fmt: skip


def at_thing(frame: Frame, row: VerbRow, before: Sequence[Frame], cast: Cast) -> Frame | None:
    """What somebody works at, rides in, or drinks from; None where none stands there."""
    if frame.patients:
        return None
    if (at := _worked_at(row, frame, cast)) is not None:
        kept = tuple(place for place in frame.places if place is not at)
        return replace(frame, patients=(at.thing,), places=kept)
    if row.does in _RIDING and (ridden := _ridden(frame, before, cast)) is not None:
        return replace(frame, patients=(ridden,), row=replace(row, does="drive", done="drive"))
    if (vessel := _used(row, frame, cast)) is not None:
        rest = tuple(place for place in frame.places if place.thing != vessel)
        return replace(frame, patients=(vessel,), places=rest, row=replace(row, done="handle"))
    return None


def _worked_at(row: VerbRow, frame: Frame, cast: Cast) -> Place | None:
    """ "tugs on a rope", "pushes against the door": it is done to what stands there."""
    for place in frame.places if row.does is None and row.done in _AT else ():
        names = cast.names(place.thing)
        if place.way in ("on", "at", "against") and names and names[0] != WORLD:
            return place
    return None


def _used(row: VerbRow, frame: Frame, cast: Cast) -> int | None:
    """ "drinks from a bottle", "eats out of a bowl": what one does it with."""
    for place in frame.places if row.does == "handle" else ():
        names = cast.names(place.thing)
        solid = bool(names) and names[0] != WORLD and not cast.goes(names[0])
        if place.way in ("out of", "off") and solid and cast.size_m(names[0]) < HAND_M:
            return place.thing
    return None


def _ridden(frame: Frame, before: Sequence[Frame], cast: Cast) -> int | None:
    """ "races in a car", "stands on a surfboard, riding": what takes whoever goes."""
    if frame.lemma not in _RIDDEN:
        return None
    here = list(frame.places)
    for other in before:
        if set(other.agents) & set(frame.agents):
            here += [place for place in other.places if other.state or _poses(other)]
    for place in here:
        names = cast.names(place.thing)
        takes = names and names[0] != WORLD and (
            cast.kind(names[0]) == "vehicle" or cast.bodies[names[0]].prop in _BOARDS
        )  # fmt: skip
        if takes and place.way in ("in", "on"):
            return place.thing
    return None


_BOARDS = ("skateboard", "sled", "surfboard", "snowboard", "skis", "cart")


def _poses(frame: Frame) -> bool:
    return frame.row is not None and frame.row.does in ("stand", "sit", "crouch", "lie")


def cuts_through(frame: Frame, row: VerbRow, cast: Cast) -> Frame:
    """ "a knife slices through a tomato": it slices it."""
    if frame.patients or row.done != "handle" or frame.lemma not in tables()["tools"]:
        return frame
    for place in frame.places:
        names = cast.names(place.thing)
        if place.way in ("through", "into") and names and names[0] != WORLD:
            kept = tuple(other for other in frame.places if other is not place)
            return replace(frame, patients=(place.thing,), places=kept)
    return frame
