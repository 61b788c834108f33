"""What sets things going. In: verbs and bodies from staging. Out: `Action`s with start, speed and origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flow_nb.director.events import Event
from flow_nb.director.gaps import Gaps
from flow_nb.director.tokens import Token, origin_of
from flow_nb.director.ways import Way
from flow_nb.errors import PlanError
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import WORLD, Action
from flow_nb.plan.shot import MAX_DURATION_S

START_S, STEP_S, TAIL_S = 0.5, 1.5, 2.5
MAX_SPEED_M_S = 100.0

_NOT_CAUSES = ("rest", "shatter")


@dataclass(slots=True)
class Draft:
    """An action in the making: later words may still say where it leads."""

    verb: Any
    body: str
    target: str | None
    source: str | None
    direction: Any
    speed_m_s: float | None
    start_s: float
    origin: Origin
    words: tuple[Token, ...]

    def action(self) -> Action:
        """The finished action."""
        return Action(
            verb=self.verb, body=self.body, target=self.target, source=self.source,
            direction=self.direction, speed_m_s=self.speed_m_s, start_s=self.start_s,
            origin=self.origin,
        )  # fmt: skip


class Causes:
    """Collects actions. ``hitters`` says which body met another first."""

    def __init__(self, text: str, gaps: Gaps) -> None:
        self._text = text
        self._gaps = gaps
        self._drafts: list[Draft] = []
        self.hitters: dict[str, str] = {}

    def of(self, name: str) -> Draft | None:
        """What set a body going: the first thing it did by itself."""
        for draft in self._drafts:
            tips_another = draft.verb == "knock over" and draft.target
            if draft.body == name and draft.verb not in _NOT_CAUSES and not tips_another:
                return draft
        return None

    def aim(self, name: str, target: str) -> None:
        """What a moving body meets, where that was still open."""
        cause = self.of(name)
        open_ = cause is not None and cause.target in (None, WORLD)
        if cause is not None and open_ and cause.verb != "knock over" and target != name:
            cause.target = target

    def add(
        self,
        verb: str,
        name: str,
        event: Event,
        *,
        way: Way | None = None,
        target: str | None = None,
        direction: str = "",
        expected: bool = False,
    ) -> None:
        """One action. ``expected``: it follows from the body's cause, and shares its start."""
        cause = self.of(name) if expected else None
        start_s = cause.start_s if cause else START_S + STEP_S * event.step + event.delay_s
        self._drafts.append(
            Draft(
                verb=verb,
                body=name,
                target=target or (way.target if way else None),
                source=way.source if way else None,
                direction=direction or (way.direction if way else "") or None,
                speed_m_s=None if expected or verb == "rest" else self._speed_m_s(event),
                start_s=round(start_s, 3),
                origin=origin_of(self._text, event.words),
                words=event.words,
            )
        )

    def _speed_m_s(self, event: Event) -> float | None:
        if event.speed is not None:
            if event.speed.value > MAX_SPEED_M_S:
                raise PlanError(
                    f"a speed of {event.speed.value:g} m/s is more than {MAX_SPEED_M_S:g} m/s.",
                    fix='Write a smaller one, as in "at 5 m/s".',
                )
            return round(event.speed.value, 4)
        if event.manner and event.verb.speeds_m_s:
            return event.verb.speeds_m_s[0 if event.manner == "slow" else 1]
        if event.manner:
            self._gaps.say(
                event.words,
                "gravity says how fast this goes",
                'Change the height instead, as in "from 2 metres".',
            )
        return None

    def needed_s(self) -> float:
        """Time for the last cause to play out."""
        return max((draft.start_s for draft in self._drafts), default=0.0) + TAIL_S

    def finished(self, duration_s: float) -> tuple[Action, ...]:
        """The actions that begin before the shot ends; the others are listed."""
        kept = []
        for draft in self._drafts:
            if draft.start_s < min(duration_s, MAX_DURATION_S):
                kept.append(draft.action())
            else:
                late = f"this begins after the shot's {duration_s:g} s"
                self._gaps.say(draft.words, late, "Write it in the next cell.")
        return tuple(kept)
