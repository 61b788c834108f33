"""Things that meet things. In: strikers and struck. Out: drafts of what goes, expectations of what is met."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.drafting import Drafting
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.routes import Route, route_of
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb

MOVES = ("roll", "slide", "bounce", "swing", "fly", "throw")


class Meetings:
    """Sends things at each other; what was met has its striker on record."""

    def __init__(self, cast: Cast, marks: Marks, made: Drafting) -> None:
        self._cast = cast
        self._marks = marks
        self._made = made

    def each_other(self, verb: Verb, names: Sequence[str]) -> None:
        """Each other: all go at the last, which comes the other way."""
        made, last = self._made, names[-1]
        for name in names:
            self._cast.loosen(name)
            target, direction = (None, "left") if name == last else (last, "right")
            if name not in made.causes:
                made.add(verb, name, target=target, how="against", direction=direction)
            elif target:
                made.aim(name, target)
                made.add("collide", name, target=target, how="against", expected=True)
            made.hitters.setdefault(name, last if name != last else names[0])

    def hit(
        self, row: VerbRow, name: str, struck: Sequence[str], route: Route, verb: Verb = "collide"
    ) -> None:
        """A thing goes at the first of the struck; a cause that it has already leads there."""
        made = self._made
        target = next((other for other in struck if other != name), None)
        if target is None:
            return
        self._cast.loosen(name)
        if name in made.causes:
            made.aim(name, target)
            if row.meets and row.done in (None, "collide", "hit", row.does):
                made.add("collide", name, target=target, how="against", expected=True)
        elif name in made.hitters:
            by = made.hitters[name]
            made.add("collide", name, agent=by, target=target, how="against", expected=True)
        else:
            hangs = self._marks.relation(name) == "hanging from"
            moves: Verb = verb if verb in MOVES else "collide"
            made.add("swing" if hangs else moves, name, target=target, how="against", straight=True)
        for other in struck:
            made.hitters.setdefault(other, name)
            if route.source:
                self._marks.place(other, "edge of", route.source, route.span)
                self._marks.to_edge(other, route.source)
            if route.source and row.done in (None, "collide", "hit"):
                made.add("fall", other, agent=name, route=route, expected=True)
            elif route.lands and route.target and self._cast.is_furniture(route.target):
                self._marks.place(other, "on", route.target, route.span, sure=False)

    def follow_blow(self, frame: Frame, verb: Verb, agent: str, patients: Sequence[str]) -> None:
        """What happens to what a thing meets."""
        for name in patients:
            self._cast.loosen(name)
            route = route_of(frame, self._cast, name)
            at_edge = self._marks.relation(name) == "edge of"
            target = agent if verb == "shatter" and not at_edge else route.target
            self._made.add(
                verb,
                name,
                agent=agent,
                target=target,
                how=route.how or "on",
                route=route,
                expected=True,
            )
