"""Bars along lines. In: points on a face, thickness. Out: `Lump`s: brows, lashes, lips."""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Clay, Lump
from flow_nb.engines.stage.picture import Floats, Singles


def on_face(build: Build, head: Clay, x: Floats, z: Floats, proud: float) -> Singles:
    """Points of the face, in front of which a ray from ahead first meets it."""
    points = np.array([build.face(a, -0.62, b) for a, b in zip(x, z, strict=True)], np.float32)
    for _ in range(40):
        points[:, 1] += 0.8 * head.distance(points)
    points[:, 1] -= proud * build.head_m
    return points


def tube(bone: str, line: Singles, thick: Floats, *, sides: int = 9) -> Lump:
    """A round bar along a line, pointed at its ends."""
    way = np.gradient(line, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    side = np.cross(way, np.array([0, -1, 0], np.float32))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    up = np.cross(side, way)
    turn = np.arange(sides) * (2 * math.pi / sides)
    out = np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * up[:, None]
    vertices = (line[:, None] + thick[:, None, None] * out).reshape(-1, 3).astype(np.float32)
    i, j = np.divmod(np.arange((len(line) - 1) * sides), sides)
    a, b = i * sides + j, i * sides + (j + 1) % sides
    faces = np.concatenate([np.stack([a, a + sides, b], 1), np.stack([b, a + sides, b + sides], 1)])
    return Lump(
        vertices=vertices, normals=out.reshape(-1, 3).astype(np.float32),
        faces=faces.astype(np.int32), bones=(bone,),
        weights=np.ones((len(vertices), 1), np.float32),
    )  # fmt: skip
