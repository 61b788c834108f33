"""The set's own breath. In: a set, a length, a generator. Out: quiet stereo that never loops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.loudness import loudness_lufs
from flow_nb.engines.stage.sound.noise import shaped
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]
Maker = Callable[[int, np.random.Generator], Floats]

MAINS_HZ = 50.0
HUM = ((1, 0.5), (2, 1.0), (3, 0.25), (4, 0.45), (6, 0.2), (8, 0.1), (12, 0.05))
"""Harmonic of the mains and its share."""

OUTDOOR_LUFS, KITCHEN_LUFS, STUDIO_LUFS = -46.0, -49.0, -58.0


def ambience(kind: str, count: int, rng: np.random.Generator, *, outdoors: bool) -> Floats:
    """``count`` samples (count, 2) of the set called ``kind``, at that set's loudness."""
    make, level_lufs = _SETS.get(kind, _SETS["street"] if outdoors else _SETS["studio"])
    sound = make(count, rng).T
    return np.asarray(sound * 10 ** ((level_lufs - loudness_lufs(sound)) / 20))


def _room(count: int, rng: np.random.Generator) -> Floats:
    """Air in a quiet room: noise that falls 6 dB an octave above 150 Hz."""
    return shaped(rng, count, lambda f: f / (f + 40) / (1 + f / 150) / (1 + (f / 9_000) ** 2))


def _kitchen(count: int, rng: np.random.Generator) -> Floats:
    """The room, and a refrigerator on the left: mains harmonics that waver slowly."""
    t = np.arange(count) / SAMPLE_RATE_HZ
    hum = np.zeros(count)
    for harmonic, gain in HUM:
        drift = _drift(count, rng, period_s=2.5)
        phase = 2 * np.pi * MAINS_HZ * harmonic * t + rng.uniform(0, 2 * np.pi)
        hum += gain * (1 + 0.25 * drift) * np.sin(phase + 0.15 * drift)
    return np.asarray(_room(count, rng) + 0.45 * hum * np.array([[0.9], [0.5]]))


def _street(count: int, rng: np.random.Generator) -> Floats:
    """A town far away: a dull wash that swells and falls, and a little air."""
    far = shaped(rng, count, lambda f: f / (f + 30) / (1 + (f / 220) ** 2))
    near = shaped(rng, count, lambda f: f**2 / (f**2 + 300**2) / (1 + (f / 1_400) ** 2))
    swell = np.stack([1 + 0.35 * _drift(count, rng, period_s=6) for _ in range(2)])
    passing = np.stack([0.25 + 0.2 * _drift(count, rng, period_s=3.5) for _ in range(2)])
    return np.asarray(far * swell + near * np.maximum(passing, 0.05))


def _drift(count: int, rng: np.random.Generator, *, period_s: float) -> Floats:
    """A slow wander around 0, about +-1, that never repeats."""
    knots = int(count / SAMPLE_RATE_HZ / period_s * 4) + 5
    values = np.convolve(rng.standard_normal(knots + 2), (0.5, 0.7, 0.5), mode="valid")
    x = np.arange(count) / (count - 1 if count > 1 else 1) * (knots - 1)
    low = np.minimum(x.astype(int), knots - 2)
    share = (1 - np.cos(np.pi * (x - low))) / 2
    return np.asarray(values[low] * (1 - share) + values[low + 1] * share)


_SETS: Mapping[str, tuple[Maker, float]] = MappingProxyType(
    {
        "kitchen": (_kitchen, KITCHEN_LUFS),
        "studio": (_room, STUDIO_LUFS),
        "street": (_street, OUTDOOR_LUFS),
    }
)
