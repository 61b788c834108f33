"""A payload is recognised among those given out, where too little is left of it to be spelled out."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.shield.marks.code import Code
from flow_nb.shield.marks.gather import spans
from flow_nb.shield.marks.known import Known, tail
from flow_nb.shield.marks.pattern import CODE, PATTERNS, Pattern, pattern_of
from flow_nb.shield.marks.reading import Reading
from flow_nb.shield.marks.video_find import find_in
from tests.shield.marks.test_video import FPS, KEY, PAYLOAD, marked, pan, through_x264

GIVEN_OUT = [int(one) for one in np.random.default_rng(3).integers(0, 1 << 63, 1000)]


def heard(payload: int, strength: float, seed: int = 0) -> Reading:
    """The signs of a payload in noise of 1."""
    noise = np.random.default_rng(seed).normal(0, 1, CODE.length)
    soft = (strength * CODE.encode(payload) + noise).astype(np.float32)
    return Reading(soft=soft, spread=CODE.length**0.5)


def test_the_signs_of_many_payloads_are_those_of_each() -> None:
    for code in (CODE, Code(32)):
        some = [0, 1, (1 << code.payload_bits) - 1, *(one >> 32 for one in GIVEN_OUT[:5])]
        each = np.stack([code.encode(one) for one in some])
        assert np.array_equal(code.encode_all(some), each)
        assert code.encode_all([]).shape == (0, code.length)


def test_half_a_marks_strength_is_enough_to_recognise_it_and_not_to_spell_it_out() -> None:
    pattern = Pattern(KEY, pattern_of(KEY, PAYLOAD))
    reading = heard(PAYLOAD, 0.42)
    assert CODE.decode(reading.soft[None]) == [None]
    told = Known(KEY, [*GIVEN_OUT, PAYLOAD]).told(pattern, reading)
    assert told is not None
    assert told.payload == PAYLOAD
    assert told.false_alarm < CODE.false_alarm
    assert Known(KEY, GIVEN_OUT).told(pattern, reading) is None
    assert Known(KEY).told(pattern, reading) is None


def test_noise_and_other_marks_are_none_of_a_thousand() -> None:
    known = Known(KEY, GIVEN_OUT)
    patterns = [Pattern(KEY, index) for index in range(PATTERNS)]
    for seed in range(25):
        other = int(np.random.default_rng(seed + 99).integers(0, 1 << 63))
        for reading in (heard(0, 0.0, seed), heard(other, 2.0, seed)):
            assert not any(known.told(pattern, reading) for pattern in patterns)


def test_the_chance_of_a_false_alarm_grows_with_what_was_given_out() -> None:
    pattern, reading = Pattern(KEY, pattern_of(KEY, PAYLOAD)), heard(PAYLOAD, 0.7)
    few, many = (
        Known(KEY, [*GIVEN_OUT[:count], PAYLOAD]).told(pattern, reading) for count in (9, 999)
    )
    assert few is not None
    assert many is not None
    assert many.false_alarm == pytest.approx(100 * few.false_alarm)
    assert tail(0.0) == 1.0


def test_a_third_of_a_second_through_x264_crf_36_is_recognised_by_its_own_key_alone() -> None:
    span = next(spans(through_x264(marked(pan(1, 9)), 36), FPS))
    assert find_in(span, KEY, fps=FPS).payload is None
    found = find_in(span, KEY, fps=FPS, known=[*GIVEN_OUT, PAYLOAD])
    assert found.payload == PAYLOAD
    assert found.false_alarm < 1e-4
    assert find_in(span, b"another", fps=FPS, known=[*GIVEN_OUT, PAYLOAD]).payload is None
