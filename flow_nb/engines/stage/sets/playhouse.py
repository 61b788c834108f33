"""Fittings of a theatre: curtains, valance, footlights, the edge of the stage and the rows before it. In: a `Fit`.
Out: it is built."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Solid
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.ground import grid, sheet_of
from flow_nb.engines.stage.sets.joiner import BRASS, IRON, Joiner, cloth, glowing
from flow_nb.engines.stage.sets.parlour import folds

GOLD = Look(colour=srgb("#b88a3e"), roughness=0.4, metallic=0.8)


def curtain(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Heavy cloth in deep folds, ``size_m`` wide and high, folds as deep as the second number."""
    wide, deep, tall = fit.size_m
    count = max(8, round(wide / 0.045))
    t = np.linspace(0, wide, count)
    phase = np.cumsum(rng.uniform(0.75, 1.25, count)) * 0.62
    line = deep * (np.sin(phase) + 0.25 * np.sin(2.3 * phase))
    shop.add(cloth(fit.colour or "#8f1f26"), folds(t - wide / 2, line, 0.02, tall))
    hem = np.stack([t - wide / 2, line - 0.012, np.full(count, 0.10)], axis=1)
    shop.add(GOLD, folds(hem[:, 0], hem[:, 1], 0.09, 0.20))


def valance(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Swags across the top, a golden fringe under each."""
    wide, _deep, tall = fit.size_m
    swags = max(3, round(wide / 1.5))
    for i in range(swags):
        left = -wide / 2 + i * wide / swags
        u = np.linspace(0, 1, 14)
        low = -tall * (0.55 + 0.45 * np.sin(np.pi * u))
        x = left + u * wide / swags
        for row in range(7):
            a, b = row / 7, (row + 1) / 7
            shop.add(
                cloth(fit.colour or "#7d1820"),
                _strip(x, low * a, low * b, 0.07 * ((row % 2) - 0.5), -0.07 * ((row % 2) - 0.5)),
            )
        shop.add(GOLD, _strip(x, low, low - 0.09, -0.03, -0.03))


def _strip(x: Floats, top: Floats, bottom: Floats, y_top: float, y_bottom: float) -> Solid:
    """A strip of cloth between two lines that hang before one another."""
    rows = [(y_bottom, bottom), (y_top, top)]
    points = np.stack([np.stack([x, np.full(len(x), y), z], axis=1) for y, z in rows])
    return sheet_of(points.reshape(-1, 3), grid(1, len(x) - 1))


def footlights(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A row of shells at the edge of the stage; their lamps look at the actors."""
    wide = fit.size_m[0]
    count = max(3, round(wide / 0.62))
    for i in range(count):
        x = -wide / 2 + (i + 0.5) * wide / count
        turn = np.linspace(0, np.pi, 9)
        shell = [
            (x + 0.10 * float(np.cos(a)), y, 0.10 * float(np.sin(a)))
            for a in turn
            for y in (0.0, -0.11)
        ]
        shop.hull(BRASS, shell, (0, 0, 0))
        shop.ball(glowing("#ffd9a0", 2.2), 0.03, (x, 0.03, 0.015), turns=10)


def house_seats(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Rows of plush backs below the stage, and its front edge."""
    wide, deep, drop = fit.size_m
    shop.slab(IRON, (-wide / 2, 0, -drop), (wide / 2, 0.1, -0.002))
    shop.slab(GOLD, (-wide / 2, -0.03, -0.10), (wide / 2, 0.1, -0.001))
    rows, seats = max(1, round(deep / 0.95)), round(wide / 0.6)
    low = np.array([
        [-wide / 2 + 0.6 * i + 0.03 + 0.3 * (row % 2), -0.9 - 0.95 * row, -drop]
        for row in range(rows) for i in range(seats)
    ])  # fmt: skip
    shop.slabs(cloth("#5f151b"), low, low + [0.52, 0.12, drop - 0.12])
    shop.slab(IRON, (-wide, -deep - 3, -drop - 0.1), (wide, 0, -drop))


def pillars(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Gilded columns before a wall: one side of the proscenium."""
    wide, deep, tall = fit.size_m
    shop.box(cloth("#3a1216"), (wide, deep, tall), (0, 0, 0), bevel_m=0.01)
    for x in (-0.32 * wide, 0.32 * wide):
        shop.lathe(
            GOLD,
            [
                (0, 0),
                (0.14, 0),
                (0.14, 0.2),
                (0.10, 0.26),
                (0.085, tall - 0.3),
                (0.15, tall),
                (0, tall),
            ],
            (x, -deep / 2, 0),
            turns=20,
        )


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "curtain": curtain, "valance": valance, "footlights": footlights, "house seats": house_seats,
    "proscenium": pillars,
})  # fmt: skip
