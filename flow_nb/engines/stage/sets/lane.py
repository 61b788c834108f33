"""Fittings of an alley: walls with windows, fire stairs, neon, bins, cables, what closes it at the end. In: a `Fit`.
Out: it is built."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import BLACK, IRON, STEEL, Joiner, glowing, paint

PANE = Look(colour=srgb("#39424d"), roughness=0.12, metallic=0.6)
SILL = Look(colour=srgb("#7d7468"), texture="concrete", texture_m=0.8)
GREEN = Look(colour=srgb("#3d5a4a"), texture="painted", texture_m=0.8)
CURTAIN = ("#ffcf8a", "#ffb46a", "#ffe0b0")


def facade(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """A brick wall that faces -y, with windows, pipes and air conditioners."""
    wide, deep, tall = fit.size_m
    brick = Look(
        colour=srgb(fit.colour or "#6f3f33"), texture="brick", texture_m=1.7, texture_px=1024
    )
    shop.slab(brick, (-wide / 2, 0, -0.1), (wide / 2, deep, tall))
    shop.slab(SILL, (-wide / 2, -0.05, 0), (wide / 2, 0, 0.32))
    for x in np.arange(-wide / 2 + 1.2, wide / 2 - 1.0, 2.1):
        for z in np.arange(2.1, tall - 1.5, 2.7):
            _window(shop, rng, hour, float(x) + float(rng.uniform(-0.1, 0.1)), float(z))
    for x in np.arange(-wide / 2 + 2.2, wide / 2, 4.2):
        shop.rod(IRON, 0.06, (float(x), -0.07, 0.1), (float(x), -0.07, tall))
    shop.slab(SILL, (-wide / 2, -0.14, tall - 0.2), (wide / 2, deep, tall))


def _window(shop: Carpenter, rng: np.random.Generator, hour: Hour, x: float, z: float) -> None:
    lit = rng.random() < 0.2 + 0.3 * hour.lamps
    glass = glowing(str(rng.choice(CURTAIN)), 0.22 + 0.3 * hour.lamps) if lit else PANE
    shop.slab(glass, (x - 0.45, -0.01, z), (x + 0.45, 0.01, z + 1.4))
    low = np.array(
        [
            (-0.5, -0.05, 0),
            (0.44, -0.05, 0),
            (-0.03, -0.05, 0),
            (-0.45, -0.05, 0.68),
            (-0.5, -0.06, 1.4),
            (-0.56, -0.14, -0.08),
        ]
    )
    high = np.array(
        [
            (-0.44, 0, 1.4),
            (0.5, 0, 1.4),
            (0.03, 0, 1.4),
            (0.45, 0, 0.73),
            (0.5, 0, 1.52),
            (0.56, 0, 0.0),
        ]
    )
    shop.slabs(SILL, low + (x, 0, z), high + (x, 0, z))
    if rng.random() < 0.3:
        shop.box(STEEL, (0.62, 0.36, 0.40), (x, -0.2, z - 0.5), bevel_m=0.02)
        shop.slabs(
            BLACK,
            np.array([[x - 0.24, -0.39, z - 0.45 + 0.06 * i] for i in range(5)]),
            np.array([[x + 0.24, -0.37, z - 0.42 + 0.06 * i] for i in range(5)]),
        )


def fire_stairs(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Iron landings before a wall, a flight between each, a ladder that hangs down."""
    wide, deep, tall = fit.size_m
    storeys = np.arange(2.6, tall, 2.7)
    for i, z in enumerate(map(float, storeys)):
        slats = np.arange(-deep, 0, 0.075)
        low = np.stack([np.full(len(slats), -wide / 2), slats, np.full(len(slats), z)], axis=1)
        shop.slabs(IRON, low, low + [wide, 0.04, 0.03])
        for up in (0.5, 1.0):
            shop.rod(IRON, 0.016, (-wide / 2, -deep, z + up), (wide / 2, -deep, z + up))
            for x in (-wide / 2, wide / 2):
                shop.rod(IRON, 0.016, (x, -deep, z + up), (x, 0, z + up))
        posts = np.linspace(-wide / 2, wide / 2, 9)
        low = np.stack([posts - 0.01, np.full(9, -deep - 0.01), np.full(9, z)], axis=1)
        shop.slabs(IRON, low, low + [0.02, 0.02, 1.0])
        for x in (-wide / 2, wide / 2):
            shop.rod(IRON, 0.02, (x, 0, z - 0.7), (x, -deep, z))
        if i:
            _flight(shop, wide, deep, z - 2.7, z, 1 if i % 2 else -1)
    for x in (-0.22, 0.22):
        shop.rod(IRON, 0.02, (0.3 * wide + x, -deep, 0.9), (0.3 * wide + x, -deep, 2.6))
    for z in np.arange(1.0, 2.6, 0.27):
        shop.rod(
            IRON, 0.014, (0.3 * wide - 0.22, -deep, float(z)), (0.3 * wide + 0.22, -deep, float(z))
        )


def _flight(shop: Carpenter, wide: float, deep: float, low: float, high: float, side: int) -> None:
    start, end = -0.36 * wide * side, 0.36 * wide * side
    for y in (-0.75 * deep, -0.25 * deep):
        shop.rod(IRON, 0.025, (start, y, low), (end, y, high))
    t = np.linspace(0.06, 0.94, 11)
    middle = np.stack(
        [start + (end - start) * t, np.full(11, -0.75 * deep), low + (high - low) * t], axis=1
    )
    shop.slabs(IRON, middle - [0.1, 0, 0.01], middle + [0.1, 0.5 * deep, 0.01])


STROKES: Mapping[str, tuple[tuple[tuple[float, float], ...], ...]] = MappingProxyType({
    "A": (((0, 0), (0.5, 2), (1, 0)), ((0.2, 0.8), (0.8, 0.8))),
    "B": (((0, 0), (0, 2), (0.7, 1.95), (0.9, 1.5), (0.7, 1.08), (0, 1.05)),
          ((0.7, 1.08), (1, 0.55), (0.75, 0.05), (0, 0))),
    "E": (((1, 2), (0, 2), (0, 0), (1, 0)), ((0, 1), (0.8, 1))),
    "H": (((0, 0), (0, 2)), ((1, 0), (1, 2)), ((0, 1), (1, 1))),
    "J": (((1, 2), (1, 0.4), (0.7, 0), (0.3, 0), (0, 0.4)),),
    "L": (((0, 2), (0, 0), (1, 0)),),
    "O": (((0.3, 0), (0, 0.4), (0, 1.6), (0.3, 2), (0.7, 2), (1, 1.6), (1, 0.4), (0.7, 0), (0.3, 0)),),
    "R": (((0, 0), (0, 2), (0.7, 2), (1, 1.6), (0.7, 1.1), (0, 1.05)), ((0.5, 1.05), (1, 0))),
    "T": (((0, 2), (1, 2)), ((0.5, 2), (0.5, 0))),
    "Z": (((0, 2), (1, 2), (0, 0), (1, 0)),),
})  # fmt: skip
WORDS = ("HOTEL", "BAR", "JAZZ")


def neon(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """A box on an arm, letters of light one below the other, a border of another colour."""
    word = str(rng.choice(WORDS))
    letter = fit.size_m[2] / len(word)
    wide = min(fit.size_m[0], 0.62 * letter)
    bright = 1.1 + 0.9 * hour.lamps
    tube, rim = glowing(fit.colour or "#ff3f9a", bright), glowing("#ffd27a", 0.8 * bright)
    tall = fit.size_m[2] + 0.24
    shop.box(BLACK, (wide + 0.34, 0.14, tall), (0, 0, -0.12), bevel_m=0.03)
    for face in (-0.095, 0.095):
        for i, sign in enumerate(word):
            foot = fit.size_m[2] - (i + 0.9) * letter
            for stroke in STROKES[sign]:
                line = [((x - 0.5) * wide, face, foot + 0.4 * y * letter) for x, y in stroke]
                shop.line(tube, 0.022, line)
        x, high = wide / 2 + 0.11, fit.size_m[2] + 0.06
        edge = [
            (-x, face, -0.06),
            (-x, face, high),
            (x, face, high),
            (x, face, -0.06),
            (-x, face, -0.06),
        ]
        shop.line(rim, 0.014, edge)
    for z in (0.2 * tall, 0.8 * tall):
        shop.rod(IRON, 0.02, (-wide / 2 - 0.9, 0, z), (0, 0, z))


def arrow(shop: Carpenter, fit: Fit, _: np.random.Generator, hour: Hour) -> None:
    """Rings and an arrow of light, flat on a wall."""
    tube = glowing(fit.colour or "#38d8ff", 1.0 + 0.9 * hour.lamps)
    size = fit.size_m[0]
    for radius in (0.30, 0.42):
        ring = [
            (radius * size * math.cos(a), -0.06, radius * size * math.sin(a))
            for a in np.linspace(0, 2 * math.pi, 21)
        ]
        shop.line(tube, 0.018, ring)
    line = [
        (-0.9 * size, -0.06, -0.62 * size),
        (0.5 * size, -0.06, -0.62 * size),
        (0.3 * size, -0.06, -0.5 * size),
    ]
    shop.line(glowing("#ffdf6a", 1.2), 0.02, line)


def dustbins(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A skip with a lid, two bins, sacks."""
    shop.box(GREEN, (1.5, 0.8, 0.95), (0, 0, 0.1), bevel_m=0.02)
    for x in (-0.5, 0.0, 0.5):
        shop.box(GREEN, (0.07, 0.86, 0.9), (x, 0, 0.12), bevel_m=0.01)
    shop.hull(
        BLACK,
        [
            (x, y, z)
            for x in (-0.78, 0.78)
            for y, z in ((-0.43, 1.05), (0.43, 1.12), (-0.43, 1.09), (0.43, 1.17))
        ],
        (0, 0, 0),
    )
    for x, y in ((-0.55, -0.3), (0.55, -0.3), (-0.55, 0.3), (0.55, 0.3)):
        shop.ball(BLACK, 0.05, (x, y, 0), turns=10)
    for i, x in enumerate((1.05, 1.5)):
        shop.prop("bin", (x, 0.1 - 0.15 * i, 0), turns=14, turn_deg=float(rng.uniform(0, 90)))
    for x in (-1.0, -1.32):
        shop.lathe(
            paint("#1d2023", 0.3),
            [(0, 0), (0.2, 0.02), (0.25, 0.16), (0.16, 0.38), (0.05, 0.44), (0.07, 0.5), (0, 0.5)],
            (x, float(rng.uniform(-0.1, 0.1)), 0),
            turns=12,
        )


def cables(shop: Carpenter, fit: Fit, rng: np.random.Generator, __: Hour) -> None:
    """Wires that sag from wall to wall, a paper lantern on one of them."""
    wide = fit.size_m[0]
    for i in range(4):
        y, z, sag = 1.7 * i, float(rng.uniform(0, 0.9)), float(rng.uniform(0.2, 0.5))
        t = np.linspace(-1, 1, 9)
        line = np.stack([t * wide / 2, y + 0.5 * t, z - sag * (1 - t**2)], axis=1)
        shop.line(BLACK, 0.012, line)
        x = line[int(rng.integers(2, 7))]
        shop.lathe(
            glowing("#ff5a3c", 0.8),
            [(0, 0), (0.1, 0.02), (0.17, 0.16), (0.1, 0.3), (0, 0.32)],
            (float(x[0]), float(x[1]), float(x[2]) - 0.36),
            turns=14,
        )


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "facade": facade, "fire stairs": fire_stairs, "neon": neon, "neon arrow": arrow, "dustbins": dustbins,
    "cables": cables,
})  # fmt: skip
