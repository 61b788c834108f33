"""Explosions. In: burst events. Out: the front, the thump, the rumble, and what rains down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.grains import crumble, grains
from flow_nb.engines.stage.sound.noise import NoiseBank
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

LENGTH_S = 2.4
PHASE_S = 0.007
"""How long the front's overpressure lasts; some kilograms of a charge at some metres."""

LEVEL = 3.0
BALLOON_M, BALLOON_KG = 0.6, 0.05
"""What is as large and weighs less than that pops."""


def blast(motion: Motion, noise: NoiseBank, *, field: Field, rng: np.random.Generator) -> None:
    """Lays every explosion."""
    for event in motion.events:
        column = motion.index(event.body)
        if event.kind != "burst" or column < 0:
            continue
        row = min(round(event.time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
        pops = motion.masses_kg[column] < BALLOON_KG and motion.sizes_m[column] < BALLOON_M
        wave = _pop() if pops else bang(noise, rng)
        field.at(wave, event.time_s, motion.positions_m[row, column].astype(float))


def friedlander(t: Floats, phase_s: float) -> Floats:
    """The pressure behind a front, (1 - t / T) exp(-t / T).

    >>> friedlander(np.array([0.0, 0.01]), 0.01).tolist()
    [1.0, 0.0]
    """
    return np.asarray((1 - t / phase_s) * np.exp(-t / phase_s))


def bang(noise: NoiseBank, rng: np.random.Generator) -> Floats:
    """The front; fire's roar as dark as it is long; a thump below 60 Hz; debris."""
    count = int(LENGTH_S * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    front = friedlander(t, PHASE_S)
    crackle = noise.grain(9_000, count, int(rng.integers(1 << 16))) * np.exp(-t / 0.02)
    roar = noise.grain(420, count, int(rng.integers(1 << 16))) * np.exp(-t / 0.45)
    body = noise.grain(1_600, count, int(rng.integers(1 << 16))) * np.exp(-t / 0.12)
    thump = np.sin(2 * np.pi * (38 * t + 0.5 * (1 - np.exp(-t / 0.05)))) * np.exp(-t / 0.22)
    wave = front + 0.35 * crackle + 0.5 * roar + 0.4 * body + 0.8 * thump
    for name, begin_s in (("gravel", 0.45), ("soil", 0.6), ("gravel", 0.85)):
        begin = int((begin_s + 0.1 * rng.random()) * SAMPLE_RATE_HZ)
        rain = crumble(grains()[name], 1.0, rng)
        wave[begin : begin + len(rain)] += 0.06 * rain[: count - begin]
    return np.asarray(LEVEL * wave * np.clip((LENGTH_S - t) / 0.4, 0, 1))


def _pop() -> Floats:
    """A skin that tears: a front of half a millisecond, then nothing."""
    t = np.arange(int(0.02 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return friedlander(t, 0.0005)
