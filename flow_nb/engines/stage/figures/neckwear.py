"""What is worn about the neck. In: a `Build`. Out: `Clay` of a scarf, a hood that lies on the back, a shirt's
front.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from flow_nb.engines.stage.figures import garments
from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Singles

TURNS = 12


def scarf(build: Build) -> Clay:
    """A thick ring about the neck, one end of which falls down the chest."""
    h, neck = build.height, float(build.joint("head")[2])
    ring = []
    for i in range(TURNS + 1):
        turn = math.tau * i / TURNS
        ring.append(
            (
                0.056 * h * math.sin(turn),
                -0.002 * h - 0.056 * h * math.cos(turn),
                neck - 0.006 * h + 0.010 * h * math.cos(turn + 2.6),
            )
        )
    blobs = [
        Blob(bone="chest", start_m=a, end_m=b, radius_m=0.024 * h, soft_m=0.012 * h)
        for a, b in itertools.pairwise(ring)
    ]
    front = garments.top(build, hem=0.5)
    low = neck - 0.185 * h

    def carve(total: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        ribs = 0.0022 * h * np.sin(2.4 * math.pi * (x + 0.6 * z) / (0.016 * h))
        shell = np.abs(front.distance(points) - 0.010 * h) - 0.011 * h
        panel = np.maximum.reduce([np.abs(x + 0.030 * h) - 0.024 * h, low - z, z - neck, y])
        hanging = cut(shell.astype(np.float32), panel.astype(np.float32), 0.006 * h)
        return np.asarray(np.minimum(total, hanging) + ribs, np.float32)

    ends = Blob(
        bone="chest",
        start_m=(-0.03 * h, -0.09 * h, neck),
        end_m=(-0.03 * h, -0.10 * h, low),
        radius_m=0.02 * h,
    )
    body = Clay(blobs=tuple(blobs))
    return Clay(
        blobs=(*blobs, ends),
        carve=lambda _, points: carve(body.distance(points), points),
        grip_m=0.03 * h,
    )


def hood(build: Build) -> Clay:
    """A hood that is down: a roll from one collarbone round the nape to the other."""
    h, neck = build.height, float(build.joint("head")[2])
    blobs = []
    line = []
    for i in range(9):
        turn = math.pi * (i / 8 - 0.5)
        back = math.cos(turn)
        line.append(
            (
                0.070 * h * math.sin(turn),
                -0.030 * h + 0.092 * h * back,
                neck - 0.030 * h + 0.012 * h * back,
                (0.018 + 0.022 * back) * h,
            )
        )
    for (ax, ay, az, ar), (bx, by, bz, br) in itertools.pairwise(line):
        blobs.append(
            Blob(
                bone="chest",
                start_m=(ax, ay, az),
                end_m=(bx, by, bz),
                radius_m=ar,
                end_radius_m=br,
                soft_m=0.015 * h,
            )
        )
    return Clay(blobs=tuple(blobs), grip_m=0.03 * h)


def shirtfront(build: Build) -> Clay:
    """What a suit shows of the shirt: a wedge down to the button, and the collar."""
    h, chest = build.height, float(build.end("chest")[2])
    front = garments.top(build, hem=0.5)
    low = chest - 0.150 * h

    def carve(_: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        shell = np.abs(front.distance(points) - 0.0005 * h) - 0.0062 * h
        rise = np.clip((z - low) / (chest - low), 0, 1.25)
        panel = np.maximum.reduce(
            [np.abs(x) - 0.047 * h * rise, low - z, z - chest - 0.016 * h, y - 0.01 * h]
        )
        return cut(shell.astype(np.float32), panel.astype(np.float32), 0.003 * h)

    return Clay(blobs=front.blobs, carve=carve, grip_m=0.02 * h)
