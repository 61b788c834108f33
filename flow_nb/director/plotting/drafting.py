"""Drafts in the making. In: verbs and bodies. Out: `Draft`s, and what set what going."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flow_nb.director.frame import Frame
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.clock import START_S, Clock, Draft, lasts_s
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.routes import Route
from flow_nb.director.plotting.speeds import speed_m_s
from flow_nb.errors import PlanError
from flow_nb.plan.actions import Leg, Verb
from flow_nb.plan.plan import WORLD
from flow_nb.plan.shot import MAX_DURATION_S

MAX_WORDS_CHARS = 200
IN_PLACE = ("explode", "open", "close", "spin", "shake", "knock over", "shatter")
"""What is done without going anywhere."""
STAYS = (
    "look",
    "wave",
    "point",
    "gesture",
    "handle",
    "hold",
    "rest",
    "sit",
    "stand",
    "lie",
    "crouch",
)
"""What is done on the spot, whatever lies between."""
GOING = (
    "walk", "run", "jump", "crawl", "climb", "swim", "drive", "fly", "roll", "slide", "push", "pull",
    "carry", "fall", "float", "rise", "lower", "bounce",
)  # fmt: skip
"""After this somebody is elsewhere."""
TAKES_ALONG = ("carry", "push", "pull", "drive", "walk", "run", "fly")
HEIGHT_M = 0.8
"""From how high things fall where nobody says: about a table's height."""


class Drafting:
    """Collects the drafts of one frame after the other.

    ``causes`` is what each body did first; ``hitters`` says which body met another first; ``now``
    holds the drafts of the frame at hand.
    """

    def __init__(self, cast: Cast, gaps: Gaps, gravity_m_s2: float) -> None:
        self.cast = cast
        self.gaps = gaps
        self.gravity_m_s2 = gravity_m_s2
        self.clock = Clock()
        self.causes: dict[str, Draft] = {}
        self.hitters: dict[str, str] = {}
        self.now: list[Draft] = []
        self.frame: Frame = Frame(lemma="", span=(0, 0), row=None)

    def bodies(self, things: Sequence[int]) -> tuple[str, ...]:
        """The names of things that are bodies, each once."""
        names = [name for thing in things for name in self.cast.names(thing)]
        return tuple(dict.fromkeys(name for name in names if name != WORLD))

    def add(
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
        height_m: float | None = None,
        straight: bool = False,
    ) -> Draft:
        """One action; an expected one shares the start of what it follows from. ``straight``: its
        target alone says which way it goes.

        Raises:
            PlanError: it goes on for longer than a shot.
        """
        frame, who = self.frame, agent or name
        if frame.lasts_s is not None and frame.lasts_s > MAX_DURATION_S:
            raise PlanError(
                f"a duration of {frame.lasts_s:g} s is more than {MAX_DURATION_S:g} s.",
                fix='Write another, as in "for 6 seconds".',
            )
        still = expected or verb == "rest"
        speed = None if still else speed_m_s(frame, self.gaps, acts=self.cast.goes(who))
        if speed is not None and frame.speed_m_s is None and self.cast.kind(who) == "vehicle":
            speed = round(speed * min(self.cast.bodies[who].scale, 1.0) ** 0.5, 2)
        draft = Draft(
            fields={
                "verb": verb, "body": name, "agent": agent, "target": target,
                "how": how if target else None, "source": route.source if route else None,
                "path": _path(verb, name, route),
                "instrument": self._tool(name, who), "direction": direction or self._direction(route, straight),
                "speed_m_s": speed, "turns": None if still else frame.turns,
                "manner": ", ".join(frame.manners)[:MAX_WORDS_CHARS],
                "lemma": frame.lemma[:MAX_WORDS_CHARS], "expected": expected,
            },
            span=frame.span,
            lasts_s=frame.lasts_s or lasts_s(
                verb, height_m=frame.height_m or height_m or HEIGHT_M, gravity_m_s2=self.gravity_m_s2,
                distance_m=frame.distance_m, speed_m_s=speed,
            ),
            end_s=START_S + frame.lasts_s if frame.lasts_s else None,
        )  # fmt: skip
        if expected:
            draft.cause = (
                self.causes.get(name) or self.causes.get(agent or "") or self._leader(name)
            )
        elif verb != "rest":
            self.causes.setdefault(name, draft)
        self.now.append(draft)
        return draft

    def went(self, name: str) -> bool:
        """Whether a body has left its place already, by itself or with what it carries."""
        return any(
            draft.verb in GOING
            and (
                draft.body == name
                or (draft.verb in TAKES_ALONG and draft.fields.get("agent") == name)
            )
            for draft in (*self.clock.drafts, *self.now)
            if not draft.fields["expected"]
        )

    def _tool(self, name: str, who: str) -> str | None:
        tools = self.bodies(self.frame.instruments)
        return next((tool for tool in tools if tool not in (name, who)), None)

    def _direction(self, route: Route | None, straight: bool) -> str | None:
        if straight:
            return None
        told = route.direction if route else self.frame.direction
        return told or (self.frame.row.direction if self.frame.row else None)

    def _leader(self, name: str) -> Draft | None:
        """What set going what met it."""
        hitter = self.hitters.get(name)
        return self.causes.get(hitter) if hitter else None

    def aim(self, name: str, target: str) -> None:
        """What a moving body meets, where that was still open."""
        cause = self.causes.get(name)
        open_ = cause is not None and cause.fields.get("target") in (None, WORLD)
        if cause and open_ and target != name and cause.verb not in IN_PLACE:
            cause.fields |= {"target": target, "how": cause.fields.get("how") or "against"}

    def lead_on(self, name: str, route: Route) -> None:
        """ "rolls across the table and falls off": it follows, and tells where the first one leads."""
        cause = self.causes.get(name)
        if cause is None:
            return
        if route.source and not cause.fields.get("source"):
            cause.fields["source"] = route.source
        if route.meets:
            self.aim(name, route.meets)
            self.hitters.setdefault(route.meets, name)

    def in_row(self, names: Sequence[str]) -> bool:
        """Whether they stand in a row, as dominoes do."""
        rows = [set(group) for kind, group in self.cast.groups if kind == "row"]
        return any(set(names) <= group for group in rows)

    def stacked(self, names: Sequence[str]) -> bool:
        """Whether they stand on one another."""
        stacks = [set(group) for kind, group in self.cast.groups if kind in ("stack", "pyramid")]
        return any(set(names) <= group for group in stacks)

    def tip_first(self, names: Sequence[str], agent: str | None = None) -> None:
        """Of a row only the first is tipped; each of the others is met by the one before."""
        first = names[0]
        self.cast.loosen(first)
        hitter = self.hitters.get(first) if agent is None else None
        expected = hitter is not None or (agent is None and first in self.causes)
        self.add("knock over", first, agent=agent or hitter, expected=expected)
        for kind, group in self.cast.groups:
            if kind == "row" and first in group:
                for before, name in pairwise(group):
                    self.hitters.setdefault(name, before)


def _path(verb: Verb, name: str, route: Route | None) -> tuple[Leg, ...]:
    if route is None or verb in STAYS:
        return ()
    return tuple(leg for leg in route.legs if leg.body != name)
