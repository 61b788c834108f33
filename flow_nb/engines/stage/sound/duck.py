"""One bus makes room for another. In: two sounds. Out: by how many dB the lower one steps back.

The curve looks ahead, is smooth, and is only as deep as is needed: what is quiet anyway stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from flow_nb.engines.stage.sound.loudness import weighted
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

STEP = SAMPLE_RATE_HZ // 100
SILENT_DB = -100.0
HEARD_DB, LEAST_DB = 28.0, -50.0
"""The key is on where it is less than this beneath its own loudness, and not fainter than that."""

HOLD_S, SMOOTH_S, LEVEL_S = 0.45, 0.20, 0.40


@dataclass(frozen=True, kw_only=True, slots=True)
class Ducking:
    """The lower bus is to lie ``beneath_db`` under the upper, and gives way ``most_db`` at most."""

    beneath_db: float
    most_db: float


def ducked(lower: Floats, key: Floats, rule: Ducking) -> Floats:
    """``lower`` (m, 2), out of the way wherever ``key`` (m, 2) is heard."""
    if not key.any() or not lower.any():
        return lower
    return np.asarray(lower * 10 ** (-depth_db(lower, key, rule) / 20)[:, None])


def depth_db(lower: Floats, key: Floats, rule: Ducking) -> Floats:
    """The curve (m,) in dB, 0 and more."""
    above, below = _levels_db(key), _levels_db(lower)
    power = 10 ** (above / 10)
    on = above > max(_loud_db(above) - HEARD_DB, LEAST_DB)
    held = maximum_filter1d(on.astype(float), _steps(HOLD_S))
    heard = 10 * np.log10(_wide_mean(power * on, held > 0))
    near = 10 * np.log10(uniform_filter1d(10 ** (below / 10), _steps(LEVEL_S)) + 1e-12)
    need = np.clip(near - (heard - rule.beneath_db), 0.0, rule.most_db) * held
    window = np.hanning(_steps(SMOOTH_S) + 2)[1:-1]
    calm = np.convolve(np.pad(need, len(window), mode="edge"), window / window.sum(), mode="same")
    calm = calm[len(window) : -len(window)]
    at = np.arange(len(lower))
    return np.asarray(np.interp(at, (np.arange(len(calm)) + 0.5) * STEP, calm))


def _levels_db(sound: Floats) -> Floats:
    """Weighted power of both channels over every 10 ms, in LUFS."""
    power = np.sum(weighted(sound) ** 2, axis=1)
    power = np.pad(power, (0, -len(power) % STEP)).reshape(-1, STEP).mean(axis=1)
    return np.asarray(np.maximum(10 * np.log10(power + 1e-12) - 0.691, SILENT_DB))


def _loud_db(levels_db: Floats) -> float:
    """How loud it is where it is loudest: the mean power of the upper fifth."""
    power = np.sort(10 ** (levels_db / 10))
    return float(10 * np.log10(power[-max(1, len(power) // 5) :].mean()))


def _wide_mean(power: Floats, on: NDArray[np.bool_]) -> Floats:
    """The mean power over a second around, of what is on."""
    size = _steps(1.0)
    share = uniform_filter1d(on.astype(float), size)
    return np.asarray((uniform_filter1d(power, size) + 1e-12) / np.maximum(share, 1 / size))


def _steps(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ / STEP) | 1
