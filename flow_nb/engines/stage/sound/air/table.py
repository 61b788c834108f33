"""Which sounds a place has. In: ``ambience.toml``. Out: `Place`s and `WeatherRow`s."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from flow_nb.plan.look import Light
from flow_nb.plan.plan import Plan

HOURS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"day": ("morning", "noon", "afternoon", "golden hour"), "dark": ("dusk", "night")}
)
WET = ("rain", "snow", "storm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One sound of a place; the columns are explained at the head of the table."""

    sound: str
    lufs: float
    at: tuple[str, ...] = ()
    dry: bool = False
    night_db: float = 0.0

    def heard(self, light: Light) -> bool:
        """Whether it is there at this time in this weather."""
        if self.dry and light.weather in WET:
            return False
        hours = {hour for name in self.at for hour in HOURS.get(name, (name,))}
        return not hours or light.time_of_day in hours

    def level_lufs(self, light: Light) -> float:
        """How loud it is at this time."""
        return self.lufs + (self.night_db if light.time_of_day == "night" else 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One row: what is heard there, and what weather does there."""

    layers: tuple[Layer, ...]
    shelter_db: float = 0.0
    rain: str = ""
    rain_lufs: float = -40.0
    breeze_m_s: float = 0.0
    of: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WeatherRow:
    """What a weather adds: wind, rain where ``rain_db`` is given, thunder; what it takes of the rest."""

    wind_m_s: float = 0.0
    rain_db: float | None = None
    thunder_lufs: float | None = None
    hush_db: float = 0.0


def place_of(plan: Plan) -> Place:
    """Where the shot is, by the text's own word for it if that has a row of its own."""
    if plan.air.medium == "water":
        return places()["underwater"]
    said = set(re.findall(r"[a-z]+", plan.set.origin.words.lower()))
    for place in places().values():
        if place.of == plan.set.kind and said & set(place.words):
            return place
    return places().get(plan.set.kind, places()["studio"])


@cache
def places() -> Mapping[str, Place]:
    """All rows of places by name."""
    rows = {name: row for name, row in _table().items() if name not in ("weather", "burning")}
    return MappingProxyType({name: _place(row) for name, row in rows.items()})


def weather_of(light: Light) -> WeatherRow:
    """What the weather does; nothing where it has no row."""
    return WeatherRow(**_table()["weather"].get(light.weather, {}))


def burning() -> Mapping[str, float]:
    """By prop: how loud its fire is, in LUFS."""
    return MappingProxyType(dict(_table()["burning"]))


def _place(row: dict[str, Any]) -> Place:
    layers = tuple(Layer(**{**one, "at": tuple(one.get("at", ()))}) for one in row["layers"])
    rest = {key: value for key, value in row.items() if key not in ("layers", "words")}
    return Place(layers=layers, words=tuple(row.get("words", ())), **rest)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("ambience.toml").read_text(encoding="utf-8"))
