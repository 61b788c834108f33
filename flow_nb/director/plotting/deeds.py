"""Who does what. In: a reading's `Frame`s. Out: drafts of actions in their order, and marks for what they tell.

What persons, animals and vehicles do is a cause each time. A thing's first motion is its cause; what it
does after that, and what happens to what it meets, follows from physics and is only expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, get_args

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import START_S, Clock, Draft, lasts_s
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.liquids import Liquids
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.order import follows
from flow_nb.director.plotting.routes import Route, route_of
from flow_nb.director.plotting.speeds import speed_m_s
from flow_nb.director.plotting.states import States
from flow_nb.director.plotting.tables import tables
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb
from flow_nb.plan.plan import WORLD

VERBS: frozenset[str] = frozenset(get_args(Verb))
AGAIN = ("open", "close", "explode", "pour", "drive", "spin", "stretch", "squash", "flutter")
"""What a thing may do a second time of its own."""
NAME_ONE = 'Name who or what does it, as in "a ball" or "a woman".'
UNKNOWN = VerbRow(lemma="", does="rest", done="rest")


class Deeds:
    """Turns frames into drafts, one by one; ``clock`` and ``marks`` hold the result."""

    def __init__(self, cast: Cast, marks: Marks, gaps: Gaps, gravity_m_s2: float) -> None:
        self.cast = cast
        self.marks = marks
        self.gaps = gaps
        self.gravity_m_s2 = gravity_m_s2
        self.clock = Clock()
        self.causes: dict[str, Draft] = {}
        self.hitters: dict[str, str] = {}
        self.drafts: dict[int, list[Draft]] = {}
        self._states = States(cast, marks, gaps)
        self._liquids = Liquids(cast, marks, gaps)
        self._now: list[Draft] = []
        self._frame: Frame = Frame(lemma="", span=(0, 0), row=None)

    def play(self, frames: Sequence[Frame]) -> None:
        """All frames, in the text's order."""
        for i, frame in enumerate(frames):
            self._now, self._frame = [], frame
            if frame.negated:
                self.gaps.say(
                    frame.span, "what does not happen cannot be staged", "Say what happens instead."
                )
            else:
                self._play(frame)
            waits = follows(self.gaps.text, frames[:i], frame, self.clock.before, self._now)
            self.clock.add(
                self._now, frame.joint, delay_s=frame.delay_s or 0.0, follows=waits
            )
            self.drafts[i] = self._now

    def _play(self, frame: Frame) -> None:
        row = self._row(frame)
        frame = self._liquids.poured(frame, row)
        agents, patients = self._bodies(frame.agents), self._bodies(frame.patients)
        for thing in (*frame.agents, *frame.patients, *frame.recipients, *frame.instruments):
            self._spare(thing, row, spoken_of=bool(agents or patients))
        if frame.state or row.state:
            for verb, name, target, how in self._states.stand(frame, row, agents, patients):
                self._add(verb, name, target=target, how=how)
        elif not agents and not patients:
            self._nobody(frame)
        elif not patients:
            self._alone(frame, row, agents)
        elif row.meets or row.done is None:
            self._meets(frame, row, agents, patients)
        elif not agents:
            self._by_nobody(frame, row, patients)
        elif self.cast.acts(agents[0]):
            self._by_hand(frame, row, agents, patients)
        else:
            self._by_thing(frame, row, agents, patients)

    def _row(self, frame: Frame) -> VerbRow:
        """Its row; what nobody knows stays at rest, what is not solved is named."""
        if frame.row is None:
            said = f'nobody here knows how to "{frame.lemma}"; it stays as it is'
            self.gaps.say(frame.span, said, 'Say it in other words, as in "falls" or "walks".')
            return UNKNOWN
        if frame.row.cannot:
            near = frame.row.instead
            told = f"The nearest thing that is shown: {near}." if near else ""
            self.gaps.say(frame.span, frame.row.cannot, told)
            if frame.row.does is None and frame.row.done is None:
                verb: Any = near if near in VERBS else "rest"
                return VerbRow(lemma=frame.lemma, does=verb, done=verb)
        return frame.row

    def _bodies(self, things: Sequence[int]) -> tuple[str, ...]:
        names = [name for thing in things for name in self.cast.names(thing)]
        return tuple(dict.fromkeys(name for name in names if name != WORLD))

    def _spare(self, thing: int, row: VerbRow, *, spoken_of: bool) -> None:
        """What is worked on without a shape of its own is told by the verb: plays a tune, hits the floor."""
        if thing >= 0 and spoken_of and self.cast.things[thing].row is not None and row.meets:
            self.cast.used.add(thing)

    def _nobody(self, frame: Frame) -> None:
        world = any(WORLD in self.cast.names(thing) for thing in (*frame.agents, *frame.patients))
        why = "the set stays as it is" if world else "nothing on this stage does this"
        self.gaps.say(frame.span, why, NAME_ONE)

    # By itself.

    def _alone(self, frame: Frame, row: VerbRow, names: tuple[str, ...]) -> None:
        """They do it by themselves, or at what a preposition names."""
        verb = row.does or (self._gesture(names) if self.cast.acts(names[0]) else row.done) or "rest"
        reciprocal = frame.reciprocal or (verb == "collide" and not frame.places)
        if reciprocal and len(names) > 1 and not self.cast.acts(names[0]):
            self._meet(verb, names)
            return
        if self._in_row(names) and verb in ("fall", "push", "knock over"):
            self._tip_first(frame, names)
            return
        for i, name in enumerate(names):
            route = route_of(frame, self.cast, name)
            if frame.reciprocal:
                route.target, route.how = names[i - 1], "at"
            if route.companion and verb == "collide":
                route.target, route.how = route.companion, "against"
            self._go(frame, row, self._suited(verb, name, frame), name, route)

    def _gesture(self, names: Sequence[str]) -> Verb:
        return "gesture" if names else "rest"

    def _suited(self, verb: Verb, name: str, frame: Frame) -> Verb:
        """What a thing does that is told to act like a person."""
        if self.cast.acts(name):
            return "hit" if verb == "collide" and self.cast.kind(name) == "person" else verb
        table = "vehicle_verbs" if self.cast.kind(name) == "vehicle" else "thing_verbs"
        if verb in tables()[table]:
            return tables()[table][verb]  # type: ignore[no-any-return]
        if verb in ("look", "point", "reach", "gesture", "handle", "carry", "catch", "kick", "pick up", "put down"):
            what = self.cast.bodies[name].noun
            self.gaps.say(frame.span, f"a {what} does not act by itself here", NAME_ONE)
            return "rest"
        return verb

    def _go(self, frame: Frame, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """One body by itself: a cause, or what follows from one."""
        self._leave(frame, row, verb, name, route)
        hitter = self.hitters.get(name)
        acting = self.cast.acts(name) or self.cast.kind(name) == "vehicle"
        follows_on = frame.result or hitter is not None or name in self.causes
        expected = not acting and follows_on and verb not in AGAIN and verb != "rest"
        expected = expected and (name in self.causes or hitter is not None)
        if expected:
            self._lead_on(frame, name, route)
        target = route.target
        if verb == "shatter" and target is None:
            target = self._breaks_on(name)
        self._add(
            verb, name, agent=hitter if expected else None, target=target, how=route.how,
            route=route, expected=expected,
        )  # fmt: skip
        if not expected and route.meets and not acting:
            self.hitters.setdefault(route.meets, name)
        if route.companion and self.cast.acts(route.companion) and acting:
            self._add(self._suited(verb, route.companion, frame), route.companion, target=target, route=route)
        if row.expects and row.expects != verb:
            self._add(row.expects, name, expected=not acting)

    def _leave(self, frame: Frame, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """Where it begins, from what it leaves, what it stands on, or how high it is."""
        if verb != "rest":
            self.cast.loosen(name)
        falls = verb in ("fall", "drop", "bounce", "throw")
        table = self.marks.table_of(name)
        at_edge = self.marks.relation(name) == "edge of"
        leaves = verb in ("fall", "drop") or (verb != "throw" and at_edge)
        if route.source is None and table and leaves and not frame.height_m and not self.cast.acts(name):
            if route.edge or verb in ("fall", "drop") or at_edge:
                route.source = table
        if name in self.causes and not self.cast.acts(name) and route.source is None:
            return
        span = route.span if route.span != (0, 0) else frame.span
        if route.source is not None and not self.cast.acts(name):
            on_top = route.direction == "down" or verb == "roll"
            if not self.marks.told(name) or self.marks.relation(name) in ("on", "edge of"):
                self._from_edge(name, "on" if on_top else "edge of", route.source, span)
        elif route.relation and not (route.relation == "on" and route.anchor == WORLD and falls):
            self.marks.place(
                name, route.relation, route.anchor, span, other=route.other, height_m=frame.height_m
            )
        elif frame.height_m is not None and (falls or row.starts == "above"):
            self._above(frame, verb, name, route)
        else:
            self._start_by_verb(row, verb, name, route)

    def _from_edge(self, name: str, relation: str, source: str, span: tuple[int, int]) -> None:
        if self.marks.told(name):
            place = self.marks.placements[name]
            if place.anchor == source and relation == "edge of":
                self.marks.placements[name] = place.model_copy(update={"relation": relation})
            return
        self.marks.place(name, relation, source, span, sure=span != self._frame.span)

    def _above(self, frame: Frame, verb: Verb, name: str, route: Route) -> None:
        below = route.target if route.lands and route.target and verb != "throw" else WORLD
        self.marks.place(name, "above", below, frame.span, height_m=frame.height_m)

    def _start_by_verb(self, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """Where a thing is when nobody says."""
        if self.cast.acts(name) or self.cast.kind(name) == "vehicle" or verb == "rest":
            return
        starts = {"fall": "above", "drop": "above", "swing": "hanging from", "push": "on", "collide": "on"}
        relation = starts.get(verb, row.starts)
        if verb == "bounce":
            relation = "on" if route.meets and not route.lands else "above"
        if relation != "on":
            below = route.target if route.lands and route.target and verb != "throw" else WORLD
            self.marks.default(name, relation, below if relation == "above" else WORLD)

    def _lead_on(self, frame: Frame, name: str, route: Route) -> None:
        """ "rolls across the table and falls off": it follows, and tells where the first one leads."""
        cause = self.causes.get(name)
        if cause is None:
            return
        if route.source and not cause.fields.get("source"):
            cause.fields["source"] = route.source
        if route.meets:
            self._aim(name, route.meets)
            self.hitters.setdefault(route.meets, name)

    def _aim(self, name: str, target: str) -> None:
        """What a moving body meets, where that was still open."""
        cause = self.causes.get(name)
        if cause and cause.fields.get("target") in (None, WORLD) and target != name:
            cause.fields["target"] = target

    def _breaks_on(self, name: str) -> str:
        cause = self.causes.get(name)
        aimed = cause.fields.get("target") if cause else None
        hitter = None if self.marks.relation(name) == "edge of" else self.hitters.get(name)
        return hitter or aimed or WORLD

    # Meetings.

    def _meets(self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]) -> None:
        """An object that is only met, looked at or gone to."""
        verb = row.does or "gesture"
        for name in agents or patients:
            target = next((p for p in patients if p != name), None)
            route = route_of(frame, self.cast, name)
            suited = self._suited(verb, name, frame)
            if target and not self.cast.acts(name) and verb in ("collide", "hit", "roll", "slide"):
                self._hit(frame, row, name, patients)
            else:
                route.target, route.how = target or route.target, route.how if not target else _how(suited)
                self._go(frame, row, suited, name, route)

    def _meet(self, verb: Verb, names: Sequence[str]) -> None:
        """Each other: all go at the last, which comes the other way."""
        last = names[-1]
        for name in names:
            self.cast.loosen(name)
            target, direction = (None, "left") if name == last else (last, "right")
            if name not in self.causes:
                self._add(verb, name, target=target, how="against" if target else None, direction=direction)
            elif target:
                self._aim(name, target)
                self._add("collide", name, target=target, how="against", expected=True)
            self.hitters.setdefault(name, last if name != last else names[0])

    def _hit(self, frame: Frame, row: VerbRow, name: str, struck: Sequence[str]) -> None:
        """A thing goes at the first of the struck; a cause that it has already leads there."""
        target = next((other for other in struck if other != name), None)
        if target is None:
            return
        self.cast.loosen(name)
        route = route_of(frame, self.cast, target)
        if name in self.causes:
            self._aim(name, target)
            if frame.row is None or row.done in (None, "collide", "hit") or row.meets:
                self._add("collide", name, target=target, how="against", expected=True)
        elif name in self.hitters:
            self._add("collide", name, agent=self.hitters[name], target=target, how="against", expected=True)
        else:
            verb: Verb = "swing" if self.marks.relation(name) == "hanging from" else "collide"
            self._add(verb, name, target=target, how="against")
        for other in struck:
            self.hitters.setdefault(other, name)
            if route.source and not self.marks.told(other):
                self.marks.place(other, "edge of", route.source, route.span)

    # Done to things.

    def _by_nobody(self, frame: Frame, row: VerbRow, patients: tuple[str, ...]) -> None:
        """Somebody who is not in the plan does it; after a cause of its own it only follows."""
        verb = row.done or "rest"
        if self._in_row(patients) and verb in ("push", "knock over", "fall"):
            self._tip_first(frame, patients)
            return
        for name in patients:
            route = route_of(frame, self.cast, name)
            if verb in ("hit", "kick") and not self.cast.acts(name):
                verb = "push"
            self._go(frame, row, verb, name, route)

    def _by_hand(self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]) -> None:
        """Somebody does it to something: a cause each time."""
        verb: Verb = row.done or "handle"
        for i, name in enumerate(patients):
            agent = agents[i % len(agents)]
            if name == agent:
                continue
            route = route_of(frame, self.cast, name)
            self._leave_hand(frame, verb, name, agent, route)
            recipient = next(iter(self._bodies(frame.recipients)), None)
            target = recipient or route.target
            how = "to" if recipient else route.how
            if verb == "shatter" and target is None:
                target = WORLD
            draft = self._add(verb, name, agent=agent, target=target, how=how, route=route)
            self.hitters.pop(name, None)
            self.causes[name] = draft
            if route.meets and route.meets != agent:
                self.hitters.setdefault(route.meets, name)
        for helper in agents[len(patients) :]:
            both = verb in ("carry", "push", "pull", "lift")
            if both:
                self._add(verb, patients[0], agent=helper, route=route_of(frame, self.cast, patients[0]))
            else:
                self._add("look", helper, target=patients[0], how="at")

    def _leave_hand(self, frame: Frame, verb: Verb, name: str, agent: str, route: Route) -> None:
        if verb not in ("rest", "handle", "hold", "look", "open", "close"):
            self.cast.loosen(name)
        if name in self.causes:
            return
        if route.source == agent:
            route.source = None
            self.marks.place(name, "held by", agent, frame.span, sure=False)
        elif route.source is not None:
            relation = "edge of" if verb in ("push", "knock over", "hit", "kick") else "on"
            self.marks.place(name, relation, route.source, route.span)
        elif route.relation and route.anchor != agent:
            self.marks.place(name, route.relation, route.anchor, route.span, other=route.other)
        elif frame.height_m is not None and verb == "drop":
            below = route.target if route.lands and route.target else WORLD
            self.marks.place(name, "above", below, frame.span, height_m=frame.height_m)

    def _by_thing(self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]) -> None:
        """A thing does it to another: it goes there, and the rest is expected."""
        verb: Verb = row.done or "push"
        agent = agents[0]
        for name in agents:
            self._hit(frame, row, name, patients)
        for name in patients:
            self.cast.loosen(name)
            route = route_of(frame, self.cast, name)
            if verb in ("collide", "hit"):
                continue
            target = agent if verb == "shatter" and self.marks.relation(name) != "edge of" else route.target
            self._add(verb, name, agent=agent, target=target, how=route.how, route=route, expected=True)

    def _in_row(self, names: Sequence[str]) -> bool:
        return any(kind == "row" and set(names) <= set(group) for kind, group in self.cast.groups)

    def _tip_first(self, frame: Frame, names: Sequence[str]) -> None:
        """Of a row only the first is tipped; each of the others is met by the one before."""
        first = names[0]
        self.cast.loosen(first)
        hitter = self.hitters.get(first)
        self._add("knock over", first, agent=hitter, expected=hitter is not None or first in self.causes)
        for kind, group in self.cast.groups:
            if kind == "row" and first in group:
                for before, name in pairwise(group):
                    self.hitters.setdefault(name, before)

    # One draft.

    def _add(
        self,
        verb: Verb,
        name: str,
        *,
        agent: str | None = None,
        target: str | None = None,
        how: str | None = None,
        route: Route | None = None,
        direction: str | None = None,
        expected: bool = False,
    ) -> Draft:
        """One action; an expected one shares the start of what it follows from."""
        frame = self._frame
        who = agent or name
        tool = next((n for n in self._bodies(frame.instruments) if n not in (name, who)), None)
        speed = None if expected or verb == "rest" else speed_m_s(frame, self.gaps, acts=self.cast.acts(who))
        height = self.marks.placements[name].height_m if name in self.marks.placements else None
        draft = Draft(
            fields={
                "verb": verb, "body": name, "agent": agent, "target": target,
                "how": how if target else None,
                "source": route.source if route else None,
                "path": tuple(leg for leg in route.legs if leg.body != name) if route else (),
                "instrument": tool,
                "direction": direction or (route.direction if route else None) or (frame.row.direction if frame.row else None),
                "speed_m_s": speed, "turns": frame.turns if not expected else None,
                "manner": ", ".join(frame.manners)[:200], "lemma": frame.lemma[:100], "expected": expected,
            },
            span=frame.span,
            lasts_s=frame.lasts_s or lasts_s(
                verb, height_m=frame.height_m or height or 0.8, gravity_m_s2=self.gravity_m_s2,
                distance_m=frame.distance_m, speed_m_s=speed,
            ),
            end_s=START_S + frame.lasts_s if frame.lasts_s else None,
        )  # fmt: skip
        if expected:
            draft.cause = self.causes.get(name) or self.causes.get(agent or "") or self._leader(name)
        elif verb != "rest":
            self.causes.setdefault(name, draft)
        self._now.append(draft)
        return draft

    def _leader(self, name: str) -> Draft | None:
        """What set going what met it."""
        hitter = self.hitters.get(name)
        return self.causes.get(hitter) if hitter else None


def _how(verb: Verb) -> str:
    """The preposition of an object that is only met."""
    table = {"walk": "to", "run": "to", "collide": "against", "hit": "against", "climb": "onto", "follow": "toward"}
    return table.get(verb, "at")
