"""Hair and beards. In: a `Build`, a style, a generator. Out: `Clay` that sits on the head."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.figures.build import Build
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Singles, Vec3

STYLES = ("short", "parted", "fringe", "bob", "long", "bun", "tail", "curls", "quiff", "wreath")

CURLS = 92

_HAIRLINE_Y = (-0.60, -0.36, -0.24, -0.12, -0.02, 0.06, 0.14, 0.30, 0.60)
_HAIRLINE_Z = {
    "open": (0.86, 0.83, 0.76, 0.60, 0.47, 0.46, 0.33, 0.24, 0.22),
    "low": (0.80, 0.77, 0.70, 0.50, 0.38, 0.34, 0.20, 0.14, 0.12),
    "wreath": (1.30, 1.30, 1.20, 0.66, 0.50, 0.45, 0.30, 0.24, 0.22),
}


def hair(build: Build, style: str, rng: np.random.Generator) -> Clay:
    """One of `STYLES`."""
    side = float(rng.choice([-1.0, 1.0]))
    blobs = [_egg(build, (0, 0.04, 0.645), (0.398, 0.432, 0.388), 0.0)]
    line = "open"
    if style == "wreath":
        line = "wreath"
        blobs = [_egg(build, (0, 0.06, 0.60), (0.40, 0.42, 0.34), 0.0)]
    elif style == "parted":
        blobs += [
            _bar(
                build, (0.14 * side, -0.22, 0.94), (-0.27 * side, -0.27, 0.85), 0.075, 0.095, 0.10
            ),
            _bar(build, (0.16 * side, -0.20, 0.94), (0.33 * side, -0.14, 0.77), 0.06, 0.06, 0.07),
            _egg(build, (0, 0.05, 0.72), (0.39, 0.42, 0.345), 0.08),
        ]
    elif style == "quiff":
        blobs += [
            _bar(build, (-0.16 * side, -0.27, 0.92), (0.16 * side, -0.27, 0.99), 0.10, 0.11, 0.12),
            _egg(build, (0, -0.05, 0.93), (0.30, 0.30, 0.14), 0.12),
        ]
    elif style == "fringe":
        blobs += [_bar(build, (-0.22, -0.29, 0.79), (0.22, -0.29, 0.79), 0.095, 0.095, 0.08)]
    elif style == "curls":
        blobs += _curls(build, rng)
    elif style in ("bob", "long"):
        line = "low"
        blobs += _falling(build, style == "long", side)
    elif style == "bun":
        blobs += [_egg(build, (0, 0.30, 0.97), (0.17, 0.16, 0.15), 0.04)]
    elif style == "tail":
        blobs += [
            _egg(build, (0, 0.44, 0.74), (0.075, 0.075, 0.085), 0.03),
            _bar(build, (0, 0.47, 0.70), (0, 0.60, 0.46), 0.08, 0.11, 0.03),
            _bar(build, (0, 0.60, 0.46), (0, 0.56, 0.08), 0.11, 0.035, 0.06),
        ]
    combed = 0.0 if style == "curls" else 1.0
    crown = (0.16 * side, -0.04) if style in ("parted", "bob", "long") else (0.03 * side, 0.12)

    def carve(total: Singles, points: Singles) -> Singles:
        local = build.local(points)
        x, y, z = local.T
        unit = np.float32(build.head_m)
        total = total + unit * combed * _locks(x - crown[0], y - crown[1], z)
        edge = np.interp(y, _HAIRLINE_Y, _HAIRLINE_Z[line]) + 0.012 * np.sin(40 * x + 30 * y)
        inside = np.abs(x) < 0.44
        keep = np.where(inside & (y < 0.36), edge - z, -0.3) * 0.75
        if style in ("bob", "long", "tail"):
            keep = (
                np.where((np.abs(x) > 0.30) & (y > -0.24), -0.3, keep) if style != "tail" else keep
            )
            keep = np.where(y > 0.20, -0.3, keep)
        return cut(total, (keep * unit).astype(np.float32), 0.02 * unit)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.10 * build.head_m)


def _locks(x: Singles, y: Singles, z: Singles) -> Singles:
    """How far locks stand back that fall from the crown to all sides, in head units; there, where they
    would be too narrow for a mesh, it is smooth."""
    turn, out = np.arctan2(x, y), np.hypot(x, y)
    bent = turn + 0.10 * np.sin(3 * turn + 4 * z) + 0.05 * np.sin(9 * z)
    fine = 0.3 * np.clip((z - 0.25) / 0.25, 0, 1)
    ridge = np.abs(np.sin(9 * bent)) ** 0.7 + fine * np.sin(31 * bent + 2 * z)
    return np.asarray(0.013 * (0.62 - ridge) * np.clip((out - 0.07) / 0.2, 0, 1), np.float32)


def beard(build: Build, long: bool) -> Clay:
    """A full beard with a moustache, open around the mouth."""
    low = -0.10 if long else 0.10
    blobs = [
        _egg(build, (0, -0.20, 0.20), (0.23, 0.19, 0.15), 0.0),
        _bar(build, (0, -0.25, 0.18), (0, -0.27, low), 0.17, 0.07, 0.06),
        _bar(build, (0.26, -0.10, 0.36), (0.15, -0.22, 0.19), 0.065, 0.09, 0.06),
        _bar(build, (-0.26, -0.10, 0.36), (-0.15, -0.22, 0.19), 0.065, 0.09, 0.06),
    ]

    def carve(total: Singles, points: Singles) -> Singles:
        local = build.local(points)
        x, _, z = local.T
        unit = np.float32(build.head_m)
        total = total + unit * 0.005 * np.sin(60 * x + 8 * z)
        hole = (np.sqrt((x / 1.7) ** 2 + (z - 0.265) ** 2) - 0.075) * unit
        return cut(total, -hole.astype(np.float32), 0.03 * unit)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.05)


def moustache(build: Build) -> Clay:
    """Two strokes under the nose."""
    blobs = []
    for side in (-1.0, 1.0):
        blobs.append(_bar(build, (0.01 * side, -0.375, 0.335), (0.12 * side, -0.345, 0.315),
                          0.034, 0.030, 0.02))  # fmt: skip
        blobs.append(_bar(build, (0.12 * side, -0.345, 0.315), (0.19 * side, -0.30, 0.345),
                          0.030, 0.010, 0.02))  # fmt: skip
    return Clay(blobs=tuple(blobs), grip_m=0.05)


def _falling(build: Build, long: bool, side: float) -> list[Blob]:
    """Locks that fall beside the face and down the back, from a parting at the ``side``."""
    low = -0.24 if long else 0.14
    blobs = [
        _egg(build, (0, 0.18, 0.47), (0.37, 0.27, 0.42), 0.10),
        _bar(build, (0.12 * side, -0.17, 0.925), (-0.27 * side, -0.235, 0.78), 0.07, 0.075, 0.12),
        _bar(build, (0.15 * side, -0.17, 0.915), (0.30 * side, -0.20, 0.75), 0.06, 0.06, 0.10),
    ]
    for sign in (-1.0, 1.0):
        blobs.append(_bar(build, (0.335 * sign, -0.09, 0.70), (0.365 * sign, -0.06, 0.42),
                          0.075, 0.072, 0.06))  # fmt: skip
        blobs.append(_bar(build, (0.365 * sign, -0.06, 0.42), (0.30 * sign, -0.075, low),
                          0.072, 0.028 if long else 0.06, 0.05))  # fmt: skip
        blobs.append(_bar(build, (0.33 * sign, 0.10, 0.50), (0.30 * sign, 0.14, low - 0.03),
                          0.12, 0.06 if long else 0.10, 0.06))  # fmt: skip
    if long:
        for sign in (-1.0, 0.0, 1.0):
            blobs.append(_bar(build, (0.13 * sign, 0.30, 0.40), (0.15 * sign, 0.30, -0.34),
                              0.20, 0.085, 0.06))  # fmt: skip
    else:
        blobs.append(_bar(build, (-0.16, 0.27, 0.24), (0.16, 0.27, 0.24), 0.15, 0.15, 0.08))
    return blobs


def _curls(build: Build, rng: np.random.Generator) -> list[Blob]:
    found = []
    for i in range(CURLS):
        height = 1 - 1.05 * (i + 0.5) / CURLS
        turn = i * 2.399963
        flat = float(np.sqrt(max(0.0, 1 - height**2)))
        at = np.array([flat * np.cos(turn), flat * np.sin(turn), height])
        place = np.array([0, 0.05, 0.63]) + at * np.array([0.40, 0.42, 0.38])
        place = place + at * float(rng.uniform(-0.02, 0.03))
        size = float(rng.uniform(0.058, 0.092))
        found.append(_egg(build, (place[0], place[1], place[2]), (size, size, size), 0.022))
    return found


def _egg(build: Build, at: Vec3, axes: Vec3, soft: float) -> Blob:
    unit = build.head_m
    return Blob(bone="head", start_m=build.face(*at), axes_m=np.array(axes) * unit,
                soft_m=soft * unit)  # fmt: skip


def _bar(build: Build, start: Vec3, end: Vec3, thick: float, last: float, soft: float) -> Blob:
    unit = build.head_m
    return Blob(bone="head", start_m=build.face(*start), end_m=build.face(*end),
                radius_m=thick * unit, end_radius_m=last * unit, soft_m=soft * unit)  # fmt: skip
