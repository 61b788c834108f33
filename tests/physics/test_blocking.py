"""Where everything begins."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.errors import PlanError
from flow_nb.physics.launch import launch
from flow_nb.physics.room import box_m
from flow_nb.physics.solve import solve
from flow_nb.physics.stand import Stand
from flow_nb.plan.bodies import Relation
from flow_nb.plan.plan import Action, Placement, Plan
from flow_nb.props.archetypes import archetypes
from tests.physics.conftest import body, plan

PEOPLE = pytest.mark.skipif("person" not in archetypes(), reason="nobody is cast yet")


def stands(of: Plan) -> dict[str, Stand]:
    return {stand.body.name: stand for stand in launch(of)[0]}


def placed(relation: Relation) -> tuple[np.ndarray, np.ndarray]:
    there = stands(
        plan(
            [body("vase"), body("apple")],
            [],
            [Placement(body="apple", relation=relation, anchor="vase")],
        )
    )
    return box_m(there["apple"]), box_m(there["vase"])


@pytest.mark.parametrize(
    ("relation", "axis", "side"),
    [("left of", 0, -1), ("right of", 0, 1), ("behind", 1, 1), ("in front of", 1, -1)],
)
def test_sides_are_the_cameras(relation: Relation, axis: int, side: int) -> None:
    apple, vase = placed(relation)
    gap = apple[0, axis] - vase[1, axis] if side > 0 else vase[0, axis] - apple[1, axis]
    assert 0 < gap < 0.3


def test_what_stands_left_of_a_plate_stands_on_the_same_table() -> None:
    there = stands(
        plan(
            [body("table"), body("plate"), body("cup"), body("book")],
            [],
            [
                Placement(body="plate", relation="on", anchor="table"),
                Placement(body="cup", relation="left of", anchor="plate"),
                Placement(body="book", relation="between", anchor="cup", other="plate"),
            ],
        )
    )
    assert there["cup"].foot_m[2] == there["book"].foot_m[2] == pytest.approx(0.75)
    assert there["cup"].foot_m[0] < there["book"].foot_m[0] < there["plate"].foot_m[0]


def test_two_that_stand_by_each_other_are_no_riddle() -> None:
    there = stands(
        plan(
            [body("cup"), body("plate")],
            [],
            [
                Placement(body="cup", relation="left of", anchor="plate"),
                Placement(body="plate", relation="right of", anchor="cup"),
            ],
        )
    )
    assert there["cup"].foot_m[0] < there["plate"].foot_m[0]


def test_two_that_stand_on_each_other_are_an_error() -> None:
    with pytest.raises(PlanError, match="stands on itself"):
        stands(
            plan(
                [body("cup"), body("plate")],
                [],
                [
                    Placement(body="cup", relation="on", anchor="plate"),
                    Placement(body="plate", relation="on", anchor="cup"),
                ],
            )
        )


def test_six_that_stand_around_one_make_a_ring() -> None:
    names = [f"apple-{i}" for i in range(6)]
    there = stands(
        plan(
            [body("vase"), *(body(name, "apple") for name in names)],
            [],
            [Placement(body=name, relation="around", anchor="vase") for name in names],
        )
    )
    feet = np.array([there[name].foot_m for name in names])
    far = np.linalg.norm(feet[:, :2] - there["vase"].foot_m[:2], axis=1)
    assert np.ptp(far) < 1e-6
    assert np.linalg.norm(np.diff(feet, axis=0), axis=1).min() > 0.08


def test_apples_in_a_bowl_lie_in_it() -> None:
    names = [f"apple-{i}" for i in range(3)]
    motion = solve(
        plan(
            [body("bowl"), *(body(name, "apple") for name in names)],
            [],
            [Placement(body=name, relation="in", anchor="bowl") for name in names],
            duration_s=1,
        )
    )
    bowl = motion.positions_m[-1, 0]
    for place in motion.positions_m[-1, 1:]:
        assert np.linalg.norm((place - bowl)[:2]) < 0.08
        assert place[2] > 0.01


def test_a_marble_dropped_into_a_cup_stays_there() -> None:
    motion = solve(
        plan(
            [body("cup"), body("marble")],
            [Action(verb="drop", body="marble", target="cup", how="into")],
            [Placement(body="marble", relation="above", anchor="cup", height_m=0.2)],
            duration_s=2,
        )
    )
    cup, marble = motion.positions_m[-1]
    assert np.linalg.norm((marble - cup)[:2]) < 0.04
    assert 0.005 < marble[2] < 0.06


def test_what_is_too_large_for_a_cup_says_so() -> None:
    _, warnings = launch(
        plan([body("cup"), body("book")], [], [Placement(body="book", relation="in", anchor="cup")])
    )
    assert warnings == ("The book is too large for the cup: it is put on top of it.",)


def test_an_expectation_sets_nothing_going() -> None:
    there = stands(plan([body("ball")], [Action(verb="roll", body="ball", expected=True)]))
    assert there["ball"].start_s is None


def test_a_thing_that_knocks_over_others_goes_at_them() -> None:
    pins = [f"pin-{i}" for i in range(3)]
    there = stands(
        plan(
            [body("bowling-ball"), *(body(pin, "pin") for pin in pins)],
            [Action(verb="knock over", body=pin, agent="bowling-ball") for pin in pins],
        )
    )
    assert there["bowling-ball"].velocity_m_s[0] > 1
    assert all(there[pin].start_s is None for pin in pins)


def test_a_plan_without_bodies_is_an_empty_motion() -> None:
    motion = solve(plan([], [], duration_s=1))
    assert motion.positions_m.shape == (241, 0, 3)
    assert motion.events == ()


def test_the_chair_stands_by_the_table_and_not_the_table_by_the_chair() -> None:
    there = stands(
        plan(
            [body("chair"), body("table")],
            [],
            [Placement(body="chair", relation="beside", anchor="table")],
        )
    )
    assert there["table"].foot_m[0] == 0
    assert box_m(there["chair"])[0, 0] > box_m(there["table"])[1, 0]


@PEOPLE
def test_who_is_about_to_kick_a_ball_stands_behind_it() -> None:
    there = stands(
        plan(
            [body("man", "person"), body("ball")],
            [Action(verb="kick", body="ball", agent="man")],
        )
    )
    assert there["ball"].start_s is None
    assert 0.3 < there["ball"].foot_m[0] - there["man"].foot_m[0] < 1.2


@PEOPLE
def test_five_people_have_room_before_the_camera() -> None:
    names = [f"dancer-{i}" for i in range(5)]
    there = stands(
        plan(
            [body(name, "person") for name in names],
            [Action(verb="dance", body=name) for name in names],
        )
    )
    feet = np.array([there[name].foot_m for name in names])
    assert (np.abs(feet[:, 0]) < 2.5).all()
    assert (np.abs(feet[:, 1]) < 1.5).all()
    assert min(np.linalg.norm(a - b) for i, a in enumerate(feet) for b in feet[:i]) > 0.5
