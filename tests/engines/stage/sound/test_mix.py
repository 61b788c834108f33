"""The limiter holds the ceiling, keeps the time, and leaves quiet things alone."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.limit import reduction_db
from flow_nb.engines.stage.sound.loudness import loudness_lufs, peaks, true_peak_db
from flow_nb.engines.stage.sound.mix import mix


def clicks(gain, *, at=(24_000, 60_000), count=96_000):
    out = np.zeros((count, 2))
    for begin in at:
        t = np.arange(9_600)
        out[begin : begin + 9_600] += (gain * np.exp(-t / 1_500) * np.sin(t * 0.31))[:, None]
    return out


AIR = 1e-3 * np.random.default_rng(1).standard_normal((96_000, 2))


@pytest.mark.parametrize("gain", [0.01, 0.3, 3.0, 100.0])
def test_no_peak_passes_the_ceiling_however_loud_it_comes_in(gain) -> None:
    assert true_peak_db(mix(clicks(gain), AIR).astype(float)) <= -1.0


def test_a_peak_between_the_samples_is_seen() -> None:
    t = np.arange(4_800)
    sine = np.sin(2 * np.pi * t / 4 + np.pi / 4)
    assert np.abs(sine).max() < 0.71
    assert true_peak_db(np.stack([sine, sine], axis=-1)[400:-400]) == pytest.approx(0, abs=0.3)


def test_the_limiter_is_down_before_the_peak_and_up_again_after_it() -> None:
    peak = np.full(9_600, 0.1)
    peak[4_800] = 4.0
    down = reduction_db(peak)
    assert down[4_800] >= 20 * np.log10(4.0) + 1.0
    assert down[4_600] == 0
    assert down[-1] == 0
    assert np.abs(np.diff(down)).max() < 0.5


def test_limiting_does_not_move_an_onset() -> None:
    out = np.abs(mix(clicks(30.0), AIR)[:, 0])
    assert abs(int(np.argmax(out > 0.1)) - 24_000) < 24


def test_the_air_keeps_its_level_under_loud_and_quiet_effects() -> None:
    for gain in (0.05, 5.0):
        before = mix(clicks(gain), AIR)[2_400:20_000].astype(float)
        assert before.std() == pytest.approx(AIR.std(), rel=0.25)


def test_loudness_of_silence_is_a_number() -> None:
    assert loudness_lufs(np.zeros((100, 2))) <= -100
    assert peaks(np.zeros((100, 2))).max() == 0
