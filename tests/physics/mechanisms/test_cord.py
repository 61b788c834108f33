"""Ropes keep their length, hang in their curve and swing what hangs from them."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.closed_form import pendulum_period_s
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, plan


def lengths_m(points: np.ndarray) -> np.ndarray:
    return np.linalg.norm(np.diff(points, axis=1), axis=2).sum(axis=1)


def test_a_load_on_a_rope_swings_as_a_pendulum_of_its_length() -> None:
    motion = solve(
        plan(
            [body("rope"), body("bowling-ball")],
            [Action(verb="swing", body="bowling-ball")],
            [Placement(body="bowling-ball", relation="hanging from", anchor="rope")],
            duration_s=5,
        )
    )
    rope = motion.strands["rope"].points_m
    np.testing.assert_allclose(lengths_m(rope), 1.6, rtol=0.01)
    x = rope[:, -1, 0]
    crossings = np.flatnonzero((x[:-1] < 0) & (x[1:] >= 0)) / 60
    wanted = pendulum_period_s(1.6 + 0.09, amplitude_rad=np.radians(50))
    assert np.diff(crossings)[0] == pytest.approx(wanted, rel=0.04)
    still = motion.positions_m[: POSE_RATE_HZ // 2, motion.index("bowling-ball")]
    assert np.ptp(still, axis=0).max() < 1e-3


def test_a_chain_sags_between_two_posts() -> None:
    motion = solve(
        plan(
            [body("chain"), body("stool"), body("shelf")],
            [],
            [Placement(body="chain", relation="between", anchor="stool", other="shelf")],
            duration_s=1.5,
        )
    )
    chain = motion.strands["chain"].points_m[-1]
    lowest = chain[:, 2].min()
    assert lowest < min(chain[0, 2], chain[-1, 2]) - 0.02
    assert np.diff(chain[:, 0]).min() > 0


def test_a_rope_that_nobody_touches_lies_still() -> None:
    motion = solve(plan([body("rope")], [], duration_s=1))
    points = motion.strands["rope"].points_m
    assert (points == points[0]).all()


def test_in_a_cradle_the_blow_goes_through_to_the_last_ball() -> None:
    names = [f"bowling-ball-{i}" for i in range(1, 5)]
    motion = solve(
        plan(
            [body(name, "bowling-ball") for name in names],
            [Action(verb="swing", body=names[0])],
            [Placement(body=name, relation="hanging from") for name in names],
            duration_s=2,
        )
    )
    moved = np.ptp(motion.positions_m[:, 1:, 0], axis=0)
    assert moved[-1] > 3 * moved[0]
