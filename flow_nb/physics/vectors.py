"""Rows of vectors. In: arrays (n, 3). Out: arrays (n, 3), without NumPy's ceremony."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def cross(a: Rows, b: Rows) -> Rows:
    """The cross product of rows (n, 3).

    >>> cross(np.array([[1.0, 0, 0]]), np.array([[0, 1.0, 0]]))
    array([[0., 0., 1.]])
    """
    x, y, z = a.T
    u, v, w = b.T
    return np.stack([y * w - z * v, z * u - x * w, x * v - y * u], axis=1)
