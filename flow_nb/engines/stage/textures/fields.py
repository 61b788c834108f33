"""Patterns that tile. In: a side in pixels, a random generator. Out: float fields (n, n), mean 0 and
deviation 1 unless said otherwise; axis 0 is v (down), axis 1 is u (along the grain).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Rng = np.random.Generator


@dataclass(frozen=True, kw_only=True, slots=True)
class Maps:
    """A surface: ``colour`` (n, n, 3) linear light, ``height`` (n, n) in units of ``relief``,
    and occlusion, roughness and metal, each (n, n) 0 to 1."""

    colour: Field
    height: Field
    roughness: Field
    occlusion: Field
    metallic: float = 0.0
    relief: float = 1.0


def noise(n: int, rng: Rng, along: float, across: float | None = None) -> Field:
    """Smooth noise whose features are ``along`` (and ``across``) shares of the side."""
    u, v = _waves(n)
    across = along if across is None else across
    shape = np.exp(-2 * math.pi**2 * ((u * along / 2.5) ** 2 + (v * across / 2.5) ** 2))
    return _even(_filtered(rng.standard_normal((n, n)).astype(np.float32), shape))


def cloud(n: int, rng: Rng, slope: float = 1.6, lowest: float = 2.0) -> Field:
    """Noise of all sizes: amplitude falls with frequency by ``slope`` from ``lowest`` waves a side."""
    u, v = _waves(n)
    frequency = np.hypot(u, v)
    shape = np.where(frequency < 0.5, 0, np.maximum(frequency, lowest) ** -slope)
    return _even(_filtered(rng.standard_normal((n, n)).astype(np.float32), shape))


def speckles(n: int, rng: Rng, count: int, radius_px: float) -> Field:
    """Round spots, 0 to about 1, at random places."""
    spots = np.zeros((n, n), np.float32)
    where = rng.integers(0, n, (count, 2))
    np.add.at(spots, (where[:, 0], where[:, 1]), rng.random(count).astype(np.float32))
    return blurred(spots, radius_px) * (2 * math.pi * radius_px**2)


def scratches(n: int, rng: Rng, count: int, length_px: float) -> Field:
    """Fine straight marks, 0 to 1."""
    lines = np.zeros((n, n), np.float32)
    for x, y, angle, length in zip(
        rng.random(count) * n,
        rng.random(count) * n,
        rng.random(count) * math.pi,
        rng.exponential(length_px, count),
        strict=True,
    ):
        step = np.arange(max(2.0, length))
        column = (x + step * math.cos(angle)).astype(int) % n
        row = (y + step * math.sin(angle)).astype(int) % n
        lines[row, column] = np.maximum(lines[row, column], np.hanning(len(step) + 2)[1:-1])
    return lines


def blurred(field: Field, radius_px: float) -> Field:
    """The field with a Gaussian drawn over it, around the edges too."""
    u, v = _waves(len(field))
    sigma = radius_px / len(field)
    return _filtered(field, np.exp(-2 * math.pi**2 * sigma**2 * (u**2 + v**2)))


def grid(n: int) -> tuple[Field, Field]:
    """u and v, 0 to 1, of every pixel's centre."""
    step = (np.arange(n, dtype=np.float32) + 0.5) / n
    u, v = np.meshgrid(step, step)
    return u.astype(np.float32), v.astype(np.float32)


def step(field: Field, low: float, high: float) -> Field:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((field - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


@lru_cache(maxsize=4)
def _waves(n: int) -> tuple[Field, Field]:
    v = np.fft.fftfreq(n, 1 / n).astype(np.float32)[:, None]
    u = np.fft.rfftfreq(n, 1 / n).astype(np.float32)[None, :]
    return u, v


def _filtered(field: Field, shape: Field) -> Field:
    return np.asarray(np.fft.irfft2(np.fft.rfft2(field) * shape, field.shape), dtype=np.float32)


def _even(field: Field) -> Field:
    field = field - field.mean()
    return np.asarray(field / max(float(field.std()), 1e-9), dtype=np.float32)
