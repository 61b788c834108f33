"""A place in the open. In: a `LandDesign`, a seed, an `Hour`. Out: its items and its light, made once."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Item, Lamp, Light, Singles, Vec3
from flow_nb.engines.stage.sets.build import Carpenter, crowd
from flow_nb.engines.stage.sets.designs import Bulb, LandDesign, Scatter
from flow_nb.engines.stage.sets.fittings import fitted
from flow_nb.engines.stage.sets.ground import Ground
from flow_nb.engines.stage.sets.growth import GROWERS, KINDS_EACH, grown
from flow_nb.engines.stage.sets.shore import shore
from flow_nb.engines.stage.sets.vistas import deep_sky, vista
from flow_nb.engines.stage.sky import Painter, gradient, panel, rgb, surround, together

SUN_AZIMUTH_DEG = 214.0
CLEAR_M = 2.6
"""Nothing is strewn nearer to the mark than this, and nothing between it and the camera."""


@lru_cache(maxsize=6)
def dress(design: LandDesign, seed: int, hour: Hour) -> tuple[Item, ...]:
    """The ground, the water, and everything that stands about."""
    shop, rng = Carpenter(), np.random.default_rng(seed)
    ground = Ground(design, rng)
    if design.ground is not None:
        shop.add(design.ground.look(), ground.sheet())
    if design.path is not None:
        shop.add(design.path.look(), ground.band(*_path(rng)))
    if design.sea_from_m is not None:
        shore(shop, design, ground, rng)
    for piece in design.pieces:
        shop.prop(
            piece.prop, piece.at_m, scale=piece.scale, colour=piece.colour, turn_deg=piece.turn_deg
        )
    for fit in design.fits:
        fitted(shop, fit, rng, hour)
    for row in design.scatter:
        _strew(shop, row, ground, rng)
    return shop.items()


def sun(hour: Hour) -> Vec3:
    """Where it shines."""
    return hour.towards(SUN_AZIMUTH_DEG, min(max(hour.height_deg, 14), 50))


@lru_cache(maxsize=12)
def light(design: LandDesign, seed: int, hour: Hour) -> Light:
    """The sky, the sun from the left, what the ground throws back, lamps when it is dark."""
    towards = sun(hour)
    sky = _sky(design, hour, towards)
    cover = design.ground.colour if design.ground else "#333333"
    bounce = np.asarray(srgb(cover)) ** 2.2
    sunlit = 0.28 * hour.strength * math.sin(math.radians(max(hour.height_deg, 10)))
    below = bounce * (0.55 * np.asarray(hour.horizon) + sunlit * np.asarray(hour.sun))
    glow, signs = np.zeros(3), []
    for bulb in design.bulbs:
        light_ = (1.0 if bulb.always else hour.lamps) * bulb.strength * np.asarray(bulb.colour)
        glow += 0.03 * light_
        if bulb.always:  # what wet ground mirrors of it
            signs.append(panel((*bulb.at_m[:2], 0.9), 0.10, 0.75, rgb(0.16 * light_), soft=0.7))
    front = 0.30 * np.asarray(hour.horizon) + 0.10 * hour.strength * np.asarray(hour.sun)
    air = together(
        gradient((0, 0, 0), (0, 0, 0), rgb(below), haze=0.6),
        panel((1.4, 1.0, 0.25), 0.06, 0.8, rgb(0.9 * np.asarray(hour.horizon)), soft=0.4),
        panel((-0.35, -1.0, 0.55), 1.1, 0.6, rgb(front * max(design.sun, 0.4) + glow), soft=0.6),
        *signs,
    )
    tint = np.asarray(design.tint)

    def around(look: Singles) -> Singles:
        open_ = (
            np.clip((look[..., 2:3] - design.walled) / 0.2 + 0.5, 0.06, 1) if design.walled else 1.0
        )
        lit = hour.fill * design.fill * open_ * sky(look) + air(look)
        return np.asarray(np.maximum(lit * tint, 0.012), np.float32)

    grade: dict[str, float | tuple[float, ...]] = {
        "vignette.enabled": 1.0,
        "vignette.midpoint": 0.9,
        "cg.exposure": design.exposure,
        "cg.saturation": 1.0,
        **_haze(design, hour),
    }
    return Light(
        sun_towards=towards,
        sun_colour=rgb(np.asarray(hour.sun) * tint / tint.max()),
        sun_strength=1.05 * hour.strength * design.sun,
        sun_radius_m=0.04,
        around=surround(around),
        behind=vista(design.vista, hour, towards, seed),
        lamps=tuple(_lamp(bulb, hour) for bulb in design.bulbs if bulb.always or hour.dark),
        grade=grade,
    )


def _sky(design: LandDesign, hour: Hour, towards: Vec3) -> Painter:
    if design.sky == "air":
        return deep_sky(hour, towards)
    if design.sky == "water":
        day = 0.35 + 0.65 * min(1.0, hour.strength + 0.4 * float(np.mean(hour.horizon)))
        top, side, under = ((0.22, 0.62, 0.66), (0.07, 0.26, 0.32), (0.06, 0.13, 0.14))
        return gradient(*(rgb(day * np.asarray(c)) for c in (top, side, under)), haze=0.9)
    return gradient((0.002, 0.002, 0.004), (0.003, 0.003, 0.005), (0.02, 0.02, 0.02))


def _haze(design: LandDesign, hour: Hour) -> dict[str, float | tuple[float, ...]]:
    """Air that pales what is far, or water that swallows it."""
    if design.haze is None:
        return {}
    density, start_m, bright = design.haze
    day = 0.30 + 0.70 * min(1.0, hour.strength + 0.4 * float(np.mean(hour.horizon)))
    colour = rgb(bright * np.asarray(hour.horizon) * design.tint)
    if design.sky == "water":
        colour = rgb(day * np.array([0.02, 0.16, 0.21]))
    return {
        "fog.enabled": 1.0,
        "fog.density": density,
        "fog.distance": start_m,
        "fog.maximum_opacity": 0.95,
        "fog.height": 3.0,
        "fog.height_falloff": 0.02,
        "fog.color": colour,
        "fog.cut_off_distance": 400.0,
    }


def _lamp(bulb: Bulb, hour: Hour) -> Lamp:
    strength = bulb.strength * (1.0 if bulb.always else hour.lamps)
    return Lamp(
        kind="spot", at_m=bulb.at_m, towards=bulb.towards, colour=bulb.colour, strength=strength,
        reach_m=14, cone_deg=bulb.cone_deg, shadow=bulb.shadow and hour.dark, bulb_m=0.06, flicker=bulb.flicker,
    )  # fmt: skip


def _path(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A way that comes past the mark on the right and winds to the far left: line (n, 2), half width."""
    t = np.linspace(0, 1, 60)
    y = -9 + 46 * t
    x = 2.6 - 9 * t**1.5 + (0.9 + 2.2 * t) * np.sin(5.2 * t + rng.uniform(-0.5, 0.5))
    return np.stack([x, y], axis=1), 0.62 + 0.06 * np.sin(17 * t)


def _strew(shop: Carpenter, row: Scatter, ground: Ground, rng: np.random.Generator) -> None:
    """Some of a kind, each turned and sized its own way, not in each other."""
    places, sizes = _places(row, rng)
    count = len(places)
    z = ground.height_m(places[:, 0], places[:, 1]) - row.sunk_m
    at = np.column_stack([places, z])
    turn, kind = rng.uniform(0, 360, count), rng.integers(0, KINDS_EACH, count)
    dyes = rng.integers(0, max(1, len(row.colours)), count)
    if row.prop not in GROWERS:
        for i in range(count):
            colour = row.colours[dyes[i]] if row.colours else None
            shop.prop(row.prop, (at[i, 0], at[i, 1], at[i, 2]), scale=float(sizes[i]), colour=colour,
                      turn_deg=float(turn[i]), seed=int(kind[i]), turns=12)  # fmt: skip
        return
    for which in range(KINDS_EACH):
        for dye in range(max(1, len(row.colours))):
            mine = (kind == which) & (dyes == dye)
            if mine.any():
                for look, solid in grown(
                    row.prop, which, row.colours[dye] if row.colours else None
                ):
                    shop.add(look, crowd(solid, at[mine], turn[mine], sizes[mine]))


def _places(row: Scatter, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Where the things of a row stand, (n, 2), and how large they are (n,)."""
    found: list[tuple[float, float]] = []
    sizes: list[float] = []
    for _ in range(row.count * 5):
        if len(found) == row.count:
            break
        low, high = (-1.0, 1.0) if row.flat else (0.04, 0.96) if row.behind else (-0.25, 1.25)
        turn = rng.uniform(low, high) * math.pi
        away = row.from_m + (row.to_m - row.from_m) * rng.random() ** 1.4
        x, y, size = (
            1.25 * away * math.cos(turn),
            away * math.sin(turn),
            float(rng.uniform(*row.scale)),
        )
        gap = row.apart_m * size
        clear = CLEAR_M + 0.65 * size
        if not row.flat and (
            math.hypot(x, y) < clear or (abs(x) < clear and y < 1.5 + 0.65 * size)
        ):
            continue
        if gap and any(math.hypot(x - a, y - b) < gap for a, b in found):
            continue
        found.append((x, y))
        sizes.append(size)
    return np.array(found).reshape(-1, 2), np.array(sizes)
