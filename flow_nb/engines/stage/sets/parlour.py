"""Fittings of a home: bookcase, plant, floor lamp, nightstand, drapes, mat, low board. In: a `Fit`. Out: it
is built."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Look, Solid
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Fit
from flow_nb.engines.stage.sets.growth import grown
from flow_nb.engines.stage.sets.joiner import (
    BOOKS,
    BRASS,
    CHINA,
    IRON,
    WHITE,
    Joiner,
    cloth,
    glowing,
    paint,
    wood,
)
from flow_nb.engines.stage.solids import laid
from flow_nb.plan.motion import Mesh


def bookcase(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """Boards full of books, a thing or two between them."""
    wide, deep, tall = fit.size_m
    board = wood(fit.colour or "#6e4a2e")
    shop.slab(board, (-wide / 2, deep / 2 - 0.015, 0), (wide / 2, deep / 2, tall))
    for x in (-wide / 2, wide / 2 - 0.03):
        shop.slab(board, (x, -deep / 2, 0), (x + 0.03, deep / 2, tall))
    shelves = max(2, round(tall / 0.36))
    step = (tall - 0.11) / shelves
    for i in range(shelves + 1):
        z = 0.08 + i * step
        shop.slab(board, (-wide / 2, -deep / 2, z), (wide / 2, deep / 2, z + 0.025))
        if i < shelves:
            books(
                shop, rng, -wide / 2 + 0.04, wide / 2 - 0.04, -0.35 * deep, z + 0.025, step - 0.05
            )


def books(
    shop: Carpenter,
    rng: np.random.Generator,
    left: float,
    right: float,
    front: float,
    z: float,
    tall: float,
) -> None:
    """A row of books of all colours, with gaps."""
    heaps: dict[str, list[tuple[list[float], list[float]]]] = {}
    x = left
    while x < right - 0.05:
        if rng.random() < 0.08:
            x += rng.uniform(0.05, 0.16)
            continue
        thick, high = float(rng.uniform(0.018, 0.05)), tall * float(rng.uniform(0.66, 0.96))
        low = [x, front + float(rng.uniform(0, 0.03)), z]
        heaps.setdefault(str(rng.choice(BOOKS)), []).append(
            (low, [min(x + thick, right), front + 0.17, z + high])
        )
        x += thick + 0.002
    for colour, boxes in heaps.items():
        corners = np.array(boxes)
        shop.slabs(paint(colour, 0.7), corners[:, 0], corners[:, 1])


def pot_plant(shop: Carpenter, fit: Fit, rng: np.random.Generator, _: Hour) -> None:
    """A fern or a rubber tree in a clay pot."""
    tall = fit.size_m[2]
    pot = Look(colour=srgb(fit.colour or "#a85f3f"), roughness=0.8)
    shop.lathe(
        pot,
        [
            (0, 0),
            (0.13, 0),
            (0.18, 0.28),
            (0.2, 0.28),
            (0.2, 0.32),
            (0.16, 0.32),
            (0.15, 0.27),
            (0, 0.27),
        ],
        (0, 0, 0),
        turns=24,
    )
    seed = int(rng.integers(3))
    for look, solid in grown("fern", seed, "#4f7d46"):
        for up, size in ((0.28, 0.9), (0.28 + 0.25 * tall, 1.0), (0.28 + 0.5 * tall, 0.8)):
            points = solid.vertices * np.float32(size * tall) + np.array([0, 0, up], np.float32)
            shop.add(
                look,
                Solid(
                    vertices=points.astype(np.float32),
                    faces=solid.faces,
                    normals=solid.normals,
                    surface_m=solid.surface_m,
                ),
            )
    shop.rod(paint("#5f7a45"), 0.02, (0, 0, 0.25), (0, 0, 0.28 + 0.5 * tall))


def floor_lamp(shop: Carpenter, fit: Fit, _: np.random.Generator, hour: Hour) -> None:
    """A foot, a pole, a shade that glows in the evening."""
    tall = fit.size_m[2]
    shop.lathe(
        BRASS,
        [
            (0, 0),
            (0.15, 0),
            (0.15, 0.015),
            (0.03, 0.03),
            (0.012, 0.05),
            (0.012, tall - 0.2),
            (0, tall - 0.2),
        ],
        (0, 0, 0),
    )
    _shade(shop, hour, fit.colour or "#ead9b4", 0.22, tall - 0.32)


def nightstand(shop: Carpenter, fit: Fit, rng: np.random.Generator, hour: Hour) -> None:
    """A small chest with a lamp and a book on it."""
    body = wood(fit.colour or "#7d5636")
    shop.box(body, (0.46, 0.40, 0.50), (0, 0, 0.06), bevel_m=0.008)
    for z in (0.12, 0.34):
        shop.box(body, (0.40, 0.02, 0.18), (0, -0.205, z), bevel_m=0.006)
        shop.ball(BRASS, 0.014, (0, -0.22, z + 0.075), turns=10)
    for x in (-0.19, 0.19):
        for y in (-0.15, 0.15):
            shop.rod(body, 0.016, (x, y, 0), (x, y, 0.07))
    shop.lathe(
        CHINA,
        [(0, 0), (0.06, 0), (0.08, 0.08), (0.03, 0.17), (0.012, 0.20), (0, 0.2)],
        (0.05, 0.05, 0.56),
    )
    _shade(shop, hour, "#ecdfc2", 0.12, 0.74, at=(0.05, 0.05))
    shop.box(paint(str(rng.choice(BOOKS))), (0.13, 0.18, 0.025), (-0.12, -0.06, 0.56), turn_deg=12)


def drapes(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """Two curtains in folds beside a window ``size_m`` wide, on a rod."""
    wide, _deep, tall = fit.size_m
    rod = wide / 2 + 0.34
    shop.rod(BRASS, 0.014, (-rod, 0, tall), (rod, 0, tall))
    for side in (-1, 1):
        shop.ball(BRASS, 0.028, (side * rod, 0, tall - 0.028), turns=10)
        x = np.linspace(wide / 2 - 0.06, wide / 2 + 0.30, 40) * side
        shop.add(
            cloth(fit.colour or "#8a5a52"),
            folds(x, 0.04 * np.sin(np.arange(40) * 1.05), 0.03, tall),
        )


def folds(x: Floats, y: Floats, low: float, high: float) -> Solid:
    """Cloth that hangs from ``high`` to ``low`` along a wavy line, seen from the front."""
    rows = np.linspace(0, 1, 5)
    points = np.concatenate(
        [
            np.column_stack([x, y * (1.0 - 0.25 * t), np.full(len(x), low + (high - low) * t)])
            for t in rows
        ]
    )
    n = len(x)
    i, j = np.meshgrid(np.arange(len(rows) - 1), np.arange(n - 1), indexing="ij")
    a = (i * n + j).ravel()
    faces = np.concatenate([np.stack([a, a + 1, a + n + 1], 1), np.stack([a, a + n + 1, a + n], 1)])
    both = np.concatenate([faces, faces[:, ::-1] + len(points)])
    sheet = np.concatenate([points, points + [0, 0.012, 0]])
    return laid(Mesh(vertices=sheet.astype(np.float32), faces=both.astype(np.int32)), crease_deg=80)


def rug(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A flat woven mat with a border."""
    wide, deep, _high = fit.size_m
    shop.slab(
        cloth(fit.colour or "#c9b48c"), (-wide / 2, -deep / 2, 0.0), (wide / 2, deep / 2, 0.010)
    )
    shop.slab(
        WHITE, (-wide / 2 + 0.08, -deep / 2 + 0.08, 0.0), (wide / 2 - 0.08, deep / 2 - 0.08, 0.012)
    )
    shop.slab(
        cloth(fit.colour or "#c9b48c"),
        (-wide / 2 + 0.12, -deep / 2 + 0.12, 0.0),
        (wide / 2 - 0.12, deep / 2 - 0.12, 0.014),
    )


def low_board(shop: Carpenter, fit: Fit, _: np.random.Generator, __: Hour) -> None:
    """A long low chest, to stand things on."""
    wide, deep, tall = fit.size_m
    body = wood(fit.colour or "#7a5234")
    shop.box(body, (wide, deep, tall - 0.14), (0, 0, 0.14), bevel_m=0.01)
    for i in range(3):
        x = (i - 1) * wide / 3
        shop.box(
            body, (wide / 3 - 0.03, 0.02, tall - 0.2), (x, -deep / 2 - 0.008, 0.17), bevel_m=0.006
        )
        shop.ball(BRASS, 0.014, (x + wide / 9, -deep / 2 - 0.03, tall / 2 + 0.06), turns=10)
    for x in (-0.45 * wide, 0.45 * wide):
        shop.rod(IRON, 0.018, (x, 0, 0), (x, 0, 0.14))


def _shade(
    shop: Carpenter,
    hour: Hour,
    colour: str,
    radius: float,
    z: float,
    at: tuple[float, float] = (0.0, 0.0),
) -> None:
    lit = glowing(colour, 0.05 + 0.75 * hour.lamps)
    shop.lathe(
        lit, [(0, 0.01), (radius, 0.0), (0.66 * radius, 1.25 * radius), (0, 1.2 * radius)], (*at, z)
    )


FITTINGS: Mapping[str, Joiner] = MappingProxyType({
    "bookcase": bookcase, "pot plant": pot_plant, "floor lamp": floor_lamp, "nightstand": nightstand,
    "drapes": drapes, "mat": rug, "low board": low_board,
})  # fmt: skip
