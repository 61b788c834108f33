"""The measures of a figure. In: its skeleton and its seed. Out: `Build`: joints, thickness, the head's
own coordinates, and the traits that chance deals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.picture import Singles, Vec3
from flow_nb.props.skeleton import Skeleton

BIG = 1.16
NECK = 0.07
"""How far above the neck's joint a head sits, in head units: what one sees of a neck."""
SIDES = (("left", 1.0), ("right", -1.0))
"""A figure's own left is at +x, as it faces the camera."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Traits:
    """What makes one person differ from the next; all about 1 but ``nose`` (0 to 2) and ``ears``."""

    stout: float = 1.0
    jaw: float = 1.0
    nose: float = 1.0
    eyes: float = 1.0
    ears: float = 1.0
    brows: float = 1.0
    limbs: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Build:
    """A skeleton and its traits, with short names for what the modellers measure from."""

    skeleton: Skeleton
    traits: Traits

    @property
    def height(self) -> float:
        """From sole to crown, metres."""
        return self.skeleton.height_m

    @property
    def head_m(self) -> float:
        """The unit of the head's own coordinates: from the neck's joint to the crown, and a little
        more, as puppets have it."""
        return head_unit_m(self.skeleton)

    def joint(self, bone: str) -> Singles:
        """Upper end of a bone at rest."""
        return np.asarray(self.skeleton.by_name[bone].joint_m, np.float32)

    def end(self, bone: str) -> Singles:
        """Lower end of a bone at rest."""
        return np.asarray(self.skeleton.by_name[bone].end_m, np.float32)

    @property
    def head_at(self) -> Singles:
        """Where the head's own coordinates begin, metres."""
        return self.joint("head") + np.array([0, 0, NECK * self.head_m], np.float32)

    def thick(self, bone: str) -> float:
        """Radius of a bone's flesh."""
        return self.skeleton.by_name[bone].radius_m * (self.traits.limbs if "-" in bone else 1.0)

    def face(self, x: float, y: float, z: float) -> Vec3:
        """A point in the head's coordinates (0 the neck, 1 the crown, -y ahead), in metres."""
        joint, unit = self.head_at, self.head_m
        return (joint[0] + x * unit, joint[1] + y * unit, joint[2] + z * unit)

    def local(self, points: Singles) -> Singles:
        """Points in metres, in the head's coordinates."""
        return np.asarray((points - self.head_at) / np.float32(self.head_m), np.float32)


def head_unit_m(skeleton: Skeleton) -> float:
    """The unit of a head's own coordinates, metres."""
    bone = skeleton.by_name["head"]
    return BIG * (bone.end_m[2] - bone.joint_m[2])


def dealt(rng: np.random.Generator, *, child: bool) -> Traits:
    """Traits by chance; children are rounder and have larger eyes."""
    return Traits(
        stout=float(rng.uniform(0.86, 1.28)),
        jaw=float(rng.uniform(0.88, 1.1)) * (0.92 if child else 1.0),
        nose=float(rng.uniform(0.75, 1.35)) * (0.75 if child else 1.0),
        eyes=float(rng.uniform(0.92, 1.06)) * (1.12 if child else 1.0),
        ears=float(rng.uniform(0.85, 1.2)),
        brows=float(rng.uniform(0.8, 1.25)) * (0.8 if child else 1.0),
    )
