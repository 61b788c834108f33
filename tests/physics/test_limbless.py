"""What has no limbs is moved as it can be."""

from __future__ import annotations

import numpy as np

from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action
from tests.physics.conftest import body, plan


def test_a_teddy_bear_that_walks_goes_somewhere() -> None:
    told = plan([body("bear", "teddy-bear")], [Action(verb="walk", body="bear")], duration_s=2)
    path = np.asarray(solve(told).positions_m)[:, 0]
    assert np.linalg.norm(path[-1, :2] - path[0, :2]) > 0.2
