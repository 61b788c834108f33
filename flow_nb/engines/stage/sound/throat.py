"""Voices of animals and things that blow, ring and are plucked. In: a `Call`. Out: one call of it, as samples.

Source and filter: a buzz or a pipe whose pitch runs its course, through formants; partials that die away;
a plucked string after Karplus & Strong ("Digital synthesis of plucked-string", Computer Music J. 7, 1983).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from flow_nb.engines.stage.sound.modal import Modes, ring
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

HIGHEST_HZ = 14_000.0
STRUM_S = 0.011
ATTACK_S = 0.006


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One row of ``calls.toml``; the columns are explained at its head."""

    name: str
    maker: str
    lemmas: tuple[str, ...]
    pitch_hz: tuple[float, ...]
    lasts_s: float
    every_s: float
    many: int
    level: float
    props: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    loud: tuple[float, ...] = (1.0, 1.0)
    formants_hz: tuple[float, ...] = ()
    widths_hz: tuple[float, ...] = ()
    rough: float = 0.0
    flutter_hz: float = 0.0
    flutter: float = 0.0
    partials: tuple[float, ...] = ()
    gains: tuple[float, ...] = ()
    decays_s: tuple[float, ...] = ()
    pause: tuple[float, float] | None = None
    chord: tuple[float, ...] = (1.0,)
    chords: tuple[tuple[float, ...], ...] = ()


class Maker(Protocol):
    """Makes the call number ``turn`` of a row, ``lasts_s`` long, at level 1."""

    def __call__(self, row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
        """Samples of peak about 1."""


def throat(row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
    """A buzz of all harmonics and breath, through formants."""
    count = int(lasts_s * SAMPLE_RATE_HZ)
    phase, loud = _course(row, count, rng)
    buzz = np.zeros(count)
    for ratio in row.chord:
        pitch = ratio * max(row.pitch_hz)
        for k in range(1, int(min(6_000 / pitch, 60)) + 1):
            buzz += np.sin(ratio * k * phase) / k**0.7
    breath = rng.standard_normal(count) * (0.6 + 0.4 * np.cos(phase))
    source = (1 - row.rough) * buzz / max(float(buzz.std()), 1e-9) + row.rough * breath
    out = np.zeros(count)
    for i, (hertz, width) in enumerate(zip(row.formants_hz, row.widths_hz, strict=True)):
        out += _formant(source, hertz * rng.uniform(0.97, 1.03), width) / (1 + 0.6 * i)
    return _even(out * loud)


def tone(row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
    """A pipe or a whistle: nearly a sine, and the breath that blows it."""
    count = int(lasts_s * SAMPLE_RATE_HZ)
    phase, loud = _course(row, count, rng)
    pitch = float(np.mean(row.pitch_hz))
    out = np.zeros(count)
    for ratio in row.chord:
        out += np.sin(ratio * phase) + 0.12 * np.sin(2 * ratio * phase)
    breath = _formant(rng.standard_normal(count), pitch, 0.35 * pitch)
    out = (1 - row.rough) * out / out.std() + row.rough * breath / max(float(breath.std()), 1e-9)
    return _even(out * loud)


def bell(row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
    """Partials from one stroke; a clock's two strokes differ."""
    pitch = row.pitch_hz[turn % len(row.pitch_hz)]
    hertz = pitch * np.array(row.partials)
    keep = hertz < HIGHEST_HZ
    decays = 1 / np.array(row.decays_s)[keep]
    gains = np.array(row.gains)[keep] * rng.uniform(0.85, 1.0, int(keep.sum()))
    longest = min(7 * max(row.decays_s), 6.0)
    modes = Modes(hertz=hertz[keep], decays_per_s=decays, gains=gains / gains.sum())
    wave = ring(modes, min(longest, max(lasts_s, 2.5 * max(row.decays_s)))).astype(float)
    tail = min(480, len(wave))
    wave[-tail:] *= np.linspace(1, 0, tail)
    return 2.0 * wave


def string(row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
    """A strum: the strings of a chord one after the other, down and up by turns."""
    chord = row.chords[(turn // 4) % len(row.chords)]
    count = int(lasts_s * SAMPLE_RATE_HZ)
    out = np.zeros(count)
    order = chord if turn % 2 == 0 else chord[::-1]
    for i, hertz in enumerate(order):
        begin = int(i * STRUM_S * rng.uniform(0.8, 1.2) * SAMPLE_RATE_HZ)
        out[begin:] += pluck(hertz, count - begin, rng) * rng.uniform(0.7, 1.0)
    out += 0.5 * _formant(out, 105, 40) + 0.4 * _formant(out, 210, 60)
    out[-960:] *= np.linspace(1, 0, 960)
    return _even(out)


def pluck(hertz: float, count: int, rng: np.random.Generator) -> Floats:
    """A string: a burst that runs round a loop of one period and loses its highs each time."""
    period = SAMPLE_RATE_HZ / hertz - 0.5
    n = int(period)
    share = period - n
    loss = 0.998 - 0.6 / hertz
    # The mean of two neighbours one period ago, between samples by share; a period at a time.
    taps = loss * np.array([(1 - share) / 2, 0.5, share / 2])
    out = np.zeros((count // n + 2) * n + 2)
    out[2 : n + 2] = rng.uniform(-1, 1, n)
    for begin in range(n + 2, len(out) - n + 1, n):
        back = out[begin - n - 2 : begin]
        out[begin : begin + n] = taps[0] * back[2:] + taps[1] * back[1:-1] + taps[2] * back[:-2]
    return out[2 : count + 2]


def clap(row: Call, lasts_s: float, turn: int, rng: np.random.Generator) -> Floats:
    """Two palms: noise about the note of the hollow between them (Repp, "The sound of two hands clapping",
    JASA 81, 1987)."""
    count = int(lasts_s * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    pitch = row.pitch_hz[0] * rng.uniform(0.75, 1.35)
    noise = rng.standard_normal(count) * np.exp(-t / 0.006)
    return _even(_formant(noise, pitch, 500) + 0.35 * noise)


MAKERS: Mapping[str, Maker] = MappingProxyType(
    {"throat": throat, "tone": tone, "bell": bell, "string": string, "clap": clap}
)


def _course(row: Call, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Phase and loudness over one call."""
    at = np.linspace(0, 1, count)
    pitch = np.interp(at, np.linspace(0, 1, len(row.pitch_hz)), row.pitch_hz)
    pitch = pitch * rng.uniform(0.95, 1.05)
    loud = np.interp(at, np.linspace(0, 1, len(row.loud)), row.loud)
    if row.flutter_hz:
        wave = np.sin(2 * np.pi * row.flutter_hz * at * count / SAMPLE_RATE_HZ)
        loud = loud * (1 - row.flutter * (0.5 + 0.5 * wave))
        pitch = pitch * (1 + 0.12 * row.flutter * wave)
    if row.rough:
        knots = max(count // 240, 2)
        jitter = np.interp(at * knots, np.arange(knots + 1), rng.standard_normal(knots + 1))
        pitch = pitch * (1 + 0.03 * row.rough * jitter)
    edge = np.minimum(at, 1 - at) * count / SAMPLE_RATE_HZ / ATTACK_S
    return 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE_HZ, loud * np.clip(edge, 0, 1)


def _formant(source: Floats, hertz: float, width_hz: float) -> Floats:
    radius = np.exp(-np.pi * width_hz / SAMPLE_RATE_HZ)
    turn = 2 * np.pi * hertz / SAMPLE_RATE_HZ
    poles = [1.0, -2 * radius * np.cos(turn), radius**2]
    return np.asarray(lfilter([1 - radius, 0.0, radius - 1], poles, source))


def _even(wave: Floats) -> Floats:
    """Of peak 1."""
    return wave / max(float(np.abs(wave).max(initial=0.0)), 1e-9)
