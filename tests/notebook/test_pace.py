from __future__ import annotations

import pytest

from flow_nb.notebook.pace import Pace, Whole

TOOK_S = {"plan": 1.0, "speak": 2.0, "solve": 6.0, "draw": 30.0, "seal": 1.0}


def shares(pace: Pace, took_s: dict[str, float]) -> list[tuple[float, float, float | None]]:
    """Of a take of 4 s at fast: seconds since its begin, the share told, the seconds left told."""
    now = [0.0]
    whole = Whole(pace.expected_s("fast", 4.0), pace.knows("fast"), clock=lambda: now[0])
    told = []
    for stage, length_s in took_s.items():
        begin_s = now[0]
        for i in range(51):
            now[0] = begin_s + length_s * i / 50
            told.append((now[0], *whole.told(stage, i / 50)))
    pace.learn("fast", 4.0, whole.spent_s)
    return told


def test_one_share_goes_from_nothing_to_all_and_never_back():
    told = [share for _, share, _ in shares(Pace(), TOOK_S)]
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == pytest.approx(1.0)


def test_an_end_is_foretold_only_when_the_drawing_has_begun_or_is_known():
    pace = Pace()
    first = shares(pace, TOOK_S)
    assert {left for time_s, _, left in first if time_s < 9} == {None}
    assert any(left is not None for _, _, left in first)


def test_the_second_take_is_foretold_within_a_tenth():
    pace = Pace()
    shares(pace, TOOK_S)
    again = [(t, s, left) for t, s, left in shares(pace, TOOK_S) if 5 < t < 39]
    whole_s = sum(TOOK_S.values())
    assert max(abs(share - t / whole_s) for t, share, _ in again) < 0.1
    late = [left - (whole_s - t) for t, _, left in again if left is not None]
    assert max(map(abs, late)) < 0.1 * whole_s


def test_what_is_found_again_weighs_nothing():
    told = shares(Pace(), {"plan": 0.0, "draw": 10.0, "seal": 0.5})
    assert told[-1][1] == pytest.approx(1.0)


def test_a_stage_that_nobody_expected_still_moves():
    told = [share for _, share, _ in shares(Pace(), {"film": 3.0})]
    assert told[-1] == pytest.approx(1.0)
