"""A place in the open. In: a `LandDesign`, a random generator, an `Hour`. Out: its items and its light."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Item, Lamp, Light, Singles, Vec3
from flow_nb.engines.stage.sets.build import Carpenter
from flow_nb.engines.stage.sets.designs import Bulb, LandDesign, Scatter
from flow_nb.engines.stage.sky import (
    Painter,
    backdrop,
    gradient,
    hills,
    over,
    panel,
    rgb,
    surround,
    together,
)
from flow_nb.engines.stage.solids import laid
from flow_nb.plan.motion import Mesh

SUN_AZIMUTH_DEG = 214.0
HALF_M, STEPS = 42.0, 84
CLEAR_M = 2.6
"""Nothing is strewn nearer to the mark than this, and nothing between it and the camera."""


def dress(design: LandDesign, rng: np.random.Generator, hour: Hour) -> tuple[Item, ...]:
    """The ground, the water, and everything that stands about."""
    shop = Carpenter()
    heights = _Ground(design, rng)
    shop.add(design.ground.look(), laid(heights.mesh(), crease_deg=80))
    if design.sea is not None and design.sea_from_m is not None:
        y = design.sea_from_m
        shop.slab(design.sea.look(), (-70, y, -0.6), (70, 90, -0.035))
    for piece in design.pieces:
        shop.prop(
            piece.prop, piece.at_m, scale=piece.scale, colour=piece.colour, turn_deg=piece.turn_deg
        )
    for row in design.scatter:
        _strew(shop, row, heights, rng)
    return shop.items()


def light(design: LandDesign, hour: Hour) -> Light:
    """The sky, the sun from the left, what the ground throws back, lamps when it is dark."""
    towards = hour.towards(SUN_AZIMUTH_DEG, max(hour.height_deg, 12))
    sky = _sky(design, hour, towards)
    bounce = np.asarray(srgb(design.ground.colour)) ** 2.2
    sunlit = 0.28 * hour.strength * math.sin(math.radians(max(hour.height_deg, 10)))
    below = bounce * (0.55 * np.asarray(hour.horizon) + sunlit * np.asarray(hour.sun))
    glow = sum(
        (hour.lamps if not bulb.always else 1.0) * 0.03 * bulb.strength * np.asarray(bulb.colour)
        for bulb in design.bulbs
    )
    air = together(
        gradient((0, 0, 0), (0, 0, 0), rgb(below + 0.0), haze=0.6),
        panel((1.4, 1.0, 0.25), 0.06, 0.8, rgb(0.9 * np.asarray(hour.horizon)), soft=0.4),
        panel((0.2, -1.0, 0.8), 0.9, 0.6, rgb(np.zeros(3) + glow), soft=0.5),
    )
    tint = np.asarray(design.tint)

    def around(look: Singles) -> Singles:
        lit = hour.fill * design.fill * sky(look) + air(look)
        return np.asarray(np.maximum(lit * tint, 0.012), np.float32)

    return Light(
        sun_towards=towards,
        sun_colour=rgb(np.asarray(hour.sun) * tint / tint.max()),
        sun_strength=1.05 * hour.strength * design.fill,
        sun_radius_m=0.04,
        around=surround(around),
        behind=backdrop(_behind(design, hour, sky), side_px=512),
        lamps=tuple(_lamp(bulb, hour) for bulb in design.bulbs if bulb.always or hour.dark),
        grade={
            "vignette.enabled": 1.0,
            "vignette.midpoint": 0.9,
            "cg.exposure": hour.exposure + 0.25 + design.exposure,
            "cg.saturation": 0.97,
        },
    )


def _sky(design: LandDesign, hour: Hour, towards: Vec3) -> Painter:
    if design.sky == "air":
        return hour.sky(towards)
    if design.sky == "water":
        return gradient((0.10, 0.34, 0.42), (0.03, 0.15, 0.22), (0.02, 0.06, 0.08), haze=0.9)
    return gradient((0.002, 0.002, 0.004), (0.003, 0.003, 0.005), (0.02, 0.02, 0.02))


def _behind(design: LandDesign, hour: Hour, sky: Painter) -> Painter:
    """What is seen beyond the ground: ridges, a far sea, or the stars."""
    if design.sky == "stars":
        return together(sky, _stars())
    if design.hills is None:
        return sky if design.far is None else over(_sheet(design.far, hour), sky)
    land = np.asarray(srgb(design.hills)) ** 2.2
    day = 0.25 + 0.75 * min(1.0, hour.strength)
    return over(hills(rgb(land * day * np.asarray(hour.sun)), hour.horizon), sky)


def _sheet(colour: str, hour: Hour) -> Painter:
    """A level plain or sea out to the horizon, paler the farther."""
    near = np.asarray(srgb(colour)) ** 2.2 * (0.2 + 0.8 * min(1.0, hour.strength))
    haze = np.asarray(hour.horizon)

    def paint(look: Singles) -> Singles:
        down = np.clip(-look[..., 2:3], 0, 1)
        far = np.exp(-down / 0.05)
        out = np.zeros((*look.shape[:-1], 4), np.float32)
        out[..., 3:] = np.clip((0.002 - look[..., 2:3]) / 0.004, 0, 1)
        out[..., :3] = (near * (1 - far) + (0.55 * haze + 0.2 * near) * far) * out[..., 3:]
        return out

    return paint


def _stars(count: int = 900) -> Painter:
    """Points of light of every brightness."""
    rng = np.random.default_rng(5)
    towards = rng.normal(size=(count, 3))
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    bright = rng.pareto(2.2, count) * 0.35

    def paint(look: Singles) -> Singles:
        side = look.shape[1]
        out = np.zeros(look.shape, np.float32)
        flat = look.reshape(-1, 3)
        for aim, light_ in zip(towards, bright, strict=True):
            nearest = int(np.argmax(flat @ aim.astype(np.float32)))
            out.reshape(-1, 3)[nearest] += min(light_, 3.0) * side / 512
        return out

    return paint


def _lamp(bulb: Bulb, hour: Hour) -> Lamp:
    strength = bulb.strength * (1.0 if bulb.always else hour.lamps)
    return Lamp(
        kind="spot", at_m=bulb.at_m, towards=bulb.towards, colour=bulb.colour, strength=strength,
        reach_m=14, cone_deg=bulb.cone_deg, shadow=bulb.shadow and hour.dark, bulb_m=0.06,
    )  # fmt: skip


class _Ground:
    """The height of the land: level about the mark, rolling beyond."""

    def __init__(self, design: LandDesign, rng: np.random.Generator) -> None:
        waves = gaussian_filter(rng.normal(size=(STEPS + 1, STEPS + 1)), 3.2, mode="wrap")
        fine = gaussian_filter(rng.normal(size=(STEPS + 1, STEPS + 1)), 1.2, mode="wrap")
        field = waves / waves.std() + 0.25 * fine / fine.std()
        line = np.linspace(-HALF_M, HALF_M, STEPS + 1)
        x, y = np.meshgrid(line, line + 14.0)
        away = np.hypot(x, y - 0.5)
        rise = np.clip((away - design.level_m) / 14.0, 0, 1) ** 1.5
        self.x, self.y = x, y
        self.z = design.relief_m * rise * (field + 0.6)
        if design.sea_from_m is not None:
            shore = np.clip((y - design.sea_from_m + 1.5) / 3.0, 0, 1)
            self.z = self.z * (1 - shore) - 0.5 * shore

    def mesh(self) -> Mesh:
        """One sheet of triangles, closed by nothing: it is only seen from above."""
        n = STEPS + 1
        i, j = np.meshgrid(np.arange(STEPS), np.arange(STEPS), indexing="ij")
        a = (i * n + j).ravel()
        faces = np.concatenate(
            [np.stack([a, a + 1, a + n + 1], 1), np.stack([a, a + n + 1, a + n], 1)]
        )
        vertices = np.stack([self.x, self.y, self.z], axis=-1).reshape(-1, 3)
        return Mesh(vertices=vertices.astype(np.float32), faces=faces.astype(np.int32))

    def height_m(self, x: float, y: float) -> float:
        """At a place, between the corners of the sheet."""
        step = 2 * HALF_M / STEPS
        column = float(np.clip((x + HALF_M) / step, 0, STEPS - 1e-6))
        row = float(np.clip((y - 14.0 + HALF_M) / step, 0, STEPS - 1e-6))
        i, j = int(row), int(column)
        u, v = column - j, row - i
        corner: Floats = self.z[i : i + 2, j : j + 2]
        return float(
            corner[0, 0] * (1 - u) * (1 - v) + corner[0, 1] * u * (1 - v)
            + corner[1, 0] * (1 - u) * v + corner[1, 1] * u * v
        )  # fmt: skip


def _strew(shop: Carpenter, row: Scatter, ground: _Ground, rng: np.random.Generator) -> None:
    """Some of a kind, each turned and sized its own way, not in each other."""
    taken: list[NDArray[np.float64]] = []
    for _ in range(row.count * 6):
        if len(taken) == row.count:
            return
        turn = (
            rng.uniform(0.04, 0.96) * math.pi if row.behind else rng.uniform(-0.25, 1.25) * math.pi
        )
        away = row.from_m + (row.to_m - row.from_m) * rng.random() ** 1.4
        at = np.array([away * math.cos(turn) * 1.2, away * math.sin(turn)])
        size = float(rng.uniform(*row.scale))
        colour = str(rng.choice(row.colours)) if row.colours else None
        if np.hypot(*at) < CLEAR_M or any(np.hypot(*(at - other)) < 0.9 * size for other in taken):
            continue
        taken.append(at)
        z = ground.height_m(float(at[0]), float(at[1]))
        shop.prop(
            row.prop, (float(at[0]), float(at[1]), z - 0.02), scale=size, colour=colour,
            turn_deg=float(rng.uniform(0, 360)), seed=int(rng.integers(3)), turns=14,
        )  # fmt: skip
