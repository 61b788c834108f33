"""The air between sounds and the ear. In: mono sounds with instant and place. Out: what both sides hear.

Every sound has its own direct way: 1/r, side, what the air and what stands between takes away. What the
room answers is made once for each neighbourhood of sounds, so the cost is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import lfilter, oaconvolve

from flow_nb.engines.stage.sound.ear import REFERENCE_M, Ear
from flow_nb.engines.stage.sound.passing import BEFORE_S, lateness_s, read
from flow_nb.engines.stage.sound.rooms import Room
from flow_nb.engines.stage.sound.screens import Screens
from flow_nb.engines.stage.sound.space import early, tail
from flow_nb.engines.stage.sound.track import Track
from flow_nb.timebase import SAMPLE_RATE_HZ, sample_at

Floats = NDArray[np.float64]

NEIGHBOURHOOD_M = 1.5
MOST_NEIGHBOURHOODS = 5
"""Sounds within a neighbourhood share one answer of the room."""

AIR_DB_M = 0.06
"""What air takes from the highs, about 6 kHz: ISO 9613-1 at 20 degrees, half humid."""

SPLIT_HZ = 1_200.0
DULL_FROM = 0.95
"""Only where less of the highs than this passes a sound is filtered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spots:
    """How n sounds from n places are heard: ``gains``, ``lags_s`` and ``passes`` (lows, highs), each
    (n, 2), and the neighbourhood ``cells`` (n,)."""

    gains: Floats
    lags_s: Floats
    passes: Floats
    cells: NDArray[np.int64]


class Field:
    """Takes sounds up and gives back what is heard of them."""

    def __init__(self, room: Room, ear: Ear, screens: Screens, duration_s: float) -> None:
        self.room, self.ear, self.screens = room, ear, screens
        self.direct = Track(duration_s)
        self._centres: list[Floats] = []
        self._cells: list[Floats] = []

    @property
    def count(self) -> int:
        """Samples of the shot."""
        return len(self.direct.samples)

    def spots(self, points_m: ArrayLike, times_s: ArrayLike) -> Spots:
        """How sounds from points (n, 3) at instants (n,) are heard."""
        points = np.atleast_2d(np.asarray(points_m, dtype=np.float64))
        hearing = self.ear.hear(points, times_s)
        ears = np.broadcast_to(self.ear.at(times_s), points.shape)
        passes = self.screens.shares(points, ears, times_s)
        distance = np.linalg.norm(points - ears, axis=-1)
        passes[:, 1] *= 10 ** (-AIR_DB_M * distance / 20)
        return Spots(
            gains=hearing.gains, lags_s=hearing.lags_s, passes=passes, cells=self._near(points)
        )

    def lay(self, wave: NDArray[np.floating], time_s: float, spots: Spots, i: int = 0) -> None:
        """A sound whose first sample is heard exactly at ``time_s``."""
        low, high = spots.passes[i]
        if high < DULL_FROM * low:
            wave = _dulled(wave, low, high)
        elif low < 1:
            wave = wave * low
        self.direct.add(wave, time_s=time_s, gains=spots.gains[i], lags_s=spots.lags_s[i])
        begin = sample_at(time_s)
        end = min(begin + len(wave), self.count)
        if end > begin >= 0:
            self._cells[spots.cells[i]][begin:end] += wave[: end - begin]

    def at(self, wave: NDArray[np.floating], time_s: float, point_m: ArrayLike) -> None:
        """`lay` for one sound at one place."""
        self.lay(wave, time_s, self.spots(np.asarray(point_m)[None], np.array([time_s])))

    def along(self, wave: Floats, first: int, points_m: Floats, times_s: Floats) -> None:
        """A long sound from sample ``first`` on whose place (t, 3) moves with ``times_s`` (t,)."""
        last = min(first + len(wave), self.count)
        if last <= first:
            return
        self._carry(wave[: last - first], first, points_m, times_s)

    def passing(self, wave: Floats, points_m: Floats, times_s: Floats) -> None:
        """A sound of the whole shot, made from `BEFORE_S` before it, that moves so fast that its pitch
        changes: `along`, read as late as it comes."""
        ears = np.broadcast_to(self.ear.at(times_s), points_m.shape)
        late = lateness_s(np.linalg.norm(points_m - ears, axis=-1))
        at_s = np.arange(self.count) / SAMPLE_RATE_HZ
        sent = at_s - np.interp(at_s, times_s, late) + BEFORE_S
        self._carry(read(wave, sent * SAMPLE_RATE_HZ), 0, points_m, times_s)

    def heard(self, rng: np.random.Generator) -> Floats:
        """All of it, (m, 2): the direct sound, first and unmoved, with the room behind."""
        out = self.direct.samples
        send = np.zeros((self.count, 2))
        for centre, cell in zip(self._centres, self._cells, strict=True):
            if not cell.any():
                continue
            side = np.mean(self.ear.hear(centre[None], np.zeros(1)).gains, axis=0)
            side = side / max(float(np.linalg.norm(side)), 1e-9)
            # Mostly the whole room answers to both sides; a third keeps the side it came from.
            send += cell[:, None] * (0.65 + 0.35 * side)
            distance = float(np.linalg.norm(centre - np.atleast_2d(self.ear.position_m).mean(0)))
            first = early(self.room, source_m=centre, ear=self.ear)
            first *= REFERENCE_M / max(distance, 1.0)
            out = out + oaconvolve(cell[:, None], first, axes=0)[: self.count]
        if send.any():
            out = out + oaconvolve(send, tail(self.room, rng), axes=0)[: self.count]
        return out

    def _carry(self, wave: Floats, first: int, points_m: Floats, times_s: Floats) -> None:
        spots = self.spots(points_m, times_s)
        at_s = (first + np.arange(len(wave))) / SAMPLE_RATE_HZ
        if (spots.passes[:, 1] < DULL_FROM * spots.passes[:, 0]).any():
            low = _lows(wave)
            wave = low * np.interp(at_s, times_s, spots.passes[:, 0]) + (wave - low) * np.interp(
                at_s, times_s, spots.passes[:, 1]
            )
        part = slice(first, first + len(wave))
        for side in (0, 1):
            self.direct.samples[part, side] += wave * np.interp(at_s, times_s, spots.gains[:, side])
        for cell in np.unique(spots.cells):
            share = np.interp(at_s, times_s, (spots.cells == cell).astype(float))
            self._cells[cell][part] += wave * share

    def _near(self, points: Floats) -> NDArray[np.int64]:
        """The neighbourhood of each point; the first in it is its middle."""
        out = np.zeros(len(points), dtype=np.int64)
        left = np.ones(len(points), dtype=bool)
        for k, centre in enumerate(self._centres):
            near = left & (np.linalg.norm(points - centre, axis=1) < NEIGHBOURHOOD_M)
            out[near] = k
            left &= ~near
        while left.any():
            if len(self._centres) == MOST_NEIGHBOURHOODS:
                away = np.linalg.norm(points[left][:, None] - np.array(self._centres), axis=-1)
                out[left] = away.argmin(axis=1)
                break
            centre = points[np.argmax(left)]
            near = left & (np.linalg.norm(points - centre, axis=1) < NEIGHBOURHOOD_M)
            out[near] = len(self._centres)
            self._centres.append(centre.copy())
            self._cells.append(np.zeros(self.count))
            left &= ~near
        return out


def _lows(wave: NDArray[np.floating]) -> Floats:
    """Below `SPLIT_HZ`: causal and of first order, so that both parts add up to the whole."""
    a = np.exp(-2 * np.pi * SPLIT_HZ / SAMPLE_RATE_HZ)
    return np.asarray(lfilter([1 - a], [1, -a], wave))


def _dulled(wave: NDArray[np.floating], low: float, high: float) -> Floats:
    lows = _lows(wave)
    return np.asarray(low * lows + high * (wave - lows))
