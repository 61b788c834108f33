from __future__ import annotations

import math
from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from flow_nb.engines.base import Format
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.framing import boxes, subject_path, target
from flow_nb.engines.stage.picture import View
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.plan.plan import Angle, Camera, Move, ShotSize
from tests.engines.stage.shots import glass_motion, glass_plan

WIDE = Format(width=1280, height=720, fps=Fraction(12))
TALL = Format(width=720, height=1280, fps=Fraction(12))


def seen(view: View, point: np.ndarray, form: Format = WIDE) -> np.ndarray:
    """Where a point is in the picture: -1 to 1 to the right and up."""
    ray = point - view.at_m
    right = np.cross(view.forward, view.up)
    depth, half = ray @ view.forward, math.tan(math.radians(view.fovy_deg) / 2)
    wide = form.width / form.height
    return np.array([ray @ right / depth / half / wide, ray @ view.up / depth / half])


def track(camera: Camera, form: Format = WIDE, **plan: object):
    shot = glass_plan(camera=camera, **plan)
    return (
        shot,
        glass_motion(shot),
        camera_track(shot, glass_motion(shot), form, stage_set(shot).room),
    )


@pytest.mark.parametrize("form", [WIDE, TALL])
@pytest.mark.parametrize("kind", ["kitchen", "studio", "street"])
@pytest.mark.parametrize("angle", get_args(Angle))
@pytest.mark.parametrize("size", ["extreme wide", "wide"])
def test_the_table_edge_and_the_place_of_impact_are_both_in_the_picture(size, angle, kind, form):
    _, motion, views = track(Camera(size=size, angle=angle), form, kind=kind)
    start, _ = motion.at(0.0)
    landing = motion.at(motion.events[-1].time_s - 1e-3)[0][1]
    for point in (start[1], landing):
        assert np.abs(seen(views[0], point, form)).max() < 0.97


@pytest.mark.parametrize("size", get_args(ShotSize))
def test_the_subject_is_in_the_picture_in_every_frame_of_its_fall(size):
    shot, motion, views = track(Camera(size=size))
    path = subject_path(shot, motion, np.arange(len(views)) / 12)
    for view, centre in zip(views, path.quick_m, strict=True):
        assert np.abs(seen(view, centre)).max() < 0.9


@pytest.mark.parametrize("move", get_args(Move))
@pytest.mark.parametrize("angle", get_args(Angle))
def test_the_camera_stays_in_the_room_above_the_floor_and_out_of_the_furniture(move, angle):
    shot, motion, views = track(Camera(move=move, angle=angle, pace="fast", size="medium"))
    room, solids = stage_set(shot).room, boxes(shot, motion)
    for view in views:
        assert (view.at_m >= np.array(room.low_m) - 1e-9).all()
        assert (view.at_m <= np.array(room.high_m) + 1e-9).all()
        inside = (view.at_m > solids[:, 0]) & (view.at_m < solids[:, 1])
        assert not inside.all(axis=1).any()
        assert np.linalg.norm(view.forward) == pytest.approx(1)
        assert view.forward @ view.up == pytest.approx(0, abs=0.02)


def distance(view: View) -> float:
    return float(np.linalg.norm(view.at_m - np.array([0.7, -0.2, 0.4])))


def test_a_dolly_in_goes_in_and_starts_and_ends_at_rest():
    _, _, views = track(Camera(move="dolly in"))
    far = [distance(view) for view in views]
    assert far[-1] < 0.85 * far[0]
    steps = -np.diff(far)
    assert (steps >= -1e-9).all()
    assert steps[0] < 0.1 * steps.max()
    assert steps[-1] < 0.1 * steps.max()


def test_a_pan_to_the_left_turns_left_and_a_crane_up_rises():
    _, _, pan = track(Camera(move="pan left"))
    assert np.cross(pan[0].forward, pan[-1].forward)[2] > 0.02
    _, _, crane = track(Camera(move="crane up"))
    assert crane[-1].at_m[2] > crane[0].at_m[2] + 0.1


def test_a_handheld_camera_trembles_the_same_for_the_same_seed():
    _, _, one = track(Camera(move="handheld"))
    _, _, two = track(Camera(move="handheld"))
    assert all((a.at_m == b.at_m).all() for a, b in zip(one, two, strict=True))
    assert np.std([view.at_m[0] for view in one]) > 1e-4


def test_a_dutch_angle_leans_and_an_overhead_one_looks_down():
    _, _, dutch = track(Camera(angle="dutch"))
    assert abs(np.cross(dutch[0].forward, dutch[0].up)[2]) > 0.15
    _, _, above = track(Camera(angle="overhead"))
    assert above[0].forward[2] < -0.9


def test_the_camera_looks_at_what_it_was_told():
    shot = glass_plan(camera=Camera(target="table"))
    assert target(shot, glass_motion(shot)) == "table"
    assert target(glass_plan(), glass_motion(glass_plan())) == "glass"
