"""Pouring, dripping, spray. In: a motion's drops. Out: bubbles where they land, and the note of what fills up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.sound.bubbles import chirps, minnaert_hz
from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.engines.stage.sound.modal import SOUND_M_S
from flow_nb.engines.stage.sound.noise import NoiseBank, swept
from flow_nb.engines.stage.sound.strike import Orchestra
from flow_nb.plan.forms import FORM_RATE_HZ, Drops
from flow_nb.plan.motion import Motion
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

LEAST_M_S = 0.6
"""A drop that meets slower than this makes no bubble."""

STOPS = 0.6
"""A drop has landed when it has lost this share of its speed from one sample to the next."""

MOST_PER_S = 260
RADIUS_M = (0.0009, 0.0042)
"""Bubbles under drops and a stream (Pumphrey & Elmore, J. Fluid Mech. 220, 1990)."""

BUBBLE, HISS, NOTE = 0.02, 0.035, 0.02
FASTEST_M_S, MUCH = 4.0, 60.0
DRY = frozenset({"sand", "gravel", "snow", "rice", "sugar", "salt"})
"""Grains do not bubble: they hiss."""

NOTE_HZ = 45.0
"""How far the air column's note wavers."""


def pour(motion: Motion, players: Orchestra, *, field: Field, rng: np.random.Generator) -> None:
    """Lays the sound of all liquids and grains."""
    for body, drops in sorted(motion.drops.items()):
        times_s, points, speeds = landings(drops)
        if len(times_s):
            place = np.average(points, axis=0, weights=speeds)
            wave = _stream(drops, times_s, speeds, players.noise, field.count, rng)
            wave += _filling(motion, drops, players.bodies, body, field.count, rng)
            span = np.array([0.0, motion.duration_s])
            field.along(wave, 0, np.stack([place, place]), span)


def landings(drops: Drops) -> tuple[Floats, Floats, Floats]:
    """When, where (n, 3) and how fast drops meet something."""
    points = drops.points_m.astype(np.float64)
    if len(points) < 3:
        return np.zeros(0), np.zeros((0, 3)), np.zeros(0)
    speed = np.linalg.norm(np.diff(points, axis=0), axis=-1) * FORM_RATE_HZ
    before, after = np.nan_to_num(speed[:-1]), np.nan_to_num(speed[1:], nan=0.0)
    hit = (before > LEAST_M_S) & (after < (1 - STOPS) * before)
    # The fall must be seen: a drop that is born or taken away has not landed.
    hit &= np.isfinite(points[:-2, :, 2]) & (points[:-2, :, 2] - points[1:-1, :, 2] > 0)
    sample, drop = np.nonzero(hit)
    # Between two samples it met somewhere; spread evenly, or one would hear the samples' rate.
    within = np.modf(drop * 0.6180339887)[0]
    return (sample + 1 + within) / FORM_RATE_HZ, points[sample + 1, drop], before[sample, drop]


def _stream(
    drops: Drops,
    times_s: Floats,
    speeds: Floats,
    noise: NoiseBank,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    speeds = np.minimum(speeds, FASTEST_M_S)
    rate = np.bincount((times_s * FORM_RATE_HZ).astype(int), speeds**2, int(count / 800) + 2)
    # Twice as much water is not twice as loud: bubbles and drops screen each other.
    power = (gaussian_filter1d(rate, 1.5) / MUCH) ** 0.4 * (drops.radius_m / 0.004)
    at = np.arange(count) * (FORM_RATE_HZ / SAMPLE_RATE_HZ)
    dry = drops.liquid in DRY
    centre = np.full(len(power), 5_500.0 if dry else 2_600.0)
    wave = swept(noise, at, (3.0 if dry else 1.0) * HISS * power, centre)
    if dry:
        return wave
    hits = _heard(times_s, speeds)
    low, high = RADIUS_M
    radius = low * (high / low) ** (rng.random(len(hits)) ** 1.6)
    hertz = minnaert_hz(1.0) / radius
    loud = BUBBLE * speeds[hits] * (radius / 0.002) * rng.lognormal(0, 0.5, len(hits))
    return np.asarray(wave + chirps(times_s[hits], hertz, loud, count, rng))


def _heard(times_s: Floats, speeds: Floats) -> NDArray[np.int64]:
    """The fastest of each twentieth of a second, in order of time."""
    window = (times_s * 20).astype(int)
    order = np.lexsort((-speeds, window))
    first = np.searchsorted(window[order], window[order])
    return np.sort(order[np.arange(len(order)) - first < MOST_PER_S // 20])


def _filling(
    motion: Motion,
    drops: Drops,
    bodies: Sequence[Instrument],
    source: str,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    """The note of the air in a vessel that fills: c / (4 (L + 0.62 R)), higher as L grows shorter."""
    out = np.zeros(count)
    for column, name in enumerate(motion.names):
        body = bodies[column]
        if name == source or body.form != "vessel" or body.length_m < 0.6 * body.width_m:
            continue
        inside = _inside(motion, drops, column, body)
        gain = np.maximum(np.gradient(inside), 0)
        if inside.max(initial=0) - inside.min(initial=0) < 20:
            continue
        volume = inside * (2 * drops.radius_m) ** 3
        radius = 0.45 * body.width_m
        left = np.maximum(body.length_m - volume / (np.pi * radius**2), 0.1 * body.length_m)
        hertz = gaussian_filter1d(SOUND_M_S / (4 * (left + 0.62 * radius)), 2.0)
        loud = NOTE * np.sqrt(gaussian_filter1d(gain, 2.0))
        out += _wavering(hertz, loud, count, rng)
    return out


def _inside(motion: Motion, drops: Drops, column: int, body: Instrument) -> Floats:
    """How many drops are in a vessel, by sample of the form."""
    points = drops.points_m
    rows = np.minimum(np.arange(len(points)) * 4, len(motion.positions_m) - 1)
    place = motion.positions_m[rows, column][:, None]
    away = points - place
    near = np.hypot(away[..., 0], away[..., 1]) < body.width_m / 2
    return np.asarray(
        (near & (away[..., 2] > 0) & (away[..., 2] < body.length_m)).sum(axis=1), float
    )


def _wavering(hertz: Floats, loud: Floats, count: int, rng: np.random.Generator) -> Floats:
    """A narrow noise around a moving pitch: a carrier whose two phases are slow noises."""
    at = np.arange(count) * (FORM_RATE_HZ / SAMPLE_RATE_HZ)
    grid = np.arange(len(hertz))
    phase = 2 * np.pi * np.cumsum(np.interp(at, grid, hertz)) / SAMPLE_RATE_HZ
    knots = int(count / SAMPLE_RATE_HZ * NOTE_HZ) + 4
    slow = np.arange(count) * (NOTE_HZ / SAMPLE_RATE_HZ)
    a, b = (np.interp(slow, np.arange(knots), rng.standard_normal(knots)) for _ in range(2))
    return np.asarray(np.interp(at, grid, loud) * (a * np.sin(phase) + b * np.cos(phase)))
