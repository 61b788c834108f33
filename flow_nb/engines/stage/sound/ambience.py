"""The place's own breath. In: a plan, a length, a generator. Out: quiet stereo that never loops."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from flow_nb.engines.stage.sound.air.craft import Scene, sides
from flow_nb.engines.stage.sound.air.makers import MAKERS
from flow_nb.engines.stage.sound.air.table import Place, burning, place_of, weather_of
from flow_nb.engines.stage.sound.loudness import SILENCE_LUFS, loudness_lufs
from flow_nb.plan.plan import Plan
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

LEAST_WIND_M_S = 2.0
WIND_LUFS, WIND_DB_PER_DECADE, LOUDEST_WIND_LUFS = -47.0, 30.0, -24.0
"""Wind of 4 m/s is so loud outdoors, ten times that so many dB more."""

FAINTEST_LUFS = -64.0
WALLS_HZ = 450.0
"""What comes through walls has lost its treble above this."""

UNDER_UMBRELLA_DB = 5.0
WIND_SIDE = {"left": -0.35, "right": 0.35}


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """One sound of the air: who makes it, how loud it is, whether it comes through walls."""

    sound: str
    lufs: float
    muffled: bool = False


def ambience(plan: Plan, count: int, rng: np.random.Generator) -> Floats:
    """``count`` samples (count, 2) of where and when and in which weather a shot is.

    Each sound has a stream of its own: one more in the table changes none of the others. In a vacuum
    it is silence.
    """
    out, seed = np.zeros((count, 2)), int(rng.integers(2**32))
    wind_m_s = _wind_m_s(plan, place_of(plan))
    for one in heard(plan):
        own = np.random.default_rng([seed, zlib.crc32(one.sound.encode())])
        sound = MAKERS[one.sound](Scene(count=count, rng=own, wind_m_s=wind_m_s)).T
        if one.sound == "wind":
            sound = sound * sides(WIND_SIDE.get(plan.air.wind_from, 0.0)).T * np.sqrt(2)
        if one.muffled:
            sound = _through_walls(sound)
        level = loudness_lufs(sound)
        if level > SILENCE_LUFS:
            out += sound * 10 ** ((one.lufs - level) / 20)
    return out


def heard(plan: Plan) -> tuple[Heard, ...]:
    """Everything that is in the air of a shot, loud enough to matter."""
    if plan.air.medium == "vacuum":
        return ()
    return tuple(one for one in _all(plan) if one.lufs > FAINTEST_LUFS)


def _all(plan: Plan) -> Iterator[Heard]:
    place, light = place_of(plan), plan.light
    weather = weather_of(light)
    indoors = place.shelter_db > 0
    hush_db = 0.0 if indoors else weather.hush_db
    for layer in place.layers:
        if layer.heard(light):
            yield Heard(sound=layer.sound, lufs=layer.level_lufs(light) - hush_db)
    for body in plan.bodies:
        if body.prop in burning():
            yield Heard(sound="fire", lufs=burning()[body.prop])
            break
    wind_m_s = _wind_m_s(plan, place)
    if wind_m_s >= LEAST_WIND_M_S:
        yield Heard(sound="wind", lufs=wind_lufs(wind_m_s) - place.shelter_db, muffled=indoors)
    if weather.rain_db is not None and place.rain:
        yield from _rain(plan, place, weather.rain_db)
    if weather.thunder_lufs is not None:
        lufs = weather.thunder_lufs - place.shelter_db / 2
        yield Heard(sound="thunder", lufs=lufs, muffled=indoors)


def _rain(plan: Plan, place: Place, louder_db: float) -> Iterator[Heard]:
    """On the ground; under an umbrella that first."""
    lufs = place.rain_lufs + louder_db
    if place.shelter_db == 0 and any(body.prop == "umbrella" for body in plan.bodies):
        yield Heard(sound="rain on umbrella", lufs=lufs)
        lufs -= UNDER_UMBRELLA_DB
    yield Heard(sound=f"rain on {place.rain}", lufs=lufs)


def _wind_m_s(plan: Plan, place: Place) -> float:
    """What the plan says, or the weather, or the place."""
    if place.shelter_db > 0:
        return max(plan.air.wind_m_s, weather_of(plan.light).wind_m_s)
    return plan.air.wind_m_s or max(place.breeze_m_s, weather_of(plan.light).wind_m_s)


def wind_lufs(wind_m_s: float) -> float:
    """How loud a wind is outdoors.

    >>> wind_lufs(4.0), round(wind_lufs(12.0)), wind_lufs(40.0)
    (-47.0, -33, -24.0)
    """
    return min(WIND_LUFS + WIND_DB_PER_DECADE * log10(max(wind_m_s, 1) / 4), LOUDEST_WIND_LUFS)


def _through_walls(sound: Floats) -> Floats:
    share = float(np.exp(-2 * np.pi * WALLS_HZ / SAMPLE_RATE_HZ))
    for _ in range(2):
        sound = lfilter([1 - share], [1, -share], sound, axis=0)
    return np.asarray(sound)
