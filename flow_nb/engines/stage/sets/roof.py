"""Fittings of high places and shores: parapet, water tank, antennas, vents, a city; parasol, boat jetty. In: a `Fit`.
Out: it is built."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import (
    BLACK,
    IRON,
    STEEL,
    WHITE,
    Joiner,
    cloth,
    glowing,
    paint,
    wood,
)

BRICK = Look(colour=srgb("#7a5446"), texture="brick", texture_m=1.6, texture_px=1024)
COPING = Look(colour=srgb("#a39c90"), texture="concrete", texture_m=1.0)
GLASS = Look(colour=srgb("#6f8596"), roughness=0.12, metallic=0.7)
TOWERS = ("#6c625c", "#8a7f74", "#565d68", "#7d5a4c", "#9a8f7e")


def parapet(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A low brick wall with a coping, ``size_m`` long and high."""
    wide, deep, tall = fit.size_m
    shop.slab(BRICK, (-wide / 2, -deep / 2, -3.0), (wide / 2, deep / 2, tall - 0.08))
    shop.box(COPING, (wide, deep + 0.14, 0.09), (0, 0, tall - 0.08), bevel_m=0.015)


def tank(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A wooden water tank on four legs, hooped, with a cone for a roof."""
    size = fit.size_m[0]
    staves = wood(fit.colour or "#6f4a30")
    leg, high = 1.5 * size, 1.9 * size
    for x in (-0.6, 0.6):
        for y in (-0.6, 0.6):
            shop.rod(
                IRON, 0.05 * size, (0.95 * x * size, 0.95 * y * size, 0), (x * size, y * size, leg)
            )
        shop.rod(IRON, 0.025 * size, (x * size, -0.58 * size, 0.1), (x * size, 0.58 * size, leg))
        shop.rod(IRON, 0.025 * size, (-0.58 * size, x * size, leg), (0.58 * size, x * size, 0.1))
    shop.lathe(
        staves,
        [(0, leg), (0.92 * size, leg), (0.86 * size, leg + high), (0, leg + high)],
        (0, 0, 0),
        turns=24,
    )
    for i in range(5):
        z, r = leg + high * (0.06 + 0.21 * i), (0.93 - 0.013 * i) * size
        shop.lathe(IRON, [(0, z), (r, z), (r, z + 0.05), (0, z + 0.05)], (0, 0, 0), turns=24)
    top = leg + high
    shop.lathe(
        IRON,
        [(0, top), (1.0 * size, top), (0.06, top + 0.65 * size), (0, top + 0.66 * size)],
        (0, 0, 0),
        turns=24,
    )


def antenna(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A mast with a comb of rods."""
    tall = fit.size_m[2]
    shop.rod(STEEL, 0.022, (0, 0, 0), (0, 0, tall))
    turn = float(rng.uniform(-0.5, 0.5))
    ax, ay = 0.75 * math.cos(turn), 0.75 * math.sin(turn)
    shop.rod(STEEL, 0.014, (-ax, -ay, tall - 0.2), (ax, ay, tall - 0.2))
    for i, t in enumerate(np.linspace(-1, 1, 8)):
        half = 0.42 - 0.03 * i
        x, y = float(t) * ax, float(t) * ay
        shop.rod(
            STEEL,
            0.008,
            (x + half * math.sin(turn), y - half * math.cos(turn), tall - 0.2),
            (x - half * math.sin(turn), y + half * math.cos(turn), tall - 0.2),
        )
    for a in (0.5, 2.6, 4.7):
        shop.rod(BLACK, 0.006, (0, 0, 0.8 * tall), (0.8 * math.cos(a), 0.8 * math.sin(a), 0))


def vents(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A stair house with a door, a cooler with its fan, two chimneys."""
    shop.slab(BRICK, (-1.3, -0.9, 0), (1.3, 1.2, 2.35))
    shop.box(COPING, (2.8, 2.3, 0.12), (0, 0.15, 2.35), bevel_m=0.02)
    shop.box(paint(fit.colour or "#8a3a30"), (0.9, 0.06, 2.0), (-0.3, -0.92, 0.02), bevel_m=0.01)
    shop.ball(STEEL, 0.035, (0.02, -0.98, 1.0), turns=10)
    shop.box(glowing("#ffdca0", 1.2), (0.16, 0.1, 0.12), (-0.3, -0.97, 2.12), bevel_m=0.03)
    shop.box(STEEL, (1.1, 0.8, 0.8), (2.3, -0.2, 0.12), bevel_m=0.02)
    shop.lathe(
        BLACK,
        [(0, 0), (0.33, 0), (0.33, 0.05), (0.28, 0.02), (0, 0.02)],
        (2.3, -0.2, 0.92),
        turns=20,
    )
    for x in (3.3, 3.75):
        shop.lathe(
            STEEL,
            [(0, 0), (0.12, 0), (0.12, 0.9), (0.2, 0.95), (0.06, 1.15), (0, 1.15)],
            (x, 0.3, 0),
            turns=16,
        )


def string_lights(shop: Carpenter, fit: Fit, _: np.random.Generator, hour: Hour) -> None:
    """Bulbs on a wire between two posts."""
    wide, _deep, tall = fit.size_m
    for x in (-wide / 2, wide / 2):
        shop.rod(BLACK, 0.03, (x, 0, 0), (x, 0, tall))
    t = np.linspace(-1, 1, 17)
    line = np.stack([t * wide / 2, 0 * t, tall - 0.45 * (1 - t**2)], axis=1)
    shop.line(BLACK, 0.008, line)
    lit = glowing("#ffc878", 0.3 + 1.7 * hour.lamps)
    for x, y, z in line[1:-1]:
        shop.ball(lit, 0.045, (float(x), float(y), float(z) - 0.1), turns=8)


def skyline(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """A city behind the roof: towers in three depths, tanks and masts on some, windows, many of them lit."""
    lit: dict[str, list[Floats]] = {}
    for depth, (near, count) in enumerate(((9.0, 11), (17.0, 14), (30.0, 18))):
        span = fit.size_m[0] * (0.55 + 0.45 * depth)
        for i in range(count):
            x = -span / 2 + span * (i + 0.5) / count + float(rng.uniform(-0.8, 0.8))
            wide = span / count * float(rng.uniform(0.62, 0.95))
            y = near + float(rng.uniform(0, 5))
            tall = float(rng.uniform(-3.5, 2.6)) + depth * 2.6 + (5.5 if rng.random() < 0.14 else 0)
            look = Look(colour=srgb(str(rng.choice(TOWERS))), texture="concrete", texture_m=5.0)
            shop.slab(look, (x - wide / 2, y, -22), (x + wide / 2, y + 5, tall))
            shop.slab(
                look,
                (x - wide / 2 - 0.12, y - 0.12, tall - 0.3),
                (x + wide / 2 + 0.12, y + 5, tall),
            )
            if rng.random() < 0.4:
                shop.slab(
                    look,
                    (x - 0.25 * wide, y + 1, tall),
                    (x + 0.2 * wide, y + 4, tall + float(rng.uniform(0.8, 2.4))),
                )
            elif rng.random() < 0.5:
                shop.rod(IRON, 0.06, (x, y + 1, tall), (x, y + 1, tall + float(rng.uniform(2, 4))))
            _tower_windows(lit, rng, hour, (x, y, tall), wide)
    for colour, corners in lit.items():
        low = np.concatenate(corners)
        look = GLASS if colour == "glass" else glowing(colour, 0.10 + 0.62 * hour.lamps)
        shop.panes(look, low, low + [0.42, 0, 0.72])


def _tower_windows(
    lit: dict[str, list[Floats]],
    rng: np.random.Generator,
    hour: Hour,
    top: tuple[float, float, float],
    wide: float,
) -> None:
    x, y, tall = top
    columns, rows = max(2, int(wide / 0.85)), min(13, int((tall + 9) / 1.25))
    if rows < 1:
        return
    column, row = np.meshgrid(np.arange(columns), np.arange(rows))
    across = x - wide / 2 + (column.ravel() + 0.5) * wide / columns - 0.21
    low = np.stack([across, np.full(column.size, y - 0.02), tall - 1.35 - 1.25 * row.ravel()], 1)
    chance = rng.random(len(low))
    share = 0.06 + 0.46 * hour.lamps
    for colour, a, b in (
        ("#ffcf86", 0.0, 0.62 * share),
        ("#ffe6bd", 0.62 * share, 0.85 * share),
        ("#bcd9ff", 0.85 * share, share),
        ("glass", share, 1.0),
    ):
        mine = (chance >= a) & (chance < b)
        if mine.any():
            lit.setdefault(colour, []).append(low[mine])


def parasol(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A striped parasol, aslant, two deck chairs, a towel."""
    shop.rod(WHITE, 0.028, (0, 0, -0.2), (0.25, 0, 2.1))
    for i in range(12):
        a, b = i * math.pi / 6, (i + 1) * math.pi / 6
        rim = [
            (0.25 + 1.35 * math.cos(t) * 0.98, 1.35 * math.sin(t), 1.72 - 0.22 * math.cos(t) + d)
            for t in (a, b)
            for d in (0, -0.02)
        ]
        crown = [
            (0.25 + 0.7 * math.cos(t), 0.7 * math.sin(t), 2.0 - 0.1 * math.cos(t)) for t in (a, b)
        ]
        shop.hull(
            cloth(fit.colour or "#c8402f") if i % 2 else cloth("#efe6d2"),
            [*rim, *crown, (0.25, 0, 2.12)],
            (0, 0, 0),
        )
    for x, colour in ((-0.75, "#2f6f8a"), (0.85, "#d9a03a")):
        for side in (-0.28, 0.28):
            shop.rod(wood("#a9764a"), 0.022, (x + side, -0.45, 0), (x + side, 0.55, 0.85))
            shop.rod(wood("#a9764a"), 0.022, (x + side, 0.45, 0), (x + side, -0.45, 0.42))
        points = [
            (x + s, y, z)
            for s in (-0.26, 0.26)
            for y, z in ((-0.42, 0.40), (0.02, 0.27), (0.02, 0.26))
        ]
        shop.hull(cloth(colour), points, (0, 0, 0))
        shop.hull(
            cloth(colour),
            [
                (x + s, y, z)
                for s in (-0.26, 0.26)
                for y, z in ((0.02, 0.27), (0.52, 0.84), (0.53, 0.83))
            ],
            (0, 0, 0),
        )


def lamp_post(shop: Carpenter, fit: Fit, _: np.random.Generator, hour: Hour) -> None:
    """A park lantern."""
    tall = fit.size_m[2]
    shop.lathe(
        IRON,
        [
            (0, 0),
            (0.12, 0),
            (0.11, 0.08),
            (0.05, 0.3),
            (0.035, tall - 0.4),
            (0.09, tall - 0.32),
            (0, tall - 0.3),
        ],
        (0, 0, 0),
        turns=16,
    )
    shop.lathe(
        glowing("#ffd9a0", 0.12 + 3.0 * hour.lamps),
        [(0, 0), (0.08, 0), (0.15, 0.3), (0, 0.3)],
        (0, 0, tall - 0.32),
        turns=8,
    )
    shop.lathe(IRON, [(0, 0), (0.19, 0), (0.05, 0.14), (0, 0.2)], (0, 0, tall - 0.02), turns=8)


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "parapet": parapet, "water tank": tank, "antenna": antenna, "stair house": vents,
    "string lights": string_lights, "skyline": skyline, "parasol": parasol, "lamp post": lamp_post,
})  # fmt: skip
