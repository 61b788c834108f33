"""Shapes that follow a line. In: outlines, paths, measures. Out: closed meshes, as `shapes` wants them."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.motion import Mesh

Points = NDArray[np.float64]

BEND_STEPS = 5
"""Into how many pieces a curve between two given points is cut."""
EDGE_STEPS = 3


def torus(
    radius_m: float, tube_m: float, at_z_m: float, *, turns: int = 48, sides: int = 8
) -> Mesh:
    """A closed ring around the z axis, its middle at ``at_z_m``."""
    turn = np.arange(turns) * (2 * math.pi / turns)
    tube = np.arange(sides) * (2 * math.pi / sides)
    away = radius_m + tube_m * np.cos(tube)[None, :]
    x, y = away * np.cos(turn)[:, None], away * np.sin(turn)[:, None]
    z = np.broadcast_to(at_z_m + tube_m * np.sin(tube), x.shape)
    i, j = np.divmod(np.arange(turns * sides), sides)
    a, b = i * sides + j, (i + 1) % turns * sides + j
    c, d = i * sides + (j + 1) % sides, (i + 1) % turns * sides + (j + 1) % sides
    faces = np.concatenate([np.stack([a, b, d], axis=1), np.stack([a, d, c], axis=1)])
    vertices = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    return Mesh(vertices=vertices.astype(np.float32), faces=faces.astype(np.int32))


def ellipsoid(size_m: tuple[float, float, float], power: float = 2.0, *, turns: int = 48) -> Mesh:
    """An egg, or with a higher ``power`` a pillow, or almost a box, that stands on z = 0.

    |x/a|^p + |y/b|^p + |z/c|^p = 1 on its axes' planes (a superellipsoid).
    """
    half = np.asarray(size_m, dtype=np.float64) / 2
    share = 2 / power
    around = np.arange(turns) * (2 * math.pi / turns)
    up = np.linspace(-math.pi / 2, math.pi / 2, turns // 2 + 1)[1:-1]
    ring = np.stack([_bent(np.cos(around), share), _bent(np.sin(around), share)], axis=1)
    wide, high = _bent(np.cos(up), share), _bent(np.sin(up), share)
    body = np.concatenate([np.column_stack([ring * w, np.full(turns, h)])
                           for w, h in zip(wide, high, strict=True)])  # fmt: skip
    points = np.vstack([body, (0, 0, -1), (0, 0, 1)]) * half + (0, 0, half[2])
    return Mesh(vertices=points.astype(np.float32), faces=_strip(len(up), turns))


def tube(path_m: Points, *, sides: int = 16) -> Mesh:
    """A round bar through points (n, 4) of x, y, z and radius, drawn as a curve, with round ends."""
    line = spline(path_m) if len(path_m) > 2 else path_m
    place, radius = line[:, :3], np.maximum(line[:, 3], 1e-4)
    way = np.gradient(place, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    side = np.cross(way[0], (0.0, 0.0, 1.0) if abs(way[0][2]) < 0.9 else (1.0, 0.0, 0.0))
    around = np.arange(sides) * (2 * math.pi / sides)
    cap = np.linspace(0, math.pi / 2, 5)[:-1]
    rings = []
    for i, (at, along, thick) in enumerate(zip(place, way, radius, strict=True)):
        side = side - along * (side @ along)
        side /= np.linalg.norm(side)
        disc = np.outer(np.cos(around), side) + np.outer(np.sin(around), np.cross(along, side))
        if i == 0:
            rings += [at - along * thick * np.sin(t) + disc * thick * np.cos(t) for t in cap[:0:-1]]
        rings.append(at + disc * thick)
        if i == len(place) - 1:
            rings += [at + along * thick * np.sin(t) + disc * thick * np.cos(t) for t in cap[1:]]
    ends = [place[0] - way[0] * radius[0], place[-1] + way[-1] * radius[-1]]
    points = np.vstack([*rings, *ends])
    return Mesh(vertices=points.astype(np.float32), faces=_strip(len(rings), sides))


def prism(outline_m: Points, depth_m: float, bevel_m: float = 0.0, *, curved: bool = False) -> Mesh:
    """An outline (n, 2) of x and z, ``depth_m`` thick about y = 0, its edges rounded by the bevel.

    The outline may be hollow but must not cross itself; its direction does not matter.
    """
    import manifold3d  # only here, and slow to load

    edge = spline(np.vstack([outline_m, outline_m[:1]]), closed=True)[:-1] if curved else outline_m
    x, z = edge.T
    if np.sum(x * np.roll(z, -1) - np.roll(x, -1) * z) < 0:
        edge = edge[::-1]
    bevel = min(bevel_m, 0.45 * depth_m)
    steps = np.linspace(0, math.pi / 2, EDGE_STEPS + 1) if bevel > 0 else np.array([math.pi / 2])
    near = [(bevel * (1 - math.sin(t)), -depth_m / 2 + bevel * (1 - math.cos(t))) for t in steps]
    levels = [*near, *((inset, -y) for inset, y in near[::-1])]
    away = _outward(edge)
    rings = [np.insert(edge - inset * away, 1, y, axis=1) for inset, y in levels]
    cap = np.asarray(manifold3d.triangulate([edge - levels[0][0] * away]))
    count, last = len(edge), (len(rings) - 1) * len(edge)
    j, k = np.arange(count), (np.arange(count) + 1) % count
    faces = [cap, cap[:, ::-1] + last]
    for row in range(len(rings) - 1):
        a, b = row * count, (row + 1) * count
        faces += [np.stack([a + j, b + k, a + k], axis=1), np.stack([a + j, b + j, b + k], axis=1)]
    points = np.concatenate(rings).astype(np.float32)
    return Mesh(vertices=points, faces=np.vstack(faces).astype(np.int32))


def spline(points: Points, *, closed: bool = False, steps: int = BEND_STEPS) -> Points:
    """A smooth curve through points (n, m) (Catmull-Rom); closed: the last is the first.

    >>> spline(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), steps=2)[:, 0].tolist()
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    before = points[-2] if closed else 2 * points[0] - points[1]
    after = points[1] if closed else 2 * points[-1] - points[-2]
    knots = np.vstack([before, points, after])
    t = (np.arange(steps) / steps)[:, None]
    found = []
    for i in range(1, len(knots) - 2):
        a, b, c, d = knots[i - 1 : i + 3]
        found.append(
            b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        )
    return np.vstack([*found, points[-1:]])


def _bent(wave: Points, share: float) -> Points:
    clean = np.where(np.abs(wave) < 1e-12, 0.0, wave)
    return np.asarray(np.sign(clean) * np.abs(clean) ** share)


def _outward(edge: Points) -> Points:
    """How each corner of an outline moves when its sides move out by one."""
    way = np.roll(edge, -1, axis=0) - edge
    normal = np.stack([way[:, 1], -way[:, 0]], axis=1)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
    mean = normal + np.roll(normal, 1, axis=0)
    return np.asarray(mean / np.maximum(0.5 * (mean**2).sum(1, keepdims=True), 0.6))


def _strip(rings: int, sides: int) -> NDArray[np.int32]:
    """Triangles of rings one after the other, and the two points at their ends."""
    j, k = np.arange(sides), (np.arange(sides) + 1) % sides
    first, last, top = rings * sides, rings * sides + 1, (rings - 1) * sides
    faces = [np.stack([np.full(sides, first), k, j], axis=1)]
    for a, b in itertools.pairwise(range(0, rings * sides, sides)):
        faces += [np.stack([a + j, a + k, b + k], axis=1), np.stack([a + j, b + k, b + j], axis=1)]
    faces.append(np.stack([top + j, top + k, np.full(sides, last)], axis=1))
    return np.vstack(faces).astype(np.int32)
