"""How clothes end at the neck. In: a `Build`. Out: `Clay` of a ribbed band, a rolled one, a folded collar, the
lapels of a coat. All lie about the neck at the same slope: lower in front.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

import numpy as np

from flow_nb.engines.stage.figures import garments
from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Singles

TURNS = 14
WIDE, DEEP, SLOPE, AT = 0.0405, 0.0425, 0.30, 0.021
"""Half axes of the ring about the neck, how much lower it is in front, how high above the chest's end its
middle lies: shares of the figure's height."""


def crew(build: Build) -> Clay:
    """A ribbed band: jumpers, vests, dresses."""
    return _ring(build, thick=0.0078, high=0.0)


def rolled(build: Build) -> Clay:
    """A soft thick roll."""
    return _ring(build, thick=0.0125, high=0.007)


def folded(build: Build) -> Clay:
    """A shirt's collar: a band about the neck, folded down to two points in front."""
    h, top = build.height, float(build.end("chest")[2]) + (AT + 0.014) * build.height

    def carve(_: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        back = np.clip(-y / (0.05 * h), -1, 1)
        down = top - z + SLOPE * 0.7 * np.minimum(y, 0)
        far = np.hypot(x, y * np.float32(WIDE / DEEP)) - (0.0395 * h + 0.42 * down)
        shell = np.abs(far) * 0.92 - 0.0034 * h
        apart = 0.003 * h + 0.55 * down - np.abs(x)
        edge = down - 0.027 * h - 0.013 * h * np.maximum(back, 0)
        keep = np.maximum.reduce([-down, edge, np.where(y < 0, apart, -1.0)])
        return cut(shell.astype(np.float32), keep.astype(np.float32), 0.003 * h)

    reach = Blob(
        bone="chest", start_m=(0, 0, top - 0.03 * h), axes_m=(0.07 * h, 0.08 * h, 0.06 * h)
    )
    return Clay(blobs=(reach,), carve=carve, grip_m=0.02 * h)


def lapels(loose: float = 1.0) -> Callable[[Build], Clay]:
    """The turned edges of a suit (or of a coat, that is ``loose``) along the opening over a shirt."""

    def make(build: Build) -> Clay:
        h, chest = build.height, float(build.end("chest")[2])
        front = garments.top(build, hem=0.5, loose=loose)
        low, high = chest - 0.155 * h, chest + 0.022 * h

        def carve(_: Singles, points: Singles) -> Singles:
            x, y, z = points.T
            far = front.distance(points)
            rise = np.clip((z - low) / (chest - low), 0, 1.2)
            inner = 0.043 * h * np.minimum(rise, 1)
            wide = 0.032 * h * np.minimum(rise / 0.6, 1) * np.clip((1.25 - rise) / 0.45, 0, 1)
            notch = np.abs(z - chest + 0.032 * h) - 0.0035 * h
            notch = np.maximum(notch, inner + 0.45 * wide - np.abs(x))
            side = np.maximum(np.abs(x) - inner - wide, inner - np.abs(x))
            keep = np.maximum.reduce([side, low - z, z - high, -notch, y - 0.02 * h])
            shell = np.abs(far - 0.0060 * h) - 0.0056 * h
            return cut(shell.astype(np.float32), keep.astype(np.float32), 0.003 * h)

        return Clay(blobs=front.blobs, carve=carve, grip_m=0.02 * h)

    return make


def _ring(build: Build, *, thick: float, high: float) -> Clay:
    h, chest = build.height, float(build.end("chest")[2])
    line = []
    for i in range(TURNS + 1):
        turn = math.tau * i / TURNS
        y = -DEEP * h * math.cos(turn)
        line.append((WIDE * h * math.sin(turn), y, chest + (AT + high) * h + SLOPE * y * 0.7))
    blobs = tuple(
        Blob(bone="chest", start_m=a, end_m=b, radius_m=thick * h, soft_m=0.004 * h)
        for a, b in itertools.pairwise(line)
    )

    def carve(total: Singles, points: Singles) -> Singles:
        turn = np.arctan2(points[:, 0], -points[:, 1])
        return np.asarray(total + 0.0007 * h * np.sin(44 * turn), np.float32)

    return Clay(blobs=blobs, carve=carve, grip_m=0.02 * h)


COLLARS: Mapping[str, Callable[[Build], Clay]] = {
    "crew": crew, "rolled": rolled, "collar": folded, "shirt collar": folded,
    "lapels": lapels(), "coat lapels": lapels(1.08),
}  # fmt: skip
_WORN: Mapping[str, tuple[str, ...]] = {
    "suit": ("shirtfront", "shirt collar", "lapels"),
    "coat": ("crew", "coat lapels"),
    "shirt": ("collar",),
    "jacket": ("collar",),
    "overall": ("collar",),
    "robe": ("rolled",),
    "sweater": ("rolled",),
    "armour": ("rolled",),
}


def worn_with(top: str, hat: str) -> tuple[str, ...]:
    """The names of what a top has at its neck; a space suit's ring is its helmet's."""
    return () if hat == "space" else _WORN.get(top, ("crew",))
