"""Water: bubbles by their size, drops as they land, bodies as they fall in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flow_nb.engines.stage.sound.bubbles import chirps, damping_per_s, minnaert_hz
from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.foley import foley
from flow_nb.engines.stage.sound.instrument import filled, instruments
from flow_nb.engines.stage.sound.liquid import landings
from flow_nb.engines.stage.sound.modal import first_mode_hz
from flow_nb.engines.stage.sound.noise import noise_bank
from flow_nb.engines.stage.sound.splash import entry
from flow_nb.plan.forms import Drops
from flow_nb.plan.motion import Event
from tests.engines.stage.sound.motions import motion_of, plan_of, single
from tests.engines.stage.sound.onsets import centroid_hz


def dripping(times_s=(0.8, 1.6), *, height_m=1.0, liquid="water", duration_s=2.5):
    """Drops that fall from a height and land at these instants, and then lie still."""
    clock = np.arange(round(duration_s * 60) + 1) / 60
    fall_s = np.sqrt(2 * height_m / 9.81)
    points = np.zeros((len(clock), len(times_s), 3), np.float32)
    for k, lands_s in enumerate(times_s):
        since = np.clip(clock - (lands_s - fall_s), 0, fall_s)
        points[:, k, 2] = height_m - 4.905 * since**2
    drops = Drops(points_m=points, radius_m=0.004, liquid=liquid)
    plan = plan_of([("tap", "can", "metal")], duration_s=duration_s, kind="bathroom")
    motion = motion_of([("tap", "metal", 0.12, 0.2)], duration_s=duration_s)
    return plan, replace(motion, drops={"tap": drops})


def effects(plan, motion):
    return foley(plan, motion, ear=FRONT, rng=np.random.default_rng(1))


def test_a_millimetre_of_air_rings_at_3_3_khz_and_ten_times_as_much_ten_times_lower() -> None:
    assert minnaert_hz(0.001) == pytest.approx(3_283, abs=2)
    assert minnaert_hz(0.01) == pytest.approx(328, abs=1)


def test_a_bubble_rings_at_its_pitch_and_dies_with_its_damping() -> None:
    rng = np.random.default_rng(5)
    wave = chirps(np.array([0.0]), np.array([1_000.0]), np.ones(1), 9_600, rng)
    assert np.argmax(np.abs(np.fft.rfft(wave, 48_000))) == pytest.approx(1_000, rel=0.06)
    d = float(damping_per_s(np.array([minnaert_hz(1.0) / 1_000]))[0])
    early, late = (np.abs(wave[a : a + 480]).max() for a in (480, 1_920))
    assert late / early == pytest.approx(np.exp(-d * 0.03), rel=0.35)


def test_drops_are_heard_when_they_land_and_not_while_they_fall() -> None:
    times_s, points, speeds = landings(dripping()[1].drops["tap"])
    assert times_s == pytest.approx([0.8, 1.6], abs=0.02)
    assert np.abs(points[:, 2]).max() < 0.1
    assert speeds.min() > 3
    sound = np.abs(effects(*dripping())).max(axis=1)
    assert sound[: round(0.7 * 48_000)].max() < 0.1 * sound.max()


def test_sand_hisses_higher_than_water_gurgles() -> None:
    many = tuple(0.6 + 0.004 * np.arange(200))
    water, sand = (
        centroid_hz(effects(*dripping(many, liquid=kind)).mean(axis=1))
        for kind in ("water", "sand")
    )
    assert sand > 1.2 * water


def test_without_drops_nothing_is_heard() -> None:
    assert not effects(*dripping(())).any()


def test_a_filled_tumbler_is_a_third_lower_than_an_empty_one() -> None:
    tumbler = instruments(*single("glass"))[0]
    ratio = first_mode_hz(filled(tumbler, "water")) / first_mode_hz(tumbler)
    assert 0.6 < ratio < 0.9
    assert filled(tumbler, None) == tumbler


def test_a_large_body_splashes_lower_and_longer_than_a_small_one() -> None:
    noise = noise_bank(np.random.default_rng(0))
    small, large = (entry(size, 4.0, noise, np.random.default_rng(1)) for size in (0.04, 1.2))
    assert centroid_hz(large) < 0.6 * centroid_hz(small)
    assert large.std() > small.std()


def test_a_splash_is_heard_at_its_instant() -> None:
    event = Event(time_s=1.0, kind="splash", body="stone", other="pond", speed_m_s=4.0)
    plan = plan_of([("stone", "brick", "stone")], duration_s=2.0, kind="sea")
    motion = motion_of([("stone", "stone", 0.2, 3.0)], events=[event], duration_s=2.0)
    sound = np.abs(effects(plan, motion)).max(axis=1)
    assert sound[:47_990].max() < 1e-9
    assert sound[48_000:48_480].max() > 0.05
