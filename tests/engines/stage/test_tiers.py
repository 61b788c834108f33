"""What a tier changes besides the picture."""

from __future__ import annotations

import pytest

from flow_nb.engines.stage.tiers import TIERS, grounded
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action, Placement, Plan
from tests.physics.conftest import body, plan


def falling() -> Plan:
    return plan(
        [body("ball")],
        [Action(verb="drop", body="ball")],
        [Placement(body="ball", relation="above", height_m=1.0)],
        duration_s=1.0,
    )


def late_s(shot: Plan) -> float:
    """How much later than theory says it meets the floor."""
    impact = next(e for e in solve(shot).events if e.kind == "impact")
    assert impact.closed_form_s is not None
    return impact.time_s - impact.closed_form_s


def test_ultra_solves_four_times_finer_and_the_others_as_usual():
    shot = falling()
    assert grounded(shot, "ultra").timestep_s == pytest.approx(shot.timestep_s / 4)
    assert all(grounded(shot, name) is shot for name in TIERS if name != "ultra")
    fine = grounded(shot, "ultra")
    assert grounded(fine, "ultra") is fine
    assert grounded(shot, "of another engine") is shot


def test_a_finer_step_meets_the_floor_when_theory_says():
    shot = falling()
    assert abs(late_s(shot)) < 1e-3
    assert abs(late_s(grounded(shot, "ultra"))) < 1e-3
