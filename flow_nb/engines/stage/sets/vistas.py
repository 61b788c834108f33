"""What is seen beyond a set. In: the name of a vista, an `Hour`, a seed. Out: a painter for the backdrop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from flow_nb.engines.stage.heavens import (
    Panorama,
    cumulus,
    disc,
    nebula,
    ridges,
    stars,
    streaks,
)
from flow_nb.engines.stage.horizons import mesas, ocean, peaks
from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Singles, Sky, Vec3
from flow_nb.engines.stage.sky import Painter, gradient, looked_at, rgb
from flow_nb.engines.stage.textures.fields import cloud, step

LAND: Mapping[str, tuple[str, tuple[float, ...]]] = MappingProxyType({
    "hills": ("#5f7f45", (6.5, 4.2, 2.4)),
    "woods": ("#33512f", (9.0, 7.0, 6.0)),
    "snow": ("#9fb2c4", (5.0, 3.0)),
    "town": ("#59606b", (4.0, 2.5)),
})  # fmt: skip
"""The colour of the nearest ridge, and how high each is, from the farthest on, in degrees."""


@lru_cache(maxsize=12)
def vista(name: str, hour: Hour, towards: Vec3, seed: int) -> Sky:
    """The backdrop: sky, clouds, stars, and the land or whatever else is far away."""
    rng = np.random.default_rng(seed + 11)
    if name in _STRANGE:
        return looked_at(_STRANGE[name](hour, rng))
    paper = Panorama()
    _heaven(paper, rng, hour)
    _far(paper, rng, hour, name)
    return looked_at(paper.over(deep_sky(hour, towards)))


def deep_sky(hour: Hour, towards: Vec3) -> Painter:
    """The open sky of an hour, bluer than at its palest a little above the horizon."""
    air = hour.sky(towards)
    zenith, horizon = np.asarray(hour.zenith), np.asarray(hour.horizon)

    def paint(look: Singles) -> Singles:
        up = np.clip(look[..., 2:3], 0, 1)
        lift = np.clip(up / 0.20, 0, 1) * np.clip(1 - up / 1.2, 0, 1)
        return np.asarray(air(look) + 0.85 * lift * (1.25 * zenith - 0.55 * horizon), np.float32)

    def paint_(look: Singles) -> Singles:
        return np.asarray(np.maximum(paint(look), 0.0), np.float32)

    return paint_


def _heaven(paper: Panorama, rng: np.random.Generator, hour: Hour) -> None:
    """Clouds by day, streaks when the sun is low, stars and a moon when it is down."""
    sun, horizon = np.asarray(hour.sun), np.asarray(hour.horizon)
    zenith = np.asarray(hour.zenith)
    if hour.lamps >= 1.0 and hour.strength < 0.2:
        stars(paper, rng, bright=0.8)
        disc(paper, 70, 12, 1.5, _moon(rng), sun=(-0.5, 0.3, 0.8), halo=(0.10, 0.12, 0.18))
        cumulus(paper, rng, rgb(1.3 * horizon), rgb(0.55 * horizon), count=9)
        return
    if hour.height_deg < 20:
        streaks(paper, rng, rgb(0.55 * horizon + 0.5 * min(1.0, hour.strength + 0.35) * sun))
    bright = 0.35 + 0.65 * min(1.0, hour.strength)
    lit = 0.45 * horizon + 0.62 * bright * sun
    shade = 0.55 * horizon + 0.25 * zenith
    cumulus(paper, rng, rgb(lit), rgb(shade), count=26 if hour.height_deg > 20 else 12)


def _far(paper: Panorama, rng: np.random.Generator, hour: Hour, name: str) -> None:
    horizon, sun = np.asarray(hour.horizon), np.asarray(hour.sun)
    day = 0.30 * horizon.mean() + 0.42 * min(1.2, hour.strength)
    light = day * (0.5 + 0.5 * sun)
    air = 0.62 * horizon * np.array([0.80, 0.94, 1.08])
    if name == "peaks":
        white = 0.92 * light + 0.45 * horizon
        peaks(
            paper,
            rng,
            rgb(_dye("#7d8b99") * light * 2.0),
            rgb(white),
            rgb(0.85 * air + 0.1 * horizon),
            height_deg=14.0,
        )
        ridges(paper, rng, rgb(_dye("#4c6a5a") * light), rgb(0.8 * air), heights_deg=(3.2, 1.8))
        return
    if name == "open":
        return
    if name == "ocean":
        sea = np.asarray(_dye("#3f97b4")) * light
        ocean(paper, rng, rgb(0.85 * sea + 0.30 * air), rgb(0.40 * sea + 0.62 * air))
        return
    if name == "mesas":
        mesas(paper, rng, rgb(_dye("#d07a44") * light * 1.15 + 0.05 * air), rgb(air))
        return
    colour, heights = LAND[name]
    near = _dye(colour) * light + 0.10 * air
    trees = name in ("hills", "woods", "town")
    ridges(paper, rng, rgb(near), rgb(air), heights_deg=heights, trees=trees)


def _dye(colour: str) -> Floats:
    return np.asarray(srgb(colour)) ** 2.2


def _moon(rng: np.random.Generator) -> Singles:
    seas = step(cloud(128, rng, 1.6), 0.1, 1.2)[..., None]
    return np.asarray(np.array([1.25, 1.22, 1.10]) * (1 - 0.45 * seas), np.float32)


def _earth(rng: np.random.Generator) -> Singles:
    land = step(cloud(256, rng, 1.8), 0.15, 0.35)[..., None]
    white = step(cloud(256, rng, 1.35) + 0.3, 0.2, 1.6)[..., None]
    ground = np.array([0.16, 0.22, 0.07]) * land + np.array([0.02, 0.09, 0.32]) * (1 - land)
    return np.asarray(1.25 * (ground * (1 - white) + 0.85 * white), np.float32)


def _giant(rng: np.random.Generator) -> Singles:
    """A planet of bands and storms."""
    n = 256
    bend = cloud(n, rng, 1.7)
    v = np.linspace(0, 1, n)[:, None] + 0.018 * bend
    bands = 0.5 + 0.28 * np.sin(v * 44) + 0.22 * np.sin(v * 91 + 2)
    warm, pale = np.array([0.62, 0.30, 0.17]), np.array([0.95, 0.80, 0.60])
    return np.asarray(warm * (1 - bands[..., None]) + pale * bands[..., None], np.float32)


def _over_moon(_: Hour, rng: np.random.Generator) -> Singles:
    paper = Panorama(-12, 60)
    stars(paper, rng, count=3200, bright=0.9)
    disc(paper, 73, 10, 4.6, _earth(rng), sun=(-0.75, 0.25, 0.55), halo=(0.10, 0.22, 0.45))
    return paper.over(gradient((0.001, 0.001, 0.003), (0.002, 0.002, 0.004), (0.02, 0.02, 0.02)))


def _deep_space(_: Hour, rng: np.random.Generator) -> Singles:
    paper = Panorama(-88, 88)
    nebula(paper, rng, (0.11, 0.03, 0.14), (0.02, 0.09, 0.16))
    stars(paper, rng, count=9000, bright=0.9)
    disc(
        paper, 68, 5, 12.0, _giant(rng), sun=(-0.8, 0.35, 0.45), halo=(0.35, 0.20, 0.10), dark=0.012
    )
    disc(paper, 109, 9, 1.9, _moon(rng) * 0.7, sun=(-0.8, 0.35, 0.45), dark=0.01)
    return paper.over(gradient((0.002, 0.002, 0.006), (0.004, 0.003, 0.008), (0.002, 0.002, 0.005)))


def _orbit(_: Hour, rng: np.random.Generator) -> Singles:
    """The limb of the Earth below, stars above."""
    paper = Panorama(-60, 60)
    stars(paper, rng, count=5000, bright=0.8)
    disc(
        paper,
        90,
        -30,
        36.0,
        _earth(rng),
        sun=(-0.45, 0.85, 0.35),
        halo=(0.22, 0.50, 0.95),
        dark=0.03,
    )
    return paper.over(gradient((0.001, 0.001, 0.003), (0.002, 0.002, 0.004), (0.01, 0.02, 0.05)))


def _deep_water(hour: Hour, rng: np.random.Generator) -> Singles:
    """Blue depths; light falls in shafts from above."""
    paper = Panorama(-12, 70)
    day = 0.30 + 0.70 * min(1.0, hour.strength + 0.4 * float(np.mean(hour.horizon)))
    rise = np.clip((paper.height_deg + 4) / 50, 0, 1)[..., None]
    deep, lit = np.array([0.010, 0.105, 0.150]), np.array([0.10, 0.46, 0.50])
    column = np.linspace(0, 1, paper.pixels.shape[1])
    ray = sum(np.sin(2 * np.pi * k * column + rng.uniform(0, 6)) for k in (23, 37, 59, 83)) / 3.2
    slant = np.clip(np.asarray(ray), 0, 1)[None, :, None] ** 2 * rise * 0.22
    colour = day * (deep * (1 - rise**1.3) + lit * rise**1.3 + slant * np.array([0.5, 0.9, 0.85]))
    paper.lay(np.asarray(colour, np.float32), np.ones(paper.pixels.shape[:2], np.float32))
    return paper.over(gradient(rgb(day * lit), rgb(day * deep), rgb(day * deep)))


_STRANGE: Mapping[str, Callable[[Hour, np.random.Generator], Singles]] = MappingProxyType({
    "moon": _over_moon, "space": _deep_space, "orbit": _orbit, "water": _deep_water,
})  # fmt: skip
