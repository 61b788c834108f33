"""Cloth and soft bodies. In: a motion's surfaces. Out: `Pliant`s, rounded between the solver's few points;
a sheet has two sides and an edge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.looks import piece_look
from flow_nb.engines.stage.picture import Floats, Look, Pliant, Singles, Skin
from flow_nb.plan.bodies import Body
from flow_nb.plan.forms import Surface, at_time
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials

THICK_M = 0.0012
ENOUGH_FACES, MOST_LEVELS = 5000, 3
WOVEN_M = 0.22
Faces = NDArray[np.int32]


def sheets(plan: Plan, motion: Motion, times: Floats) -> tuple[Pliant, ...]:
    """All cloth and soft bodies of a shot."""
    found = []
    for name, surface in motion.surfaces.items():
        draped = Draped(surface=surface, levels=_levels(surface.faces), times=times)
        faces, places = draped.faces_and_places()
        look = cloth_look(plan.body(name.split("/")[0]), plan.seed, woven=surface.sheet)
        own = motion.index(name.split("/")[0])
        found.append(Pliant(look=look, faces=faces, surface_m=places, shape=draped, body=own))
    return tuple(found)


def cloth_look(body: Body, seed: int, *, woven: bool) -> Look:
    """Dyed by the body's colour; what has no texture of its own is woven."""
    prop = archetypes()[body.prop]
    own = seed + sum(map(ord, body.name))
    piece, material = prop.pieces[0], materials()[body.material]
    if prop.cloth is not None and prop.cloth.pins:  # its piece is the pole or the rail
        piece, material = replace(piece, colour=None), materials()["cloth"]
    look = piece_look(piece, prop, material, colour=body.colour, seed=own)
    if woven and look.texture is None:
        return replace(look, texture="felt", texture_m=WOVEN_M)
    return look


@dataclass(frozen=True)
class Level:
    """One halving of all edges: the ends of each edge (n, 2) and the new faces (4 m, 3)."""

    edges: NDArray[np.int64]
    faces: Faces


@dataclass(frozen=True, kw_only=True)
class Draped:
    """A surface over time, smoothed."""

    surface: Surface
    levels: tuple[Level, ...]
    times: Floats

    @cached_property
    def border(self) -> NDArray[np.int64]:
        """The edges of the sheet, (n, 2)."""
        return _border(self.levels[-1].faces if self.levels else self.surface.faces)

    def at(self, frame: int) -> Skin:
        """Its points at the frame's instant, rounded, with both sides of a sheet."""
        points = at_time(self.surface.vertices_m, float(self.times[frame]))
        faces = self.surface.faces
        normals = smooth_normals(points, faces)
        for level in self.levels:
            points = np.concatenate([points, bulged(points, normals, level.edges)])
            faces = level.faces
            normals = smooth_normals(points, faces)
        if not self.surface.sheet:
            return Skin(points, normals)
        lift = normals * np.float32(THICK_M)
        border = self.border
        edge = np.unique(border)
        out = _outward(points, normals, border)
        return Skin(
            np.concatenate([points + lift, points - lift, (points + lift)[edge],
                            (points - lift)[edge]]),
            np.concatenate([normals, -normals, out[edge], out[edge]]),
        )  # fmt: skip

    def faces_and_places(self) -> tuple[Faces, Singles]:
        """Faces (m, 3) and places in the texture (n, 2), for the vertices that `at` gives."""
        faces, places = self.surface.faces, self.surface.cloth_m
        for level in self.levels:
            places = np.concatenate([places, places[level.edges].mean(1)])
            faces = level.faces
        if not self.surface.sheet:
            return faces, places.astype(np.float32)
        count, border = len(places), self.border
        edge = np.unique(border)
        upper = 2 * count + np.searchsorted(edge, border)
        lower = upper + len(edge)
        rim = np.concatenate(
            [np.stack([upper[:, 0], lower[:, 0], upper[:, 1]], 1),
             np.stack([upper[:, 1], lower[:, 0], lower[:, 1]], 1)]
        )  # fmt: skip
        every = np.concatenate([faces, faces[:, ::-1] + count, rim]).astype(np.int32)
        laid = np.concatenate([places, places, places[edge], places[edge]])
        return every, laid.astype(np.float32)


def smooth_normals(points: Singles, faces: Faces) -> Singles:
    """Normals (n, 3) of vertices: the mean of those of the faces around, weighted by their area."""
    a, b, c = (points[faces[:, i]] for i in range(3))
    facing = np.cross(b - a, c - a)
    total = np.stack(
        [np.bincount(faces.ravel(), np.repeat(facing[:, i], 3), len(points)) for i in range(3)], 1
    )
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-12), np.float32)


def bulged(points: Singles, normals: Singles, edges: NDArray[np.int64]) -> Singles:
    """The middles of edges (n, 3), pushed out to the arc on which both ends stand with their normals.

    On a ball of radius 1 the middle of a chord of 60 degrees comes to within 4 % of the ball:

    >>> a = np.array([[0, 0, 1], [0.866, 0, 0.5]], np.float32)
    >>> bool(np.linalg.norm(bulged(a, a, np.array([[0, 1]]))) > 0.96)
    True
    """
    a, b = points[edges[:, 0]], points[edges[:, 1]]
    na, nb = normals[edges[:, 0]], normals[edges[:, 1]]
    way = b - a
    rise = (np.einsum("ij,ij->i", way, nb) - np.einsum("ij,ij->i", way, na)) / 8
    middle = na + nb
    middle /= np.maximum(np.linalg.norm(middle, axis=1, keepdims=True), 1e-6)
    limit = 0.15 * np.linalg.norm(way, axis=1)
    return np.asarray((a + b) / 2 + np.clip(rise, -limit, limit)[:, None] * middle, np.float32)


def _levels(faces: Faces) -> tuple[Level, ...]:
    found: list[Level] = []
    count = int(faces.max()) + 1
    while len(faces) * 4 <= ENOUGH_FACES * 2 and len(found) < MOST_LEVELS:
        level = _halved(faces, count)
        found.append(level)
        faces, count = level.faces, count + len(level.edges)
    return tuple(found)


def _halved(faces: Faces, count: int) -> Level:
    sides = np.sort(faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    edges, number = np.unique(sides, axis=0, return_inverse=True)
    ab, bc, ca = (count + number.reshape(-1, 3)).T
    a, b, c = faces.T
    made = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    return Level(
        edges=edges.astype(np.int64),
        faces=np.concatenate([np.stack(part, axis=1) for part in made]).astype(np.int32),
    )


def _border(faces: Faces) -> NDArray[np.int64]:
    """Edges that only one face has, (n, 2), in that face's direction."""
    sides = faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).astype(np.int64)
    _, first, count = np.unique(np.sort(sides, 1), axis=0, return_index=True, return_counts=True)
    return np.asarray(sides[first[count == 1]])


def _outward(points: Singles, normals: Singles, border: NDArray[np.int64]) -> Singles:
    """For vertices on the border, the way out of the sheet, within it (n, 3)."""
    a, b = points[border[:, 0]], points[border[:, 1]]
    out = np.repeat(np.cross(b - a, normals[border[:, 0]]), 2, axis=0)
    total = np.stack(
        [np.bincount(border.ravel(), out[:, i], len(points)) for i in range(3)], axis=1
    )
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-9), np.float32)
