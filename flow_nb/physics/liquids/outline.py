"""Distance from a turned wall. In: a closed outline (r, z). Out: `Outline`: distances and directions by table."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

CELLS = 160
MARGIN = 0.35
"""The table reaches this share of its size beyond the outline."""


class Outline:
    """The distance of any (r, z) from an outline that starts and ends on the axis.

    Positive where it is free: within the outline (``free_within``) or without.
    """

    def __init__(self, points_m: Vector, *, free_within: bool) -> None:
        self._points = points_m
        wide = float(points_m[:, 0].max())
        self.low_m = float(points_m[:, 1].min())
        high = min(float(points_m[:, 1].max()), self.low_m + 8 * wide)
        self._cell = max(wide * (1 + MARGIN), (high - self.low_m) * (1 + 2 * MARGIN) / 2) / CELLS
        self._corner = np.array([0.0, self.low_m - MARGIN * max(wide, 0.3 * (high - self.low_m))])
        rows = int((wide * (1 + MARGIN)) / self._cell) + 2
        columns = int((high - self._corner[1]) * (1 + MARGIN) / self._cell) + 2
        r = np.arange(rows) * self._cell
        z = self._corner[1] + np.arange(columns) * self._cell
        grid = np.stack(np.meshgrid(r, z, indexing="ij"), axis=-1)
        sign = np.where(_within(grid, points_m) == free_within, 1.0, -1.0)
        self._table = sign * _distance(grid, points_m)
        self._out: Vector = np.gradient(self._table, self._cell, axis=0)
        self._up: Vector = np.gradient(self._table, self._cell, axis=1)

    def clear(self, r: Vector, z: Vector) -> tuple[Vector, Vector, Vector]:
        """Distance, and the unit way (outward, upward) in which it grows."""
        last = np.array(self._table.shape) - 1.001
        x = np.clip(r / self._cell, 0, last[0])
        y = np.clip((z - self._corner[1]) / self._cell, 0, last[1])
        i, j = x.astype(np.intp), y.astype(np.intp)
        u, v = np.asarray(x - i), np.asarray(y - j)
        distance = _blend(self._table, i, j, u, v)
        out, up = _blend(self._out, i, j, u, v), _blend(self._up, i, j, u, v)
        size = np.maximum(np.hypot(out, up), 1e-9)
        return distance, out / size, up / size

    def radius_m(self, z: float) -> float:
        """How wide the outline is at a height; its widest place where it has several."""
        widths = [0.0]
        for (r0, z0), (r1, z1) in pairwise(self._points):
            if min(z0, z1) <= z <= max(z0, z1) and z0 != z1:
                widths.append(float(r0 + (r1 - r0) * (z - z0) / (z1 - z0)))
        return max(widths)


def _blend(table: Vector, i: NDArray[np.intp], j: NDArray[np.intp], u: Vector, v: Vector) -> Vector:
    """Bilinear between four neighbours."""
    low = table[i, j] * (1 - u) + table[i + 1, j] * u
    high = table[i, j + 1] * (1 - u) + table[i + 1, j + 1] * u
    return np.asarray(low * (1 - v) + high * v)


def _distance(grid: Vector, points: Vector) -> Vector:
    """To the nearest segment that is not on the axis."""
    nearest = np.full(grid.shape[:2], np.inf)
    for a, b in pairwise(points):
        if a[0] < 1e-9 and b[0] < 1e-9:
            continue
        way = b - a
        along = np.clip((grid - a) @ way / max(float(way @ way), 1e-18), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(grid - a - along[..., None] * way, axis=-1))
    return nearest


def _within(grid: Vector, points: Vector) -> NDArray[np.bool_]:
    """Even-odd rule, by a ray outward."""
    r, z = grid[..., 0], grid[..., 1]
    inside = np.zeros(r.shape, bool)
    for (r0, z0), (r1, z1) in pairwise(points):
        if z0 == z1:
            continue
        crosses = (z0 <= z) != (z1 <= z)
        inside ^= crosses & (r < r0 + (z - z0) * (r1 - r0) / (z1 - z0))
    return inside
