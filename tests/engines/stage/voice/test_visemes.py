"""Mouths move with the sounds."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.engines.stage.voice.spoken import Phone
from flow_nb.engines.stage.voice.visemes import (
    CLOSED,
    CURVES,
    JAW,
    ROUND,
    TUCKED,
    accents,
    mouth_curves,
)  # fmt: skip


def word(*sounds: tuple[str, float, int], at_s: float = 0.1) -> list[Phone]:
    phones = []
    for symbol, lasts_s, stress in sounds:
        phones.append(Phone(symbol=symbol, start_s=at_s, end_s=at_s + lasts_s, stress=stress))
        at_s += lasts_s
    return phones


MOM = word(("m", 0.07, 1), ("ɑ", 0.16, 1), ("m", 0.08, 0))


@pytest.mark.parametrize("fps", [12, 24])
@pytest.mark.parametrize("shift_s", np.linspace(0, 0.08, 9))
def test_lips_close_on_m_b_and_p_within_a_frame(fps: int, shift_s: float) -> None:
    phones = word(
        ("m", 0.03, 1),
        ("I", 0.2, 1),
        ("b", 0.025, 0),
        ("ɑ", 0.2, 1),
        ("p", 0.05, 0),
        at_s=0.1 + shift_s,
    )
    times_s = np.arange(0, 1, 1 / fps)
    shut = mouth_curves(phones, times_s)[:, CLOSED]
    for phone in phones:
        if phone.symbol in "mbp":
            touching = times_s[shut > 0.95]
            gap_s = np.abs(touching - (phone.start_s + phone.end_s) / 2).min()
            assert gap_s <= 1 / fps


def test_between_two_closures_the_mouth_opens() -> None:
    times_s = np.arange(0, 0.6, 1 / 24)
    curves = mouth_curves(MOM, times_s)
    assert curves.shape == (len(times_s), len(CURVES))
    middle = int(np.abs(times_s - 0.25).argmin())
    assert curves[middle, JAW] > 0.5
    assert curves[middle, CLOSED] < 0.2
    assert (curves[curves[:, CLOSED] > 0.95, JAW] < 0.05).all()


def test_the_mouth_rests_before_and_after() -> None:
    curves = mouth_curves(MOM, np.array([0.0, 0.9, 2.0]))
    assert not curves.any()


def test_lips_are_round_for_oo_and_tucked_for_f() -> None:
    times_s = np.arange(0, 1, 1 / 24)
    curves = mouth_curves(word(("f", 0.1, 1), ("u", 0.25, 1)), times_s)
    assert curves[:, TUCKED].max() > 0.95
    assert curves[:, ROUND].max() > 0.8


def test_nobody_speaks_and_no_frames_are_nothing() -> None:
    assert not mouth_curves([], np.arange(3.0)).any()
    assert mouth_curves(MOM, np.zeros(0)).shape == (0, len(CURVES))


def test_accents_are_stressed_syllables_apart_from_each_other() -> None:
    phones = word(
        ("b", 0.05, 1), ("ɪ", 0.1, 1), ("ɡ", 0.05, 1), ("ə", 0.05, 0), ("b", 0.05, 1),
        ("W", 0.25, 1), ("n", 0.1, 0), ("ɑ", 0.2, 1),
    )  # fmt: skip
    found = accents(phones)
    assert [round(a.time_s, 3) for a in found] == [0.525] or len(found) == 2
    assert max(a.strength for a in found) == 1.0
    gaps = np.diff([a.time_s for a in found])
    assert (gaps >= 0.35).all()
