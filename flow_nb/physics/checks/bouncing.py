"""Bounces beside Newton's law. In: successive flights of round bodies. Out: checks of speed and height."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from flow_nb.physics.checks.drag import DRAGGED, terminal_m_s
from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.checks.verdict import SPEED, TIME, verdict
from flow_nb.physics.flight import Flown
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check
from flow_nb.props.archetypes import sets
from flow_nb.props.materials import materials, pair_restitution

LEVEL = 0.999
TOUCH_S = 0.015
LEAST_M_S = 0.4
MOST_BOUNCES = 6


def bouncing(seen: Evidence) -> Iterator[Check]:
    """Every bounce of a ball on something level that does not move."""
    for name, stand in seen.stands.items():
        if not stand.prop.is_ball or seen.plan.gravity_m_s2 <= 0:
            continue
        flights = [flown for flown in seen.flown if flown.body == name]
        found = 0
        for before, after in itertools.pairwise(flights):
            restitution = _restitution(seen, before)
            released_s = after.released_s
            if restitution is None or released_s is None or found == MOST_BOUNCES:
                continue
            closing = -float(before.velocity_m_s[2])
            if released_s - before.end_s > TOUCH_S or restitution * closing < LEAST_M_S:
                continue
            found += 1
            yield from _bounce(seen, before, after, restitution, found)


def _restitution(seen: Evidence, before: Flown) -> float | None:
    """What the materials say of the level, unmoving thing that ended a flight; None for others."""
    rows, names = seen.story.contacts, seen.story.names
    column = names.index(before.body)
    near = np.abs(rows["time_s"] - before.end_s) < 0.002
    here = rows[near & (rows["a"] == column) | near & (rows["b"] == column)]
    if len(here) != 1 or abs(float(here["normal"][0, 2])) < LEVEL:
        return None
    other = int(here["b"][0] if here["a"][0] == column else here["a"][0])
    if other < 0:
        material = materials()[sets()[seen.plan.set.kind].floor]
    elif names[other] in seen.stands and seen.stands[names[other]].body.fixed:
        material = seen.stands[names[other]].material
    else:
        return None
    return pair_restitution(seen.stands[before.body].material, material)


def _bounce(
    seen: Evidence, before: Flown, after: Flown, restitution: float, number: int
) -> Iterator[Check]:
    gravity, released_s = seen.plan.gravity_m_s2, float(after.released_s or 0.0)
    start = after.start
    parting = float(start.body.velocity_m_s[2]) + gravity * (start.time_s - released_s)
    expected = -restitution * float(before.velocity_m_s[2])
    who = f"{first(say(before.body))} bounces off (bounce {number})"
    compare = partial(verdict, kind="bounce", body=before.body, time_s=before.end_s)
    yield compare(
        law="v' = e v",
        expected=expected,
        solved=parting,
        unit="m/s",
        within=SPEED,
        says=who,
    )
    free = expected < math.sqrt(DRAGGED) * terminal_m_s(seen, before.body)
    if free and after.velocity_m_s[2] < 0 and start.body.velocity_m_s[2] > 0:
        yield compare(
            law="t = 2 e v / g",
            expected=2 * expected / gravity,
            solved=after.end_s - released_s,
            unit="s",
            within=TIME,
            says=f"{first(say(before.body))} is in the air after bounce {number}",
        )
