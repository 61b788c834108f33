"""What drops meet. In: the solver's bodies as they are now. Out: drops pushed out of them, and held by vessels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.liquids.vessel import Vessel
from flow_nb.physics.stand import Stand
from flow_nb.props.archetypes import Piece
from flow_nb.props.shapes import piece_mesh

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEAR_M = 0.03
GRIP = 0.12
"""Share of its way along a solid that a drop loses, four times a step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A convex piece of a body: outward planes (k, 4) in its frame, or a ball of ``radius_m``."""

    body: str
    middle_m: Vector
    reach_m: float
    planes: Vector | None = None
    radius_m: float = 0.0

    def push(self, points: Vector, clear_m: float) -> tuple[Vector, Vector]:
        """How deep (n,) points lie in it, kept clear of its surface, and the way (n, 3) out."""
        if self.planes is None:
            away = points - self.middle_m
            far = np.linalg.norm(away, axis=1) + 1e-12
            return self.radius_m + clear_m - far, away / far[:, None]
        gaps = points @ self.planes[:, :3].T - self.planes[:, 3]
        nearest = np.argmax(gaps, axis=1)
        return clear_m - gaps[np.arange(len(points)), nearest], self.planes[nearest, :3]


def blocks(stand: Stand) -> list[Block]:
    """A body's pieces as the solver takes them: balls, and the hulls of everything else."""
    return [_block(stand, piece) for piece in stand.prop.pieces]


def _block(stand: Stand, piece: Piece) -> Block:
    mesh = piece_mesh(piece, stand.body.scale, turns=16)
    corners = mesh.vertices.astype(np.float64)
    middle = (corners.min(0) + corners.max(0)) / 2
    reach = float(np.linalg.norm(corners - middle, axis=1).max())
    if piece.shape == "sphere":
        radius = piece.radius_m * stand.body.scale
        return Block(body=stand.body.name, middle_m=middle, reach_m=radius, radius_m=radius)
    from scipy.spatial import ConvexHull  # scipy is slow to import and only needed here

    planes = np.unique(np.round(ConvexHull(corners).equations, 6), axis=0)
    planes[:, 3] *= -1
    return Block(body=stand.body.name, middle_m=middle, reach_m=reach, planes=planes)


class Wet:
    """A vessel, and which drops are in it."""

    def __init__(self, vessel: Vessel, inside: Flags) -> None:
        self.vessel = vessel
        self.inside = inside
        self.below = inside.copy()

    def push(self, local: Vector, near: NDArray[np.intp], clear_m: float) -> Vector:
        """Moves (n, 3) in the vessel's frame that keep these drops on their side of its wall."""
        low = local[:, 2] < self.vessel.rim_m[1]
        enters = low & ~self.below[near]
        self.inside[near[enters]] = self.vessel.within_mouth(local[enters])
        self.below[near] = low
        moves = np.zeros_like(local)
        for inside in (True, False):
            rows = np.flatnonzero(low & (self.inside[near] == inside))
            free, way = self.vessel.clear(local[rows], inside=inside)
            moves[rows] = np.maximum(clear_m - free, 0.0)[:, None] * way
        if self.vessel.boxed is None:
            rows = np.flatnonzero(~low)
            moves[rows] = self._off_lip(local[rows], clear_m)
        return moves

    def _off_lip(self, local: Vector, clear_m: float) -> Vector:
        """The rim is a ring."""
        r = np.hypot(local[:, 0], local[:, 1]) + 1e-9
        rim_r, rim_z = self.vessel.rim_m
        out, up = r - rim_r, local[:, 2] - rim_z + self.vessel.lip_m
        far = np.hypot(out, up) + 1e-9
        deep = np.maximum(self.vessel.lip_m + clear_m - far, 0.0) / far
        level = (deep * out / r)[:, None] * local[:, :2]
        return np.column_stack([level, deep * up])


class Solids:
    """Everything that drops can meet, posed as the world is now."""

    def __init__(
        self, wet: Sequence[Wet], stands: Mapping[str, Stand], clear_m: float, floor: bool
    ) -> None:
        self.wet = list(wet)
        vessels = {one.vessel.name for one in wet}
        self.blocks = [
            block
            for name, stand in stands.items()
            if name not in vessels
            for block in blocks(stand)
        ]
        self.clear_m = clear_m
        self.floor = floor
        self._poses: dict[str, tuple[Vector, Vector]] = {}
        self._near: list[Block] = []

    def pose(self, world: World, points: Vector) -> float:
        """Takes every body's place from the world; returns how far any has moved since.

        Only what is near any of the drops (n, 3) will be met until the next call.
        """
        names = {one.vessel.name for one in self.wet} | {block.body for block in self.blocks}
        poses = {name: _pose(world, name) for name in sorted(names)}
        moved = 0.0
        for name, pose in poses.items():
            before = self._poses.get(name)
            if pose is not None and before is not None:
                moved = max(moved, float(np.abs(pose[0] - before[0]).max()),
                            0.1 * float(np.abs(pose[1] - before[1]).max()))  # fmt: skip
        there = {name: pose for name, pose in poses.items() if pose is not None}
        moved = moved if there.keys() == self._poses.keys() else 1.0
        self._poses = there
        low, high = points.min(0) - NEAR_M, points.max(0) + NEAR_M
        self._near = []
        for block in self.blocks:
            if block.body in there:
                foot, turn = there[block.body]
                middle = foot + turn @ block.middle_m
                if (middle + block.reach_m > low).all() and (middle - block.reach_m < high).all():
                    self._near.append(block)
        return moved

    def foot_m(self, name: str) -> Vector | None:
        """Where a body's foot was when it was posed; None once it is gone."""
        pose = self._poses.get(name)
        return None if pose is None else pose[0]

    def __call__(self, points: Vector, before: Vector) -> Vector:
        """Pushes drops out of everything."""
        now = points.copy()
        for block in self._near:
            self._meet(now, before, block)
        for one in self.wet:
            self._hold(now, one)
        if self.floor:
            low = now[:, 2] < self.clear_m
            now[low, 2] = self.clear_m
            now[low, :2] += GRIP * (before[low, :2] - now[low, :2])
        return now

    def _meet(self, now: Vector, before: Vector, block: Block) -> None:
        foot, turn = self._poses[block.body]
        middle = foot + turn @ block.middle_m
        near = np.flatnonzero((np.abs(now - middle) < block.reach_m + self.clear_m).all(axis=1))
        if not len(near):
            return
        deep, way = block.push((now[near] - foot) @ turn, self.clear_m)
        hit = deep > 0
        rows = near[hit]
        now[rows] += (deep[hit, None] * way[hit]) @ turn.T
        now[rows] += GRIP * (before[rows] - now[rows])

    def _hold(self, now: Vector, one: Wet) -> None:
        pose = self._poses.get(one.vessel.name)
        if pose is None:
            return
        foot, turn = pose
        reach = one.vessel.reach_m + one.vessel.rim_m[1] + 4 * self.clear_m
        near = np.flatnonzero((np.abs(now - foot) < reach).all(axis=1) | one.inside & one.below)
        if len(near):
            local = (now[near] - foot) @ turn
            now[near] += one.push(local, near, self.clear_m) @ turn.T


def _pose(world: World, name: str) -> tuple[Vector, Vector] | None:
    """A body's foot and its axes; None once it is gone."""
    body = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, name)
    if body < 0:
        return None
    site = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_SITE, name)
    foot = world.data.site_xpos[site] if site >= 0 else world.data.xpos[body]
    return foot.copy(), world.data.xmat[body].reshape(3, 3).copy()
