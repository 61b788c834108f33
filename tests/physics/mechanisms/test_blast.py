"""An explosion breaks what explodes and pushes what is near, the nearer the harder."""

from __future__ import annotations

import numpy as np

from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, first, plan


def test_the_nearer_is_thrown_harder_and_the_vase_is_no_more() -> None:
    motion = solve(
        plan(
            [body("vase"), body("near", "block"), body("far", "block")],
            [Action(verb="explode", body="vase")],
            [
                Placement(body="near", relation="right of", anchor="vase"),
                Placement(body="far", relation="right of", anchor="near"),
            ],
            duration_s=1,
        )
    )
    burst = first(motion, "burst")
    assert burst.time_s == 0.5
    assert motion.gone_s[motion.index("vase")] < 0.51
    k = round(0.53 * POSE_RATE_HZ)
    speed = np.linalg.norm(motion.positions_m[k + 4] - motion.positions_m[k], axis=1)
    assert speed[motion.index("near")] > speed[motion.index("far")] > 0
    away = motion.positions_m[-1, motion.index("near"), 0]
    assert away > motion.positions_m[0, motion.index("near"), 0]
