"""Feet: heel, then toe; by pace, by shoe, by ground; hooves and paws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.foley import foley, performance
from flow_nb.engines.stage.sound.grains import crumble, grains
from flow_nb.engines.stage.sound.strike import strike
from flow_nb.plan.motion import Event
from tests.engines.stage.sound.motions import motion_of, plan_of, touch
from tests.engines.stage.sound.onsets import centroid_hz, onsets_s

BONES = ("pelvis", "foot-left", "foot-right")
STEPS_S = (0.6, 1.15, 1.7, 2.25)


def walking(*, speed=1.3, kind="kitchen", floor="hardwood", noun="man", steps_s=STEPS_S):
    """A man who goes along x; his feet come down at ``steps_s``."""
    plan = plan_of([("man", "person", "cloth")], kind=kind, duration_s=3.0)
    plan = plan.model_copy(update={"bodies": (plan.bodies[0].model_copy(update={"noun": noun}),)})
    bodies = [("man", "cloth", 1.75, 70.0)]
    bodies += [(f"man/{bone}", "rubber" if "foot" in bone else "cloth", 0.2, 1.0) for bone in BONES]
    touches = [
        touch(t, 2 + k % 2, speed=0.05, impulse=3.0, point=(speed * t, 0, 0))
        for k, t in enumerate(steps_s)
    ]
    events = [Event(time_s=t, kind="step", body="man", other="set") for t in steps_s]
    motion = motion_of(bodies, touches, events=events, duration_s=3.0, floor=floor)
    places = motion.positions_m.copy()
    places[:, :, 0] = speed * np.arange(len(places))[:, None] / 240
    return plan, replace(motion, positions_m=places)


def effects(plan, motion):
    return foley(plan, motion, ear=FRONT, rng=np.random.default_rng(1))


def test_a_step_is_heard_at_its_contact_with_the_heel_and_then_the_toe() -> None:
    hits, _ = performance(*walking(), np.random.default_rng(0))
    assert len(hits) == 2 * len(STEPS_S)
    assert hits.time_s[::2] == pytest.approx(STEPS_S)
    assert hits.time_s[1] - hits.time_s[0] == pytest.approx(0.1, abs=0.01)
    assert (hits.level[1::2] < hits.level[::2]).all()
    heard = onsets_s(effects(*walking()))
    assert np.abs(np.array(STEPS_S)[:, None] - heard).min(axis=1).max() < 0.005


def test_who_runs_is_louder_than_who_walks_and_who_sneaks_is_quieter() -> None:
    levels = [
        performance(*walking(speed=v), np.random.default_rng(0))[0].level[0]
        for v in (0.4, 1.3, 4.0)
    ]
    assert levels[0] < 0.8 * levels[1] < 0.5 * levels[2]


def test_grounds_differ_as_grounds_do() -> None:
    def first(kind, floor):
        hits, players = performance(*walking(kind=kind, floor=floor), np.random.default_rng(0))
        wave = strike(hits, 0, players, np.random.default_rng(1)).astype(float)
        return centroid_hz(wave), len(wave)

    sand, wood, grass = (
        first(*k) for k in (("beach", "sand"), ("kitchen", "hardwood"), ("park", "grass"))
    )
    assert grass[0] > 1.2 * wood[0]
    assert sand[0] > 1.2 * wood[0]


def test_shoes_are_those_of_the_wardrobe() -> None:
    materials = {
        performance(*walking(noun=noun), np.random.default_rng(0))[1].bodies[2].material.name
        for noun in ("firefighter", "ballerina", "astronaut", "chef", "king", "man", "boxer")
    }
    assert len(materials) >= 2


@pytest.mark.parametrize("name", list(grains()))
def test_a_crunch_begins_at_once_and_is_always_the_same(name) -> None:
    row = grains()[name]
    wave = crumble(row, 1.0, np.random.default_rng(4))
    assert np.array_equal(wave, crumble(row, 1.0, np.random.default_rng(4)))
    assert np.isfinite(wave).all()
    assert np.abs(wave[:480]).max() > 0.05 * np.abs(wave).max()
    assert np.abs(wave[-48:]).max() < 0.25 * np.abs(wave).max()
    assert row.low_hz / 3 < centroid_hz(wave.astype(float)) < 1.5 * row.high_hz


def test_a_firm_step_breaks_more_grains_than_a_soft_one() -> None:
    row = grains()["gravel"]
    soft, firm = (crumble(row, f, np.random.default_rng(4)) for f in (0.1, 1.0))
    assert len(soft) < len(firm)


def animal(prop, speed_m_s, size_m, mass_kg, *, kind="street"):
    plan = plan_of([("beast", prop, "fur")], kind=kind, duration_s=3.0)
    motion = motion_of([("beast", "fur", size_m, mass_kg)], duration_s=3.0, floor="asphalt")
    places = motion.positions_m.copy()
    places[:, 0, 0] = speed_m_s * np.arange(len(places)) / 240
    return plan, replace(motion, positions_m=places)


def test_a_horse_is_heard_by_its_hooves_and_a_cat_hardly_at_all() -> None:
    horse, _ = performance(*animal("horse", 4.0, 2.0, 450), np.random.default_rng(0))
    cat, _ = performance(*animal("cat", 0.8, 0.5, 4.5), np.random.default_rng(0))
    assert len(horse) > 10
    assert len(cat) > 5
    assert cat.level.max() < 0.1 * horse.level.max()


def test_an_animal_that_stands_is_silent() -> None:
    assert not effects(*animal("horse", 0.0, 2.0, 450)).any()
