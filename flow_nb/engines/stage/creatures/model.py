"""Animals in clay. In: a `Frame`. Out: `Lump`s by what they are: the coat, hooves, eyes, horns, manes."""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.creatures.bones import LEGS, TAIL, Frame
from flow_nb.engines.stage.creatures.headgear import ears, horns
from flow_nb.engines.stage.figures.clay import Blob, Clay, Lump, cut
from flow_nb.engines.stage.picture import Floats, Singles

SIDES = (("left", 1.0), ("right", -1.0))
Lumps = dict[str, list[Lump]]


def modelled(frame: Frame, step_m: float, rng: np.random.Generator) -> Lumps:
    """Everything that an animal consists of, with vertices about ``step_m`` apart."""
    breed, unit = frame.breed, frame.height_m
    found: Lumps = {"coat": [_coat(frame, rng).mesh(step_m)], "tail": [_tail(frame).mesh(step_m)]}
    fine = min(step_m, 0.012 * unit)
    found["coat" if breed.ear != "fan" else "ear"] = [
        *found.get("coat" if breed.ear != "fan" else "ear", []),
        *(clay.mesh(min(step_m, 0.2 * breed.ears[1] * unit)) for clay in ears(frame)),
    ]
    if breed.hoof:
        found["hoof"] = [_hoof(frame, leg).mesh(min(step_m, 0.16 * breed.foot[1] * unit)) for leg in LEGS]
    if breed.mane:
        found["mane"] = [_mane(frame, rng).mesh(step_m)]
    if breed.horns:
        found["horn"] = [clay.mesh(fine) for clay in horns(frame)]
    if breed.tuft:
        found["tuft"] = [_blob_at(TAIL[2], frame.tail_m[3], breed.tuft * unit, fine, long=1.6)]
    if breed.nose:
        found["nose"] = _nose(frame, fine)
    if breed.proboscis:
        found["tusk"] = [_tusk(frame, sign).mesh(0.03 * unit) for _, sign in SIDES]
    if breed.udder:
        found["udder"] = [_udder(frame).mesh(step_m)]
    return found | _eyes(frame)


def eye_m(frame: Frame, sign: float) -> Floats:
    """The middle of an eye: on the skull's side, where the muzzle begins."""
    breed = frame.breed
    long, wide, _ = breed.head
    ahead = 0.40 if breed.ear == "point" and wide > 0.7 * long else 0.34
    return frame.face(0.10 * long + ahead * long, sign * (0.5 * wide - 0.35 * breed.eye) * 0.78,
                      0.22 * wide)  # fmt: skip


def _coat(frame: Frame, rng: np.random.Generator) -> Clay:
    """Trunk, neck, head and legs in one piece."""
    breed, unit = frame.breed, frame.height_m
    blobs = [*_trunk(frame), *_neck(frame), *_head(frame)]
    for leg in LEGS:
        blobs += _leg(frame, leg)
    wool, waves = breed.wool * unit, rng.uniform(0, 6.28, 3)

    def carve(total: Singles, points: Singles) -> Singles:
        if wool:
            x, y, z = (points / np.float32(0.075 * unit)).T
            curls = np.sin(x + waves[0]) * np.sin(y + waves[1]) * np.sin(z + waves[2])
            on = np.clip((points[:, 2] - 0.30 * unit) / (0.1 * unit), 0, 1)
            on = on * np.clip((frame.head_m[0] - points[:, 0]) / (0.1 * unit) + 0.3, 0, 1)
            total = total - np.float32(wool) * on * (0.5 + curls)
        return cut(np.asarray(total, np.float32), (0.0008 - points[:, 2]).astype(np.float32), 0.008 * unit)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.045 * unit)


def _trunk(frame: Frame) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    front, hind = breed.long / 2, -breed.long / 2
    (cd, cw), (bd, bw), (rd, rw) = breed.chest, breed.belly, breed.rump
    top = 1.0 + breed.back
    blobs = [
        _egg("chest", unit, (front - 0.12 * breed.long - 0.04, 0, 1 - cd / 2), (0.30 * breed.long + 0.06, cw / 2, cd / 2)),
        _egg("pelvis", unit, (hind + 0.10 * breed.long, 0, top - rd / 2), (0.26 * breed.long + 0.05, rw / 2, rd / 2), 0.08),
        _egg("pelvis", unit, (-0.14 * breed.long, 0, 0.985 + breed.back / 2 - bd / 2), (0.30 * breed.long, bw / 2, bd / 2), 0.14),
        _egg("chest", unit, (0.08 * breed.long, 0, 0.985 + breed.back / 3 - (bd + cd) / 4), (0.30 * breed.long, (bw + cw) / 4, (bd + cd) / 4), 0.14),
    ]  # fmt: skip
    for x, radius, high in breed.hump:
        blobs.append(_egg("chest", unit, (x, 0, high - 0.1), (1.15 * radius, 0.75 * radius, 1.1 * radius), 0.12))
    return blobs


def _neck(frame: Frame) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    _, _, low, high = breed.neck
    start = frame.neck_m - np.array([0.06 * unit, 0, 0.10 * low * unit])
    if not breed.swan:
        return [Blob(bone="neck", start_m=start, end_m=frame.head_m, radius_m=low * unit,
                     end_radius_m=high * unit, soft_m=0.12 * unit)]  # fmt: skip
    way = frame.head_m - start
    bow = start + 0.45 * way + unit * np.array([0.09, 0, -0.10])
    middle = (low + high) / 2.1 * unit
    return [
        Blob(bone="neck", start_m=start, end_m=bow, radius_m=low * unit, end_radius_m=middle, soft_m=0.10 * unit),
        Blob(bone="neck", start_m=bow, end_m=frame.head_m, radius_m=middle, end_radius_m=high * unit, soft_m=0.05 * unit),
    ]  # fmt: skip


def _head(frame: Frame) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    long, wide, _ = breed.head
    root, tip = breed.muzzle
    skull = wide / 2
    face = frame.face
    stop = 0.50 * long
    blobs = [
        Blob(bone="head", start_m=face(0.16 * long, 0, 0.05 * wide), end_m=face(0.34 * long, 0, 0.06 * wide),
             radius_m=0.90 * skull * unit, end_radius_m=0.86 * skull * unit, soft_m=0.05 * unit),
        Blob(bone="head", start_m=face(stop - 0.1 * long, 0, -0.16 * wide), end_m=face(long - tip, 0, -0.20 * wide),
             radius_m=1.05 * root * unit, end_radius_m=tip * unit, soft_m=0.6 * root * unit),
    ]  # fmt: skip
    for _, sign in SIDES:
        blobs.append(Blob(bone="head", start_m=face(0.30 * long, sign * 0.42 * skull, -0.20 * wide),
                          axes_m=np.array([0.20 * long, 0.52 * skull, 0.62 * skull]) * unit,
                          soft_m=0.06 * unit))  # fmt: skip
    if breed.proboscis:
        blobs += _proboscis(frame)
    if breed.beard:
        blobs.append(Blob(bone="head", start_m=face(0.72 * long, 0, -0.5 * wide), end_m=face(0.66 * long, 0, -1.0 * wide),
                          radius_m=0.04 * unit, end_radius_m=0.012 * unit, soft_m=0.02 * unit))  # fmt: skip
    return blobs


def _proboscis(frame: Frame) -> list[Blob]:
    unit, long = frame.height_m, frame.breed.head[0]
    start = frame.face(0.75 * long, 0, -0.06)
    line = [start, start + unit * np.array([0.10, 0, -0.24]), start + unit * np.array([0.10, 0, -0.52])]
    line += [np.array([start[0] + 0.17 * unit, 0, 0.07 * unit + 0.04 * unit])]
    radii = np.array([0.105, 0.082, 0.062, 0.045]) * unit
    return [
        Blob(bone="head", start_m=line[i], end_m=line[i + 1], radius_m=float(radii[i]),
             end_radius_m=float(radii[i + 1]), soft_m=0.05 * unit)
        for i in range(3)
    ]  # fmt: skip


def _tusk(frame: Frame, sign: float) -> Clay:
    long, wide, _ = frame.breed.head
    line = [frame.face(x * long, sign * y * wide, z * wide) for x, y, z in ((0.7, 0.26, -0.40), (1.0, 0.36, -0.78), (1.32, 0.34, -0.76))]
    return Clay(blobs=tuple(
        Blob(bone="head", start_m=line[i], end_m=line[i + 1], radius_m=r * frame.height_m, end_radius_m=s * frame.height_m, soft_m=0.02)
        for i, (r, s) in enumerate(((0.034, 0.028), (0.028, 0.008)))
    ))  # fmt: skip


def _leg(frame: Frame, leg: str) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    fore = leg.startswith("fore")
    top, knee, wrist, end = frame.legs_m[leg]
    high, middle, low = (value * unit for value in breed.thick)
    high *= 1.0 if fore else 1.35
    blobs = [
        Blob(bone=f"{leg}-1", start_m=top, end_m=knee, radius_m=1.15 * high, end_radius_m=0.95 * middle + 0.25 * high, soft_m=0.07 * unit),
        Blob(bone=f"{leg}-2", start_m=knee, end_m=wrist, radius_m=0.8 * middle + 0.3 * high, end_radius_m=1.06 * low, soft_m=0.03 * unit),
        Blob(bone=f"{leg}-3", start_m=wrist, end_m=end, radius_m=low, end_radius_m=low, soft_m=0.02 * unit),
    ]  # fmt: skip
    if not breed.hoof:
        long, wide, tall = (value * unit for value in breed.foot)
        at = np.array([end[0] + 0.22 * long, end[1], 0.46 * tall])
        blobs.append(Blob(bone=f"{leg}-3", start_m=at, axes_m=(long / 2, wide / 2, 0.56 * tall), soft_m=0.025 * unit))
    return blobs


def _hoof(frame: Frame, leg: str) -> Clay:
    unit = frame.height_m
    long, wide, tall = (value * unit for value in frame.breed.foot)
    _, _, _, end = frame.legs_m[leg]
    base = np.array([end[0] + 0.14 * long, end[1], 0.0])
    blob = Blob(bone=f"{leg}-3", start_m=base, end_m=(end[0], end[1], tall), radius_m=0.54 * wide,
                end_radius_m=0.40 * wide)  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        z = points[:, 2]
        return cut(cut(total, (0.0005 - z).astype(np.float32), 0.02 * wide), (z - tall).astype(np.float32), 0.05 * wide)

    return Clay(blobs=(blob,), carve=carve, grip_m=0.01)


def _tail(frame: Frame) -> Clay:
    unit = frame.height_m
    _, start, end, _, _ = frame.breed.tail
    radii = np.linspace(start, end, 4) * unit
    if end > start:  # a brush is thickest before its tip
        radii = np.array([start, 0.5 * (start + end), end, 0.32 * end]) * unit
    points = frame.tail_m
    inside = points[0] + unit * np.array([0.05, 0, -0.01])
    blobs = [Blob(bone="pelvis", start_m=inside, end_m=points[0], radius_m=float(radii[0]))]
    blobs += [
        Blob(bone=bone, start_m=points[i], end_m=points[i + 1], radius_m=float(radii[i]),
             end_radius_m=float(radii[i + 1]), soft_m=float(min(radii[i], radii[i + 1])))
        for i, bone in enumerate(TAIL)
    ]  # fmt: skip
    return Clay(blobs=tuple(blobs), grip_m=0.03 * unit)


def _mane(frame: Frame, rng: np.random.Generator) -> Clay:
    """A ruff around the neck, or a crest along it."""
    breed, unit = frame.breed, frame.height_m
    thick, down, over = breed.mane
    start, end = frame.neck_m, frame.head_m
    blobs = []
    if breed.mane_kind == "ruff":
        long, wide, _ = breed.head
        for i in range(44):
            ring, turn = i // 11, math.tau * (i % 11) / 11 + 0.28 * (i // 11)
            middle = frame.face((0.30 - 0.16 * ring) * long, 0, 0.0) - unit * np.array([0.0, 0, 0.045 * ring])
            out = math.sin(turn) * np.array([0, 1.0, 0]) + math.cos(turn) * frame.above
            reach = (thick - 0.02 * ring) * unit * (1 + 0.12 * rng.uniform(-1, 1))
            root = middle + 0.40 * wide * unit * out
            tip = middle + reach * out - unit * np.array([0.05 + 0.03 * ring, 0, 0.03])
            blobs.append(Blob(bone="head" if ring < 2 else "neck", start_m=root, end_m=tip, radius_m=0.085 * unit,
                              end_radius_m=0.036 * unit, soft_m=0.06 * unit))  # fmt: skip
        return Clay(blobs=tuple(blobs), grip_m=0.08 * unit)
    way = end - start
    side = np.array([-way[2], 0, way[0]]) / np.linalg.norm(way)
    for i in range(9):
        share = 1 - down * i / 8
        radius = breed.neck[2] + (breed.neck[3] - breed.neck[2]) * share
        root = start + share * way + side * (radius * 0.92) * unit
        sway = 0.25 * thick * unit * (1 if i % 2 else -1)
        blobs.append(Blob(bone="neck", start_m=root, end_m=root + np.array([-0.02 * unit, 0.5 * thick * unit + sway, -0.03 * unit]),
                          radius_m=thick * unit, end_radius_m=0.8 * thick * unit, soft_m=0.03 * unit))  # fmt: skip
    if over:
        wide = breed.head[1]
        blobs.append(Blob(bone="head", start_m=frame.face(0.04, 0, 0.48 * wide), end_m=frame.face(0.04 + over, 0, 0.50 * wide),
                          radius_m=0.8 * thick * unit, end_radius_m=0.35 * thick * unit, soft_m=0.03 * unit))  # fmt: skip
    return Clay(blobs=tuple(blobs), grip_m=0.06 * unit)


def _nose(frame: Frame, step_m: float) -> list[Lump]:
    breed, unit = frame.breed, frame.height_m
    long, wide, _ = breed.head
    tip = breed.muzzle[1]
    if breed.snout:
        at, end = frame.face(long - 0.7 * tip, 0, -0.20 * wide), frame.face(long + 0.35 * tip, 0, -0.20 * wide)
        disc = Blob(bone="head", start_m=at, end_m=end, radius_m=0.92 * tip * unit, end_radius_m=0.86 * tip * unit)
        return [Clay(blobs=(disc,)).mesh(step_m)]
    size = (0.30 if breed.hoof or breed.swan else 0.42) * tip * unit
    if breed.hoof or breed.swan:
        return [_blob_at("head", frame.face(long - 0.30 * tip, s * 0.55 * tip, -0.20 * wide + 0.42 * tip), size, step_m)
                for _, s in SIDES]  # fmt: skip
    at = frame.face(long - 0.10 * tip, 0, -0.20 * wide + 0.52 * tip)
    blob = Blob(bone="head", start_m=at, axes_m=(size, 1.3 * size, 0.9 * size))
    return [Clay(blobs=(blob,)).mesh(0.35 * size)]


def _eyes(frame: Frame) -> Lumps:
    """Glossy beads with an iris where the breed has one, a glint, and a lid that closes over each."""
    breed, unit = frame.breed, frame.height_m
    size = breed.eye * unit
    found: Lumps = {"eye": [], "iris": [], "glint": [], "lid": []}
    for side, sign in SIDES:
        at = eye_m(frame, sign)
        out = frame.ahead * 0.62 + np.array([0, sign * 0.74, 0]) + 0.12 * frame.above
        out /= np.linalg.norm(out)
        found["eye"].append(ball("head", at, size))
        if breed.iris:
            found["iris"].append(ball("head", at + 0.30 * size * out, 0.80 * size))
            found["eye"].append(ball("head", at + 0.62 * size * out, 0.52 * size))
        glint = out + 0.35 * frame.above + 0.2 * frame.ahead
        found["glint"].append(ball("head", at + 0.93 * size * glint / np.linalg.norm(glint), 0.17 * size))
        found["lid"].append(_lid(frame, f"lid-{side}", at, 1.13 * size))
    return found


def _lid(frame: Frame, bone: str, at: Floats, radius: float) -> Lump:
    """Half a ball whose edge stands above the eye; turned about the head's own width it shuts."""
    up = (0.80 * frame.above - 0.60 * frame.ahead).astype(np.float32)
    whole = ball(bone, at, radius)
    keep = (whole.vertices - at.astype(np.float32)) @ up > 0.02 * radius
    return Lump(
        vertices=whole.vertices, normals=whole.normals, faces=whole.faces[keep[whole.faces].all(1)],
        bones=whole.bones, weights=whole.weights,
    )  # fmt: skip


def _udder(frame: Frame) -> Clay:
    breed, unit = frame.breed, frame.height_m
    at = (-breed.long / 2 + 0.16, 0, 1 - breed.rump[0] - 0.01)
    return Clay(blobs=(_egg("pelvis", unit, at, (0.11, 0.09, 0.075)),))


def _egg(bone: str, unit: float, at: tuple[float, float, float], axes: tuple[float, float, float], soft: float = 0.02) -> Blob:  # fmt: skip
    return Blob(bone=bone, start_m=np.array(at) * unit, axes_m=np.array(axes) * unit, soft_m=soft * unit)


def _blob_at(bone: str, at: Floats, radius: float, step_m: float, long: float = 1.0) -> Lump:
    blob = Blob(bone=bone, start_m=at, axes_m=(radius, radius, long * radius))
    return Clay(blobs=(blob,)).mesh(min(step_m, 0.4 * radius))


def ball(bone: str, at: Floats, radius: float, *, rings: int = 10) -> Lump:
    """A smooth ball, finer than clay would make it."""
    turns = 2 * rings
    down = np.repeat(np.linspace(0, math.pi, rings + 1)[1:-1], turns)
    turn = np.tile(np.arange(turns) * (math.tau / turns), rings - 1)
    ring = np.stack([np.sin(down) * np.cos(turn), np.sin(down) * np.sin(turn), np.cos(down)], 1)
    normals = np.concatenate([ring, [[0, 0, 1.0], [0, 0, -1.0]]]).astype(np.float32)
    j, k = np.arange(turns), (np.arange(turns) + 1) % turns
    top, low, last = len(ring), len(ring) + 1, (rings - 2) * turns
    faces = [np.stack([np.full(turns, top), j, k], 1), np.stack([last + k, last + j, np.full(turns, low)], 1)]
    for row in range(rings - 2):
        a, b = row * turns, (row + 1) * turns
        faces += [np.stack([a + j, b + j, a + k], 1), np.stack([a + k, b + j, b + k], 1)]
    return Lump(
        vertices=(at + radius * normals).astype(np.float32), normals=normals,
        faces=np.concatenate(faces).astype(np.int32), bones=(bone,),
        weights=np.ones((len(normals), 1), np.float32),
    )  # fmt: skip
