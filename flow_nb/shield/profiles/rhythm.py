"""The label that people hear. In: samples. Out: the same with short-long short-short at the start.

``.- ..`` are the Morse signs of A and I: the rhythm that GB 45438-2025 names for sound.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.timebase import SAMPLE_RATE_HZ

SIGNS = (".-", "..")
UNIT_S, PITCH_HZ, LEVEL, EDGE_S = 0.09, 880.0, 0.12, 0.008
_DASH, _REST = 3, 3
"""A dash, and the rest between letters, in units (ITU-R M.1677-1)."""


def rhythm() -> NDArray[np.float32]:
    """The whole rhythm (m,) at 48 kHz, in ±0.12.

    >>> round(len(rhythm()) / SAMPLE_RATE_HZ, 2)
    1.08
    """
    parts: list[NDArray[np.float32]] = []
    for sign in SIGNS:
        for mark in sign:
            parts += [_tone(_DASH if mark == "-" else 1), _silence(1)]
        parts[-1] = _silence(_REST)
    return np.concatenate(parts[:-1] + [_silence(1)])


def with_rhythm(samples: NDArray[np.float32], first_sample: int) -> NDArray[np.float32]:
    """Samples (m, 2) from ``first_sample`` on; what lies under the rhythm is lowered to make room."""
    tone = rhythm()[first_sample : first_sample + len(samples)]
    if not len(tone):
        return samples
    heard = samples.copy()
    heard[: len(tone)] = np.clip(heard[: len(tone)] * (1 - 2 * LEVEL) + tone[:, None], -1, 1)
    return heard


def _tone(units: int) -> NDArray[np.float32]:
    count, edge = round(units * UNIT_S * SAMPLE_RATE_HZ), round(EDGE_S * SAMPLE_RATE_HZ)
    tone = LEVEL * np.sin(2 * np.pi * PITCH_HZ * np.arange(count) / SAMPLE_RATE_HZ)
    ramp = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / edge)
    return (tone * ramp).astype(np.float32)


def _silence(units: int) -> NDArray[np.float32]:
    return np.zeros(round(units * UNIT_S * SAMPLE_RATE_HZ), np.float32)
