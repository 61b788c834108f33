"""Features. In: a `Build`, a `Mood`, the head's clay. Out: eyes, lids and brows as `Lump`s.

They follow bones that no skeleton has: ``eye-left`` turns with the gaze, ``lid-left`` and
``under-left`` close over it, ``brow-left`` rises. `pose` moves them.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.figures.anatomy import EYE_AT, EYE_RADIUS
from flow_nb.engines.stage.figures.build import SIDES, Build
from flow_nb.engines.stage.figures.clay import Clay, Lump
from flow_nb.engines.stage.figures.moods import Mood
from flow_nb.engines.stage.figures.tubes import on_face, tube
from flow_nb.engines.stage.picture import Singles
from flow_nb.engines.stage.solids import boxed
from flow_nb.plan.motion import Mesh

IRIS_DEG, PUPIL_DEG, RING_DEG = 31.0, 15.5, 34.0
LID_OPEN_DEG, LID_SHUT_DEG, UNDER_DEG = 29.0, -16.0, -34.0
"""How high the edge of the upper lid stands before the eye, open and shut, and that of the lower."""
SPARKS = ((13.0, 15.0, 6.0), (-11.0, -13.0, 2.6))
"""Lights that mirror in an eye: how far up and to the figure's left, and half their width, degrees."""


def eye_at(build: Build, sign: float) -> Singles:
    """The middle of an eyeball in metres."""
    x, y, z = EYE_AT
    return np.asarray(build.face(sign * x, y, z), np.float32)


def eyes(build: Build) -> dict[str, list[Lump]]:
    """The balls, irises with a dark ring and pupils of both eyes, and the light in them."""
    radius = EYE_RADIUS * build.head_m * build.traits.eyes
    parts: dict[str, list[Lump]] = {"eye": [], "ring": [], "iris": [], "pupil": [], "spark": []}
    for side, sign in SIDES:
        bone, at = f"eye-{side}", eye_at(build, sign)
        parts["eye"].append(_dome(bone, at, radius, 150, 90))
        parts["ring"].append(_dome(bone, at, radius * 1.008, RING_DEG, 90))
        parts["iris"].append(_dome(bone, at, radius * 1.014, IRIS_DEG, 90))
        parts["pupil"].append(_dome(bone, at, radius * 1.024, PUPIL_DEG, 90))
        for up_deg, aside_deg, half_deg in SPARKS:
            parts["spark"].append(_dome(bone, at, radius * 1.034, half_deg, 90 + up_deg, aside_deg))
    return parts


def lids(build: Build) -> dict[str, list[Lump]]:
    """Upper and lower lids, and the dark line of the lashes."""
    radius = EYE_RADIUS * build.head_m * build.traits.eyes
    parts: dict[str, list[Lump]] = {"lid": [], "lash": []}
    wide = 86.0
    for side, sign in SIDES:
        at = eye_at(build, sign)
        upper, under = f"lid-{side}", f"under-{side}"
        parts["lid"].append(_dome(upper, at, radius * 1.13, wide, 90 + LID_OPEN_DEG + wide))
        parts["lid"].append(_dome(under, at, radius * 1.055, wide, 90 + UNDER_DEG - wide))
        parts["lash"].append(
            _rim(upper, at, radius * 1.10, wide, radius * 0.05, 90 + LID_OPEN_DEG + wide)
        )
    return parts


def brows(build: Build, mood: Mood, head: Clay) -> list[Lump]:
    """Two tapered bars on the forehead, bent by the mood."""
    lumps = []
    unit = build.head_m
    for side, sign in SIDES:
        share = np.linspace(0, 1, 7)
        x = sign * (0.075 + 0.185 * share)
        z = 0.695 + 0.035 * np.sin(math.pi * share) + 0.025 * mood.raised
        z = z + 0.075 * mood.worried * (0.5 - share)
        line = on_face(build, head, x, z, 0.004)
        thick = unit * 0.030 * build.traits.brows * (0.65 + 0.5 * np.sin(math.pi * share**0.7))
        lumps.append(tube(f"brow-{side}", line, thick * 0.8))
    return lumps


def _dome(
    bone: str, at: Singles, radius: float, half_deg: float, tilt_deg: float, aside_deg: float = 0.0
) -> Lump:
    """A part of a ball around ``at``, ``half_deg`` from its pole to its edge; the pole looks ahead,
    ``tilt_deg - 90`` above the horizon (90 straight ahead, 180 straight up) and ``aside_deg`` to the left."""
    rings, turns = max(3, round(half_deg / 9)), 28
    down = np.repeat(np.linspace(0, math.radians(half_deg), rings + 1)[1:], turns)
    turn = np.tile(np.arange(turns) * (2 * math.pi / turns), rings)
    around = np.stack([np.sin(down) * np.cos(turn), np.sin(down) * np.sin(turn), np.cos(down)], 1)
    cos, sin = math.cos(math.radians(aside_deg)), math.sin(math.radians(aside_deg))
    aside = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    normals = np.concatenate([[[0.0, 0.0, 1.0]], around]) @ _tilted(tilt_deg).T @ aside.T
    j, k = np.arange(turns), (np.arange(turns) + 1) % turns
    faces = [np.stack([np.zeros_like(j), 1 + j, 1 + k], 1)]
    for ring in range(rings - 1):
        a, b = 1 + ring * turns, 1 + (ring + 1) * turns
        faces += [np.stack([a + j, b + j, a + k], 1), np.stack([a + k, b + j, b + k], 1)]
    return Lump(
        vertices=(at + radius * normals).astype(np.float32), normals=normals.astype(np.float32),
        faces=np.concatenate(faces).astype(np.int32), bones=(bone,),
        weights=np.ones((len(normals), 1), np.float32),
    )  # fmt: skip


def _rim(
    bone: str, at: Singles, radius: float, half_deg: float, thick: float, tilt_deg: float
) -> Lump:
    """A ring where the edge of such a dome is, front half only."""
    turn, half = np.linspace(-math.pi * 0.42, math.pi * 0.42, 17), math.radians(half_deg)
    line = np.stack([radius * math.sin(half) * np.sin(turn),
                     -radius * math.sin(half) * np.cos(turn),
                     np.full_like(turn, radius * math.cos(half))], axis=1)  # fmt: skip
    line = line @ _tilted(tilt_deg).T + at
    return tube(bone, line.astype(np.float32), np.full(17, thick) * (0.4 + 0.6 * np.cos(turn)))


def _tilted(tilt_deg: float) -> Singles:
    """Turns z by ``tilt - 180`` about x: 180 leaves it up, 90 lays it ahead (-y)."""
    turn = math.radians(180 - tilt_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]], np.float32)


def hard(bone: str, mesh: Mesh, *, crease_deg: float = 36.0) -> Lump:
    """A solid with edges that follows one bone: every corner of a face is a vertex of its own."""
    solid = boxed(mesh, crease_deg=crease_deg)
    vertices = solid.vertices[solid.faces].reshape(-1, 3)
    return Lump(
        vertices=vertices, normals=solid.normals.reshape(-1, 3),
        faces=np.arange(len(vertices), dtype=np.int32).reshape(-1, 3), bones=(bone,),
        weights=np.ones((len(vertices), 1), np.float32),
    )  # fmt: skip
