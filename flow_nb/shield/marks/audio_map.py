"""What a sound shows of its mark. In: samples. Out: per speed, a map of cells, as the pattern has them.

In every row the level of the 40 ms before an instant is set against that of the 40 ms after it; what
all rows around have in common is taken off, what is usual there is made equal, and what hardly
stands out of the floor counts less. One step of a map is 5 ms of the sound at its first speed.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import fft
from scipy.ndimage import uniform_filter1d

from flow_nb.shield.marks.audio_pattern import CHIP_S, row_edges_hz
from flow_nb.shield.marks.masking import Floats

HEARD_HZ = 16_000
STEP_S = 0.005
STEPS_PER_CHIP = round(CHIP_S / STEP_S)
FIRST_CENTRE = 6
"""The step on which the middle of the first chip lies: frames of the mark stand on its start."""

_FRAME, _HOP = 640, 80
_BIN_HZ = HEARD_HZ / _FRAME
_BINS = 304
_WINDOW = np.hanning(_FRAME + 1)[:-1].astype(np.float32)
_QUARTER = STEPS_PER_CHIP // 4
_LEVEL_STEPS = 6
_FLOOR_SHARE, _SILENCE = 0.01, 1e-11
_ROWS_AROUND, _USUAL_STEPS, _USUAL_ROWS = 9, 16, 3
_MOST_DB, _ALWAYS_DB, _MOST = 12.0, 0.1, 2.0
_USUAL_DB = 4.0
_FLOOR_QUANTILE, _FLOOR_WEIGHT = 0.1, 2.0


class SoundMap:
    """The cells of a stretch of sound (m, channels) at 16 kHz, for any speed."""

    def __init__(self, samples: Floats) -> None:
        self._maps: dict[float, Floats] = {}
        power = _power(samples)
        near = uniform_filter1d(uniform_filter1d(power, 9, axis=1), 9, axis=0)
        level_db = 10 * np.log10(power + _FLOOR_SHARE * near + _SILENCE)
        self._sums = np.pad(np.cumsum(level_db, axis=1, dtype=np.float64), ((0, 0), (1, 0)))

    def at(self, speed: float) -> Floats:
        """The map (steps, rows), read-only, if the sound was played ``speed`` times too fast."""
        if speed not in self._maps:
            self._maps[speed] = self._made_at(speed)
            self._maps[speed].setflags(write=False)
        return self._maps[speed]

    def _made_at(self, speed: float) -> Floats:
        rows_db = self._rows_db(speed)
        level = uniform_filter1d(rows_db, _LEVEL_STEPS, axis=0)
        change = np.zeros_like(level)
        change[_QUARTER:-_QUARTER] = level[: -2 * _QUARTER] - level[2 * _QUARTER :]
        change -= uniform_filter1d(change, _ROWS_AROUND, axis=1)
        usual = np.minimum(np.abs(change), _MOST_DB) ** 2
        usual = uniform_filter1d(usual, _USUAL_STEPS, axis=0)
        usual = np.sqrt(np.maximum(uniform_filter1d(usual, _USUAL_ROWS, axis=1), 0)) + _ALWAYS_DB
        cells = np.clip(change / np.sqrt(_USUAL_DB * usual), -_MOST, _MOST)
        return np.asarray(cells * self._weight(rows_db), np.float32)

    def _weight(self, rows_db: Floats) -> Floats:
        """1 for a cell far over the floor of the sound, 1/9 for one that is part of it."""
        energy = 10 ** (uniform_filter1d(rows_db, STEPS_PER_CHIP, axis=0) / 10)
        floor = _FLOOR_WEIGHT * self._floor
        return np.asarray((energy / (energy + floor)) ** 2, np.float32)

    @cached_property
    def _floor(self) -> float:
        return float(np.quantile(10 ** (self._rows_db(1.0) / 10), _FLOOR_QUANTILE))

    def _rows_db(self, speed: float) -> Floats:
        edges = row_edges_hz() * speed / _BIN_HZ + 0.5
        low = edges.astype(np.intp)
        share = edges - low
        sums = self._sums[:, low] * (1 - share) + self._sums[:, low + 1] * share
        rows = np.diff(sums, axis=1) / np.diff(edges)
        if speed == 1:
            return rows.astype(np.float32)
        step = np.arange(int((len(rows) - 1) * speed)) / speed
        before = step.astype(np.intp)
        after_share = (step - before)[:, None]
        between = rows[before] * (1 - after_share) + rows[before + 1] * after_share
        return np.asarray(between, np.float32)


def _power(samples: Floats) -> Floats:
    """Power spectra (steps, bins), channels added, step i around sample 80 i."""
    padded = np.pad(samples, ((_FRAME // 2, _FRAME // 2), (0, 0)))
    total = np.zeros((len(samples) // _HOP + 1, _BINS), np.float32)
    for channel in padded.T:
        windows = np.lib.stride_tricks.sliding_window_view(channel, _FRAME)[::_HOP]
        spectra = fft.rfft(windows * _WINDOW, axis=1)[:, :_BINS]
        total += spectra.real**2 + spectra.imag**2
    return total
