"""A side street of an old town. In: a random generator, an `Hour`. Out: its items and its light.

Road in front, kerb and pavement behind the mark, shop fronts and houses, a lane that opens on the
skyline. The sun comes along the street from the left.
"""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Item, Lamp, Light, Look, Vec3
from flow_nb.engines.stage.sets import houses
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sky import backdrop, gradient, panel, rgb, surround, together

FACADES, KERB, PAVEMENT_M = 3.6, 2.1, 0.12
SUN_AZIMUTH_DEG = 213.0
LAMP_POSTS = ((-2.35, 2.45), (3.3, 2.45))

ROAD = Look(colour=srgb("#5d5b59"), texture="asphalt", texture_m=2.6, texture_px=1024)
FLAGS = Look(colour=srgb("#9b958a"), texture="floor tile", texture_m=2.4)
KERBSTONE = Look(colour=srgb("#8b877f"), texture="stone", texture_m=0.8)
PAINT = Look(colour=srgb("#b9b4a6"), texture="concrete", texture_m=0.8)
CAST_IRON = Look(colour=srgb("#22302d"), roughness=0.45, metallic=0.35)
RED = Look(colour=srgb("#9a2f26"), texture="painted", texture_m=0.5)
SLATE = Look(colour=srgb("#4b4f57"), roughness=0.8)


def dress(rng: np.random.Generator, hour: Hour) -> tuple[Item, ...]:
    """Everything that stands there whether or not the text says so."""
    shop = Carpenter()
    _ground(shop)
    houses.row(shop, rng, hour, FACADES, PAVEMENT_M)
    for x, y in LAMP_POSTS:
        _lamp_post(shop, x, y, hour)
    _furniture(shop)
    _skyline(shop, rng)
    return shop.items()


def sun(hour: Hour) -> Vec3:
    """Where it shines."""
    turn_deg = SUN_AZIMUTH_DEG if hour.height_deg < 50 else 235
    return hour.towards(turn_deg, max(hour.height_deg, 13))


def light(hour: Hour) -> Light:
    """The open sky, the sun along the street, lamps and windows after sunset."""
    towards = sun(hour)
    sky = hour.sky(towards)
    wall = np.asarray(hour.horizon) * 0.24 + 0.05 * hour.strength * np.asarray(hour.sun)
    glow = hour.lamps * np.array([0.13, 0.09, 0.05])
    street = together(
        gradient((0, 0, 0), rgb(glow * 0.6), rgb(glow), haze=0.7),
        panel((0.0, 1.0, 0.12), 2.2, 0.42, rgb(wall - 0.8 * np.asarray(hour.horizon)), soft=0.3),
        panel((-2.35, 2.45, 2.2), 0.05, 0.05, rgb(hour.lamps * np.array([30, 20, 10.5])), soft=0.5),
        panel(
            (-0.7, -1.0, 0.7), 0.7, 0.5, rgb(hour.lamps * np.array([0.34, 0.36, 0.44])), soft=0.5
        ),
        panel((1.4, 1.0, 0.25), 0.06, 0.8, rgb(1.6 * np.asarray(hour.horizon)), soft=0.4),
        panel((-1.4, 0.9, 0.25), 0.06, 0.8, rgb(1.6 * np.asarray(hour.horizon)), soft=0.4),
        panel((0.8, 3.6, 0.6), 0.16, 0.12, rgb(hour.lamps * np.array([2.4, 1.6, 0.8])), soft=0.2),
    )

    def around(look: np.ndarray) -> np.ndarray:
        return np.asarray(np.maximum(hour.fill * sky(look) + street(look), 0.1 * wall), np.float32)

    return Light(
        sun_towards=towards,
        sun_colour=hour.sun,
        sun_strength=0.0 if hour.dark else 1.05 * hour.strength,
        sun_radius_m=0.04,
        around=surround(around),
        behind=backdrop(sky, side_px=256),
        lamps=_lamps(hour),
        grade={
            "vignette.enabled": 1.0,
            "vignette.midpoint": 0.9,
            "cg.exposure": 0.0,
            "cg.saturation": 0.95,
        },
    )


def _lamps(hour: Hour) -> tuple[Lamp, ...]:
    if not hour.dark:
        return ()
    x, y = LAMP_POSTS[0]
    return (
        Lamp(
            kind="spot", at_m=(x + 0.05, y - 0.25, 2.92), towards=(0.42, -0.5, -1.0),
            colour=(1.0, 0.74, 0.44), strength=5.2 * hour.lamps, reach_m=11, cone_deg=72,
            shadow=True, bulb_m=0.07,
        ),
    )  # fmt: skip


def _ground(shop: Carpenter) -> None:
    shop.slab(ROAD, (-40, -12, -0.2), (40, KERB, 0))
    for i in range(-18, 15):
        shop.box(
            KERBSTONE, (0.985, 0.16, PAVEMENT_M + 0.1), (i * 1.0, KERB + 0.08, -0.1), bevel_m=0.014
        )
    shop.slab(FLAGS, (-40, KERB + 0.16, -0.1), (40, FACADES + 0.3, PAVEMENT_M))
    for i in range(-4, 5):
        shop.slab(PAINT, (i * 2.1 - 0.55, -2.62, -0.01), (i * 2.1 + 0.55, -2.50, 0.003))
    shop.lathe(
        CAST_IRON, [(0, 0), (0.31, 0), (0.31, 0.006), (0.285, 0.008), (0.275, 0.004), (0, 0.004)],
        (-1.5, 1.15, -0.002), turns=36,
    )  # fmt: skip
    for i in range(5):
        shop.slab(
            CAST_IRON, (2.2, KERB - 0.30 + 0.05 * i, -0.01), (2.65, KERB - 0.275 + 0.05 * i, 0.004)
        )


def _lamp_post(shop: Carpenter, x: float, y: float, hour: Hour) -> None:
    z = PAVEMENT_M
    shop.lathe(
        CAST_IRON,
        [(0, 0), (0.13, 0), (0.13, 0.06), (0.10, 0.09), (0.085, 0.30), (0.06, 0.36), (0.045, 0.42),
         (0.036, 2.1), (0.05, 2.14), (0.03, 2.2), (0.026, 2.62), (0.06, 2.66), (0.02, 2.72), (0, 2.72)],
        (x, y, z), turns=20,
    )  # fmt: skip
    shop.rod(CAST_IRON, 0.014, (x - 0.26, y, z + 2.3), (x + 0.26, y, z + 2.3))
    lantern = Look(colour=(1.0, 0.84, 0.58), glow=0.10 + 5.0 * hour.lamps, roughness=0.4)
    shop.lathe(lantern, [(0, 0), (0.075, 0), (0.12, 0.26), (0, 0.26)], (x, y, z + 2.70), turns=8)
    shop.lathe(
        CAST_IRON, [(0, 0), (0.15, 0), (0.14, 0.03), (0.05, 0.13), (0.02, 0.19), (0, 0.2)],
        (x, y, z + 2.96), turns=8,
    )  # fmt: skip


def _furniture(shop: Carpenter) -> None:
    z = PAVEMENT_M
    shop.lathe(
        RED,
        [(0, 0), (0.14, 0), (0.14, 0.04), (0.10, 0.06), (0.10, 0.46), (0.12, 0.47), (0.12, 0.51),
         (0.105, 0.53), (0.085, 0.62), (0.04, 0.68), (0.035, 0.73), (0, 0.73)],
        (2.55, KERB + 0.42, z), turns=24,
    )  # fmt: skip
    shop.rod(RED, 0.05, (2.39, KERB + 0.42, z + 0.38), (2.71, KERB + 0.42, z + 0.38))
    wood = Look(colour=srgb("#77502f"), texture="wood", texture_m=0.7, seed=1)
    for i in range(4):
        shop.box(wood, (1.35, 0.075, 0.028), (-0.95, 3.02 + 0.09 * i, z + 0.42), bevel_m=0.006)
    for i in range(3):
        shop.box(
            wood,
            (1.35, 0.024, 0.085),
            (-0.95, 3.36 + 0.018 * i, z + 0.52 + 0.115 * i),
            bevel_m=0.006,
        )
    for x in (-1.5, -0.4):
        shop.box(CAST_IRON, (0.04, 0.40, 0.035), (x, 3.15, z + 0.385))
        for y in (3.0, 3.32):
            shop.box(CAST_IRON, (0.04, 0.04, 0.40), (x, y, z))
        shop.box(CAST_IRON, (0.035, 0.03, 0.48), (x, 3.40, z + 0.38))
    shop.prop("crate", (1.75, 3.3, z), scale=1.0)
    shop.prop("crate", (1.78, 3.31, z + 0.301), scale=0.8)
    for dx, dy in ((-0.07, 0.0), (0.06, 0.05), (0.0, -0.07), (0.09, -0.05), (-0.05, 0.08)):
        shop.prop("apple", (1.78 + dx, 3.31 + dy, z + 0.53))


def _skyline(shop: Carpenter, rng: np.random.Generator) -> None:
    shop.slab(SLATE, (-34, -9, -0.1), (-27, 12, 7.5))
    shop.slab(SLATE, (30, -9, -0.1), (36, 12, 6.5))
    for i in range(22):
        x, y = -22 + 2.1 * i + float(rng.uniform(-0.5, 0.5)), float(rng.uniform(15, 24))
        wide, tall = float(rng.uniform(1.2, 2.6)), float(rng.uniform(4.5, 11))
        shop.slab(SLATE, (x - wide / 2, y, -0.1), (x + wide / 2, y + 1.5, tall))
        if rng.random() < 0.4:
            shop.slab(SLATE, (x - 0.12, y, tall), (x + 0.12, y + 0.3, tall + 1.6))
