"""A row of houses. In: a carpenter, a generator, an `Hour`. Out: fronts with doors, windows, shops,
awnings and cornices, nailed to the street.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Look
from flow_nb.engines.stage.sets.build import Carpenter

STOREY_M, DEPTH_M = 2.75, 3.0

RED_BRICK = Look(colour=srgb("#8f4b37"), texture="brick", texture_m=1.7, texture_px=1024)
PALE_BRICK = Look(colour=srgb("#a98c6b"), texture="brick", texture_m=1.7, texture_px=1024, seed=1)
OCHRE = Look(colour=srgb("#c9a469"), texture="plaster", texture_m=2.4)
ROSE = Look(colour=srgb("#b98373"), texture="plaster", texture_m=2.4, seed=1)
STONE = Look(colour=srgb("#b9b09d"), texture="stone", texture_m=0.9)
CREAM = Look(colour=srgb("#ded5c0"), texture="painted", texture_m=0.8)
TEAL = Look(colour=srgb("#2f5a57"), texture="painted", texture_m=0.8)
OXBLOOD = Look(colour=srgb("#6d2a27"), texture="painted", texture_m=0.8)
BLUE = Look(colour=srgb("#33506b"), texture="painted", texture_m=0.8, seed=1)
IRON = Look(colour=srgb("#26282a"), roughness=0.5, metallic=0.3)
BRASS = Look(colour=srgb("#c79a52"), roughness=0.3, metallic=1.0)
PANE = Look(colour=srgb("#8a949c"), roughness=0.09, metallic=0.8)
ROOF = Look(colour=srgb("#5a4038"), texture="floor tile", texture_m=1.6, seed=2)
CANVAS = (
    Look(colour=srgb("#b5493a"), texture="felt", texture_m=0.6),
    Look(colour=srgb("#e4dac4"), texture="felt", texture_m=0.6),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """One front: from ``left_m``, ``wide_m``, so many storeys, of what, and what is at street level."""

    left_m: float
    wide_m: float
    storeys: int
    wall: Look
    trim: Look
    door: Look
    shop: bool = False


HOUSES = (
    House(left_m=-21.2, wide_m=3.7, storeys=2, wall=PALE_BRICK, trim=CREAM, door=TEAL),
    House(left_m=-17.5, wide_m=3.6, storeys=3, wall=RED_BRICK, trim=STONE, door=BLUE),
    House(left_m=-13.9, wide_m=3.7, storeys=3, wall=OCHRE, trim=CREAM, door=OXBLOOD),
    House(left_m=-10.2, wide_m=3.6, storeys=2, wall=ROSE, trim=CREAM, door=BLUE),
    House(left_m=-6.6, wide_m=3.7, storeys=3, wall=PALE_BRICK, trim=STONE, door=OXBLOOD),
    House(left_m=-2.9, wide_m=3.5, storeys=3, wall=RED_BRICK, trim=STONE, door=TEAL),
    House(left_m=0.6, wide_m=3.4, storeys=2, wall=OCHRE, trim=CREAM, door=TEAL, shop=True),
    House(left_m=5.4, wide_m=3.8, storeys=3, wall=RED_BRICK, trim=CREAM, door=BLUE),
    House(left_m=9.2, wide_m=3.6, storeys=2, wall=PALE_BRICK, trim=STONE, door=OXBLOOD),
    House(left_m=12.8, wide_m=3.6, storeys=3, wall=ROSE, trim=CREAM, door=TEAL),
)
"""Between the shop and the next a lane opens on the skyline."""


def row(
    shop: Carpenter, rng: np.random.Generator, hour: Hour, front_m: float, base_m: float
) -> None:
    """All houses along ``front_m``, standing on the pavement."""
    for house in HOUSES:
        _walls(shop, house, front_m, base_m)
        if house.shop:
            _shop(shop, house, hour, front_m, base_m)
        else:
            _street_level(shop, house, rng, hour, front_m, base_m)
        for storey in range(1, house.storeys):
            for place in (0.24, 0.5, 0.76):
                x = house.left_m + place * house.wide_m
                _window(shop, house, rng, hour, x, front_m, base_m + storey * STOREY_M + 0.75)


def _walls(shop: Carpenter, house: House, y: float, base: float) -> None:
    left, right = house.left_m, house.left_m + house.wide_m
    top = base + house.storeys * STOREY_M
    shop.slab(house.wall, (left, y, -0.1), (right, y + DEPTH_M, top))
    shop.slab(STONE, (left, y - 0.04, base), (right, y, base + 0.42))
    shop.box(
        house.trim,
        (house.wide_m, 0.16, 0.10),
        ((left + right) / 2, y - 0.03, base + STOREY_M),
        bevel_m=0.02,
    )
    shop.box(
        house.trim,
        (house.wide_m + 0.05, 0.34, 0.16),
        ((left + right) / 2, y - 0.08, top - 0.04),
        bevel_m=0.03,
    )
    shop.box(
        house.trim,
        (house.wide_m, 0.22, 0.09),
        ((left + right) / 2, y - 0.04, top - 0.16),
        bevel_m=0.02,
    )
    shop.slab(ROOF, (left, y - 0.1, top + 0.12), (right, y + DEPTH_M, top + 0.3))
    shop.rod(
        IRON, 0.045, (right - 0.08, y - 0.06, base + 0.02), (right - 0.08, y - 0.06, top - 0.1)
    )


def _window(
    shop: Carpenter,
    house: House,
    rng: np.random.Generator,
    hour: Hour,
    x: float,
    y: float,
    z: float,
) -> None:
    wide, tall = 0.74, 1.28
    lit = hour.lamps > 0.3 and rng.random() < 0.45 + 0.15 * hour.lamps
    glass = _lit(hour) if lit else PANE
    shop.slab(glass, (x - wide / 2, y - 0.012, z), (x + wide / 2, y + 0.01, z + tall))
    for dx in (-wide / 2, 0.0, wide / 2):
        shop.box(house.trim, (0.055, 0.06, tall), (x + dx, y - 0.02, z), bevel_m=0.008)
    for dz in (0.0, tall * 0.48, tall - 0.05):
        shop.box(house.trim, (wide, 0.05, 0.05), (x, y - 0.018, z + dz), bevel_m=0.008)
    shop.box(house.trim, (wide + 0.26, 0.17, 0.07), (x, y - 0.06, z - 0.07), bevel_m=0.014)
    shop.box(house.trim, (wide + 0.24, 0.12, 0.13), (x, y - 0.04, z + tall), bevel_m=0.018)


def _street_level(
    shop: Carpenter, house: House, rng: np.random.Generator, hour: Hour, y: float, base: float
) -> None:
    x = house.left_m + 0.24 * house.wide_m
    _door(shop, house, x, y, base)
    for place in (0.58, 0.84):
        _window(shop, house, rng, hour, house.left_m + place * house.wide_m, y, base + 0.86)


def _door(shop: Carpenter, house: House, x: float, y: float, base: float) -> None:
    wide, tall = 0.86, 2.02
    shop.box(STONE, (1.3, 0.34, 0.14), (x, y - 0.15, base), bevel_m=0.015)
    z = base + 0.14
    shop.box(house.door, (wide, 0.05, tall), (x, y - 0.01, z), bevel_m=0.004)
    for dx in (-0.2, 0.2):
        for dz, high in ((0.16, 0.62), (0.92, 0.86)):
            shop.box(house.door, (0.30, 0.035, high), (x + dx, y - 0.025, z + dz), bevel_m=0.012)
    for dx in (-wide / 2 - 0.06, wide / 2 + 0.06):
        shop.box(house.trim, (0.13, 0.13, tall + 0.02), (x + dx, y - 0.035, z), bevel_m=0.02)
    shop.box(house.trim, (wide + 0.42, 0.22, 0.16), (x, y - 0.07, z + tall), bevel_m=0.03)
    shop.ball(BRASS, 0.035, (x + 0.32, y - 0.075, z + 0.92), turns=12)
    shop.slab(BRASS, (x - 0.12, y - 0.05, z + 1.0), (x + 0.12, y - 0.04, z + 1.04))


def _shop(shop: Carpenter, house: House, hour: Hour, y: float, base: float) -> None:
    """A shop front: stall riser, three panes, a door, a fascia, a striped awning."""
    left, right = house.left_m + 0.15, house.left_m + house.wide_m - 0.15
    door = right - 0.55
    glass = _lit(hour) if hour.lamps > 0.3 else PANE
    shop.slab(house.door, (left, y - 0.09, base), (right, y, base + 0.55))
    shop.slab(glass, (left, y - 0.035, base + 0.55), (right, y + 0.01, base + 2.1))
    for x in (left + 0.04, left + 0.9, left + 1.75, door - 0.42, door + 0.42, right - 0.02):
        shop.box(house.door, (0.075, 0.11, 1.56), (x, y - 0.05, base + 0.54), bevel_m=0.012)
    shop.box(
        house.door,
        (right - left, 0.13, 0.07),
        ((left + right) / 2, y - 0.055, base + 0.53),
        bevel_m=0.012,
    )
    shop.slab(house.door, (left, y - 0.11, base + 2.08), (right, y, base + 2.5))
    shop.box(
        house.trim,
        (right - left + 0.1, 0.2, 0.07),
        ((left + right) / 2, y - 0.09, base + 2.5),
        bevel_m=0.02,
    )
    shop.ball(BRASS, 0.03, (door - 0.3, y - 0.13, base + 1.05), turns=12)
    _goods(shop, left + 0.08, door - 0.46, y - 0.075, base)
    stripes = 12
    step = (right - left) / stripes
    for i in range(stripes):
        _stripe(shop, CANVAS[i % 2], left + i * step, left + (i + 1) * step, y, base)


def _goods(shop: Carpenter, left: float, right: float, y: float, base: float) -> None:
    """What the shop sells, on three boards behind its panes."""
    goods = (("bottle", "#3f6b4d"), ("vase", "#8a4b32"), ("bowl", "#c9b48c"), ("bottle", "#6b3f2c"),
             ("cup", "#d8cdb4"), ("vase", "#39566b"))  # fmt: skip
    for level, z in enumerate((0.62, 1.10, 1.56)):
        shop.box(IRON, (right - left, 0.06, 0.022), ((left + right) / 2, y, base + z))
        count = 9
        for i in range(count):
            name, colour = goods[(2 * i + level) % len(goods)]
            x = left + (i + 0.5 + 0.2 * ((i * 7 + level) % 3 - 1)) * (right - left) / count
            scale = 0.62 + 0.1 * ((i + level) % 3)
            shop.prop(
                name, (x, y, base + z + 0.022), scale=scale, colour=colour, turns=12, clear=False
            )


def _stripe(shop: Carpenter, look: Look, left: float, right: float, y: float, base: float) -> None:
    high, low, out = base + 2.46, base + 2.12, 0.62
    slope = [
        (x, y - 0.1 - out * far, high - (high - low) * far - thick)
        for x in (left, right) for far in (0, 1) for thick in (0, 0.015)
    ]  # fmt: skip
    shop.hull(look, slope, (0.0, 0.0, 0.0))
    edge = y - 0.1 - out
    shop.box(
        look, (right - left, 0.012, 0.14), ((left + right) / 2, edge, low - 0.14), bevel_m=0.003
    )


def _lit(hour: Hour) -> Look:
    return Look(colour=(1.0, 0.70, 0.36), glow=0.12 + 0.30 * hour.lamps, roughness=0.3)
