"""Shapes that bend, on their way to the renderer. In: a `Pliant`. Out: a mesh that is filled anew for
every frame.

Lives in the renderer's own process, beside `draw`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from mujoco import mjrf
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Pliant, Singles, Skin

_USAGE, _KIND = mjrf.VertexAttributeUsage, mjrf.VertexAttributeType
_LAYOUT = (
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_POSITION, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT3),
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_TANGENTS, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT4),
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_UV, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT2),
)
_NUMBERS = 9


class Bending:
    """One pliant on the screen."""

    def __init__(
        self, context: mjrf.Context, scene: mjrf.Scene, pliant: Pliant, uploads: list[Any]
    ) -> None:
        """``uploads`` gets the copies of what the renderer reads, to be freed when a frame is drawn."""
        self._context, self._scene, self._shown = context, scene, False
        self._shape, self._texture_m = pliant.shape, pliant.look.texture_m
        self._faces, self._surface_m = pliant.faces, pliant.surface_m
        params = mjrf.RenderableParams()
        params.cast_shadow, params.receive_shadow = pliant.shadow, True
        self.part = context.create_renderable(params)
        self._mesh: tuple[mjrf.MeshConfig, mjrf.Mesh] | None = None
        self._uploads = uploads
        self._kept: list[mjrf.Mesh] = []

    def pose(self, frame: int) -> None:
        """Fills the mesh with the shape at a frame, or takes it away where there is none."""
        skin = self._shape.at(frame)
        if skin is not None:
            self._fill(skin)
        if (skin is not None) != self._shown:
            change = self._scene.remove_renderable if self._shown else self._scene.add_renderable
            change(self.part)
            self._shown = skin is not None

    def _fill(self, skin: Skin) -> None:
        faces = self._faces if skin.faces is None else skin.faces
        assert faces is not None  # a shape brings its faces or its pliant has them
        if self._mesh is None or skin.faces is not None:
            config = _config(len(skin.vertices), faces.size)
            self._mesh = config, self._context.create_mesh(config)
        config, mesh = self._mesh
        data = mjrf.MeshData()
        data.set_vertices(config, self._rows(skin).tobytes())
        data.set_indices(config, faces.astype(np.uint32).tobytes())
        data.compute_bounds = True
        mesh.upload(data)
        self._uploads.append(data)
        self._kept = [*self._kept[-2:], mesh]  # the renderer may still read the last ones
        self.part.set_mesh(mesh, 0, faces.size)
        self.part.set_pose(np.zeros(3, np.float32), np.eye(3, dtype=np.float32).ravel())

    def _rows(self, skin: Skin) -> Singles:
        rows = np.zeros((len(skin.vertices), _NUMBERS), np.float32)
        rows[:, :3], rows[:, 3:7] = skin.vertices, tangents(skin.normals)
        if self._surface_m is not None:
            rows[:, 7:] = self._surface_m / np.float32(self._texture_m)
        return rows


def _config(vertices: int, indices: int) -> mjrf.MeshConfig:
    return mjrf.MeshConfig(
        max_vertices=vertices,
        max_indices=indices,
        attributes=[_attribute(usage, kind) for usage, kind in _LAYOUT],
        interleaved=True,
        index_type=mjrf.IndexType.INDEX_TYPE_U32,
        primitive_type=mjrf.MeshPrimitiveType.MESH_PRIMITIVE_TYPE_TRIANGLES,
    )


def tangents(normals: Singles) -> NDArray[np.float32]:
    """The frames (n, 4) of normals (n, 3) as quaternions (x, y, z, w): the shortest turn that takes z
    to the normal. The renderer wants w above 0.

    >>> (tangents(np.array([[0.0, 0.0, 1.0]], np.float32)).round(3) + 0.0).tolist()
    [[0.0, 0.0, 0.0, 1.0]]
    """
    x, y, z = normals.T
    found = np.empty((len(normals), 4), np.float32)
    found[:, 0], found[:, 1], found[:, 2] = -y, x, 0
    found[:, 3] = np.maximum(1 + z, 1e-3)
    found[:, 0] = np.where(z < -0.9999, 1.0, found[:, 0])
    found /= np.sqrt(np.einsum("ij,ij->i", found, found))[:, None]
    return found


def _attribute(usage: object, kind: object) -> mjrf.VertexAttribute:
    attribute = mjrf.VertexAttribute()
    attribute.usage, attribute.type = usage, kind
    return attribute
