"""The code of the marks: round trips through noise, and chance alone passes no check."""

from __future__ import annotations

import numpy as np
import pytest

from flow_nb.shield.marks.code import Code

PAYLOADS = {32: 0xC0FFEE, 64: 0x0123456789ABCDEF, 48: 0}


@pytest.mark.parametrize("payload_bits", PAYLOADS)
def test_payload_comes_back_from_under_noise_stronger_than_its_signs(payload_bits: int) -> None:
    code = Code(payload_bits)
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((40, code.length))
    soft = 0.9 * code.encode(PAYLOADS[payload_bits]) + noise
    found = [one.payload if one else None for one in code.decode(soft)]
    assert found.count(PAYLOADS[payload_bits]) >= 38
    assert set(found) <= {PAYLOADS[payload_bits], None}


def test_score_of_a_clean_word_is_one() -> None:
    code = Code(64)
    (found,) = code.decode(3.0 * code.encode(2**64 - 1)[None])
    assert found is not None
    assert found.score == pytest.approx(1.0)


def test_noise_and_silence_carry_nothing() -> None:
    code = Code(64)
    noise = np.random.default_rng(2).standard_normal((300, code.length))
    noise[0], noise[1] = 0, 1
    assert code.decode(noise) == [None] * 300


def test_payload_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit in 32 bits"):
        Code(32).encode(1 << 32)
