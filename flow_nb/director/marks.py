"""Where everything stands when the shot begins. In: words about places. Out: one `Placement` a body."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flow_nb.director.cast import Cast
from flow_nb.director.events import Event
from flow_nb.director.tokens import Token, origin_of
from flow_nb.director.ways import Way
from flow_nb.errors import PlanError
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import WORLD, Placement

HEIGHT_M, HANGING_M = 1.0, 0.5
MAX_HEIGHT_M = 50.0
INFERRED = 0.7

_NEEDS_A_BODY = ("in", "edge of", "beside", "against", "under")
_HEIGHTS_M = {"above": HEIGHT_M, "hanging from": HANGING_M}


class Marks:
    """Collects placements; a literal place is kept before a default one."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text = text
        self._cast = cast
        self._defaults: set[str] = set()
        self.placements: dict[str, Placement] = {}

    def hangs(self, name: str) -> bool:
        """Whether a body hangs."""
        place = self.placements.get(name)
        return place is not None and place.relation == "hanging from"

    def table_of(self, name: str) -> str | None:
        """The body that another stands on or in, if it is not the floor."""
        place = self.placements.get(name)
        if place is None or place.anchor == WORLD or place.relation not in ("on", "edge of", "in"):
            return None
        return place.anchor

    def at_edge(self, name: str) -> bool:
        """Whether a body stands at an edge."""
        return name in self.placements and self.placements[name].relation == "edge of"

    def start(self, event: Event, verb: str, name: str, way: Way) -> None:
        """The place of a body that is about to move."""
        words = way.words or event.words
        falls = verb in ("fall", "drop", "bounce", "throw")
        if way.source is not None:
            relation = "on" if way.direction == "down" or verb == "roll" else "edge of"
            self.place(name, relation, way.source, event, words, sure=bool(way.words))
        elif way.relation and not (way.relation == "on" and way.anchor == WORLD and falls):
            self.place(name, way.relation, way.anchor, event, words, sure=way.sure)
        elif event.height is not None and falls:
            self.place(name, "above", _below(verb, way), event, event.words)
        elif name not in self.placements:
            self._start_by_verb(event, verb, name, way)

    def _start_by_verb(self, event: Event, verb: str, name: str, way: Way) -> None:
        starts = {"fall": "above", "drop": "above", "swing": "hanging from"}.get(verb)
        starts = starts or ("on" if verb in ("push", "collide") else event.verb.starts)
        if verb == "bounce" and way.meets and not way.lands:
            starts = "on"
        self.place_default(name, starts, _below(verb, way) if starts == "above" else WORLD)

    def place(
        self,
        name: str,
        relation: str,
        anchor: str,
        event: Event,
        words: tuple[Token, ...],
        *,
        sure: bool = True,
    ) -> None:
        """A place that the text names, or (not ``sure``) that follows from it."""
        if anchor == WORLD and relation in _NEEDS_A_BODY:
            relation = "on"
        height_m = round(event.height.value, 4) if event.height else _HEIGHTS_M.get(relation)
        if height_m is not None and height_m > MAX_HEIGHT_M:
            raise PlanError(
                f"a height of {height_m:g} m is more than {MAX_HEIGHT_M:g} m.",
                fix='Write a smaller one, as in "from 2 metres".',
            )
        confidence = 1.0 if sure else INFERRED
        origin = origin_of(self._text, words, "literal" if sure else "inferred", confidence)
        self._defaults.discard(name)
        self._put(name, relation, anchor, height_m if relation in _HEIGHTS_M else None, origin)

    def place_default(self, name: str, relation: str, anchor: str = WORLD) -> None:
        """Nobody said where."""
        self._defaults.add(name)
        self._put(name, relation, anchor, _HEIGHTS_M.get(relation), DEFAULT)

    def place_if_new(self, name: str) -> None:
        """On the floor, where nothing else was said."""
        if name not in self.placements:
            self.place_default(name, "on")

    def follow(self, name: str, other: str) -> None:
        """What goes at something on a table starts on that table, unless the text says otherwise."""
        table, mine = self.table_of(other), self.placements[name]
        shared = table is not None and table != name and self._cast.is_furniture(table)
        if shared and name in self._defaults and mine.relation == "on":
            origin = self.placements[other].origin
            self._put(name, "on", str(table), None, _inferred(origin))

    def arrange(self, arrangement: str, names: tuple[str, ...]) -> None:
        """A row stands side by side, a stack on one another; the first keeps its place."""
        for before, name in pairwise(names):
            relation = "on" if arrangement == "stack" else "beside"
            self._put(name, relation, before, None, self._cast.bodies[name].origin)

    def _put(
        self, name: str, relation: Any, anchor: str, height_m: float | None, origin: Origin
    ) -> None:
        anchor = WORLD if self._rests_on(anchor, name) else anchor
        self.placements[name] = Placement(
            body=name, relation=relation, anchor=anchor, height_m=height_m, origin=origin
        )

    def _rests_on(self, name: str, other: str) -> bool:
        """Whether a thing stands, through others, on another: then that cannot stand on it."""
        for _ in range(len(self.placements) + 1):
            if name == other:
                return True
            place = self.placements.get(name)
            if place is None or place.anchor == WORLD:
                return False
            name = place.anchor
        return True


def _below(verb: str, way: Way) -> str:
    """What is thrown comes down elsewhere."""
    return WORLD if verb == "throw" else way.below


def _inferred(origin: Origin) -> Origin:
    return origin.model_copy(update={"provenance": "inferred", "confidence": INFERRED})
