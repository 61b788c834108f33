"""How a touch sounds. In: `Touches` and the bodies. Out: strikes on the tape, by both bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.grains import crumble, grains
from flow_nb.engines.stage.sound.instrument import Form, Instrument
from flow_nb.engines.stage.sound.modal import (
    RESTING_FACTOR,
    RESTING_PER_S,
    Modes,
    audible_s,
    modes_of,
    ring,
)
from flow_nb.engines.stage.sound.noise import NoiseBank
from flow_nb.engines.stage.sound.touch import Touches
from flow_nb.timebase import SAMPLE_RATE_HZ

Wave = NDArray[np.float32]

SOFT_LOSS = 0.25
"""From this loss factor on a body does not ring, it thuds."""

RADIATES: dict[Form, float] = {
    "vessel": 1.0, "dish": 0.9, "shard": 0.9, "case": 1.0, "bar": 0.7, "block": 0.7, "ball": 1.0,
    "board": 0.45, "floor": 0.3,
}  # fmt: skip
FAINTEST = 1e-3
MOST_VOICES, MOST_VOICES_PER_S = 160, 40
MOST_VOICES_PER_WINDOW = 48
WINDOW_S = 0.1
TICK = 0.45
THUD = 0.8
THUD_LASTS_S = 0.004
"""A touch that takes longer than this pushes the air more than it strikes it."""

FIRM = 0.08
"""The level from which on a touch breaks as many grains as there are."""

STOP_FADE_S = 0.003


@dataclass(frozen=True, slots=True)
class Orchestra:
    """The bodies of a shot with their banks, the same bank for every strike on a body."""

    bodies: Sequence[Instrument]
    banks: Sequence[Modes]
    noise: NoiseBank


def orchestra(bodies: Sequence[Instrument], noise: NoiseBank, seed: int) -> Orchestra:
    """Each body is its own individual: its imperfections follow from seed and column."""
    banks = [modes_of(body, np.random.default_rng([seed, i])) for i, body in enumerate(bodies)]
    return Orchestra(bodies, banks, noise)


def play(hits: Touches, players: Orchestra, *, field: Field, rng: np.random.Generator) -> None:
    """Lays all strikes on the tape: the audible ones with their modes, the rest as grains."""
    if not len(hits):
        return
    spots = field.spots(hits.point_m, hits.time_s)
    loud = hits.level * np.linalg.norm(spots.gains, axis=-1)
    voiced = _voiced(hits.time_s, loud)
    for i in np.flatnonzero(loud > FAINTEST * loud.max()):
        wave = (
            strike(hits, int(i), players, rng) if voiced[i] else _tick(hits, int(i), players, rng)
        )
        field.lay(wave * np.float32(hits.level[i]), float(hits.time_s[i]), spots, int(i))


def strike(hits: Touches, i: int, players: Orchestra, rng: np.random.Generator) -> Wave:
    """One strike at level 1: the tick of the touch, then what each of the two bodies answers."""
    parts = [_tick(hits, i, players, rng)]
    for side in (0, 1):
        column = int(hits.bodies[i, side])
        body = players.bodies[column]
        if body.material.loss_factor >= SOFT_LOSS:
            wave = _thud(body, float(hits.lasts_s[i]), players.noise, rng)
        else:
            rest, lasts = float(hits.rests[i, side]), float(hits.lasts_s[i])
            modes = _excited(players.banks[column], lasts, rest, rng)
            wave = ring(modes, min(audible_s(modes), float(hits.stops_s[i, side]) + STOP_FADE_S))
        share = RADIATES[body.form] * (float(hits.heft[i]) if body.fixed else 1.0)
        parts.append(_stopped(wave, float(hits.stops_s[i, side])) * np.float32(share))
        parts += _crunch(body, float(hits.level[i]), rng)
    total = np.zeros(max(len(part) for part in parts), dtype=np.float32)
    for part in parts:
        total[: len(part)] += part
    return total


def _crunch(body: Instrument, level: float, rng: np.random.Generator) -> list[Wave]:
    """What gives way in grains, and what lies on it."""
    rows = [grains().get(name or "") for name in (body.material.name, body.litter)]
    force = float(np.clip((level / FIRM) ** 0.5, 0.0, 1.0))
    return [crumble(row, force, rng) for row in rows if row and body.mass_kg <= row.heaviest_kg]


def _voiced(time_s: NDArray[np.float64], loud: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The loudest of each tenth of a second, and of the shot."""
    voiced = np.zeros(len(loud), dtype=bool)
    most = max(MOST_VOICES, int(MOST_VOICES_PER_S * float(time_s.max())))
    room: dict[int, int] = {}
    for i in np.argsort(-loud, kind="stable"):
        window = int(time_s[i] / WINDOW_S)
        taken = room.get(window, 0)
        if taken < MOST_VOICES_PER_WINDOW and voiced.sum() < most:
            room[window] = taken + 1
            voiced[i] = True
    return voiced


def _excited(bank: Modes, lasts_s: float, rest: float, rng: np.random.Generator) -> Modes:
    """A bank as this touch plays it: a long touch leaves the high modes out, each place of the
    body favours others, and what lies on something rings shorter."""
    lowpass = 1 / (1 + (2 * bank.hertz * lasts_s) ** 2)
    place = rng.uniform(0.6, 1.0, len(bank.hertz))
    place *= rng.choice((-1.0, 1.0), len(place)) / np.sqrt(np.mean(place**2))
    decays = bank.decays_per_s * (1 + RESTING_FACTOR * rest) + RESTING_PER_S * rest
    return Modes(hertz=bank.hertz, decays_per_s=decays, gains=bank.gains * lowpass * place)


def _tick(hits: Touches, i: int, players: Orchestra, rng: np.random.Generator) -> Wave:
    """The touch itself, before anything rings: a grain of noise as bright as it is short."""
    a, b = (players.bodies[int(column)].material for column in hits.bodies[i])
    lasts_s = float(hits.lasts_s[i])
    cutoff = np.clip(1 / lasts_s, 250, 2_000 + 14_000 * min(a.brightness, b.brightness))
    decay_s = min(0.0008 + lasts_s, 0.006)
    return _grain(players.noise, float(cutoff), decay_s, rng) * np.float32(TICK)


def _grain(noise: NoiseBank, cutoff_hz: float, decay_s: float, rng: np.random.Generator) -> Wave:
    count = int(6 * decay_s * SAMPLE_RATE_HZ)
    wave = noise.grain(cutoff_hz, count, int(rng.integers(1 << 16)))
    return wave * _decay(count, decay_s)


def _thud(body: Instrument, lasts_s: float, noise: NoiseBank, rng: np.random.Generator) -> Wave:
    """A soft body has no pitch of its own: a bump as long as the touch, under dull noise."""
    base_hz = float(np.clip(0.4 / lasts_s, 55, 320))
    count = int(0.16 * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    glide = base_hz * (t + 0.012 * (1 - np.exp(-t / 0.02)))
    bump = np.sin(2 * np.pi * glide) * np.exp(-t * base_hz / 1.5)
    cutoff = float(np.clip(0.7 / lasts_s, 2_500 * body.material.brightness + 150, 3_000))
    decay_s = 3 / cutoff + 0.004
    hiss = noise.grain(cutoff, count, int(rng.integers(1 << 16))) * np.exp(-t / decay_s)
    gain = THUD * float(np.clip(THUD_LASTS_S / lasts_s, 0.02, 1)) ** 0.5
    return np.asarray(gain * (bump + 0.35 * hiss), dtype=np.float32)


def _decay(count: int, decay_s: float) -> Wave:
    return np.exp(-np.arange(count) / (decay_s * SAMPLE_RATE_HZ)).astype(np.float32)


def _stopped(wave: Wave, stop_s: float) -> Wave:
    """The wave until the body ceases to be, with a fade that does not click."""
    count = int(STOP_FADE_S * SAMPLE_RATE_HZ)
    stop = stop_s * SAMPLE_RATE_HZ
    if stop >= len(wave):
        return wave
    wave = wave[: int(stop) + count].copy()
    tail = min(count, len(wave))
    wave[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return wave
