"""Air in water. In: instants, pitches or radii. Out: bubbles that ring and rise in pitch.

A bubble of radius r rings at f = sqrt(3 k p / rho) / (2 pi r), 3.26 m/s over r in water at the surface
(Minnaert, "On musical air-bubbles", 1933). Its damping is 0.13 / r + 0.0072 r^-3/2, and the pitch of one
that comes up to the surface rises with it (van den Doel, "Physically based models for liquid sounds", 2005).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

HEAT_RATIO, PRESSURE_PA, WATER_KG_M3 = 1.4, 101_325.0, 1_000.0
RISE = 0.1
"""How much of its damping a bubble's pitch rises by, per second, when it comes from shallow water."""

RISERS = 0.4
"""Share of bubbles that are so near the surface that their pitch rises."""

ATTACK_S = 0.0006


def minnaert_hz(radius_m: float) -> float:
    """Pitch of a bubble in water.

    >>> round(minnaert_hz(0.001))
    3283
    """
    return math.sqrt(3 * HEAT_RATIO * PRESSURE_PA / WATER_KG_M3) / (2 * math.pi * radius_m)


def radii_m(hertz: Floats) -> Floats:
    """The radius that rings so: `minnaert_hz` the other way round."""
    return np.asarray(minnaert_hz(1.0) / hertz)


def damping_per_s(radius_m: Floats) -> Floats:
    """By radiation, heat and friction, of the amplitude.

    >>> float(damping_per_s(np.array([0.002])).round(0)[0])
    145.0
    """
    return np.asarray(0.13 / radius_m + 0.0072 * radius_m**-1.5)


def chirps(
    begins_s: Floats, hertz: Floats, loud: Floats, count: int, rng: np.random.Generator
) -> Floats:
    """Bubbles that begin at ``begins_s`` with pitches ``hertz`` and loudness ``loud``, (count,) samples."""
    out = np.zeros(count)
    damping = damping_per_s(radii_m(hertz))
    rises = np.where(rng.random(len(hertz)) < RISERS, RISE * damping, 0.0)
    phases = rng.uniform(0, 2 * np.pi, len(hertz))
    for begin_s, f, d, rise, gain, phase in zip(
        begins_s, hertz, damping, rises, loud, phases, strict=True
    ):
        begin = int(begin_s * SAMPLE_RATE_HZ)
        t = np.arange(max(0, min(int(5.5 / d * SAMPLE_RATE_HZ), count - begin))) / SAMPLE_RATE_HZ
        turn = 2 * np.pi * f * t * (1 + np.minimum(rise * t, 1.0) / 2) + phase
        out[begin : begin + len(t)] += (
            gain * np.sin(turn) * np.exp(-d * t) * np.minimum(t / ATTACK_S, 1.0)
        )
    return out
