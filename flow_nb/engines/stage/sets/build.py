"""The carpenter. In: boxes, turned shapes, props, with looks. Out: few `Item`s, one per look.

Things of one look are nailed together: the renderer draws one large mesh faster than many small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flow_nb.engines.stage.looks import piece_look, piece_solid
from flow_nb.engines.stage.picture import Floats, Item, Look, Solid, Vec3
from flow_nb.engines.stage.solids import joined, laid, turned
from flow_nb.plan.motion import Mesh
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials
from flow_nb.props.shapes import ball, bevelled_box, hull, lathe, ring_handle

DRESSING_TURNS = 28


class Carpenter:
    """Collects what stands on a set."""

    def __init__(self) -> None:
        self._heaps: dict[Look, list[Solid]] = {}

    def box(
        self,
        look: Look,
        size_m: Vec3,
        at_m: Vec3,
        *,
        bevel_m: float = 0.004,
        turn_deg: float = 0.0,
    ) -> None:
        """A block that stands on ``at_m``, centred in x and y."""
        self.add(look, laid(_moved(bevelled_box(size_m, bevel_m), at_m, turn_deg)))

    def slab(self, look: Look, low_m: Vec3, high_m: Vec3) -> None:
        """A sharp block from corner to corner: walls, floors, kerbs."""
        low, high = np.asarray(low_m, float), np.asarray(high_m, float)
        size, middle = high - low, (low + high) / 2
        mesh = bevelled_box((size[0], size[1], size[2]), 0.0)
        self.add(look, laid(_moved(mesh, (middle[0], middle[1], low[2]))))

    def lathe(
        self,
        look: Look,
        profile_m: list[tuple[float, float]],
        at_m: Vec3,
        *,
        turns: int = DRESSING_TURNS,
    ) -> None:
        """A turned shape that stands on ``at_m``."""
        solid = turned(lathe(np.array(profile_m), turns=turns))
        self.add(look, _carried(solid, at_m))

    def ball(self, look: Look, radius_m: float, at_m: Vec3, *, turns: int = 24) -> None:
        """A ball that stands on ``at_m``."""
        self.add(look, _carried(turned(ball(radius_m, turns=turns)), at_m))

    def rod(self, look: Look, radius_m: float, start_m: Vec3, end_m: Vec3) -> None:
        """A round bar between two points."""
        start, end = np.asarray(start_m, float), np.asarray(end_m, float)
        length = float(np.linalg.norm(end - start))
        mesh = lathe(np.array([(0, 0), (radius_m, 0), (radius_m, length), (0, length)]), turns=12)
        frame = _frame((end - start) / length)
        vertices = mesh.vertices @ frame.T + start
        self.add(look, laid(Mesh(vertices=vertices.astype(np.float32), faces=mesh.faces)))

    def hull(
        self, look: Look, points_m: Sequence[Vec3], at_m: Vec3, *, turn_deg: float = 0.0
    ) -> None:
        """The convex shape around some points, turned about z and carried to ``at_m``."""
        self.add(look, laid(_moved(hull(np.array(points_m)), at_m, turn_deg)))

    def prop(
        self,
        name: str,
        at_m: Vec3,
        *,
        scale: float = 1.0,
        colour: str | None = None,
        seed: int = 0,
        turns: int = DRESSING_TURNS,
        clear: bool = True,
    ) -> None:
        """A thing from the property department, for dressing only; not ``clear``: glass is opaque."""
        prop = archetypes()[name]
        for piece in prop.seen:
            material = materials()[piece.material or prop.material]
            look = piece_look(piece, prop, material, colour=colour, seed=seed)
            look = look if clear else replace(look, opacity=1.0, metallic=0.0)
            self.add(look, _carried(piece_solid(piece, scale, turns=turns), at_m))
        if prop.handle is not None:
            look = piece_look(prop.pieces[0], prop, materials()[prop.material], colour=colour)
            handle = ring_handle(prop.handle)
            scaled = Mesh(vertices=handle.vertices * np.float32(scale), faces=handle.faces)
            self.add(look, _carried(laid(scaled), at_m))

    def add(self, look: Look, solid: Solid) -> None:
        """Anything else."""
        self._heaps.setdefault(look, []).append(solid)

    def items(self) -> tuple[Item, ...]:
        """What was built, one item per look, the clear things last."""
        order = sorted(self._heaps.items(), key=lambda heap: heap[0].opacity < 1)
        return tuple(Item(solid=joined(solids), look=look) for look, solids in order)


def _moved(mesh: Mesh, at_m: Vec3, turn_deg: float = 0.0) -> Mesh:
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    vertices = mesh.vertices @ turn.T + np.asarray(at_m)
    return Mesh(vertices=vertices.astype(np.float32), faces=mesh.faces)


def _carried(solid: Solid, at_m: Vec3) -> Solid:
    return Solid(
        vertices=(solid.vertices + np.asarray(at_m)).astype(np.float32),
        faces=solid.faces,
        normals=solid.normals,
        surface_m=solid.surface_m,
    )


def _frame(axis: Floats) -> Floats:
    side = np.cross(axis, (0.0, 0.0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    return np.stack([np.cross(side, axis), side, axis], axis=1)
