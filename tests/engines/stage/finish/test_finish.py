from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flow_nb.engines.stage.finish.film import grained
from flow_nb.engines.stage.finish.lens import defocused
from flow_nb.engines.stage.finish.optics import circle_px
from flow_nb.engines.stage.finish.shutter import moved
from flow_nb.engines.stage.finish.spin import rounds
from flow_nb.engines.stage.finish.velocity import Instants, carried, velocity_px
from flow_nb.engines.stage.picture import View
from tests.engines.stage.shots import glass_motion, glass_plan

TALL, WIDE = 216, 384
NOWHERE = np.tile(np.eye(3, 4, dtype=np.float32), (2, 1, 1))


def view(**changes):
    made = View(
        at_m=np.zeros(3), forward=np.array([0.0, 1, 0]), up=np.array([0.0, 0, 1]), fovy_deg=40.0
    )
    return replace(made, **changes)


def stripes():
    """A bright square before stripes, as linear light."""
    light = np.zeros((TALL, WIDE, 3), np.float32)
    light[:, ::4] = 1.0
    light[80:140, 150:230] = 0.5
    return light


def circles(square: float, around: float):
    made = np.full((TALL, WIDE), around, np.float32)
    made[80:140, 150:230] = square
    return made


def test_what_is_in_focus_stays_as_it_is_and_what_is_behind_is_blurred():
    light = stripes()
    out = defocused(light, circles(0.0, 4.0))
    assert out[85:135, 155:225] == pytest.approx(light[85:135, 155:225], abs=1e-6)
    assert out[20:60, 20:100].std() < 0.15 * light[20:60, 20:100].std()
    assert out[20:60, 20:100].mean() == pytest.approx(0.25, abs=0.01)


def test_a_sharp_thing_does_not_bleed_into_what_is_behind_it():
    light = stripes()
    light[:] = 0.0
    light[80:140, 150:230] = 1.0
    out = defocused(light, circles(0.0, 6.0))
    assert out[70:78, 150:230].max() < 0.08


def test_a_blurred_thing_in_front_spreads_over_what_is_sharp():
    light = stripes()
    light[:] = 0.0
    light[80:140, 150:230] = 1.0
    out = defocused(light, circles(-6.0, 0.0))
    assert out[77:80, 160:220].mean() > 0.05


def test_the_circle_is_nothing_at_the_focus_and_the_same_far_behind():
    far = circle_px(np.array([[2.0, 1e6]], np.float32), 2.0, lens_mm=50, f_number=4, height_px=1080)
    assert far[0, 0] == 0
    assert far[0, 1] == pytest.approx(0.05**2 / 4 / 1.95 * 1000 / 24 * 1080, rel=1e-3)


def test_a_pan_moves_every_pixel_by_as_much_as_the_view_turns():
    turn = np.radians(1.0)
    seen = Instants(
        now=view(),
        opens=view(forward=np.array([-np.sin(turn / 2), np.cos(turn / 2), 0])),
        shuts=view(forward=np.array([np.sin(turn / 2), np.cos(turn / 2), 0])),
    )
    distance = np.full((54, 96), 3.0, np.float32)
    way = velocity_px(
        distance, np.zeros((54, 96), np.int32), seen, (NOWHERE, NOWHERE), (TALL, WIDE)
    )
    focal_px = TALL / 2 / np.tan(np.radians(20))
    assert way[27, 48, 0] == pytest.approx(-focal_px * turn, rel=0.01)
    assert abs(way[27, 48, 1]) < 0.02


def test_a_body_that_moves_before_a_still_set_moves_alone():
    pushed = NOWHERE.copy()
    pushed[1, 0, 3] = 0.05
    ids = np.zeros((54, 96), np.int32)
    ids[20:30, 40:60] = 1
    seen = Instants(now=view(), opens=view(), shuts=view())
    way = velocity_px(
        np.full((54, 96), 2.0, np.float32), ids, seen, (NOWHERE, pushed), (TALL, WIDE)
    )
    focal_px = TALL / 2 / np.tan(np.radians(20))
    assert way[25, 50, 0] == pytest.approx(focal_px * 0.05 / 2.0, rel=1e-3)
    assert np.abs(way[:10]).max() < 1e-3


def test_a_fast_square_is_smeared_along_its_way_and_the_still_set_stays_sharp():
    light = stripes()
    way = np.zeros((54, 96, 2), np.float32)
    way[20:35, 38:58, 0] = 10.0
    distance = np.full((54, 96), 4.0, np.float32)
    distance[20:35, 38:58] = 2.0
    out = moved(light, way, distance)
    assert out[:40] == pytest.approx(light[:40], abs=1e-6)
    edge = out[100:120, 140:160].mean(axis=(0, 2))
    assert (np.diff(edge) > 0.01).sum() > 1
    assert moved(light, np.zeros_like(way), distance) is light


def test_grain_is_the_same_for_the_same_seed_and_another_one_in_every_frame():
    grey = np.full((TALL, WIDE, 3), 128, np.uint8)
    first = grained(grey, seed=3, index=0)
    assert (grained(grey, seed=3, index=0) == first).all()
    assert (grained(grey, seed=3, index=1) != first).mean() > 0.3
    assert 0.8 < first.astype(float).std() < 2.5
    assert first.mean() == pytest.approx(128, abs=0.2)


@pytest.mark.parametrize(
    ("prop", "material", "spins"), [("ball", "rubber", False), ("box", "wood", True)]
)
def test_the_outline_of_a_ball_that_spins_goes_on_and_does_not_turn(prop, material, spins):
    plan = glass_plan(prop=prop, material=material)
    motion, open_s = glass_motion(plan, pieces=0), 1 / 48
    column = motion.index("glass")
    to_open, to_shut = carried(motion, 0.7, open_s, rounds(plan, motion))
    turned = np.abs(to_shut[1 + column, :, :3] - np.eye(3)).max() > 1e-4
    assert turned == spins
    place, way = motion.at(0.7)[0][column], motion.at(0.7 + open_s / 2)[0][column]
    if not spins:
        fallen = to_shut[1 + column, :, 3]
        assert fallen[2] == pytest.approx(way[2] - place[2], abs=2e-3)
        assert to_open[1 + column, 2, 3] > 0 > fallen[2]
