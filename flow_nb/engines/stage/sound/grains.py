"""Sand, snow, gravel, leaves: what sounds by many small breaks. In: a row of ``grains.toml``. Out: its crunch."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from flow_nb.engines.stage.sound.bubbles import chirps
from flow_nb.timebase import SAMPLE_RATE_HZ

Wave = NDArray[np.float32]

VOICES = 5
RISE_S = 0.004
"""A foot that sinks in breaks the most a little after it has met."""

LOUD_TAIL = 0.9
"""Width of the spread of the grains' loudness (of its logarithm): few are loud, many are not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grains:
    """One row of ``grains.toml``; the columns are explained at its head."""

    name: str
    grains: int
    low_hz: float
    high_hz: float
    sharp: float
    lasts_s: float
    level: float
    bubbles: bool = False
    heaviest_kg: float = math.inf


@cache
def grains() -> Mapping[str, Grains]:
    """All rows by name."""
    text = files(__package__).joinpath("grains.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {name: Grains(name=name, **row) for name, row in tomllib.loads(text).items()}
    )


def crumble(row: Grains, force: float, rng: np.random.Generator) -> Wave:
    """One touch: grains that begin with it and thin out, of unit power over the first ``lasts_s``, times
    the row's level. ``force`` (0 to 1) is how firm it is: a soft one makes fewer and ends sooner."""
    lasts_s = row.lasts_s * (0.5 + 0.5 * force)
    count = max(3, int(rng.poisson(row.grains * (0.2 + 0.8 * force))))
    begins_s = rng.exponential(lasts_s, count) + RISE_S * rng.random(count)
    begins_s[0] = 0.0
    loud = rng.lognormal(0.0, LOUD_TAIL, count) * np.exp(-begins_s / (2 * lasts_s))
    hertz = row.low_hz * (row.high_hz / row.low_hz) ** rng.random(count)
    length = int((6 * lasts_s + 0.03) * SAMPLE_RATE_HZ)
    if row.bubbles:
        wave = chirps(begins_s, hertz, loud, length, rng)
    else:
        wave = _resonant(begins_s, hertz, loud * rng.choice((-1.0, 1.0), count), length, row)
    head = wave[: max(1, int(lasts_s * SAMPLE_RATE_HZ))]
    power = float(np.sqrt(np.mean(head**2)))
    return np.asarray(0.3 * row.level / max(power, 1e-9) * wave, dtype=np.float32)


def _resonant(
    begins_s: NDArray[np.float64],
    hertz: NDArray[np.float64],
    loud: NDArray[np.float64],
    length: int,
    row: Grains,
) -> NDArray[np.float64]:
    """Clicks through a few resonances between which the grains are dealt out."""
    voice = (VOICES * np.log(hertz / row.low_hz) / np.log(row.high_hz / row.low_hz)).astype(int)
    out = np.zeros(length)
    at = np.minimum((begins_s * SAMPLE_RATE_HZ).astype(int), length - 1)
    for k in range(VOICES):
        mine = voice == k
        if mine.any():
            clicks = np.bincount(at[mine], loud[mine], length)
            out += _resonance(clicks, float(np.median(hertz[mine])), row.sharp)
    return out


def _resonance(clicks: NDArray[np.number], hertz: float, sharp: float) -> NDArray[np.float64]:
    """Two poles at that pitch, and no constant pressure."""
    radius = np.exp(-np.pi * hertz / sharp / SAMPLE_RATE_HZ)
    turn = 2 * np.pi * hertz / SAMPLE_RATE_HZ
    poles = [1.0, -2 * radius * np.cos(turn), radius**2]
    return np.asarray(lfilter([1.0, 0.0, -1.0], poles, clicks) * (1 - radius))
