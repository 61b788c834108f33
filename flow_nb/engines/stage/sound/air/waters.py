"""Water and fire. In: a `Scene`. Out: surf, lapping, a brook, the depths, a fire that crackles."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    band,
    beats_s,
    burst,
    drift,
    poisson_s,
    ring,
    scattered,
    sides,
)

WAVE_S = 5.5


def surf(scene: Scene) -> Floats:
    """Waves on sand: each swells deep, breaks, and runs out with a hiss along the shore."""
    rng = scene.rng
    deep, body, hiss = band(scene, 50, 260), band(scene, 280, 1_500), band(scene, 1_800, 8_000)
    out = 0.22 * deep + 0.05 * body
    begin = -rng.uniform(0.6, 3.4)
    while begin < scene.duration_s:
        size, way = rng.uniform(0.65, 1.0), rng.choice([-1, 1])
        t = (scene.times_s - begin) / WAVE_S
        pan = sides(np.clip(way * (1.6 * t - 0.8), -0.8, 0.8))
        out += size * pan * deep * _swell(t, 0.30, 0.16, 0.22)
        out += size * 1.1 * pan * body * _swell(t, 0.38, 0.07, 0.20)
        out += size * 0.8 * pan * hiss * _swell(t, 0.46, 0.08, 0.42)
        begin += WAVE_S * rng.uniform(0.75, 1.2)
    return np.asarray(out)


def lapping(scene: Scene) -> Floats:
    """Small waves against a hull or a quay: slaps, and gulps of air beneath."""
    rng = scene.rng
    slaps = [burst(rng, 180, high, 0.06, 0.02) for high in (700, 1_000, 1_500)]
    gulps = [ring(hertz, 0.045, rise=0.5) for hertz in (240.0, 310.0, 420.0, 560.0)]
    times = beats_s(scene, 0.85, 0.45)
    out = scattered(scene, slaps, times, rng.uniform(0.3, 1.0, len(times)), 0.3)
    after = poisson_s(scene, 3.0)
    out += 0.4 * scattered(scene, gulps, after, rng.random(len(after)), rng.uniform(-0.7, 0.7))
    return np.asarray(out + band(scene, 250, 1_600) * (0.05 + 0.03 * drift(scene, 1.4)).clip(0.01))


def brook(scene: Scene) -> Floats:
    """Running water: bubbles of all sizes, without end."""
    rng = scene.rng
    grains = [ring(hertz, 9.0 / hertz, rise=0.3) for hertz in np.geomspace(420, 3_800, 12)]
    times = poisson_s(scene, 150)
    bubbles = scattered(scene, grains, times, rng.pareto(2.5, len(times)).clip(0.05, 3), 0.2)
    return np.asarray(bubbles + 0.5 * band(scene, 500, 3_500))


def depths(scene: Scene) -> Floats:
    """Under water: a deep rumble that moves, and nothing bright."""
    deep = band(scene, 30, 120) * (1 + 0.3 * drift(scene, 2.5))
    return np.asarray(deep + 0.14 * band(scene, 200, 480) * (1 + 0.4 * drift(scene, 1.3)))


def bubbles(scene: Scene) -> Floats:
    """Air that rises in strings of bubbles, each a short tone that slides up."""
    rng = scene.rng
    grains = [ring(hertz, 14.0 / hertz, rise=0.6) for hertz in np.geomspace(330, 1_500, 9)]
    out = np.zeros((2, scene.count))
    for begin in np.append(poisson_s(scene, 0.7), rng.uniform(0, min(1.0, scene.duration_s / 2))):
        times = begin + np.cumsum(rng.gamma(2.0, 0.035, rng.integers(6, 22)))
        times = times[times < scene.duration_s]
        gains = np.linspace(1.0, 0.3, len(times)) * rng.uniform(0.3, 1.0, len(times))
        out += scattered(scene, grains, times, gains, rng.uniform(-0.8, 0.8))
    return out


def fire(scene: Scene) -> Floats:
    """Flames that flicker low, and wood that crackles: many small snaps, few loud ones."""
    rng = scene.rng
    flicker = np.clip(1 + 0.35 * drift(scene, 0.12) + 0.25 * drift(scene, 0.6), 0.2, None)
    roar = (band(scene, 60, 320) + 0.25 * band(scene, 400, 1_600)) * flicker
    snaps = [burst(rng, low, 7_500, lasts) for low, lasts in ((900, 0.002), (1_500, 0.003))]
    snaps += [burst(rng, 2_500, 9_000, 0.0012), burst(rng, 600, 3_500, 0.006)]
    clusters = poisson_s(scene, 3.0)
    near = [time + rng.exponential(0.03, rng.integers(1, 7)) for time in clusters]
    times = np.sort(np.concatenate([poisson_s(scene, 9.0), *near]))
    times = times[times < scene.duration_s]
    gains = rng.pareto(1.7, len(times)).clip(0.05, 9.0)
    crackle = scattered(scene, snaps, times, gains, rng.uniform(-0.35, 0.35, len(times)))
    return np.asarray(0.3 * roar + 1.5 * crackle)


def _swell(t: Floats, peak: float, rise: float, fall: float) -> Floats:
    """A hump: quickly up to its peak, more slowly down."""
    wide = np.where(t < peak, rise, fall)
    return np.asarray(np.exp(-0.5 * ((t - peak) / wide) ** 2))
