"""What a cook needs. In: a carpenter, where the back wall is. Out: crockery, a sink, a kettle, jars, a
dresser and a plant, put where a hand would look for them.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look, Vec3
from flow_nb.engines.stage.sets.build import Carpenter

COUNTER_TOP = 0.92

CUPBOARD = Look(colour=srgb("#5b7c70"), texture="painted", texture_m=0.9)
TRIM = Look(colour=srgb("#e6dfd0"), texture="painted", texture_m=0.8, seed=1)
OAK = Look(colour=srgb("#8a5d38"), texture="wood", texture_m=0.8, seed=2)
BRASS = Look(colour=srgb("#c79a52"), roughness=0.28, metallic=1.0)
STEEL = Look(colour=srgb("#c9ccd1"), texture="brushed", texture_m=0.4)
IRON = Look(colour=srgb("#2a2a2c"), roughness=0.5, metallic=0.6)
ENAMEL = Look(colour=srgb("#2f4a46"), roughness=0.22)
LINEN = Look(colour=srgb("#c9b79a"), texture="felt", texture_m=0.5)
LEAF = Look(colour=srgb("#55733f"), roughness=0.55)
CLAY = Look(colour=srgb("#a8603f"), texture="stone", texture_m=0.4)
BLOOM = Look(colour=srgb("#d9b9a0"), roughness=0.8)
JAR = Look(colour=srgb("#cfe0de"), opacity=0.3, roughness=0.05)
MEAL = Look(colour=srgb("#c9a86a"), texture="stone", texture_m=0.2)

LEAF_SHAPE_M = (
    (0, 0, 0), (0.06, 0.045, 0.02), (0.06, -0.045, 0.02), (0.17, 0.02, 0.0), (0.17, -0.02, 0.0),
    (0.22, 0, -0.03), (0.08, 0, 0.032),
)  # fmt: skip


def on_counter(shop: Carpenter, rng: np.random.Generator, back_m: float) -> None:
    """Fruit, bottles, a vase with dry flowers, boards, a cup, the kettle and the sink."""
    y, z = back_m - 0.26, COUNTER_TOP
    shop.prop("bowl", (0.55, y, z), scale=1.35, colour="#c98b3c")
    for dx, dy, dz in (
        (-0.045, 0, 0.03),
        (0.045, 0.02, 0.03),
        (0.0, -0.04, 0.032),
        (0.0, 0.01, 0.09),
    ):
        shop.prop("apple", (0.55 + dx, y + dy, z + dz), scale=0.9, seed=int(rng.integers(3)))
    shop.prop("bottle", (0.98, y + 0.06, z))
    shop.prop("bottle", (1.08, y + 0.10, z), scale=0.84, colour="#7a5a2c")
    shop.prop("vase", (-1.82, y + 0.05, z), colour="#c9b48c")
    for turn, tall in ((0.0, 0.34), (1.3, 0.42), (2.6, 0.37), (4.1, 0.30)):
        tip = (-1.82 + 0.12 * np.cos(turn), y + 0.05 + 0.1 * np.sin(turn), z + 0.24 + tall)
        shop.rod(LEAF, 0.0035, (-1.82, y + 0.05, z + 0.2), tip)
        shop.ball(BLOOM, 0.026, (tip[0], tip[1], tip[2] - 0.02))
    shop.box(OAK, (0.34, 0.03, 0.26), (1.5, back_m - 0.06, z), bevel_m=0.01)
    shop.box(OAK, (0.22, 0.025, 0.34), (1.42, back_m - 0.095, z), bevel_m=0.008)
    shop.prop("cup", (0.18, y - 0.02, z), colour="#e9e2d3")
    _kettle(shop, (-2.2, y, z))
    _sink(shop, back_m)


def _sink(shop: Carpenter, back_m: float) -> None:
    x, y, z = -0.82, back_m - 0.28, COUNTER_TOP
    shop.slab(STEEL, (x - 0.3, y - 0.19, z - 0.002), (x + 0.3, y + 0.19, z + 0.004))
    shop.slab(IRON, (x - 0.26, y - 0.16, z), (x + 0.26, y + 0.13, z + 0.0045))
    shop.lathe(
        BRASS,
        [(0, 0), (0.026, 0), (0.022, 0.02), (0.012, 0.03), (0.012, 0.2), (0, 0.2)],
        (x, y + 0.16, z),
    )
    points = [
        (x, y + 0.16 - 0.08 * (1 - np.cos(a)), z + 0.2 + 0.08 * np.sin(a))
        for a in np.linspace(0, np.pi, 9)
    ]
    for a, b in pairwise(points):
        shop.rod(BRASS, 0.011, a, b)
    shop.rod(BRASS, 0.011, points[-1], (points[-1][0], points[-1][1], z + 0.15))


def _kettle(shop: Carpenter, at: Vec3) -> None:
    shop.lathe(
        ENAMEL,
        [(0, 0), (0.088, 0), (0.098, 0.01), (0.096, 0.07), (0.07, 0.13), (0.035, 0.15),
         (0.030, 0.158), (0.012, 0.165), (0.014, 0.185), (0, 0.19)],
        at,
    )  # fmt: skip
    x, y, z = at
    shop.rod(ENAMEL, 0.013, (x + 0.08, y, z + 0.05), (x + 0.155, y, z + 0.13))
    arch = [
        (x + 0.085 * np.cos(a), y, z + 0.12 + 0.12 * np.sin(a))
        for a in np.linspace(0.3, np.pi - 0.3, 8)
    ]
    for a, b in pairwise(arch):
        shop.rod(BRASS, 0.007, a, b)


def shelves(shop: Carpenter, rng: np.random.Generator, back_m: float) -> None:
    """Two boards with crockery, jars and books, and a rail with what hangs from it."""
    y = back_m - 0.13
    for z in (1.60, 1.98):
        shop.box(OAK, (1.55, 0.24, 0.03), (1.08, y, z), bevel_m=0.006)
        for x in (0.45, 1.7):
            shop.box(IRON, (0.02, 0.2, 0.02), (x, y + 0.01, z - 0.02))
            shop.box(IRON, (0.02, 0.02, 0.14), (x, back_m - 0.012, z - 0.14))
    for i in range(4):
        shop.prop("plate", (0.56, y, 1.63 + 0.016 * i), scale=0.82, colour="#e8e2d4")
    for x, colour in ((0.86, "#b65c3a"), (0.99, "#e6dcc4"), (1.12, "#47706a"), (1.25, "#e6dcc4")):
        shop.prop("cup", (x, y + float(rng.uniform(-0.02, 0.02)), 1.63), colour=colour)
    for i, colour in enumerate(("#d8cdb4", "#c9873e", "#d8cdb4")):
        shop.prop("bowl", (1.58, y, 1.63 + 0.03 * i), scale=0.95 - 0.06 * i, colour=colour)
    for x, tall in ((0.45, 0.19), (0.58, 0.16), (0.70, 0.13)):
        _jar(shop, (x, y, 2.01), tall)
    shop.prop("vase", (1.05, y, 2.01), scale=0.72, colour="#44626c")
    for i, colour in enumerate(("#7c2f2a", "#2f4f57", "#b58a3e", "#5c6b45")):
        shop.box(
            Look(colour=srgb(colour), texture="paper", texture_m=0.4),
            (0.028 + 0.006 * (i % 2), 0.15, 0.20 + 0.015 * (i % 3)), (1.38 + 0.038 * i, y, 2.01), bevel_m=0.003,
        )  # fmt: skip
    _hanging(shop, back_m)


def _hanging(shop: Carpenter, back_m: float) -> None:
    shop.rod(IRON, 0.007, (0.36, back_m - 0.05, 1.47), (1.8, back_m - 0.05, 1.47))
    for x, long in ((1.15, 0.26), (1.27, 0.3), (1.39, 0.24)):
        shop.rod(STEEL, 0.006, (x, back_m - 0.06, 1.46), (x, back_m - 0.06, 1.46 - long))
        shop.ball(STEEL, 0.03, (x, back_m - 0.075, 1.42 - long), turns=14)
    shop.box(LINEN, (0.2, 0.02, 0.34), (1.68, back_m - 0.06, 1.13), bevel_m=0.008)


def _jar(shop: Carpenter, at: Vec3, tall: float) -> None:
    x, y, z = at
    shop.lathe(
        MEAL,
        [(0, 0), (0.043, 0), (0.043, tall * 0.62), (0, tall * 0.64)],
        (x, y, z + 0.004),
        turns=20,
    )
    shop.lathe(JAR, [(0, 0), (0.05, 0), (0.05, tall), (0, tall)], at, turns=24)
    shop.lathe(OAK, [(0, 0), (0.046, 0), (0.048, 0.025), (0, 0.027)], (x, y, z + tall), turns=20)


def dresser(shop: Carpenter, back_m: float) -> None:
    """A tall dresser against the right end of the back wall, and a stool."""
    x, y = 2.5, back_m - 0.29
    shop.box(CUPBOARD, (0.98, 0.56, 2.12), (x, y, 0.06), bevel_m=0.01)
    shop.box(TRIM, (1.04, 0.62, 0.06), (x, y, 2.18), bevel_m=0.015)
    for dx in (-0.245, 0.245):
        shop.box(CUPBOARD, (0.46, 0.024, 0.86), (x + dx, y - 0.285, 0.12), bevel_m=0.006)
        shop.box(CUPBOARD, (0.32, 0.014, 0.70), (x + dx, y - 0.298, 0.20), bevel_m=0.008)
        shop.box(CUPBOARD, (0.46, 0.024, 1.10), (x + dx, y - 0.285, 1.03), bevel_m=0.006)
        shop.box(CUPBOARD, (0.32, 0.014, 0.94), (x + dx, y - 0.298, 1.11), bevel_m=0.008)
        shop.ball(BRASS, 0.016, (x + dx - 0.19 * np.sign(dx), y - 0.315, 0.62), turns=12)
        shop.ball(BRASS, 0.016, (x + dx - 0.19 * np.sign(dx), y - 0.315, 1.4), turns=12)
    shop.prop("stool", (2.3, 0.75, 0), seed=1)


def plant(shop: Carpenter, rng: np.random.Generator) -> None:
    """A pot of broad leaves in the left corner."""
    shop.lathe(
        CLAY, [(0, 0), (0.13, 0), (0.17, 0.28), (0.185, 0.28), (0.185, 0.32), (0.16, 0.32), (0.15, 0.27), (0, 0.27)],
        (-2.25, 0.75, 0),
    )  # fmt: skip
    for i in range(14):
        turn, rise = i * 2.4, 0.35 + 0.5 * float(rng.random())
        tip = (-2.25 + 0.28 * np.cos(turn) * rise, 0.75 + 0.28 * np.sin(turn) * rise, 0.3 + rise)
        shop.rod(LEAF, 0.006, (-2.25, 0.75, 0.27), tip)
        shop.hull(LEAF, LEAF_SHAPE_M, tip, turn_deg=np.degrees(turn))
