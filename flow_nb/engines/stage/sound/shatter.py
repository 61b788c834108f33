"""The instant of breakage. In: break events. Out: cracks on the tape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.instrument import Instrument
from flow_nb.engines.stage.sound.modal import Modes, ring
from flow_nb.engines.stage.sound.noise import NoiseBank
from flow_nb.engines.stage.sound.strike import Orchestra
from flow_nb.engines.stage.sound.touch import level_of
from flow_nb.plan.motion import POSE_RATE_HZ, Event, Motion
from flow_nb.timebase import SAMPLE_RATE_HZ

LENGTH_S = 0.25
CRUMBS = 70
CRUMB_DECAY_S = 0.035
LATEST_CRUMB_S = 0.12
QUIETEST = 0.35
NEAR_S = 0.01
LOUDER_THAN_A_STRIKE = 1.0


def crack(motion: Motion, players: Orchestra, *, field: Field, rng: np.random.Generator) -> None:
    """Lays a crack on the tape for every body that breaks."""
    for event in motion.events:
        column = motion.index(event.body)
        if event.kind != "break" or column < 0:
            continue
        body = players.bodies[column]
        wave = _burst(body, players.noise, rng) + _crumbs(body, rng)
        wave *= np.float32(_level(event, body))
        field.at(wave, event.time_s, _place_m(motion, event, column))


def _level(event: Event, body: Instrument) -> float:
    impulse = event.impulse_n_s or body.mass_kg * event.speed_m_s
    level = float(
        level_of(*(np.array([x]) for x in (impulse, body.mass_kg, body.material.hardness)))[0]
    )
    return max(QUIETEST, LOUDER_THAN_A_STRIKE * level)


def _place_m(motion: Motion, event: Event, column: int) -> NDArray[np.float64]:
    """Where it touched at that instant, else where it last was."""
    rows = motion.contacts
    near = np.abs(rows["time_s"] - event.time_s) < NEAR_S
    rows = rows[near & ((rows["a"] == column) | (rows["b"] == column))]
    if len(rows):
        point = rows["point_m"][np.argmax(rows["impulse_n_s"])]
    else:
        last = min(int(event.time_s * POSE_RATE_HZ), len(motion.positions_m) - 1)
        point = motion.positions_m[last, column]
    return np.nan_to_num(np.asarray(point, dtype=np.float64))


def _burst(body: Instrument, noise: NoiseBank, rng: np.random.Generator) -> NDArray[np.float32]:
    """The wall gives way: full brightness at once, then two decays, the bright one first."""
    count = int(LENGTH_S * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    top = 4_000 + 12_000 * body.material.brightness
    bright = noise.grain(top, count, int(rng.integers(1 << 16))) * np.exp(-t / 0.004)
    body_of_it = noise.grain(top / 3, count, int(rng.integers(1 << 16))) * np.exp(-t / 0.018)
    return np.asarray(0.6 * bright + 0.2 * body_of_it, dtype=np.float32)


def _crumbs(body: Instrument, rng: np.random.Generator) -> NDArray[np.float32]:
    """Splinters too small to be solved: short high partials that thin out within 0.12 s."""
    count = int(LENGTH_S * SAMPLE_RATE_HZ)
    begins_s = np.minimum(rng.exponential(CRUMB_DECAY_S, CRUMBS), LATEST_CRUMB_S)
    low = 2_500 * body.material.wave_speed_m_s / 5_300
    hertz = np.minimum(low * 6.0 ** rng.random(CRUMBS), 16_500)
    decays = np.pi * hertz * (body.material.loss_factor * 3 + 0.004)
    gains = 0.11 * rng.uniform(0.3, 1.0, CRUMBS) * np.exp(-begins_s / 0.08)
    wave = np.zeros(count, dtype=np.float32)
    for begin_s, f, d, g in zip(begins_s, hertz, decays, gains, strict=True):
        begin = int(begin_s * SAMPLE_RATE_HZ)
        one = Modes(hertz=np.array([f]), decays_per_s=np.array([d]), gains=np.array([g]))
        grain = ring(one, min(6.9 / d, 0.1))[: count - begin]
        wave[begin : begin + len(grain)] += grain
    return wave
