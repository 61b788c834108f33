"""A room. In: a `RoomDesign`, a seed, an `Hour`. Out: its items and its light, made once.

Its window is in the back wall: by day the light comes through it from behind and from the left, in
the evening from its lamps.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Item, Lamp, Light, Look, Vec3
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Bulb, RoomDesign
from flow_nb.engines.stage.sets.fittings import fitted
from flow_nb.engines.stage.sets.vistas import vista
from flow_nb.engines.stage.sky import VIGNETTE, gradient, panel, rgb, surround, together
from flow_nb.engines.stage.textures.library import UPRIGHT

SUN_AZIMUTH_DEG = 127.0
THICK_M = 0.2
ASIDE = frozenset({"brick", "wood", "hardwood", "tile"})
"""Textures that have a way to run."""
CEILING = Look(colour=srgb("#ddd6c8"), texture="plaster", texture_m=2.2, seed=1)
SHADE = Look(colour=srgb("#efe2c4"), roughness=0.8)
IRON = Look(colour=srgb("#26282a"), roughness=0.5, metallic=0.3)


@lru_cache(maxsize=6)
def dress(design: RoomDesign, seed: int, hour: Hour) -> tuple[Item, ...]:
    """Floor, walls, window, and what stands along them."""
    shop, rng = Carpenter(), np.random.default_rng(seed)
    _shell(shop, painted(design, seed))
    for i, piece in enumerate(design.furniture):
        shop.prop(
            piece.prop, piece.at_m, scale=piece.scale, colour=piece.colour,
            turn_deg=piece.turn_deg + float(rng.uniform(-2.5, 2.5)), seed=i,
        )  # fmt: skip
    for fit in design.fits:
        fitted(shop, fit, rng, hour)
    for bulb in design.bulbs:
        _bulb(shop, bulb, hour, design.size_m[4])
    return shop.items()


def painted(design: RoomDesign, seed: int) -> RoomDesign:
    """The room with its walls in one of its colours."""
    dyes = (design.walls.colour, *design.dyes)
    return replace(design, walls=replace(design.walls, colour=dyes[seed % len(dyes)]))


def sun(hour: Hour) -> Vec3:
    """Where it shines through the window."""
    return hour.towards(SUN_AZIMUTH_DEG, min(max(hour.height_deg, 28), 36))


@lru_cache(maxsize=12)
def light(design: RoomDesign, seed: int, hour: Hour) -> Light:
    """The sun through the window, what the walls throw back, the lamps."""
    design, towards = painted(design, seed), sun(hour)
    open_ = 1.0 - design.dim
    day = 0.5 * np.asarray(hour.horizon) + 0.5 * np.asarray(hour.zenith)
    day = 0.6 * day + 0.4 * day.mean() if day[2] > day[0] else day
    through = np.asarray(hour.sun) * hour.strength
    walls, floor = (np.asarray(srgb(c.colour)) ** 2.2 for c in (design.walls, design.floor))
    lamps = np.zeros(3)
    for bulb in design.bulbs:
        lamps += (
            _share(bulb, hour) * 0.055 * design.bounce * bulb.strength * np.asarray(bulb.colour)
        )
    bounced = 0.35 + 0.9 * walls
    room = hour.fill * open_ * (0.22 * day + 0.075 * through) * bounced + lamps * bounced
    room = np.maximum(room * np.asarray(design.tint), 0.012)
    pane = open_ * (0.95 * day + 0.3 * through)
    left, right, sill, head = design.window or (-0.8, 0.8, 1.0, 2.2)
    front = design.front_light * (2.3 * room + 0.45 * open_ * day)
    aim = ((left + right) / 2, design.size_m[2], (sill + head) / 2 - 0.9)
    around = together(
        gradient(rgb(0.85 * room), rgb(room), rgb(room * (0.3 + floor)), haze=0.8),
        panel(aim, 0.42, 0.32, rgb(pane if design.window else np.zeros(3)), panes=3),
        panel((-0.8, -1.6, 0.9), 0.8, 0.55, rgb(front), soft=0.5),
        panel((1.7, -1.4, 0.8), 0.5, 0.5, rgb(0.45 * front), soft=0.5),
        panel((-1.8, -0.9, 0.7), 0.25, 0.6, rgb(1.2 * room), soft=0.6),
        panel((1.4, 1.0, 0.25), 0.07, 0.9, rgb(1.6 * pane + 2.0 * lamps), soft=0.4),
        panel((-1.5, 0.55, 0.25), 0.06, 0.9, rgb(1.6 * pane + 2.0 * lamps), soft=0.4),
    )
    return Light(
        sun_towards=towards,
        sun_colour=hour.sun,
        sun_strength=1.5 * hour.strength * open_ if design.window and not hour.dark else 0.0,
        sun_radius_m=0.045,
        around=surround(around),
        behind=vista(design.vista, hour, towards, seed),
        lamps=tuple(_lamp(bulb, hour) for bulb in design.bulbs if _share(bulb, hour) > 0.3),
        grade={
            **VIGNETTE,
            "cg.exposure": design.exposure,
            "cg.saturation": 0.97,
            "cg.contrast": 1.1,
        },
    )


def _share(bulb: Bulb, hour: Hour) -> float:
    return 1.0 if bulb.always else hour.lamps


def _lamp(bulb: Bulb, hour: Hour) -> Lamp:
    x, y, z = bulb.at_m
    return Lamp(
        kind="spot", at_m=(x, y, z - 0.08), towards=bulb.towards, colour=bulb.colour,
        strength=bulb.strength * _share(bulb, hour), reach_m=9, cone_deg=bulb.cone_deg,
        shadow=bulb.shadow and (hour.dark or bulb.always), bulb_m=0.06,
    )  # fmt: skip


def _shell(shop: Carpenter, design: RoomDesign) -> None:
    left, right, back, front, top = design.size_m
    floor, walls = design.floor.look(), design.walls.look()
    shop.slab(floor, (left - THICK_M, front, -0.1), (right + THICK_M, back + THICK_M, 0))
    shop.slab(_aside(walls), (left - THICK_M, front, 0), (left, back, top))
    shop.slab(_aside(walls), (right, front, 0), (right + THICK_M, back, top))
    shop.slab(CEILING, (left - THICK_M, front, top), (right + THICK_M, back + THICK_M, top + 0.1))
    if design.window is None:
        shop.slab(walls, (left - THICK_M, back, 0), (right + THICK_M, back + THICK_M, top))
    else:
        _window(shop, design, walls)
    if not design.framed:
        return
    skirting, trim = 0.11, _trim(design.trim)
    shop.slab(trim, (left, back - 0.018, 0), (right, back, skirting))
    shop.slab(trim, (left, front, 0), (left + 0.018, back, skirting))
    shop.slab(trim, (right - 0.018, front, 0), (right, back, skirting))
    if design.dado is not None:
        dado = design.dado.look()
        shop.slab(dado, (left, back - 0.03, skirting), (right, back, 1.0))
        shop.slab(_aside(dado), (left, front, skirting), (left + 0.03, back, 1.0))
        shop.slab(_aside(dado), (right - 0.03, front, skirting), (right, back, 1.0))
        shop.slab(trim, (left, back - 0.05, 1.0), (right, back, 1.04))
        shop.slab(trim, (left, front, 1.0), (left + 0.05, back, 1.04))
        shop.slab(trim, (right - 0.05, front, 1.0), (right, back, 1.04))


def _aside(look: Look) -> Look:
    """A wall's look on a wall at the side, where textures would stand on end."""
    return replace(look, texture=f"{look.texture}{UPRIGHT}") if look.texture in ASIDE else look


def _trim(colour: str) -> Look:
    return Look(colour=srgb(colour), texture="painted", texture_m=0.8)


def _window(shop: Carpenter, design: RoomDesign, walls: Look) -> None:
    left, right, back, _, top = design.size_m
    start, end, sill, head = design.window or (0, 0, 0, 0)
    for low, high in (
        ((left - THICK_M, back, 0), (start, back + THICK_M, top)),
        ((end, back, 0), (right + THICK_M, back + THICK_M, top)),
        ((start, back, 0), (end, back + THICK_M, sill)),
        ((start, back, head), (end, back + THICK_M, top)),
    ):
        shop.slab(walls, low, high)
    if not design.framed:
        return
    trim = _trim(design.trim)
    y, wide, tall = back + 0.08, end - start, head - sill
    bars = max(2, round(wide / 0.55))
    for i in range(bars + 1):
        thick = 0.05 if i in (0, bars) else 0.026
        shop.box(trim, (thick, 0.045, tall), (start + wide * i / bars, y, sill), bevel_m=0.006)
    for z in (sill, sill + 0.5 * tall, head - 0.05):
        shop.box(trim, (wide, 0.04, 0.04), ((start + end) / 2, y, z))
    shop.box(trim, (wide + 0.2, 0.26, 0.035), ((start + end) / 2, back - 0.03, sill - 0.035))
    for x in (start - 0.05, end + 0.05):
        shop.box(trim, (0.1, 0.03, tall + 0.1), (x, back - 0.012, sill), bevel_m=0.006)
    shop.box(trim, (wide + 0.24, 0.035, 0.12), ((start + end) / 2, back - 0.012, head))


def _bulb(shop: Carpenter, bulb: Bulb, hour: Hour, ceiling_m: float) -> None:
    """What is seen of a lamp: a shade that hangs from the ceiling, a panel in it, a spot on a rail."""
    x, y, z = bulb.at_m
    glow = Look(colour=bulb.colour, glow=0.2 + 4.0 * _share(bulb, hour), roughness=0.3)
    if bulb.shade == "panel":
        pane = Look(colour=bulb.colour, glow=0.15 + 1.1 * _share(bulb, hour), roughness=0.4)
        shop.slab(pane, (x - 0.6, y - 0.3, ceiling_m - 0.03), (x + 0.6, y + 0.3, ceiling_m - 0.01))
    elif bulb.shade == "shade":
        shop.rod(IRON, 0.005, (x, y, z + 0.12), (x, y, ceiling_m))
        shop.lathe(SHADE, [(0.05, 0.14), (0.15, 0.0), (0.146, 0.0), (0.045, 0.135)], (x, y, z))
        shop.ball(glow, 0.036, (x, y, z), turns=16)
    elif bulb.shade == "spot":
        away = np.asarray(bulb.towards) / np.linalg.norm(bulb.towards)
        front, back = (np.asarray(bulb.at_m) - reach * away for reach in (0.12, 0.42))
        shop.rod(IRON, 0.10, rgb(front), rgb(back))
        shop.rod(glow, 0.085, rgb(front + 0.004 * away), rgb(front))
