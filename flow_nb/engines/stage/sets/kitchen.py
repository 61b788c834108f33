"""A kitchen in an old house. In: a random generator, an `Hour`. Out: its items and its light.

The window is behind the mark, to the left: the sun comes through it, rakes over table and floor and
shines through whatever is made of glass.
"""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Item, Lamp, Light, Look, Vec3
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sky import backdrop, gradient, panel, surround, together

BACK, LEFT, RIGHT, FRONT, CEILING = 1.9, -2.6, 3.1, -4.2, 2.6
WINDOW = (-1.55, -0.15, 1.06, 2.22)
"""Left, right, sill and head of the window in the back wall."""
LAMP_AT = (0.62, 0.62, 1.86)
COUNTER_TOP = 0.92

FLOOR = Look(colour=srgb("#9c6b40"), texture="hardwood", texture_m=1.7, texture_px=1024)
WALL = Look(colour=srgb("#d8cbb2"), texture="plaster", texture_m=2.2, texture_px=512)
CEILING_PAINT = Look(colour=srgb("#d9d2c4"), texture="plaster", texture_m=2.2, seed=1)
TILES = Look(colour=srgb("#dfe3da"), texture="tile", texture_m=0.9, texture_px=1024)
CUPBOARD = Look(colour=srgb("#45645f"), texture="painted", texture_m=0.9)
TRIM = Look(colour=srgb("#e6dfd0"), texture="painted", texture_m=0.8, seed=1)
OAK = Look(colour=srgb("#8a5d38"), texture="wood", texture_m=0.8, seed=2)
BRASS = Look(colour=srgb("#c79a52"), roughness=0.28, metallic=1.0)
STEEL = Look(colour=srgb("#c9ccd1"), texture="brushed", texture_m=0.4)
IRON = Look(colour=srgb("#2a2a2c"), roughness=0.5, metallic=0.6)
ENAMEL = Look(colour=srgb("#2f4a46"), roughness=0.22)
LINEN = Look(colour=srgb("#c9b79a"), texture="felt", texture_m=0.5)
LEAF = Look(colour=srgb("#55733f"), roughness=0.55)
CLAY = Look(colour=srgb("#a8603f"), texture="stone", texture_m=0.4)


def dress(rng: np.random.Generator, hour: Hour) -> tuple[Item, ...]:
    """Everything that stands there whether or not the text says so."""
    shop = Carpenter()
    _room(shop)
    _window(shop)
    _counter(shop, rng)
    _shelf(shop, rng)
    _right_side(shop, rng)
    _pendant(shop, hour)
    return shop.items()


def light(hour: Hour) -> Light:
    """The sun through the window, the room's own bounce, the pendant when it is dark."""
    towards = hour.towards(124, min(max(hour.height_deg, 19), 33))
    sky = hour.sky(towards)
    day = np.asarray(hour.horizon) * 0.5 + np.asarray(hour.zenith) * 0.5
    through = np.asarray(hour.sun) * hour.strength
    room = hour.fill * (0.30 * day + 0.085 * through) + hour.lamps * 0.10 * np.array(
        [1, 0.72, 0.42]
    )
    wood = room * np.array([0.75, 0.52, 0.36])
    pane = 2.2 * day + 0.5 * through
    around = together(
        gradient(_rgb(0.85 * room), _rgb(room), _rgb(wood), haze=0.8),
        panel((-0.75, 1.5, 0.75), 0.42, 0.32, _rgb(pane), panes=3),
        panel((1.6, -1.6, 1.1), 0.75, 0.55, _rgb(1.5 * room + 0.35 * day), soft=0.5),
        panel((-1.8, -0.9, 0.7), 0.25, 0.6, _rgb(1.2 * room), soft=0.6),
        panel((0.3, 0.3, 1.0), 0.10, 0.10, _rgb(hour.lamps * np.array([5, 3.4, 1.8])), soft=0.5),
    )
    return Light(
        sun_towards=towards,
        sun_colour=hour.sun,
        sun_strength=1.25 * hour.strength,
        sun_radius_m=0.045,
        around=surround(around),
        behind=backdrop(sky, side_px=128),
        lamps=_lamps(hour),
        grade={"cg.exposure": hour.exposure + 0.35, "cg.saturation": 0.96},
    )


def _lamps(hour: Hour) -> tuple[Lamp, ...]:
    if hour.lamps < 0.2:
        return ()
    x, y, z = LAMP_AT
    return (
        Lamp(
            kind="spot", at_m=(x, y, z - 0.06), towards=(-0.12, -0.1, -1), colour=(1.0, 0.72, 0.42),
            strength=1.1 * hour.lamps, reach_m=7, cone_deg=74, shadow=hour.dark, bulb_m=0.06,
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
    high = COUNTER_TOP + 0.02
    tile_top = 1.52
    shop.slab(TILES, (LEFT, BACK - 0.014, high), (left - 0.06, BACK, tile_top))
    shop.slab(TILES, (right + 0.06, BACK - 0.014, high), (1.95, BACK, tile_top))
    shop.slab(TILES, (left - 0.06, BACK - 0.014, high), (right + 0.06, BACK, sill - 0.03))


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
    shop.slab(IRON, (left, front + 0.09, 0), (right, BACK, 0.1))
    shop.box(
        OAK, (right - left + 0.02, depth + 0.03, 0.04),
        ((left + right) / 2, BACK - depth / 2, COUNTER_TOP - 0.04), bevel_m=0.006,
    )  # fmt: skip
    doors = np.linspace(left + 0.05, right - 0.03, 9)
    for low, high in zip(doors[:-1], doors[1:], strict=True):
        x, wide = (low + high) / 2, high - low - 0.022
        shop.box(CUPBOARD, (wide, 0.022, 0.56), (x, front + 0.024, 0.13), bevel_m=0.004)
        shop.box(CUPBOARD, (wide - 0.13, 0.012, 0.43), (x, front + 0.012, 0.195), bevel_m=0.005)
        shop.box(CUPBOARD, (wide, 0.022, 0.15), (x, front + 0.024, 0.71), bevel_m=0.004)
        shop.ball(BRASS, 0.014, (x, front - 0.002, 0.765), turns=12)
        shop.ball(BRASS, 0.014, (high - 0.05, front - 0.002, 0.58), turns=12)
    _counter_things(shop, rng)


def _counter_things(shop: Carpenter, rng: np.random.Generator) -> None:
    y, z = BACK - 0.26, COUNTER_TOP
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
        shop.ball(
            Look(colour=srgb("#d9b9a0"), roughness=0.8), 0.026, (tip[0], tip[1], tip[2] - 0.02)
        )
    shop.box(OAK, (0.34, 0.03, 0.26), (1.5, BACK - 0.06, z), bevel_m=0.01)
    shop.box(OAK, (0.22, 0.025, 0.34), (1.42, BACK - 0.095, z), bevel_m=0.008)
    shop.prop("cup", (0.18, y - 0.02, z), colour="#e9e2d3")
    _kettle(shop, (-2.2, y, z))
    _sink(shop)


def _sink(shop: Carpenter) -> None:
    x, y, z = -0.82, BACK - 0.28, COUNTER_TOP
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
    for a, b in zip(points[:-1], points[1:], strict=True):
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
    for a, b in zip(arch[:-1], arch[1:], strict=True):
        shop.rod(BRASS, 0.007, a, b)


def _shelf(shop: Carpenter, rng: np.random.Generator) -> None:
    y = BACK - 0.13
    for z in (1.60, 1.98):
        shop.box(OAK, (1.55, 0.24, 0.03), (1.08, y, z), bevel_m=0.006)
        for x in (0.45, 1.7):
            shop.box(IRON, (0.02, 0.2, 0.02), (x, y + 0.01, z - 0.02))
            shop.box(IRON, (0.02, 0.02, 0.14), (x, BACK - 0.012, z - 0.14))
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
    _hanging(shop)


def _hanging(shop: Carpenter) -> None:
    shop.rod(IRON, 0.007, (0.36, BACK - 0.05, 1.47), (1.8, BACK - 0.05, 1.47))
    for x, long in ((1.15, 0.26), (1.27, 0.3), (1.39, 0.24)):
        shop.rod(STEEL, 0.006, (x, BACK - 0.06, 1.46), (x, BACK - 0.06, 1.46 - long))
        shop.ball(STEEL, 0.03, (x, BACK - 0.075, 1.42 - long), turns=14)
    shop.box(LINEN, (0.2, 0.02, 0.34), (1.68, BACK - 0.06, 1.13), bevel_m=0.008)


def _jar(shop: Carpenter, at: Vec3, tall: float) -> None:
    jar = Look(colour=srgb("#cfe0de"), opacity=0.3, roughness=0.05)
    meal = Look(colour=srgb("#c9a86a"), texture="stone", texture_m=0.2)
    x, y, z = at
    shop.lathe(
        meal,
        [(0, 0), (0.043, 0), (0.043, tall * 0.62), (0, tall * 0.64)],
        (x, y, z + 0.004),
        turns=20,
    )
    shop.lathe(jar, [(0, 0), (0.05, 0), (0.05, tall), (0, tall)], at, turns=24)
    shop.lathe(OAK, [(0, 0), (0.046, 0), (0.048, 0.025), (0, 0.027)], (x, y, z + tall), turns=20)


def _right_side(shop: Carpenter, rng: np.random.Generator) -> None:
    """A tall dresser against the right end of the back wall, and a stool."""
    x, y = 2.5, BACK - 0.29
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
    shop.lathe(
        CLAY, [(0, 0), (0.13, 0), (0.17, 0.28), (0.185, 0.28), (0.185, 0.32), (0.16, 0.32), (0.15, 0.27), (0, 0.27)],
        (-2.25, 0.75, 0),
    )  # fmt: skip
    for i in range(14):
        turn, rise = i * 2.4, 0.35 + 0.5 * float(rng.random())
        tip = (-2.25 + 0.28 * np.cos(turn) * rise, 0.75 + 0.28 * np.sin(turn) * rise, 0.3 + rise)
        shop.rod(LEAF, 0.006, (-2.25, 0.75, 0.27), tip)
        shop.add(LEAF, _leaf(tip, turn))


def _leaf(at: tuple[float, float, float], turn: float):  # type: ignore[no-untyped-def]
    from flow_nb.engines.stage.solids import boxed
    from flow_nb.plan.motion import Mesh
    from flow_nb.props.shapes import hull

    shape = hull(np.array([(0, 0, 0), (0.06, 0.045, 0.02), (0.06, -0.045, 0.02), (0.17, 0.02, 0.0),
                           (0.17, -0.02, 0.0), (0.22, 0, -0.03), (0.08, 0, 0.032)]))  # fmt: skip
    cos, sin = np.cos(turn), np.sin(turn)
    frame = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    vertices = shape.vertices @ frame.T + np.asarray(at)
    return boxed(Mesh(vertices=vertices.astype(np.float32), faces=shape.faces))


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
    shop.add(bulb, _bulb(LAMP_AT))


def _bulb(at: Vec3):  # type: ignore[no-untyped-def]
    from flow_nb.engines.stage.sets.build import _carried
    from flow_nb.engines.stage.solids import turned
    from flow_nb.props.shapes import ball

    return _carried(turned(ball(0.035, turns=20)), (at[0], at[1], at[2] - 0.02))


def _rgb(values: np.ndarray) -> Vec3:  # type: ignore[type-arg]
    red, green, blue = (float(value) for value in values)
    return red, green, blue
