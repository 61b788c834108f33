"""The true-peak limiter. In: the peaks of a sound. Out: by how many dB it has to go down, and when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d

from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

CEILING_DB = -1.0
MARGIN_DB = 0.9
"""What AAC may add to a peak at this rate; see ``tests/bench/mix.py``."""

LOOK_AHEAD = int(0.0015 * SAMPLE_RATE_HZ)
RELEASE_S = 0.008


def reduction_db(peak: Floats) -> Floats:
    """A look-ahead limiter's curve: it is down before a peak comes and rises slowly after it.

    The curve is smooth and the samples stay where they are, so onsets do not move.
    """
    over_db = np.maximum(20 * np.log10(np.maximum(peak, 1e-9)) - CEILING_DB + MARGIN_DB, 0.0)
    window = np.hanning(2 * LOOK_AHEAD + 3)[1:-1]
    held = -minimum_filter1d(-_released(over_db), 2 * LOOK_AHEAD + 1)
    return np.convolve(held, window / window.sum(), mode="same")[: len(peak)]


def _released(over_db: Floats) -> Floats:
    """After a peak the reduction falls by 8.7 dB a release time: a running maximum on a slope."""
    slope = np.arange(len(over_db)) * (8.7 / (RELEASE_S * SAMPLE_RATE_HZ))
    return np.asarray(np.maximum.accumulate(over_db + slope) - slope).clip(0)
