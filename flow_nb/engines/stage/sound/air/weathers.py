"""Weather. In: a `Scene`. Out: wind that gusts, rain on what it falls on, thunder."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    band,
    burst,
    drift,
    placed,
    poisson_s,
    ring,
    scattered,
)
from flow_nb.timebase import SAMPLE_RATE_HZ

WHISTLES_FROM_M_S = 9.0


def wind(scene: Scene) -> Floats:
    """Gusts: the stronger they blow the higher they sound; from about 9 m/s on something whistles."""
    gust = np.clip(0.5 + 0.4 * drift(scene, 1.8), 0.05, 1.4)
    other = np.clip(0.8 * gust + 0.2 * (0.5 + 0.4 * drift(scene, 1.2)), 0.05, 1.4)
    force = np.stack([gust, other])
    hard = min(scene.wind_m_s / 15.0, 1.4)
    out = band(scene, 45, 170) * (0.45 + 0.55 * force)
    out += 0.9 * band(scene, 240, 480, 3) * force**1.5
    out += (0.10 + 0.25 * hard) * band(scene, 600, 1_600, 3) * force**2.5
    if scene.wind_m_s > WHISTLES_FROM_M_S:
        out += 0.22 * (hard - 0.45) * _whistle(scene, gust)
    return out


def leaves(scene: Scene) -> Floats:
    """Leaves that rustle when a gust goes through them."""
    gust = np.clip(0.55 + 0.4 * drift(scene, 1.5), 0.2, 1.5)
    flutter = 1 + 0.5 * drift(scene, 0.08)
    hiss = band(scene, 2_200, 6_500) * (gust**1.6 * flutter)
    ticks = [burst(scene.rng, 2_500, 8_000, 0.004, 0.001) for _ in range(4)]
    times = poisson_s(scene, 40)
    strong = np.interp(times, scene.times_s[::480], gust[::480]) ** 2
    pans = scene.rng.uniform(-1, 1, len(times))
    return np.asarray(hiss + 1.6 * scattered(scene, ticks, times, strong, pans))


def rain_on_asphalt(scene: Scene) -> Floats:
    """A bright wash, and drops that patter on a hard wet ground."""
    grains = [burst(scene.rng, low, 9_000, 0.0022) for low in (1_200, 1_800, 2_600, 3_500)]
    wash = band(scene, 900, 9_000, 1)
    return _rain(scene, wash, grains, rate_hz=420, drops=2.2)


def rain_on_leaves(scene: Scene) -> Floats:
    """Soft pats at many heights, under a wash that the canopy has dulled."""
    grains = [burst(scene.rng, low, 2_600, 0.006, 0.001) for low in (350, 550, 800, 1_100)]
    wash = band(scene, 500, 4_200, 1)
    return _rain(scene, wash, grains, rate_hz=170, drops=4.2)


def rain_on_roof(scene: Scene) -> Floats:
    """From inside: a drumming overhead, without treble."""
    grains = [ring(hertz, 0.012) for hertz in scene.rng.uniform(130, 450, 12)]
    wash = band(scene, 120, 620)
    return _rain(scene, wash, grains, rate_hz=120, drops=1.8)


def rain_on_glass(scene: Scene) -> Floats:
    """Drops against a pane: each rings it for a moment."""
    rng = scene.rng
    grains = [
        ring(hertz, 0.006) + 0.5 * ring(hertz * 1.83, 0.006)
        for hertz in rng.uniform(950, 2_600, 12)
    ]
    wash = band(scene, 250, 1_500)
    return _rain(scene, wash, grains, rate_hz=55, drops=3.0)


def rain_on_umbrella(scene: Scene) -> Floats:
    """Close overhead: taut cloth that is beaten, before the wash of the street."""
    grains = [
        ring(hertz, 0.009) + 0.4 * ring(3.1 * hertz, 0.009) for hertz in (310.0, 400.0, 520.0)
    ]
    wash = band(scene, 900, 8_000, 1)
    return _rain(scene, wash, grains, rate_hz=75, drops=5.5)


def rain_on_water(scene: Scene) -> Floats:
    """A sheet of hiss, and bubbles that ring: smaller ones higher (Minnaert)."""
    pitches = np.exp(scene.rng.uniform(np.log(1_300), np.log(5_500), 16))
    grains = [ring(hertz, 0.008, rise=0.2) for hertz in pitches]
    wash = band(scene, 2_500, 12_000, 1)
    return _rain(scene, wash, grains, rate_hz=90, drops=2.4)


def thunder(scene: Scene) -> Floats:
    """A crack, if it is near, and a roll that comes from far along the bolt."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    begin = rng.uniform(0.08, 0.4) * min(scene.duration_s, 8.0)
    while begin < scene.duration_s:
        out += _bolt(scene, begin, near=rng.random(), pan=rng.uniform(-0.7, 0.7))
        begin += rng.uniform(5.5, 10.0)
    return out


def _rain(
    scene: Scene, wash: Floats, grains: list[Floats], *, rate_hz: float, drops: float
) -> Floats:
    """The many drops far away are a wash, the few near ones are heard one by one."""
    times = poisson_s(scene, rate_hz)
    gains = scene.rng.pareto(2.4, len(times)).clip(0.05, 3.5)
    pans = scene.rng.uniform(-1, 1, len(times))
    swell = 1 + 0.12 * drift(scene, 2.2)
    return np.asarray(wash * swell + drops * scattered(scene, grains, times, gains, pans))


def _whistle(scene: Scene, gust: Floats) -> Floats:
    """A narrow howl whose pitch follows the gust."""
    hertz = 420 + 330 * gust + 25 * drift(scene, 0.15)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ
    rough = np.clip(1 + 0.5 * drift(scene, 0.05), 0.2, 2.0)
    tone = np.clip(gust - 0.35, 0, None) ** 1.5 * rough * np.sin(phase + 1.5 * drift(scene, 0.03))
    return np.stack([0.8 * tone, 0.6 * tone])


def _bolt(scene: Scene, begin_s: float, *, near: float, pan: float) -> Floats:
    rng = scene.rng
    t = scene.times_s - begin_s
    shape = np.zeros(scene.count)
    for _ in range(9):
        peak_s, wide_s = rng.gamma(2.0, 0.75), rng.uniform(0.12, 0.6)
        rise = np.clip((t - peak_s) / wide_s + 1, 0, None)
        shape += rng.uniform(0.3, 1.0) * rise * np.exp(1 - rise) * np.exp(-peak_s / 2.5)
    shape *= t > 0
    roll = band(scene, 28, 110) * shape + 0.35 * band(scene, 110, 420) * shape**1.7
    crack = burst(rng, 300, 5_000, 0.09, 0.002)
    for _ in range(14):
        at = int(rng.uniform(0, 0.25) * SAMPLE_RATE_HZ)
        click = burst(rng, 700, 7_000, 0.008)
        crack[at : at + len(click)] += 0.7 * click[: max(0, len(crack) - at)]
    return np.asarray(roll + 1.1 * near**2 * placed(scene, crack, begin_s, pan))
