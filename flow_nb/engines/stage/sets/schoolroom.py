"""Fittings of a place of work: blackboard, map, desks, monitor, whiteboard, drawers, blinds. In: a `Fit`. Out:
it is built."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import (
    BLACK,
    BOOKS,
    IRON,
    STEEL,
    WHITE,
    Joiner,
    frame,
    glowing,
    paint,
    wood,
)
from flow_nb.engines.stage.textures.fields import cloud, step

SLATE = Look(colour=srgb("#2c4238"), texture="plaster", texture_m=2.6, seed=2)
CHALK = paint("#e9ebe4", 0.95)


def blackboard(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Slate in a wooden frame, a sum and a drawing in chalk, a tray with chalk and a sponge."""
    wide, _deep, tall = fit.size_m
    oak = wood("#8a5f38")
    shop.slab(SLATE, (-wide / 2, -0.02, 0), (wide / 2, 0.0, tall))
    frame(shop, oak, (wide, tall), 0.07, (-0.045, 0.0))
    shop.slab(oak, (-wide / 2, -0.14, -0.09), (wide / 2, 0, -0.06))
    for i in range(5):
        x = -0.3 * wide + 0.13 * i + float(rng.uniform(-0.02, 0.02))
        shop.rod(
            CHALK if i % 2 else paint("#d9a24a"), 0.008, (x, -0.09, -0.05), (x + 0.07, -0.10, -0.05)
        )
    shop.box(paint("#a8763e", 0.95), (0.14, 0.06, 0.05), (0.3 * wide, -0.08, -0.06), bevel_m=0.01)
    _chalked(shop, rng, wide, tall)


def _chalked(shop: Carpenter, rng: np.random.Generator, wide: float, tall: float) -> None:
    """Lines of writing on the left, a circle with its diameter and a triangle on the right."""
    low, high = [], []
    for row in range(4):
        x, z = -0.44 * wide, tall * (0.80 - 0.19 * row)
        while x < -0.06 * wide - 0.1 * row:
            long = float(rng.uniform(0.03, 0.11))
            for _ in range(int(rng.integers(2, 4))):
                up, over = rng.uniform(-0.03, 0.03), rng.uniform(0, long)
                low.append([x + over, -0.024, z + up])
                high.append(
                    [
                        x + over + rng.uniform(0.008, 0.05),
                        -0.02,
                        z + up + rng.uniform(0.006, 0.05) * (over > 0.03) + 0.007,
                    ]
                )
            x += long + 0.035
    shop.panes(CHALK, np.array(low), np.array(high))
    turn = np.linspace(0, 2 * np.pi, 40)
    middle = (0.24 * wide, 0.56 * tall)
    ring = np.stack([middle[0] + 0.27 * np.cos(turn), middle[1] + 0.27 * np.sin(turn)], axis=1)
    corners = np.array([(-0.20, -0.18), (0.235, -0.13), (0.02, 0.268), (-0.20, -0.18)]) + middle
    for line in (ring, corners):
        shop.line(CHALK, 0.005, [(x, -0.022, z) for x, z in line])


def wall_map(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A map of some world, on two rods."""
    wide, _deep, tall = fit.size_m
    shop.slab(paint("#a9c6c9", 0.9), (-wide / 2, -0.012, 0), (wide / 2, 0, tall))
    land = step(cloud(48, rng, 2.0, 1.5), 0.05, 0.1)
    y, x = np.nonzero(land > 0.5)
    low = np.stack([x / 48 * wide - wide / 2, np.full(len(x), -0.014), y / 48 * tall], axis=1)
    size = np.array([wide / 48, 0.001, tall / 48])
    for i, colour in enumerate(("#c9a95f", "#7f9c5a", "#b9785a")):
        mine = (x // 12 + y // 16) % 3 == i
        shop.panes(paint(colour, 0.9), low[mine], low[mine] + size)
    for z in (0, tall):
        shop.rod(BLACK, 0.018, (-wide / 2 - 0.05, -0.01, z), (wide / 2 + 0.05, -0.01, z))


def pupil_desk(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A desk for one with its chair on the near side."""
    oak = wood(fit.colour or "#b98a55")
    shop.box(oak, (0.64, 0.44, 0.03), (0, 0.1, 0.68), bevel_m=0.008)
    shop.box(oak, (0.58, 0.36, 0.09), (0, 0.12, 0.59), bevel_m=0.006)
    for x in (-0.28, 0.28):
        shop.rod(IRON, 0.014, (x, -0.05, 0), (x, -0.05, 0.68))
        shop.rod(IRON, 0.014, (x, 0.28, 0), (x, 0.28, 0.68))
    shop.box(oak, (0.38, 0.36, 0.022), (0, -0.34, 0.42), bevel_m=0.008)
    shop.box(oak, (0.38, 0.022, 0.22), (0, -0.53, 0.60), bevel_m=0.01)
    for x in (-0.17, 0.17):
        shop.rod(IRON, 0.012, (x, -0.53, 0), (x, -0.53, 0.80))
        shop.rod(IRON, 0.012, (x, -0.20, 0), (x, -0.20, 0.42))
    shop.box(
        paint(str(rng.choice(BOOKS))),
        (0.15, 0.21, 0.03),
        (float(rng.uniform(-0.15, 0.15)), 0.1, 0.71),
        turn_deg=float(rng.uniform(-25, 25)),
    )


def monitor(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A screen with windows on it, a keyboard, a mug with pens."""
    shop.box(BLACK, (0.22, 0.16, 0.012), (0, 0.05, 0), bevel_m=0.004)
    shop.rod(BLACK, 0.02, (0, 0.07, 0), (0, 0.07, 0.2))
    shop.box(BLACK, (0.60, 0.03, 0.36), (0, 0.05, 0.13), bevel_m=0.006)
    shop.panes(
        glowing(fit.colour or "#6fa3c8", 0.35),
        np.array([[-0.285, 0.034, 0.15]]),
        np.array([[0.285, 0, 0.47]]),
    )
    low = np.array([[-0.26, 0.032, 0.18], [0.02, 0.032, 0.24]])
    shop.panes(glowing("#e8ecee", 0.5), low, low + [[0.24, 0, 0.25], [0.22, 0, 0.18]])
    shop.box(paint("#3a3d40"), (0.42, 0.13, 0.018), (0, -0.16, 0), bevel_m=0.004)
    shop.lathe(
        paint("#b9573f"),
        [(0, 0), (0.038, 0), (0.04, 0.09), (0.034, 0.09), (0.033, 0.01), (0, 0.01)],
        (0.42, 0.05, 0),
    )
    for i in range(3):
        shop.rod(
            paint(BOOKS[i]),
            0.004,
            (0.41 + 0.01 * i, 0.05, 0.02),
            (0.40 + 0.02 * i + float(rng.uniform(-0.01, 0.01)), 0.05, 0.15),
        )


def swivel_chair(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """On five wheels."""
    pad = Look(colour=srgb(fit.colour or "#3a4654"), texture="felt", texture_m=0.4)
    for i in range(5):
        a = i * 2 * np.pi / 5
        end = (0.28 * float(np.cos(a)), 0.28 * float(np.sin(a)))
        shop.rod(BLACK, 0.018, (0, 0, 0.09), (*end, 0.06))
        shop.ball(BLACK, 0.03, (*end, 0.0), turns=10)
    shop.rod(STEEL, 0.025, (0, 0, 0.08), (0, 0, 0.44))
    shop.box(pad, (0.48, 0.46, 0.08), (0, 0, 0.43), bevel_m=0.03)
    shop.box(pad, (0.44, 0.07, 0.50), (0, 0.24, 0.58), bevel_m=0.03)
    for x in (-0.26, 0.26):
        shop.box(BLACK, (0.05, 0.26, 0.03), (x, 0.02, 0.66), bevel_m=0.01)
        shop.rod(BLACK, 0.014, (x, 0.02, 0.45), (x, 0.02, 0.66))


def whiteboard(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Notes in colours, a rising curve in marker."""
    wide, _deep, tall = fit.size_m
    shop.box(STEEL, (wide + 0.06, 0.03, tall + 0.06), (0, -0.015, -0.03), bevel_m=0.006)
    shop.slab(WHITE, (-wide / 2, -0.036, 0), (wide / 2, -0.01, tall))
    spots = rng.uniform((0.05, 0.35), (0.42, 0.85), (7, 2)) * (wide, tall) - (wide / 2, 0.06)
    for i, (x, z) in enumerate(spots):
        shop.panes(
            paint(("#e8c34a", "#e07a5a", "#6fae8a", "#6a9ac8")[i % 4], 0.9),
            np.array([[x, -0.039, z]]),
            np.array([[x + 0.09, 0, z + 0.09]]),
        )
    t = np.linspace(0, 1, 14)
    curve = np.stack(
        [wide * (0.04 + 0.40 * t), tall * (0.15 + 0.6 * t**1.8 + 0.04 * np.sin(9 * t))], axis=1
    )
    shop.line(paint("#b5402f"), 0.006, [(x, -0.038, z) for x, z in curve])


def filing(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Steel drawers."""
    wide, deep, tall = fit.size_m
    coat = paint(fit.colour or "#7d8a92", 0.45)
    shop.box(coat, (wide, deep, tall), (0, 0, 0), bevel_m=0.006)
    count = max(2, round(tall / 0.33))
    for i in range(count):
        z = 0.03 + i * (tall - 0.04) / count
        shop.box(
            coat, (wide - 0.04, 0.02, tall / count - 0.04), (0, -deep / 2 - 0.008, z), bevel_m=0.006
        )
        shop.box(
            STEEL, (0.14, 0.03, 0.02), (0, -deep / 2 - 0.03, z + 0.6 * tall / count), bevel_m=0.006
        )


def blinds(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Slats, half drawn."""
    wide, _deep, tall = fit.size_m
    z = np.arange(0, tall, 0.055)
    low = np.stack([np.full(len(z), -wide / 2), np.full(len(z), -0.02), z], axis=1)
    shop.slabs(paint(fit.colour or "#d9d6cc", 0.5), low, low + [wide, 0.035, 0.006])
    shop.slab(WHITE, (-wide / 2, -0.03, tall), (wide / 2, 0.03, tall + 0.05))


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "blackboard": blackboard, "map": wall_map, "pupil desk": pupil_desk, "monitor": monitor,
    "swivel chair": swivel_chair, "whiteboard": whiteboard, "filing cabinet": filing, "blinds": blinds,
})  # fmt: skip
