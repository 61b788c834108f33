"""Breakage. In: a brittle solid, where it is struck. Out: convex splinters of the same total mass.

The solid is cut along the planes between scattered seeds (a Voronoi partition), denser near the
blow; each piece becomes its convex hull, which for a thin wall is the piece itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import manifold3d
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Splinter
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import Mesh
from flow_nb.props.shapes import centroid_m, hull, piece_mesh, volume_m3

Points = NDArray[np.float64]

SEEDS = 48
MIN_SPLINTERS = 24
MIN_SHARE = 2e-4
"""Dust below this share of the volume is left out, and its mass given to the rest."""
TURNS = 32


def splinters(
    stand: Stand, struck_at_m: Points, rng: np.random.Generator, *, seeds: int = SEEDS
) -> tuple[dict[str, Splinter], Points]:
    """Splinters of a body and their centres (n, 3) in the body's frame.

    ``struck_at_m`` (3,) is the point of the blow in the body's frame. Masses add up to the body's.
    """
    solid = piece_mesh(stand.prop.pieces[0], stand.body.scale, turns=TURNS)
    whole = volume_m3(solid)
    cut = [p for p in _pieces(solid, struck_at_m, rng, seeds) if p[0] > MIN_SHARE * whole]
    if len(cut) < MIN_SPLINTERS:
        return splinters(stand, struck_at_m, rng, seeds=seeds * 2)
    total = sum(volume for volume, _ in cut)
    made, centres = {}, []
    for i, (volume, mesh) in enumerate(cut):
        centre = centroid_m(mesh)
        name = f"{stand.body.name}/{i}"
        own = Mesh(vertices=(mesh.vertices - centre).astype(np.float32), faces=mesh.faces)
        mass = stand.mass_kg * volume / total
        made[name] = Splinter(
            name=name, parent=stand.body.name, mesh=own, mass_kg=mass, material=stand.material
        )
        centres.append(centre)
    return made, np.array(centres)


def _pieces(
    solid: Mesh, struck_at_m: Points, rng: np.random.Generator, seeds: int
) -> Iterator[tuple[float, Mesh]]:
    """Volume and convex hull of every piece."""
    points = _seeds(solid, struck_at_m, rng, seeds)
    body = manifold3d.Manifold(
        manifold3d.Mesh(
            vert_properties=solid.vertices.astype(np.float32),
            tri_verts=solid.faces.astype(np.uint32),
        )
    )
    for i, seed in enumerate(points):
        cell = body
        others = np.delete(points, i, axis=0)
        for other in others[np.argsort(np.linalg.norm(others - seed, axis=1))]:
            way = other - seed
            length = float(np.linalg.norm(way))
            if length > 2 * _farthest_m(cell, seed):
                break
            cell = cell.trim_by_plane(
                tuple(-way / length), float(-way @ (seed + other) / 2 / length)
            )
            if cell.is_empty():
                break
        for part in cell.decompose():
            corners = np.asarray(part.to_mesh().vert_properties, dtype=np.float64)[:, :3]
            if len(corners) >= 4 and part.volume() > 0:
                yield float(part.volume()), hull(corners)


def _farthest_m(cell: manifold3d.Manifold, seed: Points) -> float:
    """No corner of a cell is farther from a point: what lies twice as far cuts nothing off."""
    box = np.array(cell.bounding_box()).reshape(2, 3)
    return float(np.linalg.norm(np.abs(box - seed).max(axis=0)))


def _seeds(solid: Mesh, struck_at_m: Points, rng: np.random.Generator, count: int) -> Points:
    """Points on the surface, by area, half of them drawn towards the blow."""
    corners = solid.vertices.astype(np.float64)[solid.faces]
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    middle = corners.mean(axis=1)
    size = float(np.ptp(solid.vertices, axis=0).max())
    near = np.exp(-np.linalg.norm(middle - struck_at_m, axis=1) / (0.35 * size))
    chance = area / area.sum() * 0.5 + area * near / (area * near).sum() * 0.5
    face = rng.choice(len(corners), size=count, p=chance / chance.sum())
    weight = rng.dirichlet((1, 1, 1), size=count)
    return np.asarray(np.einsum("ij,ijk->ik", weight, corners[face]))
