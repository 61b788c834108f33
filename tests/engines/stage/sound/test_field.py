"""The air between a sound and the ear: sides, distance, walls in between, what passes by."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.ear import Ear
from flow_nb.engines.stage.sound.field import MOST_NEIGHBOURHOODS, Field
from flow_nb.engines.stage.sound.passing import BEFORE_S
from flow_nb.engines.stage.sound.rooms import room_of
from flow_nb.engines.stage.sound.screens import screens
from flow_nb.plan.plan import Body, Plan
from flow_nb.props.archetypes import sets
from tests.engines.stage.sound.motions import SAMPLE_RATE_HZ, motion_of, plan_of
from tests.engines.stage.sound.onsets import centroid_hz

FRONT = Ear.looking((0.0, -3.0, 1.2), (0.0, 0.0, 1.2))
CLICK = np.exp(-np.arange(2_400) / 300) * np.random.default_rng(0).standard_normal(2_400)


def field_of(kind="street", *, duration_s=1.0, ear=FRONT, plan=None, motion=None):
    plan = plan or plan_of([], duration_s=duration_s, kind=kind)
    motion = motion or motion_of([], duration_s=duration_s)
    room = room_of(sets()[kind], np.atleast_2d(ear.position_m).mean(axis=0))
    return Field(room, ear, screens(plan, motion), duration_s)


def heard(field):
    return field.heard(np.random.default_rng(1))


def walled():
    """A wall 2 m wide and 2 m high, across the way to what lies behind it."""
    body = Body(name="wall", noun="wall", prop="wall", material="stone", scale=2.0, fixed=True)
    plan = Plan(text="t", duration_s=1.0, bodies=(body,))
    motion = motion_of([("wall", "stone", 2.4, 900.0)], duration_s=1.0)
    return plan, motion


def test_each_sound_is_where_it_is_and_not_where_the_others_are() -> None:
    field = field_of()
    field.at(CLICK, 0.1, (-2.0, 0.0, 0.0))
    field.at(CLICK, 0.6, (2.0, 0.0, 0.0))
    first, second = (np.abs(heard(field)[a : a + 2_400]).sum(axis=0) for a in (4_800, 28_800))
    assert first[0] > 1.3 * first[1]
    assert second[1] > 1.3 * second[0]


def test_twice_as_far_is_half_as_loud() -> None:
    near, far = (field_of(duration_s=1.0) for _ in range(2))
    near.at(CLICK, 0.1, (0.0, 0.0, 1.2))
    far.at(CLICK, 0.1, (0.0, 3.0, 1.2))
    assert near.direct.samples.std() == pytest.approx(2 * far.direct.samples.std(), rel=0.08)


def test_air_takes_the_highs_on_a_long_way() -> None:
    near, far = field_of(duration_s=1.0), field_of(duration_s=1.0)
    near.at(CLICK, 0.1, (0.0, 0.0, 1.2))
    far.at(CLICK, 0.1, (0.0, 120.0, 1.2))
    tones = [centroid_hz(f.direct.samples.mean(axis=1)) for f in (near, far)]
    assert tones[1] < 0.85 * tones[0]


def test_what_stands_between_muffles_the_highs_more_than_the_lows() -> None:
    plan, motion = walled()
    side = Ear.looking((-3.0, 0.0, 0.8), (0.0, 0.0, 0.8))
    clear, hidden = field_of(ear=side), field_of(ear=side, plan=plan, motion=motion)
    for field in (clear, hidden):
        field.at(CLICK, 0.1, (1.5, 0.0, 0.8))
    a, b = (f.direct.samples.mean(axis=1) for f in (clear, hidden))
    assert b.std() < 0.5 * a.std()
    assert centroid_hz(b) < 0.8 * centroid_hz(a)
    assert np.argmax(np.abs(b) > 0) == np.argmax(np.abs(a) > 0)


def test_a_wall_does_not_muffle_what_strikes_it() -> None:
    plan, motion = walled()
    side = Ear.looking((-3.0, 0.0, 0.8), (0.0, 0.0, 0.8))
    clear, own = field_of(ear=side), field_of(ear=side, plan=plan, motion=motion)
    for field in (clear, own):
        field.at(CLICK, 0.1, (-0.12, 0.0, 0.8))
    assert np.array_equal(clear.direct.samples, own.direct.samples)


def test_what_passes_at_30_m_s_falls_by_the_ratio_of_doppler() -> None:
    duration_s, hertz, speed = 4.0, 1_000.0, 30.0
    field = field_of(duration_s=duration_s)
    times = np.arange(round(duration_s * 240) + 1) / 240
    path = np.stack([speed * (times - 2.0), np.full_like(times, 1.0), np.ones_like(times)], -1)
    t = np.arange(round((duration_s + BEFORE_S) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    field.passing(np.sin(2 * np.pi * hertz * t), path, times)
    wave = field.direct.samples.mean(axis=1)
    tones = []
    for begin in (0.7, 3.0):
        part = wave[int(begin * 48_000) :][:24_000] * np.hanning(24_000)
        tones.append(np.argmax(np.abs(np.fft.rfft(part, 480_000))) / 10)
    way = speed * 1.05 / np.hypot(speed * 1.05, 4.0)  # the share of it that is towards the ear
    expected = (343 + speed * way) / (343 - speed * way)
    assert tones[0] / tones[1] == pytest.approx(expected, rel=0.01)
    assert tones[0] > hertz > tones[1]


def test_a_moving_source_has_no_clicks() -> None:
    field = field_of(duration_s=1.0)
    times = np.arange(241) / 240
    path = np.linspace((-6.0, 0.0, 0.5), (6.0, 0.0, 0.5), 241)
    t = np.arange(48_000) / SAMPLE_RATE_HZ
    field.along(np.sin(2 * np.pi * 200 * t), 0, path, times)
    bends = np.abs(np.diff(field.direct.samples, n=2, axis=0))[100:-100]
    assert bends.max() < 4 * np.quantile(bends, 0.9)


def test_neighbourhoods_are_bounded_however_many_places_sound() -> None:
    field = field_of(duration_s=1.0)
    points = np.random.default_rng(2).uniform(-20, 20, (500, 3))
    spots = field.spots(points, np.full(500, 0.1))
    assert spots.cells.max() < MOST_NEIGHBOURHOODS
    for i in range(500):
        field.lay(CLICK, 0.1, spots, i)
    assert np.isfinite(heard(field)).all()


def test_a_moving_camera_hears_from_where_it_is() -> None:
    path = np.linspace((-4.0, -3.0, 1.2), (4.0, -3.0, 1.2), 241)
    ear = Ear.looking(path, path + (0.0, 3.0, 0.0))
    field = field_of(ear=ear)
    field.at(CLICK, 0.02, (0.0, 0.0, 1.2))
    field.at(CLICK, 0.9, (0.0, 0.0, 1.2))
    first, last = (np.abs(field.direct.samples[a : a + 2_400]).sum(axis=0) for a in (960, 43_200))
    assert first[1] > first[0]
    assert last[0] > last[1]
