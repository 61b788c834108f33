"""What one stands on outdoors. In: a side in pixels, a dye, a random generator. Out: `Maps` that tile."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.textures.fields import (
    Field,
    Maps,
    Rng,
    blurred,
    cloud,
    grid,
    noise,
    scratches,
    speckles,
    step,
)


def grass(n: int, dye: Field, rng: Rng) -> Maps:
    """A lawn from above: blades in tufts, dry ones among them, the soil between."""
    blades = blurred(scratches(n, rng, n * 9, n / 26), 0.7)
    tuft, tone = noise(n, rng, 0.05), cloud(n, rng, 1.5)
    dry = step(noise(n, rng, 0.02) + 0.5 * tone, 0.9, 2.0)[..., None]
    shade = 0.62 + 0.55 * np.clip(blades, 0, 1) + 0.10 * tuft + 0.06 * tone
    straw = np.array([0.36, 0.30, 0.10], np.float32)
    colour = (dye * (1 - 0.45 * dry) + straw * 0.45 * dry) * shade[..., None]
    return Maps(
        colour=colour,
        height=1.6 * blades + 0.5 * tuft,
        roughness=0.86 + 0.05 * tone,
        occlusion=0.55 + 0.45 * step(blades + 0.3 * tuft, -0.2, 0.7),
        relief=1.1,
    )


def sand(n: int, dye: Field, rng: Rng) -> Maps:
    """Dry sand: ripples that the wind drew, grains, a few shells' worth of bright specks."""
    _, v = grid(n)
    bend = 0.10 * noise(n, rng, 0.30)
    wave = np.sin(2 * np.pi * (9 * v + bend))
    ripple = np.asarray(wave * (0.6 + 0.4 * np.tanh(cloud(n, rng, 1.6))), np.float32)
    grain, tone = noise(n, rng, 0.006), cloud(n, rng, 1.6)
    bright = step(speckles(n, rng, n // 2, n / 700), 0.6, 1.1)
    shade = 1 + 0.05 * ripple + 0.06 * grain + 0.04 * tone + 0.25 * bright
    return Maps(
        colour=dye * shade[..., None],
        height=1.2 * ripple + 0.35 * grain,
        roughness=0.93 + 0.02 * grain,
        occlusion=0.9 + 0.1 * step(ripple, -1, 0.5),
        relief=0.75,
    )


def snow(n: int, dye: Field, rng: Rng) -> Maps:
    """Wind-packed snow: soft drifts, a crust that glitters."""
    drift, crust = cloud(n, rng, 2.0, 1.0), noise(n, rng, 0.02)
    glitter = step(speckles(n, rng, n * 3, n / 900), 0.7, 1.2)
    return Maps(
        colour=dye * (0.97 + 0.02 * drift + 0.015 * crust)[..., None] + 0.10 * glitter[..., None],
        height=1.4 * drift + 0.3 * crust,
        roughness=0.74 - 0.4 * glitter + 0.03 * crust,
        occlusion=0.94 + 0.06 * step(drift, -1, 1),
        relief=0.8,
    )


def soil(n: int, dye: Field, rng: Rng) -> Maps:
    """A forest floor: crumbs, needles, leaves of last year."""
    crumb, tone = noise(n, rng, 0.012), cloud(n, rng, 1.4)
    needles = blurred(scratches(n, rng, n * 2, n / 36), 0.6)
    leaf = step(speckles(n, rng, n // 5, n / 80), 0.45, 0.8)
    rust = np.array([0.30, 0.13, 0.045], np.float32)
    base = dye * (0.85 + 0.12 * crumb + 0.12 * tone)[..., None]
    colour = base * (1 - 0.6 * leaf[..., None]) + rust * (0.6 * leaf * (1 + 0.2 * crumb))[..., None]
    return Maps(
        colour=colour + (0.10 * needles)[..., None] * np.array([1.0, 0.72, 0.4], np.float32),
        height=crumb + 1.2 * needles + 0.9 * leaf,
        roughness=0.92 + 0.03 * crumb,
        occlusion=0.65 + 0.35 * step(crumb + tone, -1.6, 0.4),
        relief=1.0,
    )


def carpet(n: int, dye: Field, rng: Rng) -> Maps:
    """A short pile, trodden here and there."""
    pile, trodden = noise(n, rng, 0.006), cloud(n, rng, 1.8, 1.0)
    return Maps(
        colour=dye * (1 + 0.10 * pile + 0.05 * trodden)[..., None],
        height=pile + 0.3 * trodden,
        roughness=0.97 + 0.01 * pile,
        occlusion=0.85 + 0.15 * step(pile, -1, 1),
        relief=0.7,
    )


def wet(n: int, dye: Field, rng: Rng) -> Maps:
    """Asphalt after rain: puddles that mirror, a dark film between them."""
    grain, tone = noise(n, rng, 0.007), cloud(n, rng, 1.5)
    puddle = step(cloud(n, rng, 2.1, 3.0), 0.15, 0.75)
    stones = step(speckles(n, rng, n * 6, n / 420), 0.4, 1.0)
    dark = 0.62 - 0.14 * puddle
    return Maps(
        colour=dye
        * (dark * (1 + 0.14 * grain + 0.08 * tone + 0.25 * stones * (1 - puddle)))[..., None],
        height=(grain + stones) * (1 - puddle),
        roughness=np.clip(0.46 + 0.06 * grain - 0.30 * puddle, 0.05, 1),
        occlusion=np.ones((n, n), np.float32),
        relief=0.7,
    )


def water(n: int, dye: Field, rng: Rng) -> Maps:
    """The skin of a lake or a sea: waves of every length, foam on the steepest."""
    swell = noise(n, rng, 0.16, 0.05)
    chop, ripple = noise(n, rng, 0.05, 0.02), noise(n, rng, 0.014)
    height = swell + 0.5 * chop + 0.18 * ripple
    foam = step(height, 2.3, 3.2)[..., None]
    colour = dye * (0.85 + 0.10 * height)[..., None]
    return Maps(
        colour=colour * (1 - 0.6 * foam) + 0.5 * foam,
        height=height,
        roughness=np.clip(0.08 + 0.5 * foam[..., 0] + 0.02 * ripple, 0.05, 1),
        occlusion=np.ones((n, n), np.float32),
        relief=1.3,
    )


def dust(n: int, dye: Field, rng: Rng) -> Maps:
    """Moon dust: craters of every size in a fine powder."""
    powder, tone = noise(n, rng, 0.005), cloud(n, rng, 1.5)
    pits = sum(
        speckles(n, rng, count, radius * n / 512)
        for count, radius in ((n // 3, 2.0), (n // 12, 5.0), (n // 60, 11.0))
    )
    rim = step(blurred(np.asarray(pits, np.float32), n / 160), 0.06, 0.3)
    hole = step(np.asarray(pits, np.float32), 0.22, 0.6)
    return Maps(
        colour=dye * (1 + 0.05 * powder + 0.06 * tone - 0.16 * hole + 0.06 * rim)[..., None],
        height=0.35 * powder + 1.3 * rim - 2.2 * hole + 0.8 * tone,
        roughness=0.97 + 0.01 * powder,
        occlusion=1 - 0.3 * hole,
        relief=0.9,
    )


def leaves(n: int, dye: Field, rng: Rng) -> Maps:
    """A crown from afar: leaves over leaves, bright where they stand out, dark between."""
    coarse, fine = noise(n, rng, 0.035), noise(n, rng, 0.014)
    lit = step(coarse + 0.8 * fine, -1.2, 1.8)
    tone = cloud(n, rng, 1.4)
    shade = 0.45 + 0.75 * lit + 0.05 * tone
    warm = np.array([1.08, 1.04, 0.80], np.float32)
    return Maps(
        colour=dye * shade[..., None] * (1 + (warm - 1) * lit[..., None]),
        height=1.6 * coarse + fine,
        roughness=0.84 + 0.04 * fine,
        occlusion=0.55 + 0.45 * lit,
        relief=1.2,
    )


def bark(n: int, dye: Field, rng: Rng) -> Maps:
    """Furrows along the trunk, lichen here and there."""
    furrow, fine = noise(n, rng, 0.16, 0.03), noise(n, rng, 0.03, 0.01)
    lichen = step(cloud(n, rng, 1.7), 1.1, 2.0)[..., None]
    deep = step(furrow + 0.5 * fine, -1.4, 0.6)
    pale = np.array([0.36, 0.38, 0.26], np.float32)
    colour = dye * (0.40 + 0.68 * deep + 0.05 * fine)[..., None]
    return Maps(
        colour=colour * (1 - 0.5 * lichen) + pale * 0.5 * lichen,
        height=1.8 * furrow + fine,
        roughness=0.92 + 0.02 * fine,
        occlusion=0.5 + 0.5 * deep,
        relief=1.3,
    )
