"""Who does what. In: a reading's `Frame`s. Out: drafts of actions in their order, and marks for what they tell.

What persons, animals and vehicles do is a cause each time. A thing's first motion is its cause; what it
does after that, and what happens to what it meets, follows from physics and is only expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.attaching import attached
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import Draft
from flow_nb.director.plotting.departures import Departures
from flow_nb.director.plotting.drafting import Drafting
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.liquids import Liquids
from flow_nb.director.plotting.manner import (
    HANDS,
    HOW,
    PASSES,
    POSES,
    SETTLES,
    SMASHES,
    TO_THINGS,
    UNSEEN,
    happens,
)
from flow_nb.director.plotting.marks import Marks
from flow_nb.director.plotting.meetings import Meetings
from flow_nb.director.plotting.order import follows
from flow_nb.director.plotting.rewording import reworded
from flow_nb.director.plotting.routes import SOURCES, Route, route_of
from flow_nb.director.plotting.states import COPULA, States, way_at
from flow_nb.director.plotting.suited import AGAIN, BY_ACTORS, NAME_ONE, suited
from flow_nb.director.plotting.tables import tables
from flow_nb.director.plotting.work import Work
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Verb
from flow_nb.plan.plan import WORLD

VERBS: frozenset[str] = frozenset(get_args(Verb))
UNKNOWN = VerbRow(lemma="", does="rest", done="rest")


class Deeds:
    """Turns frames into drafts, one by one; ``drafts`` says which frame made which."""

    def __init__(self, cast: Cast, marks: Marks, gaps: Gaps, gravity_m_s2: float) -> None:
        self.cast = cast
        self.marks = marks
        self.gaps = gaps
        self.drafts: dict[int, list[Draft]] = {}
        self._made = Drafting(cast, gaps, gravity_m_s2)
        self.clock = self._made.clock
        self._leave = Departures(cast, marks, self._made)
        self._meetings = Meetings(cast, marks, self._made)
        self._work = Work(cast, marks, gaps, self._made, self._leave, self._meetings)
        self._states = States(cast, marks, gaps)
        self._liquids = Liquids(cast, marks, gaps)

    def play(self, frames: Sequence[Frame]) -> None:
        """All frames, in the text's order."""
        made = self._made
        for i, frame in enumerate(frames := reworded(frames, self.cast)):
            made.now, made.frame = [], frame
            if frame.negated:
                self.gaps.say(
                    frame.span, "what does not happen cannot be staged", "Say what happens instead."
                )
            else:
                self._play(frame)
            waits = follows(self.gaps.text, frames[:i], frame, self.clock.before, made.now)
            self.clock.add(made.now, frame.joint, delay_s=frame.delay_s or 0.0, follows=waits)
            self.drafts[i] = made.now

    def _play(self, frame: Frame) -> None:
        row, told = self._row(frame), frame.row
        frame, placed = attached(self._liquids.poured(frame, row), self.cast, self.gaps.text)
        if frame.row is not None and frame.row is not told:
            row = frame.row
        self._made.frame = frame
        self._states.of_places(placed)
        agents, patients = self._made.bodies(frame.agents), self._made.bodies(frame.patients)
        if frame.state or row.state:
            for pose in self._states.stand(frame, row, agents, patients):
                made = self._made.add(
                    pose.verb, pose.body, agent=pose.agent, target=pose.target, how=pose.how
                )
                made.lasts_s = 0.0
        elif not agents and not patients:
            self._nobody(frame)
        elif not patients:
            self._alone(frame, row, agents)
        elif (
            (not frame.passive and self._settles(row, patients))
            or row.done is None
            or (row.meets and agents and not self.cast.acts(agents[0]))
        ):
            self._meets(frame, row, agents, patients)
        elif not agents:
            self._by_nobody(frame, row, patients)
        elif self.cast.acts(agents[0]):
            self._work.by_hand(frame, row, agents, patients)
        else:
            self._work.by_thing(frame, row, agents, patients)

    def _settles(self, row: VerbRow, patients: tuple[str, ...]) -> bool:
        """Whether somebody sits on it, and does not put it down; whether he walks past it, and does not
        walk it as he would a dog."""
        passes = row.does in PASSES and all(self.cast.is_furniture(name) for name in patients)
        lifeless = not any(
            self.cast.acts(name) or self.cast.kind(name) == "vehicle" for name in patients
        )
        return (
            bool(patients)
            and row.does is not None
            and row.done != "drop"
            and lifeless
            and (row.does in SETTLES or passes)
        )

    def _row(self, frame: Frame) -> VerbRow:
        """Its row; what nobody knows stays at rest, what is not solved is named."""
        row = frame.row
        if row is None and frame.lemma == COPULA:
            return VerbRow(lemma=COPULA, state=True)
        if row is None:
            said = f'nobody here knows how to "{frame.lemma}"; it stays as it is'
            self.gaps.say(frame.span, said, 'Say it in other words, as in "falls" or "walks".')
            return UNKNOWN
        if row.cannot:
            near = row.instead
            self.gaps.say(frame.span, row.cannot, f'Write "{near}".' if near in VERBS else near)
            if row.does is None and row.done is None:
                verb: Verb = near if near in VERBS else "rest"  # type: ignore[assignment]
                return VerbRow(lemma=frame.lemma, does=verb, done=verb)
        return row

    def _nobody(self, frame: Frame) -> None:
        things = (*frame.agents, *frame.patients)
        world = any(WORLD in self.cast.names(thing) for thing in things)
        why = "the set stays as it is" if world else "nothing on this stage does this"
        self.gaps.say(frame.span, why, NAME_ONE)

    # By itself.

    def _alone(self, frame: Frame, row: VerbRow, names: tuple[str, ...]) -> None:
        """They do it by themselves, or at what a preposition names."""
        made, actor = self._made, self.cast.acts(names[0])
        works = row.does == "handle" or (bool(frame.patients) and row.done in ("pour", "splash"))
        if works and actor and (tools := self._tools(frame)):
            self._work.by_hand(frame, row, names, tools)
            return
        verb: Verb = row.does or ("gesture" if actor else row.done) or "rest"
        if frame.patients and row.done and verb in TO_THINGS and self.cast.goes(names[0]):
            verb = "gesture" if actor else "rest"
        idle = row.does is None and row.done and (not actor or frame.joint == "while")
        idle = idle or (not actor and row.done == "drop")
        if frame.patients and idle:
            self._nobody(frame)
            return
        reciprocal = frame.reciprocal or (verb == "collide" and not frame.places)
        if reciprocal and len(names) > 1 and not actor:
            self._meetings.each_other(verb, names)
        elif made.in_row(names) and verb in ("fall", "push", "knock over"):
            made.tip_first(names)
        else:
            for i, name in enumerate(names):
                still = verb in POSES or frame.lemma in tables()["resting"]["lemmas"]
                poses = still and frame.lemma.split()[-1] not in ("down", "up")
                poses = poses and not any(place.way in SOURCES for place in frame.places)
                route = route_of(frame, self.cast, name, goes=not poses)
                if poses and self.cast.acts(name) and route.relation and route.anchor != WORLD:
                    route.target, route.how = route.anchor, way_at(route.relation)
                if frame.reciprocal and len(names) > 1:
                    route.target, route.how = names[i - 1], "at"
                if route.companion and verb == "collide":
                    route.target, route.how = route.companion, "against"
                own = suited(verb, name, frame, self.cast, self.gaps)
                tips = own == "fall" and made.stacked(names) and route.source is None
                self._go(frame, row, "knock over" if tips else own, name, route)

    def _tools(self, frame: Frame) -> tuple[str, ...]:
        """What somebody plays or works with."""
        beside = [place.thing for place in frame.places if place.way == "with"]
        told = self._made.bodies((*frame.instruments, *beside))
        return tuple(name for name in told if not self.cast.goes(name))[:1]

    def _smash(self, frame: Frame, name: str, route: Route) -> None:
        """What smashes into something goes there first; it breaks if it can."""
        self._made.add("collide", name, target=route.target, how=route.how, route=route)
        if route.meets:
            self._made.hitters.setdefault(route.meets, name)
        if self.cast.breaks(name):
            self._made.add("shatter", name, target=route.target, how="on", expected=True)

    def _go(self, frame: Frame, row: VerbRow, verb: Verb, name: str, route: Route) -> None:
        """One body by itself: a cause, or what follows from one."""
        made = self._made
        self._leave.leave(frame, row, verb, name, route)
        hitter = made.hitters.get(name)
        acting = self.cast.goes(name)
        goes_on = not acting and verb not in (*AGAIN, "rest")
        bearer = self.marks.bearer(name, made.causes)
        expected = goes_on and (name in made.causes or hitter is not None or bearer is not None)
        if expected:
            made.lead_on(name, route)
        smashes = route.how == "against" or frame.lemma in SMASHES
        if (
            verb == "shatter"
            and not expected
            and route.meets
            and route.how in ("into", "against")
            and smashes
        ):
            self._smash(frame, name, route)
            return
        target = route.target
        if verb == "shatter" and target is None:
            target = self._breaks_on(name)
        draft = made.add(
            verb, name, agent=hitter if expected else None, target=target, how=route.how or "on",
            route=route, expected=expected, height_m=self.marks.height_m(name),
        )  # fmt: skip
        if expected and draft.cause is None and bearer is not None:
            draft.cause = made.causes[bearer]
        strikes = verb in ("collide", "hit") or route.how in ("into", "against")
        if not expected and route.meets and (strikes or not acting):
            made.hitters.setdefault(route.meets, name)
        for other in route.company if acting and verb != "hit" else ():
            if self.cast.acts(other):
                fit = suited(verb, other, frame, self.cast, self.gaps)
                made.add(fit, other, target=target, how=route.how)
        if row.expects and row.expects != verb and self.cast.kind(name) != "vehicle":
            after = made.add(row.expects, name, expected=not acting)
            after.start_s += 0.0 if after.cause else draft.lasts_s / 2

    def _breaks_on(self, name: str) -> str:
        cause = self._made.causes.get(name)
        aimed = cause.fields.get("target") if cause else None
        at_edge = self.marks.relation(name) == "edge of"
        hitter = None if at_edge else self._made.hitters.get(name)
        return hitter or aimed or WORLD

    # Meetings.

    def _meets(
        self, frame: Frame, row: VerbRow, agents: tuple[str, ...], patients: tuple[str, ...]
    ) -> None:
        """An object that is only met, looked at or gone to."""
        verb: Verb = row.does or row.done or "gesture"
        if self._made.in_row(agents) and len(agents) > 1:
            agents = agents[-1:]
        if not agents and frame.passive and row.done is None:
            self._lies_there(frame, "look", patients)
            return
        for name in agents or patients:
            target = next((p for p in patients if p != name), None)
            route = route_of(frame, self.cast, name)
            fit = suited(verb, name, frame, self.cast, self.gaps)
            if target and not self.cast.acts(name) and fit not in ("rest", *AGAIN):
                self._meetings.hit(row, name, patients, route_of(frame, self.cast, target), fit)
                if row.does is None and row.done not in (None, "collide", "hit"):
                    self._meetings.follow_blow(frame, row.done, name, patients)
            else:
                if target:
                    route.target, route.how = target, HOW.get(fit, "at")  # type: ignore[assignment]
                self._go(frame, row, fit, name, route)

    # Done to things.

    def _by_nobody(self, frame: Frame, row: VerbRow, patients: tuple[str, ...]) -> None:
        """Somebody who is not in the plan does it; after a cause of its own it only follows."""
        verb: Verb = row.done or "rest"
        if self._made.in_row(patients) and verb in ("push", "knock over", "fall"):
            self._made.tip_first(patients)
            return
        still = (
            frame.lemma in tables()["resting"]["lemmas"] and not frame.agents and not happens(frame)
        )
        told = any(self.cast.things[t].noun not in HANDS for t in frame.agents if t >= 0)
        by_hand = (frame.passive and not happens(frame)) or still or told
        if verb in BY_ACTORS and verb != "kick" and (by_hand or verb not in UNSEEN):
            self._lies_there(frame, verb, patients)
            return
        for name in patients:
            pushed = verb == "hit" and not self.cast.acts(name)
            self._go(frame, row, "push" if pushed else verb, name, route_of(frame, self.cast, name))

    def _lies_there(self, frame: Frame, verb: Verb, names: Sequence[str]) -> None:
        """What only somebody with hands could do, and nobody does: it is so, or it is listed."""
        if frame.lemma not in tables()["resting"]["lemmas"]:
            self.gaps.say(frame.span, "nobody on this stage does this", NAME_ONE)
        for name in names:
            route = route_of(frame, self.cast, name, goes=False)
            self._leave.leave(frame, UNKNOWN, "rest", name, route)
            self._made.add("rest", name)
