"""What people are covered with. In: a size, a dye in linear light, a generator. Out: `Maps` of skin, faces and hair.

A face is painted for the coordinates of `on_head`: u goes from the middle of the face (0) round to the nape (2),
the same on both sides, v up in head units from -0.5 to 1.5. Both repeat after 2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.picture import Singles
from flow_nb.engines.stage.textures import fields
from flow_nb.engines.stage.textures.fields import (
    Field,
    Maps,
    Rng,
    cloud,
    grid,
    noise,
    speckles,
)

Plane = NDArray[Any]
LOW, SPAN = -0.5, 2.0
WIDE = 0.36
"""Half the width of a head, in head units."""
BLOOD = np.array([0.10, 0.62, 0.66], np.float32)
"""How much of its red, green and blue a skin loses where blood shines through."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Years:
    """What is told of a face: ``blush`` of the cheeks, how deep its ``lines`` are, how dark the
    ``shadow`` of a shaved beard is, its ``freckles`` and ``spots`` of age, each 0 to 1."""

    blush: float = 0.4
    lines: float = 0.0
    shadow: float = 0.0
    freckles: float = 0.0
    spots: float = 0.0


FACES: Mapping[str, Years] = {
    "face child": Years(blush=0.75, freckles=0.5),
    "face woman": Years(blush=0.6, lines=0.12),
    "face man": Years(blush=0.35, lines=0.35, shadow=0.65),
    "face old woman": Years(blush=0.5, lines=0.85, spots=0.4),
    "face old man": Years(blush=0.4, lines=1.0, shadow=0.3, spots=0.6),
}


def on_head(local: Singles) -> Singles:
    """Where points in a head's coordinates (n, 3) lie in the texture of a face (n, 2)."""
    around = np.abs(np.arctan2(local[:, 0], -(local[:, 1] - 0.05)))
    return np.stack([2 * around / math.pi, local[:, 2] - LOW], axis=1).astype(np.float32)


def skin(n: int, dye: Field, rng: Rng) -> Maps:
    """Skin of hands and limbs: mottled, finely pored."""
    mottle, pore = cloud(n, rng, 1.5, 3.0), noise(n, rng, 0.008)
    return Maps(
        colour=_reddened(dye * (1 + 0.025 * mottle)[..., None], 0.10 + 0.06 * mottle),
        height=0.5 * pore,
        roughness=0.54 + 0.03 * mottle,
        occlusion=np.ones((n, n), np.float32),
        relief=0.35,
    )


def face(n: int, dye: Field, rng: Rng, years: Years) -> Maps:
    """A face: cheeks and nose in blush, folds, the shadow of a beard, freckles."""
    u, v = grid(n)
    x: Plane
    z: Plane
    x, z = WIDE * np.sin(np.minimum(u * SPAN * math.pi / 2, math.pi / 2)), v * SPAN + LOW
    front: Plane = step(-u * SPAN, -1.15, -0.85)
    mottle, pore = cloud(n, rng, 1.5, 6.0), noise(n, rng, 0.004)
    blood: Plane = 0.10 + 0.05 * mottle + years.blush * (
        0.50 * _spot(x - 0.215, z - 0.375, 0.085, 0.06) + 0.30 * _spot(x, z - 0.405, 0.06, 0.04)
        + 0.14 * _spot(x, z - 0.165, 0.10, 0.05)
    )  # fmt: skip
    blood = blood + 0.22 * _spot(x - WIDE, z - 0.48, 0.05, 0.12)
    fold: Plane = front * years.lines * _folds(x, z, rng)
    beard: Plane = years.shadow * front * _jaw(x, z) * (0.82 + 0.18 * noise(n, rng, 0.003))
    colour: Plane = _reddened(
        dye * (1 + 0.02 * mottle)[..., None], blood * front + 0.10 * (1 - front)
    )
    colour = colour * (1 - 0.16 * beard - 0.22 * fold)[..., None]
    colour = colour * (1 - beard[..., None] * np.array([0.10, 0.03, 0.0], np.float32))
    dots: Plane = (
        years.freckles * _spot(x - 0.17, z - 0.40, 0.16, 0.06) * speckles(n, rng, n, n / 260)
    )
    ages: Plane = years.spots * (z > 0.6) * speckles(n, rng, n // 8, n / 110)
    colour = _reddened(colour, np.minimum(0.35 * dots + 0.25 * ages, 0.6)) * (
        1 - 0.10 * np.minimum(dots + ages, 1)[..., None]
    )
    return Maps(
        colour=np.clip(colour, 0, 1).astype(np.float32),
        height=_single(0.35 * pore - 5.0 * fold),
        roughness=_single(
            0.53 + 0.03 * mottle - 0.07 * _spot(x, z - 0.45, 0.07, 0.10) * front + 0.05 * beard
        ),
        occlusion=_single(1 - 0.35 * fold),
        relief=0.45,
    )


def hair(n: int, dye: Field, rng: Rng) -> Maps:
    """Combed hair: strands that run down, lighter and darker locks."""
    strand, lock = noise(n, rng, 0.006, 0.9), noise(n, rng, 0.05, 1.2)
    fine = noise(n, rng, 0.003, 0.5)
    return Maps(
        colour=np.clip(dye * (1 + 0.09 * strand + 0.10 * lock + 0.05 * fine)[..., None], 0, 1),
        height=0.8 * strand + 0.6 * fine + 1.2 * lock,
        roughness=0.50 - 0.05 * strand + 0.03 * fine,
        occlusion=1 - 0.35 * step(-strand, 0.3, 2.2),
        relief=0.9,
    )


def step(field: Plane, low: float, high: float) -> Field:
    """As `fields.step`, of any kind of number."""
    return fields.step(_single(field), low, high)


def _single(field: Plane) -> Field:
    return np.asarray(field, np.float32)


def _reddened(colour: Plane, much: Plane | float) -> Plane:
    return np.asarray(colour * (1 - np.asarray(much, np.float32)[..., None] * BLOOD), np.float32)


def _spot(x: Plane, z: Plane, wide: float, high: float) -> Plane:
    return np.asarray(np.exp(-((x / wide) ** 2) - (z / high) ** 2), np.float32)


def _jaw(x: Plane, z: Plane) -> Plane:
    """Where a beard would grow: from the ears down, about the mouth, not on it."""
    edge = 0.30 + 0.16 * step(x, 0.22, 0.34) + 0.05 * _spot(x, z * 0, 0.09, 1)
    mouth = _spot(x, z - 0.262, 0.13, 0.022)
    return step(edge - z, -0.02, 0.05) * step(z, -0.02, 0.10) * (1 - 0.8 * mouth)


def _folds(x: Plane, z: Plane, rng: Rng) -> Plane:
    """Lines of the forehead, beside the eyes and from the nose to the mouth, 0 to about 1."""
    total: Plane = np.zeros_like(x)
    for i, height in enumerate((0.765, 0.805, 0.845)):
        bow = height + 0.012 * np.cos(x * 9 + rng.uniform(-0.5, 0.5)) - 0.05 * x
        total += (0.9 - 0.15 * i) * _line(z - bow, 0.0055) * step(-x, -0.21, -0.13)
    for slope in (0.55, 0.05, -0.45):
        line = 0.515 + slope * (x - 0.265) + 0.02 * slope
        total += 0.75 * _line(z - line, 0.0045) * step(x, 0.272, 0.285) * step(-x, -0.335, -0.30)
    share = (0.405 - z) / 0.15
    path = 0.085 + 0.085 * np.clip(share, 0, 1) ** 0.8
    total += 0.8 * _line(x - path, 0.0075) * step(share, -0.02, 0.15) * step(-share, -1.05, -0.75)
    bag = 0.432 - 0.55 * ((x - 0.155) / 0.11) ** 2 * 0.03
    total += 0.55 * _line(z - bag + 0.012, 0.007) * _spot(x - 0.155, z * 0, 0.075, 1)
    return np.asarray(total, np.float32)


def _line(away: Plane, wide: float) -> Plane:
    return np.asarray(np.exp(-((away / wide) ** 2)), np.float32)
