"""Who does what when. In: a plan's actions. Out: each figure's `Part`, which runs its scripts in their time.

What takes the whole body is done one after the other; looking, and on the way waving, pointing and
talking with the hands, go along with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from flow_nb.physics.acting import (
    going,
    handling,
    hands,
    leaping,
    postures,
    pouring,
    prone,
    pushing,
    setting,
    signs,
    striking,
    throwing,
)
from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.telling import over, telling
from flow_nb.plan.actions import Action, Verb
from flow_nb.plan.plan import WORLD, Plan
from flow_nb.props.archetypes import archetypes

Maker = Callable[[Company, Figure, Action], Script]

SCRIPTS: Mapping[Verb, Maker] = MappingProxyType({
    "walk": going.walk, "run": going.walk, "turn": going.turn, "spin": going.turn,
    "jump": leaping.jump, "bounce": leaping.jump, "dance": leaping.dance, "climb": leaping.climb,
    "crawl": prone.crawl, "swim": prone.swim, "slide": prone.crawl, "fly": prone.swim, "float": prone.swim,
    "sit": postures.sit, "stand": postures.stand, "lie": postures.lie, "crouch": postures.crouch,
    "fall": postures.fall, "look": signs.look, "wave": signs.wave, "point": signs.point,
    "gesture": signs.gesture, "reach": handling.reach, "pick up": hands.pick_up, "lift": hands.pick_up,
    "put down": setting.put_down, "lower": setting.put_down, "hold": handling.hold, "carry": setting.carry,
    "push": pushing.push, "pull": pushing.pull, "drop": handling.drop, "open": handling.reach,
    "close": handling.reach, "handle": handling.handle, "knock over": pushing.push, "throw": throwing.throw,
    "catch": throwing.catch, "kick": striking.kick, "hit": striking.hit,
    "pour": pouring.pour,
})  # fmt: skip
ON_THINGS: Mapping[Verb, Maker] = MappingProxyType({
    "slide": pushing.push, "roll": throwing.throw, "bounce": handling.drop, "spin": handling.reach,
    "swing": pushing.push, "fall": pushing.push, "fly": throwing.throw, "drive": handling.reach,
    "shatter": handling.drop,
})  # fmt: skip
"""What a figure does when it does these to a thing."""
SLIPS = (["slip"], ["skid"], ["stumble"], ["trip"])
"""Who does this loses the ground under the feet, and does not go on the belly."""
CATCH_AHEAD_S = 1.3
"""Who is to catch watches the throw and is ready."""
ALONGSIDE: frozenset[Verb] = frozenset({"look", "wave", "point", "gesture"})
HANDS_FREE: frozenset[Verb] = frozenset(
    {"walk", "run", "sit", "stand", "turn", "crouch", "climb", "lie", "carry", "hold"}
)


def doer_of(plan: Plan, action: Action) -> str | None:
    """The figure that carries an action out, if one does."""
    for name in (action.agent, action.body):
        if name not in (None, WORLD) and is_figure(plan, str(name)):
            return name
    if action.verb == "catch" and action.target and is_figure(plan, action.target):
        return action.target
    return None


def is_figure(plan: Plan, name: str) -> bool:
    """Whether a body is a person."""
    return name != WORLD and archetypes()[plan.body(name).prop].kind == "figure"


def script_for(figure: Figure, action: Action) -> Maker:
    """What is done for an action by its doer."""
    on_thing = action.body != figure.name
    if on_thing and action.verb in ON_THINGS:
        return ON_THINGS[action.verb]
    if on_thing and action.verb not in SCRIPTS:
        return handling.handle
    if action.verb == "slide" and action.lemma.split()[:1] in SLIPS:
        return postures.fall
    return SCRIPTS.get(action.verb, signs.gesture)


@dataclass(slots=True)
class Part:
    """What one figure has to do, in order of time, and what it is doing."""

    company: Company
    figure: Figure
    cues: list[Action]
    along: list[Action] = field(default_factory=list)
    doing: Script | None = None
    verb: Verb | None = None
    also: list[Script] = field(default_factory=list)

    def tick(self, time_s: float) -> None:
        """Everything it does at an instant."""
        self.figure.now_s = time_s
        self._begin(time_s)
        if self.doing is not None and over(self.doing):
            self.doing, self.verb = None, None
        self.also = [script for script in self.also if not over(script)]
        self.figure.engaged = self.doing is not None

    def _begin(self, time_s: float) -> None:
        ahead_s = CATCH_AHEAD_S if self.cues and self.cues[0].verb == "catch" else 0.0
        if self.doing is None and self.cues and self.cues[0].start_s - ahead_s <= time_s:
            action = self.cues.pop(0)
            self.doing, self.verb = self._script(action), action.verb
            if self.cues:
                self.company.waits[self.figure.name] = self.cues[0].start_s
            else:
                self.company.waits.pop(self.figure.name, None)
        for action in [a for a in self.along if a.start_s <= time_s]:
            if action.verb != "look" and self.verb is not None and self.verb not in HANDS_FREE:
                continue
            self.along.remove(action)
            self.also.append(self._script(action))

    def _script(self, action: Action) -> Script:
        self.company.tell(
            self.figure, "act", telling(self.figure.name, action), _other(self.figure, action)
        )
        self.figure.go({"gaze": 1.0 if action.verb in ALONGSIDE else 0.85}, 0.4)
        if action.verb not in ALONGSIDE and not self.figure.minds:
            self.figure.looks_at = None
        self._watch_me()
        return script_for(self.figure, action)(self.company, self.figure, action)

    def _watch_me(self) -> None:
        """Who has nothing to do looks at who acts."""
        me = self.figure
        for other in self.company.figures.values():
            if other is me or other.engaged or (other.looks_at is not None and other.minds):
                continue
            other.looks_at = lambda: me.breast_m
            other.go({"gaze": 0.75}, 0.6)


def parts(company: Company) -> list[Part]:
    """The part of every figure, from the actions that are not only expected."""
    plan = company.plan
    made = []
    for name, figure in company.figures.items():
        mine = [a for a in plan.actions if not a.expected and doer_of(plan, a) == name and _real(a)]
        mine.sort(key=lambda action: action.start_s)
        cues = [a for a in mine if a.verb not in ALONGSIDE]
        along = [a for a in mine if a.verb in ALONGSIDE]
        figure.minds = any(action.verb == "look" for action in along)
        made.append(Part(company, figure, cues, along))
    return made


def _real(action: Action) -> bool:
    """Whether there is anything to do: resting is not doing."""
    return action.verb not in ("rest", "collide")


def _other(figure: Figure, action: Action) -> str:
    for name in (action.body, action.target):
        if name not in (None, figure.name):
            return str(name)
    return ""
