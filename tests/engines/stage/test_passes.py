from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.base import Order
from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.engine import Stage
from flow_nb.engines.stage.passes import normals_frame
from flow_nb.engines.stage.picture import View
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.tiers import TIERS
from tests.engines.stage.shots import glass_motion, glass_plan

LEVEL = View(
    at_m=np.zeros(3), forward=np.array([0.0, 1, 0]), up=np.array([0.0, 0, 1]), fovy_deg=40.0
)


def quiet(stage: str, share: float) -> None:
    """Progress that nobody hears."""


@pytest.mark.draws
def test_depth_and_segmentation_show_the_body_where_the_camera_sees_it(tmp_path):
    plan = glass_plan(kind="studio", duration_s=1.0)
    motion = glass_motion(plan)
    order = Order(plan=plan, motion=motion, tier="sketch", seed=0)
    stage = Stage(tmp_path)
    owners = list(stage.planes(order, "segmentation", quiet))
    depth = list(stage.planes(order, "depth", quiet))
    form = TIERS["sketch"].format
    assert len(owners) == len(depth) == 12
    view = camera_track(plan, motion, form, stage_set(plan).room)[0]
    number = 1 + motion.index("glass")
    rows, columns = np.nonzero(owners[0] == number)
    away = motion.at(0.0)[0][number - 1] + [0, 0, 0.05] - view.at_m
    along = float(away @ view.forward)
    scale = form.height / 2 / np.tan(np.radians(view.fovy_deg) / 2) / along
    x = form.width / 2 + scale * float(away @ np.cross(view.forward, view.up))
    y = form.height / 2 - scale * float(away @ view.up)
    assert columns.mean() == pytest.approx(x, abs=6)
    assert rows.mean() == pytest.approx(y, abs=12)
    seen = depth[0][owners[0] == number] / 1000
    assert np.median(seen) == pytest.approx(along, abs=0.06)


def test_the_normals_of_a_wall_look_at_the_camera_and_those_of_a_floor_up():
    wall = np.full((36, 64), 3.0, np.float32)
    assert normals_frame(wall, LEVEL)[18, 32].tolist() == [128, 128, 255]
    tall = np.tan(np.radians(20))
    down = (2 * (np.arange(36) + 0.5) / 36 - 1) * tall
    below = np.where(down > 0.05, 1.0 / np.maximum(down, 0.05), 60.0)
    floor = np.repeat(below[:, None], 64, axis=1).astype(np.float32)
    assert normals_frame(floor, LEVEL)[30, 32] == pytest.approx([128, 255, 128], abs=2)
