"""Animals in clay. In: a `Frame`. Out: `Lump`s by what they are: the coat, hooves, eyes, horns, manes."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.creatures.bones import LEGS, TAIL, Frame
from flow_nb.engines.stage.creatures.headgear import ears, horns
from flow_nb.engines.stage.creatures.heads import (
    SIDES,
    Lumps,
    blob_at,
    eyes,
    head_blobs,
    mane,
    nose,
    tusk,
)
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Singles


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
        found["hoof"] = [
            _hoof(frame, leg).mesh(min(step_m, 0.16 * breed.foot[1] * unit)) for leg in LEGS
        ]
    if breed.mane:
        found["mane"] = [mane(frame, rng).mesh(step_m)]
    if breed.horns:
        found["horn"] = [clay.mesh(fine) for clay in horns(frame)]
    if breed.tuft:
        found["tuft"] = [blob_at(TAIL[2], frame.tail_m[3], breed.tuft * unit, fine, long=1.6)]
    if breed.nose:
        found["nose"] = nose(frame, fine)
    if breed.proboscis:
        found["tusk"] = [tusk(frame, sign).mesh(0.03 * unit) for _, sign in SIDES]
    if breed.udder:
        found["udder"] = [_udder(frame).mesh(step_m)]
    return found | eyes(frame)


def _coat(frame: Frame, rng: np.random.Generator) -> Clay:
    """Trunk, neck, head and legs in one piece."""
    breed, unit = frame.breed, frame.height_m
    blobs = [*_trunk(frame), *_neck(frame), *head_blobs(frame)]
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
        return cut(
            np.asarray(total, np.float32), (0.0008 - points[:, 2]).astype(np.float32), 0.008 * unit
        )

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.045 * unit)


def _trunk(frame: Frame) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    front, hind = breed.long / 2, -breed.long / 2
    (cd, cw), (bd, bw), (rd, rw) = breed.chest, breed.belly, breed.rump
    top = 1.0 + breed.back
    blobs = [
        _egg(
            "chest",
            unit,
            (front - 0.12 * breed.long - 0.04, 0, 1 - cd / 2),
            (0.30 * breed.long + 0.06, cw / 2, cd / 2),
        ),
        _egg(
            "pelvis",
            unit,
            (hind + 0.10 * breed.long, 0, top - rd / 2),
            (0.26 * breed.long + 0.05, rw / 2, rd / 2),
            0.08,
        ),
        _egg(
            "pelvis",
            unit,
            (-0.14 * breed.long, 0, 0.985 + breed.back / 2 - bd / 2),
            (0.30 * breed.long, bw / 2, bd / 2),
            0.14,
        ),
        _egg(
            "chest",
            unit,
            (0.08 * breed.long, 0, 0.985 + breed.back / 3 - (bd + cd) / 4),
            (0.30 * breed.long, (bw + cw) / 4, (bd + cd) / 4),
            0.14,
        ),
    ]
    for x, radius, high in breed.hump:
        blobs.append(
            _egg(
                "chest",
                unit,
                (x, 0, high - 0.1),
                (1.15 * radius, 0.75 * radius, 1.1 * radius),
                0.12,
            )
        )
    return blobs


def _neck(frame: Frame) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    _, _, low, high = breed.neck
    start = frame.neck_m - np.array([0.06 * unit, 0, 0.10 * low * unit])
    if not breed.swan:
        return [
            Blob(
                bone="neck",
                start_m=start,
                end_m=frame.head_m,
                radius_m=low * unit,
                end_radius_m=high * unit,
                soft_m=0.12 * unit,
            )
        ]
    way = frame.head_m - start
    bow = start + 0.45 * way + unit * np.array([0.09, 0, -0.10])
    middle = (low + high) / 2.1 * unit
    return [
        Blob(
            bone="neck",
            start_m=start,
            end_m=bow,
            radius_m=low * unit,
            end_radius_m=middle,
            soft_m=0.10 * unit,
        ),
        Blob(
            bone="neck",
            start_m=bow,
            end_m=frame.head_m,
            radius_m=middle,
            end_radius_m=high * unit,
            soft_m=0.05 * unit,
        ),
    ]


def _leg(frame: Frame, leg: str) -> list[Blob]:
    breed, unit = frame.breed, frame.height_m
    fore = leg.startswith("fore")
    top, knee, wrist, end = frame.legs_m[leg]
    high, middle, low = (value * unit for value in breed.thick)
    high *= 1.0 if fore else 1.35
    blobs = [
        Blob(
            bone=f"{leg}-1",
            start_m=top,
            end_m=knee,
            radius_m=1.15 * high,
            end_radius_m=0.95 * middle + 0.25 * high,
            soft_m=0.07 * unit,
        ),
        Blob(
            bone=f"{leg}-2",
            start_m=knee,
            end_m=wrist,
            radius_m=0.8 * middle + 0.3 * high,
            end_radius_m=1.06 * low,
            soft_m=0.03 * unit,
        ),
        Blob(
            bone=f"{leg}-3",
            start_m=wrist,
            end_m=end,
            radius_m=low,
            end_radius_m=low,
            soft_m=0.02 * unit,
        ),
    ]
    if not breed.hoof:
        long, wide, tall = (value * unit for value in breed.foot)
        at = np.array([end[0] + 0.22 * long, end[1], 0.46 * tall])
        blobs.append(
            Blob(
                bone=f"{leg}-3",
                start_m=at,
                axes_m=(long / 2, wide / 2, 0.56 * tall),
                soft_m=0.025 * unit,
            )
        )
    return blobs


def _hoof(frame: Frame, leg: str) -> Clay:
    unit = frame.height_m
    long, wide, tall = (value * unit for value in frame.breed.foot)
    _, _, _, end = frame.legs_m[leg]
    base = np.array([end[0] + 0.14 * long, end[1], 0.0])
    blob = Blob(
        bone=f"{leg}-3",
        start_m=base,
        end_m=(end[0], end[1], tall),
        radius_m=0.54 * wide,
        end_radius_m=0.40 * wide,
    )

    def carve(total: Singles, points: Singles) -> Singles:
        z = points[:, 2]
        return cut(
            cut(total, (0.0005 - z).astype(np.float32), 0.02 * wide),
            (z - tall).astype(np.float32),
            0.05 * wide,
        )

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
        Blob(
            bone=bone,
            start_m=points[i],
            end_m=points[i + 1],
            radius_m=float(radii[i]),
            end_radius_m=float(radii[i + 1]),
            soft_m=float(min(radii[i], radii[i + 1])),
        )
        for i, bone in enumerate(TAIL)
    ]
    return Clay(blobs=tuple(blobs), grip_m=0.03 * unit)


def _udder(frame: Frame) -> Clay:
    breed, unit = frame.breed, frame.height_m
    at = (-breed.long / 2 + 0.16, 0, 1 - breed.rump[0] - 0.01)
    return Clay(blobs=(_egg("pelvis", unit, at, (0.11, 0.09, 0.075)),))


def _egg(
    bone: str,
    unit: float,
    at: tuple[float, float, float],
    axes: tuple[float, float, float],
    soft: float = 0.02,
) -> Blob:
    return Blob(
        bone=bone, start_m=np.array(at) * unit, axes_m=np.array(axes) * unit, soft_m=soft * unit
    )
