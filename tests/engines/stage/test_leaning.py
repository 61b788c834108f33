"""The camera comes near to what is small, and keeps it in the picture."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from flow_nb.engines.base import Format
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.leaning import kept_m, turning
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action, Placement
from tests.engines.stage.test_camera import seen
from tests.physics.conftest import body, plan

WIDE = Format(width=640, height=360, fps=Fraction(12))


def test_a_marble_that_falls_a_metre_is_larger_than_a_dot_and_never_out_of_the_picture() -> None:
    shot = plan(
        [body("marble")],
        [Action(verb="drop", body="marble")],
        [Placement(body="marble", relation="above", height_m=0.9)],
        where="studio",
        duration_s=1.5,
    )
    motion = solve(shot)
    views = camera_track(shot, motion, WIDE, stage_set(shot).room)
    for frame, view in enumerate(views):
        place = motion.at(frame / 12)[0][0] + np.array([0, 0, 0.008])
        assert np.abs(seen(view, place, WIDE)).max() < 0.95
    far = np.linalg.norm(views[0].at_m - motion.at(0.0)[0][0])
    high = 2 * far * np.tan(np.radians(views[0].fovy_deg) / 2)
    assert high < 0.7


def test_a_wide_shot_keeps_the_whole_way_and_a_nearer_one_what_the_subject_meets() -> None:
    assert kept_m("wide", 1.5, 0.2, 0.0, 0.5) > 1.5
    assert kept_m("full", 1.5, 1.0, 0.2, 2.0) > kept_m("full", 1.5, 0.2, 0.2, 2.0)
    assert kept_m("medium", 1.5, 2.0, 2.0, 0.5) < 0.7


def test_the_camera_turns_just_so_far_that_all_of_the_subject_stays_in_the_picture() -> None:
    across, up = turning(np.array([[0.0, 0.5], [0.1, -0.5]]), 0.1, 1.0, 0.6)
    assert across == 0.0
    assert (1 - up) * 0.5 + 0.1 / 2 <= 0.42 * 0.6 + 1e-9


def test_what_goes_along_under_a_turning_camera_is_not_overtaken_by_it() -> None:
    shot = plan(
        [body("red", "ball"), body("blue", "ball")],
        [Action(verb="roll", body="red", target="blue", how="into")],
        where="studio",
        duration_s=3,
    )
    motion = solve(shot)
    views = camera_track(shot, motion, WIDE, stage_set(shot).room)
    for frame, view in enumerate(views):
        place = motion.at(frame / 12)[0][0] + np.array([0, 0, 0.06])
        assert np.abs(seen(view, place, WIDE)).max() < 0.95
