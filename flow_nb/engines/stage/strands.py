"""Ropes and chains. In: a motion's strands. Out: `Pliant`s: a twisted tube, or links that lie across each
other by turns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.cords import ROPE
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Pliant, Singles, Skin
from flow_nb.plan.forms import Strand, at_time
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.sweeps import torus

SIDES, MOST_RINGS = 10, 240
IRON = Look(colour=srgb("#8b8f92"), roughness=0.32, metallic=0.95)
TWIST_PER_M = 26.0


def strands(plan: Plan, motion: Motion, times: Floats) -> tuple[Pliant, ...]:
    """All ropes and chains of a shot."""
    bodies = {body.name: body for body in plan.bodies}
    found = []
    for name, strand in motion.strands.items():
        body = bodies.get(name.split("/")[0])
        own = motion.index(name.split("/")[0])
        if body is not None and (body.prop == "chain" or "chain" in body.noun):
            found.append(Pliant(look=IRON, shape=Links(strand=strand, times=times), body=own))
            continue
        rope = Rope(strand=strand, times=times)
        dyed = body.colour if body is not None else None
        look = ROPE if dyed is None else Look(colour=srgb(dyed), texture="felt", texture_m=0.12)
        faces, places = rope.faces_and_places()
        found.append(Pliant(look=look, faces=faces, surface_m=places, shape=rope, body=own))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Rope:
    """A tube of three plies along the strand."""

    strand: Strand
    times: Floats

    @property
    def rings(self) -> int:
        """How many rings the tube has."""
        return min(MOST_RINGS, 4 * int(self.strand.points_m.shape[1]))

    def at(self, frame: int) -> Skin:
        """The tube along the curve through the points."""
        points = at_time(self.strand.points_m, float(self.times[frame])).astype(float)
        line, way = curve(points, self.rings)
        side, up = carried(way)
        length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
        along = np.linspace(0, length, self.rings)[:, None]
        turn = np.arange(SIDES) * (2 * math.pi / SIDES)
        ply = 1 + 0.10 * np.cos(3 * turn[None] + TWIST_PER_M * 2 * math.pi * along / 3)
        out = (
            np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * up[:, None]
        )
        vertices = line[:, None] + self.strand.radius_m * ply[..., None] * out
        return Skin(
            vertices.reshape(-1, 3).astype(np.float32), out.reshape(-1, 3).astype(np.float32)
        )

    def faces_and_places(self) -> tuple[NDArray[np.int32], Singles]:
        """Faces (m, 3) and places in the texture (n, 2)."""
        i, j = np.divmod(np.arange((self.rings - 1) * SIDES), SIDES)
        a, b = i * SIDES + j, i * SIDES + (j + 1) % SIDES
        faces = [np.stack([a, b, a + SIDES], 1), np.stack([b, b + SIDES, a + SIDES], 1)]
        length = float(np.linalg.norm(np.diff(self.strand.points_m[0], axis=0), axis=1).sum())
        ring, around = np.divmod(np.arange(self.rings * SIDES), SIDES)
        places = np.stack([around * self.strand.radius_m * 2 * math.pi / SIDES,
                           ring * length / (self.rings - 1)], axis=1)  # fmt: skip
        return np.concatenate(faces).astype(np.int32), places.astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Links:
    """Rings, long and narrow, each turned a quarter against the last."""

    strand: Strand
    times: Floats

    def at(self, frame: int) -> Skin:
        """All links where the strand is."""
        points = at_time(self.strand.points_m, float(self.times[frame])).astype(float)
        radius = self.strand.radius_m
        pitch = 3.0 * radius
        length = float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())
        count = int(np.clip(round(length / pitch), 2, 90))
        line, way = curve(points, count)
        side, up = carried(way)
        ring = torus(radius, 0.32 * radius, 0.0, turns=14)
        local = ring.vertices.astype(float) * np.array([1.75, 1.0, 1.0])
        frames = np.stack([way, side, up], axis=2)
        odd = np.arange(count) % 2 == 1
        frames[odd] = np.stack([way, up, -side], axis=2)[odd]
        vertices = np.einsum("nij,vj->nvi", frames, local) + line[:, None]
        flat = np.hypot(ring.vertices[:, 0], ring.vertices[:, 1])[:, None]
        core = ring.vertices * np.array([radius, radius, 0.0]) / np.maximum(flat, 1e-9)
        normal = (ring.vertices - core) / (0.32 * radius)
        normals = np.einsum("nij,vj->nvi", frames, normal)
        faces = ring.faces[None] + len(local) * np.arange(count)[:, None, None]
        return Skin(
            vertices.reshape(-1, 3).astype(np.float32), normals.reshape(-1, 3).astype(np.float32),
            faces.reshape(-1, 3).astype(np.int32),
        )  # fmt: skip


def curve(points: Floats, count: int) -> tuple[Floats, Floats]:
    """``count`` places evenly along the Catmull-Rom curve through points (n, 3), and the unit way
    there, both (count, 3)."""
    ends = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    share = np.linspace(0, len(points) - 1, max(count, 4 * len(points)))
    i = np.minimum(share.astype(int), len(points) - 2)
    t = (share - i)[:, None]
    a, b, c, d = (ends[i + k] for k in range(4))
    line = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                  + (3 * b - a - 3 * c + d) * t**3)  # fmt: skip
    far = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    even = np.linspace(0, far[-1], count)
    line = np.stack([np.interp(even, far, line[:, axis]) for axis in range(3)], axis=1)
    way = np.gradient(line, axis=0)
    return line, way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)


def carried(way: Floats) -> tuple[Floats, Floats]:
    """Two directions across each way, carried along without twist, both (n, 3)."""
    side = np.zeros_like(way)
    last = np.array([1.0, 0, 0]) if abs(way[0, 0]) < 0.9 else np.array([0, 1.0, 0])
    for i, ahead in enumerate(way):
        last = last - ahead * float(last @ ahead)
        last = last / max(float(np.linalg.norm(last)), 1e-9)
        side[i] = last
    return side, np.cross(way, side)
