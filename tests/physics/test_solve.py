"""The solver against theory, conservation and itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from flow_nb.physics.closed_form import fall_speed_m_s, fall_time_s, pendulum_period_s
from flow_nb.physics.launch import launch
from flow_nb.physics.room import box_m
from flow_nb.physics.run import Run
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action, Air, Placement, Plan
from flow_nb.props.materials import materials, pair_friction
from flow_nb.props.shapes import volume_m3
from tests.physics.conftest import body, first, plan


def dropped(name: str, height_m: float = 1.0, **more: object) -> Plan:
    return plan(
        [body(name)],
        [Action(verb="drop", body=name)],
        [Placement(body=name, relation="above", height_m=height_m)],
        **more,
    )


@pytest.mark.parametrize("height_m", [0.3, 1.0, 2.0])
@pytest.mark.parametrize("gravity_m_s2", [1.62, 9.81])
def test_a_fall_takes_the_time_and_the_speed_of_theory(
    height_m: float, gravity_m_s2: float
) -> None:
    air = Air(medium="vacuum")
    motion = solve(dropped("ball", height_m, gravity_m_s2=gravity_m_s2, air=air))
    hit = first(motion, "impact")
    assert hit.time_s - 0.5 == pytest.approx(
        fall_time_s(height_m, gravity_m_s2=gravity_m_s2), abs=1e-3
    )
    assert hit.speed_m_s == pytest.approx(
        fall_speed_m_s(height_m, gravity_m_s2=gravity_m_s2), rel=0.01
    )


def test_ball_dropped_from_1m_after_half_a_second_is_down_on_frame_23_at_24fps() -> None:
    motion = solve(dropped("ball"))
    heights = [motion.at(frame / 24)[0][0, 2] for frame in range(24)]
    assert heights[22] > 0.05
    assert abs(first(motion, "impact").time_s * 24 - 22.8) < 0.1


def test_every_bounce_gives_back_what_the_materials_say() -> None:
    motion = solve(dropped("ball"))
    speeds = [e.speed_m_s for e in motion.events if e.kind == "impact"][:3]
    rows = materials()
    wanted = math.sqrt(rows["rubber"].restitution * rows["hardwood"].restitution)
    assert speeds[1] / speeds[0] == pytest.approx(wanted, abs=0.03)
    assert speeds[2] / speeds[1] == pytest.approx(wanted, abs=0.03)


def test_an_impulse_is_the_change_of_momentum() -> None:
    motion = solve(dropped("ball"))
    a, b = [e for e in motion.events if e.kind == "impact"][:2]
    assert a.impulse_n_s == pytest.approx(
        motion.masses_kg[0] * (a.speed_m_s + b.speed_m_s), rel=0.03
    )


def test_a_block_slides_as_far_as_friction_lets_it() -> None:
    sliding = plan([body("block")], [Action(verb="slide", body="block", speed_m_s=2.0)])
    motion = solve(sliding)
    rows = materials()
    friction = pair_friction(rows["wood"], rows["hardwood"])
    track = motion.positions_m[:, 0, 0]
    assert track[-1] - track[0] == pytest.approx(2.0**2 / (2 * friction * 9.81), rel=0.03)


def test_a_pendulum_keeps_its_period() -> None:
    swinging = plan(
        [body("bowling-ball")], [Action(verb="swing", body="bowling-ball")], duration_s=6
    )
    motion = solve(swinging)
    x = motion.positions_m[:, 0, 0]
    crossings = np.flatnonzero((x[:-1] < 0) & (x[1:] >= 0)) / POSE_RATE_HZ
    pivot = motion.cords["bowling-ball"]
    length = pivot[2] - 0.55 - 0.09
    period = pendulum_period_s(length, amplitude_rad=math.radians(50))
    assert np.diff(crossings)[0] == pytest.approx(period, rel=0.01)


def test_the_glass_meets_the_floor_when_theory_says_and_breaks_there(glass_plan: Plan) -> None:
    motion = solve(glass_plan)
    broke = first(motion, "break")
    (hit,) = [
        e for e in motion.events if e.kind == "impact" and e.body == "glass" and e.other == "set"
    ]
    assert hit.closed_form_s is not None
    assert abs(hit.time_s - hit.closed_form_s) < 3e-3
    assert broke.time_s == hit.time_s
    assert first(motion, "leave").other == "table"
    assert motion.gone_s[motion.index("glass")] == broke.time_s


def test_splinters_are_closed_convex_and_weigh_what_the_glass_weighed(glass_plan: Plan) -> None:
    motion = solve(glass_plan)
    whole = motion.masses_kg[motion.index("glass")]
    names = [name for name in motion.names if name.startswith("glass/")]
    assert len(names) >= 24
    masses = [motion.masses_kg[motion.index(name)] for name in names]
    assert sum(masses) == pytest.approx(whole, rel=1e-9)
    for name in names:
        mesh = motion.fragments[name]
        edges = np.sort(mesh.faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        _, shared = np.unique(edges, axis=0, return_counts=True)
        assert (shared == 2).all()
        assert volume_m3(mesh) > 0
        around = ConvexHull(mesh.vertices)
        assert volume_m3(mesh) == pytest.approx(around.volume, rel=1e-4)


def test_breaking_keeps_momentum(glass_plan: Plan) -> None:
    stands, _ = launch(glass_plan)
    run = Run(glass_plan, {stand.body.name: stand for stand in stands})
    step = 0
    before = np.zeros(3)
    while not run.breaks:
        qvel = run.world.data.qvel.copy()
        before = run.stands["glass"].mass_kg * _centre_velocity(run, qvel)
        run.go_on(step, 1)
        step += 1
    model, data = run.world.model, run.world.data
    after = sum(
        splinter.mass_kg * data.qvel[int(model.joint(name).dofadr[0]) :][:3]
        for name, splinter in run.record.splinters.items()
    )
    np.testing.assert_allclose(after, before, atol=2e-3 * np.linalg.norm(before))


def _centre_velocity(run: Run, qvel: np.ndarray) -> np.ndarray:
    v = int(run.world.model.joint("glass").dofadr[0])
    return qvel[v : v + 3]


def test_a_glass_that_falls_a_hand_high_stays_whole_and_says_why() -> None:
    low = plan(
        [body("glass")],
        [Action(verb="drop", body="glass"), Action(verb="shatter", body="glass", target="set")],
        [Placement(body="glass", relation="above", height_m=0.1)],
    )
    motion = solve(low)
    assert not any(e.kind == "break" for e in motion.events)
    assert "glass breaks on hardwood from 2.5 m/s" in motion.warnings[0]


def test_a_rubber_ball_never_breaks() -> None:
    motion = solve(dropped("ball", 6.0))
    assert not any(e.kind == "break" for e in motion.events)


def test_a_row_of_dominoes_falls_to_the_last() -> None:
    row = plan(
        [body(f"domino-{i}", "domino") for i in range(1, 9)],
        [Action(verb="push", body="domino-1")],
    )
    motion = solve(row)
    _, x, y, _ = motion.quaternions[-1].T
    assert (1 - 2 * (x**2 + y**2) < 0.8).all()


def test_a_ball_thrown_at_a_bottle_meets_it() -> None:
    thrown = plan(
        [body("ball"), body("bottle")], [Action(verb="throw", body="ball", target="bottle")]
    )
    hit = first(solve(thrown), "impact", "ball")
    assert hit.other == "bottle"


def test_two_balls_that_collide_keep_their_momentum() -> None:
    meeting = plan(
        [body("ball-1", "ball"), body("ball-2", "ball")],
        [
            Action(verb="collide", body="ball-1", target="ball-2"),
            Action(verb="collide", body="ball-2", target="ball-1"),
        ],
    )
    motion = solve(meeting)
    hit = first(motion, "impact")
    assert {hit.body, hit.other} == {"ball-1", "ball-2"}
    speed = np.diff(motion.positions_m[:, :, 0], axis=0) * POSE_RATE_HZ
    k = round(hit.time_s * POSE_RATE_HZ)
    assert abs(speed[k + 4].sum() - speed[k - 4].sum()) < 0.1


def test_nothing_floats_and_nothing_sinks_when_all_is_still() -> None:
    still = plan(
        [body("table"), body("vase"), body("book"), body("apple")],
        [],
        [
            Placement(body="vase", relation="on", anchor="table"),
            Placement(body="book", relation="on", anchor="table"),
        ],
        duration_s=2,
    )
    motion = solve(still)
    for name, height in (("vase", 0.75), ("book", 0.75), ("apple", 0.0)):
        assert motion.positions_m[-1, motion.index(name), 2] == pytest.approx(height, abs=2e-3)


def test_the_same_plan_gives_the_same_bytes(glass_plan: Plan) -> None:
    assert solve(glass_plan).to_bytes() == solve(glass_plan).to_bytes()


def test_a_motion_survives_its_file(glass_plan: Plan) -> None:
    motion = solve(glass_plan)
    again = Motion.from_bytes(motion.to_bytes())
    assert again.events == motion.events
    assert (again.contacts == motion.contacts).all()
    np.testing.assert_array_equal(again.positions_m, motion.positions_m)
    assert again.fragments.keys() == motion.fragments.keys()


def test_what_falls_together_does_not_begin_in_each_other() -> None:
    names = ["bottle", "glass", "plate"]
    falling = plan(
        [body(name) for name in names],
        [Action(verb="fall", body=name) for name in names],
        [Placement(body=name, relation="above", height_m=1.0) for name in names],
        duration_s=1,
    )
    stands, _ = launch(falling)
    boxes = [box_m(stand) for stand in stands]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert (np.minimum(a[1], b[1]) - np.maximum(a[0], b[0])).min() < 1e-3


def test_a_stack_stands_until_it_is_met() -> None:
    stack = plan(
        [body("bowling-ball"), *(body(f"block-{i}", "block") for i in (1, 2, 3))],
        [Action(verb="swing", body="bowling-ball", target="block-1")],
        [
            Placement(body="block-2", relation="on", anchor="block-1"),
            Placement(body="block-3", relation="on", anchor="block-2"),
        ],
        duration_s=2,
    )
    motion = solve(stack)
    before = motion.at(0.45)[0][motion.index("block-3")]
    assert before[2] == pytest.approx(0.14, abs=3e-3)
    assert motion.at(2.0)[0][motion.index("block-3")][0] > before[0] + 0.5
