"""Clothes. In: a `Build` and a cut. Out: `Clay` that lies over the flesh, with hems and collars."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from flow_nb.engines.stage.figures.build import SIDES, Build
from flow_nb.engines.stage.figures.clay import Blob, Carve, Clay, Lump, cut, melted
from flow_nb.engines.stage.picture import Singles


def top(build: Build, *, hem: float = 0.50, flare: float = 1.0, loose: float = 1.0) -> Clay:
    """A sweater, a shirt, a coat without its sleeves: ``hem`` is the height at which it ends as a share
    of the figure's, ``flare`` how wide it is there."""
    h, stout = build.height, build.traits.stout * loose
    waist, chest = build.joint("chest")[2], build.end("chest")[2]
    ground = hem * _legs(build)
    blobs = [
        Blob(bone="chest", start_m=(0, 0.004 * h, chest - 0.095 * h),
             axes_m=(0.097 * h * stout, 0.076 * h * stout, 0.120 * h)),
        Blob(bone="pelvis", start_m=(0, 0, waist + 0.03 * h),
             end_m=(0, 0.002 * h, build.joint("pelvis")[2] + 0.01 * h),
             radius_m=0.071 * h * stout, end_radius_m=0.088 * h * stout * flare ** 0.5,
             soft_m=0.05 * h),
        Blob(bone="chest", start_m=(0, 0, chest - 0.03 * h), end_m=(0, 0.002, chest + 0.006 * h),
             radius_m=0.075 * h, end_radius_m=0.041 * h, soft_m=0.05 * h),
    ]  # fmt: skip
    if ground < build.joint("pelvis")[2] - 0.02 * h:
        blobs.append(
            Blob(bone="pelvis", start_m=(0, 0, build.joint("pelvis")[2]), end_m=(0, 0, ground),
                 radius_m=0.089 * h * stout, end_radius_m=0.094 * h * stout * flare,
                 soft_m=0.03 * h)
        )  # fmt: skip
    hip = float(build.joint("pelvis")[2])
    for side, sign in SIDES:
        blobs.append(
            Blob(bone="pelvis", start_m=(0.046 * h * sign, 0.002 * h, hip + 0.02 * h),
                 end_m=(0.048 * h * sign, 0.002 * h, min(ground, hip - 0.01 * h)),
                 radius_m=0.058 * h * build.traits.stout, soft_m=0.03 * h)
        )  # fmt: skip
        shoulder = build.joint(f"upper-arm-{side}")
        blobs.append(
            Blob(bone="chest", start_m=(0.024 * h * sign, 0.006 * h, chest - 0.016 * h),
                 end_m=shoulder + np.array([-0.008 * h * sign, 0, -0.013 * h]),
                 radius_m=0.031 * h, end_radius_m=0.0325 * h, soft_m=0.035 * h)
        )  # fmt: skip

    neck = chest + 0.022 * h

    def carve(total: Singles, points: Singles) -> Singles:
        y, z = points[:, 1], points[:, 2]
        total = cut(
            total + _folds(build, points), (z - neck - 0.21 * y).astype(np.float32), 0.004 * h
        )
        return cut(total, (ground - z).astype(np.float32), 0.012 * h)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.016 * h)


def _legs(build: Build) -> float:
    """A height told as a share of an adult's, on this figure's own legs."""
    return float(build.joint("pelvis")[2]) / 0.52


def sleeve(build: Build, side: str, much: float = 1.0) -> Clay:
    """A sleeve by itself, so that no cloth hangs between a raised arm and the flank: ``much`` 0 to 1 is
    how far it covers the arm."""
    h, upper, fore = build.height, f"upper-arm-{side}", f"forearm-{side}"
    shoulder, elbow, wrist = build.joint(upper), build.joint(fore), build.end(fore)
    room = 0.0065 * h
    share = min(1.0, much / 0.5)
    low = shoulder - np.array([0, 0, 0.012 * h], np.float32)
    blobs = [
        Blob(bone=upper, start_m=low, end_m=low + (elbow - low) * share,
             radius_m=build.thick(upper) + room * 0.1,
             end_radius_m=build.thick(upper) * (1 - 0.1 * share) + room, soft_m=0.02 * h)
    ]  # fmt: skip
    if much > 0.5:
        reach = (much - 0.5) / 0.5
        end = elbow + (wrist - elbow) * 0.92 * reach
        cuff = build.thick(fore) * (1 - 0.12 * reach) + room
        blobs.append(
            Blob(bone=fore, start_m=elbow, end_m=end, radius_m=build.thick(fore) + room * 1.1,
                 end_radius_m=cuff, soft_m=0.012 * h)
        )  # fmt: skip
        back = end - (wrist - elbow) * 0.07
        blobs.append(Blob(bone=fore, start_m=back, end_m=end, radius_m=cuff * 1.07,
                          soft_m=0.006 * h))  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        return np.asarray(total + _folds(build, points), np.float32)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.016 * h)


def trousers(build: Build, *, length: float = 1.0, wide: float = 1.0) -> Clay:
    """From the waist down to the share ``length`` of the leg; shorts are 0.45."""
    h = build.height
    blobs = [
        Blob(bone="pelvis", start_m=(0, 0.002 * h, build.joint("pelvis")[2] + 0.015 * h),
             axes_m=(0.086 * h * build.traits.stout, 0.070 * h * build.traits.stout, 0.072 * h)),
    ]  # fmt: skip
    for side, _ in SIDES:
        thigh, shin = f"thigh-{side}", f"shin-{side}"
        hip, knee, ankle = build.joint(thigh), build.joint(shin), build.end(shin)
        upper = min(1.0, length / 0.5)
        blobs.append(
            Blob(bone=thigh, start_m=hip, end_m=hip + (knee - hip) * upper,
                 radius_m=0.049 * h * build.traits.stout, end_radius_m=0.043 * h * wide,
                 soft_m=0.018 * h)
        )  # fmt: skip
        if length > 0.5:
            low = knee + (ankle - knee) * (length - 0.5) / 0.5
            blobs.append(
                Blob(bone=shin, start_m=knee, end_m=low, radius_m=0.042 * h * wide,
                     end_radius_m=0.037 * h * wide, soft_m=0.012 * h)
            )  # fmt: skip
    floor = 0.022 * h

    def carve(total: Singles, points: Singles) -> Singles:
        total = total + 0.6 * _folds(build, points)
        return cut(total, (floor - points[:, 2]).astype(np.float32), 0.006 * h)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.014 * h)


def skirt(build: Build, *, length: float = 0.45, flare: float = 1.0) -> Clay:
    """From the waist down the share ``length`` of the leg, in folds; it follows both thighs."""
    h, hip = build.height, float(build.joint("pelvis")[2])
    low = hip * (1 - length)
    wide = 0.088 * h + 0.12 * h * flare * length
    blobs = [
        Blob(bone="pelvis", start_m=(0, 0, hip + 0.055 * h), end_m=(0, 0, hip - 0.02 * h),
             radius_m=0.074 * h * build.traits.stout, end_radius_m=0.094 * h, soft_m=0.03 * h),
    ]  # fmt: skip
    for side, sign in SIDES:
        blobs.append(
            Blob(bone=f"thigh-{side}", start_m=(0.02 * h * sign, 0, hip - 0.03 * h),
                 end_m=(0.028 * h * sign, 0, low), radius_m=0.085 * h, end_radius_m=wide,
                 soft_m=0.04 * h)
        )  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        fall = np.clip((hip - z) / (hip - low), 0, 1)
        total = total + 0.010 * h * fall * np.sin(11 * np.arctan2(y, x))
        total = cut(total, (low - z).astype(np.float32), 0.008 * h)
        return np.asarray(total, np.float32)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.05 * h)


def boots(build: Build, side: str, *, shaft: float = 0.12) -> Clay:
    """A boot (``shaft`` high, as a share of the figure) or a shoe, flat on the floor."""
    h, foot, shin = build.height, f"foot-{side}", f"shin-{side}"
    ankle, toe = build.joint(foot), build.end(foot)
    knee = build.joint(shin)
    up = ankle + (knee - ankle) * min(0.9, shaft * h / float(np.linalg.norm(knee - ankle)))
    heel = np.array([ankle[0], ankle[1] + 0.022 * h, 0.022 * h])
    ball = np.array([toe[0], toe[1] + 0.030 * h, 0.020 * h])
    blobs = [
        Blob(bone=foot, start_m=heel, end_m=ball, radius_m=0.030 * h, end_radius_m=0.034 * h),
        Blob(bone=foot, start_m=ball, axes_m=(0.036 * h, 0.040 * h, 0.029 * h), soft_m=0.02 * h),
        Blob(bone=foot, start_m=ankle, end_m=heel * 0.5 + ball * 0.5 + np.array([0, 0, 0.01 * h]),
             radius_m=0.031 * h, end_radius_m=0.030 * h, soft_m=0.03 * h),
        Blob(bone=shin, start_m=up, end_m=ankle + np.array([0, 0.004 * h, 0]),
             radius_m=0.045 * h if shaft > 0.06 else 0.032 * h, end_radius_m=0.033 * h,
             soft_m=0.02 * h),
    ]  # fmt: skip
    if shaft > 0.06:
        blobs.append(Blob(bone=shin, start_m=up, end_m=up - np.array([0, 0, 0.008 * h]),
                          radius_m=0.048 * h, soft_m=0.004 * h))  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        z = points[:, 2]
        sole = np.sqrt(np.maximum(total + 0.004 * h, 0) ** 2 + (z - 0.008 * h) ** 2)
        welt = np.where(total < -0.004 * h, np.abs(z - 0.008 * h), sole) - 0.008 * h
        total = melted(total, welt.astype(np.float32), 0.003 * h)
        above = cut(total, (0.0005 - z).astype(np.float32), 0.004 * h)
        return cut(above, (z - up[2] - 0.012 * h).astype(np.float32), 0.006 * h)

    return Clay(blobs=tuple(blobs), carve=carve, grip_m=0.010 * h)


def belt(build: Build) -> Clay:
    """A band around the waist."""
    h = build.height
    waist = float(build.joint("pelvis")[2]) + 0.055 * h
    size = 0.083 * h * build.traits.stout
    return Clay(
        blobs=(
            Blob(bone="pelvis", start_m=(0, 0.001, waist), axes_m=(size * 1.08, size, 0.08 * h)),
        ),
        carve=_band(waist, 0.010 * h),
        grip_m=0.01,
    )


def apron(build: Build) -> Clay:
    """A bib and a front that hangs down to the knees."""
    h, chest = build.height, float(build.end("chest")[2])
    low = float(build.joint("pelvis")[2]) * 0.62
    front = top(build, hem=low / _legs(build) / 1.0, flare=1.06)
    bib: Callable[[Singles], Singles] = front.distance

    def carve(_: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        shell = np.abs(bib(points) - 0.005 * h) - 0.0075 * h
        waist = float(build.joint("chest")[2])
        wide = np.where(z > waist, 0.052 * h, 0.085 * h)
        panel = np.maximum.reduce([np.abs(x) - wide, low - z, z - chest + 0.05 * h, y + 0.01 * h])
        return cut(shell.astype(np.float32), panel.astype(np.float32), 0.004 * h)

    return Clay(blobs=front.blobs, carve=carve, grip_m=0.03 * h)


def cape(build: Build) -> Clay:
    """A cloak from the shoulders to the calves, open in front."""
    h, chest = build.height, float(build.end("chest")[2])
    low = 0.14 * h
    blobs = (
        Blob(bone="chest", start_m=(0, 0.02 * h, chest - 0.02 * h), end_m=(0, 0.055 * h, 0.45 * h),
             radius_m=0.112 * h, end_radius_m=0.145 * h),
        Blob(bone="pelvis", start_m=(0, 0.055 * h, 0.45 * h), end_m=(0, 0.085 * h, low),
             radius_m=0.145 * h, end_radius_m=0.18 * h, soft_m=0.02 * h),
    )  # fmt: skip

    def carve(total: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        fall = np.clip((chest - z) / chest, 0, 1)
        total = np.abs(total + 0.012 * h * fall * np.sin(9 * np.arctan2(y, x))) - 0.005 * h
        keep = np.maximum.reduce([low - z, 0.02 * h - y, z - chest - 0.02 * h])
        return cut(total.astype(np.float32), keep.astype(np.float32), 0.006 * h)

    return Clay(blobs=blobs, carve=carve, grip_m=0.06 * h)


def _band(middle: float, half: float) -> Carve:
    def carve(total: Singles, points: Singles) -> Singles:
        return cut(total, (np.abs(points[:, 2] - middle) - half).astype(np.float32), 0.004)

    return carve


def _folds(build: Build, points: Singles) -> Singles:
    """Soft creases: cloth that has been worn."""
    h = np.float32(build.height)
    x, y, z = points.T / h
    wave = np.sin(58 * z + 21 * x + 3 * np.sin(17 * y)) * np.sin(31 * y - 23 * x + 9 * z)
    return np.asarray(0.0016 * h * wave, np.float32)


def tie(build: Build) -> Clay:
    """A necktie down the chest."""
    h, chest = build.height, float(build.end("chest")[2])
    front = top(build, hem=0.5)
    low = chest - 0.15 * h

    def carve(_: Singles, points: Singles) -> Singles:
        x, y, z = points.T
        shell = np.abs(front.distance(points) - 0.004 * h) - 0.0075 * h
        fall = np.clip((chest - z) / (chest - low), 0, 1)
        wide = 0.008 * h + 0.010 * h * fall
        panel = np.maximum.reduce([np.abs(x) - wide, low - z + np.abs(x), z - chest, y])
        return cut(shell.astype(np.float32), panel.astype(np.float32), 0.003 * h)

    return Clay(blobs=front.blobs, carve=carve, grip_m=0.02 * h)


def buttons(build: Build) -> list[Lump]:
    """A row of beads down the front."""
    h, chest = build.height, float(build.end("chest")[2])
    front = top(build, hem=0.5)
    lumps = []
    for step in range(4):
        z = chest - (0.045 + 0.048 * step) * h
        point = np.array([[0.0, -0.3 * h, z]], np.float32)
        for _ in range(30):
            point[:, 1] += 0.9 * front.distance(point)
        size = 0.0075 * h
        bead = Blob(bone="chest" if z > build.joint("chest")[2] else "pelvis",
                    start_m=(0, float(point[0, 1]), z), axes_m=(size, size * 0.6, size))  # fmt: skip
        lumps.append(Clay(blobs=(bead,)).mesh(size * 0.35))
    return lumps
