"""Where a body is when it sets off. In: a frame, a route. Out: marks that the deed itself tells."""

from __future__ import annotations

from flow_nb.director.frame import Frame, Span
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.drafting import Drafting
from flow_nb.director.plotting.handling import RIDDEN
from flow_nb.director.plotting.marks import MUTUAL, Marks
from flow_nb.director.plotting.routes import Route
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb
from flow_nb.plan.plan import WORLD

RAMP = "ramp"
WORN = ("hat", "helmet", "crown", "glasses", "scarf", "shoe", "backpack")
HAND_M = 0.6
AT_WORK = (
    "handle",
    "hold",
    "point",
    "throw",
    "catch",
    "shake",
    "swing",
    "spin",
    "put down",
    "wave",
)
"""What somebody does where he is."""
SEATS = (
    "bench",
    "chair",
    "sofa",
    "bed",
    "stool",
    "swing",
    "rug",
    "log",
    "tree",
    "palm",
    "toilet",
    "horse",
    "mattress",
)
FALLS = ("fall", "drop", "bounce", "throw")
STARTS = {"fall": "above", "drop": "above", "swing": "hanging from", "push": "on", "collide": "on"}
GOES_OFF = ("roll", "slide", "push", "pull", "bounce", "collide", "fly", "knock over")
KEEPS = ("rest", "handle", "hold", "look", "open", "close")
UPRIGHT = (
    "wall",
    "door",
    "window",
    "gate",
    "house",
    "fence",
    "tree",
    "palm",
    "pine",
    "curtain",
    "flag",
)
"""What nobody stands on who comes from it."""
LINES = ("rope", "bow")
"""What things hang from."""
AT_EDGE = ("push", "knock over", "hit", "kick")


class Departures:
    """Places bodies that are about to move."""

    def __init__(self, cast: Cast, marks: Marks, drafting: Drafting) -> None:
        self._cast = cast
        self._marks = marks
        self._drafting = drafting

    def leave(self, frame: Frame, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """By itself: from what it leaves, what it stands on, or how high it is. Sets ``route.source``
        where that follows from where it stands."""
        cast, marks = self._cast, self._marks
        if verb != "rest":
            cast.loosen(name)
        if not cast.acts(name):
            self._source(frame, verb, name, route)
            moved = name in self._drafting.causes or name in self._drafting.hitters
            stays = verb == "rest" and bool(route.relation) and not marks.told(name)
            if moved and route.source is None and not stays:
                return
        elif self._drafting.went(name):
            return
        span = route.span if route.span != (0, 0) else frame.span
        falls = verb in FALLS
        if route.source is not None and cast.acts(name):
            self._comes_from(name, route)
        elif route.source is not None and not cast.acts(name):
            on_top = route.direction == "down" or verb in ("roll", "drive")
            relation = "on" if on_top else "edge of"
            relation = "hanging from" if cast.bodies[route.source].prop in LINES else relation
            self._from(name, "in" if self._held_in(route) else relation, route.source, span)
        elif route.relation and not (route.relation == "on" and route.anchor == WORLD and falls):
            marks.place(
                name, route.relation, route.anchor, span, other=route.other, height_m=frame.height_m
            )
            marks.spots(name, route.spots)
        elif frame.height_m is not None and (falls or row.starts == "above"):
            below = _below(verb, route)
            marks.place(name, "above", below, frame.span, height_m=frame.height_m)
        else:
            self._by_verb(row, verb, name, route)

    def _source(self, frame: Frame, verb: Verb, name: str, route: Route) -> None:
        table = self._marks.table_of(name)
        at_edge = self._marks.relation(name) == "edge of"
        leaves = verb in ("fall", "drop") or (verb in GOES_OFF and (at_edge or route.edge))
        before = self._drafting.causes.get(name)
        tips = verb == "fall" and before is not None and before.verb in ("spin", "rest")
        if table and any(table in self._cast.names(i) for i in (*frame.agents, *frame.patients)):
            return
        if route.source is None and table and leaves and not frame.height_m and not tips:
            route.source = table

    def _inside(self, route: Route) -> bool:
        """Whether it comes out of something that things are in."""
        return route.by == "out of" and self._cast.encloses(route.source)

    def _held_in(self, route: Route) -> bool:
        """Whether a thing comes out of something, and not off somebody."""
        return route.by == "out of" and not self._cast.acts(str(route.source))

    def _comes_from(self, name: str, route: Route) -> None:
        """Somebody jumps from a sofa or climbs out of a car: he begins there."""
        source = str(route.source)
        if self._cast.acts(source) and self._cast.bodies[source].prop not in RIDDEN:
            return
        if self._inside(route):
            self._marks.place(name, "in", source, route.span, sure=False)
        elif route.by == "off" and self._cast.bodies[source].prop not in UPRIGHT:
            self._marks.place(name, "on", source, route.span, sure=False)

    def _from(self, name: str, relation: str, source: str, span: Span) -> None:
        """On or at the edge of what it leaves; what stands there already moves to the edge."""
        marks = self._marks
        if self._cast.acts(source):
            relation = "worn by" if self._cast.bodies[name].prop in WORN else "held by"
        if marks.told(name):
            place = marks.placements[name]
            if place.relation in MUTUAL and place.anchor != source:
                marks.turn_round(name, relation, source, span)
                return
            if self._cast.bodies[source].prop == RAMP:
                return
            if relation == "edge of" and not self._drafting.went(name):
                marks.to_edge(name, source)
        else:
            marks.place(name, relation, source, span, sure=span != self._drafting.frame.span)

    def _by_verb(self, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """Where a thing is when nobody says."""
        if self._cast.acts(name) or self._cast.kind(name) == "vehicle" or verb == "rest":
            return
        relation = STARTS.get(verb, row.starts)
        if verb == "bounce":
            relation = "on" if route.meets and not route.lands else "above"
        if relation != "on":
            self._marks.default(
                name, relation, _below(verb, route) if relation == "above" else WORLD
            )

    def from_hand(self, frame: Frame, verb: Verb, name: str, agent: str, route: Route) -> None:
        """By somebody: what they take it from, what it stands on, how high they hold it."""
        struck = verb == "hit" and self._cast.bodies[name].prop in tables()["anchored"]["props"]
        if struck and not self._marks.told(name):
            self._cast.change(name, fixed=True)
        elif verb not in KEEPS:
            self._cast.loosen(name)
        if name in self._drafting.causes:
            return
        if route.source == agent:
            route.source = None
            self._marks.place(name, "held by", agent, frame.span, sure=False)
        elif route.source is not None:
            relation = "edge of" if verb in AT_EDGE else "on"
            relation = "in" if self._held_in(route) else relation
            self._from(name, relation, route.source, route.span)
        elif route.relation and route.anchor != agent:
            here = agent if self._works_at(verb, agent, route) else name
            self._marks.place(here, route.relation, route.anchor, route.span, other=route.other)
            self._marks.spots(here, route.spots)
        elif frame.height_m is not None and verb == "drop":
            below = _below(verb, route)
            self._marks.place(name, "above", below, frame.span, height_m=frame.height_m)

    def _works_at(self, verb: Verb, agent: str, route: Route) -> bool:
        """Whether who does it is there, and not what it is done to: reads on a sofa, eats under a tree."""
        cast = self._cast
        if verb not in AT_WORK or not cast.acts(agent):
            return False
        if (
            route.relation in MUTUAL
            or route.anchor == WORLD
            or route.relation in ("under", "above")
        ):
            return True
        bears = cast.bodies[route.anchor].prop in SEATS or cast.encloses(route.anchor)
        return bears or cast.size_m(agent) < HAND_M


def _below(verb: str, route: Route) -> str:
    """What it is let go above; what is thrown comes down elsewhere."""
    return route.target if route.lands and route.target and verb != "throw" else WORLD
