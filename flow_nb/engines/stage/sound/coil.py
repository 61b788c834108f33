"""Springs and trampolines. In: touches of what springs. Out: their twang, from the instant of the touch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.modal import Modes, ring
from flow_nb.engines.stage.sound.touch import Touches
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

COIL_HZ = 62.0
"""First surge of a coil as long as a hand; the others are its multiples."""

SURGES, COIL_S = 22, 0.35
SKIN_HZ, SKIN_S = 31.0, 0.16
SKIN = (1.0, 1.593, 2.136, 2.296, 2.653, 2.918)
"""A round membrane's modes: zeros of the Bessel functions."""

SPRINGS_HZ = (780.0, 1_130.0, 1_720.0, 2_480.0, 3_150.0)
LEVEL, SLAP = 0.5, 0.25
LEAST_M_S = 0.3


def twang(
    plan: Plan,
    motion: Motion,
    hits: Touches,
    *,
    field: Field,
    rng: np.random.Generator,
) -> None:
    """Lays what a spring or a trampoline answers to each touch of it."""
    sprung = {
        motion.index(b.name): b.prop for b in plan.bodies if b.prop in ("spring", "trampoline")
    }
    sprung.pop(-1, None)
    if not sprung or not len(hits):
        return
    for i, pair in enumerate(hits.bodies):
        prop = next((sprung[int(column)] for column in pair if int(column) in sprung), None)
        if prop is not None and hits.speed_m_s[i] > LEAST_M_S:
            wave = membrane(rng) if prop == "trampoline" else coil(rng)
            gain = LEVEL * min((float(hits.speed_m_s[i]) / 4.0) ** 0.8, 1.5)
            field.at(gain * wave, float(hits.time_s[i]), hits.point_m[i])


def coil(rng: np.random.Generator) -> Floats:
    """A coil's surges: nearly harmonic, the higher the shorter."""
    hertz = COIL_HZ * np.arange(1, SURGES + 1) ** 1.03 * (1 + 0.004 * rng.standard_normal(SURGES))
    gains = np.arange(1.0, SURGES + 1) ** -0.9 * rng.uniform(0.5, 1.0, SURGES)
    decays = (1 + 0.10 * np.arange(SURGES, dtype=np.float64)) / COIL_S
    return 0.5 * ring(Modes(hertz=hertz, decays_per_s=decays, gains=gains), 1.6).astype(float)


def membrane(rng: np.random.Generator) -> Floats:
    """The bed's deep thump, and its steel springs that jingle as it sinks and comes up."""
    hertz = SKIN_HZ * np.array(SKIN)
    bed = Modes(
        hertz=hertz, decays_per_s=np.sqrt(hertz / SKIN_HZ) / SKIN_S, gains=1 / np.array(SKIN) ** 0.7
    )
    wave = ring(bed, 0.9).astype(float)
    t = np.arange(len(wave)) / SAMPLE_RATE_HZ
    wave += SLAP * rng.standard_normal(len(wave)) * np.exp(-t / 0.004)
    steel = np.array(SPRINGS_HZ) * (1 + 0.02 * rng.standard_normal(len(SPRINGS_HZ)))
    rattle = Modes(
        hertz=steel, decays_per_s=np.full(len(steel), 14.0), gains=0.05 / np.arange(1, 6)
    )
    for begin_s, gain in ((0.03, 0.6), (0.11, 1.0), (0.24, 0.5)):
        part = gain * ring(rattle, 0.4).astype(float)
        begin = int(begin_s * SAMPLE_RATE_HZ)
        wave[begin : begin + len(part)] += part[: len(wave) - begin]
    return wave
