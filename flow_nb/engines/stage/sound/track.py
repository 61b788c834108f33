"""The tape. In: mono sounds with instant and place. Out: `Track`, two channels on one clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.ear import Ear
from flow_nb.timebase import SAMPLE_RATE_HZ, sample_at


class Track:
    """``samples`` (m, 2) float64, into which sounds are added; what lies past an end is cut off."""

    def __init__(self, duration_s: float) -> None:
        self.samples = np.zeros((max(1, sample_at(duration_s)), 2))

    def add(
        self,
        wave: NDArray[np.floating],
        *,
        time_s: float,
        gains: NDArray[np.float64],
        lags_s: NDArray[np.float64],
    ) -> None:
        """Lays a mono sound so that its first sample is heard exactly at ``time_s``."""
        for side in (0, 1):
            begin = sample_at(time_s) + round(float(lags_s[side]) * SAMPLE_RATE_HZ)
            end = min(begin + len(wave), len(self.samples))
            if end > begin >= 0:
                self.samples[begin:end, side] += float(gains[side]) * wave[: end - begin]

    def add_at(
        self, wave: NDArray[np.floating], *, time_s: float, point_m: NDArray[np.float64], ear: Ear
    ) -> None:
        """`add`, as an ear hears it from a point."""
        hearing = ear.hear(point_m[None], np.array([time_s]))
        self.add(wave, time_s=time_s, gains=hearing.gains[0], lags_s=hearing.lags_s[0])
