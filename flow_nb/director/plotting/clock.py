"""When what happens. In: drafts of actions with how they follow one another. Out: starts and ends that fit a shot."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from flow_nb.director.frame import Joint, Span
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.actions import Action

START_S, BESIDE_S, TAIL_S = 0.5, 0.0, 1.5
MAX_SQUEEZE = 0.5
GRAVITY_FLOOR_M_S2 = 0.5


@dataclass(slots=True)
class Draft:
    """An action in the making: later words may still say where it leads, and when.

    ``cause`` is what an expected action follows from: it shares that one's start.
    """

    fields: dict[str, Any]
    span: Span
    lasts_s: float
    start_s: float = START_S
    end_s: float | None = None
    cause: Draft | None = None

    @property
    def verb(self) -> str:
        """The plan's verb."""
        return str(self.fields["verb"])

    @property
    def body(self) -> str:
        """What moves."""
        return str(self.fields["body"])

    @property
    def names(self) -> set[str]:
        """Every body that it speaks of."""
        told = ("body", "agent", "target", "source", "instrument")
        return {str(self.fields[key]) for key in told if self.fields.get(key)}

    def shift(self, by_s: float) -> None:
        """The same, later."""
        self.start_s += by_s
        self.end_s = None if self.end_s is None else self.end_s + by_s


def lasts_s(
    verb: str,
    *,
    height_m: float,
    gravity_m_s2: float,
    distance_m: float | None = None,
    speed_m_s: float | None = None,
) -> float:
    """How long a cause takes: a fall sqrt(2 h / g) and half a second to come to rest, a way by its
    speed, everything else by the table.

    >>> round(lasts_s("fall", height_m=1.0, gravity_m_s2=9.81), 2)
    0.95
    """
    if verb in ("fall", "drop"):
        return math.sqrt(2 * height_m / max(gravity_m_s2, GRAVITY_FLOOR_M_S2)) + 0.5
    if distance_m is not None and speed_m_s:
        return distance_m / speed_m_s
    return float(tables()["seconds"].get(verb, TAIL_S))


@dataclass(slots=True)
class Clock:
    """Lines drafts up. ``last`` is the frame before, ``before`` all that goes on together with it, from
    ``start_s`` to ``end_s``."""

    drafts: list[Draft] = field(default_factory=list)
    before: list[Draft] = field(default_factory=list)
    last: list[Draft] = field(default_factory=list)
    start_s: float = START_S
    end_s: float = START_S

    def add(self, drafts: list[Draft], joint: Joint, *, delay_s: float, follows: bool) -> None:
        """One frame's drafts. ``follows``: it waits for the frame before, unless the joint says more."""
        length = max((draft.lasts_s for draft in drafts), default=0.0)
        start = self._start(joint, length, follows=follows) + delay_s
        for draft in drafts:
            draft.shift(start - START_S)
        if joint == "until":
            for draft in self.last:
                draft.end_s = max(start, draft.start_s + 0.1)
        self.drafts += drafts
        if drafts:
            keep = joint == "while" or not follows
            self.start_s = min(self.start_s, start) if keep else start
            self.end_s = max(start + length, self.end_s if keep else 0.0)
            self.before = [*(self.before if keep else []), *drafts]
            self.last = drafts

    def _start(self, joint: Joint, length_s: float, *, follows: bool) -> float:
        if not self.drafts:
            return START_S
        if joint == "before":
            start = min((draft.start_s for draft in self.last), default=self.start_s)
            for draft in self.last:
                draft.shift(length_s)
                self.end_s = max(self.end_s, draft.start_s + draft.lasts_s)
            return start
        if joint == "while" or not follows:
            return self.start_s
        return self.end_s

    def needed_s(self) -> float:
        """Time for everything to play out."""
        ends = [
            draft.start_s + draft.lasts_s + (TAIL_S if draft.end_s is None else -START_S)
            for draft in self.drafts
        ]
        return max(ends, default=0.0)

    def finished(self, duration_s: float, gaps: Gaps) -> tuple[Action, ...]:
        """The actions that begin before the shot ends, moved together if that lets them; the others
        are listed."""
        last = max((draft.start_s for draft in self.drafts), default=0.0)
        room = duration_s - 1.0
        squeeze = min(1.0, max(room / last, MAX_SQUEEZE)) if last > START_S else 1.0
        kept = []
        for draft in self.drafts:
            begins = draft.cause.start_s if draft.cause else draft.start_s
            start = round(min(begins, START_S) + max(begins - START_S, 0.0) * squeeze, 3)
            if start >= duration_s:
                late = f"this begins after the shot's {duration_s:g} s"
                gaps.say(draft.span, late, "Write it in the next cell.")
                continue
            end = None if draft.end_s is None else round(min(draft.end_s * squeeze, duration_s), 3)
            origin = gaps.origin(draft.span)
            kept.append(Action(**draft.fields, start_s=start, end_s=end, origin=origin))
        return tuple(kept)
