"""Doors and lids. In: how fast leaves turn, and when they open and shut. Out: creaks and latches.

A dry hinge sticks and slips: the slower it turns the further apart its slips lie, and each shakes the leaf.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.engines.stage.sound.modal import Modes, ring
from flow_nb.engines.stage.sound.strike import Orchestra
from flow_nb.engines.stage.sound.ways import clock_s, path_m, turning_rad_s
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

SLIP_RAD = 0.0085
"""How far it turns between two slips: at 0.7 rad/s eighty a second."""

FAST_RAD_S = 1.8
"""What turns faster than this has no time to stick."""

CREAK = 0.05
WOOD_HZ, METAL_HZ = (420.0, 860.0, 1_350.0, 2_300.0), (900.0, 1_900.0, 3_100.0, 4_700.0)
LATCH_HZ = (1_750.0, 2_640.0, 3_900.0, 5_300.0)
LATCH, LATCH_AGAIN_S = 0.16, 0.035
LEAST_HEAVY_KG = 3.0
"""A lid lighter than this has no latch to hear."""


def creak(motion: Motion, players: Orchestra, *, field: Field, rng: np.random.Generator) -> None:
    """Lays the creaking of every leaf that turns, and latches."""
    for column, name in enumerate(motion.names):
        if name.endswith("/leaf"):
            speed = turning_rad_s(motion, column)
            if speed.any():
                wave = slips(speed, players.bodies[column], field.count, rng)
                field.along(wave, 0, path_m(motion, column), clock_s(motion))
    for event in motion.events:
        column = motion.index(f"{event.body}/leaf")
        if event.kind in ("open", "close") and column >= 0:
            if players.bodies[column].mass_kg < LEAST_HEAVY_KG:
                continue
            row = min(round(event.time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
            place = motion.positions_m[row, column].astype(float)
            field.at(_latch(event.kind == "close"), event.time_s, place)


def slips(speed_rad_s: Floats, leaf: Instrument, count: int, rng: np.random.Generator) -> Floats:
    """A pulse for each slip, through the leaf's and the hinge's resonances."""
    turned = np.cumsum(speed_rad_s) / POSE_RATE_HZ
    many = int(turned[-1] / SLIP_RAD)
    if many < 1:
        return np.zeros(count)
    marks = np.cumsum(SLIP_RAD * rng.uniform(0.55, 1.45, 2 * many))
    marks = marks[marks < turned[-1]]
    grid = np.arange(len(turned))
    rising = turned + 1e-9 * grid
    at = np.interp(marks, rising, grid) / POSE_RATE_HZ
    speed = np.interp(at * POSE_RATE_HZ, grid, speed_rad_s)
    # The dry places of a hinge come and go as it turns.
    places = np.arange(0.0, turned[-1] + 0.24, 0.12)
    dry = np.interp(marks, places, rng.uniform(0.05, 1.0, len(places)))
    loud = dry * np.exp(-((speed / FAST_RAD_S) ** 2)) * rng.uniform(0.5, 1.0, len(marks))
    index = np.minimum((at * SAMPLE_RATE_HZ).astype(int), count - 1)
    pulses = np.bincount(index, loud, count)
    wave = np.zeros(count)
    for k, hertz in enumerate(METAL_HZ if leaf.material.name == "metal" else WOOD_HZ):
        wave += _resonance(pulses, hertz, 9.0) / (1 + 0.5 * k)
    return CREAK * wave


def _resonance(pulses: NDArray[np.number], hertz: float, sharp: float) -> Floats:
    radius = np.exp(-np.pi * hertz / sharp / SAMPLE_RATE_HZ)
    turn = 2 * np.pi * hertz / SAMPLE_RATE_HZ
    return np.asarray(
        lfilter([1.0, 0.0, -1.0], [1.0, -2 * radius * np.cos(turn), radius**2], pulses)
    )


def _latch(shuts: bool) -> Floats:
    """The bolt on its plate, and, when it shuts, once more as it falls in."""
    hertz = np.array(LATCH_HZ)
    bolt = Modes(hertz=hertz, decays_per_s=0.012 * np.pi * hertz + 60, gains=hertz**-0.3 / 0.1)
    click = LATCH * ring(bolt, 0.06).astype(np.float64)
    gap = int(LATCH_AGAIN_S * SAMPLE_RATE_HZ)
    out = np.zeros(gap + len(click))
    out[: len(click)] += click * (0.6 if shuts else 0.8)
    if shuts:
        out[gap : gap + len(click)] += click
    return out / max(float(np.abs(click).max()), 1e-9) * LATCH
