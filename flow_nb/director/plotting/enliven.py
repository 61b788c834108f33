"""Toys and unheard-of creatures that act. In: frames, the cast. Out: a cast in which they do so by their own will."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.plan import WORLD

ALONE = (
    "walk",
    "run",
    "jump",
    "crawl",
    "climb",
    "dance",
    "look",
    "point",
    "reach",
    "gesture",
    "wave",
    "swim",
    "handle",
)
TO_THINGS = ("pick up", "put down", "carry", "catch", "kick", "throw", "handle", "hit", "hold")


def enliven(frames: Sequence[Frame], cast: Cast) -> None:
    """What only somebody does makes somebody of a toy, and of a noun that nobody knows."""
    for frame in frames:
        row = frame.row
        if row is None or frame.passive or frame.negated:
            continue
        willed = row.done in TO_THINGS if frame.patients else row.does in ALONE
        for thing in frame.agents if willed else ():
            for name in cast.names(thing):
                if name != WORLD and thing < len(cast.things) and _may(cast, thing, name):
                    cast.wake(name)


def _may(cast: Cast, thing: int, name: str) -> bool:
    return cast.things[thing].row is None or cast.bodies[name].prop in tables()["toys"]["props"]
