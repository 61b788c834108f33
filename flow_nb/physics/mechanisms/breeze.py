"""Wind on cloth. In: the nodes of a cloth, their velocities, the wind. Out: a force on every node.

Each triangle takes the pressure of the air that goes through it (drag along its normal) and a little of
what goes along it. The wind is not even: eddies travel with it and grow along the cloth, which is what
makes a flag wave.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NORMAL, ALONG = 1.1, 0.02
EDDY = 0.22
EDDY_M = 0.75
GUST = 0.18


class Breeze:
    """The air around one cloth; ``density_kg_m3`` 0 is a vacuum."""

    def __init__(
        self, faces: NDArray[np.intp], nodes: int, wind_m_s: Floats, density_kg_m3: float
    ) -> None:
        self.faces = faces
        self.nodes = nodes
        self.wind = wind_m_s
        self.density = density_kg_m3
        self.speed = float(np.linalg.norm(wind_m_s))
        ahead = wind_m_s / self.speed if self.speed > 0 else np.zeros(3)
        self.ahead = ahead
        self.across = np.array([-ahead[1], ahead[0], 0.0])

    def at(self, points_m: Floats, time_s: float) -> Floats:
        """The wind (n, 3) at points (n, 3)."""
        if self.speed <= 0:
            return np.zeros_like(points_m)
        s = (points_m - points_m.min(0)) @ self.ahead
        phase = 2 * math.pi * (s - 0.75 * self.speed * time_s) / EDDY_M
        tall = 2.1 * points_m[:, 2]
        eddy = np.sin(phase + 0.8 * tall) + 0.5 * np.sin(1.73 * phase - tall + 1.0)
        gust = 1 + GUST * math.sin(3.9 * time_s) + 0.5 * GUST * math.sin(9.7 * time_s + 1)
        grow = np.clip(0.25 + s, 0.0, 1.2)
        return gust * self.wind + np.outer(EDDY * self.speed * grow * eddy, self.across)

    def force_n(self, points_m: Floats, speeds_m_s: Floats, time_s: float) -> Floats:
        """Force (n, 3) on every node."""
        a, b, c = (points_m[self.faces[:, i]] for i in range(3))
        normal = np.cross(b - a, c - a)
        area = np.linalg.norm(normal, axis=1, keepdims=True) / 2
        normal /= np.maximum(2 * area, 1e-12)
        moving = (self.at(points_m, time_s) - speeds_m_s)[self.faces].mean(axis=1)
        through = np.einsum("ij,ij->i", moving, normal)[:, None]
        fast = np.linalg.norm(moving, axis=1, keepdims=True)
        push = NORMAL * np.abs(through) * through * normal + ALONG * fast * moving
        share = 0.5 * self.density * area * push / 3
        total = np.zeros((self.nodes, 3))
        for axis in range(3):
            weights = np.repeat(share[:, axis], 3)
            total[:, axis] = np.bincount(self.faces.ravel(), weights, self.nodes)
        return total
