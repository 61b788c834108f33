"""Who comes first. In: what the text expects in which order. Out: checks of the solved order.

Two bodies that the text lands, or lets meet the same thing, one before the other, are held against
the instants at which they do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.checks.happened import Told
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check, Event
from flow_nb.plan.plan import Action

LANDS = ("collide", "hit", "fall", "drop", "rest", "splash", "shatter")
TOGETHER_S = 1 / 24
"""Closer than a frame is together."""


def ordering(seen: Evidence, events: Sequence[Event]) -> Iterator[Check]:
    """Every two successive expectations of one kind, of two bodies, that the text sets apart."""
    expected = [a for a in seen.plan.actions if a.expected and a.verb in LANDS]
    expected.sort(key=lambda action: action.start_s)
    for early, late in itertools.pairwise(expected):
        apart = late.start_s - early.start_s > 1e-3
        alike = early.body != late.body and (early.verb, early.target) == (late.verb, late.target)
        if apart and alike:
            times = [_lands_s(seen, events, action) for action in (early, late)]
            if None not in times:
                yield _check(seen, early, late, times[1] - times[0])  # type: ignore[operator]


def _lands_s(seen: Evidence, events: Sequence[Event], action: Action) -> float | None:
    if action.body not in seen.stands:
        return None
    start_s = seen.stands[action.body].start_s or 0.0
    times = Told(seen, events, action, action.body).met_at_s
    times = times[times > start_s]
    return float(times[0]) if len(times) else None


def _check(seen: Evidence, early: Action, late: Action, lead_s: float) -> Check:
    a, b = say(early.body), say(late.body)
    if lead_s > TOGETHER_S:
        text = f"{first(a)} lands {lead_s:.2f} s before {b}, as told."
    elif lead_s > -TOGETHER_S:
        text = f"{first(a)} does not land before {b}: {_together(seen, early, late)}."
    else:
        text = f"{first(a)} does not land before {b} but {-lead_s:.2f} s after it."
    return Check(
        kind="expected",
        body=early.body,
        time_s=early.start_s,
        law=f"{early.body} lands before {late.body}",
        expected=1.0,
        solved=float(lead_s > TOGETHER_S),
        unit="",
        holds=lead_s > TOGETHER_S,
        text=text,
    )


def _together(seen: Evidence, early: Action, late: Action) -> str:
    heights = [seen.stands[action.body].foot_m[2] for action in (early, late)]
    level = abs(heights[0] - heights[1]) < 0.05 * max(heights)
    if seen.plan.air.medium == "vacuum" and level:
        return "in a vacuum everything falls alike, and they land together"
    return "they land together"
