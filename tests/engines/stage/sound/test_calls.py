"""Who calls: by verb and by body, at the action's time, with the pitch that such a thing has."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.calls import call_of, callers, calls
from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.foley import foley
from flow_nb.engines.stage.sound.throat import MAKERS, pluck
from flow_nb.plan.plan import Action, Body
from flow_nb.props.archetypes import archetypes
from tests.engines.stage.sound.motions import motion_of, plan_of


def shot(prop, lemma, *, noun=None, start_s=0.5, verb="gesture", expected=False):
    plan = plan_of([("it", prop, "fur")], duration_s=3.0, kind="street")
    body = plan.bodies[0].model_copy(update={"noun": noun or prop})
    action = Action(verb=verb, body="it", lemma=lemma, start_s=start_s, expected=expected)
    plan = plan.model_copy(update={"bodies": (body,), "actions": (action,)})
    return plan, motion_of([("it", "fur", 0.6, 10.0)], duration_s=3.0)


def effects(plan, motion):
    return foley(plan, motion, ear=FRONT, rng=np.random.default_rng(1)).mean(axis=1)


def test_a_dog_barks_when_it_is_told_and_several_times() -> None:
    sound = np.abs(effects(*shot("dog", "bark")))
    assert sound[:23_990].max() < 1e-9
    loud = np.convolve(sound, np.ones(4_800) / 4_800, mode="same") > 0.1 * sound.max()
    assert 3 <= np.count_nonzero(np.diff(loud.astype(int)) > 0) <= 6


@pytest.mark.parametrize(("prop", "lemma"), [("horse", "bark"), ("cat", "moo"), ("dog", "run")])
def test_what_cannot_call_so_is_silent(prop, lemma) -> None:
    assert not effects(*shot(prop, lemma)).any()


def test_what_is_only_expected_is_not_heard() -> None:
    assert not effects(*shot("dog", "bark", expected=True)).any()


def test_a_church_bell_is_deeper_than_a_bell_and_both_are_bells_by_their_noun() -> None:
    small, large = (
        call_of("ring", Body(name="it", noun=noun, prop="cup", material="metal"))
        for noun in ("bell", "church bell")
    )
    assert small is not None
    assert large is not None
    assert large.pitch_hz[0] < small.pitch_hz[0]
    assert call_of("ring", Body(name="it", noun="cup", prop="cup", material="metal")) is None


def test_the_rows_name_props_and_makers_that_there_are() -> None:
    for row in calls():
        assert set(row.props) <= archetypes().keys(), row.name
        assert row.maker in MAKERS
        assert len(row.formants_hz) == len(row.widths_hz)
        assert len(row.partials) == len(row.gains) == len(row.decays_s)


@pytest.mark.parametrize("row", calls(), ids=lambda row: row.name)
def test_every_call_is_made_the_same_again_and_stays_within_bounds(row) -> None:
    wave, again = (MAKERS[row.maker](row, row.lasts_s, 0, np.random.default_rng(2)) for _ in "ab")
    assert np.array_equal(wave, again)
    assert np.isfinite(wave).all()
    assert 0.2 < np.abs(wave).max() <= 2.5
    assert np.abs(wave[-24:]).max() < 0.1


@pytest.mark.parametrize(("name", "low_hz", "high_hz"), [("moo", 75, 150), ("howl", 300, 640)])
def test_a_voice_has_the_pitch_of_its_row(name, low_hz, high_hz) -> None:
    row = next(row for row in calls() if row.name == name)
    wave = MAKERS[row.maker](row, row.lasts_s, 0, np.random.default_rng(2))
    part = wave[len(wave) // 2 :][:9_600] * np.hanning(9_600)
    like_itself = np.fft.irfft(np.abs(np.fft.rfft(part, 1 << 15)) ** 2)[:9_600]
    lag = 60 + np.argmax(like_itself[60:1_200])
    assert low_hz < 48_000 / lag < high_hz


def test_a_plucked_string_is_in_tune() -> None:
    wave = pluck(220.0, 48_000, np.random.default_rng(3))
    power = np.abs(np.fft.rfft(wave * np.hanning(48_000)))
    assert np.argmax(power[150:300]) + 150 == pytest.approx(220, abs=1)


def test_callers_are_the_plans_own_actions() -> None:
    plan, _ = shot("cow", "moo")
    assert [(action.lemma, body.name, row.name) for action, body, row in callers(plan)] == [
        ("moo", "it", "moo")
    ]
