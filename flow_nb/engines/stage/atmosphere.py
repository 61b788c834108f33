"""Weather, style and grade. In: a plan's `Light`, the `Hour`, the light of the set. Out: the hour as the
weather leaves it, and the light as film-makers set and print it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from flow_nb.engines.stage.hours import Hour
from flow_nb.engines.stage.picture import Lamp, Light, Look, Sky, Vec3
from flow_nb.engines.stage.sky import rgb
from flow_nb.plan.look import Light as Words
from flow_nb.props.archetypes import SetRow

SUMS = ("exposure", "temperature", "tint")
FACTORS = ("contrast", "saturation", "vibrance")
FOG_HEIGHT_M, FOG_FALL = 2.0, 0.05
FOG_BY_DAY, FOG_BY_NIGHT = 0.36, 0.05
"""How bright fog is on the film, as linear light."""
SAND: Vec3 = (1.25, 0.88, 0.52)
SAND_FOG = 0.075
"""What blown sand does to fog: its dye, and how dense it is."""
WARM: Vec3 = (1.0, 0.62, 0.30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """One row of ``atmosphere.toml``; the columns are explained at its head."""

    sun: float = 1.0
    fill: float = 1.0
    sky: float = 1.0
    grey: float = 0.0
    lamps: float = 0.0
    exposure: float = 0.0
    soft_m: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    vibrance: float = 1.0
    temperature: float = 0.0
    tint: float = 0.0
    fog: float = 0.0
    fog_m: float = 0.0
    fall: str = ""
    many: int = 0
    lamp: str = ""


def effects(words: Words) -> tuple[Effect, Effect, Effect]:
    """What the weather, the style and the grade of a plan do."""
    rows = _rows()
    return (
        rows["weather"][words.weather], rows["style"][words.style], rows["grade"][words.grade]
    )  # fmt: skip


def sandy(words: Words, kind: str) -> bool:
    """Whether a storm blows sand and not rain: in the desert."""
    return kind == "desert" and words.weather == "storm"


def soaked(look: Look, words: Words) -> Look:
    """What the rain does to the ground: asphalt stands under water."""
    if effects(words)[0].fall != "rain" or look.texture != "asphalt":
        return look
    return replace(look, texture="wet asphalt")


def weathered(hour: Hour, words: Words) -> Hour:
    """The hour under that weather."""
    weather, style, _ = effects(words)
    sky = weather.sky * style.sky
    return replace(
        hour,
        strength=hour.strength * weather.sun,
        zenith=_greyed(hour.zenith, weather.grey, sky, lift=0.5),
        horizon=_greyed(hour.horizon, weather.grey, sky),
        ground=_greyed(hour.ground, weather.grey * 0.5, sky),
        lamps=max(hour.lamps, weather.lamps, style.lamps),
        fill=hour.fill * weather.fill,
    )


def lit(light: Light, words: Words, row: SetRow, hour: Hour) -> Light:
    """The set's light after style, fog and grade."""
    weather, style, grade = effects(words)
    numbers = dict(light.grade)
    for name in SUMS:
        total = sum(getattr(effect, name) for effect in (weather, style, grade))
        numbers[f"cg.{name}"] = float(numbers.get(f"cg.{name}", 0.0)) + total  # type: ignore[arg-type]
    for name in FACTORS:
        product = 1.0
        for effect in (weather, style, grade):
            product *= getattr(effect, name)
        numbers[f"cg.{name}"] = float(numbers.get(f"cg.{name}", 1.0)) * product  # type: ignore[arg-type]
    if weather.fog and row.outdoors:
        dye = SAND if sandy(words, row.name) else (1.0, 1.0, 1.0)
        numbers |= _fog(weather, hour, dye, stops=float(np.asarray(numbers["cg.exposure"])))
        if sandy(words, row.name):
            numbers |= {"fog.density": SAND_FOG, "cg.temperature": 0.10, "cg.saturation": 1.0}
    soft = max(weather.soft_m if row.outdoors else 0.0, style.soft_m)
    return replace(
        light,
        sun_strength=light.sun_strength * style.sun,
        sun_radius_m=soft or light.sun_radius_m,
        around=_scaled(light.around, style.fill),
        lamps=(*light.lamps, *_styled(style.lamp, row)),
        grade=numbers,
    )


def _fog(
    weather: Effect, hour: Hour, dye: Vec3, *, stops: float
) -> dict[str, float | tuple[float, ...]]:
    """Fog of the horizon's colour, dyed, as bright as the exposure leaves the rest its contrast."""
    brightest = FOG_BY_NIGHT if hour.dark else FOG_BY_DAY
    shade = min(1.0, brightest / (float(np.mean(hour.horizon)) * 2**stops))
    red, green, blue = (float(a) * b * shade for a, b in zip(hour.horizon, dye, strict=True))
    return {
        "fog.enabled": 1.0,
        "fog.density": weather.fog,
        "fog.distance": weather.fog_m,
        "fog.maximum_opacity": 0.96,
        "fog.height": FOG_HEIGHT_M,
        "fog.height_falloff": FOG_FALL,
        "fog.color": (red, green, blue),
    }


def _styled(lamp: str, row: SetRow) -> tuple[Lamp, ...]:
    """A lamp that a style calls for: behind the mark, against the back wall, or as a candle."""
    back = min(row.back_y_m or 3.0, 3.2)
    if lamp == "back":
        return (Lamp(kind="spot", at_m=(0.7, back - 0.35, 2.35), towards=(-0.28, -0.85, -0.62),
                     colour=(1.0, 0.88, 0.70), strength=7.0, reach_m=9, cone_deg=60),)  # fmt: skip
    if lamp == "wall":
        return (Lamp(kind="spot", at_m=(0.0, back - 1.5, 0.25), towards=(0.0, 1.0, 0.75),
                     colour=(1.0, 0.86, 0.66), strength=4.5, reach_m=9, cone_deg=85),)  # fmt: skip
    if lamp == "candle":
        return (Lamp(kind="point", at_m=(-0.55, -0.75, 1.15), colour=WARM, strength=0.9, reach_m=6,
                     shadow=False, bulb_m=0.03, flicker="fire"),)  # fmt: skip
    return ()


def _scaled(sky: Sky, by: float) -> Sky:
    """The light from all around, stronger or weaker."""
    if by == 1.0:
        return sky
    factor = np.float32(by)
    levels = tuple(level * factor for level in sky.levels)
    return Sky(levels=levels, harmonics=sky.harmonics * factor)


def _greyed(colour: Vec3, grey: float, by: float, *, lift: float = 0.0) -> Vec3:
    value = np.asarray(colour)
    flat = float(value @ (0.3, 0.5, 0.2)) * (1 + lift * grey)
    return rgb((value * (1 - grey) + flat * grey) * by)


@cache
def _rows() -> Mapping[str, Mapping[str, Effect]]:
    text = files(__package__).joinpath("atmosphere.toml").read_text(encoding="utf-8")
    raw: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(text)
    return {kind: {n: Effect(**row) for n, row in rows.items()} for kind, rows in raw.items()}
