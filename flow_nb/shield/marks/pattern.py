"""The keyed pattern of a video mark. In: a key, an index, coded signs. Out: a tile; and signs, read.

The pattern is a tile of 256 by 256 units that repeats over the picture, whose longer side measures
480 units. It is made of waves in a ring of frequencies: a fifth of them, the pilot, is known to
whoever has the key and tells where the tile lies; the others each carry a coded sign. Every wave
counts twice, for its sine and its cosine.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2

from flow_nb.shield.marks.chance import order, signs
from flow_nb.shield.marks.code import Code

LONG_SIDE_UNITS = 480
TILE_UNITS = 256
PAYLOAD_BITS = 64
PATTERNS = 4
CODE = Code(PAYLOAD_BITS)
LOW, HIGH = 6.0, 56.0  # waves along a tile
PILOT_SHARE = 0.22
TILT = 0.7

Floats = NDArray[np.float32]
Waves = NDArray[np.complex64]


@lru_cache(maxsize=1)
def radii() -> Floats:
    """Waves along a tile for each entry (256, 129) of a tile's half spectrum."""
    down = np.fft.fftfreq(TILE_UNITS, 1 / TILE_UNITS)[:, None]
    return np.asarray(np.hypot(down, np.arange(TILE_UNITS // 2 + 1)), np.float32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slope:
    """Which waves a writer favours; the reader learns it from the pilot."""

    reach: float
    """Waves far shorter than this, in waves along a tile, hardly sound."""
    lean: float
    """Amplitudes grow by this power of the waves along a tile, on top of the tilt."""

    def shares(self) -> Floats:
        """A factor (256, 129) for every wave."""
        waves = np.maximum(radii(), 1) / LOW
        reached = 1 + (waves * np.float32(LOW / self.reach)) ** 4
        return np.asarray(waves ** np.float32(self.lean) / reached, np.float32)


@dataclass(frozen=True)
class Pattern:
    """One of a key's patterns."""

    key: bytes
    index: int

    @cached_property
    def _bins(self) -> NDArray[np.intp]:
        """Places of the ring in the flat half spectrum, in keyed order; the mirror column left out."""
        ring = (radii() >= LOW) & (radii() <= HIGH)
        ring[:, 0] = False
        places = np.flatnonzero(ring)
        return places[order(self.key, f"video bins {self.index}", len(places))]

    @property
    def _pilots(self) -> int:
        return int(len(self._bins) * PILOT_SHARE)

    @property
    def pilot_bins(self) -> NDArray[np.intp]:
        """Where the pilot's waves lie."""
        return self._bins[: self._pilots]

    @cached_property
    def data_bins(self) -> NDArray[np.intp]:
        """Where the signs lie: in bands from long waves to short, each of which tells every sign once."""
        bins = self._bins[self._pilots :]
        rank = np.argsort(np.argsort(radii().ravel()[bins], kind="stable"))
        return bins[np.argsort(rank // (CODE.length // 2), kind="stable")]

    @cached_property
    def pilot_waves(self) -> Waves:
        """The pilot's waves, each ±1 ± i before the tilt."""
        flips = signs(self.key, f"video pilot {self.index}", 2 * self._pilots)
        return flips.astype(np.float32).view(np.complex64)

    @cached_property
    def pilot(self) -> Waves:
        """The pilot's half spectrum (256, 129)."""
        spectrum = np.zeros(radii().size, np.complex64)
        spectrum[self.pilot_bins] = self.pilot_waves
        return (spectrum.reshape(radii().shape)) * tilt()

    @cached_property
    def _flips(self) -> Floats:
        return signs(self.key, f"video signs {self.index}", 2 * len(self.data_bins)).astype(
            np.float32
        )

    @cached_property
    def _sign_of_slot(self) -> NDArray[np.intp]:
        return np.arange(2 * len(self.data_bins)) % CODE.length

    def tile(
        self, coded: NDArray[np.floating], *, pilot: float = 1.0, slope: Slope | None = None
    ) -> Floats:
        """The tile (256, 256) of coded values (length,), ±1 times a gain, and of the pilot times its.

        ``slope`` favours some waves. Its root mean square is 1.
        """
        whole = np.zeros(radii().size, np.complex64)
        slots = self._flips * coded[self._sign_of_slot].astype(np.float32)
        whole[self.data_bins] = slots.view(np.complex64)
        spectrum = np.float32(pilot) * self.pilot + whole.reshape(radii().shape) * tilt()
        if slope is not None:
            spectrum = spectrum * slope.shares()
        waves = irfft2(spectrum, s=(TILE_UNITS, TILE_UNITS)).astype(np.float32)
        return np.asarray(waves / waves.std(), np.float32)

    def read(self, weighed: Waves) -> Floats:
        """Soft values (length,) of a received half spectrum whose waves are weighed."""
        slots = weighed.ravel()[self.data_bins].view(np.float32) * self._flips
        return np.bincount(self._sign_of_slot, slots, CODE.length).astype(np.float32)

    def pilot_response(self, spectrum: Waves) -> Floats:
        """How much of its own sign each pilot wave bears, mean over sine and cosine."""
        got = spectrum.ravel()[self.pilot_bins]
        return np.asarray((got * self.pilot_waves.conj()).real / 2, np.float32)


@lru_cache(maxsize=1)
def tilt() -> Floats:
    """The relative amplitude of each wave."""
    return np.maximum(radii(), 1).astype(np.float32) ** -np.float32(TILT)


def pattern_of(key: bytes, payload: int) -> int:
    """Which of the key's patterns a payload uses."""
    digest = hmac.digest(key, b"video pattern" + payload.to_bytes(8, "big"), "sha256")
    return digest[0] % PATTERNS
