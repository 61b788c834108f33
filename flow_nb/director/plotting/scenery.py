"""What is only a place. In: a reading. Out: things of the text that the set itself shows, and the set they tell.

The roof of a skyscraper is where a helicopter stands; the tower below it would fill the stage. A clock
falls off the wall: that wall is the room's.
"""

from __future__ import annotations

from flow_nb.director.frame import Frame, Place, Reading
from flow_nb.director.plotting.tables import tables


def scenery_of(reading: Reading) -> dict[int, str]:
    """The indices of such things, each with the set that it tells of ("" for none)."""
    told = tables()["scenery"]
    found: dict[int, str] = {}
    for frame in reading.frames:
        for place in frame.places:
            if place.thing >= 0 and (where := _is_place(reading, frame, place)) is not None:
                found.setdefault(place.thing, where)
        if frame.state and frame.lemma == "have":
            for agent in frame.agents:
                row = reading.things[agent].row if agent >= 0 else None
                if row is not None and row.prop in told["whole"]["props"]:
                    found.setdefault(agent, "")
    for frame in reading.frames:
        acted = {*frame.patients, *frame.instruments, *frame.recipients, *frame.agents}
        if not (frame.state and frame.lemma == "have"):
            for thing in acted:
                found.pop(thing, None)
    return found


def _is_place(reading: Reading, frame: Frame, place: Place) -> str | None:
    told = tables()["scenery"]
    thing = reading.things[place.thing]
    row = thing.row
    if row is None or thing.count != 1:
        return None
    if row.prop in told["whole"]["props"] and place.part == "top":
        return "rooftop"
    if thing.noun in told["high"]["nouns"] and place.way == "off" and _falls(frame):
        return ""
    if thing.noun in told["walls"]["nouns"] and place.way in ("off", "on") and not thing.material:
        hung = [reading.things[i].row for i in frame.agents if i >= 0]
        if any(one is not None and one.prop in told["walls"]["hung"] for one in hung):
            return ""
    return None


def _falls(frame: Frame) -> bool:
    return frame.row is not None and frame.row.does in ("fall", "float", "fly", "flutter")
