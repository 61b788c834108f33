"""What lies still sleeps, and what is met wakes up."""

from __future__ import annotations

import numpy as np

from flow_nb.physics.launch import launch
from flow_nb.physics.run import Run
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Placement, Plan
from tests.physics.conftest import body, plan


def met_at(start_s: float, duration_s: float) -> Plan:
    """A ball rolls at a block on which another stands."""
    return plan(
        [body("ball"), body("lower", "block"), body("upper", "block")],
        [Action(verb="roll", body="ball", target="lower", start_s=start_s, speed_m_s=3.0)],
        [Placement(body="upper", relation="on", anchor="lower")],
        duration_s=duration_s,
    )


def test_what_lies_still_sleeps_and_costs_no_steps_until_it_starts() -> None:
    told = met_at(1.0, 1.2)
    run = Run(told, {stand.body.name: stand for stand in launch(told)[0]})
    slept = []
    for sample in range(POSE_RATE_HZ + 12):
        run.keep(sample / POSE_RATE_HZ)
        run.go_on(8 * sample, 8)
        slept.append(run.slept_on)
    assert slept.index(True) < POSE_RATE_HZ // 3
    assert all(slept[slept.index(True) : POSE_RATE_HZ])
    assert not any(slept[POSE_RATE_HZ:])


def test_a_sleeper_that_is_met_wakes_and_so_does_what_stands_on_it() -> None:
    motion = solve(met_at(0.5, 2))
    before, after = motion.positions_m[POSE_RATE_HZ // 2], motion.positions_m[-1]
    for name in ("lower", "upper"):
        i = motion.index(name)
        assert np.linalg.norm(after[i] - before[i]) > 0.05
    low = motion.positions_m[-1, :, 2]
    assert low[motion.index("upper")] < motion.sizes_m[motion.index("lower")] + 0.02


def test_what_is_dropped_from_rest_falls_though_it_slept_in_the_air() -> None:
    motion = solve(
        plan(
            [body("marble")],
            [Action(verb="drop", body="marble", start_s=0.5)],
            [Placement(body="marble", relation="above", height_m=1.0)],
            duration_s=1,
        )
    )
    (impact,) = [e for e in motion.events if e.kind == "impact"][:1]
    assert impact.time_s - 0.5 < 0.46
    assert all(check.holds for check in motion.checks)
