"""What is only so. In: frames without an event ("a cup stands on the table"). Out: marks, and poses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flow_nb.director.frame import Frame, Span
from flow_nb.director.plotting.attaching import Attached
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.marks import MUTUAL, Marks
from flow_nb.director.plotting.routes import RELATIONS, Route, route_of
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb, Way
from flow_nb.plan.plan import WORLD

COPULA = "be"
HANGS = ("hang", "dangle", "suspend", "swing", "sway")
WORN = ("hat", "helmet", "crown", "glasses", "scarf", "shoe", "backpack")
WORN_M = 0.5
"""What is smaller than this nobody is in: a hat, and no bathtub."""
HAND_M = 0.5
"""What is smaller than this stands on furniture, and not beside it."""
HEAVED_M = 2.5
"""What is larger than this nobody holds up either."""
SMALL_M = 1.3
"""What is larger than this nobody holds in his hands."""


@dataclass(frozen=True, slots=True)
class Pose:
    """What somebody does by being so: sits at a table, holds a cup."""

    verb: Verb
    body: str
    agent: str | None = None
    target: str | None = None
    how: Way | None = None


class States:
    """Places bodies; hands back the poses that belong to a state."""

    def __init__(self, cast: Cast, marks: Marks, gaps: Gaps) -> None:
        self._cast = cast
        self._marks = marks
        self._gaps = gaps

    def stand(
        self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]
    ) -> Iterator[Pose]:
        """One frame of state: everything gets its place, and those who act their pose."""
        if not agents and not patients:
            if frame.lemma != COPULA:
                self._gaps.say(frame.span, "nothing on this stage does this")
            return
        if agents and patients and frame.lemma != COPULA:
            yield from self._with_object(frame, row, agents, patients)
            return
        for name in agents or patients:
            route = route_of(frame, self._cast, name, goes=False)
            self._place(frame, row, name, route)
            verb = row.does or row.done
            if verb is None and frame.lemma != COPULA and not route.relation:
                self._gaps.say(frame.span, "nothing on this stage does this")
            if frame.lemma != COPULA and verb is not None:
                acts = self._cast.acts(name)
                anchor = route.anchor if route.relation and route.anchor != WORLD else None
                pose = verb if acts or verb in ("float", "fly", "flutter", "swing") else "rest"
                target = anchor if acts else None
                yield Pose(pose, name, target=target, how=way_at(route.relation))

    def of_places(self, placed: Sequence[Attached]) -> None:
        """What a place itself is at: the bear on the rug."""
        for one in placed:
            anchor = next(iter(self._cast.names(one.place.thing)))
            way = one.place.way
            if one.place.part == "edge" and way == "on":
                way = "edge of"
            other = one.place.other
            between = next(iter(self._cast.names(other)), None) if other is not None else None
            for name in self._cast.names(one.thing):
                if name != anchor:
                    self._marks.place(
                        name, way, anchor, one.place.span, other=between, sure=one.sure
                    )

    def _with_object(
        self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]
    ) -> Iterator[Pose]:
        """Wears a hat, holds a cup, contains three apples, faces the door."""
        agent, particles = agents[0], tables()["particles"]
        for i, name in enumerate(patients):
            holder = agents[i % len(agents)]
            relation = self._relation(frame, row, holder, name)
            if relation and name != holder and frame.lemma.rpartition(" ")[2] in particles:
                self._stands(frame, row, holder, relation, name)
            elif relation and name != holder:
                self._marks.place(name, relation, holder, frame.span)
            elif row.does and self._cast.acts(holder):
                yield Pose(row.does, holder, target=name, how="at")
        for name in agents:
            route = route_of(frame, self._cast, name, goes=False)
            if route.relation:
                self._place(frame, row, name, route)
        if self._cast.acts(agent) and "hold" in (row.does, row.done):
            yield from (Pose("hold", name, agent=agent) for name in patients if self._held(name))

    def _stands(self, frame: Frame, row: VerbRow, name: str, relation: str, anchor: str) -> None:
        """ "Hangs above the table": the preposition is part of the verb."""
        if row.starts == "hanging from":
            self._marks.place(name, "hanging from", WORLD, frame.span)
        self._marks.place(name, relation, anchor, frame.span)

    def _held(self, name: str) -> bool:
        told = self._marks.relation(name) == "held by"
        return told or self._cast.size_m(name) <= HEAVED_M

    def _relation(self, frame: Frame, row: VerbRow, holder: str, name: str) -> str:
        told = tables()["states"].get(frame.lemma) or tables()["states"].get(row.lemma) or ""
        if not told and row.does in ("rest", "stand", "sit", "lie"):
            told = tables()["particles"].get(frame.lemma.rpartition(" ")[2], "")
        if told == "held by" and self._cast.kind_of(holder) == "cord":
            return "hanging from"
        if told in ("held by", "worn by") and not self._cast.acts(holder):
            upon = told == "worn by" or (frame.lemma == "hold" and not self._cast.encloses(holder))
            return "on" if upon or self._cast.is_furniture(holder) else "in"
        if told == "held by" and self._cast.size_m(name) > SMALL_M:
            return "beside"
        return str(told)

    def _place(self, frame: Frame, row: VerbRow, name: str, route: Route) -> None:
        span = route.span if route.span != (0, 0) else frame.span
        relation, anchor = route.relation, route.anchor
        if self._dressed(name, relation, anchor, span) or self._bears(name, relation, anchor, span):
            return
        if row.starts == "hanging from" or (relation == "above" and frame.lemma in HANGS):
            under = relation in ("above", *MUTUAL)
            hook = WORLD if under else anchor
            self._marks.place(name, "hanging from", hook, span, height_m=frame.height_m)
            if under:
                self._marks.place(name, relation, anchor, span, other=route.other)
            self._marks.spots(name, route.spots)
        elif relation:
            self._marks.place(
                name, relation, anchor, span, other=route.other, height_m=frame.height_m
            )
            self._marks.spots(name, route.spots)
        elif frame.height_m is not None:
            self._marks.place(name, "above", WORLD, span, height_m=frame.height_m)
        elif frame.lemma != COPULA and row.starts != "on":
            self._marks.default(name, row.starts)

    def _bears(self, name: str, relation: str, anchor: str, span: Span) -> bool:
        """A desk "beside a candle": the candle is on it."""
        if relation not in MUTUAL or anchor == WORLD or not self._cast.is_furniture(name):
            return False
        small = self._cast.size_m(anchor) < HAND_M and not self._cast.goes(anchor)
        if not small or self._cast.is_furniture(anchor):
            return False
        self._marks.place(anchor, "on", name, span, sure=False)
        return True

    def _dressed(self, name: str, relation: str, anchor: str, span: Span) -> bool:
        """ "A man in a red hat", "a girl with a cup": it is he who wears it, and she who holds it."""
        here = self._cast.bodies
        if anchor == WORLD or self._cast.acts(anchor):
            return False
        if not self._cast.acts(name) or relation not in ("in", "beside"):
            return False
        thing = here[anchor]
        vessel = thing.prop in tables()["vessels"]["props"]
        small = self._cast.size_m(anchor) < WORN_M and self._cast.kind(name) == "person"
        if relation == "in" and (thing.prop in WORN or (small and not vessel)):
            self._marks.place(anchor, "worn by", name, span)
            return True
        return False


def way_at(relation: str) -> Way | None:
    """The plan's preposition for a pose at an anchor."""
    ways: dict[str, Way] = {
        "edge of": "on",
        "left of": "beside",
        "right of": "beside",
        "hanging from": "on",
    }
    if relation in ways:
        return ways[relation]
    return relation if relation in RELATIONS and relation in _WAYS else None  # type: ignore[return-value]


_WAYS = (
    "on",
    "in",
    "under",
    "beside",
    "against",
    "above",
    "behind",
    "in front of",
    "between",
    "around",
)
