"""Birds in clay. In: a `Fowl`. Out: `Lump`s by what they are: coat, wings, tail, legs, beak, eyes."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np

from flow_nb.engines.stage.creatures.fowl import LEGS, SIDES, Fowl
from flow_nb.engines.stage.creatures.heads import ball
from flow_nb.engines.stage.creatures.wings import folded, spread, tail
from flow_nb.engines.stage.figures.clay import Blob, Clay, Lump, cut
from flow_nb.engines.stage.picture import Singles


def modelled(fowl: Fowl, step_m: float) -> dict[str, list[Lump]]:
    """Everything that a bird consists of."""
    flock, unit = fowl.flock, fowl.unit_m
    fine = min(step_m, 0.06 * unit)
    found = {
        "coat": [_coat(fowl).mesh(step_m)],
        "tail": [tail(fowl).mesh(fine)],
        "fold": [folded(fowl, side, sign).mesh(fine) for side, sign in SIDES if not flock.flipper],
        "wing": [spread(fowl, side, sign).mesh(fine) for side, sign in SIDES],
        "skin": [_leg(fowl, leg).mesh(min(fine, 0.8 * flock.leg[1] * unit)) for leg in LEGS],
        "beak": [_beak(fowl).mesh(min(fine, 0.35 * flock.beak[1] * unit))],
    }
    if flock.comb:
        found["comb"] = [_comb(fowl).mesh(0.03 * unit)]
    found = {name: [_above(lump) for lump in made] for name, made in found.items() if made}
    return found | _eyes(fowl)


def _above(lump: Lump) -> Lump:
    """What would reach into the ground lies on it: a short-legged bird's feathers."""
    vertices = lump.vertices.copy()
    vertices[:, 2] = np.maximum(vertices[:, 2], np.float32(0.0005))
    return replace(lump, vertices=vertices)


def _coat(fowl: Fowl) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    deep, wide = flock.body
    spine = [(-0.40, 0.10, 0.30), (-0.14, 0.0, 0.86), (0.12, -0.03, 1.0), (0.30, 0.04, 0.80)]
    blobs = []
    for (a, u, r), (b, v, s) in itertools.pairwise(spine):
        for sign in (1.0, -1.0):
            off = sign * max(0.0, wide - deep) / 2
            blobs.append(
                Blob(
                    bone="trunk",
                    start_m=fowl.trunk(a, off, u * deep),
                    end_m=fowl.trunk(b, off, v * deep),
                    radius_m=r * deep / 2 * unit,
                    end_radius_m=s * deep / 2 * unit,
                    soft_m=0.06 * unit,
                )
            )
    _, _, low, high = flock.neck
    blobs.append(
        Blob(
            bone="neck",
            start_m=fowl.neck_m,
            end_m=fowl.head_m,
            radius_m=low * unit,
            end_radius_m=high * unit,
            soft_m=0.12 * unit,
        )
    )
    blobs.append(
        Blob(
            bone="head",
            start_m=fowl.head_m,
            axes_m=np.array([1.02, 0.96, 1.0]) * flock.head * unit,
            soft_m=0.05 * unit,
        )
    )
    if flock.tufts:
        for _, sign in SIDES:
            blobs.append(
                Blob(
                    bone="head",
                    start_m=fowl.face(0.1, sign * 0.5, 0.75),
                    end_m=fowl.face(-0.1, sign * 0.85, 1.45),
                    radius_m=0.07 * unit,
                    end_radius_m=0.012 * unit,
                    soft_m=0.05 * unit,
                )
            )
    for leg in LEGS:
        top, knee, *_ = fowl.legs_m[leg]
        blobs.append(
            Blob(
                bone=f"{leg}-1",
                start_m=top,
                end_m=knee,
                radius_m=0.10 * unit * min(1, 3 * flock.leg[0]),
                end_radius_m=0.075 * unit * min(1, 3 * flock.leg[0]),
                soft_m=0.06 * unit,
            )
        )
    return Clay(blobs=tuple(blobs), grip_m=0.06 * unit)


def _leg(fowl: Fowl, leg: str) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    _, knee, heel, end = fowl.legs_m[leg]
    thick, toe = flock.leg[1] * unit, flock.foot * unit
    blobs = [
        Blob(
            bone=f"{leg}-2",
            start_m=knee,
            end_m=heel,
            radius_m=1.1 * thick,
            end_radius_m=0.8 * thick,
            soft_m=thick,
        ),
        Blob(
            bone=f"{leg}-3",
            start_m=heel,
            end_m=end,
            radius_m=0.8 * thick,
            end_radius_m=0.8 * thick,
            soft_m=thick,
        ),
    ]
    low = np.array([0, 0, 0.62 * thick - end[2]])
    for turn in (-0.55, 0.0, 0.55, math.pi):
        way = np.array([math.cos(turn), math.sin(turn), 0]) * (toe if turn < 3 else 0.45 * toe)
        blobs.append(
            Blob(
                bone=f"{leg}-3",
                start_m=end + low,
                end_m=end + low + way,
                radius_m=0.75 * thick,
                end_radius_m=0.5 * thick,
                soft_m=(0.9 if flock.webbed else 0.3) * toe,
            )
        )
    if flock.webbed:
        for turn in (-0.3, 0.3):
            way = np.array([math.cos(turn), math.sin(turn), 0]) * 0.8 * toe
            blobs.append(
                Blob(
                    bone=f"{leg}-3",
                    start_m=end + low,
                    end_m=end + low + way,
                    radius_m=0.55 * thick,
                    soft_m=0.5 * toe,
                )
            )

    def carve(total: Singles, points: Singles) -> Singles:
        return cut(total, (0.0004 - points[:, 2]).astype(np.float32), 0.3 * thick)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=thick)


def _beak(fowl: Fowl) -> Clay:
    flock, unit = fowl.flock, fowl.unit_m
    long, thick, down = flock.beak
    turn = math.radians(down)
    way = np.array([math.cos(turn), 0.0, -math.sin(turn)]) * unit
    root = fowl.face(0.80, 0.0, -0.12)
    tip = root + long * way
    if flock.flat:
        bars = [
            Blob(
                bone="head",
                start_m=root + np.array([0, s * 0.35 * thick * unit, 0]),
                end_m=tip + np.array([0, s * 0.55 * thick * unit, 0]),
                radius_m=0.55 * thick * unit,
                end_radius_m=0.38 * thick * unit,
                soft_m=0.8 * thick * unit,
            )
            for _, s in SIDES
        ]
        return Clay(blobs=tuple(bars))
    end = 0.12 * thick
    blobs = [
        Blob(
            bone="head",
            start_m=root,
            end_m=root + 0.55 * (tip - root),
            radius_m=thick * unit,
            end_radius_m=0.72 * thick * unit,
        )
    ]
    last = tip - np.array([0, 0, 0.75 * thick * unit]) if flock.hook else tip
    blobs.append(
        Blob(
            bone="head",
            start_m=root + 0.55 * (tip - root),
            end_m=last,
            radius_m=0.72 * thick * unit,
            end_radius_m=end * unit,
            soft_m=0.4 * thick * unit,
        )
    )
    return Clay(blobs=tuple(blobs))


def _comb(fowl: Fowl) -> Clay:
    size = fowl.flock.head * fowl.unit_m
    blobs = [
        Blob(
            bone="head",
            start_m=fowl.face(x, 0, z),
            axes_m=np.array([0.30, 0.12, 0.42]) * size,
            soft_m=0.1 * size,
        )
        for x, z in ((0.45, 1.02), (0.05, 1.18), (-0.35, 1.05))
    ]
    blobs.append(
        Blob(
            bone="head",
            start_m=fowl.face(0.85, 0, -0.75),
            axes_m=np.array([0.18, 0.14, 0.42]) * size,
            soft_m=0.02 * size,
        )
    )
    return Clay(blobs=tuple(blobs))


def _eyes(fowl: Fowl) -> dict[str, list[Lump]]:
    flock = fowl.flock
    size = flock.eye * fowl.unit_m
    found: dict[str, list[Lump]] = {"eye": [], "iris": [], "glint": [], "disc": []}
    for _, sign in SIDES:
        at = fowl.eye_m(sign)
        out = (
            np.array([0.80, sign * 0.55, 0.1]) if flock.disc else np.array([0.50, sign * 0.84, 0.2])
        )
        out /= np.linalg.norm(out)
        found["eye"].append(ball("head", at, size))
        if flock.iris:
            found["iris"].append(ball("head", at + 0.30 * size * out, 0.82 * size))
            found["eye"].append(ball("head", at + 0.60 * size * out, 0.56 * size))
        glint = out + np.array([0.15, 0, 0.35])
        found["glint"].append(
            ball("head", at + 0.95 * size * glint / np.linalg.norm(glint), 0.17 * size)
        )
        if flock.disc:
            wide = Blob(
                bone="head", start_m=at - 0.75 * size * out, axes_m=np.array([0.9, 1.9, 2.1]) * size
            )
            found["disc"].append(Clay(blobs=(wide,)).mesh(0.45 * size))
    return {name: made for name, made in found.items() if made}
