"""Animals one hears and does not see. In: a `Scene`. Out: birds, crickets, gulls, an owl, frogs."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.sound.air.craft import (
    Floats,
    Scene,
    beats_s,
    in_hall,
    placed,
    scattered,
)
from flow_nb.timebase import SAMPLE_RATE_HZ


def birds(scene: Scene) -> Floats:
    """Songbirds of a wood by day, each with its own song, near and far."""
    return _singers(scene, 4, pause_s=1.9)


def dawn_birds(scene: Scene) -> Floats:
    """The chorus at dawn: more of them, and hardly a pause."""
    return _singers(scene, 9, pause_s=1.1)


def far_birds(scene: Scene) -> Floats:
    """One or two birds outside."""
    return _singers(scene, 2, pause_s=2.6)


def crickets(scene: Scene) -> Floats:
    """A summer night: single crickets that chirp, over the trill of many."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    for _ in range(4):
        hertz, rate = rng.uniform(4_100, 5_200), rng.uniform(1.7, 2.7)
        chirp = _pulses(hertz, int(rng.integers(3, 5)), rng.uniform(28, 36))
        times = beats_s(scene, 1 / rate, 0.04)
        gain = 10 ** (rng.uniform(-12, 0) / 20)
        out += scattered(scene, [chirp], times, gain, rng.uniform(-0.9, 0.9))
    trill = _trill(scene, 3_050.0, 42.0) + _trill(scene, 3_300.0, 51.0)
    return in_hall(out + 0.10 * trill, rng, 0.5, 0.35, 8_000)


def cicadas(scene: Scene) -> Floats:
    """Noon in the heat: a rasp that swells and falls."""
    rasp = _trill(scene, 5_600.0, 120.0) + 0.7 * _trill(scene, 6_400.0, 136.0)
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * scene.times_s / 3.1 + scene.rng.uniform(0, 6.28))
    return np.asarray(rasp * swell)


def gulls(scene: Scene) -> Floats:
    """Gulls over water: a series of falling cries, far apart."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    begin = rng.uniform(0.0, 1.2)
    while begin < scene.duration_s:
        pan, gain = rng.uniform(-0.8, 0.8), rng.uniform(0.35, 1.0)
        base, step = rng.uniform(820, 1_020), rng.uniform(0.30, 0.42)
        for cry in range(int(rng.integers(2, 6))):
            wave = gain * 0.88**cry * _cry(base * rng.uniform(0.96, 1.05), rng.uniform(0.2, 0.34))
            out += placed(scene, wave, begin + cry * step, pan)
        begin += rng.uniform(2.2, 4.5)
    return in_hall(out, rng, 0.9, 0.35)


def owl(scene: Scene) -> Floats:
    """A tawny owl, once or twice: a long hoot, a pause, a short one and a wavering one."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    begin = rng.uniform(0.3, 1.5)
    while begin < scene.duration_s:
        pan = rng.uniform(-0.7, 0.7)
        for after_s, lasts_s, waver in ((0.0, 0.7, 0.0), (1.5, 0.16, 0.0), (1.8, 1.0, 1.0)):
            out += placed(scene, _hoot(lasts_s, waver), begin + after_s, pan)
        begin += rng.uniform(5.0, 9.0)
    return in_hall(out, rng, 1.4, 0.8, 1_500)


def frogs(scene: Scene) -> Floats:
    """Frogs at a pond by night."""
    rng = scene.rng
    out = np.zeros((2, scene.count))
    for _ in range(4):
        hertz = rng.uniform(650, 1_100)
        number, rate_hz = int(rng.integers(7, 12)), rng.uniform(38, 55)
        croak = _pulses(hertz, number, rate_hz) + 0.5 * _pulses(2 * hertz, number, rate_hz)
        times = beats_s(scene, rng.uniform(0.7, 1.4), 0.2)
        out += scattered(scene, [croak], times, rng.uniform(0.3, 1.0), rng.uniform(-0.9, 0.9))
    return in_hall(out, rng, 0.6, 0.4)


def _singers(scene: Scene, number: int, pause_s: float) -> Floats:
    rng = scene.rng
    out = np.zeros((2, scene.count))
    for _ in range(number):
        song = [_note(rng) for _ in range(rng.integers(2, 6))]
        rests = rng.uniform(0.02, 0.11, len(song))
        pan, gain = rng.uniform(-0.9, 0.9), 10 ** (rng.uniform(-14, 0) / 20)
        for begin in beats_s(scene, pause_s * rng.uniform(0.8, 1.5), 0.35):
            at = begin
            for note, rest in zip(song, rests, strict=True):
                out += placed(scene, gain * rng.uniform(0.8, 1.0) * note, at, pan)
                at += len(note) / SAMPLE_RATE_HZ + rest
    return in_hall(out, rng, 0.9, 0.5, 7_000)


def _note(rng: np.random.Generator) -> Floats:
    """A whistle that glides, or a trill, or a chirp up and down."""
    lasts_s = rng.uniform(0.05, 0.24)
    t = np.arange(int(lasts_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    share = t / lasts_s
    low, high = np.sort(rng.uniform(2_300, 6_200, 2))
    kind = rng.integers(3)
    if kind == 0:
        hertz = low + (high - low) * (share if rng.random() < 0.5 else 1 - share)
    elif kind == 1:
        hertz = (low + high) / 2 + 450 * np.sin(2 * np.pi * rng.uniform(18, 38) * t)
    else:
        hertz = low + (high - low) * np.sin(np.pi * share)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ
    shape = np.sin(np.pi * share) ** 0.6
    return np.asarray(shape * (np.sin(phase) + 0.06 * np.sin(2 * phase)))


def _pulses(hertz: float, number: int, rate_hz: float) -> Floats:
    step = int(SAMPLE_RATE_HZ / rate_hz)
    pulse = np.pad(np.hanning(int(step * 0.62)), (0, step - int(step * 0.62)))
    shape = np.tile(pulse, number) * np.repeat(np.linspace(0.6, 1.0, number), step)
    t = np.arange(len(shape)) / SAMPLE_RATE_HZ
    return np.asarray(shape * np.sin(2 * np.pi * hertz * t))


def _trill(scene: Scene, hertz: float, rate_hz: float) -> Floats:
    t = scene.times_s
    out = np.zeros((2, scene.count))
    for side in (0, 1):
        wobble = scene.rng.uniform(0, 6.28, 2)
        rate = rate_hz * (1 + 0.03 * side)
        out[side] = np.clip(np.sin(2 * np.pi * rate * t + wobble[0]), 0, 1) * np.sin(
            2 * np.pi * hertz * t + 6 * np.sin(2 * np.pi * 1.7 * t + wobble[1])
        )
    return out


def _cry(hertz: float, lasts_s: float) -> Floats:
    """Up quickly, then down: rich in overtones, a little hoarse."""
    t = np.arange(int(lasts_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    share = t / lasts_s
    glide = hertz * (1 + 0.45 * np.sin(np.pi * np.minimum(share * 1.15, 1.0) ** 0.6))
    phase = 2 * np.pi * np.cumsum(glide) / SAMPLE_RATE_HZ
    shape = np.minimum(share / 0.08, 1) * np.minimum((1 - share) / 0.35, 1)
    gains = (0.5, 1.0, 0.7, 0.35, 0.2, 0.1)
    wave = sum(gain * np.sin(k * phase) for k, gain in enumerate(gains, 1))
    return np.asarray(shape * wave * (1 + 0.25 * np.sin(2 * np.pi * 70 * t)))


def _hoot(lasts_s: float, waver: float) -> Floats:
    t = np.arange(int(lasts_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    hertz = 390 * (1 - 0.06 * t / lasts_s)
    shape = np.sin(np.pi * t / lasts_s) ** 0.5 * (
        1 - 0.45 * waver * np.sin(2 * np.pi * 13 * t) ** 2
    )
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ
    return np.asarray(shape * (np.sin(phase) + 0.12 * np.sin(2 * phase)))
