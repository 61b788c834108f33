"""Theory beside the solver, and what the text says beside what happens."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.physics.solve import solve
from flow_nb.plan.motion import Check, Motion
from flow_nb.plan.plan import Action, Air, Placement, Plan
from tests.physics.conftest import body, plan

VACUUM = Air(medium="vacuum")


def of(motion: Motion, kind: str) -> list[Check]:
    return [one for one in motion.checks if one.kind == kind]


def dropped(name: str, *expected: Action, height_m: float = 1.0, **more: object) -> Plan:
    return plan(
        [body(name)],
        [Action(verb="drop", body=name), *expected],
        [Placement(body=name, relation="above", height_m=height_m)],
        **more,
    )


def expects(verb: str, name: str, **more: object) -> Action:
    return Action(verb=verb, body=name, expected=True, **more)  # type: ignore[arg-type]


def test_a_drop_is_checked_for_its_fall_and_its_bounces_and_all_hold() -> None:
    motion = solve(dropped("ball", air=VACUUM))
    assert {one.kind for one in motion.checks} == {"fall", "bounce", "energy"}
    assert len(of(motion, "bounce")) >= 10
    assert all(one.holds for one in motion.checks)
    assert max(one.error for one in motion.checks if one.kind == "bounce") < 0.01


def test_a_spinning_throw_flies_and_bounces_by_theory_and_gains_no_energy() -> None:
    thrown = plan([body("ball")], [Action(verb="throw", body="ball", speed_m_s=5.0)], air=VACUUM)
    motion = solve(thrown)
    assert {one.unit for one in of(motion, "projectile")} == {"s", "m"}
    assert all(one.holds for one in motion.checks)


def test_a_ball_rolls_down_a_ramp_with_the_share_of_its_spin() -> None:
    rolling = plan(
        [body("ramp"), body("bowling-ball")],
        [Action(verb="roll", body="bowling-ball")],
        [Placement(body="bowling-ball", relation="edge of", anchor="ramp")],
        duration_s=2,
    )
    time, speed = of(solve(rolling), "incline")
    assert time.error < 0.01
    assert speed.error < 0.01
    assert "(1 + k)" in speed.law


def test_two_balls_in_line_part_as_their_materials_say_and_keep_their_momentum() -> None:
    meeting = plan(
        [body("red", "ball", "wood"), body("blue", "ball", "wood")],
        [
            Action(verb="collide", body="red", target="blue"),
            Action(verb="collide", body="blue", target="red"),
            expects("collide", "red", target="blue"),
        ],
        duration_s=2,
    )
    motion = solve(meeting)
    (parting,) = of(motion, "collision")
    assert parting.error < 0.01
    assert of(motion, "momentum")[0].holds
    assert of(motion, "expected")[0].text == "The red meets the blue, as told."


def test_a_pendulum_is_checked_for_the_period_of_its_amplitude() -> None:
    swinging = plan(
        [body("bowling-ball")], [Action(verb="swing", body="bowling-ball")], duration_s=3
    )
    (period,) = of(solve(swinging), "pendulum")
    assert period.error < 0.001


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        (expects("float", "ball"), "The ball does not float: 9.7 N pull it down"),
        (expects("fall", "ball", direction="up"), "The ball does not fall upward: 9.7 N"),
        (expects("shatter", "ball"), "The ball does not break: rubber does not shatter."),
        (expects("rest", "ball"), "it still moves at the end. Make the shot longer."),
        (expects("swing", "ball"), "it does not hang. Say what it hangs from."),
    ],
)
def test_what_the_text_promises_and_does_not_happen_is_said_with_a_remedy(
    expected: Action, says: str
) -> None:
    motion = solve(dropped("ball", expected, duration_s=1))
    (line,) = motion.warnings
    assert says in line
    assert not of(motion, "expected")[0].holds


def test_what_the_text_promises_and_happens_is_no_warning() -> None:
    motion = solve(dropped("ball", expects("fall", "ball"), expects("bounce", "ball")))
    assert [one.holds for one in of(motion, "expected")] == [True, True]
    assert motion.warnings == ()


def falling_pair(lead_s: float, *, first_m: float = 1.5, second_m: float = 1.5) -> Motion:
    """A sheet and a hammer on the airless moon; the text lets the sheet land first."""
    return solve(
        plan(
            [body("sheet", "book", "paper"), body("hammer")],
            [
                Action(verb="drop", body="sheet", start_s=0.5 + lead_s),
                Action(verb="drop", body="hammer", start_s=0.5),
                expects("collide", "sheet", target="set", start_s=1.5),
                expects("collide", "hammer", target="set", start_s=2.0),
            ],
            [
                Placement(body="sheet", relation="above", height_m=first_m),
                Placement(body="hammer", relation="above", height_m=second_m),
            ],
            gravity_m_s2=1.62,
            air=VACUUM,
        )
    )


def test_what_lands_later_than_told_is_said_with_the_time_between() -> None:
    (line,) = falling_pair(0.5).warnings
    assert line.startswith("The sheet does not land before the hammer but 0.")
    assert line.endswith(" s after it.")


def test_a_sheet_does_not_land_before_a_hammer_in_a_vacuum() -> None:
    before = falling_pair(0.0)
    apart = np.diff([before.positions_m[0, before.index(n), 2] for n in ("sheet", "hammer")])[0]
    motion = falling_pair(0.0, second_m=1.5 - float(apart))
    assert motion.warnings == (
        "The sheet does not land before the hammer: in a vacuum everything falls alike, "
        "and they land together.",
    )


def test_what_is_dropped_first_lands_first() -> None:
    apart = plan(
        [body("ball"), body("apple")],
        [
            Action(verb="drop", body="ball", start_s=0.5),
            Action(verb="drop", body="apple", start_s=1.0),
            expects("collide", "ball", target="set", start_s=1.0),
            expects("collide", "apple", target="set", start_s=1.5),
        ],
        [
            Placement(body="ball", relation="above", height_m=1.0),
            Placement(body="apple", relation="above", height_m=1.0),
        ],
        duration_s=2,
    )
    motion = solve(apart)
    assert motion.warnings == ()
    assert any("before the apple, as told." in one.text for one in motion.checks)


def test_a_ball_rolls_out_against_resistance_and_air_until_it_meets_the_wall() -> None:
    motion = solve(plan([body("ball")], [Action(verb="slide", body="ball", speed_m_s=2.0)]))
    (out,) = of(motion, "rolling")
    assert out.error < 0.01
    assert any(event.text.startswith("The ball hits the wall") for event in motion.events)
