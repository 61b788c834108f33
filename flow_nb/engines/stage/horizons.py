"""Great shapes on the horizon. In: a `Panorama`, a generator, colours. Out: mountains, table mountains or a sea are
painted on it.

The faces of rock come from the outlines: a spur runs down from every tooth of a crest, and what of it looks to the
left has the light.
"""

from __future__ import annotations

import math

import numpy as np

from flow_nb.engines.stage.heavens import WIDTH_PX, Panorama, outline
from flow_nb.engines.stage.picture import Floats, Singles, Vec3
from flow_nb.engines.stage.textures.fields import noise, step

SLANT = 0.55
"""How far a spur goes aside while it comes down by one."""


def peaks(
    paper: Panorama,
    rng: np.random.Generator,
    rock: Vec3,
    snow: Vec3,
    haze: Vec3,
    *,
    height_deg: float = 15.0,
    snow_from: float = 0.30,
) -> None:
    """A range of sharp mountains with white caps, lit from the left, before a paler one."""
    turn = np.arange(WIDTH_PX) / WIDTH_PX * 2 * math.pi
    for pale, share in ((0.55, 0.82), (0.06, 1.0)):
        line = height_deg * share * (0.40 + 0.60 * _teeth(rng, turn))
        cover = np.clip((line[None] - paper.height_deg) * paper.per_deg + 0.5, 0, 1)
        high = paper.height_deg / height_deg / share
        lit = 0.62 * _facets(paper, line, 26) + 0.38 * _facets(paper, line, 7)
        edge = snow_from + 0.16 * (lit - 0.5) + 0.05 * _jagged(rng, turn)[None]
        white = step(np.asarray(high - edge, np.float32), -0.02, 0.02)[..., None]
        shade = (0.42 + 0.58 * lit)[..., None]
        bluish = np.asarray(snow) * np.where(lit[..., None] > 0.5, 1.0, (0.80, 0.92, 1.08))
        colour = (np.asarray(rock) * (1 - white) + bluish * white) * shade
        mist = (pale + (1 - pale) * np.clip(0.5 - high * 1.3, 0, 0.45))[..., None]
        paper.lay(
            np.asarray(colour * (1 - mist) + np.asarray(haze) * mist, np.float32),
            cover.astype(np.float32),
        )


def mesas(
    paper: Panorama, rng: np.random.Generator, near: Vec3, far: Vec3, *, height_deg: float = 8.5
) -> None:
    """Table mountains with layers of rock, steep above and with slopes of rubble at their feet."""
    turn = np.arange(WIDTH_PX) / WIDTH_PX * 2 * math.pi
    flute = noise(512, rng, 0.015)[0][np.arange(WIDTH_PX) % 512]
    for pale, share, few in ((0.45, 0.8, 0.22), (0.05, 1.0, 0.42)):
        wave = outline(rng, turn) + 0.10 * _jagged(rng, turn)
        wall = step(wave.astype(np.float32), few, few + 0.05)
        foot = step(wave.astype(np.float32), few - 0.45, few + 0.05)
        line = height_deg * share * (0.10 + 0.42 * foot**1.6 + 0.48 * wall)
        cover = np.clip((line[None] - paper.height_deg) * paper.per_deg * 0.9 + 0.5, 0, 1)
        high = paper.height_deg / height_deg / share
        steep = step(high - 0.42, 0.0, 0.06)
        layers = np.sin(15 * high + 1.5 * np.sin(3 * turn)[None]) + 0.6 * np.sin(41 * high)
        lit = _facets(paper, line, 34)
        tone = 0.70 + 0.30 * lit + steep * (0.07 * layers + 0.03 * flute[None]) - 0.10 * (1 - steep)
        mist = (pale + (1 - pale) * np.clip(0.30 - high, 0, 0.3))[..., None]
        colour = np.asarray(near) * tone[..., None] * (1 - mist) + np.asarray(far) * mist
        paper.lay(np.asarray(colour, np.float32), cover.astype(np.float32))


def ocean(paper: Panorama, rng: np.random.Generator, near: Vec3, far: Vec3) -> None:
    """A sea up to the horizon, paler there, and one headland in the mist."""
    turn = np.arange(WIDTH_PX) / WIDTH_PX * 2 * math.pi
    line = np.full(WIDTH_PX, 0.12)
    cover = np.clip((line[None] - paper.height_deg) * paper.per_deg + 0.5, 0, 1)
    away = np.clip(-paper.height_deg / 2.5, 0, 1)[..., None]
    band = 1 + 0.06 * np.sin(60 / (0.15 + np.clip(-paper.height_deg, 0, 9)))[..., None]
    colour = np.asarray(far) * (1 - away) + np.asarray(near) * away * band
    middle = math.radians(72 + float(rng.uniform(-14, 14)) + 50 * float(rng.choice([-1, 1])) * 0.5)
    off = np.angle(np.exp(1j * (turn - middle)))
    hump = np.clip(1 - (off / 0.20) ** 2, 0, 1) ** 0.8
    land = hump * (1.3 + 0.35 * outline(rng, turn)) + 0.12
    rise = np.clip((land[None] - paper.height_deg) * paper.per_deg + 0.5, 0, 1) * (hump > 0)[None]
    green = 0.72 * np.asarray(far) + 0.10 * np.array([0.30, 0.42, 0.30])
    paper.lay(np.asarray(green, np.float32), rise.astype(np.float32))
    paper.lay(
        np.broadcast_to(colour, (*cover.shape, 3)).astype(np.float32), cover.astype(np.float32)
    )


def _facets(paper: Panorama, line: Floats, wide_px: int) -> Singles:
    """How much of the light a place on a slope has (rows, columns): the slope of the crest from which its
    spur comes down, ``wide_px`` wide."""
    kernel = np.hanning(2 * wide_px + 1)
    calm = np.convolve(np.concatenate([line[-wide_px:], line, line[:wide_px]]), kernel / kernel.sum(),
                       mode="valid")  # fmt: skip
    slope = (np.roll(calm, -2) - np.roll(calm, 2)) * paper.per_deg / 4
    down = np.clip(line[None] - paper.height_deg, 0, None) * paper.per_deg
    from_ = (np.arange(WIDTH_PX)[None] + SLANT * down).astype(int) % WIDTH_PX
    return step(-slope[from_].astype(np.float32), -0.10, 0.10)


def _teeth(rng: np.random.Generator, turn: Floats) -> Floats:
    """A jagged line, 0 to 1: the highest of many cones."""
    at = rng.uniform(0, 2 * math.pi, 26)
    tall, wide = rng.uniform(0.45, 1.0, 26), rng.uniform(0.12, 0.26, 26)
    away = np.abs(np.angle(np.exp(1j * (turn[:, None] - at))))
    line = (tall * (1 - away / wide)).max(axis=1)
    return np.asarray(np.clip(line, 0.10, 1) + 0.035 * _jagged(rng, turn))


def _jagged(rng: np.random.Generator, turn: Floats) -> Floats:
    """Teeth of many sizes around the horizon, about -1 to 1."""
    total = np.zeros_like(turn)
    for k in (29, 61, 113, 197):
        saw = np.abs(((k * turn / math.tau + rng.random()) % 1) - 0.5) * 4 - 1
        total += (29 / k) ** 0.7 * saw * (0.6 + 0.4 * np.sin(7 * turn + rng.uniform(0, 6)))
    return np.asarray(total * 0.6)
