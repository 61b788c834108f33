"""Shapes that a motion carries. In: the solver's meshes and points. Out: `Mesh`, `Surface`, `Strand`, `Drops`.

What bends or flows is kept at 60 Hz, in world coordinates, metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FORM_RATE_HZ = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Mesh:
    """A closed triangle mesh in the body's frame: vertices (n, 3) float32 metres, faces (m, 3) int32."""

    vertices: NDArray[np.float32]
    faces: NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Surface:
    """Cloth, or the skin of a soft body: vertices (t, n, 3) over time, faces (m, 3), and the place of
    every vertex on the cloth (n, 2) in metres. A ``sheet`` is seen from both sides."""

    vertices_m: NDArray[np.float32]
    faces: NDArray[np.int32]
    cloth_m: NDArray[np.float32]
    sheet: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand:
    """A rope or chain: its points (t, n, 3) over time and its radius."""

    points_m: NDArray[np.float32]
    radius_m: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Drops:
    """A liquid, or a cloud of grains, as equal balls: points (t, n, 3) over time, their radius, and
    what they are (``water``, ``milk``, ``sand``). A drop that is not there yet is NaN."""

    points_m: NDArray[np.float32]
    radius_m: float
    liquid: str


Form = Mesh | Surface | Strand | Drops


def at_time(points_m: NDArray[np.float32], time_s: float) -> NDArray[np.float32]:
    """Points (n, 3) at an instant, between the samples (t, n, 3) of a form.

    >>> float(at_time(np.arange(6, dtype=np.float32).reshape(2, 1, 3), 0.5 / FORM_RATE_HZ)[0, 0])
    1.5
    """
    x = min(max(time_s * FORM_RATE_HZ, 0.0), len(points_m) - 1.0)
    i = min(int(x), max(len(points_m) - 2, 0))
    j = min(i + 1, len(points_m) - 1)
    return np.asarray(points_m[i] + np.float32(x - i) * (points_m[j] - points_m[i]), np.float32)
