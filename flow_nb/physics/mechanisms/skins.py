"""Skins of soft things. In: a prop's piece, its scale. Out: a fine closed mesh that can be dented, and where
its points are on the cloth.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.motion import Mesh
from flow_nb.props.archetypes import Piece
from flow_nb.props.shapes import lathe, moved, piece_mesh, rounded

Floats = NDArray[np.float64]

SIDE = 22
PLUMP = {"pillow": (4, 0.5), "mattress": (14, 0.22), "sponge": (16, 0.2)}
"""How square a cushion is in plan, and how round over its edge."""


def skin(piece: Piece, prop: str, scale: float) -> tuple[Mesh, Floats]:
    """The mesh in the prop's frame and its points' places on the cloth (n, 2), metres."""
    if piece.shape == "box":
        mesh = _cushion(piece.size_m, *PLUMP.get(prop, (10, 0.3)))
    elif piece.shape == "lathe":
        mesh = lathe(_fine(rounded(np.array(piece.profile_m))), turns=40)
    else:
        mesh = piece_mesh(piece, turns=36)
        return mesh if scale == 1.0 else moved(mesh, (0, 0, 0), scale), _unrolled(mesh, scale)
    mesh = moved(mesh, piece.at_m, scale)
    return mesh, _unrolled(mesh, 1.0)


def _unrolled(mesh: Mesh, scale: float) -> Floats:
    return mesh.vertices[:, :2].astype(np.float64) * scale


def _fine(profile: Floats) -> Floats:
    """More points along an outline, so that it can bend."""
    out = [profile[0]]
    for a, b in pairwise(profile):
        pieces = max(1, int(np.linalg.norm(b - a) / 0.012))
        out += [a + (b - a) * (k + 1) / pieces for k in range(pieces)]
    return np.array(out)


def _cushion(size_m: tuple[float, float, float], square: float, round_: float) -> Mesh:
    """Two grids that meet in a seam all round, standing on z = 0."""
    u, v = np.meshgrid(*[np.sin(np.linspace(-1, 1, SIDE) * np.pi / 2)] * 2, indexing="ij")
    thick = np.maximum((1 - np.abs(u) ** square) * (1 - np.abs(v) ** square), 0.0) ** round_
    x, y = u * size_m[0] / 2, v * size_m[1] / 2
    top = np.stack([x, y, size_m[2] / 2 * (1 + thick)], -1).reshape(-1, 3)
    inner = np.zeros((SIDE, SIDE), bool)
    inner[1:-1, 1:-1] = True
    bottom = np.stack([x, y, size_m[2] / 2 * (1 - thick)], -1).reshape(-1, 3)[inner.ravel()]
    index = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    lower = index.copy()
    lower[inner] = SIDE * SIDE + np.arange(inner.sum())
    faces = np.vstack([_quads(index), _quads(lower)[:, ::-1]])
    vertices = np.vstack([top, bottom]).astype(np.float32)
    return Mesh(vertices=vertices, faces=faces.astype(np.int32))


def _quads(index: NDArray[np.intp]) -> NDArray[np.intp]:
    """Triangles of a grid of vertex numbers, seen from above."""
    a, b, c, d = (
        part.ravel() for part in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:])
    )
    return np.vstack([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
