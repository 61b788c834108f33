"""How loud it is. In: stereo samples. Out: integrated loudness (BS.1770-4) and true peak."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyloudnorm.meter import Meter
from scipy.signal import resample_poly, sosfilt

from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

BLOCK = int(0.4 * SAMPLE_RATE_HZ)
SILENCE_LUFS = -100.0
OVERSAMPLING = 4
K_WEIGHTING = np.array(
    [
        [
            1.53512485958697,
            -2.69169618940638,
            1.19839281085285,
            1,
            -1.69065929318241,
            0.73248077421585,
        ],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
"""Sections at 48 kHz: ITU-R BS.1770-4, tables 1 and 2."""


def weighted(samples: Floats) -> Floats:
    """Samples (m, 2) as the meter of BS.1770 hears them."""
    return np.asarray(sosfilt(K_WEIGHTING, samples, axis=0))


def loudness_lufs(samples: Floats) -> float:
    """Integrated loudness of (m, 2); less than a block is measured with silence behind it.

    >>> t = np.arange(48_000) / 48_000
    >>> sine = np.sin(2 * np.pi * 997 * t)
    >>> round(loudness_lufs(0.1 * np.stack([sine, sine], axis=-1)), 1)
    -20.0
    """
    if len(samples) < BLOCK:
        samples = np.pad(samples, ((0, BLOCK - len(samples)), (0, 0)))
    value = float(_meter().integrated_loudness(samples))
    return value if np.isfinite(value) else SILENCE_LUFS


def peaks(samples: Floats) -> Floats:
    """Per sample the largest magnitude, of both channels, between it and the next: four-fold
    oversampled."""
    out = np.zeros(len(samples))
    for channel in samples.T:
        dense = np.abs(resample_poly(channel, OVERSAMPLING, 1))
        for phase in range(OVERSAMPLING):
            np.maximum(out, dense[phase::OVERSAMPLING], out=out)
    return out


def true_peak_db(samples: Floats) -> float:
    """The largest inter-sample peak in dB of full scale."""
    return float(20 * np.log10(max(float(peaks(samples).max(initial=0.0)), 1e-12)))


@cache
def _meter() -> Meter:
    return Meter(SAMPLE_RATE_HZ)
