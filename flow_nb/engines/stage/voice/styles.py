"""Kokoro's English styles. In: a blend. Out: one row of 256 numbers for a line of so many tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ROWS = 510


@cache
def _data() -> tuple[dict[str, int], Floats, Floats, Floats]:
    with np.load(Path(__file__).parent / "styles.npz") as data:
        places = {str(name): i for i, name in enumerate(data["names"])}
        mean, weights, axes = (np.asarray(data[n], np.float32) for n in ("mean", "weights", "axes"))
    return places, mean, weights, axes


def style_row(styles: Sequence[tuple[str, float]], tokens: int) -> Floats:
    """(1, 256) float32: the shares of the styles at this length. Raises KeyError: unknown style."""
    places, mean, weights, axes = _data()
    at = min(max(tokens, 1), ROWS) - 1
    row = np.zeros(mean.shape[1], np.float64)
    for name, share in styles:
        i = places[name]
        row += share * (mean[i] + weights[i, at].astype(np.float64) @ axes[i])
    return row.astype(np.float32)[None]


def style_names() -> tuple[str, ...]:
    """The 28 English styles: a or b for the accent, f or m, then a name."""
    return tuple(_data()[0])
