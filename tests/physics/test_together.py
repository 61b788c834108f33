"""What was built apart works together: figures, things held, vessels, and what keeps all of them sane."""

from __future__ import annotations

import mujoco
import numpy as np

from flow_nb.director.grammar import Grammar
from flow_nb.physics.build import World
from flow_nb.physics.guard import Guard
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from flow_nb.props.materials import materials


def shot(text: str) -> tuple[Plan, Motion]:
    plan = Grammar().read(make_shot("a", text, duration=4))
    return plan, solve(plan)


def test_what_is_shot_away_is_put_back_and_told() -> None:
    spec = mujoco.MjSpec()
    body = spec.worldbody.add_body(name="cup")
    body.add_freejoint(name="cup")
    body.add_geom(type=mujoco.mjtGeom.mjGEOM_SPHERE, size=[0.1, 0, 0])
    model = spec.compile()
    data = mujoco.MjData(model)
    before = data.qpos.copy(), data.qvel.copy()
    data.qvel[0] = 900.0
    guard = Guard()
    guard.watch(World(model=model, data=data, materials=(materials()["glass"],)), before)
    assert data.qvel[0] == 0.0
    assert guard.warnings == (
        "Something squeezed the cup too hard to be true: its flight was stopped.",
    )


def test_a_cat_stands_on_the_floor_and_not_in_it() -> None:
    _, motion = shot("A cat walks across the floor.")
    cat = motion.index("cat")
    assert abs(float(motion.positions_m[0, cat, 2])) < 0.01


def test_a_cat_that_jumps_from_a_sofa_begins_on_it() -> None:
    _, motion = shot("A white cat jumps from the sofa.")
    heights = motion.positions_m[:, motion.index("cat"), 2]
    assert heights[0] > 0.3
    assert abs(float(heights[-1])) < 0.02


def test_a_marble_fells_a_whole_row_of_dominoes() -> None:
    plan, motion = shot("Six dominoes stand in a row and a marble knocks them over.")
    fallen = [
        abs(2 * (np.square(q[0]) + np.square(q[3])) - 1) < 0.8
        for body in plan.bodies
        if body.prop == "domino"
        for q in [motion.quaternions[-1, motion.index(body.name)]]
    ]
    assert len(fallen) == 6
    assert all(fallen)


def test_a_crate_that_would_stick_is_sent_down_its_ramp() -> None:
    _, motion = shot("A wooden crate slides down a ramp.")
    track = motion.positions_m[:, motion.index("wooden-crate")]
    assert float(track[-1, 0] - track[0, 0]) > 0.3


def test_two_who_throw_and_catch_do_catch() -> None:
    _, motion = shot("A girl throws a ball to a boy, who catches it.")
    assert any(event.kind == "grasp" and event.body == "boy" for event in motion.events)
