"""Limbs out of an archetype's pieces. In: a `Critter`, a body. Out: its bones at rest and its `Part`s.

What is no limb follows the spine, by its place along x; a limb follows its own bone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.creatures.critters import Critter, Vec3
from flow_nb.engines.stage.figures.clay import Lump
from flow_nb.engines.stage.figures.puppet import Part, nailed
from flow_nb.engines.stage.looks import piece_look, piece_solid
from flow_nb.engines.stage.picture import Floats, Look
from flow_nb.plan.bodies import Body
from flow_nb.props.archetypes import Piece, archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import piece_mesh

VERTEBRAE = 12
TURNS = 20
PAIRS: dict[str, Vec3] = {
    "left": (1, 1, 1), "right": (1, -1, 1), "ahead": (1, 1, 1), "behind": (-1, 1, 1),
}  # fmt: skip


@dataclass(frozen=True)
class Jointed:
    """A kind in metres: its limbs, each with its side's mirror, as its archetype has them."""

    critter: Critter
    prop: str
    scale: float

    @cached_property
    def limbs(self) -> frozenset[str]:
        """All limbs that the archetype's pieces name."""
        return frozenset(piece.limb for piece in archetypes()[self.prop].seen if piece.limb)

    @cached_property
    def legs(self) -> tuple[str, ...]:
        """All legs, pair by pair from the front, in the order of the gait's phases."""
        return tuple(limb for leg in self.critter.legs for limb in sides(leg) if limb in self.limbs)

    @cached_property
    def spine_m(self) -> Floats:
        """The x of every vertebra (n,), the head's first; none where it is stiff."""
        spine = self.critter.spine
        if spine is None:
            return np.zeros(0)
        return self.scale * np.linspace(spine.from_m, spine.to_m, VERTEBRAE)

    @cached_property
    def course_m(self) -> Floats:
        """Where the body's middle is at rest beside its axis, at every vertebra (n,)."""
        if self.critter.spine is None or not self.critter.spine.winds:
            return np.zeros_like(self.spine_m)
        prop = archetypes()[self.prop]
        points = np.concatenate([piece_mesh(p, self.scale).vertices for p in prop.seen[:1]])
        reach = 0.6 * abs(self.spine_m[1] - self.spine_m[0])
        return np.array([points[np.abs(points[:, 0] - x) < reach, 1].mean() for x in self.spine_m])

    @cached_property
    def bones(self) -> tuple[str, ...]:
        """All bones by name."""
        return ("trunk", *(f"spine-{i}" for i in range(len(self.spine_m))), *sorted(self.limbs))

    def place_m(self, spot: Vec3, limb: str) -> Floats:
        """A place of a limb's row on the side that the limb is on."""
        mirror = np.array(PAIRS.get(limb.rpartition("-")[2], (1, 1, 1)))
        return np.asarray(self.scale * np.array(spot) * mirror)


def sides(name: str) -> tuple[str, ...]:
    """What a limb may be called on its sides."""
    return (f"{name}-left", f"{name}-right", f"{name}-ahead", f"{name}-behind", name)


def lower(limb: str, part: str) -> str:
    """The name of what hangs on a limb: ``lower("hind-left", "low")`` is ``"hind-low-left"``.

    >>> lower("hind-left", "low"), lower("tail", "low")
    ('hind-low-left', 'tail-low')
    """
    name, _, side = limb.rpartition("-")
    return f"{name}-{part}-{side}" if side in PAIRS and name else f"{limb}-{part}"


def parts(frame: Jointed, body: Body, seed: int) -> tuple[Part, ...]:
    """Its pieces by their looks, nailed to the bones."""
    prop, looks = archetypes()[frame.prop], dict[Look, list[Lump]]()
    for piece in prop.seen:
        material = materials()[piece.material or prop.material]
        look = piece_look(piece, prop, material, colour=body.colour, seed=seed)
        looks.setdefault(look, []).append(_lump(frame, piece))
    return tuple(nailed(look, made, frame.bones) for look, made in looks.items())


def _lump(frame: Jointed, piece: Piece) -> Lump:
    solid = piece_solid(piece, frame.scale, turns=TURNS)
    corners = np.round(solid.normals.reshape(-1, 3) * 512).astype(np.int64)
    key = np.column_stack([solid.faces.ravel(), corners])
    _, first, place = np.unique(key, axis=0, return_index=True, return_inverse=True)
    vertices = solid.vertices[solid.faces.ravel()[first]]
    bones, weights = _followed(frame, piece, vertices)
    return Lump(
        vertices=vertices, normals=solid.normals.reshape(-1, 3)[first],
        faces=place.reshape(-1, 3).astype(np.int32), bones=bones, weights=weights,
    )  # fmt: skip


def _followed(
    frame: Jointed, piece: Piece, vertices: NDArray[np.float32]
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    if piece.limb or not len(frame.spine_m):
        return (piece.limb or "trunk",), np.ones((len(vertices), 1), np.float32)
    count = len(frame.spine_m)
    head, tail = frame.spine_m[0], frame.spine_m[-1]
    along = np.clip((vertices[:, 0] - head) / (tail - head), 0, 1) * (count - 1)
    low = np.minimum(along.astype(np.int64), count - 2)
    weights = np.zeros((len(vertices), count), np.float32)
    rows = np.arange(len(vertices))
    weights[rows, low], weights[rows, low + 1] = 1 - (along - low), along - low
    return tuple(f"spine-{i}" for i in range(count)), weights
