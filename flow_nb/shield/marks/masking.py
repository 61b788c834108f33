"""What a sound hides. In: short-time power spectra. Out: the noise that stays unheard beside them.

A simplified model after Johnston, "Transform coding of audio signals using perceptual noise
criteria" (IEEE JSAC 6, 1988): energy in bands of half a Bark, spread by Schroeder's function, lowered
by 14.5 + z dB beside a tone and 5.5 dB beside noise as the flatness of the spectrum tells them
apart, and nowhere under the threshold in quiet (Terhardt 1979) with a full-scale sine at 96 dB SPL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FULL_SCALE_DB_SPL = 96.0
_BANDS_PER_BARK = 2
_NOISE_OFFSET_DB, _TONE_OFFSET_DB = 5.5, 14.5
_FLATNESS_OF_NOISE_DB, _FLATNESS_OF_TONE_DB = -3.5, -14.0
_FLATNESS_WIDTH_BARK = 1.0
_TINY = 1e-20


def bark(hz: NDArray[np.floating]) -> NDArray[np.floating]:
    """Critical-band rate of a frequency (Zwicker & Terhardt 1980), about 24.6 at 20 kHz."""
    return np.asarray(13 * np.arctan(0.00076 * hz) + 3.5 * np.arctan((hz / 7_500) ** 2))


def quiet_db_spl(hz: NDArray[np.floating]) -> NDArray[np.floating]:
    """The threshold in quiet (Terhardt 1979)."""
    khz = np.maximum(hz, 20) / 1_000
    dip = 6.5 * np.exp(-0.6 * (khz - 3.3) ** 2)
    return np.asarray(3.64 * khz**-0.8 - dip + 1e-3 * khz**4)


def power_of(spectra: NDArray[np.complexfloating], frame: int) -> Floats:
    """The power of each bin of ``rfft(samples * window)``, for a window of mean square 1/2.

    A frame's bins sum to its mean square: a full-scale sine has 0.5.
    """
    scale = np.float32(4 / frame**2)
    return np.asarray((spectra.real**2 + spectra.imag**2) * scale, np.float32)


@dataclass(frozen=True)
class Masking:
    """The model for spectra of ``bins`` bins, ``bin_hz`` apart, the first at 0 Hz, scaled as `power_of`."""

    bins: int
    bin_hz: float

    def masked(self, power: Floats) -> Floats:
        """Per frame and band: what noise power the band hides. power (frames, bins)."""
        energy = power @ self.members
        offset_db = _NOISE_OFFSET_DB + self.tonality(power) * self._tone_extra_db
        hidden = (energy @ self._spread) * 10 ** (-offset_db / 10)
        return np.asarray(hidden, np.float32)

    @cached_property
    def quiet(self) -> Floats:
        """Per band: the power that nobody hears (bands,)."""
        spl = quiet_db_spl(self.centres_hz) - FULL_SCALE_DB_SPL
        return np.asarray(0.5 * 10 ** (spl / 10), np.float32)

    def tonality(self, power: Floats) -> Floats:
        """Per frame and band: 0 for noise, 1 for a tone, by the flatness of a Bark around it."""
        near = power + _TINY
        arithmetic = 10 * np.log10(near @ self._around)
        geometric = (10 * np.log10(near)) @ self._around
        flatness_db = geometric - arithmetic
        span = _FLATNESS_OF_TONE_DB - _FLATNESS_OF_NOISE_DB
        return np.asarray(np.clip((flatness_db - _FLATNESS_OF_NOISE_DB) / span, 0, 1), np.float32)

    @cached_property
    def band_of(self) -> NDArray[np.intp]:
        """The band of each bin (bins,)."""
        z = bark(np.arange(self.bins) * self.bin_hz)
        return np.unique((z * _BANDS_PER_BARK).astype(np.intp), return_inverse=True)[1]

    @cached_property
    def members(self) -> Floats:
        """(bins, bands): 1 where a bin belongs to a band."""
        return np.asarray(self.band_of[:, None] == np.arange(self.band_of[-1] + 1), np.float32)

    @cached_property
    def counts(self) -> Floats:
        """Bins in each band (bands,)."""
        return np.asarray(self.members.sum(0), np.float32)

    @cached_property
    def centres_hz(self) -> Floats:
        """Mean frequency of each band (bands,)."""
        hz = np.arange(self.bins, dtype=np.float32) * self.bin_hz
        return np.asarray(hz @ self.members / self.counts, np.float32)

    @cached_property
    def _tone_extra_db(self) -> Floats:
        return np.asarray(_TONE_OFFSET_DB + bark(self.centres_hz) - _NOISE_OFFSET_DB, np.float32)

    @cached_property
    def _around(self) -> Floats:
        z = bark(np.arange(self.bins) * self.bin_hz)
        near = np.abs(z[:, None] - bark(self.centres_hz)) <= _FLATNESS_WIDTH_BARK / 2
        near |= self.members > 0
        return np.asarray(near / near.sum(0), np.float32)

    @cached_property
    def _spread(self) -> Floats:
        """(from band, to band): Schroeder's function (1979); a band's own energy stays as it is."""
        z = bark(self.centres_hz)
        x = z[None, :] - z[:, None] + 0.474
        spread = 10 ** ((15.81 + 7.5 * x - 17.5 * np.sqrt(1 + x**2)) / 10)
        return np.asarray(spread / np.maximum(spread.sum(0), 1), np.float32)
