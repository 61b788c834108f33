"""Modes of a struck body. In: an `Instrument`. Out: `Modes`, and their ringing as samples."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.instrument import Form, Instrument
from flow_nb.timebase import SAMPLE_RATE_HZ

HIGHEST_HZ = 17_000.0
HIGHEST_FIRST_HZ = 7_000.0
"""What is smaller than a marble would ring beyond hearing; it is let ring at its edge."""

LN_1000 = math.log(1000)
BLOCK, ROWS = 128, 16

RATIOS: dict[Form, tuple[float, ...]] = {
    # Struck tumbler: 1206, 2240, 3919, 5965 Hz measured, then on along (n^2 - 1).
    "vessel": (1, 1.857, 3.25, 4.946, 6.9, 9.1, 11.6, 14.4, 17.5, 20.9, 24.6, 28.6),
    # Free circular plate, Leissa's table for a Poisson ratio of 0.33.
    "dish": (1, 1.729, 2.328, 3.906, 4.112, 6.301, 6.71, 7.329, 9.02, 10.07, 12.1, 14.6, 17.2),
    "shard": (1, 1.729, 2.328, 3.906, 4.112, 6.301, 6.71),
    # Simply supported panels: m^2 + n^2 with unequal sides.
    "case": (1, 1.75, 2.6, 3.1, 4.0, 4.9, 5.9, 7.3, 8.6, 10.4, 12.1),
    # Free bar in bending, with its torsion between.
    "bar": (1, 1.83, 2.757, 3.7, 5.404, 6.1, 8.933),
    "block": (1, 1.28, 1.41, 1.55, 1.72, 1.93, 2.13, 2.57, 2.9, 3.4),
    # Free sphere, spheroidal and torsional.
    "ball": (1, 1.06, 1.47, 1.54, 1.86, 1.95, 2.27, 2.45),
    "board": (1, 1.62, 2.4, 2.75, 3.6, 4.7, 5.8, 7.4, 9.1, 11.6, 14.9, 19.2, 25.0),
    "floor": (1, 1.45, 2.1, 2.9, 3.7, 5.1, 6.6, 8.7, 11.3, 14.8, 19.5, 26.0),
}
DAMPING: dict[Form, tuple[float, float]] = {
    # (factor on the material's own loss, loss added by joints and bedding)
    "vessel": (1.0, 0.0), "dish": (1.3, 0.0), "shard": (2.0, 0.002), "case": (1.3, 0.015),
    "bar": (1.2, 0.002), "block": (1.2, 0.002), "ball": (1.0, 0.0005), "board": (1.0, 0.03),
    "floor": (1.0, 0.10),
}  # fmt: skip
AIR_PER_S = 3.0
SOUND_M_S = 343.0
RESTING_PER_S = 45.0
RESTING_FACTOR = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Modes:
    """Damped sinusoids: ``hertz``, ``decays_per_s`` (of the amplitude) and ``gains``, each (k,)."""

    hertz: NDArray[np.float64]
    decays_per_s: NDArray[np.float64]
    gains: NDArray[np.float64]


def first_mode_hz(body: Instrument) -> float:
    """Lowest resonance, from the bending of what bends, with h its wall and c its wave speed.

    vessel: ring, h c 2.683 / (2 pi sqrt(12) R^2), stiffened by its base by 1 + (R / H)^2;
    dish, shard: free plate, 0.2413 h c / R^2; case, board, floor: supported panel,
    0.45 h c (1/a^2 + 1/b^2); bar, block: free bar, 1.028 h c / L^2, softened by shear;
    ball: 0.13 c / d, lower for a shell.

    >>> from flow_nb.props.materials import materials
    >>> tumbler = Instrument(form="vessel", material=materials()["glass"], length_m=0.125,
    ...                      width_m=0.077, wall_m=0.0025, mass_kg=0.2, tip_m=0.004)
    >>> round(first_mode_hz(tumbler))
    1206
    """
    c, h, radius = body.material.wave_speed_m_s, body.wall_m, body.width_m / 2
    if body.form == "vessel":
        ring = h * c * 2.683 / (2 * math.pi * math.sqrt(12) * radius**2)
        hertz = ring * (1 + (radius / body.length_m) ** 2)
    elif body.form in ("dish", "shard"):
        hertz = 0.2413 * h * c / (body.length_m / 2) ** 2
    elif body.form in ("case", "board", "floor"):
        hertz = 0.45 * h * c * (body.length_m**-2 + body.width_m**-2)
    elif body.form == "ball":
        hertz = 0.13 * c / body.length_m * math.sqrt(max(body.fill, 0.12))
    else:
        hertz = 1.028 * h * c / body.length_m**2 / (1 + 25 * (h / body.length_m) ** 2)
    return min(max(hertz, 35.0), HIGHEST_FIRST_HZ) * body.tune


def modes_of(body: Instrument, rng: np.random.Generator) -> Modes:
    """A body's own bank. ``rng`` gives it its small imperfections, the same for every strike.

    The gains are scaled so that the first 30 ms carry the energy of a unit sine of 30 ms.
    """
    ratios = np.array(RATIOS[body.form])
    spread = 0.06 if body.form == "shard" else 0.015
    hertz = first_mode_hz(body) * ratios * (1 + spread * rng.standard_normal(len(ratios)))
    if body.form in ("vessel", "dish"):
        # A handle or an uneven rim splits each mode in two that beat.
        hertz = np.concatenate([hertz, hertz * (1 + rng.uniform(0.001, 0.006, len(hertz)))])
    hertz = hertz[hertz < HIGHEST_HZ]
    tilt = 1.4 * (1 - body.material.brightness) + 0.25
    gains = (hertz / hertz.min()) ** -tilt * rng.uniform(0.6, 1.0, len(hertz))
    gains *= radiated(hertz, body.length_m / 2)
    return _levelled(Modes(hertz=hertz, decays_per_s=_decays(body, hertz), gains=gains))


def radiated(hertz: NDArray[np.float64], radius_m: float) -> NDArray[np.float64]:
    """Share of a mode that leaves the body, x^2 / (1 + x^2) with x = (2 k a)^2: what bends this way
    and that at once moves little air where it is smaller than the wave.

    >>> radiated(np.array([200.0, 2_000.0]), 0.06).round(2).tolist()
    [0.04, 1.0]
    """
    x = (4 * np.pi * hertz * radius_m / SOUND_M_S) ** 2
    return np.asarray(x**2 / (1 + x**2))


def _decays(body: Instrument, hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """pi f loss + air: T60 is 6.91 over it."""
    factor, added = DAMPING[body.form]
    return np.pi * hertz * (body.material.loss_factor * factor + added + body.wet) + AIR_PER_S


def _levelled(modes: Modes) -> Modes:
    window_s = 0.030
    d = modes.decays_per_s
    energy = np.sum(modes.gains**2 * (1 - np.exp(-2 * d * window_s)) / (2 * d * window_s))
    return Modes(hertz=modes.hertz, decays_per_s=d, gains=modes.gains / math.sqrt(energy))


def ring(modes: Modes, length_s: float) -> NDArray[np.float32]:
    """Their sum from the instant of the strike, sum of g exp(-d t) sin(2 pi f t).

    With t = (128 i + j) / rate every mode is the product of a power in i and one in j, so the
    whole bank is a matrix product. It is taken 16 rows at a time: a large product would be shared
    out to threads, and its last bits would depend on how many there are.
    """
    parts = max(1, math.ceil(length_s * SAMPLE_RATE_HZ / (BLOCK * ROWS)))
    step = (2j * np.pi * modes.hertz - modes.decays_per_s) / SAMPLE_RATE_HZ
    coarse = modes.gains * np.exp(np.outer(np.arange(parts * ROWS) * BLOCK, step))
    fine = np.exp(np.outer(step, np.arange(BLOCK)))
    left = np.concatenate([coarse.real, coarse.imag], axis=1).astype(np.float32)
    right = np.concatenate([fine.imag, fine.real], axis=0).astype(np.float32)
    return np.asarray((left.reshape(parts, ROWS, -1) @ right).ravel(), dtype=np.float32)


def audible_s(modes: Modes, *, longest_s: float = 1.8) -> float:
    """Time until the loudest of the modes that last is 60 dB down."""
    size = np.abs(modes.gains)
    loud = size > 0.02 * size.max(initial=0.0)
    if not loud.any():
        return 0.0
    return min(longest_s, LN_1000 / float(modes.decays_per_s[loud].min()))
