"""Pendulums beside theory. In: tracks of what hangs. Out: checks of the period, exact for the amplitude."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from flow_nb.physics.checks.evidence import Evidence, Vector, sample
from flow_nb.physics.checks.verdict import TIME, verdict
from flow_nb.physics.closed_form import pendulum_period_s
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Check
from flow_nb.plan.motion import POSE_RATE_HZ

LEAST_RAD, LEAST_M = 0.03, 0.005


def swinging(seen: Evidence) -> Iterator[Check]:
    """Everything that swings freely through its lowest point twice, or once from where it was let go."""
    for stand in seen.stands.values():
        swings = stand.pivot_m is not None and stand.start_s is not None
        make = seen.makes.get(stand.body.name)
        if swings and make is not None and make.mass_kg > 0 and seen.plan.gravity_m_s2 > 0:
            yield from _swing(seen, stand)  # what bends has its mass in its points, not in a body


def _swing(seen: Evidence, stand: Stand) -> Iterator[Check]:
    name, start_s = stand.body.name, float(stand.start_s or 0.0)
    arm = seen.track_m(name) - np.array(stand.pivot_m, dtype=np.float64)
    met = seen.touched_s(name)
    met = met[met > start_s]
    until = sample(float(met[0])) - 1 if len(met) else len(arm)
    start = sample(start_s)
    arm = arm[start:until]
    if len(arm) < 2 or not np.isfinite(arm).all() or float(np.linalg.norm(arm[0])) < LEAST_M:
        return
    amplitude = math.acos(-arm[0, 2] / float(np.linalg.norm(arm[0])))
    if amplitude < LEAST_RAD:
        return
    level = arm[:, :2] @ arm[0, :2] / np.linalg.norm(arm[0, :2])
    passes = _zeros(level)
    period = pendulum_period_s(
        _length_m(seen, stand, float(np.linalg.norm(arm[0]))),
        amplitude_rad=amplitude,
        gravity_m_s2=seen.plan.gravity_m_s2,
    )
    if len(passes) > 1:
        solved, share, what = passes[1] - passes[0], 0.5, "half a swing"
    elif len(passes):
        solved, share = passes[0] + start / POSE_RATE_HZ - start_s, 0.25
        what = "the way down"
    else:
        return
    yield verdict(
        kind="pendulum",
        body=name,
        time_s=start_s + passes[-1 if len(passes) < 2 else 1],
        law="T = 2 pi sqrt(L / g) / agm(1, cos(a / 2))",
        expected=period,
        solved=solved / share,
        unit="s",
        within=TIME,
        says=f"{first(say(name))} swings from {math.degrees(amplitude):.0f}°, by {what}",
    )


def _zeros(level_m: Vector) -> list[float]:
    """When it passes its lowest point, in seconds from the first sample."""
    at = np.flatnonzero(np.sign(level_m[:-1]) * np.sign(level_m[1:]) < 0)
    part = level_m[at] / (level_m[at] - level_m[at + 1])
    return [float(t) for t in (at + part) / POSE_RATE_HZ]


def _length_m(seen: Evidence, stand: Stand, arm_m: float) -> float:
    """Of the point pendulum that swings alike: (I + m d^2) / (m d), across the swing."""
    make = seen.makes[stand.body.name]
    inertia = float(make.inertia_kg_m2[1, 1])
    return (inertia + make.mass_kg * arm_m**2) / (make.mass_kg * arm_m)
