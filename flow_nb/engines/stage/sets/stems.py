"""Stems, leaves, clumps: what plants are put together from. In: measures, a generator. Out: light solids."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from flow_nb.engines.stage.picture import Floats, Solid
from flow_nb.engines.stage.solids import laid
from flow_nb.plan.motion import Mesh
from flow_nb.props.shapes import ball
from flow_nb.props.sweeps import tube


def rounded_bar(path: Sequence[tuple[float, ...]]) -> Solid:
    """A bar with round ends, drawn as a curve through (x, y, z, radius)."""
    return laid(tube(np.array(path), sides=12), crease_deg=60)


def bar(path: Sequence[tuple[float, ...]], *, sides: int = 7) -> Solid:
    """A round bar through (x, y, z, radius), as straight pieces, open below and pointed above."""
    line = np.array(path)
    place, radius = line[:, :3], line[:, 3]
    way = np.gradient(place, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    side = np.cross(way, (0.31, 0.93, 0.2))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    angle = np.arange(sides) * 2 * math.pi / sides
    disc = (
        np.cos(angle)[:, None] * side[:, None]
        + np.sin(angle)[:, None] * np.cross(way, side)[:, None]
    )
    rings = place[:, None] + radius[:, None, None] * disc
    points = np.vstack([rings.reshape(-1, 3), place[-1] + 0.6 * radius[-1] * way[-1]])
    j, k = np.arange(sides), (np.arange(sides) + 1) % sides
    faces = [
        np.stack(
            [
                (len(line) - 1) * sides + j,
                (len(line) - 1) * sides + k,
                np.full(sides, len(points) - 1),
            ],
            1,
        )
    ]
    for row in range(len(line) - 1):
        low, high = row * sides, (row + 1) * sides
        faces += [
            np.stack([low + j, low + k, high + k], 1),
            np.stack([low + j, high + k, high + j], 1),
        ]
    mesh = Mesh(vertices=points.astype(np.float32), faces=np.vstack(faces).astype(np.int32))
    return laid(mesh, crease_deg=75)


def put(solid: Solid, at_m: tuple[float, ...] | Floats) -> Solid:
    """A solid carried to a place."""
    return Solid(vertices=(solid.vertices + np.asarray(at_m)).astype(np.float32), faces=solid.faces,
                 normals=solid.normals, surface_m=solid.surface_m)  # fmt: skip


def clump(
    rng: np.random.Generator, radius: float, at_m: tuple[float, ...] | Floats, *, turns: int = 12
) -> Solid:
    """A lump of leaves, a little flatter than a ball."""
    return lump(rng, turns, 0.10, np.array([radius, radius, 0.82 * radius]), at_m, crease_deg=80)


def lump(
    rng: np.random.Generator,
    turns: int,
    rough: float,
    size: Floats,
    at_m: tuple[float, ...] | Floats,
    *,
    crease_deg: float = 60,
) -> Solid:
    """A ball that is not quite round, about ``at_m``."""
    mesh = ball(1.0, turns=turns)
    points = mesh.vertices.astype(float) - (0, 0, 1)
    waves = rng.normal(size=(5, 3)) * 2.2
    bump = np.sin(points @ waves.T + rng.uniform(0, 6, 5)).sum(axis=1) / 2
    points = points * (1 + rough * bump)[:, None] * size + np.asarray(at_m)
    return laid(Mesh(vertices=points.astype(np.float32), faces=mesh.faces), crease_deg=crease_deg)


def skirt(rng: np.random.Generator, radius: float, low: float, high: float, turn: float) -> Solid:
    """A cone with a ragged hem, open to nothing."""
    count = 18
    angle = turn + np.arange(count) * 2 * math.pi / count
    out = radius * np.where(np.arange(count) % 2, 0.72, 1.0) * rng.uniform(0.9, 1.08, count)
    dip = low + np.where(np.arange(count) % 2, 0.10, 0.0) * radius
    hem = np.stack([out * np.cos(angle), out * np.sin(angle), dip], axis=1)
    points = np.vstack([hem, (0, 0, high), (0, 0, low + 0.2 * (high - low))])
    j, k = np.arange(count), (np.arange(count) + 1) % count
    faces = np.vstack(
        [np.stack([j, k, np.full(count, count)], 1), np.stack([k, j, np.full(count, count + 1)], 1)]
    )
    return laid(
        Mesh(vertices=points.astype(np.float32), faces=faces.astype(np.int32)), crease_deg=50
    )


def frond(
    turn: float, long: float, rise: float, wide: float, *, droop: float = 1.1, steps: int = 8
) -> Solid:
    """An arched leaf with a saw edge, seen from both sides."""
    n = steps + 1
    t = np.linspace(0, 1, n)
    out, up = long * t, long * (rise * 1.6 * t - droop * rise * t**2) + 0.01
    half = (
        0.5
        * wide
        * np.sin(math.pi * np.clip(t * 0.92 + 0.08, 0, 1))
        * np.where(np.arange(n) % 2, 1.0, 0.62)
    )
    cos, sin = math.cos(turn), math.sin(turn)
    rows = [
        np.stack([out * cos - side * half * sin, out * sin + side * half * cos, up - 0.25 * abs(side) * half], 1)
        for side in (-1, 0, 1)
    ]  # fmt: skip
    points = np.vstack(rows)
    i = np.arange(steps)
    quads = np.concatenate(
        [np.stack([i + r, i + r + 1, i + r + n + 1, i + r + n], 1) for r in (0, n)]
    )
    one = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    mesh = Mesh(vertices=np.vstack([points, points - (0, 0, 0.004)]).astype(np.float32),
                faces=np.vstack([one, one[:, ::-1] + len(points)]).astype(np.int32))  # fmt: skip
    return laid(mesh, crease_deg=60)


def blades(rng: np.random.Generator, count: int, tall: float, spread: float) -> Solid:
    """Thin bent spikes; their normals look up, so that they are lit like the ground."""
    foot = np.column_stack([rng.normal(0, 0.4 * spread, (count, 2)), np.full(count, -0.02)])
    high = tall * rng.uniform(0.55, 1.1, count)
    lean = rng.normal(0, 0.32, (count, 2)) * high[:, None]
    turn = rng.uniform(0, 2 * math.pi, count)
    wide = (0.004 + 0.03 * tall) * np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    middle = foot + np.column_stack([0.35 * lean, 0.6 * high])
    tip = foot + np.column_stack([lean, high])
    points = np.stack(
        [foot - wide, foot + wide, middle - 0.7 * wide, middle + 0.7 * wide, tip], axis=1
    )
    one = np.array([(0, 1, 3), (0, 3, 2), (2, 3, 4)])
    faces = np.concatenate([one, one[:, ::-1]])[None] + 5 * np.arange(count)[:, None, None]
    mesh = Mesh(
        vertices=points.reshape(-1, 3).astype(np.float32),
        faces=faces.reshape(-1, 3).astype(np.int32),
    )
    solid = laid(mesh)
    up = 0.35 * solid.normals + np.array([0, 0, 1.0])
    up /= np.linalg.norm(up, axis=-1, keepdims=True)
    return Solid(
        vertices=solid.vertices,
        faces=solid.faces,
        normals=up.astype(np.float32),
        surface_m=solid.surface_m,
    )
