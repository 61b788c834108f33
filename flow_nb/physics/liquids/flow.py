"""Liquid as drops. In: places of equal drops, a step, what is solid. Out: where they are next.

Position based fluids (Macklin and Müller, ACM Trans. Graph. 32, 2013): every drop keeps the density
of its neighbourhood at most at that of the liquid at rest, which holds volume at any time step; XSPH
gives viscosity. Kernel W(q) = (1 - q)^3 with q = r / h.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Vector = NDArray[np.float64]
Index = NDArray[np.intp]
Solids = Callable[[Vector, Vector], Vector]
"""Pushes points (n, 3), which were elsewhere (n, 3) a step before, out of all that is solid."""

REACH = 1.8
"""Radius of the neighbourhood in spacings."""
ITERATIONS = 2
SOFTNESS = 0.2
"""Keeps a lonely drop's correction finite, in terms of a full neighbourhood's."""
CROWD = 0.92
"""Density at rest in terms of a cubic lattice's: drops at a wall have fewer neighbours."""
MOST_SPACINGS = 0.25
"""Farthest correction in one iteration."""


class Flow:
    """Drops with their velocities. ``spacing_m`` is the side of the cube of liquid that each is."""

    def __init__(self, points_m: Vector, spacing_m: float, *, viscosity: float = 0.02) -> None:
        self.points_m = points_m.astype(np.float64)
        self.speeds_m_s = np.zeros_like(self.points_m)
        self.spacing_m = spacing_m
        self.viscosity = viscosity
        self._reach_m = REACH * spacing_m
        self._rest, self._stiff = _at_rest()

    def step(self, step_s: float, gravity_m_s2: float, solids: Solids) -> None:
        """Moves all drops on by one step."""
        before = self.points_m
        self.speeds_m_s[:, 2] -= gravity_m_s2 * step_s
        now = before + step_s * self.speeds_m_s
        pairs = cKDTree(now).query_pairs(self._reach_m, output_type="ndarray")
        i, j = np.ascontiguousarray(pairs.T)
        for _ in range(ITERATIONS):
            now = solids(now + self._corrections(now, i, j), before)
        self.points_m = now
        self.speeds_m_s = (now - before) / step_s
        self._thicken(i, j)

    def _corrections(self, points: Vector, i: Index, j: Index) -> Vector:
        """Moves that bring every crowded neighbourhood back to the density at rest."""
        n = len(points)
        apart = _between(points, i, j)
        far = np.sqrt((apart * apart).sum(0)) + 1e-12
        near = np.maximum(1 - far / self._reach_m, 0.0)
        weight = near**3
        density = 1 + np.bincount(i, weight, n) + np.bincount(j, weight, n)
        excess = np.maximum(density / self._rest - 1, 0.0)
        slope = -3 * near**2 / (self._reach_m * self._rest)
        way = apart * (slope / far)
        total = _scatter(way, i, j, n)
        square = slope**2
        ease = (total * total).sum(0) + np.bincount(i, square, n) + np.bincount(j, square, n)
        pull = -excess / (ease + SOFTNESS * self._stiff / self._reach_m**2)
        moves = _scatter(way * (pull[i] + pull[j]), i, j, n)
        size = np.sqrt((moves * moves).sum(0)) + 1e-12
        most = MOST_SPACINGS * self.spacing_m
        return np.asarray((moves * np.minimum(1.0, most / size)).T)

    def _thicken(self, i: Index, j: Index) -> None:
        """Neighbours drag each other along (XSPH)."""
        apart = _between(self.points_m, i, j)
        far = np.sqrt((apart * apart).sum(0))
        weight = self.viscosity * np.maximum(1 - far / self._reach_m, 0.0) ** 2
        drag = -_between(self.speeds_m_s, i, j) * weight
        self.speeds_m_s += _scatter(drag, i, j, len(self.points_m)).T


def _between(rows: Vector, i: Index, j: Index) -> Vector:
    """Row i less row j, as columns (3, m)."""
    return np.stack([np.take(one, i) - np.take(one, j) for one in np.ascontiguousarray(rows.T)])


def _scatter(columns: Vector, i: Index, j: Index, n: int) -> Vector:
    """Sums columns (3, m) by index i, less by index j, into (3, n)."""
    return np.stack([np.bincount(i, one, n) - np.bincount(j, one, n) for one in columns])


def _at_rest() -> tuple[float, float]:
    """Density of a cubic lattice, and the sum of its squared slopes (in units of the reach)."""
    span = range(-2, 3)
    far = np.array([np.linalg.norm(at) for at in itertools.product(span, span, span) if any(at)])
    near = np.maximum(1 - far / REACH, 0.0)
    rest = CROWD * (1 + float((near**3).sum()))
    return rest, float(((3 * near**2 / rest) ** 2).sum())
