"""Where something comes from, passes and goes. In: a frame's places. Out: a `Route` for one body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from flow_nb.director.frame import GROUND, Frame, Place, Span
from flow_nb.director.plotting.attaching import STILL
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Direction, Leg, Way
from flow_nb.plan.bodies import Relation
from flow_nb.plan.plan import WORLD

MAX_LEGS = 4
IN_PLACE = (
    "flutter", "spin", "shake", "dance", "wave", "gesture", "handle", "open", "close", "stretch",
    "squash", "explode", "knock over", "hold", "sit", "stand", "lie", "crouch", "rest",
)  # fmt: skip
"""What goes nowhere: beside what it is done is where it is."""
WAYS: frozenset[str] = frozenset(get_args(Way))
RELATIONS: frozenset[str] = frozenset(get_args(Relation))
SPRINGY = ("trampoline",)
"""What one jumps on again and again."""
SOURCES = ("off", "out of", "away from")
PATHS = ("over", "under", "through", "around", "along", "across", "past", "between", "up", "down")
STARTS = ("edge of", "hanging from", "held by", "worn by")
STANDING = {
    "at": "beside", "to": "beside", "toward": "beside", "along": "on", "across": "on", "onto": "on",
    "into": "in", "against": "against", "over": "above", "with": "beside", "past": "beside",
    "through": "in", "off": "beside", "out of": "beside", "away from": "beside", "down": "on", "up": "on",
}  # fmt: skip
"""Where something stands of which a way is told that only goers need."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something begins, beside the first that is told."""

    relation: str
    anchor: str
    other: str | None
    span: Span


@dataclass(slots=True)
class Route:
    """``source`` is left ``by`` a way, ``legs`` are passed, ``target`` is where it ends, ``how`` it gets there.

    ``relation`` to ``anchor`` is where it begins, where the text says so; ``lands`` that it comes
    down on the target; ``companion`` is who goes along, the first of its ``company``.
    """

    source: str | None = None
    edge: bool = False
    target: str | None = None
    how: Way | None = None
    lands: bool = False
    legs: list[Leg] = field(default_factory=list)
    by: str = ""
    spots: list[Spot] = field(default_factory=list)
    relation: str = ""
    anchor: str = WORLD
    other: str | None = None
    direction: Direction | None = None
    companion: str | None = None
    company: tuple[str, ...] = ()
    span: Span = (0, 0)

    @property
    def meets(self) -> str | None:
        """The target, if it is a body."""
        return self.target if self.target != WORLD else None


def route_of(frame: Frame, cast: Cast, name: str, *, goes: bool = True) -> Route:
    """The way of one body in a frame; a body is no place for itself."""
    route = Route(direction=frame.direction)
    for place in frame.places:
        anchor = next((n for n in cast.names(place.thing) if n != name), None)
        if anchor is not None:
            _read(route, frame, place, anchor, cast, goes=goes)
    return route


def _read(route: Route, frame: Frame, place: Place, anchor: str, cast: Cast, *, goes: bool) -> None:
    way, row = place.way, frame.row
    at_edge = place.part == "edge"
    falls_off = way in SOURCES or (way == "over" and at_edge)
    lands = row is None or row.lands
    bounces_off = (
        row is not None and "bounce" in (row.does, row.done) and way in SOURCES and anchor != WORLD
    )
    if place.part in ("ceiling",) and way in ("on", "off", "hanging from"):
        route.relation, route.anchor, route.span = "hanging from", anchor, place.span
    elif falls_off and not bounces_off and goes:
        route.source = anchor if anchor != WORLD else route.source
        route.edge, route.span = place.part == "edge" or way != "out of", place.span
        route.by = way
    elif bounces_off:
        _aim(route, anchor, "against", place, lands=False)
    elif way == "on" and anchor != WORLD and _works_on(frame, anchor, cast):
        _aim(route, anchor, "at", place, lands=False)
    elif place.begins or way in STARTS or not goes or (way in STILL and _stays(frame, place)):
        _stand(route, place, anchor, cast)
    elif way in PATHS:
        _pass(route, place, anchor, cast, row.done if row is not None and frame.patients else None)
    elif way == "with" and anchor != WORLD:
        route.companion = anchor
        route.company = tuple(n for n in cast.names(place.thing) if n in cast.bodies)
    elif way == "on" and anchor != WORLD and cast.bodies[anchor].prop in SPRINGY:
        _stand(route, place, anchor, cast)
        _aim(route, anchor, way, place, lands=lands)
    elif way == "on" and anchor != WORLD and _blow(frame, cast):
        _aim(route, anchor, "against", place, lands=False)
    elif way in ("on", "in", "above") and (not lands or (way == "in" and _within(row))):
        _stand(route, place, anchor, cast)
        if way == "above" and not (frame.row and frame.row.does == "swing"):
            _aim(route, anchor, "above", place, lands=False)
    else:
        _aim(route, anchor, way, place, lands=way in ("on", "onto", "in", "into"))


def _within(row: VerbRow | None) -> bool:
    """ "swims in a bowl": it is in there all the time."""
    return row is not None and row.does in ("swim", "float", "dance", "spin", "drive")


_HANDED = ("carry", "throw", "hit", "kick", "catch", "handle", "hold", "point")


def _works_on(frame: Frame, anchor: str, cast: Cast) -> bool:
    """ "writes on the board", "drums on a bucket": he is not on it."""
    row = frame.row
    does = row.does if row is not None and not frame.patients else None
    if does not in ("handle", "gesture", "hit", "shake") or cast.encloses(anchor):
        return False
    living = any(cast.acts(name) for thing in frame.agents for name in cast.names(thing))
    flat = cast.bodies[anchor].prop in (
        "picture",
        "window",
        "door",
        "wall",
        "mirror",
        "table",
        "desk",
    )
    return living and (flat or cast.size_m(anchor) < _SMALL_M)


_SMALL_M = 0.6


def _blow(frame: Frame, cast: Cast) -> bool:
    """ "knocks on the door", "bangs his hammer on the desk"."""
    row = frame.row
    if not any(cast.acts(name) for thing in frame.agents for name in cast.names(thing)):
        return False
    return row is not None and (row.done if frame.patients else row.does) in ("hit", "collide")


def _stays(frame: Frame, place: Place) -> bool:
    """Whether nobody and nothing goes anywhere in it, or the place only sets the scene."""
    if 0 < place.span[1] <= frame.span[0]:
        return True
    row = frame.row
    verb = None if row is None else (row.done if frame.patients else row.does)
    return verb in IN_PLACE and not frame.lemma.endswith((" down", " up"))


def _aim(route: Route, anchor: str, way: str, place: Place, *, lands: bool) -> None:
    if route.target is None:
        route.target, route.lands, route.span = anchor, lands, place.span
        route.how = way if way in WAYS else "beside"  # type: ignore[assignment]


def _stand(route: Route, place: Place, anchor: str, cast: Cast) -> None:
    """The first place that is told counts; the set is no place apart from its floor."""
    way = "edge of" if place.part == "edge" and place.way in ("on", "at", "edge of") else place.way
    relation, other = way if way in RELATIONS else STANDING.get(way, "beside"), None
    if place.other is not None and place.other != GROUND:
        other = next(iter(cast.names(place.other)), None)
    elif way == "between" and len(cast.names(place.thing)) > 1:
        other = cast.names(place.thing)[1]
    hangs = route.relation in ("hanging from", "above")
    if route.relation and (hangs or route.anchor != WORLD or anchor == WORLD):
        if anchor != WORLD:
            route.spots.append(Spot(relation, anchor, other, place.span))
        return
    route.relation, route.other = relation, other
    route.anchor, route.span = anchor, place.span


def _pass(route: Route, place: Place, anchor: str, cast: Cast, row_done: str | None) -> None:
    """A piece of the path; a slope is left or climbed, and a table that is crossed is stood on."""
    way = place.way
    if anchor != WORLD and way == "down" and cast.bodies[anchor].prop == "ramp":
        route.source, route.direction, route.span = anchor, "down", place.span
    elif anchor != WORLD and way == "up" and cast.bodies[anchor].prop == "ramp":
        _aim(route, anchor, "up", place, lands=False)
        route.direction = "up"
    elif len(route.legs) < MAX_LEGS:
        route.legs.append(Leg(way=way, body=anchor))
        route.span = route.span if route.span != (0, 0) else place.span
    handed = row_done in _HANDED
    if way in ("across", "along") and anchor != WORLD and cast.is_furniture(anchor) and not handed:
        _stand(route, Place(way="on", thing=place.thing, span=place.span), anchor, cast)
