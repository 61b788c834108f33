"""Tools of the makers of air. In: a generator, numbers. Out: wanderings, scattered grains, bands, rooms.

A stereo sound here is (2, m) float64 at 48 kHz.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import oaconvolve

from flow_nb.engines.stage.sound.noise import shaped
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

FEW = 1_000
"""So many grains are laid down one by one; more are folded in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What a maker may ask: how many samples, the generator to draw from, the wind."""

    count: int
    rng: np.random.Generator
    wind_m_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long it is, in seconds."""
        return self.count / SAMPLE_RATE_HZ

    @property
    def times_s(self) -> Floats:
        """The instant of every sample."""
        return np.arange(self.count) / SAMPLE_RATE_HZ


def drift(scene: Scene, period_s: float) -> Floats:
    """A slow wander around 0, about ±1, that never repeats."""
    count = scene.count
    knots = int(scene.duration_s / period_s * 4) + 5
    values = np.convolve(scene.rng.standard_normal(knots + 2), (0.5, 0.7, 0.5), mode="valid")
    x = np.arange(count) / (count - 1 if count > 1 else 1) * (knots - 1)
    low = np.minimum(x.astype(int), knots - 2)
    share = (1 - np.cos(np.pi * (x - low))) / 2
    return np.asarray(values[low] * (1 - share) + values[low + 1] * share)


def band(scene: Scene, low_hz: float, high_hz: float, order: int = 2) -> Floats:
    """Two noises of unit power between two corners, which fall by 6 dB an octave times ``order``."""

    def gain(hertz: Floats) -> ArrayLike:
        up = hertz**order / (hertz**order + low_hz**order)
        return up / (1 + (hertz / high_hz) ** order)

    return shaped(scene.rng, scene.count, gain)


def sides(pan: ArrayLike) -> Floats:
    """Gains (2, n) for places from -1 (left) to 1, equal in power.

    >>> sides([0.0]).round(3).ravel().tolist()
    [0.707, 0.707]
    """
    angle = (np.atleast_1d(np.asarray(pan, np.float64)) + 1) * np.pi / 4
    return np.stack([np.cos(angle), np.sin(angle)])


def poisson_s(scene: Scene, rate_hz: float, begin_s: float = 0.0) -> Floats:
    """Instants without memory, so many a second."""
    count = scene.rng.poisson(rate_hz * max(scene.duration_s - begin_s, 0.0))
    return np.sort(scene.rng.uniform(begin_s, scene.duration_s, count))


def beats_s(scene: Scene, period_s: float, jitter: float) -> Floats:
    """Instants about a period apart, from a random one in the first period on."""
    count = int(scene.duration_s / period_s) + 2
    gaps = period_s * (1 + jitter * scene.rng.uniform(-1, 1, count))
    times = np.cumsum(gaps) - gaps[0] * scene.rng.uniform(0.2, 1.0)
    return np.asarray(times[(times >= 0) & (times < scene.duration_s)])


def scattered(
    scene: Scene,
    grains: Sequence[Floats],
    times_s: Floats,
    gains: ArrayLike,
    pans: ArrayLike,
) -> Floats:
    """Grains, one of several at each instant, with its gain and place; what is past the end is cut."""
    out = np.zeros((2, scene.count))
    if not len(times_s):
        return out
    which = scene.rng.integers(len(grains), size=len(times_s))
    at = np.minimum((times_s * SAMPLE_RATE_HZ).astype(int), scene.count - 1)
    weights = sides(np.broadcast_to(pans, times_s.shape)) * np.broadcast_to(gains, times_s.shape)
    if len(times_s) < FEW:
        for kind, begin, pair in zip(which, at, weights.T, strict=True):
            grain = grains[kind][: scene.count - begin]
            out[:, begin : begin + len(grain)] += pair[:, None] * grain
        return out
    for kind, grain in enumerate(grains):
        mine = which == kind
        hits = np.zeros((2, scene.count))
        for side in (0, 1):
            np.add.at(hits[side], at[mine], weights[side, mine])
        out += oaconvolve(hits, grain[None], axes=1)[:, : scene.count]
    return out


def placed(scene: Scene, sound: Floats, time_s: float, pan: float = 0.0) -> Floats:
    """One mono sound at an instant; what is past the end is cut."""
    out = np.zeros((2, scene.count))
    begin = round(time_s * SAMPLE_RATE_HZ)
    first, part = max(begin, 0), sound[max(-begin, 0) :]
    end = min(first + len(part), scene.count)
    if end > first:
        out[:, first:end] = sides(pan) * part[: end - first]
    return out


def ring(hertz: float, decay_s: float, *, rise: float = 0.0, lasts: float = 5.0) -> Floats:
    """A tone that dies away by e in ``decay_s``; its pitch goes up by the share ``rise``."""
    t = np.arange(int(lasts * decay_s * SAMPLE_RATE_HZ) + 1) / SAMPLE_RATE_HZ
    phase = 2 * np.pi * hertz * (t + rise * t**2 / (2 * lasts * decay_s))
    return np.asarray(np.sin(phase) * np.exp(-t / decay_s) * np.minimum(t / 0.0006, 1.0))


def burst(
    rng: np.random.Generator,
    low_hz: float,
    high_hz: float,
    lasts_s: float,
    attack_s: float = 0.0005,
) -> Floats:
    """A short noise in a band that is there at once and dies away; its peak is about 1."""
    count = max(int(4 * lasts_s * SAMPLE_RATE_HZ), 16)
    noise = band(Scene(count=count, rng=rng), low_hz, high_hz)[0]
    t = np.arange(count) / SAMPLE_RATE_HZ
    wave = noise * np.exp(-t / lasts_s) * np.minimum(t / attack_s, 1.0)
    return np.asarray(wave / np.abs(wave).max())


def in_hall(
    sound: Floats, rng: np.random.Generator, t60_s: float, share: float, high_hz: float = 4_000.0
) -> Floats:
    """With a diffuse tail behind it, as loud as ``share`` of the sound itself."""
    scene = Scene(count=int(t60_s * SAMPLE_RATE_HZ), rng=rng)
    tail = band(scene, 120.0, high_hz) * np.exp(-6.91 * scene.times_s / t60_s)
    tail /= np.sqrt((tail**2).sum(axis=1, keepdims=True))
    wet = oaconvolve(np.broadcast_to(sound.mean(axis=0), sound.shape), tail, axes=1)
    return np.asarray(sound + share * wet[:, : sound.shape[1]])
