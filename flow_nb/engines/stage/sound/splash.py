"""Bodies that enter water. In: splash and sink events. Out: the slap, the cavity that closes, the spray."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.bubbles import chirps, minnaert_hz
from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.noise import NoiseBank
from flow_nb.plan.motion import POSE_RATE_HZ, Event, Motion
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

LENGTH_S = 1.3
CAVITY = 0.18
"""Radius of the bubble that a body drags under, as a share of its size."""

DEEPEST_HZ, HIGHEST_HZ = 70.0, 900.0
SPRAY_M_S = 3.0
LEVEL, SINK_LEVEL = 0.35, 0.08


def splash(motion: Motion, noise: NoiseBank, *, field: Field, rng: np.random.Generator) -> None:
    """Lays every body's entry into water, and the gulps of what goes down; what a vessel spills is heard
    by its drops."""
    for event in motion.events:
        column = motion.index(event.body)
        if column < 0 or event.kind not in ("splash", "sink") or event.body in motion.drops:
            continue
        size_m = float(motion.sizes_m[column])
        if event.kind == "splash":
            wave = entry(size_m, _speed(motion, event, column), noise, rng)
        else:
            wave = _gulps(size_m, rng)
        row = min(round(event.time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
        field.at(wave, event.time_s, motion.positions_m[row, column].astype(float))


def entry(size_m: float, speed_m_s: float, noise: NoiseBank, rng: np.random.Generator) -> Floats:
    """A body of that size falls in: a slap at once, the cavity's deep bubble when it closes (Pumphrey &
    Walton, "Experimental study of the sound emitted by water drops", 1988), and spray that falls back."""
    count = int(LENGTH_S * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    hard = min(speed_m_s / SPRAY_M_S, 2.0)
    reach = float(np.clip((size_m / 0.1) ** 0.7, 0.15, 4.0))
    top = float(np.clip(2_500 / reach**0.4, 700, 6_000))
    slap = noise.grain(top, count, int(rng.integers(1 << 16))) * np.exp(-t / (0.012 + 0.01 * reach))
    wash_s = 0.10 + 0.12 * reach * hard
    wash = noise.grain(4_000, count, int(rng.integers(1 << 16))) * _swell(t, 0.03, wash_s)
    deep = float(np.clip(minnaert_hz(CAVITY * size_m / 2), DEEPEST_HZ, HIGHEST_HZ))
    closes_s = min(0.02 + 0.25 * np.sqrt(size_m / 2), 0.3)
    begins = np.array([closes_s, closes_s * 1.8])
    cavity = chirps(begins, deep * np.array([1.0, 1.35]), np.array([0.8, 0.35]), count, rng)
    drops = int(rng.poisson(40 * reach * hard)) + 3
    when = np.minimum(closes_s + rng.gamma(2.0, wash_s, drops), LENGTH_S - 0.05)
    pitch = 3_200 * 2.0 ** rng.normal(0, 0.9, drops)
    spray = chirps(
        when, np.clip(pitch, 600, 9_000), 0.12 * rng.lognormal(0, 0.6, drops), count, rng
    )
    fade = np.clip((LENGTH_S - t) / 0.2, 0, 1)
    total = 0.5 * slap + 0.22 * hard * wash + cavity + spray
    return np.asarray(LEVEL * min(reach, 2.0) * hard**0.8 * total * fade)


def _gulps(size_m: float, rng: np.random.Generator) -> Floats:
    """Air that leaves what goes down."""
    count = int(LENGTH_S * SAMPLE_RATE_HZ)
    many = int(6 + 30 * min(size_m, 1.0))
    when = np.sort(rng.uniform(0, LENGTH_S - 0.2, many))
    pitch = np.clip(500 * 2.0 ** rng.normal(0, 0.6, many), 150, 2_000)
    return SINK_LEVEL * chirps(when, pitch, rng.lognormal(0, 0.5, many), count, rng)


def _swell(t: Floats, rise_s: float, fall_s: float) -> Floats:
    return np.asarray((1 - np.exp(-t / rise_s)) * np.exp(-t / fall_s))


def _speed(motion: Motion, event: Event, column: int) -> float:
    if event.speed_m_s > 0:
        return event.speed_m_s
    row = min(max(round(event.time_s * POSE_RATE_HZ), 2), len(motion.positions_m) - 1)
    step = motion.positions_m[row, column] - motion.positions_m[row - 2, column]
    return max(float(np.linalg.norm(step)) * POSE_RATE_HZ / 2, 0.5)
