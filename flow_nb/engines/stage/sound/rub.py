"""Lasting contacts. In: a motion's rubs at 240 Hz. Out: scraping and rolling on the tape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.engines.stage.sound.modal import ring
from flow_nb.engines.stage.sound.noise import NoiseBank, swept
from flow_nb.engines.stage.sound.strike import RADIATES, SOFT_LOSS, Orchestra
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.timebase import SAMPLE_RATE_HZ, sample_at

Floats = NDArray[np.float64]

MOST_PAIRS = 16
MOST_COLOURED = 6
SMOOTH = np.hanning(9)[1:-1] / np.hanning(9)[1:-1].sum()
PAD = len(SMOOTH)
GRAVITY_M_S2 = 9.81
SLIDE, ROLL = 0.014, 0.007
STILL_SLIP_M_S, STILL_ROLL_M_S = 0.02, 0.08
"""A solver's body at rest still creeps and rocks a little; that is not heard."""

MOST_WEIGHTS = 4.0
"""A force of more than this times the lighter body's weight is a blow, which the strikes play."""
BODY_S = 0.08
BODY_SHARE = 0.5
WIDTH_OCTAVES = 1.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """One pair's contact as curves at 240 Hz from ``begin`` (a sample index of that rate)."""

    a: int
    b: int
    begin: int
    slip_m_s: Floats
    roll_m_s: Floats
    force_n: Floats
    point_m: Floats

    @property
    def weight(self) -> float:
        """How much of the ear's attention it gets."""
        return float(np.sum(np.sqrt(self.force_n) * (self.slip_m_s + self.roll_m_s)))


def rub(motion: Motion, players: Orchestra, *, field: Field, rng: np.random.Generator) -> None:
    """Lays scraping and rolling of the busiest pairs on the tape."""
    busiest = sorted(strokes(motion, players.bodies), key=lambda stroke: -stroke.weight)[
        :MOST_PAIRS
    ]
    if not busiest:
        return
    for rank, stroke in enumerate(busiest):
        wave, first = _voice(
            stroke, players.bodies, players.noise, field.count, int(rng.integers(1 << 17))
        )
        if rank < MOST_COLOURED:
            wave = _coloured(wave, stroke, players)
        times_s = (stroke.begin + np.arange(len(stroke.force_n))) / POSE_RATE_HZ
        field.along(wave, first, stroke.point_m, times_s)


def strokes(motion: Motion, bodies: Sequence[Instrument]) -> Iterator[Stroke]:
    """Each pair's rubbing as smooth curves; several points of contact add up their forces."""
    rubs = motion.rubs
    moving = (rubs["slip_m_s"] > STILL_SLIP_M_S) | (rubs["roll_m_s"] > STILL_ROLL_M_S)
    rubs = rubs[moving & (rubs["force_n"] > 0)]
    pairs = np.stack([rubs["a"], rubs["b"]], axis=-1)
    for a, b in np.unique(pairs, axis=0):
        most_n = MOST_WEIGHTS * GRAVITY_M_S2 * min(bodies[a].mass_kg, bodies[b].mass_kg)
        rows = rubs[(pairs[:, 0] == a) & (pairs[:, 1] == b)]
        yield _stroke(int(a), int(b), rows, most_n)


def _stroke(a: int, b: int, rows: NDArray[np.void], most_n: float) -> Stroke:
    sample = np.rint(rows["time_s"] * POSE_RATE_HZ).astype(int)
    begin = int(sample.min()) - PAD
    at, count = sample - begin, int(np.ptp(sample)) + 2 * PAD + 1
    force = np.bincount(at, rows["force_n"], count).astype(np.float64)
    share = np.maximum(force, 1e-12)

    def mean(values: NDArray[np.floating]) -> Floats:
        return np.asarray(np.bincount(at, rows["force_n"] * values, count) / share)

    points = np.stack([mean(rows["point_m"][:, axis]) for axis in range(3)], axis=-1)
    touched = force > 0
    index = np.arange(count)
    filled = [np.interp(index, index[touched], points[touched, axis]) for axis in range(3)]
    return Stroke(
        a=a,
        b=b,
        begin=begin,
        slip_m_s=_smooth(np.maximum(mean(rows["slip_m_s"]) - STILL_SLIP_M_S, 0)),
        roll_m_s=_smooth(np.maximum(mean(rows["roll_m_s"]) - STILL_ROLL_M_S, 0)),
        force_n=_smooth(np.minimum(force, most_n)),
        point_m=np.stack(filled, axis=-1),
    )


def _smooth(curve: Floats) -> Floats:
    """Causal: a contact is not heard before it begins."""
    return np.asarray(np.convolve(curve, SMOOTH)[: len(curve)])


def slide_hz(slip_m_s: Floats, roughness: float) -> Floats:
    """How often asperities pass: speed over their spacing, 0.15 mm (polished) to 0.75 mm (rough).

    >>> float(np.round(slide_hz(np.array([0.5]), 0.5))[0])
    1111.0
    """
    return np.asarray(slip_m_s / (0.15e-3 + 0.6e-3 * roughness))


def roll_hz(roll_m_s: Floats, radius_m: float, hardness: float) -> Floats:
    """What a smaller ball falls into a bigger one bridges, and a soft one swallows: speed over
    6 mm (R / 5 cm)^0.8 (1.3 - hardness), above a rumble.

    >>> float(np.round(roll_hz(np.array([1.0]), 0.05, 0.8))[0])
    393.0
    """
    return np.asarray(60 + roll_m_s / (0.006 * (radius_m / 0.05) ** 0.8 * (1.3 - hardness)))


def _voice(
    stroke: Stroke, bodies: Sequence[Instrument], noise: NoiseBank, count: int, begin: int
) -> tuple[Floats, int]:
    """The stroke as mono samples and the sample of the track where they begin."""
    a, b = bodies[stroke.a], bodies[stroke.b]
    first = max(0, sample_at(stroke.begin / POSE_RATE_HZ))
    last = min(count, sample_at((stroke.begin + len(stroke.force_n)) / POSE_RATE_HZ))
    at = np.arange(first, max(first, last)) * (POSE_RATE_HZ / SAMPLE_RATE_HZ) - stroke.begin
    wave = np.zeros(len(at))
    for gains, centre_hz in (_slide(stroke, a, b), _roll(stroke, a, b)):
        if gains.any():
            wave += swept(noise, at, gains, centre_hz, begin=begin, width_octaves=WIDTH_OCTAVES)
    return wave, first


def _slide(stroke: Stroke, a: Instrument, b: Instrument) -> tuple[Floats, Floats]:
    """Gain and centre frequency of scraping, at 240 Hz."""
    roughness = (a.material.roughness + b.material.roughness) / 2
    gain = SLIDE * np.sqrt(stroke.force_n / 5) * (stroke.slip_m_s / 0.5) ** 0.8
    return gain * (0.3 + roughness) * _bite(a, b), slide_hz(stroke.slip_m_s, roughness)


def _roll(stroke: Stroke, a: Instrument, b: Instrument) -> tuple[Floats, Floats]:
    """Gain and centre frequency of rolling, at 240 Hz; no body is quite round, so it pulses."""
    radius_m = (a if b.fixed or not a.fixed else b).width_m / 2
    turns = np.cumsum(stroke.roll_m_s) / POSE_RATE_HZ / (2 * np.pi * radius_m)
    pulse = 1 + 0.3 * np.sin(2 * np.pi * turns) + 0.15 * np.sin(2 * np.pi * 2.7 * turns)
    gain = ROLL * (stroke.force_n / 10) ** 0.4 * (stroke.roll_m_s / 1.0) ** 0.9 * pulse
    bite = _bite(a, b)
    return gain * bite, roll_hz(stroke.roll_m_s, radius_m, bite)


def _bite(a: Instrument, b: Instrument) -> float:
    return float(np.sqrt(a.material.hardness * b.material.hardness))


def _coloured(wave: Floats, stroke: Stroke, players: Orchestra) -> Floats:
    """The noise heard through both bodies: each answers with its own modes, short under load."""
    out = wave.copy()
    for column in (stroke.a, stroke.b):
        body, bank = players.bodies[column], players.banks[column]
        if body.material.loss_factor < SOFT_LOSS and len(wave):
            loaded = replace(bank, decays_per_s=3 * bank.decays_per_s + 6 / BODY_S)
            answer = ring(loaded, BODY_S)
            answer /= max(float(np.sqrt(np.sum(answer**2))), 1e-9)
            share = np.float32(BODY_SHARE * RADIATES[body.form])
            out += oaconvolve(wave, share * answer)[: len(wave)]
    return out
