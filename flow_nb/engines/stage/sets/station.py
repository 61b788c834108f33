"""Fittings of a space station: hatch, panels of lights, ribs, a frame around the wide window. In: a `Fit`.
Out: it is built."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.joiner import BLACK, STEEL, WHITE, Joiner, frame, glowing, paint

PANEL = paint("#c9ced2", 0.45)
DARK = paint("#3c4248", 0.5)
ORANGE = paint("#c8672c", 0.5)
LIGHTS = ("#59d0ff", "#7dff9a", "#ffb54a", "#ff5f4a", "#e8f4ff")


def porthole(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """The frame of a wide window with round corners, bolts around it, two struts across."""
    wide, _deep, tall = fit.size_m
    corner = 0.42
    for sx in (-1, 1):
        for sz in (-1, 1):
            x, z = sx * wide / 2, tall / 2 + sz * tall / 2
            arc = np.linspace(0, math.pi / 2, 7)
            for a, b in itertools.pairwise(arc):
                rim = [
                    (x - sx * corner * (1 - math.cos(t)), z - sz * corner * (1 - math.sin(t)))
                    for t in (a, b)
                ]
                outer = [(x + sx * 0.02, z + sz * 0.02), *rim]
                shop.hull(PANEL, [(u, y, v) for u, v in outer for y in (-0.04, 0.16)], (0, 0, 0))
    frame(shop, DARK, (wide, tall), 0.16, (-0.08, 0.0))
    for x in np.linspace(-wide / 2, wide / 2, 13):
        for z in (-0.08, tall + 0.08):
            shop.lathe(
                STEEL,
                [(0, 0), (0.022, 0), (0.022, 0.02), (0, 0.02)],
                (float(x), -0.09, z - 0.01),
                turns=6,
            )
    for x in (-wide / 6, wide / 6):
        shop.slab(PANEL, (x - 0.035, -0.02, 0), (x + 0.035, 0.10, tall))


def hatch(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A round door with a wheel and stripes of warning."""
    radius, z = fit.size_m[0] / 2, fit.size_m[2] / 2
    for look, r, low, high in (
        (DARK, 1.12, -0.06, 0),
        (ORANGE, 1.02, -0.075, -0.05),
        (PANEL, 0.94, -0.12, -0.05),
    ):
        ring = [
            (r * radius * math.cos(a), y, z + r * radius * math.sin(a))
            for a in np.linspace(0, 2 * math.pi, 32)
            for y in (low, high)
        ]
        shop.hull(look, ring, (0, 0, 0))
    wheel = [
        (0.26 * math.cos(a), -0.2, z + 0.26 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 17)
    ]
    shop.line(STEEL, 0.018, wheel)
    for i in range(3):
        turn = i * math.pi * 2 / 3 + 0.5
        shop.rod(
            STEEL, 0.015, (0, -0.16, z), (0.26 * math.cos(turn), -0.2, z + 0.26 * math.sin(turn))
        )
    for i in range(8):
        turn = i * math.pi / 4 + 0.2
        shop.box(
            DARK,
            (0.10, 0.05, 0.10),
            (1.0 * radius * math.cos(turn), -0.1, z + 1.0 * radius * math.sin(turn) - 0.05),
            bevel_m=0.015,
        )
    shop.panes(
        glowing("#7dff9a", 1.2),
        np.array([[-0.07, -0.125, z + 0.55]]),
        np.array([[0.07, 0, z + 0.59]]),
    )


def console(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A rack of drawers, screens and rows of lamps."""
    wide, deep, tall = fit.size_m
    shop.box(PANEL, (wide, deep, tall), (0, 0, 0), bevel_m=0.02)
    y = -deep / 2
    heaps: dict[str, list[tuple[list[float], list[float]]]] = {}
    z = 0.12
    while z < tall - 0.3:
        high = float(rng.uniform(0.22, 0.38))
        kind = int(rng.integers(3))
        if kind == 0:
            shop.box(DARK, (wide - 0.12, 0.03, high - 0.04), (0, y - 0.01, z), bevel_m=0.008)
            colour = str(rng.choice(["#2f9fc8", "#3fbf7a", "#d98a3a"]))
            for bar in range(4):
                long = float(rng.uniform(0.2, 0.8)) * (wide - 0.26)
                heaps.setdefault(colour, []).append(
                    (
                        [-wide / 2 + 0.12, y - 0.029, z + 0.04 + bar * (high - 0.1) / 4],
                        [-wide / 2 + 0.12 + long, 0, z + 0.07 + bar * (high - 0.1) / 4],
                    )
                )
        elif kind == 1:
            shop.box(WHITE, (wide - 0.12, 0.03, high - 0.04), (0, y - 0.01, z), bevel_m=0.012)
            shop.rod(STEEL, 0.014, (-0.16, y - 0.05, z + high / 2), (0.16, y - 0.05, z + high / 2))
        else:
            shop.box(DARK, (wide - 0.12, 0.02, high - 0.04), (0, y - 0.005, z), bevel_m=0.006)
            for i in range(int((wide - 0.2) / 0.06)):
                for k in range(2):
                    x, up = -wide / 2 + 0.12 + 0.06 * i, z + 0.06 + 0.08 * k
                    heaps.setdefault(str(rng.choice(LIGHTS)), []).append(
                        ([x, y - 0.018, up], [x + 0.028, 0, up + 0.028])
                    )
        z += high
    for colour, spots in heaps.items():
        corners = np.array(spots)
        shop.panes(glowing(colour, 0.7), corners[:, 0], corners[:, 1])


def rib(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """An arch of the hull: a bar of light along its inner edge."""
    wide, deep, tall = fit.size_m
    for side in (-1, 1):
        x = side * wide / 2
        outline = [
            (x, 0.0),
            (x - side * 0.14, 0.0),
            (x - side * 0.14, tall - 0.62),
            (x, tall - 0.5),
        ]
        shop.hull(PANEL, [(u, y, v) for u, v in outline for y in (-deep / 2, deep / 2)], (0, 0, 0))
        bend = [
            (x, tall - 0.62),
            (x - side * 0.14, tall - 0.62),
            (x - side * 0.62, tall - 0.12),
            (x - side * 0.55, tall),
        ]
        shop.hull(PANEL, [(u, y, v) for u, v in bend for y in (-deep / 2, deep / 2)], (0, 0, 0))
        shop.rod(
            glowing("#dff1ff", 1.3),
            0.02,
            (x - side * 0.16, -deep / 2, tall - 0.66),
            (x - side * 0.60, -deep / 2, tall - 0.2),
        )
    shop.slab(PANEL, (-wide / 2 + 0.55, -deep / 2, tall - 0.12), (wide / 2 - 0.55, deep / 2, tall))


def pipes(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Cables and ducts along a wall."""
    wide = fit.size_m[0]
    for i, colour in enumerate(("#b8bdc1", "#c8672c", "#3f6f9a", "#8a9096")):
        r = 0.022 + 0.018 * float(rng.random())
        z = 0.10 * i
        shop.rod(Look(colour=srgb(colour), roughness=0.4), r, (-wide / 2, 0, z), (wide / 2, 0, z))
    for x in np.linspace(-0.4 * wide, 0.4 * wide, 4):
        shop.box(BLACK, (0.05, 0.10, 0.42), (float(x), 0.01, -0.05), bevel_m=0.008)


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "porthole": porthole, "hatch": hatch, "console": console, "rib": rib, "pipes": pipes,
})  # fmt: skip
