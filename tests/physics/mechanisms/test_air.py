"""Drag, wind and buoyancy against theory."""

from __future__ import annotations

import math

import numpy as np
import pytest

from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action, Air, Placement
from tests.physics.conftest import body, first, plan


def dropped(
    height_m: float, *, air: Air | None = None, prop: str = "ball", **more: object
) -> Motion:
    return solve(
        plan(
            [body(prop, **more)],
            [Action(verb="drop", body=prop)],
            [Placement(body=prop, relation="above", height_m=height_m)],
            air=air or Air(),
        )
    )


def speed_m_s(motion: Motion) -> np.ndarray:
    return np.diff(motion.positions_m[:, 0, 2].astype(float)) * POSE_RATE_HZ


def test_a_light_ball_falls_at_its_terminal_speed() -> None:
    motion = dropped(20.0, mass_kg=0.02)
    area = math.pi * 0.06**2
    wanted = math.sqrt(2 * 0.02 * 9.81 / (1.2 * 0.47 * area))
    assert -speed_m_s(motion).min() == pytest.approx(wanted, rel=0.01)


def test_in_a_vacuum_nothing_holds_it_back() -> None:
    motion = dropped(8.0, mass_kg=0.02, air=Air(medium="vacuum"))
    assert first(motion, "impact").speed_m_s == pytest.approx(math.sqrt(2 * 9.81 * 8.0), rel=0.005)


def test_a_sheet_flutters_down_later_than_a_stone() -> None:
    motion = solve(
        plan(
            [body("book", mass_kg=0.004), body("marble")],
            [Action(verb="flutter", body="book"), Action(verb="drop", body="marble")],
            [Placement(body=name, relation="above", height_m=1.7) for name in ("book", "marble")],
        )
    )
    sheet = first(motion, "impact", "book").time_s
    assert sheet - 0.5 > 1.5 * (first(motion, "impact", "marble").time_s - 0.5)


def test_the_wind_carries_a_light_thing_the_way_it_blows() -> None:
    motion = dropped(2.0, mass_kg=0.01, air=Air(wind_m_s=8, wind_from="right"))
    assert motion.positions_m[POSE_RATE_HZ, 0, 0] < motion.positions_m[0, 0, 0] - 0.5


def test_under_water_wood_rises_and_glass_sinks() -> None:
    motion = solve(plan([body("block"), body("marble")], [], air=Air(medium="water"), duration_s=2))
    heights = motion.positions_m[-1, :, 2]
    assert heights[0] > 0.5
    assert heights[1] == pytest.approx(0.0, abs=0.005)
    rise = np.diff(motion.positions_m[:, 0, 2].astype(float))[-1] * POSE_RATE_HZ
    drag = 0.5 * 1000 * 1.05 * 0.07**2 * rise**2
    assert drag == pytest.approx((1000 - 680) * 9.81 * 0.07**3, rel=0.05)


def test_a_sheet_of_paper_blown_off_a_table_stays_in_the_room() -> None:
    motion = solve(
        plan(
            [body("table"), body("paper", "sheet-of-paper")],
            [Action(verb="slide", body="paper", source="table")],
            [Placement(body="paper", relation="on", anchor="table")],
            where="office",
            air=Air(wind_m_s=8),
            duration_s=3,
        )
    )
    track = motion.positions_m[:, motion.index("paper")]
    assert track[-1, 0] > 0.8
    assert track[:, 0].max() < 3.6
    assert track[-1, 2] < 0.1
