"""The solver beside theory: error in time and in speed."""

from __future__ import annotations

from flow_nb.physics.closed_form import fall_speed_m_s, fall_time_s
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, first, plan


def report() -> None:
    """One line a case."""
    print("\nSolver against theory (error in ms and in %)")
    for height_m in (0.3, 1.0, 2.0, 5.0):
        dropped = plan(
            [body("ball")],
            [Action(verb="drop", body="ball")],
            [Placement(body="ball", relation="above", height_m=height_m)],
        )
        hit = first(solve(dropped), "impact")
        late_ms = (hit.time_s - 0.5 - fall_time_s(height_m)) * 1e3
        wrong = (hit.speed_m_s / fall_speed_m_s(height_m) - 1) * 100
        print(f"  fall from {height_m:3.1f} m    time {late_ms:+6.2f} ms   speed {wrong:+6.2f} %")
    slid = plan(
        [body("table"), body("glass")],
        [Action(verb="slide", body="glass", source="table")],
        [Placement(body="glass", relation="edge of", anchor="table")],
    )
    hit = first(solve(slid), "impact", "glass")
    assert hit.closed_form_s is not None
    print(f"  glass off a table time {(hit.time_s - hit.closed_form_s) * 1e3:+6.2f} ms")
