"""Shapes that bend, on their way to the renderer. In: a `Pliant`. Out: a mesh that is filled anew for
every frame.

Lives in the renderer's own process, beside `draw`.
"""

from __future__ import annotations

import numpy as np
from mujoco import mjrf
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Pliant, Singles

_USAGE, _KIND = mjrf.VertexAttributeUsage, mjrf.VertexAttributeType
_LAYOUT = (
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_POSITION, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT3),
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_TANGENTS, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT4),
    (_USAGE.VERTEX_ATTRIBUTE_USAGE_UV, _KIND.VERTEX_ATTRIBUTE_TYPE_FLOAT2),
)
_NUMBERS = 9


class Bending:
    """One pliant on the screen."""

    def __init__(self, context: mjrf.Context, scene: mjrf.Scene, pliant: Pliant) -> None:
        self._pliant, self._scene, self._shown = pliant, scene, False
        self._config = mjrf.MeshConfig(
            max_vertices=len(pliant.surface_m),
            max_indices=pliant.faces.size,
            attributes=[_attribute(usage, kind) for usage, kind in _LAYOUT],
            interleaved=True,
            index_type=mjrf.IndexType.INDEX_TYPE_U32,
            primitive_type=mjrf.MeshPrimitiveType.MESH_PRIMITIVE_TYPE_TRIANGLES,
        )
        self._mesh = context.create_mesh(self._config)
        params = mjrf.RenderableParams()
        params.cast_shadow, params.receive_shadow = pliant.shadow, True
        self._indices = pliant.faces.astype(np.uint32).tobytes()
        self._rows = np.empty((len(pliant.surface_m), _NUMBERS), np.float32)
        self._rows[:, 7:] = pliant.surface_m / np.float32(pliant.look.texture_m)
        self._kept: list[object] = []
        self.part = context.create_renderable(params)

    def pose(self, frame: int) -> None:
        """Fills the mesh with the shape at a frame, or takes it away where there is none."""
        shape = self._pliant.shape.at(frame)
        if shape is not None:
            self._fill(*shape)
        if (shape is not None) != self._shown:
            change = self._scene.remove_renderable if self._shown else self._scene.add_renderable
            change(self.part)
            self._shown = shape is not None

    def _fill(self, vertices: Singles, normals: Singles) -> None:
        self._rows[:, :3] = vertices
        self._rows[:, 3:7] = tangents(normals)
        data = mjrf.MeshData()
        data.set_vertices(self._config, self._rows.tobytes())
        data.set_indices(self._config, self._indices)
        data.compute_bounds = True
        self._mesh.upload(data)
        self._kept = [*self._kept[-2:], data]  # the renderer may still be reading the last ones
        self.part.set_mesh(self._mesh, 0, self._pliant.faces.size)
        self.part.set_pose(np.zeros(3, np.float32), np.eye(3, dtype=np.float32).ravel())


def tangents(normals: Singles) -> NDArray[np.float32]:
    """The frames (n, 4) of normals (n, 3) as quaternions (x, y, z, w): the shortest turn that takes z
    to the normal. The renderer wants w above 0.

    >>> tangents(np.array([[0.0, 0.0, 1.0]], np.float32)).round(3).tolist()
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
