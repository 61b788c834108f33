"""What is large in parts. In: an `Item`. Out: several that look the same together, each near one place.

The renderer draws the nearest middle first and spares what is hidden behind; the middle of a room's walls is
in the middle of the room, before everything in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Item, Singles, Solid

LARGE_M, TILE_M, MOST = 2.0, 1.25, 6
"""What is longer is cut into parts, about so long, and not more of them along its length."""
FEWEST = 4
"""Triangles of a part."""


def tiled(item: Item) -> list[Item]:
    """The parts of something that stands still; one of it where it is small or clear."""
    solid = item.solid
    if item.body >= 0 or item.look.opacity < 1:
        return [item]
    long_m = float(np.ptp(solid.vertices, axis=0).max())
    if long_m < LARGE_M:
        return [item]
    tile_m = max(TILE_M, long_m / MOST)
    corners, normals, surface = _cut(solid, tile_m)
    cells = np.floor(corners.mean(axis=1) / tile_m).astype(int)
    _, group = np.unique(cells, axis=0, return_inverse=True)
    group = group.ravel()
    small = np.bincount(group) < FEWEST
    group[small[group]] = group.max() + 1
    parts = [group == number for number in np.unique(group)]
    return [replace(item, solid=_part(corners[p], normals[p], surface[p])) for p in parts]


def _part(corners: Singles, normals: Singles, surface: Singles) -> Solid:
    faces = np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3)
    return Solid(vertices=corners.reshape(-1, 3), faces=faces, normals=normals, surface_m=surface)


def _cut(solid: Solid, tile_m: float) -> tuple[Singles, Singles, Singles]:
    """Corners (m, 3, 3), normals and places in the texture of its triangles, each halved across its
    longest edge until that is no longer than a tile."""
    rows = np.concatenate([solid.vertices[solid.faces], solid.normals, solid.surface_m], axis=2)
    done: list[NDArray[np.float32]] = []
    while len(rows):
        edges = np.linalg.norm(rows[:, [1, 2, 0], :3] - rows[:, :, :3], axis=2)
        longest = edges.argmax(axis=1)
        long = edges.max(axis=1) > 1.5 * tile_m
        done.append(rows[~long])
        turned = np.take_along_axis(
            rows[long], ((longest[long, None] + np.arange(3)) % 3)[..., None], axis=1
        )
        middle = (turned[:, 0] + turned[:, 1]) / 2
        one = np.stack([turned[:, 0], middle, turned[:, 2]], axis=1)
        two = np.stack([middle, turned[:, 1], turned[:, 2]], axis=1)
        rows = np.concatenate([one, two])
    found = np.concatenate(done).astype(np.float32)
    return found[..., :3], found[..., 3:6], found[..., 6:]
