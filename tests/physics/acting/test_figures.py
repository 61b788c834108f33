"""Figures that act, measured in the solved motion."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from flow_nb.physics.acting.poses import SIDES
from flow_nb.physics.acting.rig import SOLE_RADIUS_M, Rig
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Action, Body, Placement, Plan
from flow_nb.props.skeleton import skeleton
from tests.physics.conftest import body, plan

RIG = Rig(skeleton())
QUICK = {"where": "studio", "timestep_s": 1 / 960}


def person(name: str = "mara", **more: object) -> Body:
    return body(name, "person", **more)


def shot(bodies: list[Body], actions: list[Action], *placements: Placement, **more: object) -> Plan:
    return plan(bodies, actions, list(placements), **{**QUICK, **more})


def track(motion: Motion, name: str) -> NDArray[np.float64]:
    return motion.positions_m[:, motion.index(name)].astype(float)


def turned(
    quaternions: NDArray[np.float64], vector: tuple[float, float, float]
) -> NDArray[np.float64]:
    w, axis = quaternions[:, :1], quaternions[:, 1:]
    v = np.broadcast_to(vector, axis.shape)
    twice = 2 * np.cross(axis, v)
    return np.asarray(v + w * twice + np.cross(axis, twice))


def point_of(motion: Motion, name: str, at: tuple[float, float, float]) -> NDArray[np.float64]:
    quaternions = motion.quaternions[:, motion.index(name)].astype(float)
    return track(motion, name) + turned(quaternions, at)


def palm(motion: Motion, name: str, side: str) -> NDArray[np.float64]:
    return point_of(motion, f"{name}/hand-{side}", RIG.palms[side])  # type: ignore[index]


def slides_m(motion: Motion, name: str) -> list[float]:
    """How far the ball of each foot moves along the floor in each of its stances, rolling included."""
    ankle = (0.0, 0.0, RIG.ankle_m)
    found = []
    for side in SIDES:
        at = tuple(np.subtract(RIG.ball_m, ankle))
        ball = point_of(motion, f"{name}/foot-{side}", at)
        down = ball[:, 2] < SOLE_RADIUS_M + 0.004
        edges = np.flatnonzero(np.diff(np.concatenate([[0], down, [0]])))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            if end - begin > 12:
                found.append(float(np.linalg.norm(np.ptp(ball[begin:end, :2], axis=0))))
    return found


def bone_errors_m(motion: Motion, name: str) -> float:
    """The worst difference of any bone's joint from where its parent carries it."""
    worst = 0.0
    for bone in RIG.skeleton.bones:
        if bone.parent is not None:
            carried = point_of(motion, f"{name}/{bone.parent}", RIG.offsets[bone.name])
            away = np.linalg.norm(carried - track(motion, f"{name}/{bone.name}"), axis=1)
            worst = max(worst, float(away.max()))
    return worst


def leaps_m(motion: Motion, name: str) -> float:
    """The farthest that any bone moves between two samples."""
    columns = [i for i, other in enumerate(motion.names) if other.startswith(f"{name}/")]
    way = np.diff(motion.positions_m[:, columns].astype(float), axis=0)
    return float(np.linalg.norm(way, axis=2).max())


@pytest.fixture(scope="module")
def walked() -> Motion:
    return solve(plan([person()], [Action(verb="walk", body="mara")], where="studio"))


def test_somebody_who_walks_goes_across_the_picture_and_stays_in_it(walked: Motion) -> None:
    root = track(walked, "mara")
    assert 2.0 < root[-1, 0] - root[0, 0] < 3.0
    assert np.abs(root[:, 0]).max() < 2.5


def test_feet_do_not_slide_while_they_stand(walked: Motion) -> None:
    slides = slides_m(walked, "mara")
    assert len(slides) >= 6
    assert max(slides) < 0.02


def test_every_step_of_a_walk_is_a_contact_with_the_floor(walked: Motion) -> None:
    feet = {walked.index("mara/foot-left"), walked.index("mara/foot-right")}
    rows = [row for row in walked.contacts if row["b"] == -1 and row["a"] in feet]
    assert len([row for row in rows if row["time_s"] > 0.6]) >= 4
    assert [event.kind for event in walked.events].count("step") >= 3


def test_bones_keep_their_length(walked: Motion) -> None:
    assert bone_errors_m(walked, "mara") < 1e-4


def test_arms_swing_against_the_legs(walked: Motion) -> None:
    going = slice(int(0.9 * POSE_RATE_HZ), int(2.2 * POSE_RATE_HZ))
    x = {
        name: track(walked, f"mara/{name}")[going, 0]
        for name in ("hand-left", "foot-left", "pelvis")
    }
    hand, foot = x["hand-left"] - x["pelvis"], x["foot-left"] - x["pelvis"]
    assert np.corrcoef(hand, foot)[0, 1] < -0.5


@pytest.mark.parametrize("manner", ["", "limping", "on tiptoe", "staggering", "sneaking"])
def test_no_manner_of_walking_slides_or_leaps(manner: str) -> None:
    motion = solve(
        shot([person()], [Action(verb="walk", body="mara", manner=manner)], duration_s=3)
    )
    assert max(slides_m(motion, "mara")) < 0.02
    assert leaps_m(motion, "mara") < 0.04


def test_somebody_who_runs_has_both_feet_in_the_air_now_and_then() -> None:
    motion = solve(shot([person()], [Action(verb="run", body="mara")], duration_s=3))
    low = np.minimum(*(track(motion, f"mara/foot-{side}")[:, 2] for side in SIDES))
    assert low.max() > RIG.ankle_m + 0.03
    assert leaps_m(motion, "mara") < 0.08


@pytest.mark.parametrize("gravity_m_s2", [9.81, 3.7])
def test_a_jump_lasts_as_long_as_a_thrown_stone(gravity_m_s2: float) -> None:
    jump = Action(verb="jump", body="mara", speed_m_s=2.4)
    motion = solve(shot([person()], [jump], gravity_m_s2=gravity_m_s2))
    height = track(motion, "mara")[:, 2]
    air = height[height > 1e-4]
    lasts = 2 * 2.4 / gravity_m_s2
    assert len(air) / POSE_RATE_HZ == pytest.approx(lasts, rel=0.01, abs=1.5 / POSE_RATE_HZ)
    assert air.max() == pytest.approx(2.4**2 / (2 * gravity_m_s2), rel=0.01)


@pytest.mark.parametrize(
    ("target", "x", "y"),
    [
        pytest.param(
            "box",
            1.8,
            0.0,
            marks=pytest.mark.xfail(reason="aimed at a thing, the kick is 20 degrees off"),
        ),
        (None, 1.0, 0.0),
    ],
)
def test_a_kicked_ball_goes_where_it_is_meant_to(target: str | None, x: float, y: float) -> None:
    bodies = [person(), body("ball", "basketball"), *([body("box")] if target else [])]
    kick = Action(
        verb="kick", body="ball", agent="mara", target=target, direction=None if target else "right"
    )
    motion = solve(shot(bodies, [kick]))
    hit = next(e for e in motion.events if e.kind == "impact" and e.body == "mara")
    i = int(hit.time_s * POSE_RATE_HZ) + 12
    ball = track(motion, "ball")
    way = (ball[i + 24] - ball[i])[:2]
    wished = (track(motion, "box")[0] - ball[0])[:2] if target else np.array([x, y])
    angle = math.acos(way @ wished / np.linalg.norm(way) / np.linalg.norm(wished))
    assert abs(angle) < 0.15
    assert np.linalg.norm(way) * 10 > 2.0


def test_a_thrown_ball_arrives_and_is_caught() -> None:
    motion = solve(
        shot(
            [person("mara"), person("tom"), body("ball", "tennis-ball")],
            [
                Action(verb="throw", body="ball", agent="mara", target="tom", how="to"),
                Action(verb="catch", body="ball", agent="tom", start_s=0.6),
            ],
            duration_s=3,
        )
    )
    grasp = next(e for e in motion.events if e.kind == "grasp" and e.body == "tom")
    i = int(grasp.time_s * POSE_RATE_HZ)
    ball = track(motion, "ball")
    hands = [palm(motion, "tom", side) for side in SIDES]
    assert min(np.linalg.norm(ball[i] - hand[i]) for hand in hands) < 0.15
    late = ball[-120:] - hands[1][-120:]
    assert np.ptp(late, axis=0).max() < 0.01
    assert not motion.warnings


def test_a_cup_that_is_picked_up_stays_in_the_hand() -> None:
    motion = solve(
        shot(
            [person(), body("table"), body("cup")],
            [Action(verb="pick up", body="cup", agent="mara")],
            Placement(body="cup", relation="on", anchor="table"),
        )
    )
    assert not motion.warnings
    grasp = next(e for e in motion.events if e.kind == "grasp")
    i = int(grasp.time_s * POSE_RATE_HZ) + 2
    cup = track(motion, "cup")
    assert cup[-1, 2] > cup[0, 2] + 0.05
    away = min(
        (np.linalg.norm(cup - palm(motion, "mara", side), axis=1)[i:] for side in SIDES),
        key=lambda gap: float(np.ptp(gap)),
    )
    assert np.ptp(away) < 0.01
    assert bone_errors_m(motion, "mara") < 1e-4
    assert leaps_m(motion, "mara") < 0.04


def test_who_sits_has_the_pelvis_on_the_seat() -> None:
    motion = solve(
        shot(
            [person(), body("chair")],
            [Action(verb="sit", body="mara", target="chair", how="on")],
            duration_s=5,
        )
    )
    pelvis, chair = track(motion, "mara/pelvis")[-1], track(motion, "chair")[-1]
    seat = 0.46
    assert pelvis[2] - seat == pytest.approx(0.075 * 1.75, abs=0.03)
    assert np.abs(pelvis[:2] - chair[:2]).max() < 0.16
    assert leaps_m(motion, "mara") < 0.04


@pytest.mark.xfail(reason="a crate is moved by the forearms before the hands reach it")
def test_a_pushed_box_goes_along_by_contact() -> None:
    motion = solve(
        shot(
            [person(), body("crate")],
            [Action(verb="push", body="crate", agent="mara", direction="right")],
            duration_s=5,
        )
    )
    crate = track(motion, "crate")
    assert crate[-1, 0] - crate[0, 0] > 0.5
    hands = {motion.index(f"mara/hand-{side}") for side in SIDES}
    assert any({row["a"], row["b"]} & hands for row in motion.contacts)


@pytest.mark.xfail(reason="who walks past close behind is lost from sight")
def test_the_head_follows_what_is_looked_at() -> None:
    bodies = [person("mara"), person("tom")]
    actions = [
        Action(verb="walk", body="tom"),
        Action(verb="look", body="mara", target="tom", how="at", start_s=0.1),
    ]
    motion = solve(shot(bodies, actions))
    head = motion.quaternions[:, motion.index("mara/head")].astype(float)
    looks = turned(head, (0.0, -1.0, 0.0))
    way = track(motion, "tom/head") - track(motion, "mara/head")
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    cosines = np.einsum("ij,ij->i", looks, way)[POSE_RATE_HZ * 2 :]
    assert cosines.min() > math.cos(math.radians(25))


def test_a_worn_hat_and_a_held_umbrella_begin_where_they_belong() -> None:
    motion = solve(
        shot(
            [person(), body("bucket"), body("bottle")],
            [Action(verb="walk", body="mara")],
            Placement(body="bucket", relation="worn by", anchor="mara"),
            Placement(body="bottle", relation="held by", anchor="mara"),
            duration_s=2,
        )
    )
    assert (
        np.linalg.norm(track(motion, "bottle") - palm(motion, "mara", "right"), axis=1).max() < 0.25
    )
    over = track(motion, "bucket") - track(motion, "mara/head")
    assert over[:, 2].min() > 0.1
    assert np.abs(over[:, :2]).max() < 0.12


def test_what_cannot_be_reached_is_said_in_one_line() -> None:
    motion = solve(
        shot(
            [person(), body("wall")],
            [Action(verb="pick up", body="wall", agent="mara")],
            duration_s=2,
        )
    )
    assert "The wall cannot be picked up: it stands fixed or is gone." in motion.warnings


def test_the_same_plan_gives_the_same_motion_bit_by_bit() -> None:
    wanted = shot([person(), person("tom")], [Action(verb="dance", body="mara")], duration_s=1.5)
    one, two = solve(wanted), solve(wanted)
    assert one.positions_m.tobytes() == two.positions_m.tobytes()
    assert one.to_bytes() == two.to_bytes()


def test_who_walks_to_a_bench_to_sit_sits_on_it_when_the_shot_ends() -> None:
    motion = solve(
        shot(
            [person(age="old"), body("bench")],
            [
                Action(verb="walk", body="mara", target="bench", how="to"),
                Action(verb="sit", body="mara", target="bench", how="on", start_s=3.0),
            ],
            duration_s=5.7,
        )
    )
    pelvis = track(motion, "mara/pelvis")
    assert pelvis[0, 2] > 0.8
    assert pelvis[-1, 2] < 0.68


def test_a_ladder_stands_firm_under_who_climbs_it() -> None:
    motion = solve(
        shot(
            [person(), body("ladder", "ladder")],
            [Action(verb="climb", body="mara", target="ladder", how="onto")],
            duration_s=3.5,
        )
    )
    ladder = motion.quaternions[:, motion.index("ladder")]
    assert np.abs(ladder[-1] - ladder[0]).max() < 1e-3
    assert track(motion, "mara/pelvis")[-1, 2] > track(motion, "mara/pelvis")[0, 2] + 0.3


def test_who_slips_falls_and_does_not_crawl() -> None:
    motion = solve(
        shot([person()], [Action(verb="slide", body="mara", lemma="slip")], duration_s=2.0)
    )
    assert track(motion, "mara/head")[-1, 2] < 0.4
    assert "hits the ground" in " ".join(event.text for event in motion.events)


def test_who_pours_has_a_hand_on_the_jug_all_the_while() -> None:
    motion = solve(
        shot(
            [person(), body("table"), body("jug", "vase", filled="water"), body("glass")],
            [Action(verb="pour", body="jug", agent="mara", target="glass", how="into")],
            Placement(body="jug", relation="on", anchor="table"),
            Placement(body="glass", relation="on", anchor="table"),
            duration_s=3.0,
        )
    )
    jug = point_of(motion, "jug", (0.0, 0.0, 0.137))
    hands = [np.linalg.norm(palm(motion, "mara", side) - jug, axis=1) for side in SIDES]
    while_tipped = slice(round(2.0 * POSE_RATE_HZ), round(2.9 * POSE_RATE_HZ))
    assert min(hand[while_tipped].max() for hand in hands) < 0.16
    assert jug[-1, 2] > jug[0, 2] + 0.01
