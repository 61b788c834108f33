"""Short sounds that are hard to mark, and the marking of a whole one."""

from __future__ import annotations

import numpy as np

from flow_nb.shield.marks.audio import AudioMark

RATE_HZ = 48_000
KEY = b"a key of this studio"


def room(duration_s: float, *, seed: int = 1, level: float = 0.05) -> np.ndarray:
    """Noise in stereo, falling above 200 Hz."""
    count = round(duration_s * RATE_HZ)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal((count, 2)), axis=0)
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)[:, None]
    return np.float32(level * np.fft.irfft(spectrum / (1 + hz / 200), count, axis=0))


def chord(duration_s: float) -> np.ndarray:
    """Three harmonic notes, struck every half second, panned."""
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    fade = np.exp(-3 * (t % 0.5))
    notes = [sum(np.sin(2 * np.pi * hz * n * t) / n for n in range(1, 8)) for hz in (220, 277, 330)]
    left, right = notes[0] + notes[1], notes[1] + 0.5 * notes[2]
    return np.float32(0.15 * np.stack([left * fade, right * fade], axis=1))


def strokes(duration_s: float, times_s: tuple[float, ...]) -> np.ndarray:
    """Decaying noise at some instants, in near silence."""
    sound = room(duration_s, level=1e-4)
    decay = np.exp(-np.arange(RATE_HZ // 2) / RATE_HZ / 0.06)[:, None]
    for index, time_s in enumerate(times_s):
        first = round(time_s * RATE_HZ)
        bang = np.random.default_rng(index).standard_normal((len(decay), 2)) * decay * 0.2
        sound[first : first + len(bang)] += bang[: len(sound) - first].astype(np.float32)
    return sound


def tone(duration_s: float, hz: float = 1_000) -> np.ndarray:
    t = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    return np.float32(np.repeat(0.5 * np.sin(2 * np.pi * hz * t)[:, None], 2, axis=1))


def marked(sound: np.ndarray, payload: int, key: bytes = KEY) -> np.ndarray:
    mark = AudioMark(key, payload)
    return np.concatenate([mark.mark(sound), mark.rest()])
