"""Everything that is neither wood nor stone. In: a size, a dye in linear light, a generator. Out:
`Maps` of metal, rubber, felt, paper and painted cloth.
"""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.textures.fields import (
    Field,
    Maps,
    Rng,
    blurred,
    cloud,
    noise,
    scratches,
    speckles,
    step,
)


def brushed(n: int, dye: Field, rng: Rng) -> Maps:
    """Brushed metal: hair lines, finger marks, a few knocks."""
    hair = noise(n, rng, 0.25, 0.0035)
    smear, knock = cloud(n, rng, 1.7, 1.5), blurred(scratches(n, rng, 25, n / 12), 0.6)
    return Maps(
        colour=dye * (1 + 0.035 * hair + 0.02 * smear)[..., None],
        height=0.5 * hair - 0.8 * knock,
        roughness=0.25 + 0.045 * hair + 0.06 * smear + 0.12 * knock,
        occlusion=np.ones((n, n), np.float32),
        metallic=1.0,
        relief=0.3,
    )


def rubber(n: int, dye: Field, rng: Rng) -> Maps:
    """Moulded rubber: fine grain, scuffs, chalk dust."""
    grain, scuff = noise(n, rng, 0.012), blurred(scratches(n, rng, 60, n / 14), 0.7)
    dust = step(cloud(n, rng, 1.5), 0.4, 2.4)
    colour = dye * (1 + 0.03 * grain)[..., None]
    colour = colour + (0.30 * dust * 0.25 + 0.10 * scuff)[..., None] * (0.55 - colour)
    return Maps(
        colour=colour,
        height=0.5 * grain - 0.6 * scuff,
        roughness=0.52 + 0.05 * grain + 0.25 * dust + 0.1 * scuff,
        occlusion=np.ones((n, n), np.float32),
        relief=0.5,
    )


def felt(n: int, dye: Field, rng: Rng) -> Maps:
    """Pressed wool: fibres every way, pills."""
    fibre = noise(n, rng, 0.05, 0.004) + noise(n, rng, 0.004, 0.05) + noise(n, rng, 0.01)
    pill = step(speckles(n, rng, n, n / 260), 0.5, 1.2)
    tone = cloud(n, rng, 1.4)
    return Maps(
        colour=dye * (1 + 0.09 * fibre + 0.05 * tone + 0.12 * pill)[..., None],
        height=0.8 * fibre + pill,
        roughness=0.95 + 0.02 * tone,
        occlusion=1 - 0.2 * step(-fibre, 0.5, 3),
        relief=0.8,
    )


def paper(n: int, dye: Field, rng: Rng) -> Maps:
    """Cotton paper: tooth, fibres, edges gone a little brown."""
    tooth, fibre = noise(n, rng, 0.008), blurred(scratches(n, rng, 220, n / 30), 0.6)
    tone = cloud(n, rng, 1.6)
    colour = dye * (1 + 0.025 * tooth + 0.03 * tone - 0.05 * fibre)[..., None]
    return Maps(
        colour=colour,
        height=0.5 * tooth + 0.5 * fibre,
        roughness=0.9 + 0.02 * tooth,
        occlusion=np.ones((n, n), np.float32),
        relief=0.5,
    )


def cyclorama(n: int, dye: Field, rng: Rng) -> Maps:
    """A painted floor and sweep: roller marks, scuffs of many shoes."""
    roller, tone = noise(n, rng, 0.010), cloud(n, rng, 2.0, 1.0)
    scuff = blurred(scratches(n, rng, 40, n / 20), 0.9)
    return Maps(
        colour=dye * (1 + 0.010 * roller + 0.016 * tone - 0.06 * scuff)[..., None],
        height=0.45 * roller,
        roughness=0.62 + 0.02 * roller + 0.05 * step(tone, 0, 2) - 0.08 * scuff,
        occlusion=np.ones((n, n), np.float32),
        relief=0.3,
    )


def painted(n: int, dye: Field, rng: Rng) -> Maps:
    """Brushed oil paint on joinery: brush marks, chipped places, grime."""
    brush, tone = noise(n, rng, 0.35, 0.008), cloud(n, rng, 1.7)
    grime = step(cloud(n, rng, 1.6), 0.8, 2.4)
    return Maps(
        colour=dye * (1 + 0.018 * brush + 0.03 * tone - 0.10 * grime)[..., None],
        height=0.5 * brush,
        roughness=0.40 + 0.03 * brush + 0.05 * tone + 0.15 * grime,
        occlusion=np.ones((n, n), np.float32),
        relief=0.35,
    )
