"""Energy over a shot. In: the solver's energy and the work done on it. Out: a check that none comes from nowhere."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from scipy.ndimage import grey_closing

from flow_nb.physics.checks.evidence import Evidence, Vector, sample
from flow_nb.plan.events import Check
from flow_nb.plan.motion import POSE_RATE_HZ

MOST = 0.005
"""Growth without a source, as a share of the energy in play."""
TOUCH_S = 0.025
"""For so long a touch may store energy that it gives back."""
LEAST_J = 1e-3
"""Less energy than this in play is not worth a word."""


def balance(seen: Evidence) -> Iterator[Check]:
    """One check of the whole shot; none where something moves the bodies whose work is not counted."""
    if seen.driven or len(seen.energy_j) < 3:
        return
    energy = seen.energy_j - seen.work_j[: len(seen.energy_j)]
    scale = max(float(np.ptp(energy)), float(seen.kinetic_j.max()), LEAST_J)
    starts = {sample(s.start_s) + 1 for s in seen.stands.values() if s.start_s is not None}
    cuts = [0, *sorted(i for i in starts if 2 < i < len(energy) - 2), len(energy)]
    grown, at = max(
        (_growth(energy[i:k]) + np.array([0, i]) for i, k in itertools.pairwise(cuts)),
        key=lambda pair: float(pair[0]),
    )
    share = float(grown) / scale
    yield Check(
        kind="energy",
        body="set",
        time_s=float(at) / POSE_RATE_HZ,
        law="E never grows by itself",
        expected=0.0,
        solved=100 * share,
        unit="%",
        holds=share <= MOST,
        text=f"Energy grows by {100 * share:.2f} % of the {scale:.3g} J in play without a source."
        if share > MOST
        else f"Of the {scale:.3g} J in play none comes from nowhere.",
    )


def _growth(energy_j: Vector) -> Vector:
    """How much energy rises above its lowest value so far, and at which sample.

    What touches store for an instant is filled up first, so that giving it back is no growth.
    """
    size = max(3, min(2 * round(TOUCH_S * POSE_RATE_HZ) + 1, len(energy_j)))
    filled = grey_closing(energy_j, size=(size,), mode="nearest")
    rise = filled - np.minimum.accumulate(filled)
    at = int(np.argmax(rise))
    return np.array([rise[at], at])
