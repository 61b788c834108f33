"""What holds a liquid. In: a `Stand`. Out: its `Vessel`: where its cavity ends, how much goes in.

A drop knows whether it is inside. Inside and below the rim the wall has no other side, so nothing
leaks however fast it moves; the only way in or out is over the rim.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.liquids.outline import Outline
from flow_nb.physics.stand import Stand

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]

OPEN_SHARE = 0.25
"""A lathe whose inside reaches down by more than this share of its height is a vessel."""
WALL_SHARE = 0.06
TALL_M = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Vessel:
    """A turned vessel, or a box that is open above, in its body's frame.

    ``inside`` and ``outside`` are the free regions (r, z); for a box r counts from its middle line
    to its side, in x and in y by itself. ``rim_m`` (r, z) is the middle of the rim, ``lip_m`` half
    its thickness.
    """

    name: str
    inside: Outline
    outside: Outline
    rim_m: tuple[float, float]
    lip_m: float
    boxed: tuple[float, float] | None
    reach_m: float

    @property
    def volume_m3(self) -> float:
        """What goes in up to the rim."""
        return float(self._area_m2(self._levels).mean() * np.ptp(self._levels))

    @property
    def floor_m(self) -> float:
        """Height of the lowest point of the inside."""
        return self.inside.low_m

    @property
    def _levels(self) -> Vector:
        return np.linspace(self.floor_m, self.rim_m[1], 200)

    def _area_m2(self, levels: Vector) -> Vector:
        r = np.array([self.inside.radius_m(float(z)) for z in levels])
        if self.boxed is None:
            return np.asarray(math.pi * r**2)
        x, y = self.boxed
        return np.asarray(4 * np.minimum(r, x) * (y + np.minimum(r, x) - x))

    def level_m(self, volume_m3: float) -> float:
        """How high a volume stands in it."""
        levels = self._levels
        filled = np.concatenate([[0.0], np.cumsum(self._area_m2(levels[1:]) * np.diff(levels))])
        return float(np.interp(volume_m3, filled, levels))

    def lattice_m(self, volume_m3: float, spacing_m: float) -> Vector:
        """Drops (n, 3) that fill it with a volume, in its own frame."""
        half = spacing_m / 2
        wide = self.reach_m
        span = np.arange(-wide, wide, spacing_m) + half
        count = round(volume_m3 / spacing_m**3)
        heights = np.arange(self.floor_m + half, self.rim_m[1], spacing_m)
        grid = np.array(np.meshgrid(heights, span, span, indexing="ij")).reshape(3, -1).T
        points = grid[:, [1, 2, 0]]
        free, _ = self.clear(points, inside=True)
        return np.asarray(points[free > 0.4 * spacing_m][:count])

    def clear(self, points: Vector, *, inside: bool) -> tuple[Vector, Vector]:
        """Distance (n,) from its walls, on one side of them, and the way (n, 3) away from them."""
        side = self.inside if inside else self.outside
        if self.boxed is None:
            r = np.hypot(points[:, 0], points[:, 1])
            distance, out, up = side.clear(r, points[:, 2])
            round_r = np.maximum(r, 1e-9)
            way = np.stack([out * points[:, 0] / round_r, out * points[:, 1] / round_r, up], axis=1)
            return distance, way
        return self._clear_box(points, inside=inside)

    def _clear_box(self, points: Vector, *, inside: bool) -> tuple[Vector, Vector]:
        x, y = self.boxed or (0.0, 0.0)
        wall = 0.0 if inside else 2 * self.lip_m
        half = np.array([x + wall, y + wall])
        away = half - np.abs(points[:, :2])
        floor = self.floor_m if inside else 0.0
        gaps = np.column_stack([away, points[:, 2] - floor])
        if not inside:
            gaps = np.column_stack([-away, -points[:, 2], points[:, 2] - self.rim_m[1]])
        nearest = np.argmin(gaps, axis=1) if inside else np.argmax(gaps, axis=1)
        rows = np.arange(len(points))
        way = np.zeros_like(points)
        sign = -1.0 if inside else 1.0
        level = nearest < 2
        way[rows[level], nearest[level]] = sign * np.sign(points[rows[level], nearest[level]])
        way[~level, 2] = 1.0 if inside else np.where(nearest[~level] == 2, -1.0, 1.0)
        return gaps[rows, nearest], way

    def within_mouth(self, points: Vector) -> Flags:
        """Whether what comes down over the rim comes down inside."""
        if self.boxed is None:
            return np.asarray(np.hypot(points[:, 0], points[:, 1]) < self.rim_m[0])
        half = np.array(self.boxed) + self.lip_m
        return np.asarray((np.abs(points[:, :2]) < half).all(axis=1))


def vessel(stand: Stand) -> Vessel | None:
    """The vessel that a body is, if it has an inside that is open above."""
    scale = stand.body.scale
    for piece in stand.prop.pieces:
        if piece.shape == "lathe":
            profile = (np.array(piece.profile_m) + [0.0, piece.at_m[2]]) * scale
            found = _turned(stand, profile)
            if found is not None:
                return found
    piece = stand.prop.pieces[0]
    if len(stand.prop.pieces) == 1 and piece.shape == "box":
        return _open_box(stand, np.array(piece.size_m) * scale)
    return None


def _turned(stand: Stand, profile: Vector) -> Vessel | None:
    top = profile[:, 1].max()
    rim = np.flatnonzero(profile[:, 1] >= top - 1e-9)
    inner = profile[rim[-1] :]
    if inner[-1, 1] > top - OPEN_SHARE * np.ptp(profile[:, 1]):
        return None
    outer = profile[: rim[0] + 1]
    rim_r = float(profile[rim, 0].mean())
    above = np.array([[inner[0, 0], top + TALL_M], [0.0, top + TALL_M]])
    return Vessel(
        name=stand.body.name,
        inside=Outline(np.vstack([inner[::-1], above]), free_within=True),
        outside=Outline(np.vstack([outer, [[0.0, top]]]), free_within=False),
        rim_m=(rim_r, float(top)),
        lip_m=max(float(np.ptp(profile[rim, 0])) / 2, 5e-4),
        boxed=None,
        reach_m=float(profile[:, 0].max()),
    )


def _open_box(stand: Stand, size: Vector) -> Vessel:
    wall = WALL_SHARE * float(size.min())
    x, y = float(size[0]) / 2 - wall, float(size[1]) / 2 - wall
    top = float(size[2])
    side = np.array([[0.0, wall], [x, wall], [x, top + TALL_M], [0.0, top + TALL_M]])
    shell = np.array([[0.0, 0.0], [x + wall, 0.0], [x + wall, top], [0.0, top]])
    return Vessel(
        name=stand.body.name,
        inside=Outline(side, free_within=True),
        outside=Outline(shell, free_within=False),
        rim_m=(min(x, y) + wall / 2, top),
        lip_m=wall / 2,
        boxed=(x, y),
        reach_m=float(max(size[:2])) / 2,
    )
