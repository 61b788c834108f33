"""What surrounds a set. In: a painter that says how bright each direction is. Out: a `Sky`, with the
blurred levels that rough surfaces mirror and the nine numbers that matt ones take.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from flow_nb.engines.stage.picture import Floats, Singles, Sky, Vec3

SHARP_PX, SOURCE_PX = 128, 32
_ROUGH_PX = (32, 16, 8)

VIGNETTE = {"vignette.enabled": 1.0, "vignette.midpoint": 0.9}
"""How the lens darkens the corners, for a `Light`'s grade."""

Painter = Callable[[Singles], Singles]
"""Directions (..., 3), z up, to linear light (..., 3) in picture units."""


def surround(paint: Painter, *, side_px: int = SHARP_PX) -> Sky:
    """Paints a cube and blurs it by the lobes of ever rougher surfaces.

    The renderer mirrors level l of n at a perceptual roughness r with l / n = r (2 - r); the lobe is
    Trowbridge and Reitz' with width r^2, seen head on.
    """
    sharp = paint(directions(side_px)).astype(np.float32)
    levels = [sharp, _halved(sharp)]
    source = sharp
    while source.shape[1] > SOURCE_PX:
        source = _halved(source)
    count = 1 + len(_ROUGH_PX)
    for index, side in enumerate(_ROUGH_PX, start=2):
        rough = 1 - math.sqrt(1 - index / count)
        levels.append(_lobes(source, side, rough**2))
    return Sky(levels=tuple(levels), harmonics=_harmonics(source))


def backdrop(paint: Painter, *, side_px: int = 512) -> Sky:
    """A cube that is only looked at."""
    return looked_at(paint(directions(side_px)).astype(np.float32))


def looked_at(sharp: Singles) -> Sky:
    """A painted cube (6, n, n, 3) that lights nothing."""
    return Sky(levels=(sharp, _halved(sharp)), harmonics=np.zeros((9, 3), np.float32))


@lru_cache(maxsize=8)
def directions(side_px: int) -> Singles:
    """Where every pixel of the six faces looks, (6, n, n, 3), in the stage's frame."""
    step = (np.arange(side_px, dtype=np.float32) + 0.5) / side_px * 2 - 1
    s, t = np.meshgrid(step, step)
    one = np.ones_like(s)
    faces = (
        (one, -t, -s), (-one, -t, s), (s, one, t), (s, -one, -t), (s, -t, one), (-s, -t, -one),
    )  # fmt: skip
    x, y, z = np.moveaxis(np.array(faces, np.float32), 1, 0)
    looks = np.stack([x, -z, y], axis=-1)  # the renderer's y is up, its z towards the camera
    return np.asarray(looks / np.linalg.norm(looks, axis=-1, keepdims=True), np.float32)


def gradient(zenith: Vec3, horizon: Vec3, ground: Vec3, *, haze: float = 0.35) -> Painter:
    """A sky that pales towards the horizon, above a ground."""

    def paint(look: Singles) -> Singles:
        height = look[..., 2:3]
        up = np.clip(height, 0, 1) ** haze
        sky = np.asarray(horizon) * (1 - up) + np.asarray(zenith) * up
        floor = np.asarray(ground) * (0.75 + 0.25 * np.clip(-height, 0, 1))
        blend = np.clip(height / 0.04 + 0.5, 0, 1)
        return np.asarray(sky * blend + floor * (1 - blend), np.float32)

    return paint


def glow(towards: Vec3, colour: Vec3, *, strength: float, width_deg: float) -> Painter:
    """Light that gathers around a direction: the air around the sun."""
    aim = np.asarray(towards, np.float32) / np.linalg.norm(towards)
    sharp = 1 / (1 - math.cos(math.radians(width_deg)))

    def paint(look: Singles) -> Singles:
        near = np.exp(-sharp * (1 - look @ aim))[..., None]
        return np.asarray(strength * near * np.asarray(colour, np.float32), np.float32)

    return paint


def hills(colour: Vec3, haze: Vec3, *, seed: int = 0) -> Painter:
    """Three ridges with trees on the horizon, the farther the paler; `over` lays them on a sky: the
    fourth number says where there is land."""
    rng = np.random.default_rng(seed)
    waves = [(rng.uniform(0.5, 1, 9), rng.uniform(0, 2 * math.pi, 9)) for _ in range(3)]

    def paint(look: Singles) -> Singles:
        turn = np.arctan2(look[..., 1], look[..., 0])
        rise = look[..., 2] / np.maximum(np.hypot(look[..., 0], look[..., 1]), 1e-6)
        out = np.zeros((*look.shape[:-1], 4), np.float32)
        for ridge, (size, phase) in enumerate(waves):
            line = 0.10 - 0.075 * ridge
            for k in range(9):
                line = line + 0.055 / (k + 1) ** 1.1 * size[k] * np.sin(
                    2.1 ** (k * 0.75 + 1) * turn + phase[k]
                )
            land = np.clip((line - rise) / 0.006, 0, 1)[..., None]
            shade = np.asarray(haze) * (0.42 - 0.18 * ridge) + np.asarray(colour) * (
                0.2 + 0.3 * ridge
            )
            out[..., :3] = out[..., :3] * (1 - land) + shade * land
            out[..., 3:] = np.maximum(out[..., 3:], land)
        return out

    return paint


def over(land: Painter, sky: Painter) -> Painter:
    """A painter of four numbers laid on one of three."""

    def paint(look: Singles) -> Singles:
        front = land(look)
        return np.asarray(front[..., :3] + sky(look) * (1 - front[..., 3:]), np.float32)

    return paint


def panel(
    towards: Vec3, width: float, height: float, colour: Vec3, *, soft: float = 0.15, panes: int = 0
) -> Painter:
    """A bright rectangle on the sphere, ``width`` by ``height`` at distance 1: a softbox or, with
    ``panes``, a window with bars."""
    aim = np.asarray(towards, np.float32) / np.linalg.norm(towards)
    right = np.cross(aim, (0.0, 0.0, 1.0) if abs(aim[2]) < 0.95 else (0.0, 1.0, 0.0))
    right = right / np.linalg.norm(right)
    up = np.cross(right, aim)

    def paint(look: Singles) -> Singles:
        depth = np.maximum(look @ aim, 1e-3)
        x, y = np.abs(look @ right) / depth / width, np.abs(look @ up) / depth / height
        inside = np.clip((1 - x) / soft, 0, 1) * np.clip((1 - y) / soft, 0, 1)
        inside = np.where(look @ aim > 0, inside, 0)
        if panes:
            inside = inside * (np.abs(np.sin(x * math.pi * panes / 2)) > 0.12) * (y > 0.05)
        return np.asarray(inside[..., None] * np.asarray(colour, np.float32), np.float32)

    return paint


def together(*painters: Painter, lowest: float = 0.0) -> Painter:
    """All of them, one light added to the other; a black flag is a panel of less than no light."""

    def paint(look: Singles) -> Singles:
        total = np.sum([painter(look) for painter in painters], axis=0)
        return np.asarray(np.maximum(total, lowest), np.float32)

    return paint


def rgb(light: Floats) -> Vec3:
    """Three numbers of an array as a colour."""
    red, green, blue = (float(value) for value in light)
    return red, green, blue


def _halved(level: Singles) -> Singles:
    return np.asarray(
        (level[:, ::2, ::2] + level[:, 1::2, ::2] + level[:, ::2, 1::2] + level[:, 1::2, 1::2]) / 4
    )


@lru_cache(maxsize=2)
def _solid_angles(side_px: int) -> Singles:
    """How much of the sphere every pixel covers, (6 n n,), to a common factor."""
    step = (np.arange(side_px, dtype=np.float32) + 0.5) / side_px * 2 - 1
    s, t = np.meshgrid(step, step)
    return np.tile(((1 + s * s + t * t) ** -1.5).ravel(), 6).astype(np.float32)


def _lobes(source: Singles, side_px: int, width: float) -> Singles:
    """``source`` seen through a lobe of that width from every direction of a smaller cube."""
    looks = directions(side_px).reshape(-1, 3)
    rays = directions(source.shape[1]).reshape(-1, 3)
    area, light = _solid_angles(source.shape[1]), source.reshape(-1, 3)
    out = np.empty((len(looks), 3), np.float32)
    for first in range(0, len(looks), 512):
        part = slice(first, first + 512)
        facing = looks[part] @ rays.T
        half2 = np.clip((1 + facing) / 2, 0, 1)  # the squared cosine to the half vector
        weight = 1 / (half2 * (width**2 - 1) + 1) ** 2 * np.clip(facing, 0, 1) * area
        out[part] = weight @ light / weight.sum(axis=1, keepdims=True)
    return out.reshape(6, side_px, side_px, 3)


def _harmonics(source: Singles) -> Singles:
    """The nine coefficients of the renderer's own polynomials that fit the light on a matt surface."""
    normals = directions(8).reshape(-1, 3)
    rays = directions(source.shape[1]).reshape(-1, 3)
    weight = np.clip(normals @ rays.T, 0, 1) * _solid_angles(source.shape[1])
    light = weight @ source.reshape(-1, 3) / weight.sum(axis=1, keepdims=True)
    x, y, z = normals[:, 0], normals[:, 2], -normals[:, 1]
    basis = np.stack(
        [np.ones_like(x), y, z, x, y * x, y * z, 3 * z * z - 1, z * x, x * x - y * y], axis=1
    )
    found = np.linalg.lstsq(basis, light, rcond=None)[0]
    return _positive(found, basis, light).astype(np.float32)


def _positive(found: Floats, basis: Singles, light: Singles) -> Floats:
    """The coefficients with their higher bands damped until no side turns black: nine numbers ring
    around strong lamps, and light less than none would blacken what looks away from them."""
    damped = found
    for keep in np.linspace(1, 0, 21):
        bands = np.concatenate([[1.0], np.full(3, keep), np.full(5, keep**2)])
        damped = found * bands[:, None]
        if ((basis @ damped) >= 0.5 * light.min(axis=0)).all():
            break
    return np.asarray(damped)
