"""Meshes made ready for light. In: a `Mesh` of props.shapes. Out: `Solid`, with smooth normals that
break at edges, and every corner's place on the surface in metres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Floats, Solid
from flow_nb.plan.motion import Mesh

CREASE_DEG = 36.0


def boxed(mesh: Mesh, *, crease_deg: float = CREASE_DEG, grain: int | None = None) -> Solid:
    """A solid whose texture is laid on from the side each face looks to.

    ``grain`` is the axis along which fibres run; None: along the longest.
    """
    corners = mesh.vertices.astype(np.float64)[mesh.faces]
    facing = _facing(corners)
    side = np.argmax(np.abs(facing), axis=1)
    span = np.ptp(mesh.vertices, axis=0)
    along = int(np.argmax(span)) if grain is None else grain
    surface = np.zeros((*mesh.faces.shape, 2))
    for axis in range(3):
        u, v = _axes(axis, along)
        chosen = side == axis
        surface[chosen] = corners[chosen][..., [u, v]] + 0.37 * axis
    return _solid(mesh, corners, facing, surface, crease_deg)


def laid(mesh: Mesh, *, crease_deg: float = CREASE_DEG) -> Solid:
    """A solid of the set: the texture follows the renderer's own frames, so that relief is lit from
    the right side. Fibres run along y on floors and along x on walls that face the camera."""
    corners = mesh.vertices.astype(np.float64)[mesh.faces]
    facing = _facing(corners)
    axis = np.argmax(np.abs(facing), axis=1)
    flat = np.zeros_like(facing)
    rows = np.arange(len(flat))
    flat[rows, axis] = np.sign(facing[rows, axis])
    tangent, bitangent = frames(flat)
    surface = np.stack(
        [np.einsum("fci,fi->fc", corners, tangent), np.einsum("fci,fi->fc", corners, bitangent)],
        axis=-1,
    )
    return _solid(mesh, corners, facing, surface, crease_deg)


def turned(mesh: Mesh, *, crease_deg: float = CREASE_DEG) -> Solid:
    """A solid from the lathe: the texture runs around it and up its outline."""
    corners = mesh.vertices.astype(np.float64)[mesh.faces]
    radius = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 1])
    angle = np.arctan2(corners[..., 1], corners[..., 0])
    centre = corners.mean(axis=1)
    middle = np.arctan2(centre[:, 1], centre[:, 0])[:, None]
    angle = middle + np.angle(np.exp(1j * (angle - middle)))
    reach = float(radius.max()) or 1.0
    distance = np.hypot(corners[..., 0], corners[..., 1])
    surface = np.stack([angle * reach, corners[..., 2] + (reach - distance)], axis=-1)
    return _solid(mesh, corners, _facing(corners), surface, crease_deg)


def joined(solids: Sequence[Solid]) -> Solid:
    """Several solids as one."""
    counts = np.cumsum([0] + [len(solid.vertices) for solid in solids[:-1]])
    return Solid(
        vertices=np.concatenate([solid.vertices for solid in solids]),
        faces=np.concatenate(
            [solid.faces + first for solid, first in zip(solids, counts, strict=True)]
        ).astype(np.int32),
        normals=np.concatenate([solid.normals for solid in solids]),
        surface_m=np.concatenate([solid.surface_m for solid in solids]),
    )


def frames(normals: Floats) -> tuple[Floats, Floats]:
    """Tangent and bitangent that the renderer makes up for a normal, each (n, 3).

    >>> t, b = frames(np.array([[0.0, 0.0, 1.0]]))
    >>> (t + 0.0).tolist(), (b + 0.0).tolist()
    ([[0.0, -1.0, 0.0]], [[1.0, 0.0, 0.0]])
    """
    x, y, z = normals.T
    pole = y < -1 + 1e-6
    a = 1 / np.where(pole, 1.0, 1 + y)
    b = -z * x * a
    tangent = np.stack([b, -z, 1 - z * z * a], axis=1)
    bitangent = np.stack([1 - x * x * a, -x, b], axis=1)
    tangent[pole], bitangent[pole] = (-1, 0, 0), (0, 0, -1)
    return tangent, bitangent


def _axes(axis: int, along: int) -> tuple[int, int]:
    """Which axes are u (along the grain) and v on faces that look along ``axis``."""
    others = [i for i in range(3) if i != axis]
    return (along, next(i for i in others if i != along)) if along in others else tuple(others)  # type: ignore[return-value]


def _facing(corners: Floats) -> Floats:
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    return np.asarray(normal / np.where(length > 0, length, 1.0))


def _solid(
    mesh: Mesh, corners: Floats, facing: Floats, surface: Floats, crease_deg: float
) -> Solid:
    return Solid(
        vertices=mesh.vertices,
        faces=mesh.faces,
        normals=_smoothed(mesh.faces, corners, facing, crease_deg).astype(np.float32),
        surface_m=surface.astype(np.float32),
    )


def _smoothed(
    faces: NDArray[np.int32], corners: Floats, facing: Floats, crease_deg: float
) -> Floats:
    """Per corner, the mean of the faces around its vertex that bend less than the crease from its
    own, weighted by the angle at which they meet there."""
    weight = _corner_angles(corners).ravel()
    vertex = faces.ravel()
    face = np.repeat(np.arange(len(faces)), 3)
    order = np.argsort(vertex, kind="stable")
    first = np.searchsorted(vertex[order], np.arange(vertex.max() + 2))
    count = np.diff(first)[vertex]
    own = np.repeat(np.arange(len(vertex)), count)
    step = np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
    other = order[first[vertex[own]] + step]
    near = np.einsum("ij,ij->i", facing[face[own]], facing[face[other]]) > math.cos(
        math.radians(crease_deg)
    )
    total = np.zeros((len(vertex), 3))
    pull = facing[face[other]] * (weight[other] * near)[:, None]
    np.add.at(total, own, pull)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    smooth = np.where(length > 1e-12, total / np.maximum(length, 1e-12), facing[face])
    flat = np.einsum("ij,ij->i", smooth, facing[face]) > 0.9999
    smooth[flat] = np.round(facing[face[flat]], 5)
    return np.asarray(smooth.reshape(len(faces), 3, 3))


def _corner_angles(corners: Floats) -> Floats:
    out = np.roll(corners, -1, axis=1) - corners
    back = np.roll(corners, 1, axis=1) - corners
    dot = np.einsum("fci,fci->fc", out, back)
    size = np.linalg.norm(out, axis=-1) * np.linalg.norm(back, axis=-1)
    return np.asarray(np.arccos(np.clip(dot / np.maximum(size, 1e-18), -1, 1)))
