"""Frames that show the same are drawn once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from flow_nb.engines.stage.scene import stage_picture
from flow_nb.engines.stage.still import Exposures, repeats
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.plan.look import Camera
from tests.engines.stage.figures.people import people_motion, people_plan, person
from tests.engines.stage.shots import glass_motion, glass_plan

TIER = TIERS["sketch"]


class Counting:
    """A drawer that writes the number of its drawing."""

    def __init__(self, slots):
        self.slots, self.drawn = slots, []

    def draw(self, frame, slot):
        self.drawn.append(frame)
        self.slots[slot][:] = len(self.drawn)


@pytest.fixture(scope="module")
def fallen(tmp_path_factory):
    shot = glass_plan(kind="studio", camera=Camera(size="extreme wide"))
    return stage_picture(shot, glass_motion(shot), TIER, tmp_path_factory.mktemp("maps"))


def test_what_moves_is_drawn_and_what_rests_is_drawn_once(fallen):
    shown = repeats(fallen, TIER.format.height)
    moved = np.abs(np.diff(fallen.positions_m, axis=0)).max(axis=(1, 2))
    changed = (np.diff(fallen.present, axis=0) != 0).any(axis=1)
    assert (shown <= np.arange(len(shown))).all()
    assert (shown[1:] == np.arange(1, len(shown)))[(moved > 0.01) | changed].all()
    resting = (moved == 0) & ~changed
    assert resting.any()
    assert (shown[1:] == shown[:-1])[resting].all()


def test_a_moving_camera_and_a_person_need_every_frame(tmp_path: Path):
    shot = glass_plan(kind="studio", camera=Camera(move="dolly in", size="wide"))
    moving = stage_picture(shot, glass_motion(shot), TIER, tmp_path)
    someone = people_plan(person())
    breathing = stage_picture(someone, people_motion(someone), TIER, tmp_path)
    assert (np.diff(repeats(moving, TIER.format.height))[5:20] == 1).all()
    assert (np.diff(repeats(breathing, TIER.format.height)) == 1).all()


def test_what_is_taken_again_is_the_frame_that_it_repeats(fallen):
    slots = [np.zeros((TIER.format.height, 4, 3), np.uint8) for _ in range(2)]
    drawer = Counting(slots)
    exposures = Exposures(drawer, fallen, slots, deep=False)
    shown, taken = repeats(fallen, TIER.format.height), []
    for frame in range(len(shown)):
        exposures.take(frame, frame % 2)
        taken.append(int(slots[frame % 2][0, 0, 0]))
    assert drawer.drawn == sorted(set(shown.tolist()))
    assert all(taken[frame] == taken[first] for frame, first in enumerate(shown))
