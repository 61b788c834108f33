"""How a shot is seen. In: a director's reading. Out: `SetDesign`, `Light`, `Air`, `Camera`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow_nb.plan.actions import Direction
from flow_nb.plan.base import DEFAULT, Name, Origin, Part
from flow_nb.plan.shot import MAX_DURATION_S

TimeOfDay = Literal["dawn", "morning", "noon", "afternoon", "golden hour", "dusk", "night"]
Weather = Literal["clear", "cloudy", "overcast", "rain", "snow", "fog", "storm"]
Grade = Literal["neutral", "warm", "cold", "noir", "bleach", "pastel", "neon"]
LightStyle = Literal[
    "natural", "soft", "hard", "high key", "low key", "backlit", "silhouette", "candlelit"
]
Medium = Literal["air", "vacuum", "water"]
ShotSize = Literal[
    "extreme wide", "wide", "full", "medium", "medium close-up", "close-up", "extreme close-up"
]
Angle = Literal[
    "eye level", "low", "high", "overhead", "dutch", "over the shoulder", "point of view"
]
Move = Literal[
    "static", "dolly in", "dolly out", "pan left", "pan right", "tilt up", "tilt down",
    "truck left", "truck right", "crane up", "crane down", "orbit left", "orbit right",
    "zoom in", "zoom out", "whip pan left", "whip pan right", "roll", "follow", "handheld",
]  # fmt: skip
Pace = Literal["slow", "normal", "fast"]


class SetDesign(Part):
    """Where it happens. ``kind`` names a row of ``props/sets.toml``."""

    kind: Name = "studio"
    origin: Origin = DEFAULT


class Light(Part):
    """When it happens, in which weather, and the named look of it."""

    time_of_day: TimeOfDay = "afternoon"
    weather: Weather = "clear"
    style: LightStyle = "natural"
    grade: Grade = "neutral"
    origin: Origin = DEFAULT
    weather_origin: Origin = DEFAULT
    style_origin: Origin = DEFAULT
    grade_origin: Origin = DEFAULT


class Air(Part):
    """What everything moves in. ``wind_from`` is the side of the picture that the wind comes from."""

    medium: Medium = "air"
    wind_m_s: float = Field(default=0.0, ge=0, le=60)
    wind_from: Direction = "left"
    origin: Origin = DEFAULT
    gravity_origin: Origin = DEFAULT


class Camera(Part):
    """How it is seen. ``target`` None means: the first body that acts.

    ``height_m`` None means: as the angle asks. ``focus`` is what is sharp from the start (None: the
    target), ``focus_to`` what the focus is pulled to at ``focus_s``. ``handheld`` goes with every move.
    """

    size: ShotSize = "full"
    angle: Angle = "eye level"
    move: Move = "static"
    pace: Pace = "normal"
    handheld: bool = False
    target: Name | None = None
    height_m: float | None = Field(default=None, ge=0.02, le=50)
    lens_mm: float = Field(default=35, ge=10, le=300)
    focus: Name | None = None
    focus_to: Name | None = None
    focus_s: float | None = Field(default=None, ge=0, le=MAX_DURATION_S)
    origin: Origin = DEFAULT
    move_origin: Origin = DEFAULT
