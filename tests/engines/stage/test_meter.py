from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from flow_nb.engines.stage import vulkan
from flow_nb.engines.stage.draw import Drawer
from flow_nb.engines.stage.hours import HOURS
from flow_nb.engines.stage.meter import metered
from flow_nb.engines.stage.picture import Light, Picture
from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, RUB, Motion
from flow_nb.plan.plan import Body, Camera, Plan, SetDesign
from flow_nb.plan.plan import Light as Words

SKETCH = TIERS["sketch"]
WIDTH, HEIGHT = SKETCH.format.width, SKETCH.format.height


def ball_plan(kind: str, time: str) -> Plan:
    """A ball of mid-grey clay on the mark."""
    ball = Body(name="ball", noun="ball", prop="ball", material="clay", colour="#767676", scale=2)
    return Plan(
        text="A ball.", duration_s=1, set=SetDesign(kind=kind), light=Words(time_of_day=time),
        bodies=(ball,), camera=Camera(size="wide", lens_mm=28),
    )  # fmt: skip


def at_rest() -> Motion:
    steps = POSE_RATE_HZ + 1
    return Motion(
        duration_s=1.0, names=("ball",), materials=("clay",), masses_kg=np.ones(1),
        sizes_m=np.full(1, 0.24), positions_m=np.zeros((steps, 1, 3), np.float32),
        quaternions=np.tile(np.array([1, 0, 0, 0], np.float32), (steps, 1, 1)), born_s=np.zeros(1),
        gone_s=np.full(1, np.inf), contacts=np.zeros(0, CONTACT), rubs=np.zeros(0, RUB),
        energy_j=np.zeros(steps), floor_material="wood",
    )  # fmt: skip


@cache
def drawer() -> Drawer:
    return Drawer(software=vulkan.best_device().software)


def brightness(picture: Picture) -> tuple[float, float]:
    """How bright the ball is drawn, and how much of the picture is clipped, both 0 to 1."""
    slot = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    drawer().load(picture, SKETCH, [slot])
    drawer().draw(0, 0)
    view = picture.cameras[0]
    tall = max(float(item.solid.vertices[:, 2].max()) for item in picture.items if item.body == 0)
    forward = view.forward / np.linalg.norm(view.forward)
    right = np.cross(forward, view.up)
    right /= np.linalg.norm(right)
    way = np.array([0, 0, tall / 2]) - view.at_m
    focal = HEIGHT / 2 / np.tan(np.radians(view.fovy_deg) / 2) / (way @ forward)
    column = WIDTH / 2 + focal * (way @ right)
    row = HEIGHT / 2 - focal * (way @ np.cross(right, forward))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    grey = slot / 255 @ np.array([0.2126, 0.7152, 0.0722])
    ball = np.hypot(x - column, y - row) < 0.85 * focal * tall / 2
    return float(grey[ball].mean()), float((grey > 0.985).mean())


@pytest.mark.draws
@pytest.mark.parametrize(
    ("kind", "time", "low", "high"),
    [
        ("living-room", "afternoon", 0.35, 0.60),
        ("park", "noon", 0.35, 0.60),
        ("mountain", "golden hour", 0.35, 0.60),
        ("alley", "night", 0.15, 0.35),
        ("cafe", "night", 0.15, 0.35),
        ("beach", "night", 0.15, 0.35),
    ],
)
def test_a_grey_ball_at_the_mark_neither_clips_nor_drowns(
    kind: str, time: str, low: float, high: float, tmp_path: Path
) -> None:
    found, clipped = brightness(stage_picture(ball_plan(kind, time), at_rest(), SKETCH, tmp_path))
    assert low < found < high
    assert clipped < 0.01


def a_light(kind: str, time: str) -> Light:
    return stage_set(ball_plan(kind, time)).light(HOURS[time])


def test_light_of_half_the_strength_is_exposed_one_stop_longer() -> None:
    hour, light = HOURS["noon"], a_light("park", "noon")
    light = replace(light, grade={**light.grade, "cg.exposure": 0.0})
    dim = replace(
        light,
        sun_strength=light.sun_strength / 2,
        around=replace(light.around, harmonics=light.around.harmonics / 2),
    )
    more = metered(dim, hour).grade["cg.exposure"]
    less = metered(light, hour).grade["cg.exposure"]
    assert float(np.asarray(more)) - float(np.asarray(less)) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("kind", ["park", "beach", "rooftop"])
def test_the_horizon_keeps_its_colour_when_the_sun_is_low(kind: str) -> None:
    light = a_light(kind, "dusk")
    stops = float(np.asarray(light.grade["cg.exposure"]))
    seen = light.behind.levels[0] * 2**stops
    assert float(np.quantile(seen.max(axis=-1), 0.98)) < 1.6
