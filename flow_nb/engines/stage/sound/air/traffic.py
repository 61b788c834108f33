"""A town. In: a `Scene`. Out: its far wash, cars that pass, a horn a few streets away."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    band,
    drift,
    in_hall,
    placed,
    sides,
)
from flow_nb.engines.stage.sound.noise import shaped
from flow_nb.timebase import SAMPLE_RATE_HZ

SOUND_M_S = 343.0


def town(scene: Scene) -> Floats:
    """A town far away: a dull wash that swells and falls, and a little air."""
    far = shaped(scene.rng, scene.count, lambda f: f / (f + 30) / (1 + (f / 220) ** 2))
    near = shaped(scene.rng, scene.count, lambda f: f**2 / (f**2 + 300**2) / (1 + (f / 1_400) ** 2))
    swell = np.stack([1 + 0.35 * drift(scene, 6) for _ in range(2)])
    passing = np.stack([0.25 + 0.2 * drift(scene, 3.5) for _ in range(2)])
    return np.asarray(far * swell + near * np.maximum(passing, 0.05))


def cars(scene: Scene) -> Floats:
    """Cars that pass: tyres and engine, louder and brighter when near, lower once they have passed."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    road = np.stack([band(scene, 450, 1_500)[0], band(scene, 1_500, 5_000)[0]])
    begin = rng.uniform(-0.8, 1.6)
    while begin < scene.duration_s + 2:
        speed, away = rng.uniform(8, 14), rng.uniform(6, 11)
        out += _passing(scene, road, begin, speed, away, int(rng.choice([-1, 1])))
        begin += rng.uniform(1.8, 4.2)
    return out


def horn(scene: Scene) -> Floats:
    """A horn a few streets away, perhaps."""
    rng = scene.rng
    t = np.arange(int(rng.uniform(0.25, 0.6) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tone = sum(np.sin(2 * np.pi * f * k * t) / k for f in (415.0, 523.0) for k in (1, 2, 3, 4))
    shape = np.minimum(t / 0.02, 1) * np.minimum((t[-1] - t) / 0.06, 1)
    at = rng.uniform(0.1, 1.8) * scene.duration_s
    return in_hall(placed(scene, shape * tone, at, rng.uniform(-0.8, 0.8)), rng, 1.2, 1.5, 1_800)


def _passing(
    scene: Scene, road: Floats, at_s: float, speed_m_s: float, away_m: float, way: int
) -> Floats:
    """A source on a straight line: 1/r, its side by its angle, its pitch by its radial speed."""
    along = way * speed_m_s * (scene.times_s - at_s)
    distance = np.hypot(along, away_m)
    near = away_m / distance
    radial = along * way * speed_m_s / distance
    hertz = scene.rng.uniform(46, 72) / (1 + radial / SOUND_M_S)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ
    engine = sum(g * np.sin(k * phase + k) for k, g in ((1, 0.6), (2, 1.0), (3, 0.4), (4, 0.5)))
    tyres = road[0] * near**1.2 + 0.5 * road[1] * near**2.2
    return np.asarray(sides(0.9 * along / distance) * near * (1.1 * tyres + 0.35 * engine))
