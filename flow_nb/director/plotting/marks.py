"""Where everything stands when the shot begins. In: words about places. Out: one `Placement` a body, or two."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from flow_nb.director.frame import Span
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.routes import RELATIONS, Spot
from flow_nb.errors import PlanError
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import WORLD, Placement

MAX_HEIGHT_M, SMALL_M = 50.0, 0.6
INFERRED, ROOMY_M = 0.7, 0.8
"""In what is smaller than ``ROOMY_M``, what something stands beside is not as well."""
HEIGHTS_M = {"above": 1.0, "hanging from": 0.5}
SUPPORTS = ("on", "edge of", "in", "under", "hanging from", "held by", "worn by")
MUTUAL = ("behind", "in front of", "left of", "right of", "beside", "against", "around", "between")
MIRRORED = {
    "left of": "right of", "right of": "left of", "behind": "in front of", "in front of": "behind",
    "between": "beside",
}  # fmt: skip
_NEEDS_A_BODY = ("in", "edge of", "held by", "worn by", *MUTUAL)
_UPRIGHT = ("on", "in", "under", "above", "edge of", "hanging from")
"""Nothing stands in two of these ways at one thing: on it and under it."""
_ON_TABLES = ("on", "edge of", "in")


class Marks:
    """Collects placements; a place that the text names is kept before one that follows."""

    def __init__(self, cast: Cast, gaps: Gaps) -> None:
        self._cast = cast
        self._gaps = gaps
        self._sure: set[str] = set()
        self.placements: dict[str, Placement] = {}
        self.also: dict[str, Placement] = {}
        """A second place of a body: on the table, and beside the vase."""

    def relation(self, name: str) -> str:
        """How a body stands; empty while nobody said."""
        place = self.placements.get(name)
        return place.relation if place else ""

    def told(self, name: str) -> bool:
        """Whether the text itself says where a body stands."""
        return name in self._sure

    def table_of(self, name: str) -> str | None:
        """The body that another stands on or in, if it is not the floor."""
        place = self.placements.get(name)
        on_it = place is not None and place.anchor != WORLD and place.relation in _ON_TABLES
        return place.anchor if place is not None and on_it else None

    def height_m(self, name: str) -> float | None:
        """How high a body hangs or floats, if that is told or usual."""
        place = self.placements.get(name)
        return place.height_m if place else None

    def bearer(self, name: str, moving: Container[str]) -> str | None:
        """Who of those that move goes with it: the tray that somebody carries has glasses on it."""
        here, seen = name, {name}
        while (place := self.placements.get(here)) is not None and place.anchor not in seen:
            here = place.anchor
            seen.add(here)
            if here in moving:
                return here
        return None

    def place(
        self,
        name: str,
        relation: str,
        anchor: str,
        span: Span,
        *,
        other: str | None = None,
        height_m: float | None = None,
        sure: bool = True,
    ) -> None:
        """A place that the text names, or (not ``sure``) that follows from it.

        Raises:
            PlanError: it is higher than a stage.
        """
        if name in self._sure:
            if sure:
                self._second(name, relation, anchor, span, other=other, height_m=height_m)
            return
        if height_m is not None and height_m > MAX_HEIGHT_M:
            raise PlanError(
                f"a height of {height_m:g} m is more than {MAX_HEIGHT_M:g} m.",
                fix='Write a smaller one, as in "from 2 metres".',
            )
        origin = self._gaps.origin(span, inferred=not sure, confidence=1.0 if sure else INFERRED)
        if sure:
            self._sure.add(name)
        self._put(name, relation, anchor, origin, height_m=height_m, other=other)

    def spots(self, name: str, spots: Sequence[Spot]) -> None:
        """All other places that a route tells of one body."""
        for spot in spots:
            self.place(name, spot.relation, spot.anchor, spot.span, other=spot.other)

    def _second(
        self,
        name: str,
        relation: str,
        anchor: str,
        span: Span,
        *,
        other: str | None,
        height_m: float | None,
    ) -> None:
        """A second place for the same body: "on the table beside the vase". What it stands on comes
        first, and what it stands beside stands there too, unless the text says otherwise."""
        first = self.placements[name]
        same = first.anchor == anchor and relation in (first.relation, "edge of")
        denies = not same and {first.relation, relation} <= {*_UPRIGHT}
        if first.anchor == anchor != WORLD and denies:
            self._gaps.say(span, f"{name} stands {first.relation} {anchor} already")
            return
        if same or anchor in (WORLD, name) or self._leans_on(anchor, name):
            return
        aside = relation in (*MUTUAL, "above", "under")
        if aside and first.relation in SUPPORTS:
            self._along(anchor, first, span)
        elif first.relation in (*MUTUAL, "above", "under") and relation in SUPPORTS:
            self.also[name] = first
            self._put(name, relation, anchor, self._gaps.origin(span), height_m=height_m)
            self._along(first.anchor, self.placements[name], span)
            return
        elif not aside or first.relation not in (*MUTUAL, "above", "under"):
            self._gaps.say(span, f"{name} stands {first.relation} {first.anchor} already")
            return
        if name not in self.also:
            kept, self.placements[name] = first, first
            self._put(
                name, relation, anchor, self._gaps.origin(span), height_m=height_m, other=other
            )
            self.also[name], self.placements[name] = self.placements[name], kept

    def _along(self, anchor: str, place: Placement, span: Span) -> None:
        """What something stands beside on a table is on that table."""
        bodies = self._cast.bodies
        if place.relation not in _ON_TABLES or place.anchor in (WORLD, anchor) or anchor == WORLD:
            return
        if anchor in self._sure or bodies[anchor].fixed or bodies[place.body].fixed:
            return
        if place.relation == "in" and self._cast.size_m(place.anchor) < ROOMY_M:
            return
        lies = not self._cast.goes(place.body) or self._cast.size_m(anchor) < SMALL_M
        if lies and not self._cast.goes(anchor):
            relation = "on" if place.relation == "edge of" else place.relation
            self.place(anchor, relation, place.anchor, span, sure=False)

    def default(self, name: str, relation: str, anchor: str = WORLD) -> None:
        """Nobody said where."""
        if name not in self.placements:
            self._put(name, relation, anchor, DEFAULT)

    def to_edge(self, name: str, anchor: str) -> None:
        """What stands on something and is about to leave it stands at its edge."""
        place = self.placements[name]
        if (place.relation, place.anchor) == ("on", anchor):
            self.placements[name] = place.model_copy(update={"relation": "edge of"})

    def turn_round(self, name: str, relation: str, anchor: str, span: Span) -> None:
        """ "The mug next to the plate falls off the table": the mug stands on the table, and the plate
        next to the mug."""
        first = self.placements[name]
        self._put(name, relation, anchor, self._gaps.origin(span))
        if (
            first.anchor not in self._sure
            and first.anchor != anchor
            and not self._cast.goes(first.anchor)
        ):
            back = MIRRORED.get(first.relation, first.relation)
            origin = first.origin.model_copy(
                update={"provenance": "inferred", "confidence": INFERRED}
            )
            self._put(first.anchor, back, name, origin)

    def forget(self, name: str) -> None:
        """Nobody knows where it stands."""
        self.placements.pop(name, None)
        self.also.pop(name, None)

    def lay(self, name: str, anchor: str, origin: Origin, relation: str = "on") -> None:
        """It stands there after all, whatever was said before."""
        self.forget(name)
        self._put(name, relation, anchor, origin)

    def follow(self, name: str, other: str) -> None:
        """What goes at something on a table starts on that table, unless the text says otherwise."""
        table, mine = self.table_of(other), self.placements.get(name)
        if table is None or table == name or not self._cast.is_furniture(table):
            return
        if name not in self._sure and (
            mine is None or (mine.relation, mine.anchor) == ("on", WORLD)
        ):
            origin = self.placements[other].origin
            words = origin.model_copy(update={"provenance": "inferred", "confidence": INFERRED})
            self._put(name, "on", table, words if origin != DEFAULT else DEFAULT)

    def arrange(self) -> None:
        """A row stands side by side, a stack on one another; the first keeps its place."""
        for arrangement, names in self._cast.groups:
            self.default(names[0], "on")
            relation = {"stack": "on", "pyramid": "on", "row": "beside"}.get(arrangement)
            for before, name in pairwise(names):
                first, mine = self.placements[names[0]], self.placements.get(name)
                apart = name in self._sure and mine is not None and mine.anchor != first.anchor
                if relation is not None and not apart:
                    self._put(name, relation, before, self._cast.bodies[name].origin)

    def listed(self) -> tuple[Placement, ...]:
        """One for every body, in the order of the cast, and a second one where the text says two."""
        for place in list(self.placements.values()):
            if place.relation == "hanging from" and self._cast.kind_of(place.anchor) == "cord":
                self._hang_up(place.anchor)
        for name in list(self.placements):
            self._join(name)
        for name in self._cast.bodies:
            self.default(name, "on")
        both = (self.placements, self.also)
        return tuple(
            places[name] for name in self._cast.bodies for places in both if name in places
        )

    def _join(self, name: str) -> None:
        """What only stands beside something on a table stands on that table."""
        aside = self.placements[name]
        there = self.placements.get(aside.anchor)
        if aside.relation not in MUTUAL or there is None or name in self.also:
            return
        body, on_it = self._cast.bodies[name], there.relation in ("on", "edge of")
        mine = body.fixed or self._cast.goes(name) or self._cast.goes(aside.anchor)
        if mine or not on_it or there.anchor == WORLD or not self._cast.is_furniture(there.anchor):
            return
        origin = aside.origin.model_copy(update={"provenance": "inferred", "confidence": INFERRED})
        self._put(name, "on", there.anchor, origin)
        if self.placements[name].anchor == there.anchor:
            self.also[name] = aside
        else:
            self.placements[name] = aside

    def _hang_up(self, cord: str) -> None:
        """A cord from which something hangs hangs itself, above whatever it is told to be."""
        first = self.placements.pop(cord, None)
        self.default(cord, "hanging from")
        if first is not None and first.anchor != WORLD:
            if first.relation == "hanging from":
                self.placements[cord] = first
            else:
                self.also[cord] = first

    def _put(
        self,
        name: str,
        relation: str,
        anchor: str,
        origin: Origin,
        *,
        height_m: float | None = None,
        other: str | None = None,
    ) -> None:
        if anchor != WORLD and self._leans_on(anchor, name):
            anchor = WORLD
        if (anchor == WORLD and relation in _NEEDS_A_BODY) or relation not in RELATIONS:
            relation = "on"
        if relation == "between" and (other is None or other in (WORLD, name, anchor)):
            relation, other = "beside", None
        height = height_m if height_m is not None else HEIGHTS_M.get(relation)
        self.placements[name] = Placement(
            body=name,
            relation=relation,
            anchor=anchor,
            other=other if relation == "between" else None,
            height_m=round(height, 4) if height is not None and relation in HEIGHTS_M else None,
            origin=origin,
        )

    def _leans_on(self, name: str, other: str) -> bool:
        """Whether a body's place follows, through others, from another's: then not the other way round."""
        seen = {WORLD}
        queue = [name]
        while queue:
            here = queue.pop()
            if here == other:
                return True
            if here in seen or here not in self.placements:
                continue
            seen.add(here)
            place = self.placements[here]
            queue += [place.anchor, *([place.other] if place.other else [])]
        return False
