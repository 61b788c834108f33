"""Fittings of a café: counter, espresso machine, menu board, shelves of bottles, bistro tables. In: a `Fit`.
Out: it is built."""

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
    BRASS,
    CHINA,
    IRON,
    STEEL,
    Joiner,
    glowing,
    paint,
    wood,
)

TOP = Look(colour=srgb("#d9d4ca"), texture="stone", texture_m=0.7)
CREAM = paint("#efe6d2", 0.9)


def counter(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """A panelled bar with a stone top: cups, a till, a glass case of cakes, the machine."""
    wide, deep, tall = fit.size_m
    front = paint(fit.colour or "#2f4f49", 0.55)
    shop.slab(front, (-wide / 2, -deep / 2, 0), (wide / 2, deep / 2, tall - 0.05))
    panels = max(3, round(wide / 0.5))
    for i in range(panels):
        x = -wide / 2 + (i + 0.5) * wide / panels
        shop.box(
            front,
            (wide / panels - 0.07, 0.03, tall - 0.32),
            (x, -deep / 2 - 0.008, 0.16),
            bevel_m=0.012,
        )
    shop.box(TOP, (wide + 0.12, deep + 0.12, 0.05), (0, 0, tall - 0.05), bevel_m=0.012)
    shop.rod(BRASS, 0.02, (-wide / 2, -deep / 2 - 0.14, 0.18), (wide / 2, -deep / 2 - 0.14, 0.18))
    _machine(shop, 0.26 * wide, tall)
    _cakes(shop, rng, -0.24 * wide, tall, hour)
    for i in range(6):
        shop.prop(
            "cup",
            (0.02 * wide + 0.11 * (i % 3), 0.05, tall + 0.085 * (i // 3)),
            turns=16,
            clear=False,
        )


def _machine(shop: Carpenter, x: float, z: float) -> None:
    """Polished steel, two spouts, a row of cups on top."""
    shop.box(STEEL, (0.62, 0.36, 0.10), (x, 0.05, z), bevel_m=0.02)
    shop.box(STEEL, (0.62, 0.20, 0.36), (x, 0.13, z + 0.08), bevel_m=0.02)
    shop.box(paint("#a83a2c", 0.25), (0.62, 0.32, 0.13), (x, 0.06, z + 0.34), bevel_m=0.03)
    for dx in (-0.16, 0.16):
        shop.lathe(
            IRON,
            [(0, 0), (0.03, 0), (0.045, 0.05), (0.045, 0.09), (0, 0.09)],
            (x + dx, -0.02, z + 0.25),
        )
        shop.rod(IRON, 0.014, (x + dx, -0.04, z + 0.29), (x + dx, -0.17, z + 0.27))
    for i in range(5):
        shop.lathe(
            CHINA,
            [(0, 0), (0.025, 0), (0.038, 0.05), (0.034, 0.05), (0, 0.006)],
            (x - 0.24 + 0.12 * i, 0.06, z + 0.47),
            turns=14,
        )


def _cakes(shop: Carpenter, rng: np.random.Generator, x: float, z: float, hour: Hour) -> None:
    """Under a dome and on a stand."""
    for i, prop in enumerate(("cake", "bread")):
        at = x + 0.42 * (i - 0.5)
        shop.lathe(
            CHINA,
            [
                (0, 0),
                (0.09, 0),
                (0.03, 0.02),
                (0.03, 0.11),
                (0.17, 0.12),
                (0.17, 0.135),
                (0, 0.135),
            ],
            (at, 0.02, z),
        )
        shop.prop(
            prop, (at, 0.02, z + 0.135), scale=0.75, turns=16, turn_deg=float(rng.uniform(0, 90))
        )


def menu(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A black board with chalked lines and prices."""
    wide, _deep, tall = fit.size_m
    shop.box(wood("#6b4429"), (wide + 0.1, 0.04, tall + 0.1), (0, -0.02, -0.05), bevel_m=0.008)
    shop.slab(paint("#24272a", 0.9), (-wide / 2, -0.05, 0), (wide / 2, -0.03, tall))
    low, high = [[-0.22 * wide, -0.053, tall - 0.13]], [[0.22 * wide, 0, tall - 0.08]]
    rows = int((tall - 0.2) / 0.075)
    for column in (-0.46, 0.04):
        for row in range(rows):
            z, x = tall - 0.24 - 0.075 * row, column * wide
            for long in map(float, rng.uniform(0.03, 0.11, int(rng.integers(2, 4)))):
                low.append([x, -0.053, z])
                high.append([x + long, 0, z + 0.022])
                x += long + 0.02
            low.append([column * wide + 0.40 * wide - 0.05, -0.053, z])
            high.append([column * wide + 0.40 * wide, 0, z + 0.022])
    shop.panes(CREAM, np.array(low), np.array(high))
    shop.panes(
        paint("#d98a4a", 0.9), np.array([[-0.02, -0.053, 0.03]]), np.array([[0.02, 0, tall - 0.2]])
    )


def bottles(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Boards on brackets with bottles, jars and glasses."""
    wide, deep, tall = fit.size_m
    boards = max(2, round(tall / 0.42))
    for i in range(boards):
        z = i * tall / boards
        shop.box(wood("#6b4429"), (wide, deep, 0.03), (0, 0, z), bevel_m=0.006)
        for x in (-0.4 * wide, 0.4 * wide):
            shop.rod(IRON, 0.01, (x, deep / 2, z - 0.14), (x, -0.3 * deep, z))
        x = -wide / 2 + 0.08
        while x < wide / 2 - 0.06:
            name = str(rng.choice(["bottle", "bottle", "jar"]))
            colour = str(rng.choice(["#3f6b4d", "#8a5a2c", "#c9b48c", "#6b2f2c", "#39566b"]))
            shop.prop(
                name,
                (x, 0, z + 0.03),
                scale=float(rng.uniform(0.8, 1.0)),
                colour=colour,
                turns=8,
                clear=False,
            )
            x += float(rng.uniform(0.13, 0.2))


def bistro(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A small round table on one foot, two bentwood stools, a cup, a flower in a glass."""
    shop.lathe(
        IRON,
        [
            (0, 0),
            (0.22, 0),
            (0.21, 0.02),
            (0.04, 0.05),
            (0.025, 0.1),
            (0.025, 0.70),
            (0.10, 0.72),
            (0, 0.72),
        ],
        (0, 0, 0),
    )
    shop.lathe(
        TOP, [(0, 0.72), (0.33, 0.72), (0.34, 0.735), (0.33, 0.75), (0, 0.75)], (0, 0, 0), turns=36
    )
    shop.prop(
        "cup", (-0.12, -0.1, 0.75), turns=18, clear=False, turn_deg=float(rng.uniform(0, 360))
    )
    shop.lathe(
        CHINA,
        [(0, 0), (0.03, 0), (0.035, 0.09), (0.02, 0.12), (0, 0.11)],
        (0.1, 0.06, 0.75),
        turns=16,
    )
    shop.rod(paint("#557a3f"), 0.004, (0.1, 0.06, 0.84), (0.12, 0.06, 1.0))
    shop.ball(paint(fit.colour or "#c8506a"), 0.032, (0.12, 0.06, 0.98), turns=10)
    for side in (-1, 1):
        x, y = 0.56 * side, float(rng.uniform(-0.12, 0.12))
        seat = wood("#7a4a2b")
        shop.lathe(
            seat, [(0, 0.44), (0.18, 0.44), (0.19, 0.455), (0.18, 0.47), (0, 0.465)], (x, y, 0)
        )
        for i in range(4):
            a = 0.785 + i * 1.571
            dx, dy = float(np.cos(a)), float(np.sin(a))
            shop.rod(
                seat, 0.014, (x + 0.19 * dx, y + 0.19 * dy, 0), (x + 0.13 * dx, y + 0.13 * dy, 0.45)
            )
        turn = np.linspace(-0.9, 0.9, 9) + (0 if side > 0 else np.pi)
        arc = np.stack(
            [
                x + 0.19 * np.cos(turn),
                y + 0.19 * np.sin(turn),
                0.86 - 0.12 * np.abs(np.linspace(-1, 1, 9)) ** 2,
            ],
            axis=1,
        )
        shop.line(seat, 0.014, arc)
        for end in (arc[0], arc[-1]):
            shop.rod(
                seat,
                0.013,
                (float(end[0]), float(end[1]), 0.45),
                (float(end[0]), float(end[1]), float(end[2])),
            )


def neon_cup(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A cup of light on the wall, with steam."""
    tube = glowing(fit.colour or "#ff9a5a", 1.6)
    outline = [(-0.22, 0.3), (-0.16, 0.02), (0.16, 0.02), (0.22, 0.3), (-0.22, 0.3)]
    handle = [(0.21, 0.24), (0.32, 0.22), (0.31, 0.10), (0.18, 0.10)]
    steam = [
        [(x + 0.03 * np.sin(9 * t), 0.36 + 0.22 * t) for t in np.linspace(0, 1, 7)]
        for x in (-0.09, 0.05)
    ]
    for line in (outline, handle, *steam):
        shop.line(tube, 0.011, [(x, -0.03, z) for x, z in line])


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "counter": counter, "menu": menu, "bottles": bottles, "bistro table": bistro, "neon cup": neon_cup,
})  # fmt: skip
