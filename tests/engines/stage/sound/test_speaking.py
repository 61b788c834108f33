"""What is said stands over what happens, and is where its speaker is."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.duck import Ducking, depth_db, ducked
from flow_nb.engines.stage.sound.ear import FRONT
from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.engines.stage.sound.mix import EFFECTS_UNDER_DIALOGUE, mix
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from flow_nb.engines.stage.sound.speaking import dialogue
from flow_nb.plan.look import Camera
from flow_nb.props.archetypes import sets
from tests.engines.stage.sound.motions import motion_of, plan_of, shattering
from tests.engines.stage.sound.speech import line

RULE = Ducking(beneath_db=9.0, most_db=12.0)


def noise(level, count=192_000):
    return level * np.random.default_rng(5).standard_normal((count, 2))


def voice(*lines, x=0.0, size="full"):
    plan = plan_of([("mara", "person", "skin")]).model_copy(update={"camera": Camera(size=size)})
    motion = motion_of([("mara", "skin", 1.7, 60.0)])
    places = motion.positions_m.copy()
    places[:, 0, 0], places[:, 0, 2] = x, 1.2
    moved = motion_of([("mara", "skin", 1.7, 60.0)])
    object.__setattr__(moved, "positions_m", places)
    row, rng = sets()["kitchen"], np.random.default_rng(1)
    return dialogue(lines, plan, moved, row=row, ear=FRONT, rng=rng)


def test_noise_steps_back_while_somebody_speaks_and_only_then() -> None:
    said = voice(line(1.5, 1.0))
    depth = depth_db(noise(0.2), said * 3, RULE)
    assert depth[:48_000].max() == 0
    assert depth[80_000:110_000].min() > 6
    assert depth.max() <= 12 + 1e-9
    assert depth[-30_000:].max() == 0
    assert np.abs(np.diff(depth)).max() * 48 < 0.25


def test_what_is_quiet_anyway_does_not_step_back() -> None:
    said, faint = voice(line(1.5, 1.0)), noise(1e-4)
    assert np.array_equal(ducked(faint, said, RULE), faint)


def test_effects_lie_beneath_the_words() -> None:
    said, loud = voice(line(1.0, 2.0)), noise(0.1)
    alone = mix(loud, noise(1e-5)).astype(float)
    both = mix(loud, noise(1e-5), dialogue=said).astype(float)
    quiet = mix(0 * loud, noise(1e-5), dialogue=said).astype(float)
    pause = slice(9_600, 36_000)
    step = 20 * np.log10(both[pause].std() / alone[pause].std())
    assert abs(step) < 3
    assert loudness_lufs(both) == pytest.approx(-16, abs=0.5)
    assert loudness_lufs(quiet) == pytest.approx(-16, abs=0.5)


def test_speech_and_a_smash_stay_within_bounds() -> None:
    sound = soundtrack(*shattering(), speech=[line(0.4, 2.0)]).astype(float)
    assert loudness_lufs(sound) == pytest.approx(-16, abs=0.5)
    assert true_peak_db(sound) <= -1.0
    assert EFFECTS_UNDER_DIALOGUE.most_db == 12.0


def test_a_voice_begins_at_its_instant() -> None:
    said = voice(line(1.0, 0.5))
    assert np.abs(said[:48_000]).max() < 1e-12
    assert np.abs(said[48_000:49_000]).max() > 0


@pytest.mark.parametrize(("x", "near"), [(1.5, 1), (-1.5, 0)])
def test_a_speaker_on_one_side_is_heard_there_but_on_both(x, near) -> None:
    power = (voice(line(1.0, 1.0), x=x) ** 2).sum(axis=0)
    ratio_db = 10 * np.log10(power[near] / power[1 - near])
    assert 0.8 < ratio_db < 6


def test_a_close_up_is_drier_and_nearer_than_a_wide_shot() -> None:
    near, far = (voice(line(1.0, 1.0), size=size) for size in ("close-up", "wide"))
    assert (near**2).sum() > 1.3 * (far**2).sum()
    tail = slice(48_000 * 2 + 4_800, 48_000 * 2 + 9_600)
    assert (near[tail] ** 2).sum() < (far[tail] ** 2).sum()


def test_a_voice_of_nobody_in_the_picture_is_in_the_middle() -> None:
    power = (voice(line(1.0, 1.0, speaker="THE NARRATOR"), x=2.0) ** 2).sum(axis=0)
    assert power[0] == pytest.approx(power[1], rel=0.15)


def test_a_line_past_the_end_is_cut_there_and_silence_is_a_line() -> None:
    assert voice(line(3.5, 2.0)).shape == (192_000, 2)
    assert not voice(line(1.0, 1.0, gain=0.0)).any()
