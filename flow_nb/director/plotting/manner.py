"""Classes of deeds. In: verbs, a frame. Out: which of them end somewhere, need hands, or only tell how things stand."""

from __future__ import annotations

from flow_nb.director.frame import Frame

POSES = ("sit", "stand", "lie", "crouch", "rest", "hold", "float")
"""What is done where somebody is already: "sits on the chair" tells where he is."""
PASSES = ("roll", "slide", "bounce", "fall", "fly", "swing", "drive", "float", "collide")
SETTLES = ("sit", "lie", "stand", "climb", "walk", "run", "crawl", "swim", "jump")
TO_THINGS = (
    "fall", "drop", "shatter", "explode", "roll", "open", "close", "knock over", "bounce", "slide", "lift",
    "stretch", "squash", "pour", "shake", "spin", "splash", "rise", "push", "pull",
)  # fmt: skip
"""What is done to the object of a clause, and not by its subject, when that object has no shape."""
UNSEEN = ("pick up", "put down", "carry")
"""What an unseen hand does where somebody is bidden to."""
HOW = {
    "walk": "to",
    "run": "to",
    "collide": "against",
    "hit": "against",
    "climb": "onto",
    "sit": "on",
}
"""How somebody gets to what he goes to."""
SMASHES = ("smash", "splat", "crash", "slam", "splatter", "dash")
"""What "into" a thing tells that it is met; a wall that crumbles into blocks meets none."""
HANDS = ("hand", "finger", "fingers", "arm", "fist", "thumb", "paw", "foot")


def happens(frame: Frame) -> bool:
    """ "is gently placed on the water": an event, and no way of standing there."""
    into = any(place.way in ("into", "onto") for place in frame.places)
    return bool(frame.manners or frame.pace or into)
