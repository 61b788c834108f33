"""Seeded noise. In: a generator. Out: `NoiseBank` for grains; octave bands whose mix moves with time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import next_fast_len

from flow_nb.timebase import SAMPLE_RATE_HZ

LENGTH = 1 << 16
BANDS_HZ = 125.0 * 2.0 ** np.arange(7)
CUTOFFS_HZ = (250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoiseBank:
    """``bands`` (7, 65536): noise of unit power below each of `CUTOFFS_HZ`; ``octaves`` (7, 131072): one
    noise in the bands about `BANDS_HZ` that add up to it. Both are endless by wrapping."""

    bands: NDArray[np.float32]
    octaves: NDArray[np.float32]

    def grain(self, cutoff_hz: float, count: int, at: int) -> NDArray[np.float32]:
        """``count`` samples of noise below a cutoff, from anywhere in it; between two brightnesses
        it is a blend."""
        place = np.interp(np.log2(cutoff_hz), np.log2(CUTOFFS_HZ), np.arange(len(CUTOFFS_HZ)))
        low = min(int(place), len(CUTOFFS_HZ) - 2)
        share = np.float32(place - low)
        index = np.arange(at, at + count) % LENGTH
        mixed = (1 - share) * self.bands[low][index] + share * self.bands[low + 1][index]
        return np.asarray(mixed, dtype=np.float32)


def noise_bank(rng: np.random.Generator) -> NoiseBank:
    """Fourth-order slopes, nothing below 30 Hz."""
    spectrum = np.fft.rfft(rng.standard_normal(LENGTH))
    hertz = np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE_HZ)
    spectrum *= hertz**2 / (hertz**2 + 30.0**2)
    bands = [np.fft.irfft(spectrum / (1 + (hertz / cut) ** 4), LENGTH) for cut in CUTOFFS_HZ]
    return NoiseBank(
        bands=np.array([b / b.std() for b in bands], dtype=np.float32), octaves=_octaves(rng)
    )


def _octaves(rng: np.random.Generator) -> NDArray[np.float32]:
    spectrum = np.fft.rfft(rng.standard_normal(2 * LENGTH))
    octave = np.log2(np.maximum(np.fft.rfftfreq(2 * LENGTH, 1 / SAMPLE_RATE_HZ), 1.0))
    gains = [np.exp(-0.5 * ((octave - np.log2(centre)) / 0.45) ** 2) for centre in BANDS_HZ]
    bands = [np.fft.irfft(spectrum * gain) for gain in gains]
    return np.array([band / band.std() for band in bands], dtype=np.float32)


def shaped(
    rng: np.random.Generator, count: int, gain_of_hz: Callable[[NDArray[np.float64]], ArrayLike]
) -> NDArray[np.float64]:
    """Two independent noises (2, count) of unit power with the spectrum ``gain_of_hz``."""
    length = next_fast_len(count, real=True)
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ).astype(np.float64)
    gain = np.asarray(gain_of_hz(hertz))
    noise = np.fft.irfft(np.fft.rfft(rng.standard_normal((2, length))) * gain, length)
    return np.asarray(noise[:, :count] / max(float(noise.std()), 1e-12))


def swept(
    noise: NoiseBank,
    at: NDArray[np.floating],
    gains: NDArray[np.floating],
    centre_hz: NDArray[np.floating],
    *,
    begin: int = 0,
    width_octaves: float = 1.3,
) -> NDArray[np.float64]:
    """Noise whose loudness ``gains`` and centre ``centre_hz`` (t,) follow curves; ``at`` (m,) is where
    each sample stands on them. It starts ``begin`` samples into the noise."""
    grid = np.arange(len(gains))
    index = (begin + np.arange(len(at))) % noise.octaves.shape[1]
    wave = np.zeros(len(at))
    for band, hertz in zip(noise.octaves, BANDS_HZ, strict=True):
        away = np.log2(np.maximum(centre_hz, 20.0) / hertz) / width_octaves
        curve = gains * np.exp(-0.5 * away**2)
        if curve.any():
            wave += band[index] * np.interp(at, grid, curve)
    return wave
