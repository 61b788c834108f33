"""What does not fit is said in one line."""

from __future__ import annotations

from flow_nb.physics.launch import launch
from flow_nb.physics.solve import solve
from flow_nb.plan.plan import Action
from tests.physics.conftest import body, plan


def test_a_man_taller_than_the_room_is_said_to_be():
    giant = plan(
        [body("man", "person", scale=3.4)], [Action(verb="rest", body="man")], where="kitchen"
    )
    (line,) = [line for line in launch(giant)[1] if "tall" in line]
    assert "2.6 m high" in line
    assert 'Try "' in line
    outside = plan(
        [body("man", "person", scale=3.4)], [Action(verb="rest", body="man")], where="street"
    )
    assert not [line for line in launch(outside)[1] if "tall" in line]


def test_a_ball_that_is_thrown_out_of_the_set_is_said_to_leave_it():
    thrown = plan(
        [body("ball")],
        [Action(verb="throw", body="ball", direction="right", speed_m_s=45.0)],
        where="desert",
        duration_s=3.0,
    )
    assert any("leaves the set" in line for line in solve(thrown).warnings)


def test_a_car_that_drives_through_the_kitchen_is_said_to_leave_it():
    driven = plan(
        [body("car", "car")],
        [Action(verb="drive", body="car", speed_m_s=50.0)],
        where="kitchen",
        duration_s=2.0,
    )
    (line,) = [line for line in solve(driven).warnings if "leaves the set" in line]
    assert line.endswith("Give it less speed, or EXT. STREET.")
