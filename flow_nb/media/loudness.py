"""How loud a film is, and how loud it becomes. In: its sound piece by piece. Out: the same, levelled.

Neither the meter nor the leveller holds more than a second of sound, however long the film is: one
gain for the whole film, and a limiter where peaks would pass the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log10

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from flow_nb.engines.stage.sound.limit import CEILING_DB, reduction_db
from flow_nb.engines.stage.sound.loudness import K_WEIGHTING, SILENCE_LUFS, peaks
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

TARGET_LUFS = -16.0
MOST_GAIN_DB = 8.0
"""A film in which hardly anything sounds stays quiet."""

STEP = SAMPLE_RATE_HZ // 10
STEPS_OF_BLOCK = 4
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU = -70.0, -10.0
OFFSET_LUFS = -0.691
CONTEXT = SAMPLE_RATE_HZ // 5
"""So long a limiter remembers, and looks ahead, at the most."""

EDGE = 64
SAFE = 0.5
"""Between two samples of no more than this no peak can come near the ceiling."""


class Meter:
    """Integrated loudness by ITU-R BS.1770-4 of stereo at 48 kHz, as it comes."""

    def __init__(self) -> None:
        self._state = np.zeros((len(K_WEIGHTING), 2, 2))
        self._rest = np.zeros((0, 2))
        self._powers: list[float] = []

    def hear(self, samples: NDArray[np.floating]) -> None:
        """Takes the next samples (m, 2)."""
        sound, self._state = sosfilt(
            K_WEIGHTING, samples.astype(np.float64), axis=0, zi=self._state
        )
        pending = np.concatenate([self._rest, sound])
        whole = len(pending) // STEP * STEP
        self._rest = pending[whole:].copy()
        steps = pending[:whole].reshape(-1, STEP, 2)
        self._powers += list((steps**2).mean(axis=1).sum(axis=1))

    @property
    def lufs(self) -> float:
        """The loudness of all that was heard; `SILENCE_LUFS` for silence and for less than 0.4 s."""
        if len(self._powers) < STEPS_OF_BLOCK:
            return SILENCE_LUFS
        blocks = np.convolve(self._powers, np.full(STEPS_OF_BLOCK, 1 / STEPS_OF_BLOCK), "valid")
        loud = blocks[_lufs(blocks) > ABSOLUTE_GATE_LUFS]
        if not len(loud):
            return SILENCE_LUFS
        gate = _lufs(loud.mean()) + RELATIVE_GATE_LU
        return float(_lufs(loud[_lufs(loud) > gate].mean()))


def excess_db(blocks: Iterable[NDArray[np.floating]]) -> float:
    """By how much the true peak of a sound is above the ceiling; negative where it is beneath."""
    most, held = 1e-9, np.zeros((0, 2))
    for block in blocks:
        held = np.concatenate([held, block[:, :2].astype(np.float64)])
        if len(held) >= SAMPLE_RATE_HZ:
            most, held = max(most, _peak(held)), held[-2 * EDGE :]
    return 20 * log10(max(most, _peak(np.pad(held, ((0, EDGE), (0, 0)))))) - CEILING_DB


def _peak(sound: Floats) -> float:
    """The true peak but for the edges, where there is nothing to measure between."""
    plain = float(np.abs(sound).max(initial=0.0))
    if plain <= SAFE or len(sound) <= 2 * EDGE:
        return plain
    return float(peaks(sound)[EDGE:-EDGE].max())


def film_gain_db(lufs: float) -> float:
    """How much louder a film becomes: to the target, but what is silent stays so.

    >>> film_gain_db(-18.5), film_gain_db(-40.0), film_gain_db(SILENCE_LUFS)
    (2.5, 8.0, 0.0)
    """
    return 0.0 if lufs <= ABSOLUTE_GATE_LUFS else min(TARGET_LUFS - lufs, MOST_GAIN_DB)


class Leveller:
    """One gain for everything, and no true peak above the ceiling, or ``lower_db`` beneath it.

    Samples come out in order, up to 0.2 s after they went in, and all of them by `rest`.
    """

    def __init__(self, gain_db: float, lower_db: float = 0.0) -> None:
        self._gain = 10 ** (gain_db / 20)
        self._lower = 10 ** (lower_db / 20)
        self._before = np.zeros((0, 2))
        self._held = np.zeros((0, 2))

    def level(self, samples: NDArray[np.floating]) -> NDArray[np.float32]:
        """Takes the next samples (m, 2); gives those that are ready."""
        self._held = np.concatenate([self._held, samples.astype(np.float64) * self._gain])
        return self._ready(max(0, len(self._held) - CONTEXT))

    def rest(self) -> NDArray[np.float32]:
        """What was held back."""
        return self._ready(len(self._held))

    def _ready(self, count: int) -> NDArray[np.float32]:
        if count < CONTEXT and count < len(self._held):
            return np.zeros((0, 2), np.float32)
        around = np.concatenate([self._before, self._held])
        begin = len(self._before)
        out = self._held[:count]
        if len(around) and np.abs(around).max() > SAFE:
            down_db = reduction_db(peaks(around) * self._lower)
            out = out * 10 ** (-down_db[begin : begin + count] / 20)[:, None]
        self._before = around[: begin + count][-CONTEXT:]
        self._held = self._held[count:]
        return out.astype(np.float32)


def _lufs(power: Floats | np.floating) -> Floats:
    return np.asarray(OFFSET_LUFS + 10 * np.log10(np.maximum(power, 1e-12)))
