"""The mark of a sound. In: samples in order, a key, a payload. Out: as many samples, marked.

Every 20 ms a frame is turned into a spectrum, and each row of it is made a little louder or softer,
as `audio_pattern` says and as far as `masking` allows. Both channels get the same gain, so the mark
is in each of them and in their sum. What was silent stays silent; before a sudden sound the mark is
held back, because the ear would notice it there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import maximum_filter1d

from flow_nb.shield.marks.audio_pattern import CHIP_S, CHIPS, Pattern, row_edges_hz
from flow_nb.shield.marks.masking import Floats, Masking, power_of
from flow_nb.timebase import SAMPLE_RATE_HZ

NOISE_TO_MASK_DB = -7.0
"""The mark's energy in each row, against what the host hides there."""

FRAME, HOP = 1_920, 960
BIN_HZ = SAMPLE_RATE_HZ / FRAME
_FRAMES_PER_CHIP = round(CHIP_S * SAMPLE_RATE_HZ) // HOP
_BLOCK_FRAMES = 48
_BLOCK = _BLOCK_FRAMES * HOP
_CONTEXT = 2 * HOP
_MOST_GAIN, _MOST_LOSS = 1.0, 0.9
_RISE, _FALL = 8.0, 30.0
"""How many times more a frame may hide than the frame before, and than the one after."""

_WINDOW = np.sin(np.pi * (np.arange(FRAME, dtype=np.float32) + 0.5) / FRAME)
_HEARD_BINS = 401
_MASKING = Masking(_HEARD_BINS, BIN_HZ)
_EDGES = np.rint(row_edges_hz() / BIN_HZ).astype(np.intp)
_BINS = slice(int(_EDGES[0]), int(_EDGES[-1]))
_WIDTHS = np.diff(_EDGES)
_ROW_OF_BIN = np.repeat(np.arange(len(_WIDTHS)), _WIDTHS)
_PHASES = 2 * _BLOCK_FRAMES
_NOTHING = np.float32(1e-14)

_GRAIN = 48
_GRAINS_AROUND = 40
_FADE_DB_PER_GRAIN = 1.0
_SUDDEN = 2.0
_AROUND = np.hanning(_GRAINS_AROUND + 2)[1:-1] * 2 / (_GRAINS_AROUND + 1)


class AudioMark:
    """Marks one sound as it comes, with a payload of `audio_pattern.PAYLOAD_BITS` bits.

    However the samples are cut into calls, the same samples come out; as many as went in once
    `rest` was called. It holds back two seconds at most.

    >>> mark = AudioMark(b"a key of this studio", 7)
    >>> quiet = np.zeros((1000, 2), np.float32)
    >>> len(mark.mark(quiet)), len(mark.rest())
    (0, 1000)
    """

    def __init__(self, key: bytes, payload: int) -> None:
        pattern = Pattern(key)
        self._signs = pattern.cells(payload).T.astype(np.float32)
        angles = pattern.chance("fill").random((_PHASES, _BINS.stop - _BINS.start))
        self._turns = np.exp(2j * np.pi * angles).astype(np.complex64)
        self._held = np.zeros((_CONTEXT, 2), np.float32)
        self._frames = 0
        self._taken = self._given = 0

    def mark(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Takes the next samples (m, 2) at 48 kHz within ±1; gives those that are ready (n, 2)."""
        self._held = np.concatenate([self._held, np.asarray(samples, np.float32)])
        self._taken += len(samples)
        return self._ready()

    def rest(self) -> NDArray[np.float32]:
        """The samples held back. Nothing may follow."""
        missing = self._taken - self._given
        blocks = -(-missing // _BLOCK)
        silence = np.zeros((blocks * _BLOCK + 2 * _CONTEXT - len(self._held), 2), np.float32)
        self._held = np.concatenate([self._held, silence])
        return self._ready()[:missing]

    def _ready(self) -> NDArray[np.float32]:
        done = [np.zeros((0, 2), np.float32)]
        while len(self._held) >= _BLOCK + 2 * _CONTEXT:
            done.append(self._block(self._held[: _BLOCK + 2 * _CONTEXT]))
            self._held = self._held[_BLOCK:].copy()
            self._frames += _BLOCK_FRAMES
            self._given += _BLOCK
        return np.concatenate(done)

    def _block(self, around: Floats) -> Floats:
        """One block marked (_BLOCK, 2). ``around`` has _CONTEXT samples more on either side.

        Blocks overlap in their frames and share nothing else: cutting cannot change the result.
        """
        windows = np.lib.stride_tricks.sliding_window_view(around, FRAME, axis=0)[::HOP]
        spectra = np.asarray(fft.rfft(windows * _WINDOW, axis=-1), np.complex64)
        hidden, present = _budget(spectra)
        inner = spectra[1:-1, :, _BINS]
        change = np.zeros((*inner.shape[:2], FRAME // 2 + 1), np.complex64)
        change[..., _BINS] = self._change(inner, hidden[1:-1], present[1:-1])
        pieces = np.asarray(fft.irfft(change, FRAME, axis=-1), np.float32) * _WINDOW
        added = (pieces[:-1, :, HOP:] + pieces[1:, :, :HOP]).swapaxes(1, 2).reshape(_BLOCK, 2)
        host = around[_CONTEXT:-_CONTEXT]
        return np.clip(host + added * _held_back(around)[_CONTEXT:-_CONTEXT, None], -1, 1)

    def _change(self, spectra: NDArray[np.complex64], hidden: Floats, present: Floats) -> Floats:
        """What is added to each bin (frames, 2, bins); hidden, present: (frames, 2, rows)."""
        frame = self._frames + np.arange(len(spectra))
        first_half = frame % _FRAMES_PER_CHIP < _FRAMES_PER_CHIP // 2
        signs = (
            self._signs[frame // _FRAMES_PER_CHIP % CHIPS] * np.where(first_half, 1, -1)[:, None]
        )
        share = np.where(present > _NOTHING, hidden / np.maximum(present, _NOTHING), np.inf)
        gain = np.sqrt(np.minimum(share.min(1), _MOST_GAIN**2)).astype(np.float32)
        up, down = (
            np.where(signs > 0, gain, 0),
            np.where(signs < 0, np.minimum(gain, _MOST_LOSS), 0),
        )
        unfilled = np.maximum(hidden - gain[:, None] ** 2 * present, 0) * (signs > 0)[:, None]
        fill = (np.sqrt(unfilled) * (FRAME / 2)).astype(np.float32)
        turns = self._turns[frame % _PHASES][:, None]
        gains = (up - down).astype(np.float32)[:, None, _ROW_OF_BIN]
        return np.asarray(spectra * gains + fill[..., _ROW_OF_BIN] * turns)


def _budget(spectra: NDArray[np.complex64]) -> tuple[Floats, Floats]:
    """Mean power per bin that the mark may have, and that the host has: (frames, 2, rows) each."""
    power = power_of(spectra[..., :_HEARD_BINS], FRAME)
    hidden = _MASKING.masked(power.reshape(-1, _HEARD_BINS)).reshape(*power.shape[:2], -1)
    hidden[1:] = np.minimum(hidden[1:], _RISE * hidden[:-1])
    hidden[:-1] = np.minimum(hidden[:-1], _FALL * hidden[1:])
    present = np.add.reduceat(power[..., _BINS], _EDGES[:-1] - _EDGES[0], axis=-1) / _WIDTHS
    return np.asarray(hidden @ _PER_BIN_OF_ROW, np.float32), np.asarray(present, np.float32)


def _per_bin_of_row() -> Floats:
    """(bands, rows): turns noise power per band into the allowed mean power per bin of each row."""
    rows = np.asarray(_ROW_OF_BIN[:, None] == np.arange(len(_WIDTHS)), np.float32) / _WIDTHS
    per_bin = _MASKING.members[_BINS] / _MASKING.counts
    return np.asarray(per_bin.T @ rows * 10 ** (NOISE_TO_MASK_DB / 10), np.float32)


_PER_BIN_OF_ROW = _per_bin_of_row()


def _held_back(around: Floats) -> Floats:
    """A gain per sample (m,), at most 1: small where the host is far weaker than it is on average
    within 20 ms, as before a stroke. After a stroke it fades by 1 dB a millisecond."""
    bright = np.diff(around * np.float32(0.97), axis=0, prepend=0) + around * np.float32(0.03)
    energy = (bright**2).sum(1).reshape(-1, _GRAIN).mean(1, dtype=np.float64) + _NOTHING
    average = np.convolve(energy, _AROUND, "same")
    fading = _FADE_DB_PER_GRAIN * np.arange(len(energy))
    level_db = 10 * np.log10(maximum_filter1d(energy, 3)) + fading
    lasting = 10 ** ((np.maximum.accumulate(level_db) - fading) / 10)
    gain = np.minimum(1, np.sqrt(_SUDDEN * lasting / average))
    centres = (np.arange(len(gain)) + 0.5) * _GRAIN
    return np.asarray(np.interp(np.arange(len(around)), centres, gain), np.float32)
