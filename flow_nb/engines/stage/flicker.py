"""Light that is not steady. In: what kind of light, a seed, an instant. Out: how much of its strength it has then."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

Flicker = Literal["", "fire", "neon"]

FIRE_HZ = (1.3, 3.1, 5.9, 9.7)
FIRE_DEEP = 0.6
NEON_HZ, NEON_OUT, NEON_DIM = 11.0, 0.14, 0.22
"""A tube near its end: how often it may go out, in which share of the times, and what is left of it."""


def share(kind: Flicker, seed: int, time_s: float) -> float:
    """Between 0 and about 1.4; 1 for a steady light.

    >>> share("", 3, 1.0), 0.5 < share("fire", 3, 1.0) < 1.5
    (1.0, True)
    """
    if kind == "fire":
        phases = np.random.default_rng([seed, 5]).uniform(0, math.tau, len(FIRE_HZ))
        waves = [
            math.sin(math.tau * hz * time_s + phase) / (i + 1)
            for i, (hz, phase) in enumerate(zip(FIRE_HZ, phases, strict=True))
        ]
        return 1 + FIRE_DEEP * sum(waves) / 2
    if kind == "neon":
        spell = int(time_s * NEON_HZ)
        out = float(np.random.default_rng([seed, 7, spell]).random()) < NEON_OUT
        return NEON_DIM if out else 1.0
    return 1.0
