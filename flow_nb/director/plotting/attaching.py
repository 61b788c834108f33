"""What a place itself is at. In: a frame, its text. Out: the frame without such places, and whose they are.

"A baby crawls toward a teddy bear on the rug": it is the bear that is on the rug.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from flow_nb.director.frame import Frame, Place
from flow_nb.director.plotting.cast import Cast
from flow_nb.plan.plan import WORLD

SIDES = (
    "under", "above", "beside", "behind", "in front of", "left of", "right of", "between", "against", "around",
)  # fmt: skip
STILL = ("on", "in", *SIDES)
"""Ways that tell where something is, whether or not anything goes there."""
_LEFT = ("off", "out of", "away from")


@dataclass(frozen=True, slots=True)
class Attached:
    """A place of a thing that itself is only named as a place. ``sure``: of nothing else."""

    thing: int
    place: Place
    sure: bool


def attached(frame: Frame, cast: Cast, text: str) -> tuple[Frame, list[Attached]]:
    """Places that follow another place's noun at once belong to that noun.

    Of a frame of state the place stays the subject's too: what stands beside a candle on a table is on
    the table as well.
    """
    found, kept = [], list(frame.places)
    for before, place in pairwise(frame.places):
        if place.way not in STILL or not _next(before, place, text):
            continue
        if not (_body(before, cast) and _body(place, cast)) or before.thing == place.thing:
            continue
        aside = place.way in SIDES
        if (before.way in _LEFT or before.way == "hanging from") and not aside:
            continue
        if aside and cast.kind_of(cast.names(before.thing)[0]) == "cord":
            continue
        both = (frame.state or _rests(frame)) and not (aside and _large(before, place, cast))
        if both and aside:
            continue
        found.append(Attached(before.thing, place, sure=not both))
        if not (both and before.way in SIDES):
            kept.remove(place)
    return (replace(frame, places=tuple(kept)) if found else frame), found


def _rests(frame: Frame) -> bool:
    return frame.row is not None and frame.row.does in ("rest", "stand", "sit", "lie", "float")


def _next(before: Place, place: Place, text: str) -> bool:
    return before.span[1] <= place.span[0] and not text[before.span[1] : place.span[0]].strip()


def _body(place: Place, cast: Cast) -> bool:
    return cast.names(place.thing) not in ((), (WORLD,))


def _large(before: Place, place: Place, cast: Cast) -> bool:
    """A table beside a sofa, and not what is on the table."""
    return all(cast.is_furniture(cast.names(one.thing)[0]) for one in (before, place))
