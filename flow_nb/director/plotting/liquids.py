"""What flows. In: frames that speak of liquids. Out: the same frames with vessels in their place."""

from __future__ import annotations

from dataclasses import replace

from flow_nb.director.frame import Frame, Place
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.base import Name
from flow_nb.plan.plan import WORLD

SMALL_M = 0.6
_RUNS = ("run", "walk", "fall", "slide", "crawl", "drop", "splash", "rest", "drive")
"""What a liquid does that leaves its vessel."""
_ENDS = ("stop", "halt", "come to rest", "come to a stop", "come to a halt", "remain", "stay")
_POURS = ("pour", "splash")


class Liquids:
    """Puts vessels where the text names only what is in them; each liquid has one vessel of its own."""

    def __init__(self, cast: Cast, marks: Marks, gaps: Gaps) -> None:
        self._cast = cast
        self._marks = marks
        self._gaps = gaps
        self._vessels: dict[int, int] = {}
        self._next = len(cast.things)

    def poured(self, frame: Frame, row: VerbRow) -> Frame:
        """A frame in which every liquid that acts, or is worked on, is its vessel.

        "Water pours from the jug" is a jug that pours; "she drinks coffee" has a cup; "milk spills"
        has a glass that is poured out; marbles that spill from a bucket are in it. A liquid that
        something falls into is a bowl of it.
        """
        if (
            row.does in _RUNS
            and frame.lemma not in _ENDS
            and frame.agents
            and all(map(self._cast.is_liquid, frame.agents))
        ):
            row = replace(row, does="pour", done="pour", expects=None, starts="above")
            frame = replace(frame, row=row)
        source = self._vessel_left(frame)
        if row.does == "pour" and source is not None and frame.agents and not frame.patients:
            solid = [n for t in frame.agents for n in self._cast.names(t) if n != WORLD]
            solid = [] if any(self._cast.acts(n) for n in solid) else solid
            for name in solid:
                self._marks.place(name, "in", self._cast.names(source)[0], frame.span)
            if solid:
                kept = tuple(place for place in frame.places if place.thing != source)
                return replace(frame, agents=(source,), places=kept)
        pours = row.does in _POURS or row.done in _POURS
        animals = any(
            self._cast.kind(n) == "animal" for t in frame.agents for n in self._cast.names(t)
        )
        if pours and animals:
            for liquid in frame.patients:
                self._cast.used.add(liquid)
                self._cast.shown.append(self._cast.things[liquid].span)
            return replace(frame, patients=())
        source = self._vessel_left(frame) if pours else None
        agents = self._vesselled(frame, frame.agents, pours=pours, source=source)
        patients = self._vesselled(frame, frame.patients, pours=pours, source=source)
        if pours and patients and not agents and row.does is not None:
            agents, patients = patients, ()
        places = tuple(self._place(place) for place in frame.places)
        if source is not None and (agents != frame.agents or patients != frame.patients):
            places = tuple(place for place in places if place.thing != source)
        if (agents, patients, places) == (frame.agents, frame.patients, frame.places):
            return frame
        return replace(frame, agents=agents, patients=patients, places=places)

    def _vessel_left(self, frame: Frame) -> int | None:
        """The thing that a liquid comes out of."""
        left = (p.thing for p in frame.places if p.way in ("out of", "off", "away from"))
        return next((t for t in left if self._cast.names(t) not in ((), (WORLD,))), None)

    def _vesselled(
        self, frame: Frame, things: tuple[int, ...], *, pours: bool, source: int | None
    ) -> tuple[int, ...]:
        return tuple(
            self._vessel(frame, t, pours=pours, source=source) if self._cast.is_liquid(t) else t
            for t in things
        )

    def _vessel(self, frame: Frame, liquid: int, *, pours: bool, source: int | None) -> int:
        """The index of what holds a liquid: what it leaves, what is filled with it, or a new one."""
        self._cast.used.add(liquid)
        kind = self._liquid(liquid)
        if source is not None:
            for name in self._cast.names(source):
                self._cast.change(name, filled=kind)
            return source
        if liquid not in self._vessels:
            vessel = self._filled(liquid, kind)
            if vessel is None and pours:
                vessel = self._empty(frame, kind)
            if vessel is None:
                vessel = self._bring(liquid, kind, pours=pours)
            self._vessels[liquid] = vessel
        return self._vessels[liquid]

    def _liquid(self, liquid: int) -> Name:
        thing = self._cast.things[liquid]
        row = thing.row
        return (row.material if row and row.material else thing.noun).replace(" ", "-")[:40]

    def _filled(self, liquid: int, kind: str) -> int | None:
        """A thing that the text has filled with it already."""
        for i in range(len(self._cast.things)):
            names = self._cast.names(i)
            if names and names != (WORLD,) and self._cast.bodies[names[0]].filled == kind:
                return i
        return None

    def _empty(self, frame: Frame, kind: str) -> int | None:
        """A vessel of the text that nothing is said to be in, and that this is not poured into."""
        goals = {name for place in frame.places for name in self._cast.names(place.thing)}
        for i in range(len(self._cast.things)):
            for name in self._cast.names(i):
                body = self._cast.bodies.get(name)
                if body is None or body.filled or name in goals:
                    continue
                if body.prop in tables()["vessels"]["props"]:
                    self._cast.change(name, filled=kind)
                    return i
        return None

    def _bring(self, liquid: int, kind: str, *, pours: bool) -> int:
        vessels = tables()["vessels"]
        prop, noun = vessels["pours"] if pours else vessels.get(kind, vessels["water"])
        span = self._cast.things[liquid].span
        origin = self._gaps.origin(span, inferred=True, confidence=0.6)
        if pours:
            noun = self._cast.things[liquid].noun
        name = self._cast.bring(noun, prop, origin)
        self._cast.change(name, filled=kind)
        index, self._next = self._next, self._next + 1
        self._cast.of[index] = (name,)
        return index

    def _place(self, place: Place) -> Place:
        """Into water: into a bowl of it, where no sea is near."""
        if not self._cast.is_liquid(place.thing):
            return place
        self._cast.used.add(place.thing)
        small = all(
            self._cast.size_m(n) < SMALL_M and not self._cast.acts(n) for n in self._cast.bodies
        )
        if place.way in ("into", "in", "onto") and small and self._cast.bodies:
            kind = self._liquid(place.thing)
            if place.thing not in self._vessels:
                origin = self._gaps.origin(
                    self._cast.things[place.thing].span, inferred=True, confidence=0.6
                )
                name = self._cast.bring("bowl", "bowl", origin)
                self._cast.change(name, filled=kind, scale=2.0)
                self._cast.of[self._next] = (name,)
                self._vessels[place.thing], self._next = self._next, self._next + 1
            return replace(place, thing=self._vessels[place.thing])
        self._cast.of.setdefault(place.thing, ())
        self._cast.of[place.thing] = self._cast.of[place.thing] or (WORLD,)
        return place
