"""Doors open, close and slam; lids too; a swing swings."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action
from tests.physics.conftest import body, first, plan


def degrees(motion: Motion, name: str) -> np.ndarray:
    q = motion.quaternions[:, motion.index(name)].astype(float)
    return np.degrees(2 * np.arctan2(np.linalg.norm(q[:, 1:], axis=1), q[:, 0]))


def moved(name: str, duration_s: float = 3, **action: object) -> Motion:
    return solve(plan([body(name)], [Action(body=name, **action)], duration_s=duration_s))


@pytest.mark.parametrize("name", ["door", "window", "gate", "chest"])
def test_it_opens_gently_and_stays_open(name: str) -> None:
    motion = moved(name, verb="open")
    angle = degrees(motion, f"{name}/leaf")
    assert angle[: POSE_RATE_HZ // 2].max() < 0.1
    assert 85 < angle[-1] < 110
    assert np.abs(np.diff(angle)).max() * POSE_RATE_HZ < 140
    assert first(motion, "open").body == name


def test_a_slammed_door_bangs_on_its_stop_and_stays_shut() -> None:
    motion = moved("door", verb="close", lemma="slam")
    angle = degrees(motion, "door/leaf")
    assert angle[0] > 85
    assert angle[-POSE_RATE_HZ:].max() < 0.5
    bang = motion.contacts[motion.contacts["normal_speed_m_s"] > 1]
    shut = first(motion, "close")
    assert "slams" in shut.text
    assert len(bang) == 1
    assert bang["time_s"][0] == pytest.approx(shut.time_s, abs=0.01)


def test_a_closed_lid_weighs_on_nothing_and_costs_nothing() -> None:
    motion = solve(plan([body("chest")], [], duration_s=1))
    assert len(motion.contacts) == 0
    assert np.ptp(motion.energy_j) < 1e-6


def test_a_swing_loses_little_and_keeps_its_rhythm() -> None:
    motion = moved("swing", verb="swing", duration_s=6)
    x = motion.positions_m[:, motion.index("swing/leaf"), 0]
    turns = np.flatnonzero(np.diff(np.sign(np.diff(x[130:]))) != 0) / POSE_RATE_HZ
    assert len(turns) > 2
    assert np.diff(turns).std() < 0.05
    assert motion.energy_j[-1] <= motion.energy_j[0] * 1.001


def test_what_falls_on_the_raised_end_tips_the_seesaw() -> None:
    motion = solve(
        plan(
            [body("seesaw"), body("crate")],
            [Action(verb="drop", body="crate", target="seesaw")],
            duration_s=2,
        )
    )
    board = motion.quaternions[:, motion.index("seesaw/leaf")]
    assert board[0, 2] > 0.1
    assert board[:, 2].min() < -0.1


def test_what_has_no_hinge_says_that_it_does_not_open() -> None:
    motion = solve(plan([body("block")], [Action(verb="open", body="block")], duration_s=1))
    assert "has no hinge" in motion.warnings[0]
