"""Modelling clay. In: blobs that belong to bones. Out: `Lump`: a closed, smooth triangle mesh.

A blob is a distance field; a lump is a soft union of blobs, cut and carved, meshed by surface nets and
pulled onto the surface, so that its normals are those of the field and not of the triangles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Singles

Carve = Callable[[Singles, Singles], Singles]
"""Distance (n,) and points (n, 3) to another distance: what is cut off or added at the end."""
Place = Sequence[float] | NDArray[Any]
_BLOCK = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Blob:
    """A round bar from ``start_m`` to ``end_m`` whose ends have their own radius, or, where both are
    one point, an ellipsoid with the half axes ``axes_m``. ``soft_m`` is how wide it melts into what
    was there before; ``bone`` is what it follows."""

    bone: str
    start_m: Place
    end_m: Place | None = None
    radius_m: float = 0.0
    end_radius_m: float | None = None
    axes_m: Place = (0.0, 0.0, 0.0)
    soft_m: float = 0.02

    def distance(self, points: Singles) -> Singles:
        """Distance from the surface (n,), negative inside; for an ellipsoid a close bound."""
        start = np.asarray(self.start_m, np.float32)
        if self.end_m is None:
            axes = np.asarray(self.axes_m, np.float32)
            local = (points - start) / axes
            size = _length(local)
            slope = _length(local / axes)
            return np.asarray(size * (size - 1) / np.maximum(slope, 1e-6), np.float32)
        way = np.asarray(self.end_m, np.float32) - start
        along = np.clip((points - start) @ way / np.float32(way @ way + 1e-12), 0, 1)
        last = self.radius_m if self.end_radius_m is None else self.end_radius_m
        radius = np.float32(self.radius_m) + along * np.float32(last - self.radius_m)
        return np.asarray(_length(points - start - along[:, None] * way) - radius, np.float32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lump:
    """Vertices (n, 3), their normals (n, 3), faces (m, 3), and how much every vertex follows each of
    ``bones`` (n, bones), in rows that sum to 1. ``surface_m`` (n, 2) is where each lies in a texture
    that was painted for it; without it textures fall on from the sides."""

    vertices: Singles
    normals: Singles
    faces: NDArray[np.int32]
    bones: tuple[str, ...]
    weights: Singles
    surface_m: Singles | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clay:
    """Blobs, melted in their order, then carved. ``grip_m`` is over which length a vertex changes
    from one bone to the next."""

    blobs: tuple[Blob, ...]
    carve: Carve | None = None
    grip_m: float = 0.02

    def distance(self, points: Singles) -> Singles:
        """The field of the whole (n,)."""
        total = self.blobs[0].distance(points)
        for blob in self.blobs[1:]:
            total = melted(total, blob.distance(points), blob.soft_m)
        return total if self.carve is None else self.carve(total, points)

    def normals(self, points: Singles) -> tuple[Singles, Singles, Singles]:
        """Distance (n,), unit gradient (n, 3) and the gradient's length (n,)."""
        step = np.float32(0.0008)
        here = self.distance(points)
        slope = np.empty_like(points)
        for axis in range(3):
            shifted = points.copy()
            shifted[:, axis] += step
            slope[:, axis] = (self.distance(shifted) - here) / step
        length = np.maximum(_length(slope), 1e-4)
        return here, np.asarray(slope / length[:, None], np.float32), np.asarray(length, np.float32)

    def weights(self, points: Singles) -> tuple[tuple[str, ...], Singles]:
        """The bones, and how much each point follows them (n, bones)."""
        bones = tuple(dict.fromkeys(blob.bone for blob in self.blobs))
        near = np.full((len(points), len(bones)), np.inf, np.float32)
        for blob in self.blobs:
            column = bones.index(blob.bone)
            near[:, column] = np.minimum(near[:, column], blob.distance(points))
        pull = np.exp(-(near - near.min(1, keepdims=True)) / np.float32(self.grip_m))
        pull[pull < 0.02] = 0
        return bones, np.asarray(pull / pull.sum(1, keepdims=True), np.float32)

    def mesh(self, step_m: float) -> Lump:
        """The surface, with vertices about ``step_m`` apart."""
        low, high = self._bounds(step_m)
        count = np.ceil((high - low) / step_m / _BLOCK).astype(int) * _BLOCK + 1
        volume = self._sampled(low, count, step_m)
        vertices, faces = surface_net(volume)
        vertices = (vertices * np.float32(step_m) + low).astype(np.float32)
        for _ in range(2):
            here, normals, length = self.normals(vertices)
            shift = np.clip(here / length, -step_m, step_m)
            vertices = vertices - shift[:, None] * normals
        _, normals, _ = self.normals(vertices)
        bones, weights = self.weights(vertices)
        return Lump(vertices=vertices, normals=normals, faces=faces, bones=bones, weights=weights)

    def _bounds(self, step_m: float) -> tuple[Singles, Singles]:
        low, high = [], []
        for blob in self.blobs:
            ends = np.array([blob.start_m, blob.start_m if blob.end_m is None else blob.end_m])
            if blob.end_m is None:
                reach = np.asarray(blob.axes_m, float)
            else:
                reach = np.full(3, max(blob.radius_m, blob.end_radius_m or 0.0))
            low.append(ends.min(0) - reach)
            high.append(ends.max(0) + reach)
        rim = max(blob.soft_m for blob in self.blobs) * 0.3 + 3 * step_m
        return (
            np.asarray(np.min(low, axis=0) - rim, np.float32),
            np.asarray(np.max(high, axis=0) + rim, np.float32),
        )

    def _sampled(self, low: Singles, count: NDArray[np.int_], step_m: float) -> Singles:
        """The field on a grid; far from the surface only one value a block."""
        blocks = (count - 1) // _BLOCK
        span = np.float32(_BLOCK * step_m)
        centre = low + (_lattice(blocks) + np.float32(0.5)) * span
        coarse = self.distance(centre)
        volume = np.full(count, 1.0, np.float32)
        near = coarse.reshape(blocks)
        inner = np.repeat(np.repeat(np.repeat(near, _BLOCK, 0), _BLOCK, 1), _BLOCK, 2)
        volume[:-1, :-1, :-1] = inner
        active = np.abs(near) < 1.6 * span
        wide = np.zeros(count, bool)
        fine = np.repeat(np.repeat(np.repeat(active, _BLOCK, 0), _BLOCK, 1), _BLOCK, 2)
        wide[:-1, :-1, :-1] = fine
        index = np.argwhere(wide)
        volume[wide] = self.distance((low + index * np.float32(step_m)).astype(np.float32))
        return volume


def melted(a: Singles, b: Singles, soft_m: float | np.floating[Any]) -> Singles:
    """The smaller of two fields, rounded where they meet (polynomial smooth minimum).

    >>> round(float(melted(np.zeros(1, np.float32), np.zeros(1, np.float32), 0.04)[0]), 3)
    -0.01
    """
    if soft_m <= 0:
        return np.minimum(a, b)
    blend = np.maximum(np.float32(soft_m) - np.abs(a - b), 0) / np.float32(soft_m)
    return np.asarray(np.minimum(a, b) - blend * blend * np.float32(soft_m / 4), np.float32)


def cut(a: Singles, b: Singles, soft_m: float | np.floating[Any]) -> Singles:
    """What of ``a`` is also inside ``b``, its edge rounded."""
    return -melted(-a, -b, soft_m)


def surface_net(volume: Singles) -> tuple[Singles, NDArray[np.int32]]:
    """The zero surface of samples on a grid: vertices (n, 3) in steps, faces (m, 3) wound outward.

    One vertex in every cell that the surface passes, in the middle of where it cuts the cell's edges;
    one square across every edge that it cuts (Gibson 1998).
    """
    inside = volume < 0
    shape = np.array(volume.shape) - 1
    total = np.zeros(shape, np.int8)
    for corner in np.ndindex(2, 2, 2):
        total += inside[_corner(corner, shape)]
    cells = np.argwhere((total > 0) & (total < 8))
    number = np.full(shape, -1, np.int32)
    number[tuple(cells.T)] = np.arange(len(cells))
    place, hits = np.zeros((len(cells), 3), np.float32), np.zeros(len(cells), np.float32)
    for axis in range(3):
        unit = np.eye(3, dtype=int)[axis]
        for corner in np.ndindex(2, 2, 2):
            if corner[axis]:
                continue
            start = cells + corner
            a, b = volume[tuple(start.T)], volume[tuple((start + unit).T)]
            crossed = (a < 0) != (b < 0)
            share = np.where(crossed, a / np.where(crossed, a - b, 1), 0)
            place += crossed[:, None] * (np.array(corner) + share[:, None] * unit)
            hits += crossed
    vertices = (cells + place / hits[:, None]).astype(np.float32)
    return vertices, np.concatenate([_squares(inside, number, axis) for axis in range(3)])


def _squares(inside: NDArray[np.bool_], number: NDArray[np.int32], axis: int) -> NDArray[np.int32]:
    """Two triangles across every cut edge along an axis."""
    first = np.moveaxis(inside, axis, 0)
    begins = np.moveaxis((first[:-1] != first[1:]), 0, axis)
    u, v = [i for i in range(3) if i != axis]
    edges = np.argwhere(begins)
    edges = edges[(edges[:, u] > 0) & (edges[:, v] > 0)]
    edges = edges[(edges[:, u] < number.shape[u]) & (edges[:, v] < number.shape[v])]
    leaving = inside[tuple(edges.T)] != (axis == 1)
    eu, ev = np.eye(3, dtype=int)[u], np.eye(3, dtype=int)[v]
    a, b, c, d = (number[tuple((edges - s).T)] for s in (eu + ev, ev, 0 * eu, eu))
    out = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    turned = np.concatenate([leaving, leaving])
    return np.where(turned[:, None], out, out[:, ::-1]).astype(np.int32)


def _corner(corner: tuple[int, ...], shape: NDArray[np.int_]) -> tuple[slice, ...]:
    return tuple(slice(c, c + n) for c, n in zip(corner, shape, strict=True))


def _lattice(count: NDArray[np.int_]) -> Singles:
    axes = np.meshgrid(*(np.arange(n) for n in count), indexing="ij")
    return np.stack(axes, axis=-1).reshape(-1, 3).astype(np.float32)


def _length(vectors: Singles) -> Singles:
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), np.float32)
