"""Flesh. In: a `Build`. Out: `Clay` of head and neck, of arms, legs and hands."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.figures.build import SIDES, Build
from flow_nb.engines.stage.figures.clay import Blob, Clay, cut
from flow_nb.engines.stage.picture import Singles

EYE_AT = (0.152, -0.258, 0.515)
EYE_RADIUS = 0.108
"""The left eyeball in the head's coordinates."""


def head(build: Build) -> Clay:
    """Head, ears, nose and neck, with hollows for the eyes."""
    at, unit, traits = build.face, build.head_m, build.traits
    jaw, nose = traits.jaw, traits.nose
    blobs = [
        _egg(build, (0, 0.03, 0.625), (0.365, 0.40, 0.365), 0.0),
        _egg(build, (0, -0.07, 0.40), (0.285 * jaw, 0.285, 0.26), 0.16),
        _egg(build, (0, -0.20, 0.235), (0.135 * jaw, 0.125, 0.10), 0.14),
    ]
    for _, side in SIDES:
        blobs.append(_egg(build, (side * 0.185, -0.240, 0.368), (0.105, 0.095, 0.10), 0.10))
        blobs.append(_egg(build, (side * 0.355, 0.05, 0.475), (0.045, 0.095 * traits.ears,
                                                              0.125 * traits.ears), 0.035))  # fmt: skip
    blobs += [
        Blob(bone="head", start_m=at(0, -0.345, 0.50), end_m=at(0, -0.385 - 0.05 * nose, 0.405),
             radius_m=0.036 * unit, end_radius_m=(0.036 + 0.022 * nose) * unit, soft_m=0.06 * unit),
        *(_egg(build, (side * 0.046 * nose**0.5, -0.365 - 0.045 * nose, 0.388),
               (0.034, 0.036, 0.027), 0.03) for _, side in SIDES),
        Blob(bone="chest", start_m=(0, 0, build.joint("chest")[2] + 0.17 * build.height),
             end_m=at(0, 0.02, 0.06), radius_m=0.040 * build.height, end_radius_m=0.145 * unit,
             soft_m=0.03 * unit),
        Blob(bone="head", start_m=at(0, 0.02, 0.04), end_m=at(0, 0.0, 0.22),
             radius_m=0.14 * unit, soft_m=0.05 * unit),
    ]  # fmt: skip

    def sockets(total: Singles, points: Singles) -> Singles:
        for _, side in SIDES:
            x, y, z = EYE_AT
            hollow = _egg(build, (side * x, y - 0.115, z + 0.020), (0.118, 0.115, 0.094), 0.0)
            total = cut(total, -hollow.distance(points), 0.045 * unit)
            shell = _egg(build, (side * 0.402, 0.03, 0.49), (0.024, 0.050, 0.072), 0.0)
            total = cut(total, -shell.distance(points), 0.022 * unit)
        return total

    return Clay(blobs=tuple(blobs), carve=sockets, grip_m=0.03 * unit)


def arm(build: Build, side: str, *, bare: float = 0.0) -> Clay:
    """An arm from the share ``bare`` of the upper arm on, down to the wrist."""
    upper, fore = f"upper-arm-{side}", f"forearm-{side}"
    start = build.joint(upper) * (1 - bare) + build.end(upper) * bare
    wrist = build.end(fore)
    return Clay(
        blobs=(
            Blob(bone=upper, start_m=start, end_m=build.end(upper),
                 radius_m=build.thick(upper) * 0.92, end_radius_m=build.thick(upper) * 0.84),
            Blob(bone=fore, start_m=build.joint(fore), end_m=wrist,
                 radius_m=build.thick(fore), end_radius_m=build.thick(fore) * 0.74, soft_m=0.01),
        ),
        grip_m=0.012 * build.height,
    )  # fmt: skip


def leg(build: Build, side: str) -> Clay:
    """A leg from the hip to the ankle."""
    thigh, shin = f"thigh-{side}", f"shin-{side}"
    return Clay(
        blobs=(
            Blob(bone=thigh, start_m=build.joint(thigh), end_m=build.end(thigh),
                 radius_m=build.thick(thigh), end_radius_m=build.thick(shin)),
            Blob(bone=shin, start_m=build.joint(shin), end_m=build.end(shin),
                 radius_m=build.thick(shin), end_radius_m=build.thick(shin) * 0.68, soft_m=0.015),
        ),
        grip_m=0.012 * build.height,
    )  # fmt: skip


def hand(build: Build, side: str) -> Clay:
    """Palm, three fingers and a thumb, a little curled; the thumb looks ahead, the palm inwards."""
    bone, fore = f"hand-{side}", f"forearm-{side}"
    inwards = -1.0 if side == "left" else 1.0
    wrist, tip = build.joint(bone), build.end(bone)
    length = float(np.linalg.norm(tip - wrist))

    def at(down: float, ahead: float, inner: float = 0.0) -> Singles:
        offset = np.array([inner * inwards, -ahead, 0.0]) * length
        return np.asarray(wrist + (tip - wrist) * down + offset, np.float32)

    blobs = [
        Blob(bone=bone, start_m=at(0.40, 0.02), axes_m=np.array([0.15, 0.255, 0.36]) * length),
        Blob(bone=fore, start_m=build.joint(fore) * 0.25 + wrist * 0.75, end_m=at(0.05, 0),
             radius_m=build.thick(fore) * 0.82, end_radius_m=0.17 * length, soft_m=0.12 * length),
    ]  # fmt: skip
    for ahead, reach in ((-0.17, 1.02), (0.02, 1.12), (0.20, 1.04)):
        knuckle, bend = at(0.62, ahead, 0.0), at(0.86, ahead * 1.12, 0.03)
        blobs.append(Blob(bone=f"fingers-{side}", start_m=knuckle, end_m=bend, radius_m=0.105 * length,
                          end_radius_m=0.098 * length, soft_m=0.05 * length))  # fmt: skip
        blobs.append(Blob(bone=f"tips-{side}", start_m=bend, end_m=at(reach, ahead * 1.1, 0.10),
                          radius_m=0.098 * length, end_radius_m=0.084 * length,
                          soft_m=0.02 * length))  # fmt: skip
    base, joint = at(0.28, 0.16, 0.04), at(0.52, 0.36, 0.12)
    blobs.append(Blob(bone=f"thumb-{side}", start_m=base, end_m=joint, radius_m=0.115 * length,
                      end_radius_m=0.102 * length, soft_m=0.10 * length))  # fmt: skip
    blobs.append(Blob(bone=f"thumb-{side}", start_m=joint, end_m=at(0.74, 0.41, 0.16),
                      radius_m=0.10 * length, end_radius_m=0.088 * length,
                      soft_m=0.03 * length))  # fmt: skip
    return Clay(blobs=tuple(blobs), grip_m=0.10 * length)


def _egg(
    build: Build, at: tuple[float, float, float], axes: tuple[float, float, float], soft: float
) -> Blob:
    unit = build.head_m
    return Blob(bone="head", start_m=build.face(*at), axes_m=np.array(axes) * unit,
                soft_m=soft * unit)  # fmt: skip
