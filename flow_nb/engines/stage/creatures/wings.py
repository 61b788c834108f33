"""Wings and tails in clay. In: a `Fowl`. Out: `Clay` of flat blades with feathered edges."""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.creatures.fowl import Fowl
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Floats, Singles


def _blade(
    bones: list[tuple[str, Floats, Floats]],
    way: Floats,
    flat: Floats,
    wide: float,
    tip: float,
    thick: float,
) -> Clay:
    """A flat blade along the bones, ``wide`` at its root and ``tip`` of that at its end; feathers notch its
    rear edge, which lies towards ``way``."""
    start, end = bones[0][1], bones[-1][2]
    along = end - start
    long = float(np.linalg.norm(along))
    along = along / long
    blobs = tuple(Blob(bone=bone, start_m=a, end_m=b, radius_m=1.1 * wide) for bone, a, b in bones)

    def carve(_: Singles, points: Singles) -> Singles:
        local = points - start.astype(np.float32)
        u = local @ along.astype(np.float32) / long
        v, w = local @ way.astype(np.float32), local @ flat.astype(np.float32)
        share = np.clip(u, 0, 1)
        rear = wide * (1 - (1 - tip) * share**1.6) * np.sqrt(np.clip(1.04 - share**6, 0, 1))
        rear = rear * (0.93 + 0.07 * np.abs(np.cos(math.pi * 5 * share)))
        front = -0.16 * wide * np.sqrt(np.clip(1 - share**3, 0, 1))
        edge = np.maximum.reduce([v - rear, front - v, -u * long - 0.02 * long, (u - 1) * long])
        camber = w + 0.10 * wide * (np.clip(v / wide, 0, 1)) ** 2
        body = thick * (1 - 0.55 * np.clip(v / wide, 0, 1)) * (1 - 0.4 * share)
        return cut(edge.astype(np.float32), (np.abs(camber) - body).astype(np.float32), 0.6 * thick)

    return Clay(blobs=blobs, carve=carve, grip_m=0.12 * long)


def spread(fowl: Fowl, side: str, sign: float) -> Clay:
    """A wing as it is in the air, on two bones; a flipper, which hangs."""
    flock, unit = fowl.flock, fowl.unit_m
    long, wide = (value * unit for value in flock.wing)
    root = fowl.shoulder_m(sign)
    if flock.flipper:
        way = -0.06 * fowl.above * 0 + np.array([-0.10, 0.30 * sign, -0.95])
        way = way / np.linalg.norm(way)
        end = root + long * way
        back = np.array([-1.0, 0, 0.05])
        return _blade(
            [(f"wing-{side}", root, end)], back, np.cross(way, back), wide, 0.5, 0.10 * wide
        )
    out = np.array([0.10, sign, 0.06])
    out = out / np.linalg.norm(out)
    elbow, end = root + 0.45 * long * out, root + long * out
    bones = [(f"wing-{side}", root, elbow), (f"hand-{side}", elbow, end)]
    return _blade(
        bones, np.array([-1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]), wide, 0.45, 0.045 * unit
    )


def folded(fowl: Fowl, side: str, sign: float) -> Clay:
    """A wing at rest along the trunk."""
    flock, unit = fowl.flock, fowl.unit_m
    deep, wide = flock.body
    root = fowl.trunk(0.30, sign * 0.47 * wide, 0.16 * deep)
    end = fowl.trunk(-0.52, sign * 0.20 * wide, 0.10 * deep)
    along = (end - root) / np.linalg.norm(end - root)
    down = -fowl.above - along * (-fowl.above @ along)
    flat = np.cross(along, down)
    return _blade(
        [(f"fold-{side}", root, end)],
        down / np.linalg.norm(down),
        flat * sign,
        0.36 * deep * unit,
        0.35,
        0.05 * unit,
    )


def tail(fowl: Fowl) -> Clay:
    """A fan of feathers behind."""
    flock, unit = fowl.flock, fowl.unit_m
    long, wide, up = flock.tail
    turn = math.radians(up)
    way = np.array([-math.cos(turn), 0.0, math.sin(turn)])
    start = fowl.tail_m - 0.10 * unit * way
    end = fowl.tail_m + long * unit * way
    flat = np.array([math.sin(turn), 0.0, math.cos(turn)])
    blob = Blob(bone="tail", start_m=start, end_m=end, radius_m=wide * flock.fan * unit)
    reach = float(np.linalg.norm(end - start))

    def carve(_: Singles, points: Singles) -> Singles:
        local = points - start.astype(np.float32)
        u = local @ way.astype(np.float32) / reach
        v, w = local[:, 1], local @ flat.astype(np.float32)
        share = np.clip(u, 0, 1)
        half = (
            wide
            * unit
            / 2
            * (0.55 + (flock.fan * 1.1 - 0.55) * share)
            * np.sqrt(np.clip(1.05 - share**5, 0, 1))
        )
        edge = np.maximum.reduce(
            [np.abs(v) - half, -u * reach, (u - 0.97 - 0.03 * np.cos(7 * v / half)) * reach]
        )
        return cut(
            edge.astype(np.float32),
            (np.abs(w) - 0.035 * unit * (1 - 0.4 * share)).astype(np.float32),
            0.02 * unit,
        )

    return Clay(blobs=(blob,), carve=carve, grip_m=0.05)
