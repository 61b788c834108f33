"""The plan on the picture, as numbers: what the page is told is what the camera saw."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from flow_nb.engines.stage.camera import camera_track
from flow_nb.engines.stage.sets.catalogue import stage_set
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.notebook.curves import coded, decoded
from flow_nb.notebook.messages import Overlay
from flow_nb.notebook.overlay import MAX_BYTES, overlay
from flow_nb.plan.look import Camera
from flow_nb.plan.motion import CONTACT, POSE_RATE_HZ, RUB, Event, Motion
from flow_nb.plan.plan import Action, Body, Light, Plan, SetDesign

FALL_S, HEIGHT_M, RADIUS_M = 0.5, 1.0, 0.06


def a_plan(duration_s: float = 2.0, *, time: str = "afternoon", **camera: object) -> Plan:
    return Plan(
        text="x",
        duration_s=duration_s,
        set=SetDesign(kind="kitchen"),
        light=Light(time_of_day=time),
        bodies=(Body(name="ball", noun="ball", prop="ball", material="rubber"),),
        actions=(Action(verb="fall", body="ball"),),
        camera=Camera(**camera),
    )


def a_motion(duration_s: float = 2.0) -> Motion:
    """A ball that falls from a metre at half a second, and stays where it lands."""
    t = np.arange(int(duration_s * POSE_RATE_HZ) + 1) / POSE_RATE_HZ
    place = np.zeros((len(t), 1, 3), np.float32)
    place[:, 0, 2] = np.maximum(HEIGHT_M - 4.905 * np.clip(t - FALL_S, 0, None) ** 2, 0)
    landed_s = FALL_S + float(np.sqrt(2 * HEIGHT_M / 9.81))
    contacts = np.zeros(1, CONTACT)
    contacts[0] = (landed_s, 0, -1, (0, 0, 0), (0, 0, -1), 4.43, 0, 1.3)
    return Motion(
        duration_s=duration_s, names=("ball",), materials=("rubber",), masses_kg=np.array([0.3]),
        sizes_m=np.ones((1, 3)), positions_m=place,
        quaternions=np.tile(np.array([1, 0, 0, 0], np.float32), (len(t), 1, 1)),
        born_s=np.zeros(1), gone_s=np.full(1, np.inf), contacts=contacts, rubs=np.zeros(0, RUB),
        energy_j=np.zeros(len(t)), floor_material="wood",
        events=(Event(time_s=landed_s, kind="impact", body="ball", text="The ball lands"),),
    )  # fmt: skip


def seen_px(told: Overlay, frame: int, width: int, height: int) -> np.ndarray:
    """Where the first way is in the picture at a frame, as the page works it out."""
    camera = np.array([decoded(row, told.frames)[frame] for row in told.camera], float)
    way = told.ways[0]
    point = np.array([decoded(getattr(way, a), way.points)[frame * told.fine] for a in "xyz"])
    turn = Rotation.from_quat(camera[3:7], scalar_first=True)
    x, y, back = turn.inv().apply((point - camera[:3]) * told.unit_m)
    high_m = -back * camera[7] * told.unit_turn
    return np.array([width / 2 + x / high_m * height, height / 2 - y / high_m * height])


@pytest.mark.parametrize("values", [[7], [0, 0, 0], [5, 5, 9, -4], [10**9, -(10**9), 3]])
def test_a_curve_comes_back_as_it_was(values: list[int]) -> None:
    assert decoded(coded(np.array(values)), len(values)).tolist() == values


def test_what_stands_or_runs_evenly_costs_a_few_signs() -> None:
    assert len(coded(np.full(1000, 123_456))) == 4
    assert len(coded(np.arange(1000) * 40)) <= 4


@pytest.mark.parametrize("camera", [{}, {"move": "orbit left", "pace": "fast"}, {"handheld": True}])
@pytest.mark.parametrize("tier", ["sketch", "fast"])
def test_the_ball_is_told_where_the_camera_sees_it(camera: dict[str, object], tier: str) -> None:
    plan, motion, form = a_plan(**camera), a_motion(), TIERS[tier].format
    told = overlay(plan, motion, tier)
    assert told is not None
    views = camera_track(plan, motion, form, stage_set(plan).room)
    off_px = []
    for frame, view in enumerate(views):
        away = motion.at(frame / float(form.fps))[0][0] + [0, 0, told_middle_m()] - view.at_m
        right = np.cross(view.forward, view.up)
        tall = 2 * np.tan(np.radians(view.fovy_deg) / 2) * (away @ view.forward)
        x, y = away @ right / tall, away @ np.cross(right, view.forward) / tall
        exact = np.array([form.width / 2 + x * form.height, form.height / 2 - y * form.height])
        off_px.append(np.linalg.norm(seen_px(told, frame, form.width, form.height) - exact))
    assert max(off_px) < 0.5


def told_middle_m() -> float:
    """How far the middle of the ball is above its foot."""
    from flow_nb.props.archetypes import archetypes
    from flow_nb.props.shapes import prop_bounds_m

    return float(prop_bounds_m(archetypes()["ball"]).mean(axis=0)[2])


def test_half_a_minute_by_hand_still_fits() -> None:
    told = overlay(a_plan(30.0, handheld=True), a_motion(30.0), "fast")
    assert told is not None
    assert len(told.model_dump_json()) <= MAX_BYTES
    assert [way.name for way in told.ways] == ["ball"]


def test_a_blow_says_what_the_solver_says() -> None:
    told = overlay(a_plan(), a_motion(), "sketch")
    assert told is not None
    (blow,) = told.blows
    assert (blow.text, blow.kind, blow.speed_m_s) == ("The ball lands", "impact", 4.43)
    assert np.allclose(np.array(blow.at) * told.unit_m + told.origin_m, 0, atol=0.002)


def test_the_sun_is_told_by_day_and_not_where_lamps_light_the_set() -> None:
    by_day, by_night = (overlay(a_plan(time=t), a_motion(), "sketch") for t in ("noon", "night"))
    assert by_day is not None
    assert by_day.light is not None
    assert by_day.light[2] < 0
    assert by_night is not None
    assert by_night.light is None


def test_a_tier_that_the_stage_has_not_has_no_overlay() -> None:
    assert overlay(a_plan(), a_motion(), "veo") is None
