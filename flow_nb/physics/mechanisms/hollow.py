"""Hollow things. In: a `Piece` with an inside. Out: convex meshes that leave the inside free.

The solver collides convex solids only. A cup that something falls into becomes a floor and a ring of
staves; everything else stays one hull, which is many times faster.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.motion import Mesh
from flow_nb.props.archetypes import Archetype, Piece
from flow_nb.props.shapes import hull, piece_mesh

SECTORS = 12
MAX_RINGS = 5
WALL_SHARE = 0.06
"""Thickness of the walls of an open box, as a share of its least side."""

Points = NDArray[np.float64]


def is_hollow(piece: Piece) -> bool:
    """Whether a piece has an inside that is open above: a turned outline that comes down again.

    >>> from flow_nb.props.archetypes import archetypes
    >>> [is_hollow(archetypes()[name].pieces[0]) for name in ("cup", "can", "ball", "crate")]
    [True, False, False, True]
    """
    if piece.shape == "box":
        return True
    if piece.shape != "lathe":
        return False
    heights = np.array(piece.profile_m)[:, 1]
    return bool(heights[-1] < heights.max() - 0.25 * np.ptp(heights))


def holds(prop: Archetype, *, told: bool) -> bool:
    """Whether things can be in a prop: it has a turned inside, or it is one box and the text says that
    something is in it."""
    if prop.kind != "thing" or (prop.furniture and not told):
        return False
    if any(piece.shape == "lathe" and is_hollow(piece) for piece in prop.pieces):
        return True
    return told and len(prop.pieces) == 1 and is_hollow(prop.pieces[0])


def hollow_parts(piece: Piece, scale: float = 1.0, *, sectors: int = SECTORS) -> list[Mesh]:
    """Convex meshes that make up a piece with its inside left free, where `piece_mesh` has it.

    A lathe gives its floor and ``sectors`` staves for each ring of its wall, a box its floor and four
    walls, open above. What has no inside gives its whole mesh.
    """
    if not is_hollow(piece):
        return [piece_mesh(piece, scale)]
    corners = _open_box(piece) if piece.shape == "box" else _staves(piece, sectors)
    at = np.asarray(piece.at_m)
    return [hull((points + at) * scale) for points in corners]


def inner_m(piece: Piece, scale: float = 1.0) -> Points:
    """The inside of a hollow piece from its floor to its rim: rows of free half width and height."""
    if piece.shape == "box":
        wall = WALL_SHARE * min(piece.size_m)
        half = min(piece.size_m[:2]) / 2 - wall
        inside = np.array([[half, wall], [half, piece.size_m[2]]])
    else:
        inside = _walls(np.array(piece.profile_m))[1].copy()
    inside[:, 1] += piece.at_m[2]
    return np.asarray(inside * scale)


def _open_box(piece: Piece) -> list[Points]:
    size = np.asarray(piece.size_m, dtype=np.float64)
    wall = WALL_SHARE * float(size.min())
    x, y, z = size[0] / 2, size[1] / 2, size[2]
    spans = [
        ((-x, x), (-y, y), (0.0, wall)),
        ((-x, -x + wall), (-y, y), (wall, z)),
        ((x - wall, x), (-y, y), (wall, z)),
        ((-x + wall, x - wall), (-y, -y + wall), (wall, z)),
        ((-x + wall, x - wall), (y - wall, y), (wall, z)),
    ]
    return [np.array(np.meshgrid(*span)).reshape(3, -1).T for span in spans]


def _staves(piece: Piece, sectors: int) -> list[Points]:
    """The floor's corners, then those of every stave, rim last."""
    outside, inside = _walls(np.array(piece.profile_m))
    floor = float(inside[0, 1])
    levels = _levels(inside)
    below = outside[outside[:, 1] < floor]
    rims = np.asarray([*below.tolist(), [_radius(outside, floor), floor]], dtype=np.float64)
    around = np.asarray(np.arange(2 * sectors) * (math.pi / sectors), dtype=np.float64)
    found = [_ring(rims, around)]
    for low, high in pairwise(levels):
        wall = np.array([(_radius(side, z), z) for z in (low, high) for side in (outside, inside)])
        wall[wall[:, 0] < 1e-4, 0] = 1e-4
        for k in range(sectors):
            found.append(_ring(wall, np.array([k, k + 1]) * (2 * math.pi / sectors)))
    return found


def _walls(profile: Points) -> tuple[Points, Points]:
    """The outline's outer side going up and its inner side going up, each (n, 2) as (r, z)."""
    top = profile[:, 1].max()
    rim = np.flatnonzero(profile[:, 1] >= top - 1e-9)
    inside = profile[rim[-1] :][::-1]
    off_axis = inside[inside[:, 0] > 1e-6]  # a domed floor would turn back on itself
    return profile[: rim[0] + 1], off_axis if len(off_axis) > 1 else inside


def _levels(inside: Points) -> Points:
    """Heights at which the wall is cut: where its inside bends, at most `MAX_RINGS` rings."""
    heights = np.unique(inside[:, 1])
    while len(heights) > MAX_RINGS + 1:
        heights = np.delete(heights, 1 + int(np.argmin(heights[2:] - heights[:-2])))
    return np.asarray(heights)


def _radius(side: Points, z: float) -> float:
    """The radius of a side (r, z) that goes up, at one height; its floor counts where it is widest."""
    order = np.argsort(side[:, 1], kind="stable")
    heights = side[order, 1] + np.arange(len(side)) * 1e-9
    return float(np.interp(z, heights, side[order, 0]))


def _ring(outline: Points, angles: Points) -> Points:
    """Every point (r, z) at every angle, (n, 3)."""
    r, z = outline[:, :1], np.repeat(outline[:, 1:], len(angles), axis=1)
    return np.stack([r * np.cos(angles), r * np.sin(angles), z], axis=-1).reshape(-1, 3)
