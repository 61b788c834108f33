"""Wood. In: a size, a dye in linear light, a generator. Out: `Maps` of boards, of a floor of planks,
of a parquet-smooth table top.
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
    step,
)

DARK = np.array([0.62, 0.5, 0.42], np.float32)
"""What grain does to the dye: less of everything, least of red."""


def board(n: int, dye: Field, rng: Rng) -> Maps:
    """One broad piece of planed wood: flowing rings, fine pores, a worn varnish."""
    rings, pores = _grain(n, rng, rings=9.0)
    tone = 0.5 + 0.5 * rings
    colour = _dyed(dye, 0.36 * tone + 0.14 * pores, 1 + 0.10 * cloud(n, rng, 1.8))
    worn = cloud(n, rng, 1.5)
    roughness = 0.46 + 0.05 * worn + 0.14 * pores + 0.06 * tone
    height = -0.5 * pores - 0.15 * tone
    return Maps(
        colour=colour, height=height, roughness=roughness, occlusion=1 - 0.25 * pores, relief=0.5
    )


def planks(n: int, dye: Field, rng: Rng, *, rows: int = 9) -> Maps:
    """A floor of oiled boards: every plank of another tree, joints, bevels, wear where feet go."""
    u, v = grid(n)
    row = np.minimum((v * rows).astype(int), rows - 1)
    shift = rng.random(rows).astype(np.float32)[row]
    place = (u + shift) * 2
    plank = row * 2 + place.astype(int) % 2
    tone = rng.normal(0, 1, rows * 2).astype(np.float32)[plank]
    warm = rng.normal(0, 1, rows * 2).astype(np.float32)[plank]
    rings, pores = _shuffled_grain(n, rng, plank)
    joint = _joint(v * rows, 0.016) + _joint(place, 0.0028)
    joint = np.clip(joint, 0, 1)
    shade = 0.30 * (0.5 + 0.5 * rings) + 0.16 * pores
    colour = _dyed(dye, shade, np.exp(0.15 * tone) * (1 + 0.06 * cloud(n, rng, 1.7)))
    colour[..., 0] *= 1 + 0.045 * warm
    colour[..., 2] *= 1 - 0.055 * warm
    colour *= (1 - 0.86 * joint)[..., None]
    wear = step(cloud(n, rng, 1.9, 1.5), -0.4, 1.6)
    marks = blurred(scratches(n, rng, 90, n / 18), 0.6)
    roughness = 0.38 + 0.06 * wear + 0.12 * pores + 0.025 * cloud(n, rng, 1.2) + 0.3 * joint
    roughness = roughness + 0.1 * marks + 0.04 * tone
    edge = _joint(v * rows, 0.045) + _joint(place, 0.007)
    height = -2.4 * joint - 0.7 * np.clip(edge, 0, 1) - 0.25 * pores - 0.1 * rings - 0.4 * marks
    height = height + 0.9 * noise(n, rng, 0.22, 0.05) * 0.25
    return Maps(
        colour=colour,
        height=blurred(height, 0.7),
        roughness=roughness,
        occlusion=1 - 0.6 * joint,
        relief=0.9,
    )


def _grain(n: int, rng: Rng, *, rings: float) -> tuple[Field, Field]:
    """Year rings as -1 to 1 and pores as 0 to 1, both along u."""
    _, v = grid(n)
    flow = noise(n, rng, 0.55, 0.16)
    fine = noise(n, rng, 0.30, 0.012)
    line = np.sin(2 * np.pi * (rings * v * 2) / 2 + 2.1 * flow + 0.5 * fine)
    bands = noise(n, rng, 1.2, 0.022)
    pores = step(noise(n, rng, 0.075, 0.0032), 1.15, 2.4)
    return np.clip(0.55 * line + 0.4 * bands, -1.2, 1.2), pores


def _shuffled_grain(n: int, rng: Rng, plank: np.ndarray) -> tuple[Field, Field]:
    """The grain of one great board, cut up so that no plank continues its neighbour."""
    rings, pores = _grain(n, rng, rings=14.0)
    down = rng.integers(0, n, plank.max() + 1)[plank]
    right = rng.integers(0, n, plank.max() + 1)[plank]
    rows, columns = np.indices(plank.shape)
    where = ((rows + down) % n, (columns + right) % n)
    return rings[where], pores[where]


def _joint(place: Field, width: float) -> Field:
    """1 where a coordinate is near a whole number."""
    near = np.abs(place - np.round(place))
    return 1 - step(near, 0.35 * width, width)


def _dyed(dye: Field, shade: Field, light: Field) -> Field:
    mix = np.clip(shade, 0, 1)[..., None]
    return np.asarray(dye * ((1 - mix) + mix * DARK**2.2) * light[..., None], dtype=np.float32)
