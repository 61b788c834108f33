"""The shapes as MuJoCo wants them. In: a `Picture`. Out: a compiled model: bodies as mocap, in the order of
the poses, and the numbers that the renderer reads from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import mujoco
import numpy as np

from flow_nb.engines.stage.picture import Item, Light, Picture, Solid
from flow_nb.engines.stage.tiers import Tier


def compiled(picture: Picture, tier: Tier) -> mujoco.MjModel:
    """Everything rigid of a shot."""
    spec = mujoco.MjSpec()
    _configure(spec, picture.light, tier)
    bodies = [
        spec.worldbody.add_body(name=f"body {i}", mocap=True)
        for i in range(picture.positions_m.shape[1])
    ]
    for index, item in _by_body(picture.items):
        mesh = _mesh(spec, item.solid, f"solid {index}", item.look.texture_m)
        owner = spec.worldbody if item.body < 0 else bodies[item.body]
        owner.add_geom(
            name=f"item {index}",
            type=mujoco.mjtGeom.mjGEOM_MESH,
            meshname=mesh,
            contype=0,
            conaffinity=0,
        )
    return spec.compile()


def _by_body(items: Sequence[Item]) -> list[tuple[int, Item]]:
    """Items with their index; a picture lists them as MuJoCo will: those that stand still first,
    then body by body."""
    owners = [item.body for item in items]
    if owners != sorted(owners):
        raise ValueError("items must be sorted by body")
    return list(enumerate(items))


def _mesh(spec: mujoco.MjSpec, solid: Solid, name: str, texture_m: float) -> str:
    mesh = spec.add_mesh(name=name)
    # every corner a vertex of its own: MuJoCo shuffles separate indices for normals
    mesh.uservert = solid.vertices[solid.faces].ravel().tolist()
    mesh.userface = np.arange(solid.faces.size).tolist()
    mesh.usernormal = solid.normals.ravel().tolist()
    mesh.usertexcoord = (solid.surface_m / texture_m).ravel().tolist()
    mesh.inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL
    return name


def _configure(spec: mujoco.MjSpec, light: Light, tier: Tier) -> None:
    """Post-processing, as the renderer reads it from a model."""
    numbers: dict[str, float | tuple[float, ...]] = {
        "ao.enabled": 1.0,
        **light.grade,
    }
    texts = {
        "shadows.type": tier.shadows,
        "ao.quality": "medium",
        "ao.low_pass_filter": "medium",
        "ao.upsampling": "medium",
        "cg.tone_mapping": "aces",
    }
    for name, value in numbers.items():
        data = np.atleast_1d(np.asarray(value, dtype=float)).tolist()
        spec.add_numeric(name=f"filament.{name}", data=data, size=len(data))
    for name, text in texts.items():
        spec.add_text(name=f"filament.{name}", data=text)
