"""What animals carry on their heads. In: a `Frame`. Out: `Clay` for ears, antlers and horns."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.creatures.bones import Frame
from flow_nb.engines.stage.figures.clay import Blob, Clay
from flow_nb.engines.stage.picture import Floats, Singles

SIDES = (("left", 1.0), ("right", -1.0))
_WAYS = {
    "point": (-0.10, 0.34, 1.0), "round": (0.0, 0.5, 0.8), "long": (-0.40, 0.30, 1.0),
    "hang": (-0.05, 0.62, -0.9), "leaf": (-0.25, 1.0, 0.25), "fan": (-0.9, 0.75, -0.15),
}  # fmt: skip
"""Which way an ear grows: back (below 0), out, up."""


def ear_root_m(frame: Frame, sign: float) -> Floats:
    """Where an ear is fixed to the head."""
    _, _, out, up = frame.breed.ears
    long = frame.breed.head[0]
    return frame.face(0.16 * long, sign * out, up)


def ears(frame: Frame) -> list[Clay]:
    """Both ears, each on its own bone."""
    breed, unit = frame.breed, frame.height_m
    long, wide, *_ = breed.ears
    found = []
    for side, sign in SIDES:
        back, out, up = _WAYS[breed.ear]
        way = back * frame.ahead + up * frame.above + np.array([0, sign * out, 0])
        way = way / np.linalg.norm(way)
        root = ear_root_m(frame, sign)
        tip = root + long * unit * way
        front = frame.ahead + 0.55 * sign * np.array([0, 1.0, 0])
        if breed.ear in ("hang", "fan"):
            front = np.array([0.25, sign, 0.15]) if breed.ear == "hang" else np.array([0.75, sign * 0.65, 0.1])
        found.append(_leaf(f"ear-{side}", root, tip, wide * unit, front, breed.ear))
    return found


def _leaf(bone: str, root: Floats, tip: Floats, wide: float, front: Floats, kind: str) -> Clay:
    """A blade, flat towards ``front``: pointed, or round; hollowed on that side."""
    way = tip - root
    long = float(np.linalg.norm(way))
    along = way / long
    front = front - along * (front @ along)
    front = front / np.linalg.norm(front)
    across = np.cross(along, front)
    middle = {"point": 0.30, "round": 0.50, "long": 0.55, "hang": 0.60, "leaf": 0.50, "fan": 0.55}
    blob = Blob(bone=bone, start_m=root, end_m=tip, radius_m=0.75 * max(wide, 0.5 * long))
    top = middle[kind]

    def carve(_: Singles, points: Singles) -> Singles:
        local = points - root.astype(np.float32)
        u = local @ along.astype(np.float32) / long
        v = local @ across.astype(np.float32)
        w = local @ front.astype(np.float32)
        share = np.clip(u, -0.2, 1.05)
        if kind == "point":
            outline = 0.5 * wide * np.minimum(1.0, 1.16 * np.clip(1 - share, 0, 1) ** 0.85)
        else:
            rise = np.clip((share + 0.2) / (top + 0.2), 0, 1)
            fall = np.clip((1 - share) / (1 - top), 0, 1)
            outline = 0.5 * wide * np.sqrt(np.clip(np.where(share < top, 0.35 + 0.65 * rise**2, fall * (2 - fall)), 0, 1))
        thick = 0.10 * wide + 0.004 * long
        hollow = w + 0.16 * wide * (1 - (v / np.maximum(outline, 0.02 * wide)) ** 2)
        edge = np.maximum(np.abs(v) - outline, np.maximum(-0.12 - u, u - 1.0) * long)
        sheet = np.abs(hollow) - thick
        outside = np.hypot(np.maximum(edge + 0.06 * wide, 0), np.maximum(sheet + 0.06 * wide, 0))
        inside = np.minimum(np.maximum(edge, sheet) + 0.06 * wide, 0)
        return np.asarray(outside + inside - 0.06 * wide, np.float32)

    return Clay(blobs=(blob,), carve=carve, grip_m=0.01)


def horns(frame: Frame) -> list[Clay]:
    """What the breed has; the spiral stands alone in the middle of the forehead."""
    breed, unit = frame.breed, frame.height_m
    long, wide, _ = breed.head
    if breed.horns == "spiral":
        root, tip = frame.face(0.34 * long, 0, 0.40 * wide), frame.face(0.60 * long, 0, 0.40 * wide + 0.34)
        return [_bar([(root, 0.026 * unit), (tip, 0.004 * unit)])]
    found = []
    for _, sign in SIDES:
        def at(x: float, y: float, z: float, sign: float = sign) -> Floats:
            level = np.array([x, sign * y, z]) * unit
            return np.asarray(frame.face(0.16 * long, sign * 0.16 * wide, 0.40 * wide) + level)

        if breed.horns == "antlers":
            found += _antler(at, unit)
        elif breed.horns == "nubs":
            found.append(_bar([(at(0, 0, -0.01), 0.013 * unit), (at(-0.01, 0.005, 0.055), 0.010 * unit), (at(-0.01, 0.006, 0.065), 0.017 * unit)]))
        elif breed.horns == "straight":
            found.append(_bar([(at(0, 0.03, 0), 0.034 * unit), (at(0, 0.13, 0.03), 0.028 * unit), (at(0.02, 0.17, 0.13), 0.009 * unit)]))
        else:
            line = [(0, 0, -0.02, 0.034), (-0.05, 0.02, 0.12, 0.031), (-0.16, 0.05, 0.19, 0.026), (-0.27, 0.09, 0.15, 0.018), (-0.32, 0.12, 0.05, 0.007)]
            found.append(_bar([(at(x, y, z), r * unit) for x, y, z, r in line]))
    return found


def _antler(at: object, unit: float) -> list[Clay]:
    beam = [(0, 0, -0.02, 0.021), (-0.05, 0.07, 0.14, 0.019), (-0.07, 0.19, 0.28, 0.017), (0.0, 0.26, 0.42, 0.014), (0.09, 0.24, 0.52, 0.006)]
    tines = [
        [(-0.01, 0.02, 0.05, 0.015), (0.10, 0.04, 0.10, 0.012), (0.15, 0.05, 0.17, 0.004)],
        [(-0.07, 0.17, 0.26, 0.015), (0.05, 0.20, 0.33, 0.010), (0.08, 0.20, 0.40, 0.004)],
        [(-0.01, 0.25, 0.40, 0.013), (-0.07, 0.31, 0.50, 0.004)],
    ]
    return [
        _bar([(at(x, y, z), r * unit) for x, y, z, r in line])  # type: ignore[operator]
        for line in (beam, *tines)
    ]


def _bar(line: list[tuple[Floats, float]]) -> Clay:
    blobs = [
        Blob(bone="head", start_m=a, end_m=b, radius_m=r, end_radius_m=s, soft_m=min(r, s))
        for (a, r), (b, s) in zip(line, line[1:], strict=False)
    ]
    return Clay(blobs=tuple(blobs))
