"""What nobody in the plan does is done all the same, and gently."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action, Verb
from tests.physics.conftest import body, first, plan


def done(verb: Verb, **more: object) -> Motion:
    return solve(plan([body("book")], [Action(verb=verb, body="book", **more)], duration_s=3))


@pytest.mark.parametrize(
    ("verb", "axis", "way_m"),
    [("lift", 2, 0.6), ("rise", 2, 1.5), ("pull", 0, 0.69), ("fly", 0, 1.6)],
)
def test_it_goes_its_way_without_a_jerk(verb: Verb, axis: int, way_m: float) -> None:
    motion = done(verb)
    track = motion.positions_m[:, 0, axis].astype(float)
    assert track[-1] - track[0] == pytest.approx(way_m, abs=0.05)
    assert np.abs(np.diff(track)).max() * POSE_RATE_HZ < 2.2
    assert np.abs(np.diff(track[:120])).max() < 1e-4


def test_what_is_lowered_begins_in_the_air_and_ends_at_rest() -> None:
    motion = done("lower")
    assert motion.positions_m[0, 0, 2] > 0.3
    assert motion.positions_m[-1, 0, 2] == pytest.approx(0.0, abs=2e-3)
    assert not any(e.kind == "impact" for e in motion.events)


def test_two_turns_are_two_turns() -> None:
    motion = done("spin", turns=2.0)
    w, _, _, z = motion.quaternions[:, 0].astype(float).T
    turned = np.unwrap(2 * np.arctan2(z, w))
    assert turned[-1] - turned[0] == pytest.approx(4 * np.pi, rel=0.12)
    assert np.ptp(motion.positions_m[:, 0], axis=0).max() < 0.05


def test_it_is_told() -> None:
    assert first(done("lift"), "release").text == "The book is lifted"
