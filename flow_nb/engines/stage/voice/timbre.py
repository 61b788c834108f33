"""What a manner does to a voice's sound. In: speech at 24 kHz. Out: it at its level, brighter, whispered.

A whisper keeps the shape of the mouth and loses the vocal cords: the sound is taken apart by linear
prediction into the mouth's resonances and what excites them, and noise as strong as that takes its
place (Makhoul 1975). Nothing else of the voice is touched: it stays who it is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_toeplitz
from scipy.signal import butter, lfilter, resample_poly, sosfilt

from flow_nb.engines.stage.voice.manner import Manner
from flow_nb.engines.stage.voice.model import RATE_HZ

Floats = NDArray[np.float64]

LEVEL_RMS = 0.06
"""Of a voice that does not raise itself, where it sounds."""

_LOUD = 0.1
_ORDER, _WINDOW = 26, 480
_TILT_FROM_HZ, _TILT_TOP_OCTAVES = 500.0, 4.0
_WHISPER_FROM_HZ = 220.0


def shaped(speech: NDArray[np.float32], manner: Manner, seed: int) -> Floats:
    """Speech (m,) in its manner, at a common level; the noise of a whisper is drawn from the seed."""
    sound = speech.astype(np.float64)
    if manner.breath > 0:
        whisper = _whispered(sound, np.random.default_rng(seed))
        sound = (1 - manner.breath) * sound + manner.breath * whisper
    if manner.tilt_db:
        sound = tilted(sound, manner.tilt_db)
    return sound * (LEVEL_RMS / max(_spoken_rms(sound), 1e-6)) * 10 ** (manner.gain_db / 20)


def at_48_khz(speech: Floats) -> NDArray[np.float32]:
    """Twice as many samples, without images above the speech."""
    return np.asarray(resample_poly(speech, 2, 1), np.float32)


def tilted(sound: Floats, db_per_octave: float) -> Floats:
    """Brighter (or darker) above 500 Hz, by so much per octave for four octaves."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    octaves = np.clip(np.log2(np.maximum(hz, 1.0) / _TILT_FROM_HZ), 0, _TILT_TOP_OCTAVES)
    return np.fft.irfft(spectrum * 10 ** (db_per_octave * octaves / 20), len(sound))


def _spoken_rms(sound: Floats) -> float:
    """The level of what is loud enough to be speech."""
    blocks = sound[: len(sound) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = (
        (blocks**2).mean(axis=1)
        if len(blocks)
        else np.array([np.mean(sound**2) if len(sound) else 0.0])
    )
    return float(np.sqrt(power[power >= _LOUD**2 * power.max()].mean()))


def _whispered(sound: Floats, rng: np.random.Generator) -> Floats:
    """Noise through the mouth's resonances, window by window with half of each in the next."""
    hop = _WINDOW // 2
    padded = np.concatenate([np.zeros(_WINDOW), sound, np.zeros(2 * _WINDOW)])
    noise = rng.standard_normal(len(padded))
    window = np.hanning(_WINDOW + 1)[:-1]
    out = np.zeros_like(padded)
    for at in range(0, len(padded) - _WINDOW, hop):
        part = padded[at : at + _WINDOW] * window
        power = part @ part
        if power < 1e-9:
            continue
        lags = np.correlate(part, part, "full")[_WINDOW - 1 : _WINDOW + _ORDER]
        lags[0] *= 1.0 + 1e-5
        mouth = np.concatenate([[1.0], -solve_toeplitz(lags[:-1], lags[1:])])
        breath = lfilter([1.0], mouth, noise[at : at + _WINDOW] * window)
        out[at : at + _WINDOW] += breath * np.sqrt(power / max(float(breath @ breath), 1e-12))
    whisper = out[_WINDOW : _WINDOW + len(sound)]
    sections = butter(2, _WHISPER_FROM_HZ, "highpass", fs=RATE_HZ, output="sos")
    return np.asarray(sosfilt(sections, whisper))
