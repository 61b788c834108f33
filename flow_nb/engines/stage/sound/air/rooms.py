"""Rooms and machines. In: a `Scene`. Out: still air, refrigerators, ventilators, clocks, keys, drips."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    band,
    beats_s,
    burst,
    drift,
    in_hall,
    poisson_s,
    ring,
    scattered,
)
from flow_nb.engines.stage.sound.noise import shaped

MAINS_HZ = 50.0
HUM = ((1, 0.5), (2, 1.0), (3, 0.25), (4, 0.45), (6, 0.2), (8, 0.1), (12, 0.05))
"""Harmonic of the mains and its share."""

SHIP_HZ = 58.0
SHIP_HUM = ((1, 0.7), (2, 1.0), (3, 0.5), (5, 0.22), (7, 0.12), (12, 0.05))


def still_air(scene: Scene) -> Floats:
    """Air in a quiet room: noise that falls 6 dB an octave above 150 Hz."""
    return shaped(
        scene.rng, scene.count, lambda f: f / (f + 40) / (1 + f / 150) / (1 + (f / 9_000) ** 2)
    )


def hall(scene: Scene) -> Floats:
    """A large quiet hall: deeper, with a breath of ventilation that comes and goes."""
    deep = shaped(scene.rng, scene.count, lambda f: f / (f + 25) / (1 + (f / 90) ** 1.5))
    breath = band(scene, 250, 1_200) * (0.14 + 0.05 * drift(scene, 4.0))
    return np.asarray(deep + breath)


def fridge(scene: Scene) -> Floats:
    """A refrigerator on the left: harmonics of the mains that waver slowly."""
    return np.asarray(_hum(scene, MAINS_HZ, HUM) * np.array([[0.9], [0.5]]))


def ventilation(scene: Scene) -> Floats:
    """An office's air: a broad hiss out of ducts, with the fan's blades in it."""
    hiss = band(scene, 90, 900) + 0.25 * band(scene, 900, 5_000)
    blades = 0.12 * _hum(scene, 117.0, ((1, 1.0), (2, 0.4)))
    return np.asarray(hiss * (1 + 0.04 * drift(scene, 1.5)) + blades)


def ship(scene: Scene) -> Floats:
    """A station in space: pumps that beat against each other, a whine, air from the vents."""
    hum = _hum(scene, SHIP_HZ, SHIP_HUM) + 0.8 * _hum(scene, SHIP_HZ * 1.008, SHIP_HUM)
    whine = 0.05 * np.sin(2 * np.pi * 1_190 * scene.times_s + drift(scene, 1.0))
    vents = 0.35 * band(scene, 350, 2_600)
    return np.asarray(hum + whine + vents)


def telltales(scene: Scene) -> Floats:
    """Instruments that say now and then that all is well."""
    tones = [ring(hertz, 0.05, lasts=3.0) for hertz in (1_480.0, 1_975.0, 2_637.0)]
    first = beats_s(scene, 2.6, 0.6)
    times = np.sort(np.concatenate([first, first + 0.12]))
    pans = np.resize(scene.rng.uniform(-0.8, 0.8, 3), len(times))
    return in_hall(scattered(scene, tones, times, 1.0, pans), scene.rng, 0.5, 0.5)


def clock(scene: Scene) -> Floats:
    """A wall clock: tick and tock, half a second apart, not quite alike."""
    bodies = [(3_100.0, 1_350.0), (2_750.0, 1_180.0)]
    out = np.zeros((2, scene.count))
    begin = scene.rng.uniform(0, 0.5)
    for which, (bright, dull) in enumerate(bodies):
        grain = 0.6 * _padded(ring(bright, 0.006), 4_000) + _padded(ring(dull, 0.011), 4_000)
        times = np.arange(begin + 0.5 * which, scene.duration_s, 1.0)
        out += scattered(scene, [grain], times, 1.0, -0.45)
    return in_hall(out, scene.rng, 0.4, 0.35)


def keyboard(scene: Scene) -> Floats:
    """Somebody types at another desk: runs of keys with pauses for thought."""
    rng = scene.rng
    keys = [burst(rng, low, 7_000, 0.004) for low in (900, 1_300, 1_900, 2_600)]
    keys += [burst(rng, 180, 900, 0.010)]
    times, at = [], rng.uniform(0, 0.6)
    while at < scene.duration_s:
        for _ in range(rng.integers(4, 16)):
            times.append(at)
            at += rng.gamma(6.0, 0.022)
        at += rng.uniform(0.35, 1.5)
    instants = np.array([time for time in times if time < scene.duration_s])
    gains = rng.uniform(0.35, 1.0, len(instants))
    return in_hall(scattered(scene, keys, instants, gains, 0.5), rng, 0.35, 0.3)


def drip(scene: Scene) -> Floats:
    """Water that drips into water, in a tiled room."""
    drops = [ring(hertz, 0.022, rise=0.35) for hertz in (1_050.0, 1_240.0, 1_420.0)]
    drops += [ring(2_300.0, 0.012, rise=0.3)]
    times = beats_s(scene, 1.3, 0.25)
    gains = scene.rng.uniform(0.5, 1.0, len(times))
    return in_hall(scattered(scene, drops, times, gains, 0.3), scene.rng, 1.1, 0.9)


def creaks(scene: Scene) -> Floats:
    """An audience that tries to be quiet: seats, cloth, a cough held back."""
    rng = scene.rng
    cloth = [burst(rng, 700, 3_500, lasts, 0.08) for lasts in (0.10, 0.16, 0.22)]
    coughs = [burst(rng, 350, 1_300, 0.07, 0.012), burst(rng, 450, 1_700, 0.05, 0.010)]
    out = scattered(scene, cloth, poisson_s(scene, 1.2), 0.35, rng.uniform(-0.9, 0.9))
    for time_s in poisson_s(scene, 0.25):
        pan = rng.uniform(-0.9, 0.9)
        pair = np.array([time_s, min(time_s + rng.uniform(0.22, 0.35), scene.duration_s)])
        out += scattered(scene, coughs, pair, [1.0, 0.6], pan)
    return in_hall(out, rng, 1.4, 0.9)


def _hum(scene: Scene, base_hz: float, harmonics: tuple[tuple[int, float], ...]) -> Floats:
    out = np.zeros(scene.count)
    for harmonic, gain in harmonics:
        wander = drift(scene, 2.5)
        phase = 2 * np.pi * base_hz * harmonic * scene.times_s + scene.rng.uniform(0, 2 * np.pi)
        out += gain * (1 + 0.25 * wander) * np.sin(phase + 0.15 * wander)
    return out


def _padded(wave: Floats, count: int) -> Floats:
    return np.pad(wave, (0, max(0, count - len(wave))))[:count]
