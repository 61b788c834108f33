"""The carpenter. In: boxes, turned shapes, props, with looks. Out: few `Item`s, one per look.

Things of one look are nailed together: the renderer draws one large mesh faster than many small.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

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

    def slabs(self, look: Look, low_m: Floats, high_m: Floats) -> None:
        """Many sharp blocks at once, corners (n, 3) each: windows, bricks, boards, books."""
        if len(low_m):
            self.add(look, laid(blocks(np.asarray(low_m), np.asarray(high_m)), crease_deg=10))

    def panes(self, look: Look, low_m: Floats, high_m: Floats) -> None:
        """Many upright rectangles that face the camera, corners (n, 3) each; their y is the first's."""
        if not len(low_m):
            return
        left, right = np.asarray(low_m, float), np.asarray(high_m, float)
        pick = ((0, 0), (1, 0), (1, 1), (0, 1))
        corner = [
            np.stack([(left, right)[i][:, 0], left[:, 1], (left, right)[k][:, 2]], axis=1)
            for i, k in pick
        ]
        points = np.stack(corner, axis=1).reshape(-1, 3)
        first = 4 * np.arange(len(left))[:, None, None]
        faces = (np.array([(0, 1, 2), (0, 2, 3)]) + first).reshape(-1, 3)
        mesh = Mesh(vertices=points.astype(np.float32), faces=faces.astype(np.int32))
        self.add(look, laid(mesh, crease_deg=10))

    def lathe(
        self,
        look: Look,
        profile_m: list[tuple[float, float]],
        at_m: Vec3,
        *,
        turns: int = DRESSING_TURNS,
    ) -> None:
        """A turned shape that stands on ``at_m``."""
        self.add(look, carried(_turned(tuple(profile_m), turns), at_m))

    def ball(self, look: Look, radius_m: float, at_m: Vec3, *, turns: int = 24) -> None:
        """A ball that stands on ``at_m``."""
        self.add(look, carried(_ball(turns), at_m, scale=radius_m))

    def rod(self, look: Look, radius_m: float, start_m: Vec3, end_m: Vec3) -> None:
        """A round bar between two points."""
        start, end = np.asarray(start_m, float), np.asarray(end_m, float)
        length = float(np.linalg.norm(end - start))
        frame, one = _frame((end - start) / length), _bar()
        stretch = np.array([radius_m, radius_m, length])
        self.add(
            look,
            Solid(
                vertices=((one.vertices * stretch) @ frame.T + start).astype(np.float32),
                faces=one.faces,
                normals=(one.normals @ frame.T).astype(np.float32),
                surface_m=(one.surface_m * (radius_m, length)).astype(np.float32),
            ),
        )

    def line(
        self, look: Look, radius_m: float, points_m: Sequence[Sequence[float]] | Floats
    ) -> None:
        """Round bars from point to point: wire, chalk, neon."""
        for (x, y, z), (u, v, w) in itertools.pairwise(points_m):
            self.rod(look, radius_m, (float(x), float(y), float(z)), (float(u), float(v), float(w)))

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
        turn_deg: float = 0.0,
        clear: bool = True,
    ) -> None:
        """A thing from the property department, turned about z, for dressing only; not ``clear``:
        glass is opaque."""
        for look, solid in _prop(name, colour, seed, turns, clear):
            self.add(look, carried(solid, at_m, turn_deg, scale))

    def stand(self, other: Carpenter, at_m: Vec3, turn_deg: float = 0.0) -> None:
        """What another carpenter built about the origin, turned about z and carried to ``at_m``."""
        for look, solids in other._heaps.items():
            self.add(look, carried(joined(solids), at_m, turn_deg))

    def add(self, look: Look, solid: Solid) -> None:
        """Anything else."""
        self._heaps.setdefault(look, []).append(solid)

    def items(self) -> tuple[Item, ...]:
        """What was built, one item per look, the clear things last."""
        order = sorted(self._heaps.items(), key=lambda heap: heap[0].opacity < 1)
        return tuple(Item(solid=joined(solids), look=look) for look, solids in order)


def _moved(mesh: Mesh, at_m: Vec3, turn_deg: float = 0.0) -> Mesh:
    vertices = mesh.vertices @ _about_z(turn_deg).T + np.asarray(at_m)
    return Mesh(vertices=vertices.astype(np.float32), faces=mesh.faces)


@lru_cache(maxsize=256)
def _turned(profile_m: tuple[tuple[float, float], ...], turns: int) -> Solid:
    return turned(lathe(np.array(profile_m), turns=turns))


@lru_cache(maxsize=8)
def _ball(turns: int) -> Solid:
    """A ball of radius 1 on the origin."""
    return turned(ball(1.0, turns=turns))


@lru_cache(maxsize=1)
def _bar() -> Solid:
    """A bar of radius 1 and length 1 up from the origin."""
    return turned(lathe(np.array([(0, 0), (1, 0), (1, 1), (0, 1)]), turns=10))


@lru_cache(maxsize=512)
def _prop(
    name: str, colour: str | None, seed: int, turns: int, clear: bool
) -> tuple[tuple[Look, Solid], ...]:
    """A prop at its own size, one solid for each of its looks; made once."""
    prop = archetypes()[name]
    heaps: dict[Look, list[Solid]] = {}
    for piece in prop.seen:
        material = materials()[piece.material or prop.material]
        look = piece_look(piece, prop, material, colour=colour, seed=seed)
        look = look if clear else replace(look, opacity=1.0, metallic=0.0)
        heaps.setdefault(look, []).append(piece_solid(piece, turns=turns))
    if prop.handle is not None:
        look = piece_look(prop.pieces[0], prop, materials()[prop.material], colour=colour)
        heaps.setdefault(look, []).append(laid(ring_handle(prop.handle)))
    return tuple((look, joined(solids)) for look, solids in heaps.items())


def blocks(low_m: Floats, high_m: Floats) -> Mesh:
    """Boxes from corner to corner, (n, 3) each, as one mesh of 12 n triangles.

    >>> blocks(np.zeros((2, 3)), np.ones((2, 3))).faces.shape
    (24, 3)
    """
    pick = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)])
    points = np.where(pick, high_m[:, None], low_m[:, None]).reshape(-1, 3)
    first = 8 * np.arange(len(low_m))[:, None, None]
    return Mesh(
        vertices=points.astype(np.float32),
        faces=(_BOX + first).reshape(-1, 3).astype(np.int32),
    )


_BOX = np.array([
    (0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
    (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3),
])  # fmt: skip


def carried(solid: Solid, at_m: Vec3, turn_deg: float = 0.0, scale: float = 1.0) -> Solid:
    """A solid scaled about the origin, turned about z and carried to a place."""
    turn = _about_z(turn_deg)
    return Solid(
        vertices=(scale * solid.vertices @ turn.T + np.asarray(at_m)).astype(np.float32),
        faces=solid.faces,
        normals=(solid.normals @ turn.T).astype(np.float32) if turn_deg else solid.normals,
        surface_m=solid.surface_m * np.float32(scale) if scale != 1.0 else solid.surface_m,
    )


def crowd(solid: Solid, at_m: Floats, turn_deg: Floats, scale: Floats) -> Solid:
    """Many of a kind as one solid: places (n, 3), turns about z (n,), sizes (n,) or (n, 3)."""
    count, angle = len(at_m), np.radians(turn_deg)
    cos, sin, zero = np.cos(angle), np.sin(angle), np.zeros(count)
    one = np.ones(count)
    turn = np.stack([cos, -sin, zero, sin, cos, zero, zero, zero, one], axis=1).reshape(-1, 3, 3)
    size = np.broadcast_to(np.asarray(scale).reshape(count, -1), (count, 3))
    corners = np.einsum("nij,nvj->nvi", turn, solid.vertices * size[:, None]) + at_m[:, None]
    normals = np.einsum("nij,fcj->nfci", turn, solid.normals)
    first = len(solid.vertices) * np.arange(count)[:, None, None]
    return Solid(
        vertices=corners.reshape(-1, 3).astype(np.float32),
        faces=(solid.faces + first).reshape(-1, 3).astype(np.int32),
        normals=normals.reshape(-1, 3, 3).astype(np.float32),
        surface_m=np.tile(solid.surface_m, (count, 1, 1)),
    )


def _about_z(turn_deg: float) -> Floats:
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _frame(axis: Floats) -> Floats:
    side = np.cross(axis, (0.0, 0.0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    return np.stack([np.cross(side, axis), side, axis], axis=1)
