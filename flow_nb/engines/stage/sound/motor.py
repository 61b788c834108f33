"""What drives. In: vehicles and their speed over time. Out: engine, tyres and rails as they come and go.

Everything is made over the time at which it is sent and read as late as it comes, so what passes falls in pitch.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from flow_nb.engines.stage.sound.field import Field
from flow_nb.engines.stage.sound.noise import NoiseBank, swept
from flow_nb.engines.stage.sound.passing import BEFORE_S
from flow_nb.engines.stage.sound.ways import clock_s, path_m, velocity_m_s
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

ROLLING_M_S = 10.0
TYRE_POWER = 1.5
"""9 dB for twice the speed."""

STANDS_M_S = 0.05
SLIP_S = 0.35
"""How long a crank takes to follow the road when a gear is shifted."""

ORDERS = 24
MOST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Drive:
    """One row of ``motors.toml``; the columns are explained at its head."""

    name: str
    kind: str
    props: tuple[str, ...]
    level: float
    cylinders: int = 4
    idle_rpm: float = 800.0
    top_rpm: float = 3_000.0
    gears_m_s: tuple[float, ...] = ()
    growl: float = 0.3
    tyres: float = 0.0
    roll_hz: float = 800.0
    clicks_m: float = 0.0
    click_hz: float = 1_000.0


@cache
def drives() -> Mapping[str, Drive]:
    """Each prop's way of driving."""
    text = files(__package__).joinpath("motors.toml").read_text(encoding="utf-8")
    found: dict[str, Drive] = {}
    for name, row in tomllib.loads(text).items():
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        one = Drive(name=name, **values)
        found |= dict.fromkeys(one.props, one)
    return MappingProxyType(found)


def drive(
    plan: Plan, motion: Motion, noise: NoiseBank, *, field: Field, rng: np.random.Generator
) -> None:
    """Lays every vehicle that acts in the shot; one that only stands there is parked."""
    if plan.air.medium == "vacuum" or plan.set.kind in ("space", "moon"):
        return
    acting = {name for action in plan.actions if not action.expected for name in action.names}
    driven = [b for b in plan.bodies if b.prop in drives() and b.name in acting]
    for body in [b for b in driven if motion.index(b.name) >= 0][:MOST]:
        points = path_m(motion, motion.index(body.name))
        speed = np.linalg.norm(velocity_m_s(points), axis=1)
        row = drives()[body.prop]
        if row.kind == "wheels" and speed.max() < STANDS_M_S:
            continue
        wave = driving(row, speed, noise, field.count, rng)
        field.passing(wave, points, clock_s(motion))


def driving(
    row: Drive, speed_m_s: Floats, noise: NoiseBank, count: int, rng: np.random.Generator
) -> Floats:
    """The sound at 3 m for a speed (t,) at 240 Hz, from `BEFORE_S` before its first instant on."""
    before = int(BEFORE_S * POSE_RATE_HZ)
    speed = np.concatenate([np.full(before, speed_m_s[0]), speed_m_s])
    total = count + int(BEFORE_S * SAMPLE_RATE_HZ)
    at = np.arange(total) * (POSE_RATE_HZ / SAMPLE_RATE_HZ)
    wave = np.zeros(total)
    if row.tyres:
        rolls = row.tyres * (speed / ROLLING_M_S) ** TYRE_POWER
        centre = row.roll_hz * (0.6 + 0.4 * speed / ROLLING_M_S)
        wave += swept(noise, at, np.minimum(rolls, 2.0), centre, width_octaves=1.1)
    if row.kind == "jet":
        wave += swept(
            noise, at, np.full(len(speed), 1.0), np.full(len(speed), 400.0), width_octaves=2
        )
    elif row.kind != "wheels":
        wave += _fired(row, speed, at, noise, rng)
    if row.clicks_m:
        wave += _clicks(row, speed, total, rng)
    return row.level * wave


def crank_rpm(row: Drive, speed_m_s: Floats) -> Floats:
    """Turns of the crank in a minute: idling where it stands, within a gear as the road goes."""
    edges = np.array([0.0, *row.gears_m_s]) if row.gears_m_s else np.array([0.0, 30.0])
    gear = np.clip(np.searchsorted(edges, speed_m_s, side="right") - 1, 0, len(edges) - 2)
    low, high = edges[gear], edges[gear + 1]
    from_rpm = np.where(gear == 0, row.idle_rpm, 0.55 * row.top_rpm + 0.1 * row.idle_rpm)
    share = np.clip((speed_m_s - low) / (high - low), 0, 1)
    rpm = from_rpm + (row.top_rpm - from_rpm) * share
    return np.asarray(gaussian_filter1d(rpm, SLIP_S / 3 * POSE_RATE_HZ, mode="nearest"))


def _fired(
    row: Drive, speed: Floats, at: NDArray[np.floating], bank: NoiseBank, rng: np.random.Generator
) -> Floats:
    """Pulses as the cylinders fire or the blades pass: a comb of orders, each cylinder a little unlike the
    next, and noise that beats with it."""
    rpm = crank_rpm(row, speed)
    per_turn = row.cylinders / 2 if row.kind == "engine" else float(row.cylinders)
    turns = np.interp(at, np.arange(len(rpm)), np.cumsum(rpm) / 60 / POSE_RATE_HZ)
    load = 0.45 + 0.55 * np.clip((rpm - row.idle_rpm) / max(row.top_rpm - row.idle_rpm, 1), 0, 1)
    wander = 0.002 * np.interp(at, np.arange(0, len(rpm) + 48, 48),
                               rng.standard_normal(len(range(0, len(rpm) + 48, 48))))  # fmt: skip
    phase = 2 * np.pi * (per_turn * turns + wander)
    tone = np.zeros(len(at))
    for k in range(1, ORDERS + 1):
        fires = float(np.median(rpm)) / 60 * per_turn * k
        if fires > 6_000:
            break
        share = k**-0.9 / (1 + (fires / 1_400) ** 2)
        tone += share * np.sin(k * phase + rng.uniform(0, 2 * np.pi))
    if row.kind == "engine":
        # Half orders: no two cylinders are alike.
        for half in (0.5, 1.5, 2.5):
            tone += 0.25 / half * np.sin(half * phase + rng.uniform(0, 2 * np.pi))
    sharp = 6.0 if row.kind == "rotor" else 2.0
    beat = np.exp(-sharp * (1 - np.cos(phase)) / 2)
    centre = np.full(len(rpm), 320.0 if row.kind != "hum" else 900.0)
    noise = swept(bank, at, np.ones(len(rpm)), centre, width_octaves=1.5)
    steady = np.interp(at, np.arange(len(rpm)), load)
    return np.asarray(steady * ((1 - row.growl) * tone + 1.6 * row.growl * noise * beat))


def _clicks(row: Drive, speed: Floats, total: int, rng: np.random.Generator) -> Floats:
    """One for every stretch of way; a rail's joint is met by two axles."""
    way = np.cumsum(speed) / POSE_RATE_HZ
    marks = np.arange(row.clicks_m * rng.random(), way[-1], row.clicks_m)
    if row.name == "train":
        marks = np.sort(np.concatenate([marks, marks + 2.2]))
    grid = np.arange(len(way))
    at = np.interp(marks, way + 1e-9 * grid, grid) / POSE_RATE_HZ
    index = np.minimum((at * SAMPLE_RATE_HZ).astype(int), total - 1)
    pulses = np.bincount(index, rng.uniform(0.6, 1.0, len(index)), total)
    radius = np.exp(-np.pi * row.click_hz / 5 / SAMPLE_RATE_HZ)
    turn = 2 * np.pi * row.click_hz / SAMPLE_RATE_HZ
    return np.asarray(1.2 * lfilter([1, 0, -1], [1, -2 * radius * np.cos(turn), radius**2], pulses))
