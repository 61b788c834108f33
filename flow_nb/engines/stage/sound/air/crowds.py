"""People far away. In: a `Scene`. Out: talk of which no word can be made out, cups, feet, laughter."""

from __future__ import annotations

import numpy as np
from scipy.signal import iirpeak, lfilter, resample_poly

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    band,
    in_hall,
    poisson_s,
    ring,
    scattered,
    sides,
)
from flow_nb.timebase import SAMPLE_RATE_HZ

VOICE_RATE_HZ = 16_000
VOWELS_HZ = (
    (730.0, 1_090.0, 2_440.0),
    (530.0, 1_840.0, 2_480.0),
    (270.0, 2_290.0, 3_010.0),
    (570.0, 840.0, 2_410.0),
    (300.0, 870.0, 2_240.0),
    (500.0, 1_500.0, 2_500.0),
)
"""Formants of American vowels after Peterson and Barney (1952); the last is a schwa."""

CHESTS_HZ = 220.0
"""Below this tables and coats swallow what voices have."""

FORMANT_SHARES = (1.0, 0.6, 0.3)
FORMANT_Q = (7.0, 11.0, 14.0)


def murmur(scene: Scene) -> Floats:
    """A dozen people at their tables."""
    return _talk(scene, 12, t60_s=0.6, wet=0.8, dull_hz=3_200)


def hubbub(scene: Scene) -> Floats:
    """A bar in the evening: more people, livelier."""
    return _talk(scene, 15, t60_s=0.7, wet=0.9, dull_hz=3_600, lively=1.35)


def few_voices(scene: Scene) -> Floats:
    """Two or three people behind a door."""
    return _talk(scene, 3, t60_s=0.5, wet=1.2, dull_hz=900)


def cups(scene: Scene) -> Floats:
    """Cups, spoons and glasses at other tables."""
    return _clinks(scene, 1.6)


def glasses(scene: Scene) -> Floats:
    """Glasses that are put down and touch each other."""
    return _clinks(scene, 2.4)


def footfalls(scene: Scene) -> Floats:
    """People who pass on a pavement: steps that come near and go."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    for _ in range(max(1, rng.poisson(scene.duration_s / 4))):
        begin, pace = rng.uniform(-1.5, scene.duration_s), rng.uniform(0.48, 0.6)
        times = begin + np.arange(12) * pace * rng.uniform(0.98, 1.02, 12)
        near = np.exp(-(((np.arange(12) - 6) / 3.5) ** 2)) * rng.uniform(0.4, 1.0)
        pans = np.linspace(-0.9, 0.9, 12) * rng.choice([-1, 1])
        heard = (times >= 0) & (times < scene.duration_s)
        heel = [ring(h, 0.009) + 0.5 * ring(2.6 * h, 0.009) for h in (310.0, 420.0)]
        out += scattered(scene, heel, times[heard], near[heard], pans[heard])
    return in_hall(out, rng, 0.6, 0.4)


def _talk(
    scene: Scene, people: int, *, t60_s: float, wet: float, dull_hz: float, lively: float = 1.0
) -> Floats:
    rng, short = scene.rng, int(scene.duration_s * VOICE_RATE_HZ) + 2
    out = np.zeros((2, short))
    for person in range(people):
        pitch_hz = rng.uniform(92, 135) if person % 2 else rng.uniform(165, 235)
        near = 10 ** (rng.uniform(-9, 0) / 20)
        out += near * sides(rng.uniform(-0.9, 0.9)) * _voice(short, pitch_hz * lively**0.5, rng)
    wide = resample_poly(out, 3, 1, axis=1)[:, : scene.count]
    wide = lfilter(*_low_pass(dull_hz), wide, axis=1)
    wide -= lfilter(*_low_pass(CHESTS_HZ), wide, axis=1)
    return in_hall(wide, rng, t60_s, wet, dull_hz)


def _voice(count: int, pitch_hz: float, rng: np.random.Generator) -> Floats:
    """Somebody talks and listens by turns: a buzz through six vowels, and breath for consonants."""
    pitch, loud, breath = np.zeros(count), np.zeros(count), np.zeros(count)
    vowels = np.zeros((len(VOWELS_HZ), count))
    at = -rng.uniform(0, 2.0)
    while at < count / VOICE_RATE_HZ:
        syllables = rng.integers(4, 14)
        tune = np.linspace(1.12, 0.86, syllables) * rng.uniform(0.93, 1.09, syllables)
        for rise in tune:
            gap, lasts = rng.uniform(0.03, 0.08), rng.gamma(9.0, 0.016)
            size = rng.choice(len(VOWELS_HZ)), rng.uniform(0.4, 1.0)
            _fill(breath, at, gap, 0.25 * rng.random() ** 2)
            _fill(loud, at + gap, lasts, size[1])
            _fill(vowels[size[0]], at + gap * 0.4, lasts + gap, 1.0)
            _fill(pitch, at, lasts + gap, pitch_hz * rise, flat=True)
            at += gap + lasts
        at += rng.uniform(0.25, 1.6)
    cycle = np.cumsum(np.where(pitch > 0, pitch, pitch_hz) / VOICE_RATE_HZ)
    buzz = 2 * (cycle % 1.0) - 1
    buzz = lfilter([0.25], [1, -0.75], buzz) * loud
    out = np.zeros(count)
    for weight, formants in zip(vowels, VOWELS_HZ, strict=True):
        if weight.any():
            out += weight * _through(buzz, formants)
    hiss = np.diff(rng.standard_normal(count + 1)) * breath
    return np.asarray(out + 0.15 * hiss)


def _through(buzz: Floats, formants: tuple[float, ...]) -> Floats:
    out = np.zeros(len(buzz))
    for hertz, share, sharp in zip(formants, FORMANT_SHARES, FORMANT_Q, strict=True):
        out += share * lfilter(*iirpeak(hertz, sharp, fs=VOICE_RATE_HZ), buzz)
    return out


def _fill(track: Floats, at_s: float, lasts_s: float, value: float, *, flat: bool = False) -> None:
    begin, count = int(at_s * VOICE_RATE_HZ), max(int(lasts_s * VOICE_RATE_HZ), 2)
    shape = np.ones(count) if flat else np.hanning(count + 2)[1:-1] ** 0.5
    first, end = max(begin, 0), min(begin + count, len(track))
    if end > first:
        track[first:end] = value * shape[first - begin : end - begin]


def _low_pass(hertz: float) -> tuple[list[float], list[float]]:
    share = float(np.exp(-2 * np.pi * hertz / SAMPLE_RATE_HZ))
    return [1 - share], [1, -share]


def _clinks(scene: Scene, rate_hz: float) -> Floats:
    rng = scene.rng
    grains = []
    for _ in range(5):
        base = rng.uniform(1_900, 3_400)
        parts = [ring(base * m, d) for m, d in ((1.0, 0.05), (2.31, 0.03), (3.9, 0.016))]
        grain = np.zeros(max(len(part) for part in parts))
        for part, gain in zip(parts, (1.0, 0.6, 0.35), strict=True):
            grain[: len(part)] += gain * part
        grains.append(grain)
    times = poisson_s(scene, rate_hz)
    doubled = times[rng.random(len(times)) < 0.4] + rng.uniform(0.06, 0.14)
    times = np.sort(np.concatenate([times, doubled[doubled < scene.duration_s]]))
    gains = rng.uniform(0.1, 1.0, len(times)) ** 2
    clinks = scattered(scene, grains, times, gains, rng.uniform(-0.9, 0.9, len(times)))
    thuds = band(scene, 100, 400) * 0.002
    return in_hall(clinks + thuds, rng, 0.6, 0.5, 6_000)
