"""What sounds because it moves: air, cloth, hinges, engines, explosions, springs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.foley import foley
from flow_nb.engines.stage.sound.motor import crank_rpm, drives, driving
from flow_nb.engines.stage.sound.noise import noise_bank
from flow_nb.engines.stage.sound.ways import turning_rad_s
from flow_nb.plan.forms import Surface
from flow_nb.plan.motion import Event
from flow_nb.plan.plan import Action
from flow_nb.props.archetypes import archetypes
from tests.engines.stage.sound.motions import motion_of, plan_of, touch
from tests.engines.stage.sound.onsets import centroid_hz


def effects(plan, motion):
    sound = foley(plan, motion, ear=FRONT, rng=np.random.default_rng(1))
    assert np.isfinite(sound).all()
    return sound


def thrown(speed_m_s, *, prop="ball", duration_s=2.0, acts=False, kind="street", y_m=1.0):
    """A body that goes along x at one speed."""
    plan = plan_of([("it", prop, "rubber")], duration_s=duration_s, kind=kind)
    if acts:
        plan = plan.model_copy(update={"actions": (Action(verb="drive", body="it"),)})
    motion = motion_of([("it", "rubber", 0.12, 0.5)], duration_s=duration_s)
    places = motion.positions_m.copy()
    places[:, 0, 0] = speed_m_s * (np.arange(len(places)) / 240 - duration_s / 2)
    places[:, 0, 1:] = y_m, 1.0
    return plan, replace(motion, positions_m=places)


def test_what_is_thrown_fast_is_heard_by_its_cube_and_what_is_slow_is_not() -> None:
    assert not effects(*thrown(2.0)).any()
    slow, fast = (effects(*thrown(v)).std() for v in (6.5, 10.0))
    assert fast == pytest.approx(8 * slow, rel=0.5)


def test_in_a_vacuum_nothing_whistles() -> None:
    plan, motion = thrown(12.0)
    assert not effects(
        plan.model_copy(update={"air": plan.air.model_copy(update={"medium": "vacuum"})}), motion
    ).any()


def flag(hertz):
    """A cloth of one square metre that flaps ``hertz`` times a second, 8 cm deep."""
    plan = plan_of([("flag", "flag", "cloth")], duration_s=2.0, kind="street")
    motion = motion_of([("flag", "cloth", 1.0, 0.2)], duration_s=2.0)
    t = np.arange(121) / 60
    x, z = np.meshgrid(np.linspace(0, 1, 8), np.linspace(1, 2, 8))
    cloth = np.stack([x.ravel(), z.ravel() - 1], -1).astype(np.float32)
    points = np.zeros((121, 64, 3), np.float32)
    points[..., 0], points[..., 2] = x.ravel(), z.ravel()
    points[..., 1] = 0.08 * np.sin(2 * np.pi * (hertz * t[:, None] - x.ravel()))
    faces = np.zeros((1, 3), np.int32)
    return plan, replace(
        motion, surfaces={"flag": Surface(vertices_m=points, faces=faces, cloth_m=cloth)}
    )


def test_cloth_is_silent_at_rest_and_louder_and_brighter_the_faster_it_flaps() -> None:
    assert not effects(*flag(0.0)).any()
    slow, fast = effects(*flag(2.0)), effects(*flag(6.0))
    assert fast.std() > 2 * slow.std() > 0
    assert centroid_hz(fast.mean(axis=1)) > centroid_hz(slow.mean(axis=1))


def door(rate_rad_s, *, events=(), duration_s=2.0):
    plan = plan_of([("door", "door", "wood")], duration_s=duration_s, kind="kitchen")
    motion = motion_of(
        [("door", "wood", 2.1, 28.0), ("door/leaf", "wood", 2.1, 19.0)],
        events=events,
        duration_s=duration_s,
    )
    t = np.clip(np.arange(len(motion.positions_m)) / 240 - 0.5, 0, 1.0)
    turns = motion.quaternions.copy()
    turns[:, 1] = np.stack(
        [np.cos(rate_rad_s * t / 2), 0 * t, 0 * t, np.sin(rate_rad_s * t / 2)], -1
    )
    return plan, replace(motion, quaternions=turns)


def test_a_door_creaks_while_it_turns_and_only_then() -> None:
    plan, motion = door(0.9)
    assert turning_rad_s(motion, 1)[240] == pytest.approx(0.9, rel=0.05)
    sound = np.abs(effects(plan, motion)).max(axis=1)
    assert sound[: round(0.45 * 48_000)].max() < 1e-9
    assert sound[26_000:70_000].max() > 8 * sound[-9_600:].max()


def test_what_slams_has_no_time_to_creak() -> None:
    slow, slammed = effects(*door(0.9)), effects(*door(6.0))
    assert slammed.std() < 0.3 * slow.std()


def test_the_latch_falls_when_the_door_is_shut() -> None:
    shut = [Event(time_s=1.2, kind="close", body="door")]
    sound = np.abs(effects(*door(0.0, events=shut))).max(axis=1)
    assert sound[: round(1.2 * 48_000) - 1].max() < 1e-9
    assert sound[round(1.2 * 48_000) :][:480].max() > 0.01


def test_an_engine_turns_faster_the_faster_it_drives_within_a_gear() -> None:
    row = drives()["car"]
    rpm = crank_rpm(row, np.full(480, 0.0)), crank_rpm(row, np.full(480, 4.0))
    assert rpm[0][0] == pytest.approx(row.idle_rpm)
    assert row.idle_rpm < rpm[1][0] < row.top_rpm


def test_every_drive_names_props_that_there_are_and_is_heard() -> None:
    assert drives().keys() <= archetypes().keys()
    noise = noise_bank(np.random.default_rng(0))
    for row in {row.name: row for row in drives().values()}.values():
        wave = driving(row, np.full(240, 4.0), noise, 48_000, np.random.default_rng(1))
        assert np.isfinite(wave).all()
        assert 0.005 < np.abs(wave).max() < 8, row.name


def test_a_parked_car_is_silent() -> None:
    assert not effects(*thrown(0.0, prop="car")).any()


def test_a_car_that_passes_comes_up_and_goes_and_falls_in_pitch() -> None:
    sound = effects(*thrown(25.0, prop="car", acts=True, duration_s=3.0, y_m=0.0)).mean(axis=1)
    thirds = [part.std() for part in np.array_split(sound, 3)]
    assert thirds[1] > 1.5 * max(thirds[0], thirds[2])


def test_a_bomb_is_deep_and_long_and_a_balloon_pops() -> None:
    sounds = []
    for size_m, mass_kg in ((0.5, 8.0), (0.3, 0.01)):
        burst = [Event(time_s=0.5, kind="burst", body="it")]
        plan = plan_of([("it", "ball", "rubber")], duration_s=3.0, kind="desert")
        motion = motion_of([("it", "rubber", size_m, mass_kg)], events=burst, duration_s=3.0)
        sounds.append(effects(plan, motion).mean(axis=1))
    bomb, pop = sounds
    assert np.abs(bomb[:23_990]).max() < 1e-9
    assert centroid_hz(bomb) < 300 < centroid_hz(pop)
    assert bomb[48_000:].std() > 20 * pop[48_000:].std()


@pytest.mark.parametrize("prop", ["trampoline", "spring"])
def test_what_springs_twangs_from_the_instant_of_the_touch(prop) -> None:
    plan = plan_of([("it", prop, "metal"), ("ball", "ball", "rubber")], duration_s=2.0)
    motion = motion_of(
        [("it", "metal", 1.0, 10.0), ("ball", "rubber", 0.12, 0.5)],
        [touch(0.5, 0, 1, speed=4.0, impulse=2.0)],
        duration_s=2.0,
    )
    sound = np.abs(effects(plan, motion)).max(axis=1)
    assert sound[:23_990].max() < 1e-6
    assert sound[24_000:24_480].max() > 0.05
    assert sound[38_000:40_000].max() > 0.002
