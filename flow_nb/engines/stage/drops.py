"""Liquids and grains. In: a motion's drops. Out: `Pliant`s: near drops of a liquid flow together into one
skin, grains stay single.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from flow_nb.engines.stage.figures.clay import surface_net
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Pliant, Singles, Skin
from flow_nb.plan.forms import Drops, at_time
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan

STEP, SPREAD, LEVEL = 1.15, 0.85, 0.24
"""In radii: a cell of the grid and how far a drop is smeared; the share of a lone drop's middle at which
its skin lies."""
MOST_CELLS = 500_000
HEAP = 0.03
"""The share of the drops on each side that may be far from the heap."""
FAT = 1.12
"""How much larger a single ball is drawn."""


def drops(plan: Plan, motion: Motion, times: Floats) -> tuple[Pliant, ...]:
    """All liquids and grains of a shot."""
    found = []
    for name, cloud in motion.drops.items():
        own = {body.name: body.colour for body in plan.bodies}.get(name.split("/")[0])
        look, grain = liquid_look(cloud.liquid, own if cloud.liquid == "paint" else None)
        shape = Balls(cloud=cloud, times=times) if grain else Flowing(cloud=cloud, times=times)
        column = motion.index(name.split("/")[0])
        found.append(Pliant(look=look, shape=shape, shadow=look.opacity > 0.8, body=column))
    return tuple(found)


def liquid_look(name: str, colour: str | None = None) -> tuple[Look, bool]:
    """The look of a liquid and whether it is a grain; one that nobody knows looks like water.

    >>> liquid_look("sand")[1], liquid_look("quicksilver")[1]
    (True, False)
    """
    row: dict[str, Any] = dict(_rows().get(name, _rows()["water"]))
    grain = bool(row.pop("grain", False))
    told = colour or row["colour"]
    return Look(**(row | {"colour": srgb(told)})), grain


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("liquids.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Balls:
    """Every drop a ball of few faces, shaded smooth."""

    cloud: Drops
    times: Floats

    def at(self, frame: int) -> Skin | None:
        """All balls that are there."""
        here = _here(self.cloud, float(self.times[frame]))
        return balls(here, self.cloud.radius_m * FAT) if len(here) else None


@dataclass(frozen=True, kw_only=True)
class Flowing:
    """All drops under one skin."""

    cloud: Drops
    times: Floats

    def at(self, frame: int) -> Skin | None:
        """One skin for the heap, single balls for the drops that are far from it; single balls for
        all where the heap is spread too far for a grid."""
        here = _here(self.cloud, float(self.times[frame]))
        if not len(here):
            return None
        low, high = np.quantile(here, HEAP, axis=0), np.quantile(here, 1 - HEAP, axis=0)
        room = 0.5 * (high - low) + 8 * self.cloud.radius_m
        heap = ((here > low - room) & (here < high + room)).all(axis=1)
        skin = self._skin(here[heap])
        if skin is None:
            return balls(here, self.cloud.radius_m * FAT)
        return skin if heap.all() else _both(skin, balls(here[~heap], self.cloud.radius_m * FAT))

    def _skin(self, here: Singles) -> Skin | None:
        """The surface at which the smeared drops are as dense as just inside a lone one."""
        step = STEP * self.cloud.radius_m
        low = here.min(0) - 4 * step
        count = np.ceil((here.max(0) + 4 * step - low) / step).astype(int) + 1
        if float(np.prod(count.astype(float))) > MOST_CELLS:
            return None
        field = _smeared((here - low) / step, count)
        vertices, faces = surface_net((LEVEL - field).astype(np.float32))
        if not len(faces):
            return None
        slope = np.stack([-_slope(field, axis, vertices) for axis in range(3)], axis=1)
        slope /= np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
        placed = (vertices * np.float32(step) + low).astype(np.float32)
        return Skin(placed, slope.astype(np.float32), faces)


def _both(skin: Skin, other: Skin) -> Skin:
    """Two skins as one."""
    assert skin.faces is not None
    assert other.faces is not None
    return Skin(
        np.concatenate([skin.vertices, other.vertices]),
        np.concatenate([skin.normals, other.normals]),
        np.concatenate([skin.faces, other.faces + len(skin.vertices)]).astype(np.int32),
    )


def balls(at_m: Singles, radius_m: float) -> Skin:
    """A ball of 20 faces (80 where they are few) around every point."""
    unit, faces = _icosphere(1 if len(at_m) <= 300 else 0)
    vertices = (at_m[:, None] + radius_m * unit[None]).reshape(-1, 3)
    every = (faces[None] + len(unit) * np.arange(len(at_m))[:, None, None]).reshape(-1, 3)
    normals = np.broadcast_to(unit, (len(at_m), *unit.shape)).reshape(-1, 3)
    return Skin(vertices.astype(np.float32), normals.astype(np.float32), every.astype(np.int32))


def _here(cloud: Drops, time: float) -> Singles:
    points = at_time(cloud.points_m, time)
    return points[np.isfinite(points).all(axis=1)]


def _smeared(place: Singles, count: NDArray[np.int_]) -> Singles:
    """Drops on a grid, each shared among the eight cells around it, then blurred; a lone drop's middle
    has 1."""
    cell = np.floor(place).astype(int)
    share = place - cell
    total = np.zeros(int(np.prod(count)))
    for corner in np.ndindex(2, 2, 2):
        weight = np.prod(np.where(corner, share, 1 - share), axis=1)
        index = np.ravel_multi_index(tuple((cell + corner).T), tuple(count))
        total += np.bincount(index, weight, len(total))
    sigma = SPREAD / STEP
    peak = (2 * np.pi * (sigma**2 + 1 / 6)) ** 1.5
    return np.asarray(
        gaussian_filter(total.reshape(count), sigma, mode="constant", truncate=3) * peak, np.float32
    )


def _slope(field: Singles, axis: int, at: Singles) -> Singles:
    step = np.eye(3, dtype=np.float32)[axis] * 0.5
    ahead, behind = (map_coordinates(field, (at + s).T, order=1) for s in (step, -step))
    return np.asarray(ahead - behind, np.float32)


@cache
def _icosphere(level: int) -> tuple[Singles, NDArray[np.int32]]:
    """A ball of 20 or 80 faces, radius 1."""
    from scipy.spatial import ConvexHull

    golden = (1 + 5**0.5) / 2
    points = np.array([
        p for a in (-1, 1) for b in (-golden, golden)
        for p in ((0, a, b), (a, b, 0), (b, 0, a))
    ], float)  # fmt: skip
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    for _ in range(level):
        sides = np.unique(
            np.sort(ConvexHull(points).simplices[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)), axis=0
        )
        middle = points[sides].mean(1)
        points = np.concatenate([points, middle / np.linalg.norm(middle, axis=1, keepdims=True)])
    hull = ConvexHull(points)
    a, b, c = (points[hull.simplices[:, i]] for i in range(3))
    outward = np.einsum("ij,ij->i", np.cross(b - a, c - a), a) > 0
    found = np.where(outward[:, None], hull.simplices, hull.simplices[:, ::-1])
    return points.astype(np.float32), found.astype(np.int32)
