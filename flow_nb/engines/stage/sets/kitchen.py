"""A kitchen in an old house. In: a random generator, an `Hour`. Out: its items and its light.

The window is behind the mark, to the left: the sun comes through it, rakes over table and floor and
shines through whatever is made of glass.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Item, Lamp, Light, Look, Vec3
from flow_nb.engines.stage.sets import larder
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.larder import (
    BRASS,
    COUNTER_TOP,
    CUPBOARD,
    ENAMEL,
    IRON,
    LINEN,
    OAK,
    TRIM,
)
from flow_nb.engines.stage.sky import (
    VIGNETTE,
    backdrop,
    gradient,
    hills,
    over,
    panel,
    rgb,
    surround,
    together,
)

BACK, LEFT, RIGHT, FRONT, CEILING = 1.9, -2.6, 3.1, -4.2, 2.6
WINDOW = (-1.6, -0.2, 1.06, 2.36)
"""Left, right, sill and head of the window in the back wall."""
SUN_AZIMUTH_DEG = 127.0
LAMP_AT = (0.62, 0.62, 1.86)

FLOOR = Look(colour=srgb("#9c6b40"), texture="hardwood", texture_m=1.7, texture_px=1024)
WALL = Look(colour=srgb("#d8cbb2"), texture="plaster", texture_m=2.2, texture_px=512)
CEILING_PAINT = Look(colour=srgb("#d9d2c4"), texture="plaster", texture_m=2.2, seed=1)
TILES = Look(colour=srgb("#dfe3da"), texture="tile", texture_m=0.9, texture_px=1024)


def dress(rng: np.random.Generator, hour: Hour) -> tuple[Item, ...]:
    """Everything that stands there whether or not the text says so."""
    shop = Carpenter()
    _room(shop)
    _window(shop)
    _counter(shop, rng)
    larder.shelves(shop, rng, BACK)
    larder.dresser(shop, BACK)
    larder.plant(shop, rng)
    _pendant(shop, hour)
    return shop.items()


def sun(hour: Hour) -> Vec3:
    """Where it shines."""
    return hour.towards(SUN_AZIMUTH_DEG, min(max(hour.height_deg, 28), 36))


def light(hour: Hour) -> Light:
    """The sun through the window, the room's own bounce, the pendant when it is dark."""
    towards = sun(hour)
    sky = hour.sky(towards)
    day = np.asarray(hour.horizon) * 0.5 + np.asarray(hour.zenith) * 0.5
    if day[2] > day[0]:  # a room is less blue than the sky that lights it
        day = 0.6 * day + 0.4 * day.mean()
    through = np.asarray(hour.sun) * hour.strength
    room = hour.fill * (0.22 * day + 0.075 * through) + hour.lamps * 0.10 * np.array(
        [1, 0.72, 0.42]
    )
    wood = room * np.array([0.75, 0.52, 0.36])
    pane = 0.95 * day + 0.3 * through
    leaves = np.array([0.16, 0.20, 0.09]) * (0.3 * day + 0.7 * through).mean()
    around = together(
        gradient(rgb(0.85 * room), rgb(room), rgb(wood), haze=0.8),
        panel((-0.75, 1.5, 0.75), 0.42, 0.32, rgb(pane), panes=3),
        panel((-0.8, -1.6, 0.9), 0.8, 0.55, rgb(3.6 * room + 0.7 * day), soft=0.5),
        panel((1.6, -1.6, 1.1), 0.75, 0.55, rgb(1.6 * room + 0.3 * day), soft=0.5),
        panel((-1.8, -0.9, 0.7), 0.25, 0.6, rgb(1.2 * room), soft=0.6),
        panel((1.4, 1.0, 0.25), 0.07, 0.9, rgb(2.2 * pane), soft=0.4),
        panel((-1.5, 0.55, 0.25), 0.06, 0.9, rgb(2.2 * pane), soft=0.4),
        panel((0.3, 0.3, 1.0), 0.10, 0.10, rgb(hour.lamps * np.array([5, 3.4, 1.8])), soft=0.5),
    )
    return Light(
        sun_towards=towards,
        sun_colour=hour.sun,
        sun_strength=0.0 if hour.dark else 1.5 * hour.strength,
        sun_radius_m=0.045,
        around=surround(around),
        behind=backdrop(over(hills(rgb(leaves), hour.horizon), sky), side_px=256),
        lamps=_lamps(hour),
        grade={
            **VIGNETTE,
            "cg.exposure": -0.1,
            "cg.saturation": 0.97,
            "cg.contrast": 1.06,
        },
    )


def _lamps(hour: Hour) -> tuple[Lamp, ...]:
    if not hour.dark:
        return ()
    x, y, z = LAMP_AT
    return (
        Lamp(
            kind="spot", at_m=(x, y, z - 0.06), towards=(-0.12, -0.1, -1), colour=(1.0, 0.72, 0.42),
            strength=1.7 * hour.lamps, reach_m=7, cone_deg=74, shadow=hour.dark, bulb_m=0.06,
        ),
    )  # fmt: skip


def _room(shop: Carpenter) -> None:
    left, right, sill, head = WINDOW
    shop.slab(FLOOR, (LEFT - 0.2, FRONT, -0.1), (RIGHT + 0.2, BACK + 0.2, 0))
    for low, high in (
        ((LEFT - 0.2, BACK, 0), (left, BACK + 0.2, CEILING)),
        ((right, BACK, 0), (RIGHT + 0.2, BACK + 0.2, CEILING)),
        ((left, BACK, 0), (right, BACK + 0.2, sill)),
        ((left, BACK, head), (right, BACK + 0.2, CEILING)),
        ((LEFT - 0.2, FRONT, 0), (LEFT, BACK, CEILING)),
        ((RIGHT, FRONT, 0), (RIGHT + 0.2, BACK, CEILING)),
    ):
        shop.slab(WALL, low, high)
    shop.slab(CEILING_PAINT, (LEFT - 0.2, FRONT, CEILING), (RIGHT + 0.2, BACK + 0.2, CEILING + 0.1))
    for x in (-1.7, 0.1, 1.9):
        shop.box(OAK, (0.13, 6.0, 0.15), (x, -1.1, CEILING - 0.15), bevel_m=0.012)
    shop.slab(TRIM, (LEFT, FRONT, 0), (LEFT + 0.018, BACK, 0.13))
    shop.slab(TRIM, (RIGHT - 0.018, FRONT, 0), (RIGHT, BACK, 0.13))
    low_tile, high_tile = COUNTER_TOP + 0.02, 1.52
    shop.slab(TILES, (LEFT, BACK - 0.014, low_tile), (left - 0.06, BACK, high_tile))
    shop.slab(TILES, (right + 0.06, BACK - 0.014, low_tile), (1.95, BACK, high_tile))
    shop.slab(TILES, (left - 0.06, BACK - 0.014, low_tile), (right + 0.06, BACK, sill - 0.03))


def _window(shop: Carpenter) -> None:
    left, right, sill, head = WINDOW
    middle, width, height = (left + right) / 2, right - left, head - sill
    y = BACK + 0.08
    for x in (left + 0.025, middle, right - 0.025):
        shop.box(TRIM, (0.05, 0.05, height), (x, y, sill), bevel_m=0.008)
    for x in (left + width / 4, right - width / 4):
        shop.box(TRIM, (0.024, 0.035, height), (x, y, sill), bevel_m=0.006)
    for z in (sill, sill + height * 0.36, sill + height * 0.68, head - 0.05):
        shop.box(TRIM, (width, 0.04, 0.05 if z in (sill, head - 0.05) else 0.026), (middle, y, z))
    shop.box(TRIM, (width + 0.2, 0.26, 0.035), (middle, BACK - 0.03, sill - 0.035), bevel_m=0.01)
    for x, wide in ((left - 0.05, 0.1), (right + 0.05, 0.1)):
        shop.box(TRIM, (wide, 0.03, height + 0.1), (x, BACK - 0.012, sill), bevel_m=0.006)
    shop.box(TRIM, (width + 0.24, 0.035, 0.12), (middle, BACK - 0.012, head), bevel_m=0.008)
    shop.rod(
        BRASS,
        0.009,
        (left - 0.2, BACK - 0.07, head + 0.16),
        (right + 0.2, BACK - 0.07, head + 0.16),
    )
    for x, lean in ((left - 0.09, 1), (right + 0.09, -1)):
        for fold in range(6):
            shop.box(
                LINEN, (0.052, 0.03 + 0.012 * (fold % 2), head + 0.14 - sill),
                (x + lean * (0.03 * fold - 0.05), BACK - 0.075 - 0.012 * (fold % 2), sill),
                bevel_m=0.012, turn_deg=22 * (1 if fold % 2 else -1),
            )  # fmt: skip


def _counter(shop: Carpenter, rng: np.random.Generator) -> None:
    depth, left, right = 0.58, LEFT, 1.95
    front = BACK - depth
    shop.slab(CUPBOARD, (left, front + 0.03, 0.1), (right, BACK, COUNTER_TOP - 0.04))
    shop.slab(CUPBOARD, (left, front + 0.09, 0), (right, BACK, 0.1))
    shop.box(
        OAK, (right - left + 0.02, depth + 0.03, 0.04),
        ((left + right) / 2, BACK - depth / 2, COUNTER_TOP - 0.04), bevel_m=0.006,
    )  # fmt: skip
    for low, high in pairwise(np.linspace(left + 0.05, right - 0.03, 9)):
        x, wide = (low + high) / 2, high - low - 0.022
        shop.box(CUPBOARD, (wide, 0.022, 0.56), (x, front + 0.024, 0.13), bevel_m=0.004)
        shop.box(CUPBOARD, (wide - 0.13, 0.012, 0.43), (x, front + 0.012, 0.195), bevel_m=0.005)
        shop.box(CUPBOARD, (wide, 0.022, 0.15), (x, front + 0.024, 0.71), bevel_m=0.004)
        shop.ball(BRASS, 0.014, (x, front - 0.002, 0.765), turns=12)
        shop.ball(BRASS, 0.014, (high - 0.05, front - 0.002, 0.58), turns=12)
    larder.on_counter(shop, rng, BACK)


def _pendant(shop: Carpenter, hour: Hour) -> None:
    x, y, z = LAMP_AT
    shop.rod(IRON, 0.004, (x, y, z + 0.1), (x, y, CEILING - 0.0))
    shop.lathe(
        ENAMEL,
        [(0.0, 0.135), (0.022, 0.13), (0.03, 0.10), (0.16, 0.012), (0.168, 0.0), (0.164, -0.002),
         (0.15, 0.008), (0.026, 0.09), (0.0, 0.092)][::-1],
        (x, y, z),
        turns=40,
    )  # fmt: skip
    bulb = Look(colour=(1.0, 0.86, 0.64), glow=0.3 + 5.0 * hour.lamps, roughness=0.3)
    shop.ball(bulb, 0.035, (x, y, z - 0.02), turns=20)
