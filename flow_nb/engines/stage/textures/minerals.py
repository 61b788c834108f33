"""Stone and what is made of it. In: a size, a dye in linear light, a generator. Out: `Maps` of tiles,
bricks, plaster, concrete, asphalt, stone and glaze.
"""

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


def tile(n: int, dye: Field, rng: Rng, *, across: int = 6, down: int = 12) -> Maps:
    """Hand-made wall tiles in running bond: each a little other in tone and tilt."""
    joint, which = _bond(n, across, down, 0.030, 0.060)
    tone = rng.normal(0, 1, across * down).astype(np.float32)[which]
    pillow = blurred(1 - joint, n / 150)
    ripple = noise(n, rng, 0.05)
    grout = np.array([0.52, 0.49, 0.44], np.float32)
    glaze = dye * (np.exp(0.10 * tone) * (1 + 0.05 * cloud(n, rng, 1.4)))[..., None]
    dirty = (1 - 0.25 * step(cloud(n, rng, 1.6), 0, 2))[..., None]
    colour = glaze * (1 - joint[..., None]) + grout * joint[..., None] * dirty
    roughness = 0.13 + 0.03 * ripple + 0.05 * step(cloud(n, rng, 1.3), 0.3, 2) + 0.7 * joint
    u, v = grid(n)
    tilt = rng.normal(0, 1, (2, across * down)).astype(np.float32)
    lean = tilt[0][which] * ((u * across) % 1) + tilt[1][which] * ((v * down) % 1)
    height = 4.0 * pillow + 0.22 * ripple + 0.5 * lean * (1 - joint)
    return Maps(
        colour=colour, height=height, roughness=roughness, occlusion=1 - 0.5 * joint, relief=0.8
    )


def brick(n: int, dye: Field, rng: Rng, *, across: int = 8, down: int = 24) -> Maps:
    """A wall of fired bricks with raked mortar, soot and bloom."""
    joint, which = _bond(n, across, down, 0.045, 0.13)
    rough = noise(n, rng, 0.012)
    joint = step(joint + 0.14 * rough, 0.35, 0.65)
    tone = rng.normal(0, 1, across * down).astype(np.float32)[which]
    burnt = (rng.random(across * down) < 0.12).astype(np.float32)[which]
    body = dye * (np.exp(0.24 * tone - 0.55 * burnt) * (1 + 0.13 * cloud(n, rng, 1.0)))[..., None]
    body[..., 2] *= 1 + 0.12 * tone
    mortar = np.array([0.36, 0.33, 0.29], np.float32) * (1 + 0.1 * rough)[..., None]
    colour = body * (1 - joint[..., None]) + mortar * joint[..., None]
    colour *= (1 - 0.28 * step(cloud(n, rng, 1.9, 1.0), 0.2, 2.2))[..., None]
    height = -3.2 * blurred(joint, 1.2) + 0.55 * rough + 0.5 * cloud(n, rng, 0.9)
    return Maps(
        colour=colour,
        height=height,
        roughness=0.84 + 0.05 * rough,
        occlusion=1 - 0.5 * blurred(joint, 1.5),
        relief=1.1,
    )


def plaster(n: int, dye: Field, rng: Rng) -> Maps:
    """A wall trowelled by hand: soft waves, trowel edges, faint stains."""
    wave, fine = noise(n, rng, 0.16), cloud(n, rng, 1.1, 6)
    edge = blurred(scratches(n, rng, 60, n / 7), 1.1)
    stain = cloud(n, rng, 2.0, 1.0)
    light = 1 + 0.035 * stain + 0.025 * fine - 0.05 * edge + 0.02 * wave
    return Maps(
        colour=dye * light[..., None],
        height=1.3 * wave + 0.35 * fine + 0.9 * edge,
        roughness=0.86 + 0.03 * fine,
        occlusion=1 - 0.06 * step(fine, 0.5, 2.5),
        relief=0.55,
    )


def concrete(n: int, dye: Field, rng: Rng) -> Maps:
    """Poured slabs: blotches, air holes, hair cracks."""
    blotch, fine = cloud(n, rng, 1.7, 1.5), cloud(n, rng, 0.8, 4)
    holes = step(speckles(n, rng, n // 2, n / 420), 0.25, 0.7)
    crack = _cracks(n, rng, 0.02)
    light = 1 + 0.10 * blotch + 0.06 * fine
    colour = dye * (light * (1 - 0.5 * holes) * (1 - 0.45 * crack))[..., None]
    return Maps(
        colour=colour,
        height=0.5 * fine - 2.0 * holes - 1.6 * crack,
        roughness=0.80 + 0.06 * fine - 0.06 * step(blotch, 0.5, 2),
        occlusion=1 - 0.4 * holes,
        relief=0.8,
    )


def asphalt(n: int, dye: Field, rng: Rng) -> Maps:
    """A road: stones in tar, polished in the tracks, patched and cracked, a film of damp."""
    stones = noise(n, rng, 0.007)
    grit = noise(n, rng, 0.0032)
    patch, tar = cloud(n, rng, 1.9, 1.0), cloud(n, rng, 1.3, 3)
    crack = _cracks(n, rng, 0.016)
    pale = step(stones + 0.5 * grit, 0.7, 2.0)
    light = 0.88 + 0.30 * pale + 0.10 * patch + 0.07 * tar
    colour = dye * (np.clip(light, 0.3, 2.2) * (1 - 0.6 * crack))[..., None]
    colour[..., 0] *= 1 + 0.03 * patch
    damp = 0.6 * step(patch - 0.25 * tar, 0.9, 2.1)
    return Maps(
        colour=colour * (1 - 0.35 * damp)[..., None],
        height=(1.1 * stones + 0.6 * grit) * (1 - 0.45 * damp) - 2.6 * crack,
        roughness=0.86 + 0.05 * grit - 0.40 * damp,
        occlusion=1 - 0.3 * step(-stones, 0.6, 2.2),
        relief=0.2,
    )


def stone(n: int, dye: Field, rng: Rng) -> Maps:
    """Hewn sandstone: veins, pits, chisel."""
    vein, fine = noise(n, rng, 0.30, 0.05), cloud(n, rng, 0.9, 3)
    pits = step(speckles(n, rng, n, n / 300), 0.3, 0.9)
    light = 1 + 0.10 * vein + 0.09 * fine - 0.3 * pits
    return Maps(
        colour=dye * light[..., None],
        height=0.9 * fine - 1.6 * pits + 0.4 * vein,
        roughness=0.86 + 0.05 * fine,
        occlusion=1 - 0.35 * pits,
        relief=0.9,
    )


def glaze(n: int, dye: Field, rng: Rng) -> Maps:
    """Fired glaze: pools of tone, specks of iron, a skin not quite even."""
    pool, ripple = cloud(n, rng, 1.8, 1.0), noise(n, rng, 0.07)
    iron = step(speckles(n, rng, n // 3, n / 500), 0.35, 0.8)
    colour = dye * (1 + 0.05 * pool)[..., None] * (1 - 0.55 * iron)[..., None]
    return Maps(
        colour=colour,
        height=0.35 * ripple + 0.3 * iron,
        roughness=0.15 + 0.03 * ripple + 0.05 * step(pool, 0.4, 2) + 0.15 * iron,
        occlusion=np.ones((n, n), np.float32),
        relief=0.25,
    )


def _bond(n: int, across: int, down: int, gap_u: float, gap_v: float) -> tuple[Field, np.ndarray]:
    """Running bond: the joints as 0 to 1, and which of the pieces a pixel belongs to."""
    u, v = grid(n)
    row = np.minimum((v * down).astype(int), down - 1)
    place = u * across + 0.5 * (row % 2)
    column = place.astype(int) % across
    near_u = np.abs(place - np.round(place))
    near_v = np.abs(v * down - np.round(v * down))
    joint = 1 - np.minimum(
        step(near_u, 0.3 * gap_u, 0.6 * gap_u), step(near_v, 0.3 * gap_v, 0.6 * gap_v)
    )
    return joint.astype(np.float32), row * across + column


def _cracks(n: int, rng: Rng, width: float) -> Field:
    """Thin wandering lines where two clouds meet, only in some places."""
    line = 1 - step(np.abs(cloud(n, rng, 1.75, 2.0)), width * 0.3, width)
    return np.asarray(line * step(cloud(n, rng, 2.0, 1.0), 0.9, 1.5), dtype=np.float32)
