"""From events to causes. In: `Event`s and the cast. Out: actions and placements.

The first thing a body does by itself is its cause. What it does after that follows from physics and is
recorded as an expectation on the same start; what a body does that was hit is the solver's alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flow_nb.director.cast import Cast, Ref
from flow_nb.director.causes import Causes
from flow_nb.director.events import COPULA, Event
from flow_nb.director.gaps import Gaps
from flow_nb.director.marks import Marks
from flow_nb.director.standing import stand
from flow_nb.director.ways import Way, target_of, way_of
from flow_nb.plan.plan import WORLD

NAME_A_PROP = 'Name a prop, as in "a ball".'


class Staging:
    """Turns events into causes, one by one; `causes` and `marks` hold the result."""

    def __init__(self, text: str, cast: Cast, gaps: Gaps) -> None:
        self.cast = cast
        self.gaps = gaps
        self.causes = Causes(text, gaps)
        self.marks = Marks(text, cast)
        self._frames = {
            "rest": self._rest,
            "move": self._move,
            "strike": self._strike,
            "topple": self._topple,
            "break": self._break,
        }

    def stage(self, event: Event) -> None:
        """One event."""
        if event.negated:
            self.gaps.say(
                event.words, "what does not happen cannot be staged", "Say what happens instead."
            )
        else:
            self._frames[event.verb.frame](event, *event.roles())

    def _way(self, event: Event, name: str) -> Way:
        """Its way; "falls off" leaves what it stands on."""
        way = way_of(event, name)
        if event.off and way.source is None:
            way.source = self.marks.table_of(name)
        return way

    def _nobody(self, event: Event) -> None:
        self.gaps.say(event.words, "nothing on this stage does this", NAME_A_PROP)

    def _rest(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        who = agent if agent is not None and agent.bodies else patient
        if who is not None and who.bodies:
            stand(event, who.bodies, self.marks, self.causes)
        elif event.verb is not COPULA:
            self._nobody(event)

    # Moves.

    def _move(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        by_hand = patient is not None and bool(patient.bodies)
        if by_hand and patient and agent and agent.bodies:
            self._hit(event, agent, patient)
            return
        movers = patient if by_hand else agent
        if movers is None or not movers.bodies:
            self._nobody(event)
            return
        verb = event.verb.agent if by_hand and event.verb.agent else event.verb.verb
        if movers.row and verb in ("fall", "push") and not event.leaves() and not event.height:
            self._tip(event, movers)
        else:
            self._set_going(event, verb, movers, by_hand=by_hand)

    def _set_going(self, event: Event, verb: str, movers: Ref, *, by_hand: bool) -> None:
        reciprocal = any(ref.reciprocal for _, ref in event.places)
        if reciprocal and len(movers.bodies) > 1:
            self._meet(event, verb, movers.bodies)
            return
        for name in movers.bodies:
            self.cast.loosen(name)
            way = self._way(event, name)
            before = self.causes.of(name)
            if not by_hand and name in self.causes.hitters:
                self._follows_blow(event, name, way, verb)
            elif not by_hand and before is not None:
                self._goes_on(event, verb, name, way)
            else:
                self._go(event, verb, name, way)

    def _go(self, event: Event, verb: str, name: str, way: Way) -> None:
        """A new cause."""
        table = self.marks.table_of(name)
        leaves = verb in ("fall", "drop") or (verb != "throw" and self.marks.at_edge(name))
        if way.source is None and table and leaves and not event.height:
            way.source = table
        self.marks.start(event, verb, name, way)
        self.causes.add(verb, name, event, way=way)
        if way.meets:
            self.causes.hitters.setdefault(way.meets, name)

    def _follows_blow(self, event: Event, name: str, way: Way, verb: str) -> None:
        """What was hit moves by the blow: only where it stood is new."""
        if way.source is not None:
            self.marks.place(name, "edge of", way.source, event, way.words or event.words)
        elif verb == "fall":
            hitter = self.causes.hitters[name]
            self.causes.add("knock over", hitter, event, target=name, expected=True)
        else:
            self._by_blow(event)

    def _by_blow(self, event: Event) -> None:
        self.gaps.say(
            event.words, "what was hit goes where the blow sends it", "The solver sees to it."
        )

    def _goes_on(self, event: Event, verb: str, name: str, way: Way) -> None:
        """ "rolls across the table and falls off": it follows, and tells where the first one leads."""
        first = self.causes.of(name)
        assert first is not None
        if way.source and first.source is None:
            first.source = way.source
            relation = "on" if first.verb == "roll" else "edge of"
            self.marks.place(name, relation, way.source, event, way.words or event.words)
        if way.meets:
            self.causes.aim(name, way.meets)
            self.causes.hitters.setdefault(way.meets, name)
        self.causes.add(verb, name, event, way=way, expected=True)

    # Meetings.

    def _strike(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        known = agent is not None and bool(agent.bodies)
        target = patient if patient is not None else target_of(event)
        if not known and patient is not None and patient.bodies:
            self._struck_by_hand(event, patient)
        elif not known or agent is None:
            self._nobody(event)
        elif target is not None and target.bodies:
            self._hit(event, agent, target)
        elif target is not None and WORLD in target.names:
            self._meet_floor(event, agent)
        elif len(agent.bodies) > 1 and (target is None or target.reciprocal):
            self._meet(event, "collide", agent.bodies)
        elif target is None:
            self.gaps.say(event.words, "it is not said what is met", 'Name it: "hits the bottle".')
        else:
            self.gaps.say(event.words, "what it meets is not on this stage", NAME_A_PROP)

    def _meet_floor(self, event: Event, agent: Ref) -> None:
        """ "crashes to the floor" is a fall; after another cause it is how that ends."""
        for name in agent.bodies:
            if self.causes.of(name) is None:
                self._set_going(event, "fall", Ref(names=(name,), words=agent.words), by_hand=False)
            else:
                self.causes.aim(name, WORLD)
                self.causes.add("collide", name, event, target=WORLD, expected=True)

    def _struck_by_hand(self, event: Event, patient: Ref) -> None:
        """Somebody who is not here hits it, or slams it into something that is."""
        into = target_of(event)
        if into is not None and into.bodies and not event.leaves():
            self._hit(event, patient, into)
        else:
            self._set_going(event, "push", patient, by_hand=True)

    def _meet(self, event: Event, verb: str, names: Sequence[str]) -> None:
        """Each other: all go at the last, which comes the other way."""
        last = names[-1]
        for name in names:
            self.cast.loosen(name)
            target, direction = (None, "left") if name == last else (last, "right")
            if self.causes.of(name) is None:
                self.marks.start(event, verb, name, Way())
                self.causes.add(verb, name, event, target=target, direction=direction)
            elif target:
                self.causes.aim(name, target)
                self.causes.add("collide", name, event, target=target, expected=True)
            self.causes.hitters.setdefault(name, last if name != last else names[0])

    def _hit(self, event: Event, strikers: Ref, struck: Ref) -> None:
        """Strikers go at the first of the struck; a cause that they have already leads there."""
        for name in strikers.bodies:
            target = next((other for other in struck.bodies if other != name), None)
            if target is not None:
                self._hit_one(event, name, target)
                for other in struck.bodies:
                    self.causes.hitters.setdefault(other, name)
        for name in struck.bodies:
            way = self._way(event, name)
            if way.source:
                self.marks.place(name, "edge of", way.source, event, way.words or event.words)

    def _hit_one(self, event: Event, name: str, target: str) -> None:
        self.cast.loosen(name)
        if self.causes.of(name) is not None:
            self.causes.aim(name, target)
            if event.verb.frame in ("strike", "move"):
                self.causes.add("collide", name, event, target=target, expected=True)
        elif name not in self.causes.hitters:
            verb = "swing" if self.marks.hangs(name) else "collide"
            self.marks.start(event, verb, name, Way())
            self.causes.add(verb, name, event, target=target)
        else:
            self._by_blow(event)

    # Falls over, falls to pieces.

    def _topple(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        by_hand = patient is not None and bool(patient.bodies)
        fallen = patient if by_hand else agent
        if fallen is None or not fallen.bodies:
            self._nobody(event)
        elif by_hand and agent is not None and agent.bodies:
            self._hit(event, agent, fallen)
            for name in fallen.bodies:
                self.cast.loosen(name)
                self.causes.add("knock over", agent.bodies[0], event, target=name, expected=True)
        elif event.leaves():
            self._set_going(event, "push" if by_hand else "fall", fallen, by_hand=by_hand)
        else:
            self._tip(event, fallen)

    def _tip(self, event: Event, fallen: Ref) -> None:
        """Tipped by what hit it, else by nobody here; of a row only the first is tipped."""
        for name in fallen.bodies[:1] if fallen.row else fallen.bodies:
            self.cast.loosen(name)
            way = self._way(event, name)
            if hitter := self.causes.hitters.get(name):
                self.causes.add("knock over", hitter, event, target=name, expected=True)
            elif self.causes.of(name) is not None:
                self.causes.add("knock over", name, event, expected=True)
            else:
                if name not in self.marks.placements:
                    self.marks.start(event, "push", name, way)
                self.causes.add("knock over", name, event)
                self._domino_effect(name)

    def _domino_effect(self, first: str) -> None:
        """Each of a row is met by the one before."""
        for arrangement, names in self.cast.stacks:
            if arrangement == "row" and first in names:
                for before, name in pairwise(names):
                    self.causes.hitters.setdefault(name, before)

    def _break(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        by_hand = patient is not None and bool(patient.bodies)
        broken = patient if by_hand else agent
        if broken is None or not broken.bodies:
            self._nobody(event)
            return
        if by_hand and agent is not None and agent.bodies:
            self._hit(event, agent, broken)
        for name in broken.bodies:
            self.cast.loosen(name)
            way, cause = self._way(event, name), self.causes.of(name)
            if way.meets and cause is not None:
                self.causes.aim(name, way.meets)
            aimed = cause.target if cause is not None else None
            hitter = None if self.marks.at_edge(name) else self.causes.hitters.get(name)
            target = way.target or hitter or aimed or WORLD
            self.causes.add("shatter", name, event, target=target, expected=cause is not None)

    # At the end.

    def settle(self) -> None:
        """Rows and stacks, then a place for everything that has none."""
        for arrangement, names in self.cast.stacks:
            self.marks.place_if_new(names[0])
            self.marks.arrange(arrangement, names)
        for name in self.cast.bodies:
            self.marks.place_if_new(name)
        for name, hitter in self.causes.hitters.items():
            self._share_table(name, hitter)

    def _share_table(self, name: str, hitter: str) -> None:
        """Who rolls into something does it on one table: whichever of the two has one."""
        cause = self.causes.of(hitter)
        if cause is None or cause.verb not in ("roll", "slide", "push", "collide"):
            return
        self.marks.follow(hitter, name)
        if cause.source is None and not self.cast.bodies[name].fixed:
            self.marks.follow(name, hitter)
