"""From events to causes. In: `Event`s and the cast. Out: `Action`s and `Placement`s.

The first thing a body does by itself is its cause. What it does after that, and what a body does
that was hit, follows from physics: it is recorded as an expectation on the same start, or left to the solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flow_nb.director.cast import Cast, Ref
from flow_nb.director.clauses import COPULA, Event
from flow_nb.director.gaps import Gaps
from flow_nb.director.tokens import Token, origin_of
from flow_nb.errors import PlanError
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import WORLD, Action, Placement
from flow_nb.plan.shot import MAX_DURATION_S

START_S, STEP_S, TAIL_S = 0.5, 1.5, 2.5
HEIGHT_M, HANGING_M = 1.0, 0.5
MAX_HEIGHT_M, MAX_SPEED_M_S = 50.0, 100.0
INFERRED = 0.7

_TARGETS = ("onto", "into", "against", "toward", "with")
_SOURCES = ("source", "edge")
_STANDING = ("on", "edge of", "in", "under", "beside", "against", "above", "hanging from", "by")


@dataclass(slots=True)
class _Way:
    """Where a body comes from and goes to, read off an event's prepositions."""

    source: str | None = None
    target: str | None = None
    target_words: tuple[Token, ...] = ()
    relation: str = ""
    anchor: str = WORLD
    direction: str = ""
    words: tuple[Token, ...] = ()


@dataclass(slots=True)
class Staging:
    """Turns events into causes, one by one; `actions` and `placements` hold the result."""

    text: str
    cast: Cast
    gaps: Gaps
    actions: list[dict[str, Any]] = field(default_factory=list)
    placements: dict[str, Placement] = field(default_factory=dict)
    _hitters: dict[str, str] = field(default_factory=dict)
    _defaults: set[str] = field(default_factory=set)

    def stage(self, event: Event) -> None:
        """One event."""
        if event.negated:
            self._miss(event, "what does not happen cannot be staged", "Say what happens instead.")
            return
        agent, patient = self._roles(event)
        if event.verb.frame == "rest":
            self._rest(event, agent or patient)
        elif event.verb.frame == "move":
            self._move(event, agent, patient)
        elif event.verb.frame == "strike":
            self._strike_event(event, agent, patient)
        elif event.verb.frame == "topple":
            self._topple(event, agent, patient)
        else:
            self._break(event, agent, patient)

    def _roles(self, event: Event) -> tuple[Ref | None, Ref | None]:
        """Who does it, and to whom; "is hit by a ball" turned round."""
        by = next((ref for role, ref in event.places if role == "by"), None)
        if event.passive or (by is not None and event.form == "ed" and event.object is None):
            return by, event.subject
        return event.subject, event.object

    def _miss(self, event: Event, reason: str, fix: str) -> None:
        self.gaps.say(event.words, reason, fix)

    # Frames.

    def _rest(self, event: Event, who: Ref | None) -> None:
        if who is None or not who.bodies:
            if event.verb is not COPULA:
                self._miss(event, "nothing on this stage does this", 'Name a prop, as in "a ball".')
            return
        hangs = event.verb.starts == "hanging from"
        for name in who.bodies:
            way = self._way(event, name)
            relation, anchor = way.relation or "on", way.anchor
            if way.source or way.target:
                anchor = way.source or way.target or WORLD
            if hangs:
                relation = "hanging from"
            if event.places or event.height or hangs or event.verb is not COPULA:
                self._place(name, relation, anchor, event, way.words or event.words)
        if event.verb is not COPULA:
            for name in who.bodies:
                if not self.cast.bodies[name].fixed:
                    self._act("rest", name, event)

    def _move(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        movers = patient if patient is not None else agent
        if patient is not None and agent is not None and agent.bodies and patient.bodies:
            self._strike(event, agent, patient)
            self._leaving(event, patient)
            return
        if movers is None or not movers.bodies:
            self._miss(event, "nothing on this stage does this", 'Name a prop, as in "a ball".')
            return
        by_hand = patient is not None and event.verb.agent
        verb = event.verb.agent if by_hand else event.verb.verb
        if movers.row and verb in ("fall", "push") and not any(
            r in _SOURCES for r, _ in event.places
        ):  # fmt: skip
            self._tip(event, movers)
            return
        self._set_going(event, verb, movers, by_hand=patient is not None)

    def _set_going(self, event: Event, verb: str, movers: Ref, *, by_hand: bool) -> None:
        names = movers.bodies
        if any(ref.reciprocal for _, ref in event.places) and len(names) > 1:
            self._meet(event, verb, names)
            return
        for name in names:
            self._go(event, verb, name, by_hand=by_hand)

    def _go(self, event: Event, verb: str, name: str, *, by_hand: bool) -> None:
        self.cast.loosen(name)
        way = self._way(event, name)
        hitter = self._hitters.get(name)
        if hitter is not None and not by_hand:
            self._follows_blow(event, name, way, hitter, verb)
            return
        before = self._cause(name)
        if before is not None and not by_hand:
            self._goes_on(event, verb, way, before)
            return
        if way.source is None and verb in ("fall", "drop", "slide", "roll", "push"):
            self._leaves_where_it_stands(verb, name, way)
        self._mark(event, verb, name, way)
        self._act(verb, name, event, way=way)
        if way.target not in (None, WORLD):
            self._hitters.setdefault(str(way.target), name)

    def _leaves_where_it_stands(self, verb: str, name: str, way: _Way) -> None:
        """ "It stands on the table. It falls.": it falls off the table."""
        place = self.placements.get(name)
        if place is None or place.anchor == WORLD or place.relation not in ("on", "edge of", "in"):
            return
        if verb in ("fall", "drop") or place.relation == "edge of":
            way.source = place.anchor

    def _follows_blow(
        self, event: Event, name: str, way: _Way, hitter: str, verb: str
    ) -> None:
        """What was hit moves by the blow: only where it stood is new."""
        if way.source is not None:
            self._place(name, "edge of", way.source, event, way.words)
        elif verb == "fall":
            self._act("knock over", hitter, event, target=name, expected=True)

    def _goes_on(self, event: Event, verb: str, way: _Way, before: dict[str, Any]) -> None:
        """ "rolls across the table and falls off": the second follows, and tells where the first leads."""
        name = str(before["body"])
        if way.source and not before.get("source"):
            before["source"] = way.source
            self._place(name, "on" if verb == "roll" else "edge of", way.source, event, way.words)
        if way.target not in (None, WORLD):
            if before.get("target") in (None, WORLD):
                before["target"] = way.target
            self._hitters.setdefault(str(way.target), name)
        self._act(verb, name, event, way=way, expected=True)

    def _strike_event(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        target = patient or self._target_ref(event)
        if agent is None or not agent.bodies:
            if patient is not None and patient.bodies:
                if target is patient and (into := self._target_ref(event)) and into.bodies:
                    self._strike(event, patient, into)
                else:
                    self._set_going(event, "push", patient, by_hand=True)
            else:
                self._miss(event, "nothing on this stage does this", 'Name a prop, as in "a ball".')
        elif target is None or target.reciprocal or not target.bodies:
            self._strike_nothing(event, agent, target)
        else:
            self._strike(event, agent, target)
            self._leaving(event, target)

    def _strike_nothing(self, event: Event, agent: Ref, target: Ref | None) -> None:
        if target is not None and WORLD in target.names:
            self._set_going(event, "fall", agent, by_hand=False)
        elif len(agent.bodies) > 1:
            self._meet(event, event.verb.verb, agent.bodies)
        elif target is None or target.reciprocal:
            self._miss(event, "it is not said what is met", 'Name it, as in "hits the bottle".')
        else:
            self._miss(event, "what it meets is not on this stage", "Name a prop.")

    def _meet(self, event: Event, verb: str, names: Sequence[str]) -> None:
        """Each other: all go at the last, which comes the other way."""
        last = names[-1]
        for name in names:
            self.cast.loosen(name)
            other = {"direction": "left"} if name == last else {"target": last}
            self._mark(event, verb, name, _Way())
            if self._cause(name) is None:
                self._act(verb, name, event, **other)
            self._hitters[name] = last if name != last else names[0]

    def _strike(self, event: Event, strikers: Ref, struck: Ref) -> None:
        """Strikers go at the first of the struck; a cause they have already leads there."""
        for name in strikers.bodies:
            target = next((other for other in struck.bodies if other != name), None)
            if target is None:
                continue
            self.cast.loosen(name)
            before = self._cause(name)
            if before is not None and before.get("target") in (None, WORLD):
                before["target"] = target
            if before is None and name in self._hitters:
                continue
            if before is None:
                self._mark(event, "swing" if self._hangs(name) else "collide", name, _Way())
            if event.verb.frame == "strike" or before is None:
                self._act("collide", name, event, target=target, expected=before is not None)
            for other in struck.bodies:
                self._hitters.setdefault(other, name)

    def _hangs(self, name: str) -> bool:
        place = self.placements.get(name)
        return place is not None and place.relation == "hanging from"

    def _leaving(self, event: Event, struck: Ref) -> None:
        """ "knocks the glass off the table": the glass stands at its edge."""
        for name in struck.bodies:
            way = self._way(event, name)
            if way.source:
                self._place(name, "edge of", way.source, event, way.words)

    def _topple(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        fallen = patient if patient is not None else agent
        if fallen is None or not fallen.bodies:
            self._miss(event, "nothing on this stage does this", 'Name a prop, as in "a ball".')
            return
        if patient is not None and agent is not None and agent.bodies:
            self._strike(event, agent, patient)
            self._leaving(event, patient)
            for name in patient.bodies:
                self.cast.loosen(name)
                self._act("knock over", agent.bodies[0], event, target=name, expected=True)
        elif any(role in _SOURCES for role, _ in event.places):
            verb = "push" if patient is not None else "fall"
            self._set_going(event, verb, fallen, by_hand=patient is not None)
        else:
            self._tip(event, fallen)

    def _tip(self, event: Event, fallen: Ref) -> None:
        """Nobody here tips it; of a row only the first is tipped."""
        for name in fallen.bodies[:1] if fallen.row else fallen.bodies:
            self.cast.loosen(name)
            hitter = self._hitters.get(name)
            if hitter:
                self._act("knock over", hitter, event, target=name, expected=True)
            elif (before := self._cause(name)) is not None:
                self._act("knock over", name, event, expected=before is not None)
            else:
                self._mark(event, "push", name, self._way(event, name))
                self._act("knock over", name, event)

    def _break(self, event: Event, agent: Ref | None, patient: Ref | None) -> None:
        broken = patient if patient is not None else agent
        if broken is None or not broken.bodies:
            self._miss(event, "nothing on this stage does this", 'Name a prop, as in "a glass".')
            return
        hits = patient is not None and agent is not None and bool(agent.bodies)
        if hits and agent is not None and patient is not None:
            self._strike(event, agent, patient)
        for name in broken.bodies:
            self.cast.loosen(name)
            way = self._way(event, name)
            target = self._hitters.get(name) or way.target or WORLD
            cause = self._cause(name)
            if cause is not None and cause.get("target") and not hits:
                target = str(cause["target"])
            self._act("shatter", name, event, target=target, expected=cause is not None)

    # Ways, marks and actions.

    def _target_ref(self, event: Event) -> Ref | None:
        roles = (*_TARGETS, "on", "in", "beside", "along")
        return next((ref for role, ref in event.places if role in roles), None)

    def _way(self, event: Event, name: str) -> _Way:
        way = _Way(direction=event.direction)
        for role, ref in event.places:
            anchor = next((n for n in ref.names if n != name), None)
            if anchor is None:
                continue
            self._read_place(way, event, role, anchor, ref)
        return way

    def _read_place(self, way: _Way, event: Event, role: str, anchor: str, ref: Ref) -> None:
        lands = event.verb.lands and event.verb.frame in ("move", "break", "strike")
        if event.verb.frame == "rest":
            role = {"by": "beside", "onto": "on", "into": "in", "source": "hanging from"}.get(
                role, role
            )
        if role in _SOURCES and not (event.verb.verb == "bounce" and anchor != WORLD):
            way.source, way.words = (anchor if anchor != WORLD else None), ref.words
        elif role in ("down", "up"):
            way.direction, way.words = role, ref.words
            if role == "down" and anchor != WORLD:
                way.source = anchor
        elif role == "along" or (role in _STANDING and not lands):
            way.relation = "on" if role == "along" else {"by": "beside"}.get(role, role)
            way.anchor, way.words = anchor, ref.words
        elif role == "above":
            way.relation, way.anchor, way.words = "above", anchor, ref.words
        elif role == "hanging from":
            way.relation, way.anchor, way.words = role, anchor, ref.words
        elif role != "by":
            way.target, way.target_words = anchor, ref.words

    def _mark(self, event: Event, verb: str, name: str, way: _Way) -> None:
        """Where a body begins that is about to move."""
        words = way.words or event.words
        height = event.height is not None and event.verb.starts == "above"
        if way.source is not None and not height:
            relation = "on" if way.direction == "down" or verb == "roll" else "edge of"
            self._place(name, relation, way.source, event, words, sure=bool(way.words))
        elif way.relation:
            self._place(name, way.relation, way.anchor, event, words)
        elif name in self.placements and not height:
            return
        elif event.height is not None and verb in ("fall", "drop", "bounce", "throw", "push"):
            self._place(name, "above", self._below(verb, way), event, event.words)
        else:
            starts = {"fall": "above", "swing": "hanging from"}.get(verb, event.verb.starts)
            if verb == "bounce" and way.target not in (None, WORLD):
                starts = "on" if not self.cast.is_furniture(str(way.target)) else starts
            self._place_default(name, starts, self._below(verb, way) if starts == "above" else WORLD)

    @staticmethod
    def _below(verb: str, way: _Way) -> str:
        """What a body is let go above: what it is thrown at lies elsewhere."""
        return WORLD if verb in ("throw", "push") else way.target or WORLD

    def _place(
        self,
        name: str,
        relation: str,
        anchor: str,
        event: Event,
        words: tuple[Token, ...],
        *,
        sure: bool = True,
    ) -> None:
        height = event.height.value if event.height else None
        if height is not None and not 0 <= height <= MAX_HEIGHT_M:
            raise PlanError(
                f"a height of {height:g} m is more than {MAX_HEIGHT_M:g} m.",
                fix='Write a smaller one, as in "from 2 metres".',
            )
        if relation not in ("above", "hanging from"):
            height = None
        elif height is None:
            height = HEIGHT_M if relation == "above" else HANGING_M
        if relation == "by":
            relation = "beside"
        origin = (
            origin_of(self.text, words) if sure
            else origin_of(self.text, words, "inferred", INFERRED)
        )  # fmt: skip
        self._defaults.discard(name)
        self._put(name, relation, anchor, height, origin)

    def _place_default(self, name: str, relation: str, anchor: str) -> None:
        height = {"above": HEIGHT_M, "hanging from": HANGING_M}.get(relation)
        self._defaults.add(name)
        self._put(name, relation, anchor, height, DEFAULT)

    def _put(self, name: str, relation: Any, anchor: str, height: float | None, o: Origin) -> None:
        if self._stands_on(anchor, name):
            anchor = WORLD
        self.placements[name] = Placement(
            body=name, relation=relation, anchor=anchor, height_m=height, origin=o
        )

    def _stands_on(self, name: str, other: str) -> bool:
        """Whether a thing stands, through others, on another: then that cannot stand on it."""
        for _ in range(len(self.placements) + 1):
            if name == other:
                return True
            place = self.placements.get(name)
            if place is None or place.anchor == WORLD:
                return False
            name = place.anchor
        return True

    def _cause(self, name: str) -> dict[str, Any] | None:
        return next(
            (a for a in self.actions if a["body"] == name and a["verb"] not in ("rest", "shatter")
             and not (a["verb"] == "knock over" and a.get("target"))),
            None,
        )  # fmt: skip

    def _act(
        self,
        verb: str,
        name: str,
        event: Event,
        *,
        way: _Way | None = None,
        target: str | None = None,
        direction: str | None = None,
        expected: bool = False,
    ) -> None:
        before = self._cause(name) if expected else None
        start_s = before["start_s"] if before else START_S + STEP_S * event.step + event.delay_s
        self.actions.append(
            {
                "verb": verb,
                "body": name,
                "target": target or (way.target if way else None),
                "source": way.source if way else None,
                "direction": direction or (way.direction if way else "") or None,
                "speed_m_s": None if expected else self._speed(event),
                "start_s": round(start_s, 3),
                "origin": origin_of(self.text, event.words),
                "_words": event.words,
            }
        )

    def _speed(self, event: Event) -> float | None:
        if event.speed is not None:
            if not 0 <= event.speed.value <= MAX_SPEED_M_S:
                raise PlanError(
                    f"a speed of {event.speed.value:g} m/s is more than {MAX_SPEED_M_S:g}.",
                    fix='Write a smaller one, as in "at 5 m/s".',
                )
            return round(event.speed.value, 4)
        if event.manner and event.verb.speeds_m_s:
            return event.verb.speeds_m_s[0 if event.manner == "slow" else 1]
        if event.manner:
            self._miss(event, "gravity alone says how fast this goes", "Change the height instead.")
        return None

    # At the end.

    def arrange(self) -> None:
        """Stacks and rows, then a place for everything that has none."""
        for arrangement, names in self.cast.stacks:
            for below, above in zip(names, names[1:], strict=False):
                if self._cause(above) is None or self.cast.bodies[above].prop == "domino":
                    relation = "on" if arrangement == "stack" else "beside"
                    origin = self.cast.bodies[above].origin
                    self._put(above, relation, below, None, origin)
        for name in self.cast.bodies:
            if name not in self.placements:
                self._place_default(name, "on", self._table_of_hitter(name))
        for action in self.actions:
            self._join_target(action)

    def _table_of_hitter(self, name: str) -> str:
        """What is met stands where the other one rolls."""
        hitter = self._hitters.get(name)
        place = self.placements.get(hitter) if hitter else None
        fixed = self.cast.bodies[name].fixed
        if place and hitter and place.relation == "on" and place.anchor != name and not fixed:
            cause = self._cause(hitter)
            if cause and cause["verb"] in ("roll", "slide", "push", "collide") and not cause["source"]:
                return place.anchor
        return WORLD

    def _join_target(self, action: dict[str, Any]) -> None:
        """What goes at something on a table starts on that table, unless the text says otherwise."""
        name, target = action["body"], action["target"]
        place = self.placements.get(target) if target else None
        if name not in self._defaults or place is None or place.anchor in (WORLD, name):
            return
        mine = self.placements[name]
        if mine.relation == "on" and place.relation in ("on", "edge of"):
            self._put(name, "on", place.anchor, None, place.origin)

    def needed_s(self) -> float:
        """Time for the last cause to play out."""
        return max((a["start_s"] for a in self.actions), default=0.0) + TAIL_S

    def finished(self, duration_s: float) -> tuple[Action, ...]:
        """The actions that begin before the shot ends; the others are listed."""
        kept = []
        for action in self.actions:
            words: tuple[Token, ...] = action.pop("_words")
            if action["start_s"] >= min(duration_s, MAX_DURATION_S):
                self.gaps.say(
                    words, f"this begins after the shot's {duration_s:g} s", "Write it in the next cell."
                )
            else:
                kept.append(Action(**action))
        return tuple(kept)
