"""In which light and air. In: notes, the set. Out: `Light`, `Air`, gravity."""

from __future__ import annotations

from typing import get_args

from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.noted import Noted
from flow_nb.director.plotting.tables import tables
from flow_nb.errors import PlanError
from flow_nb.plan.actions import Direction
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.look import Air, Grade, Light, LightStyle, Medium, TimeOfDay, Weather

EARTH_M_S2 = 9.81
MAX_GRAVITY_M_S2, MAX_WIND_M_S = 100.0, 60.0
FROM_SET = Origin(provenance="inferred", confidence=0.9)


def light_of(noted: Noted) -> Light:
    """Time, weather, style and look, each with its origin."""
    return Light(
        time_of_day=noted.value("time", "afternoon", ok=lambda v: v in get_args(TimeOfDay)),
        weather=noted.value("weather", "clear", ok=lambda v: v in get_args(Weather)),
        style=noted.value("style", "natural", ok=lambda v: v in get_args(LightStyle)),
        grade=noted.value("grade", "neutral", ok=lambda v: v in get_args(Grade)),
        origin=noted.origin("time"),
        weather_origin=noted.origin("weather"),
        style_origin=noted.origin("style"),
        grade_origin=noted.origin("grade"),
    )


def gravity_of(noted: Noted, kind: str) -> tuple[float, Origin]:
    """What the text says, else what the set has.

    Raises:
        PlanError: it is beyond what is solved.
    """
    note = noted.of("gravity")
    if note is None:
        there = tables()["sets"].get(kind, {}).get("gravity_m_s2")
        return (EARTH_M_S2, DEFAULT) if there is None else (float(there), FROM_SET)
    value = float(note.value)
    if not 0 <= value <= MAX_GRAVITY_M_S2:
        raise PlanError(
            f"a gravity of {value:g} m/s² is not between 0 and {MAX_GRAVITY_M_S2:g} m/s².",
            fix='Write another, as in "gravity: 3.7" or "gravity: moon".',
        )
    return value, noted.origin("gravity")


def air_of(noted: Noted, kind: str, gravity_origin: Origin, gaps: Gaps) -> Air:
    """Medium and wind; there is no wind where there is no air.

    Raises:
        PlanError: a wind beyond what is solved.
    """
    there = tables()["sets"].get(kind, {}).get("medium")
    medium = noted.value("medium", there or "air", ok=lambda v: v in get_args(Medium))
    wind = noted.of("wind")
    speed = float(wind.value) if wind is not None else 0.0
    if not 0 <= speed <= MAX_WIND_M_S:
        raise PlanError(
            f"a wind of {speed:g} m/s is not between 0 and {MAX_WIND_M_S:g} m/s.",
            fix='Write a smaller one, as in "wind: 12 m/s from left".',
        )
    if wind is not None and medium != "air" and speed > 0:
        gaps.say(wind.span, f"there is no wind in {medium}", "Leave one of them out.")
        speed = 0.0
    origin = noted.origin("medium", "wind", "wind_from")
    if origin == DEFAULT and there:
        origin = FROM_SET
    return Air(
        medium=medium,
        wind_m_s=round(speed, 4),
        wind_from=noted.value("wind_from", "left", ok=lambda v: v in get_args(Direction)),
        origin=origin,
        gravity_origin=gravity_origin,
    )
