"""The meter agrees with the standard's, piece by piece; a levelled film keeps to its bounds."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.media import mux
from flow_nb.media.decode import samples
from flow_nb.media.loudness import Leveller, Meter, excess_db, film_gain_db
from tests.media.clips import clip, joined

SECOND = 48_000


def programme(seed=1, seconds=8):
    rng = np.random.default_rng(seed)
    level = np.repeat(rng.uniform(0.001, 0.4, seconds * 2), SECOND // 2)
    return rng.standard_normal((seconds * SECOND, 2)) * level[:, None] * 0.5


def pieces(sound, size):
    return [sound[i : i + size] for i in range(0, len(sound), size)]


@pytest.mark.parametrize("size", [1_024, 2_000, 47_999, 400_000])
def test_the_meter_hears_what_the_standard_hears_whatever_the_pieces(size) -> None:
    sound, meter = programme(), Meter()
    for piece in pieces(sound, size):
        meter.hear(piece)
    assert meter.lufs == pytest.approx(loudness_lufs(sound), abs=0.05)


def test_silence_is_no_number_to_be_raised() -> None:
    meter = Meter()
    meter.hear(np.zeros((SECOND, 2)))
    assert meter.lufs == -100
    assert film_gain_db(meter.lufs) == 0


@pytest.mark.parametrize("size", [2_000, 9_601, 100_000])
def test_everything_comes_out_in_order_and_only_louder(size) -> None:
    sound, leveller = 0.05 * programme(), Leveller(6.0)
    out = [leveller.level(piece) for piece in pieces(sound, size)] + [leveller.rest()]
    assert np.allclose(np.concatenate(out), sound * 10 ** (6 / 20), atol=1e-6)


@pytest.mark.parametrize("at", [500, 47_990, 48_010, 95_999])
def test_the_true_peak_is_found_wherever_the_pieces_end(at) -> None:
    t = np.arange(144_000) - at
    sound = np.repeat((0.9 * np.sinc((t + 0.5) / 3))[:, None], 2, axis=1)
    found = excess_db(pieces(sound, 1_024))
    assert found == pytest.approx(true_peak_db(sound) + 1.0, abs=0.05)
    assert excess_db(pieces(0.3 * sound, 1_024)) < 0


def test_no_peak_passes_the_ceiling_and_no_seam_is_heard() -> None:
    sound = programme(2)
    levelled = {}
    for size in (2_000, 30_000, len(sound)):
        leveller = Leveller(4.0)
        out = [leveller.level(piece) for piece in pieces(sound, size)] + [leveller.rest()]
        levelled[size] = np.concatenate(out).astype(float)
        assert true_peak_db(levelled[size]) <= -1.4
    assert np.abs(levelled[2_000] - levelled[len(sound)]).max() < 2e-3


def test_what_coding_adds_to_a_film_is_taken_away(tmp_path, monkeypatch) -> None:
    loud = clip(tmp_path / "a.mp4", 48, hum=0.95)
    found = iter([0.7, -0.1])
    monkeypatch.setattr(mux, "excess_db", lambda blocks: list(blocks) and next(found))
    monkeypatch.setattr(mux, "film_gain_db", lambda lufs: 0.0)
    assert joined([loud, loud], tmp_path / "film.mp4") == 96
    assert true_peak_db(samples(tmp_path / "film.mp4").astype(float)) < -2.4
