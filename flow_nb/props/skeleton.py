"""The bones of a figure. In: height and age. Out: a `Skeleton` that physics moves and the stage dresses.

At rest a figure stands upright on the origin, arms hanging, and faces the camera: forward is -y, its
right hand is at -x. The frame of a bone sits at its upper joint, its axes along the world's at rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flow_nb.plan.bodies import Age

Vec3 = tuple[float, float, float]

ROOT = "pelvis"

# Joint and end of each bone for a figure of height 1, and its radius. The left side is the figure's own
# (+x, as it faces the camera); the right side mirrors it.
_BONES: dict[str, tuple[str | None, Vec3, Vec3, float]] = {
    "pelvis": (None, (0.0, 0.0, 0.52), (0.0, 0.0, 0.60), 0.075),
    "chest": ("pelvis", (0.0, 0.0, 0.60), (0.0, 0.0, 0.80), 0.085),
    "head": ("chest", (0.0, 0.0, 0.82), (0.0, 0.0, 1.0), 0.078),
    "upper-arm-left": ("chest", (0.115, 0.0, 0.785), (0.150, 0.0, 0.620), 0.030),
    "forearm-left": ("upper-arm-left", (0.150, 0.0, 0.620), (0.165, -0.012, 0.475), 0.026),
    "hand-left": ("forearm-left", (0.165, -0.012, 0.475), (0.168, -0.020, 0.390), 0.026),
    "thigh-left": ("pelvis", (0.055, 0.0, 0.520), (0.058, 0.0, 0.285), 0.048),
    "shin-left": ("thigh-left", (0.058, 0.0, 0.285), (0.060, 0.006, 0.045), 0.036),
    "foot-left": ("shin-left", (0.060, 0.006, 0.045), (0.062, -0.105, 0.0), 0.026),
}
# How much of an adult's length a child's or an old person's bones keep, for the same height.
_BUILDS: Mapping[Age, tuple[float, float]] = {
    "child": (1.42, 0.90),
    "adult": (1.0, 1.0),
    "old": (1.02, 0.98),
}
HEIGHTS_M: Mapping[Age, float] = {"child": 1.15, "adult": 1.75, "old": 1.66}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bone:
    """One bone: from ``joint_m`` to ``end_m`` at rest, as thick as ``radius_m``."""

    name: str
    parent: str | None
    joint_m: Vec3
    end_m: Vec3
    radius_m: float

    @property
    def length_m(self) -> float:
        """From joint to end."""
        return float(np.linalg.norm(np.subtract(self.end_m, self.joint_m)))


@dataclass(frozen=True)
class Skeleton:
    """All bones, parents before children."""

    bones: tuple[Bone, ...]
    height_m: float
    age: Age

    @cached_property
    def by_name(self) -> Mapping[str, Bone]:
        """Bones by name."""
        return {bone.name: bone for bone in self.bones}

    def rest_m(self) -> NDArray[np.float64]:
        """The joints at rest, (n, 3), in the order of the bones."""
        return np.array([bone.joint_m for bone in self.bones])


def skeleton(height_m: float | None = None, age: Age = "adult") -> Skeleton:
    """The bones of a figure of that height; a child's head is larger and its limbs shorter.

    >>> len(skeleton().bones), skeleton(1.8).by_name["head"].end_m[2]
    (15, 1.8)
    """
    height = HEIGHTS_M[age] if height_m is None else height_m
    head, limbs = _BUILDS[age]
    top = 1.0 - (1.0 - 0.82) * head
    rows = [
        *_BONES.items(),
        *((_right(n), _mirrored(*row)) for n, row in _BONES.items() if "left" in n),
    ]
    bones = []
    for name, (parent, joint, end, radius) in rows:
        thick = radius * (head if name == "head" else 1.0)
        bones.append(
            Bone(
                name=name,
                parent=parent,
                joint_m=_scaled(joint, height, top, limbs),
                end_m=_scaled(end, height, top, limbs) if name != "head" else (0.0, 0.0, height),
                radius_m=round(thick * height, 5),
            )
        )
    order = {bone.name: i for i, bone in enumerate(bones)}
    return Skeleton(
        tuple(sorted(bones, key=lambda bone: (_depth(bone, bones), order[bone.name]))), height, age
    )


def _scaled(at: Vec3, height_m: float, neck: float, limbs: float) -> Vec3:
    """Below the neck everything shrinks towards the ground to leave room for the head."""
    x, y, z = at
    return (
        round(x * height_m * limbs, 5),
        round(y * height_m * limbs, 5),
        round(z * neck / 0.82 * height_m, 5),
    )


def _depth(bone: Bone, bones: list[Bone]) -> int:
    parents = {other.name: other.parent for other in bones}
    depth, name = 0, bone.parent
    while name is not None:
        depth, name = depth + 1, parents[name]
    return depth


def _right(name: str) -> str:
    return name.replace("left", "right")


def _mirrored(
    parent: str | None, joint: Vec3, end: Vec3, radius: float
) -> tuple[str | None, Vec3, Vec3, float]:
    flip = (-1.0, 1.0, 1.0)
    mirror = [(x * f, y * g, z * h) for (x, y, z), (f, g, h) in ((joint, flip), (end, flip))]
    return (_right(parent) if parent else None, mirror[0], mirror[1], radius)
