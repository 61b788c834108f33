"""Collisions beside theory. In: meetings of free bodies. Out: checks of momentum and restitution."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flow_nb.physics.checks.evidence import Evidence, Meeting
from flow_nb.physics.checks.verdict import SPEED, verdict
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check
from flow_nb.props.materials import pair_restitution

LEAST_M_S = 0.3
MOST = 4
APART_S = 0.04
IN_LINE = 0.2
"""Bodies that pass each other faster than this share of their closing speed turn while they touch."""
STILL_M_S, DOWNWARD = 0.05, 0.3


def colliding(seen: Evidence) -> Iterator[Check]:
    """The first collisions of two whole bodies that nothing else meets at the time."""
    found = 0
    for meeting in seen.meetings:
        a, b = meeting.bodies
        if a not in seen.stands or b not in seen.stands or not _alone(seen, meeting):
            continue
        closing = float((meeting.before_m_s[0] - meeting.before_m_s[1]) @ meeting.normal)
        if closing < LEAST_M_S or found == MOST:
            continue
        found += 1
        yield from _collision(seen, meeting, closing)


def _alone(seen: Evidence, meeting: Meeting) -> bool:
    """Whether neither of the two is met by a third thing in these moments, and neither hangs, or stands
    on ground that holds against the blow."""
    still = np.linalg.norm(meeting.before_m_s, axis=1) < STILL_M_S
    for name, rests in zip(meeting.bodies, still, strict=True):
        below = abs(float(meeting.normal[2])) > DOWNWARD or not seen.stands[name].prop.rolls
        if rests and below and seen.plan.gravity_m_s2 > 0:
            return False
    if any(seen.stands[name].pivot_m is not None for name in meeting.bodies):
        return False
    near = [
        t
        for name in meeting.bodies
        for t in seen.touched_s(name)
        if abs(t - meeting.time_s) < APART_S / 2
    ]
    return bool(np.ptp(near) == 0) if near else True


def _collision(seen: Evidence, meeting: Meeting, closing: float) -> Iterator[Check]:
    a, b = meeting.bodies
    masses = np.array([seen.makes[a].mass_kg, seen.makes[b].mass_kg])
    before, after = meeting.before_m_s @ meeting.normal, meeting.after_m_s @ meeting.normal
    scale = float(np.abs(masses * before).sum())
    lost = float(masses @ (after - before))
    who = f"{first(say(a))} and {say(b)}"
    yield Check(
        kind="momentum",
        body=a,
        time_s=meeting.time_s,
        law="m1 v1 + m2 v2 stays",
        expected=float(masses @ before),
        solved=float(masses @ after),
        unit="N s",
        holds=abs(lost) <= SPEED * scale,
        text=f"{who} have {masses @ after:.3f} N s together after they meet, "
        f"{masses @ before:.3f} N s before.",
    )
    if all(_ball(seen, name) for name in (a, b)) and _in_line(meeting, closing):
        restitution = pair_restitution(seen.stands[a].material, seen.stands[b].material)
        yield verdict(
            kind="collision",
            body=a,
            time_s=meeting.time_s,
            law="v2' - v1' = e (v1 - v2)",
            expected=restitution * closing,
            solved=float(after[1] - after[0]),
            unit="m/s",
            within=SPEED,
            says=f"{who} part",
        )


def _in_line(meeting: Meeting, closing: float) -> bool:
    passing = meeting.before_m_s[0] - meeting.before_m_s[1] - closing * meeting.normal
    return float(np.linalg.norm(passing)) < IN_LINE * closing


def _ball(seen: Evidence, name: str) -> bool:
    return seen.stands[name].prop.is_ball
