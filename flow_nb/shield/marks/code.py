"""The code of the marks. In: a payload, as an integer. Out: coded signs, ±1; and back, from soft values.

A payload gets a check of 24 bits (CRC-24 of RFC 4880), then a tail-biting convolutional code of rate
1/4 and constraint length 12 (generators 4767, 5723, 6265, 7455 octal, free distance 32; Larsen 1973),
is scrambled and interleaved. Read with the Viterbi algorithm run twice around the circle, for many
candidates at once; the best few ends of the circle are each held against the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.chance import order, signs

CHECK_BITS = 24
_CRC24_POLYNOMIAL, _CRC24_START = 0x864CFB, 0xB704CE
_GENERATORS = (0o4767, 0o5723, 0o6265, 0o7455)
_MEMORY = 11
_STATES = 1 << _MEMORY
_RATE = len(_GENERATORS)
_ENDS_TRIED = 8
_CANDIDATES_AT_ONCE = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """A payload whose check came out right."""

    payload: int
    score: float
    """Mean of soft value times sign, over the mean magnitude of the soft values: 1 is noiseless."""
    false_alarm: float
    """How likely chance alone passes the check, for one candidate."""


@dataclass(frozen=True)
class Code:
    """The code for payloads of a fixed length.

    >>> code = Code(payload_bits=32)
    >>> code.length
    224
    >>> code.decode(code.encode(123456).astype(float)[None])[0].payload
    123456
    """

    payload_bits: int

    @property
    def bits(self) -> int:
        """Bits of payload and check together."""
        return self.payload_bits + CHECK_BITS

    @property
    def length(self) -> int:
        """Coded signs for one payload."""
        return self.bits * _RATE

    @property
    def false_alarm(self) -> float:
        """How likely chance alone passes the check, for one candidate: tried ends times 2^-24."""
        return _ENDS_TRIED * 0.5**CHECK_BITS

    def encode(self, payload: int) -> NDArray[np.int8]:
        """The signs (length,), ±1, that stand for a payload of 0 to 2^payload_bits - 1."""
        if not 0 <= payload < 1 << self.payload_bits:
            raise ValueError(f"payload {payload} does not fit in {self.payload_bits} bits")
        return self._signs_of(_bits_of(_with_check(payload, self.payload_bits), self.bits))

    def encode_all(self, payloads: Sequence[int]) -> NDArray[np.int8]:
        """The signs (payloads, length) of many at once: the code is linear, its basis coded once."""
        kinds = np.dtype(">u8")
        packed = np.array(payloads, kinds).view(np.uint8).reshape(len(payloads), 8)
        bits = np.unpackbits(packed, axis=1)[:, 64 - self.payload_bits :]
        flipped = bits.astype(np.float32) @ self._basis
        return np.asarray(self.encode(0) * (1 - 2 * (flipped.astype(np.int32) & 1)), np.int8)

    def decode(self, soft: NDArray[np.floating]) -> list[Decoded | None]:
        """What each row of soft values (candidates, length) says, None where no check holds."""
        found: list[Decoded | None] = []
        for start in range(0, len(soft), _CANDIDATES_AT_ONCE):
            rows = np.asarray(soft[start : start + _CANDIDATES_AT_ONCE], np.float32)
            words = _around(self._in_order(rows))
            found += [self._checked(row, tried) for row, tried in zip(rows, words, strict=True)]
        return found

    def _checked(self, row: NDArray[np.float32], words: NDArray[np.uint8]) -> Decoded | None:
        magnitude = float(np.abs(row).mean())
        if magnitude == 0:
            return None
        for word in words:
            value = int("".join(map(str, word)), 2)
            payload = value >> CHECK_BITS
            if _with_check(payload, self.payload_bits) == value:
                score = float((row * self._signs_of(word)).mean()) / magnitude
                return Decoded(payload=payload, score=score, false_alarm=self.false_alarm)
        return None

    def _signs_of(self, word: NDArray[np.uint8]) -> NDArray[np.int8]:
        circle = np.concatenate([word[-_MEMORY:], word])
        windows = np.lib.stride_tricks.sliding_window_view(circle, _MEMORY + 1)
        coded = windows.astype(np.int16) @ _TAPS & 1
        return ((1 - 2 * coded.reshape(-1)) * self._scramble)[self._order].astype(np.int8)

    def _in_order(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        ordered = np.empty_like(rows)
        ordered[:, self._order] = rows
        return (ordered * self._scramble).reshape(len(rows), self.bits, _RATE)

    @cached_property
    def _basis(self) -> NDArray[np.float32]:
        """(payload_bits, length): 1 where a payload's bit, the highest first, turns a sign over."""
        places = range(self.payload_bits - 1, -1, -1)
        coded = np.stack([self.encode(1 << place) for place in places])
        return np.asarray(coded != self.encode(0), np.float32)

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return order(b"", f"flow_nb code order {self.payload_bits}", self.length)

    @cached_property
    def _scramble(self) -> NDArray[np.int8]:
        return signs(b"", f"flow_nb code scramble {self.payload_bits}", self.length)


def _around(soft: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The likeliest words (candidates, ends tried, bits) for soft values (candidates, bits, 4).

    State t, the last 11 bits with the newest on top, follows from states 2t and 2t + 1 (modulo 2048).
    Every generator takes in the newest and the oldest bit, so the four branches of such a pair bear
    the metrics +x, -x, -x, +x: x is looked up once.
    """
    candidates, bits, _ = soft.shape
    half = _STATES // 2
    branches = soft @ _BRANCH_SIGNS
    metric = np.zeros((candidates, _STATES), np.float32)
    from_odd = np.empty((bits, candidates, _STATES), np.bool_)
    for step in range(2 * bits):
        x = branches[:, step % bits]
        even, odd = metric[:, ::2], metric[:, 1::2]
        straight, crossed = (even + x, odd - x), (even - x, odd + x)
        metric = np.empty_like(metric)
        np.maximum(*straight, out=metric[:, :half])
        np.maximum(*crossed, out=metric[:, half:])
        if step >= bits:
            np.greater(straight[1], straight[0], out=from_odd[step - bits, :, :half])
            np.greater(crossed[1], crossed[0], out=from_odd[step - bits, :, half:])
    ends = np.argpartition(metric, -_ENDS_TRIED, axis=1)[:, -_ENDS_TRIED:]
    ranks = np.argsort(-np.take_along_axis(metric, ends, axis=1), axis=1)
    state = np.take_along_axis(ends, ranks, axis=1)
    words = np.empty((candidates, _ENDS_TRIED, bits), np.uint8)
    rows = np.arange(candidates)[:, None]
    for step in range(bits - 1, -1, -1):
        words[:, :, step] = state >> (_MEMORY - 1)
        state = ((state << 1) & (_STATES - 1)) | from_odd[step, rows, state]
    return words


def _with_check(payload: int, payload_bits: int) -> int:
    """The payload with its CRC-24 behind it, taken bit by bit, the highest first."""
    check = _CRC24_START
    for place in range(payload_bits - 1, -1, -1):
        check ^= ((payload >> place) & 1) << (CHECK_BITS - 1)
        check <<= 1
        if check >> CHECK_BITS:
            check ^= (1 << CHECK_BITS) | _CRC24_POLYNOMIAL
    return (payload << CHECK_BITS) | check


def _bits_of(value: int, count: int) -> NDArray[np.uint8]:
    return np.array([(value >> place) & 1 for place in range(count - 1, -1, -1)], np.uint8)


_TAPS = np.array([_bits_of(one, _MEMORY + 1)[::-1] for one in _GENERATORS], np.int16).T
"""(12, 4): row k tells which outputs take in the bit at window place k, oldest first."""


def _branch_signs() -> NDArray[np.float32]:
    """(4, 1024): the signs sent when a 0 enters state 2t: x for the pair t is their sum with soft values."""
    states = np.arange(0, _STATES, 2)
    window = (
        states[:, None] >> np.arange(_MEMORY)
    ) & 1  # oldest bit first, the entering 0 left out
    return (1 - 2 * (window @ _TAPS[:_MEMORY] & 1)).T.astype(np.float32)


_BRANCH_SIGNS = _branch_signs()
