"""Free flight beside theory. In: flights. Out: checks of falls and projectiles: time, speed, range, apex."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from flow_nb.physics.checks.drag import DRAGGED, is_ball, terminal_m_s
from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.checks.verdict import SPEED, TIME, verdict
from flow_nb.physics.closed_form import drag_fall_speed_m_s, drag_fall_time_s
from flow_nb.physics.flight import Flown
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check

SHORTEST_S = 0.1
AT_REST_M_S = 0.05
SIDEWAYS_M_S = 0.3
UPWARD_M_S = 0.5
TERMINAL = 0.98


def falling(seen: Evidence) -> Iterator[Check]:
    """The first flight of every body."""
    done: set[str] = set()
    for flown in seen.flown:
        lasted_s = flown.end_s - flown.start.time_s
        if flown.body in done or lasted_s < SHORTEST_S or seen.plan.gravity_m_s2 <= 0:
            continue
        done.add(flown.body)
        theory_s = fall_s(flown, seen.plan.gravity_m_s2)
        if theory_s is None:
            continue
        across = float(np.linalg.norm(flown.start.body.velocity_m_s[:2]))
        terminal = terminal_m_s(seen, flown.body)
        fast = max(across, float(np.linalg.norm(flown.velocity_m_s)))
        if fast < math.sqrt(DRAGGED) * terminal:
            flight = _projectile if across > SIDEWAYS_M_S else _fall
            yield from flight(flown, theory_s, seen.plan.gravity_m_s2)
        elif is_ball(seen, flown.body) and across < AT_REST_M_S:
            yield from _dragged(flown, terminal, seen.plan.gravity_m_s2)


def fall_s(flown: Flown, gravity_m_s2: float) -> float | None:
    """How long theory flies from the start of a flight to the height at which it ended."""
    up = float(flown.start.body.velocity_m_s[2])
    rise = float(flown.centre_m[2] - flown.start.body.centre_m[2])
    inside = up * up - 2 * gravity_m_s2 * rise
    if inside < 0:
        return None
    down = -1.0 if flown.velocity_m_s[2] > 0 else 1.0
    return (up + down * math.sqrt(inside)) / gravity_m_s2


def _fall(flown: Flown, theory_s: float, gravity_m_s2: float) -> Iterator[Check]:
    start = flown.start.body
    from_rest = bool(np.linalg.norm(start.velocity_m_s) < AT_REST_M_S)
    height = float(start.centre_m[2] - flown.centre_m[2])
    who = first(say(flown.body))
    compare = partial(verdict, kind="fall", body=flown.body, time_s=flown.end_s)
    yield compare(
        law="t = sqrt(2 h / g)" if from_rest else "h = v t + g t^2 / 2",
        expected=theory_s,
        solved=flown.end_s - flown.start.time_s,
        unit="s",
        within=TIME,
        says=f"{who} falls {height:.2f} m",
    )
    speed = math.sqrt(float(start.velocity_m_s @ start.velocity_m_s) + 2 * gravity_m_s2 * height)
    yield compare(
        law="v = sqrt(2 g h)" if from_rest else "v^2 = u^2 + 2 g h",
        expected=speed,
        solved=float(np.linalg.norm(flown.velocity_m_s)),
        unit="m/s",
        within=SPEED,
        says=f"{who} arrives",
    )


def _dragged(flown: Flown, terminal_m_s: float, gravity_m_s2: float) -> Iterator[Check]:
    """A ball that falls from rest, against drag that grows as the square of its speed."""
    start = flown.start.body
    if np.linalg.norm(start.velocity_m_s) > AT_REST_M_S:
        return
    height = float(start.centre_m[2] - flown.centre_m[2])
    who = first(say(flown.body))
    compare = partial(verdict, body=flown.body, time_s=flown.end_s)
    yield compare(
        kind="fall",
        law="t = (v / g) arcosh(exp(g h / v^2))",
        expected=drag_fall_time_s(height, terminal_m_s, gravity_m_s2=gravity_m_s2),
        solved=flown.end_s - flown.start.time_s,
        unit="s",
        within=TIME,
        says=f"{who} falls {height:.2f} m against the air",
    )
    reached = drag_fall_speed_m_s(height, terminal_m_s, gravity_m_s2=gravity_m_s2)
    ends = reached > TERMINAL * terminal_m_s
    yield compare(
        kind="terminal speed" if ends else "fall",
        law="v = sqrt(2 m g / (rho c A))" if ends else "u = v sqrt(1 - exp(-2 g h / v^2))",
        expected=terminal_m_s if ends else reached,
        solved=float(np.linalg.norm(flown.velocity_m_s)),
        unit="m/s",
        within=SPEED,
        says=f"{who} arrives",
    )


def _projectile(flown: Flown, theory_s: float, gravity_m_s2: float) -> Iterator[Check]:
    start = flown.start.body
    who = first(say(flown.body))
    compare = partial(verdict, kind="projectile", body=flown.body, time_s=flown.end_s)
    yield compare(
        law="z = u t - g t^2 / 2",
        expected=theory_s,
        solved=flown.end_s - flown.start.time_s,
        unit="s",
        within=TIME,
        says=f"{who} is in the air",
    )
    yield compare(
        law="x = u t",
        expected=float(np.linalg.norm(start.velocity_m_s[:2])) * theory_s,
        solved=float(np.linalg.norm(flown.centre_m[:2] - start.centre_m[:2])),
        unit="m",
        within=SPEED,
        says=f"{who} flies",
    )
    up = float(start.velocity_m_s[2])
    if up > UPWARD_M_S and flown.velocity_m_s[2] < 0:
        yield compare(
            law="h = u^2 / (2 g)",
            expected=up * up / (2 * gravity_m_s2),
            solved=flown.highest_m - float(start.centre_m[2]),
            unit="m",
            within=SPEED,
            says=f"{who} rises",
        )
