"""Solids from rows. In: a `Piece`, a scale. Out: closed triangle meshes, shared by picture and solver.

Every mesh stands on its own ``at_m``, winds counter-clockwise seen from outside, and has no two
vertices at one place, so that its volume is exact and it can be cut.
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.motion import Mesh
from flow_nb.props import sweeps
from flow_nb.props.archetypes import Archetype, Handle, Piece

TURNS = 48
UNIT = (1.0, 1.0, 1.0)

Points = NDArray[np.float64]


def piece_mesh(
    piece: Piece, scale: float = 1.0, *, turns: int = TURNS, smooth: bool = False
) -> Mesh:
    """The solid of one piece, scaled about the prop's foot; ``smooth`` rounds a lathe's outline
    for the eye, through the same points that the solver knows. Kept: do not write into it."""
    return _piece_mesh(piece, scale, turns, smooth and piece.shape == "lathe")


@lru_cache(maxsize=4096)
def _piece_mesh(piece: Piece, scale: float, turns: int, smooth: bool) -> Mesh:
    mesh = _shape(_bare(piece), turns, smooth)
    if piece.stretch != UNIT or piece.turn_deg != (0.0, 0.0, 0.0):
        points = mesh.vertices.astype(np.float64) * piece.stretch
        middle = (points.min(0) + points.max(0)) / 2
        points = (points - middle) @ turn_matrix(piece.turn_deg).T + middle
        mesh = Mesh(vertices=points.astype(np.float32), faces=mesh.faces)
    return moved(mesh, piece.at_m, scale)


def _bare(piece: Piece) -> Piece:
    """What makes its shape, and nothing else: all keys of a keyboard are one."""
    return Piece(
        shape=piece.shape, radius_m=piece.radius_m, tip_m=piece.tip_m, size_m=piece.size_m,
        bevel_m=piece.bevel_m, power=piece.power, profile_m=piece.profile_m, path_m=piece.path_m,
        curved=piece.curved,
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _shape(piece: Piece, turns: int, smooth: bool) -> Mesh:
    """The bare shape, standing on the origin."""
    height = piece.size_m[2]
    match piece.shape:
        case "sphere":
            return ball(piece.radius_m, turns=turns)
        case "box":
            return bevelled_box(piece.size_m, piece.bevel_m)
        case "lathe":
            profile = np.array(piece.profile_m)
            return lathe(rounded(profile) if smooth else profile, turns=turns)
        case "cylinder":
            return lathe(
                frustum(piece.radius_m, piece.radius_m, height, piece.bevel_m), turns=turns
            )
        case "cone":
            return lathe(frustum(piece.radius_m, piece.tip_m, height, piece.bevel_m), turns=turns)
        case "capsule":
            return lathe(pill(piece.radius_m, height, turns), turns=turns)
        case "torus":
            tube_m = piece.tip_m
            return sweeps.torus(piece.radius_m, tube_m, tube_m, turns=turns, sides=turns // 3)
        case "ellipsoid":
            return sweeps.ellipsoid(piece.size_m, piece.power, turns=turns)
        case "prism":
            outline = np.array(piece.profile_m)
            return sweeps.prism(outline, piece.size_m[1], piece.bevel_m, curved=piece.curved)
        case "tube":
            return sweeps.tube(np.array(piece.path_m), sides=max(12, turns // 8 * 4))
        case _:
            return wedge(piece.size_m)


def turn_matrix(turn_deg: tuple[float, float, float]) -> Points:
    """The rotation (3, 3) about x, then y, then z.

    >>> (turn_matrix((0, 0, 90)) @ [1, 0, 0]).round(6).tolist()
    [0.0, 1.0, 0.0]
    """
    (cx, cy, cz), (sx, sy, sz) = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


def frustum(radius_m: float, top_m: float, height_m: float, bevel_m: float = 0.0) -> Points:
    """The outline of a cylinder or a cut cone, its two edges rounded by the bevel."""
    b = min(bevel_m, 0.45 * height_m, 0.9 * max(radius_m, top_m))
    low, high, lean = max(radius_m, 1e-5), max(top_m, 1e-5), (top_m - radius_m) / height_m
    if b <= 0:
        return np.array([(0, 0), (low, 0), (high, height_m), (0, height_m)])
    outline = [(0.0, 0.0)]
    for t in np.linspace(0, math.pi / 2, 4):
        r, z = b * (1 - math.sin(t)), b * (1 - math.cos(t))
        outline.append((max(low + lean * z - r, 1e-5), z))
    for t in np.linspace(math.pi / 2, 0, 4):
        r, z = b * (1 - math.sin(t)), height_m - b * (1 - math.cos(t))
        outline.append((max(high - lean * (height_m - z) - r, 1e-5), z))
    return np.array([*outline, (0.0, height_m)])


def pill(radius_m: float, height_m: float, turns: int = TURNS) -> Points:
    """The outline of a rod with round ends, ``height_m`` long in all."""
    angle = np.linspace(0, math.pi / 2, max(3, turns // 4) + 1)
    r, z = radius_m * np.sin(angle), radius_m * (1 - np.cos(angle))
    above = np.column_stack([r, height_m - z])[::-1]
    below = np.column_stack([r, z])
    return np.vstack([below, above] if height_m > 2 * radius_m + 1e-9 else [below, above[1:]])


def moved(mesh: Mesh, by_m: tuple[float, float, float], scale: float = 1.0) -> Mesh:
    """The mesh shifted, then scaled about the origin."""
    vertices = (mesh.vertices.astype(np.float64) + np.asarray(by_m)) * scale
    return Mesh(vertices=vertices.astype(np.float32), faces=mesh.faces)


def lathe(profile_m: Points, *, turns: int = TURNS) -> Mesh:
    """A closed outline (r, z) from axis to axis, turned about z; the ends share one vertex each.

    >>> mesh = lathe(np.array([[0, 0], [1, 0], [1, 2], [0, 2]]), turns=720)
    >>> round(volume_m3(mesh) / (2 * math.pi), 4)
    1.0
    """
    angle = np.arange(turns) * (2 * math.pi / turns)
    ring = profile_m[1:-1]
    x = ring[:, :1] * np.cos(angle)
    y = ring[:, :1] * np.sin(angle)
    z = np.repeat(ring[:, 1:], turns, axis=1)
    body = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    vertices = np.vstack([body, [0, 0, profile_m[0, 1]], [0, 0, profile_m[-1, 1]]])
    j, k = np.arange(turns), (np.arange(turns) + 1) % turns
    first, last = len(body), len(body) + 1
    top = (len(ring) - 1) * turns
    faces = [np.stack([np.full(turns, first), k, j], axis=1)]
    for row in range(len(ring) - 1):
        a, b = row * turns, (row + 1) * turns
        faces += [np.stack([a + j, a + k, b + k], axis=1), np.stack([a + j, b + k, b + j], axis=1)]
    faces.append(np.stack([top + j, top + k, np.full(turns, last)], axis=1))
    return Mesh(vertices=vertices.astype(np.float32), faces=np.vstack(faces).astype(np.int32))


def rounded(profile_m: Points, *, sharp_rad: float = 0.65, steps: int = 5) -> Points:
    """An outline (n, 2) drawn through by a turner's hand: gentle bends become curves, edges stay.

    Cubic Hermite between the given points; a point is an edge where the outline turns by more than
    ``sharp_rad``.

    >>> rounded(np.array([[0, 0], [1, 0], [1, 1], [0, 1]])).shape
    (4, 2)
    """
    step = np.diff(profile_m, axis=0)
    length = np.linalg.norm(step, axis=1, keepdims=True)
    way = step / length
    turn = np.arccos(np.clip(np.einsum("ij,ij->i", way[:-1], way[1:]), -1, 1))
    soft = np.concatenate([[False], turn < sharp_rad, [False]])
    blend = np.concatenate([way[:1], step[:-1] + step[1:], way[-1:]])
    blend /= np.linalg.norm(blend, axis=1, keepdims=True) + 1e-12
    out = [profile_m[0]]
    for i, (begin, end) in enumerate(itertools.pairwise(profile_m)):
        if soft[i] or soft[i + 1]:
            leave = (blend[i] if soft[i] else way[i]) * length[i]
            arrive = (blend[i + 1] if soft[i + 1] else way[i]) * length[i]
            for t in np.arange(1, steps) / steps:
                out.append(_hermite(begin, end, leave, arrive, t))
        out.append(end)
    curve = np.array(out)
    curve[:, 0] = np.maximum(curve[:, 0], 0.0)
    return curve


def _hermite(begin: Points, end: Points, leave: Points, arrive: Points, t: float) -> Points:
    """A point of the cubic from ``begin`` to ``end`` with these tangents, t from 0 to 1."""
    near = (1 + 2 * t) * (1 - t) ** 2
    return np.asarray(
        near * begin + t * (1 - t) ** 2 * leave + (1 - near) * end - t**2 * (1 - t) * arrive
    )


def ball(radius_m: float, *, turns: int = TURNS) -> Mesh:
    """A sphere that stands on z = 0."""
    latitude = np.linspace(-math.pi / 2, math.pi / 2, turns // 2 + 1)
    profile = np.stack([radius_m * np.cos(latitude), radius_m * (1 + np.sin(latitude))], axis=1)
    return lathe(profile, turns=turns)


def bevelled_box(size_m: tuple[float, float, float], bevel_m: float) -> Mesh:
    """A box that stands on z = 0 and is centred in x and y, its twelve edges cut at 45 degrees.

    >>> round(volume_m3(bevelled_box((1, 2, 3), 0.0)), 6)
    6.0
    """
    half = np.asarray(size_m, dtype=np.float64) / 2
    inset = min(bevel_m, 0.45 * float(half.min()))
    signs = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    if inset <= 0:
        corners = signs * half
    else:
        inner = half - inset
        corners = np.concatenate(
            [signs * np.where(np.arange(3) == axis, half, inner) for axis in range(3)]
        )
    return hull(corners + [0, 0, half[2]])


def wedge(size_m: tuple[float, float, float]) -> Mesh:
    """A ramp that stands on z = 0, high at -x, falling to nothing at +x."""
    x, y, z = size_m[0] / 2, size_m[1] / 2, size_m[2]
    return hull(np.array([(-x, -y, 0), (-x, y, 0), (x, -y, 0), (x, y, 0), (-x, -y, z), (-x, y, z)]))


def ring_handle(handle: Handle, *, turns: int = TURNS) -> Mesh:
    """The half torus of a cup, standing off its wall towards +x."""
    around = np.linspace(-math.pi / 2, math.pi / 2, turns // 2)
    tube = np.arange(12) * (2 * math.pi / 12)
    centre = np.stack([np.cos(around), np.zeros_like(around), np.sin(around)], axis=1)
    out = handle.radius_m * centre[:, None] + handle.thickness_m * (
        np.cos(tube)[None, :, None] * centre[:, None]
        + np.sin(tube)[None, :, None] * np.array([0.0, 1.0, 0.0])
    )
    vertices = out.reshape(-1, 3) + [handle.reach_m, 0, handle.at_z_m]
    faces = _tube_faces(len(around), len(tube))
    return Mesh(vertices=vertices.astype(np.float32), faces=faces)


def _tube_faces(rings: int, sides: int) -> NDArray[np.int32]:
    """Triangles of an open tube of rings, closed by a fan at each end."""
    j, k = np.arange(sides), (np.arange(sides) + 1) % sides
    faces = []
    for row in range(rings - 1):
        a, b = row * sides, (row + 1) * sides
        faces += [np.stack([a + j, a + k, b + k], axis=1), np.stack([a + j, b + k, b + j], axis=1)]
    end = (rings - 1) * sides
    fan = np.arange(1, sides - 1)
    faces.append(np.stack([np.zeros_like(fan), fan + 1, fan], axis=1))
    faces.append(np.stack([np.full_like(fan, end), end + fan, end + fan + 1], axis=1))
    return np.vstack(faces).astype(np.int32)


def hull(points: Points) -> Mesh:
    """The convex hull of points, wound outward."""
    from scipy.spatial import ConvexHull  # scipy is slow to import and only needed here

    found = ConvexHull(points)
    used = found.vertices
    index = np.full(len(points), -1)
    index[used] = np.arange(len(used))
    corners = points[found.simplices]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    outward = np.einsum("ij,ij->i", normal, found.equations[:, :3]) > 0
    faces = np.where(outward[:, None], found.simplices, found.simplices[:, ::-1])
    return Mesh(vertices=points[used].astype(np.float32), faces=index[faces].astype(np.int32))


def volume_m3(mesh: Mesh) -> float:
    """Volume of a closed mesh: a sixth of the sum of corner triple products."""
    a, b, c = (mesh.vertices.astype(np.float64)[mesh.faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def centroid_m(mesh: Mesh) -> Points:
    """Centre of mass of a closed mesh of even density, shape (3,)."""
    a, b, c = (mesh.vertices.astype(np.float64)[mesh.faces[:, i]] for i in range(3))
    sixfold = np.einsum("ij,ij->i", a, np.cross(b, c))
    return np.asarray((sixfold[:, None] * (a + b + c)).sum(0) / 4 / sixfold.sum())


def prop_bounds_m(prop: Archetype, scale: float = 1.0) -> Points:
    """Lowest and highest corner of a prop that stands on z = 0, shape (2, 3)."""
    meshes = [piece_mesh(piece, scale, turns=16) for piece in prop.pieces]
    corners = np.concatenate([mesh.vertices for mesh in meshes]).astype(np.float64)
    return np.stack([corners.min(0), corners.max(0)])
