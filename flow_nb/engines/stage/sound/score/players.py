"""The players. In: a note, how long, how strong. Out: its sound, mono, at 48 kHz.

Struck and plucked ones are sums of partials or delay lines, bowed and blown ones cycles of a few
harmonics read at slightly different speeds. Every sound begins and ends at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]
Player = Callable[[int, float, float, np.random.Generator], Floats]

HIGHEST_HZ = 9_000.0
RELEASE_S = 0.12


def hertz(note: float) -> float:
    """Equal temperament, A at 440 Hz.

    >>> hertz(69), round(hertz(60), 2)
    (440.0, 261.63)
    """
    return float(440.0 * 2 ** ((note - 69) / 12))


def piano(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """Stiff strings: partials a little sharp, higher ones sooner gone; two strings that beat."""
    f, ring_s = hertz(note), min(max(lasts_s + 0.5, 0.8), 4.0)
    t = _times(ring_s)
    partials = np.arange(1, max(2, min(18, int(HIGHEST_HZ / f))))
    sharp = partials * f * np.sqrt(1 + 4e-4 * partials**2)
    bright = 0.9 + 0.9 * (1 - force)
    out = np.zeros(len(t))
    for k, pitch in zip(partials, sharp, strict=True):
        decay = 2.6 * (262 / f) ** 0.45 / (1 + 0.22 * k)
        gain = k**-bright * abs(np.sin(np.pi * k / 8.3))
        beat = 1 + 0.15 * np.cos(2 * np.pi * rng.uniform(0.3, 0.9) * t)
        out += gain * beat * np.exp(-t / decay) * np.sin(2 * np.pi * pitch * t)
    thump = rng.standard_normal(len(t)) * np.exp(-t / 0.006) * 0.12 * force
    return _shaped(out + lfilter([0.2], [1, -0.8], thump), 0.003, lasts_s + 0.35)


def strings(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """A section: five desks, each a little out of tune, with its own vibrato; bows that take hold."""
    attack_s = min(0.25 - 0.19 * force, 0.35 * lasts_s)
    slope = 1.25 + 0.5 * (1 - force)
    return _shaped(_section(note, lasts_s, rng, 5, 8.0, slope, vibrato=0.004), attack_s, lasts_s)


def horns(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """Two horns: dark at first, brighter as the breath comes."""
    dull = _section(note, lasts_s, rng, 2, 4.0, 2.3, vibrato=0.001)
    bright = _section(note, lasts_s, rng, 2, 4.0, 1.25, vibrato=0.001)
    t = _times(lasts_s + RELEASE_S)
    opening = np.clip(t / 0.12, 0, 1) * np.exp(-t / 1.5) * force
    return _shaped(dull * (1 - opening) + bright * opening, 0.05, lasts_s)


def pad(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """Slow and soft: a wide unison whose treble breathes."""
    slow = _section(note, lasts_s, rng, 4, 11.0, 2.0, vibrato=0.0)
    open_ = _section(note, lasts_s, rng, 3, 11.0, 1.35, vibrato=0.0)
    t = _times(lasts_s + RELEASE_S)
    breath = 0.25 + 0.2 * np.sin(2 * np.pi * t / 3.7 + rng.uniform(0, 6.28))
    return _shaped(slow + breath * force * open_, min(0.5, 0.4 * lasts_s), lasts_s)


def flute(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """Almost a sine, with breath in it, and a vibrato that comes late."""
    t = _times(lasts_s + RELEASE_S)
    late = np.clip((t - 0.25) / 0.4, 0, 1)
    wave = 0.006 * late * np.sin(2 * np.pi * 5.1 * t + rng.uniform(0, 1))
    phase = 2 * np.pi * np.cumsum(hertz(note) * (1 + wave)) / SAMPLE_RATE_HZ
    tone = np.sin(phase) + 0.28 * force * np.sin(2 * phase) + 0.10 * np.sin(3 * phase)
    band = butter(2, [900, 4_500], "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    breath = sosfilt(band, rng.standard_normal(len(t))) * 0.05
    return _shaped(tone + breath, 0.06, lasts_s)


def guitar(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """A nylon string: Karplus and Strong."""
    return _plucked(note, max(lasts_s, 0.5) + 0.3, 0.35 + 0.35 * force, 0.9955, rng)


def harp(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """Longer strings, softer fingers."""
    return _plucked(note, max(lasts_s, 1.0) + 0.8, 0.25 + 0.3 * force, 0.9975, rng)


def bass(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """A plucked double bass with a body of its own."""
    t = _times(lasts_s + RELEASE_S)
    f = hertz(note)
    body = np.sin(2 * np.pi * f * t) + 0.5 * np.sin(4 * np.pi * f * t) * np.exp(-t / 0.5)
    edge = sum(np.sin(2 * np.pi * k * f * t) / k for k in (3, 4, 5)) * np.exp(-t / 0.15)
    del rng
    return _shaped((body + 0.5 * force * edge) * np.exp(-t / 1.6), 0.008, lasts_s)


def bells(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """A celesta: bars with few, stretched partials."""
    del rng
    ring_s = min(max(lasts_s, 0.6) + 0.8, 3.0)
    t, f = _times(ring_s), hertz(note)
    parts = (
        (1.0, 1.0, 1.1),
        (2.0, 0.18, 0.7),
        (4.0, 0.30 * force, 0.35),
        (9.2, 0.06 * force, 0.08),
    )
    out = sum(
        g * np.exp(-t / d) * np.sin(2 * np.pi * r * f * t) for r, g, d in parts if r * f < 18_000
    )
    return _shaped(np.asarray(out), 0.002, ring_s - RELEASE_S)


def percussion(note: int, lasts_s: float, force: float, rng: np.random.Generator) -> Floats:
    """By the note: below 40 a low drum, below 50 a muffled beat, above a shaker."""
    del lasts_s
    if note >= 50:
        t = _times(0.09)
        grain = sosfilt(_SHAKER, rng.standard_normal(len(t)))
        return np.asarray(0.5 * grain * np.minimum(t / 0.012, 1) * np.exp(-t / 0.022) * _ends(t))
    deep, long_s = (62.0, 0.38) if note < 40 else (52.0, 0.16)
    t = _times(3 * long_s)
    phase = 2 * np.pi * np.cumsum(deep * (1 + 0.9 * np.exp(-t / 0.03))) / SAMPLE_RATE_HZ
    skin = np.sin(phase) + 0.35 * np.sin(1.59 * phase) * np.exp(-t / 0.12)
    stick = lfilter([0.15], [1, -0.85], rng.standard_normal(len(t))) * np.exp(-t / 0.01) * force
    return np.asarray((skin * np.exp(-t / long_s) + stick) * np.minimum(t / 0.002, 1) * _ends(t))


_SHAKER = butter(2, [5_000, 12_000], "bandpass", fs=SAMPLE_RATE_HZ, output="sos")


def _section(
    note: int,
    lasts_s: float,
    rng: np.random.Generator,
    desks: int,
    spread_cents: float,
    slope: float,
    *,
    vibrato: float,
) -> Floats:
    """Some players of one note: one cycle of harmonics, read by each at a speed of its own."""
    t, f = _times(lasts_s + RELEASE_S), hertz(note)
    cycle = _cycle(max(1, min(40, int(HIGHEST_HZ / f))), slope)
    out = np.zeros(len(t))
    for cents in np.linspace(-spread_cents, spread_cents, desks):
        rate = rng.uniform(4.8, 6.2)
        wave = (
            vibrato * np.clip(t / 0.5, 0, 1) * np.sin(2 * np.pi * rate * t + rng.uniform(0, 6.28))
        )
        speed = f * 2 ** (cents / 1200) * (1 + wave)
        at = (np.cumsum(speed) / SAMPLE_RATE_HZ + rng.random()) % 1.0 * len(cycle)
        out += np.interp(at, np.arange(len(cycle) + 1), np.append(cycle, cycle[0]))
    return np.asarray(out / np.sqrt(desks))


def _cycle(harmonics: int, slope: float) -> Floats:
    at = np.arange(2_048) / 2_048
    return np.asarray(sum(np.sin(2 * np.pi * k * at) / k**slope for k in range(1, harmonics + 1)))


def _plucked(
    note: int, lasts_s: float, bright: float, loss: float, rng: np.random.Generator
) -> Floats:
    period = SAMPLE_RATE_HZ / hertz(note) - 0.5
    whole = int(period)
    share = period - whole
    count = int(lasts_s * SAMPLE_RATE_HZ)
    pluck = lfilter([bright], [1, bright - 1], rng.uniform(-1, 1, whole))
    line = np.zeros(count + whole)
    line[2 : 2 + whole] = pluck - pluck.mean()
    taps = loss * np.convolve([0.5, 0.5], [1 - share, share])
    for begin in range(2 + whole, count, whole):
        end = min(begin + whole, count)
        for late, tap in enumerate(taps):
            line[begin:end] += tap * line[begin - whole - late : end - whole - late]
    return _shaped(line[2:count], 0.001, lasts_s - RELEASE_S)


def _times(lasts_s: float) -> Floats:
    return np.arange(max(int(lasts_s * SAMPLE_RATE_HZ), 64)) / SAMPLE_RATE_HZ


def _ends(t: Floats) -> Floats:
    return np.asarray(np.clip((t[-1] - t) / 0.01, 0, 1))


def _shaped(wave: Floats, attack_s: float, lasts_s: float) -> Floats:
    """Raised and let go without a step; as loud in its body as any other."""
    t = np.arange(len(wave)) / SAMPLE_RATE_HZ
    rise = np.sin(np.pi / 2 * np.clip(t / max(attack_s, 0.001), 0, 1)) ** 2
    end_s = min(max(lasts_s, 0.05) + RELEASE_S, t[-1])
    fall = np.sin(np.pi / 2 * np.clip((end_s - t) / RELEASE_S, 0, 1)) ** 2
    out = wave * rise * fall
    return np.asarray(out / max(np.sqrt(np.mean(out[: SAMPLE_RATE_HZ // 2] ** 2)), 1e-9) * 0.1)


PLAYERS: Mapping[str, Player] = MappingProxyType(
    {
        "strings": strings,
        "piano": piano,
        "pad": pad,
        "harp": harp,
        "guitar": guitar,
        "bass": bass,
        "flute": flute,
        "horns": horns,
        "bells": bells,
        "percussion": percussion,
    }
)
