"""Archimedes: what floats, floats as deep as its density says."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.mechanisms.immersion import Immersion

UPRIGHT = np.eye(3)[None]


def lifted(foot_z_m: float) -> float:
    water = Immersion(0.0, 9.81)
    half = np.array([[0.1, 0.1, 0.1]])
    water.sink(np.array([[0.0, 0.0, foot_z_m]]), UPRIGHT, np.array([[0.0, 0.0, 0.1]]), half)
    force, _ = water.lift(np.array([0.008]), np.array([[0.0, 0.0, foot_z_m + 0.1]]))
    return float(force[0, 2])


@pytest.mark.parametrize("share", [0.0, 0.25, 0.68, 1.0])
def test_a_box_is_carried_by_the_water_that_it_displaces(share: float) -> None:
    assert lifted(-0.2 * share) == pytest.approx(1000 * 9.81 * 0.008 * share, abs=1e-6)


def test_a_tilted_raft_is_turned_back() -> None:
    tilt = 0.2
    turn = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])[
        None
    ]
    water = Immersion(0.0, 9.81)
    water.sink(np.zeros((1, 3)), turn, np.zeros((1, 3)), np.array([[0.5, 0.5, 0.05]]))
    _, moment = water.lift(np.array([0.05]), np.zeros((1, 3)))
    assert moment[0, 1] < 0
    assert moment[0, 0] == pytest.approx(0, abs=1e-9)


def test_what_enters_the_water_splashes_and_what_stays_up_floats() -> None:
    water = Immersion(0.0, 9.81)
    for step in range(200):
        water.share, water.depth_m = np.array([0.5]), np.array([-0.1])
        water.watch(["cork"], np.array([[0.0, 0.0, -2.0 if step == 0 else 0.0]]), step / 240)
    assert [event.kind for event in water.events()] == ["splash", "float"]
    assert "falls into the water at 2.0 m/s" in water.events()[0].text
