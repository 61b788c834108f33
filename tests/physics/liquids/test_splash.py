"""Splashes on open water, and what a liquid does to what falls into it."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from flow_nb.physics.build import build
from flow_nb.physics.launch import launch
from flow_nb.physics.liquids.crown import Crowns
from flow_nb.physics.liquids.swim import Swim
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, plan

DROP = plan(
    [body("ball")],
    [Action(verb="drop", body="ball")],
    [Placement(body="ball", relation="above", height_m=1.5)],
    duration_s=2,
)


def crowns() -> Crowns:
    """A ball falls through a surface one metre up."""
    stands = {stand.body.name: stand for stand in launch(DROP)[0]}
    device = Crowns(DROP, stands, level_m=1.0)
    world = build(DROP, stands.values(), [])
    for sample in range(240):
        device.keep(world, sample / 240)
        for _ in range(8):
            mujoco.mj_step(world.model, world.data)
    return device


def test_a_crown_flies_up_from_the_surface_and_falls_back() -> None:
    drops = crowns().report().drops["ball"]
    there = np.isfinite(drops.points_m[..., 2])
    assert drops.points_m.shape == (121, 160, 3)
    assert not there[:18].any()
    assert there.any(axis=1).sum() > 15
    assert not there[-1].any()
    assert np.nanmin(drops.points_m[..., 2]) >= 1.0
    assert np.nanmax(drops.points_m[..., 2]) < 1.5


def test_the_same_fall_throws_the_same_crown() -> None:
    first, second = crowns().report().drops["ball"], crowns().report().drops["ball"]
    np.testing.assert_array_equal(first.points_m, second.points_m)


@pytest.mark.parametrize(("material", "floats"), [("wood", True), ("metal", False)])
def test_wood_is_carried_by_water_and_metal_is_not(material: str, floats: bool) -> None:
    """The push on a ball that is wholly under, against its weight."""
    still = plan([body("ball", material=material)], [])
    stands = {stand.body.name: stand for stand in launch(still)[0]}
    world = build(still, stands.values(), [])
    ball = world.model.body("ball").id
    swim = Swim(stands, frozenset())
    swim._push(world, ball, stands["ball"], 1.0, 0.0, ("bucket", "water"))
    weight = float(world.model.body_mass[ball]) * still.gravity_m_s2
    assert (world.data.xfrc_applied[ball, 2] > weight) == floats
