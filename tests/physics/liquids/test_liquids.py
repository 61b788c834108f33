"""Liquid stays in what holds it, falls as everything falls, and does the same twice."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.liquids.flow import Flow
from flow_nb.physics.liquids.vessel import Vessel, vessel
from flow_nb.physics.solve import solve
from flow_nb.physics.stand import Stand
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Action, Placement
from tests.physics.conftest import body, plan


def vessel_of(prop: str) -> Vessel:
    found = vessel(Stand(body=body(prop), foot_m=(0, 0, 0)))
    assert found is not None
    return found


def inside(motion: Motion, drops: np.ndarray, name: str, vessel: Vessel) -> np.ndarray:
    """Which drops stand in an upright vessel at the end."""
    at = drops - motion.at(motion.duration_s)[0][motion.index(name)]
    level = np.hypot(at[:, 0], at[:, 1]) < vessel.reach_m
    return level & (at[:, 2] > 0) & (at[:, 2] < vessel.rim_m[1])


@pytest.fixture(scope="module")
def poured() -> Motion:
    return solve(
        plan(
            [body("table"), body("cup"), body("glass", filled="milk")],
            [Action(verb="pour", body="glass", target="cup", how="into")],
            [
                Placement(body="cup", relation="on", anchor="table"),
                Placement(body="glass", relation="on", anchor="table"),
            ],
        )
    )


def test_a_glass_holds_a_third_of_a_litre_and_a_ball_holds_nothing() -> None:
    assert 3e-4 < vessel_of("glass").volume_m3 < 5e-4
    assert vessel(Stand(body=body("ball"), foot_m=(0, 0, 0))) is None
    assert vessel(Stand(body=body("can"), foot_m=(0, 0, 0))) is None


def test_the_walls_of_a_bottle_are_where_its_outline_is() -> None:
    bottle = vessel_of("bottle")
    points = np.array([[0.0, 0.0, 0.1], [0.030, 0.0, 0.1], [0.0, 0.0, 0.25]])
    free, way = bottle.clear(points, inside=True)
    assert free == pytest.approx([0.033, 0.003, 0.0105], abs=6e-4)
    assert way[1] == pytest.approx([-1, 0, 0], abs=0.02)


def test_lonely_drops_fall_with_g() -> None:
    apart = np.array([[0.0, 0.0, 5.0], [0.0, 0.3, 5.0]])
    flow = Flow(apart, 0.007)
    for _ in range(120):
        flow.step(1 / 240, 9.81, lambda now, before: now)
    assert flow.points_m[:, 2] - 5.0 == pytest.approx([-9.81 * 0.25 / 2] * 2, rel=0.01)


def test_what_is_poured_ends_in_the_cup(poured: Motion) -> None:
    drops = poured.drops["glass"]
    assert drops.liquid == "milk"
    assert np.isfinite(drops.points_m).all()
    assert inside(poured, drops.points_m[-1], "cup", vessel_of("cup")).mean() > 0.8
    assert [e.text for e in poured.events if e.kind == "splash"] == [
        "The milk runs out of the glass",
        "The milk splashes into the cup",
    ]


def test_a_stream_of_milk_falls_with_g(poured: Motion) -> None:
    """Drops that are in the air, between the lip and the cup, over six frames."""
    z = poured.drops["glass"].points_m[..., 2].astype(np.float64)
    bend = (z[2:] - 2 * z[1:-1] + z[:-2]) * 60**2
    speed = (z[2:] - z[:-2]) * 30
    falls = (speed < -0.6) & (z[1:-1] > 0.87)
    assert falls.sum() > 30
    assert np.median(bend[falls]) == pytest.approx(-9.81, rel=0.03)


def test_a_filled_glass_is_still_and_loses_nothing_in_three_seconds() -> None:
    motion = solve(plan([body("glass", filled="water")], [], duration_s=3))
    points = motion.drops["glass"].points_m
    speed = np.linalg.norm(np.diff(points[30:], axis=0), axis=2) * 60
    assert speed.max() < 0.05
    assert inside(motion, points[-1], "glass", vessel_of("glass")).all()
    level = np.quantile(points[-1, :, 2], 0.98) + 0.003
    glass = vessel_of("glass")
    assert level == pytest.approx(glass.level_m(0.8 * glass.volume_m3), rel=0.06)


def test_a_pushed_glass_that_stays_up_keeps_every_drop_below_its_rim() -> None:
    slid = plan(
        [body("bucket", filled="water")],
        [Action(verb="slide", body="bucket", speed_m_s=0.6)],
        duration_s=2,
    )
    motion = solve(slid)
    points = motion.drops["bucket"].points_m[-1]
    assert inside(motion, points, "bucket", vessel_of("bucket")).mean() > 0.97


def test_a_glass_that_breaks_lets_its_water_go() -> None:
    falling = plan(
        [body("glass", filled="water")],
        [Action(verb="drop", body="glass")],
        [Placement(body="glass", relation="above", height_m=1.0)],
        duration_s=2,
    )
    motion = solve(falling)
    assert any(e.kind == "break" for e in motion.events)
    last = motion.drops["glass"].points_m[-1]
    assert np.quantile(last[:, 2], 0.9) < 0.02
    assert np.ptp(last[:, 0]) > 0.3
    assert np.array_equal(motion.drops["glass"].points_m, solve(falling).drops["glass"].points_m)
