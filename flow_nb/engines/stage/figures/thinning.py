"""Thinner meshes. In: a `Lump`, a width in metres. Out: the same surface with about one vertex in every cell
of that width.

All vertices in a cell become one, in their middle, with their mean normal and weights (Rossignac and
Borrel 1993); faces that lose their area go. Normals are those of the clay, so that shading stays smooth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.picture import Singles

BODY_PX, HAIR_PX, FACE_PX = 4.0, 2.5, 1.6
"""Width of a cell in pixels: on clothes and hands, on hair with its locks, on what a face moves."""
FACE = frozenset({"brow", "eye", "ring", "iris", "spark", "pupil", "lid", "lash", "lips", "gap"})


def cell_m(part: str, pixel_m: float) -> float:
    """How wide the cells of a part may be, where a pixel is that wide at the figure."""
    return pixel_m * (FACE_PX if part in FACE else HAIR_PX if part == "hair" else BODY_PX)


def thinned(lump: Lump, width_m: float) -> Lump:
    """The lump with fewer vertices; itself where it is no finer than that."""
    key = np.floor(lump.vertices / np.float32(width_m)).astype(np.int64)
    key -= key.min(0)
    span = key.max(0) + 1
    flat = (key[:, 0] * span[1] + key[:, 1]) * span[2] + key[:, 2]
    _, cell = np.unique(flat, return_inverse=True)
    count = int(cell.max()) + 1
    faces = cell[lump.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (a != c)]
    _, first = np.unique(np.sort(faces, axis=1), axis=0, return_index=True)
    chosen = faces[np.sort(first)].astype(np.int32)
    if len(chosen) < 4:
        return lump
    normals = _mean(lump.normals, cell, count)
    length = np.sqrt(np.einsum("ij,ij->i", normals, normals))
    return Lump(
        vertices=_mean(lump.vertices, cell, count),
        normals=np.asarray(normals / np.maximum(length, 1e-6)[:, None], np.float32),
        faces=chosen,
        bones=lump.bones,
        weights=_mean(lump.weights, cell, count),
        surface_m=None if lump.surface_m is None else _mean(lump.surface_m, cell, count),
    )


def _mean(rows: Singles, cell: NDArray[np.intp], count: int) -> Singles:
    """The mean of the rows of every cell."""
    many = np.bincount(cell, minlength=count)
    sums = [np.bincount(cell, rows[:, k], count) for k in range(rows.shape[1])]
    return np.asarray(np.stack(sums, axis=1) / many[:, None], np.float32)
