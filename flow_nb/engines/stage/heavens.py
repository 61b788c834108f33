"""Painted skies. In: an hour's colours, a generator. Out: `Panorama`s: clouds, stars, moon, ridges, peaks,
planets, laid one over the other, and the painter that shows them around a set.

Painted flat and once: a column is a way to look, a row a height above the horizon. Clouds and hills
look like the cotton wool and card of a miniature stage, which is what they are.
"""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np

from flow_nb.engines.stage.picture import Floats, Singles, Vec3
from flow_nb.engines.stage.sky import Painter, directions
from flow_nb.engines.stage.textures.fields import cloud, noise, step

WIDTH_PX, SIDE_PX, SKY_PX = 2048, 512, 128
UPRIGHT = (0, 1, 4, 5)
"""The faces of a cube that look to the sides; the third and the fourth look up and down."""


class Panorama:
    """What stands around a set, (rows, columns, 4) linear light times cover, and cover."""

    def __init__(self, low_deg: float = -8.0, high_deg: float = 48.0) -> None:
        rows = round(WIDTH_PX * (high_deg - low_deg) / 360)
        self.low_deg, self.per_deg = low_deg, WIDTH_PX / 360
        self.pixels = np.zeros((rows, WIDTH_PX, 4), np.float32)
        self.height_deg = (low_deg + (np.arange(rows, dtype=np.float32) + 0.5) / self.per_deg)[
            :, None
        ]

    def lay(
        self, colour: Singles, cover: Singles, at: tuple[slice, slice] = (slice(None),) * 2
    ) -> None:
        """Paint, (rows, columns, 3) or one colour, where it covers (rows, columns)."""
        part = self.pixels[at]
        seen = cover[..., None]
        part[..., :3] = part[..., :3] * (1 - seen) + np.asarray(colour, np.float32) * seen
        part[..., 3:] = part[..., 3:] * (1 - seen) + seen

    def window(
        self, turn_deg: float, height_deg: float, half_deg: tuple[float, float]
    ) -> tuple[tuple[slice, slice], Singles, Singles]:
        """The pixels around a place, and their degrees to the right of it and above it. Cut at the
        edges of the paper."""
        x, y = (turn_deg % 360) * self.per_deg, (height_deg - self.low_deg) * self.per_deg
        wide, tall = half_deg[0] * self.per_deg, half_deg[1] * self.per_deg
        rows, columns = self.pixels.shape[:2]
        left, right = max(0, int(x - wide)), max(0, min(columns, int(x + wide) + 1))
        low, high = max(0, int(y - tall)), max(0, min(rows, int(y + tall) + 1))
        along = (np.arange(left, right, dtype=np.float32)[None] + 0.5 - x) / self.per_deg
        up = (np.arange(low, high, dtype=np.float32)[:, None] + 0.5 - y) / self.per_deg
        return (slice(low, high), slice(left, right)), along, up

    def over(self, sky: Painter) -> Singles:
        """The paper before a sky, on the faces of a cube (6, n, n, 3). The sky is painted coarsely: it
        has no edges. Only the four faces around show the paper."""
        coarse = sky(directions(SKY_PX))
        cube = np.stack([cv2.resize(face, (SIDE_PX, SIDE_PX)) for face in coarse])
        sheet = np.concatenate([self.pixels[:, -1:], self.pixels, self.pixels[:, :1]], axis=1)
        turn, up = _around()
        for i, face in enumerate(UPRIGHT):
            x = turn[i] * self.per_deg + 0.5
            y = np.where(
                up[i] < self.low_deg + 0.2, 0.0, (up[i] - self.low_deg) * self.per_deg - 0.5
            )
            front = cv2.remap(sheet, x, y.astype(np.float32), cv2.INTER_LINEAR)
            cube[face] = front[..., :3] + cube[face] * (1 - front[..., 3:])
        return np.asarray(cube, np.float32)


@lru_cache(maxsize=1)
def _around() -> tuple[Singles, Singles]:
    """Turn and height in degrees of every pixel of the four upright faces, (4, n, n) each."""
    look = directions(SIDE_PX)[list(UPRIGHT)]
    turn = np.degrees(np.arctan2(look[..., 1], look[..., 0])) % 360
    return turn.astype(np.float32), np.degrees(np.arcsin(np.clip(look[..., 2], -1, 1))).astype(
        np.float32
    )


def cumulus(
    paper: Panorama,
    rng: np.random.Generator,
    lit: Vec3,
    shade: Vec3,
    *,
    count: int = 26,
    low_deg: float = 5.0,
    sun_from: float = -1.0,
) -> None:
    """Heaps of cotton wool with flat feet; ``sun_from`` -1 lights them from the left, 1 from the right."""
    size = 256
    rough = noise(size, rng, 0.07) + 0.6 * noise(size, rng, 0.03)
    for far in np.sort(rng.random(count))[::-1]:
        wide = 4.5 + 10 * (1 - far) * rng.uniform(0.7, 1.3)
        turn, foot = rng.uniform(0, 360), low_deg + 24 * (1 - far) ** 1.3 + rng.uniform(0, 2)
        for _ in range(16):
            off = float(np.clip(rng.normal(0, 0.42), -1, 1))
            radius = wide * rng.uniform(0.16, 0.36) * (1.15 - 0.75 * abs(off))
            up = foot + wide * rng.uniform(0.0, 0.30) * (1 - abs(off)) + 0.25 * radius
            _puff(paper, rough, (turn + off * wide, up, radius), foot, (lit, shade), sun_from)


def _puff(
    paper: Panorama,
    rough: Singles,
    place: tuple[float, float, float],
    foot: float,
    colours: tuple[Vec3, Vec3],
    sun_from: float,
) -> None:
    turn, up, radius = place
    at, x, y = paper.window(turn, up, (1.4 * radius, 1.4 * radius))
    if not x.size or not y.size:
        return
    x, y = -x / radius, y / radius
    row = np.arange(at[0].start, at[0].stop)[:, None] * 5 // 2 % len(rough)
    column = np.arange(at[1].start, at[1].stop)[None] * 5 // 2 % len(rough)
    away = np.hypot(x, y) + 0.10 * rough[row, column]
    base = np.clip((y * radius + up - foot) / 0.7 + 0.5, 0, 1)
    cover = step(1.05 - away, 0.0, 0.45) * base
    light = np.clip(0.52 + 0.34 * y + 0.22 * sun_from * x + 0.05 * rough[row, column], 0, 1)[
        ..., None
    ]
    lit, shade = (np.asarray(colour, np.float32) for colour in colours)
    paper.lay(np.asarray(shade * (1 - light) + lit * light), np.asarray(0.95 * cover), at)


def streaks(paper: Panorama, rng: np.random.Generator, lit: Vec3, *, share: float = 0.8) -> None:
    """Long thin clouds that catch the last light."""
    side = 1024
    field = noise(side, rng, 0.22, 0.012) + 0.7 * noise(side, rng, 0.09, 0.006)
    rows = np.clip((paper.height_deg[:, 0] + 10) * 9, 0, side - 1).astype(int)
    columns = np.arange(WIDTH_PX) % side
    band = step(paper.height_deg, 2.0, 8.0) * (1 - step(paper.height_deg, 24.0, 44.0))
    cover = step(field[np.ix_(rows, columns)], 0.2, 1.9) * band * share
    paper.lay(np.asarray(lit, np.float32), np.asarray(cover, np.float32))


def stars(
    paper: Panorama, rng: np.random.Generator, *, count: int = 2400, bright: float = 1.0
) -> None:
    """Points of light, few of them bright."""
    rows, columns = paper.pixels.shape[:2]
    y = rng.integers(1, rows - 1, count)
    x = rng.integers(1, columns - 1, count)
    power = np.minimum(rng.pareto(1.6, count) * 0.10, 1.3)[:, None] * bright
    hue = 1 + rng.uniform(-0.22, 0.22, (count, 1)) * np.array([1.0, 0.1, -1.0])
    paper.pixels[y, x, :3] += (power * hue).astype(np.float32)
    large = power[:, 0] > 0.5 * bright
    for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        paper.pixels[y[large] + dy, x[large] + dx, :3] += (0.35 * power * hue)[large].astype(
            np.float32
        )


def disc(
    paper: Panorama,
    turn_deg: float,
    height_deg: float,
    radius_deg: float,
    paint: Singles,
    *,
    sun: Vec3 = (-0.6, 0.35, 0.7),
    halo: Vec3 = (0.0, 0.0, 0.0),
    dark: float = 0.02,
) -> None:
    """A moon or a planet: ``paint`` (n, n, 3) is wrapped on a ball that is lit from ``sun`` (right,
    up, to us); ``halo`` glows around it."""
    at, x, y = paper.window(turn_deg, height_deg, (3 * radius_deg, 3 * radius_deg))
    if not x.size or not y.size:
        return
    x, y = -x / radius_deg, y / radius_deg
    away = np.hypot(x, y)
    depth = np.sqrt(np.clip(1 - away**2, 0, 1))
    towards = np.asarray(sun) / np.linalg.norm(sun)
    light = np.clip(x * towards[0] + y * towards[1] + depth * towards[2], 0, 1) + dark
    n = len(paint)
    u = (np.arctan2(x, depth + 1e-3) / math.pi * 0.5 + 0.5) * (n - 1)
    v = (np.arcsin(np.clip(y + 0 * x, -1, 1)) / math.pi + 0.5) * (n - 1)
    colour = paint[np.clip(v, 0, n - 1).astype(int), np.clip(u, 0, n - 1).astype(int)]
    glow = np.exp(-np.clip(away - 1, 0, None) / 0.16) * (light + 0.15 * (away > 1))
    side = np.clip(0.55 + 0.45 * (x * towards[0] + y * towards[1]) / np.maximum(away, 1e-3), 0, 1)
    paper.pixels[at][..., :3] += ((away > 0.98) * glow * side)[..., None] * np.asarray(
        halo, np.float32
    )
    rim = (np.clip(away, 0, 1) ** 6 * (light > dark))[..., None] * np.asarray(halo) * 0.6
    cover = np.clip((1 - away) * radius_deg * paper.per_deg + 0.5, 0, 1)
    paper.lay(
        np.asarray(colour * light[..., None] + rim, np.float32), np.asarray(cover, np.float32), at
    )


def ridges(
    paper: Panorama,
    rng: np.random.Generator,
    near: Vec3,
    far: Vec3,
    *,
    heights_deg: tuple[float, ...],
    trees: bool = True,
) -> None:
    """Ranges of hills from far to near, each greener than the one behind it, hazy at the foot."""
    turn = np.arange(WIDTH_PX) / WIDTH_PX * 2 * math.pi
    grain = cloud(512, rng, 1.3)
    for i, height in enumerate(heights_deg):
        share = i / max(1, len(heights_deg) - 1)
        line: Floats = height * (1 + 0.5 * outline(rng, turn))
        if trees and share > 0.4:
            line = line + 0.22 * np.repeat(rng.random(WIDTH_PX // 4), 4) * share
        cover = np.clip((line[None] - paper.height_deg) * paper.per_deg * 0.7 + 0.5, 0, 1)
        deep = np.clip((line[None] - paper.height_deg) / max(height, 1.0), 0, 1)[..., None]
        dye = np.asarray(near) * share + np.asarray(far) * (1 - share)
        rows, columns = np.arange(len(paper.pixels)) * 3 % 512, np.arange(WIDTH_PX) % 512
        dab = 1 + 0.16 * share * grain[np.ix_(rows, columns)][..., None]
        haze = np.asarray(far) * (0.25 * (1 - share) + 0.30 * deep)
        paper.lay(
            np.asarray(dye * dab * (1 - 0.30 * deep) + haze, np.float32), cover.astype(np.float32)
        )


def nebula(paper: Panorama, rng: np.random.Generator, first: Vec3, second: Vec3) -> None:
    """Glowing gas in two colours, along a band."""
    side = 1024
    a, b, c = (cloud(side, rng, 1.7, low) for low in (2.0, 2.0, 4.0))
    rows = np.linspace(0, side - 1, len(paper.pixels)).astype(int)
    columns = np.linspace(0, 2 * side - 1, WIDTH_PX).astype(int) % side
    turn = np.arange(WIDTH_PX)[None] / WIDTH_PX * 2 * math.pi
    band = np.exp(-(((paper.height_deg - 14 * np.sin(turn + 0.8)) / 30) ** 2))
    for field, colour in ((a, first), (b, second)):
        thick = (
            step(field[np.ix_(rows, columns)] + 0.5 * c[np.ix_(rows, columns)], -0.3, 2.6) * band
        )
        paper.pixels[..., :3] += thick[..., None] * np.asarray(colour, np.float32)


def outline(rng: np.random.Generator, turn: Floats) -> Floats:
    """A rolling line around the horizon, deviation about 0.5."""
    line = np.zeros_like(turn)
    for k in (3, 5, 8, 13, 21, 34, 55):
        line += rng.uniform(0.5, 1) * (3 / k) ** 0.9 * np.sin(k * turn + rng.uniform(0, 6.3))
    return line * 0.5
