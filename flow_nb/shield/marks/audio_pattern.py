"""Where a sound carries its mark. In: a key. Out: which cell of time and frequency says what.

Time is cut into chips of 80 ms, 48 of them to a period of 3.84 s; 300 Hz to 7 kHz into rows. In its
cell a sign makes the first half of the chip louder and the second softer (+1), or the other way (-1).
A quarter of the cells are pilots, known from the key; the others repeat the coded signs of the
payload, so laid out that a few rows for a whole period, or a few chips on all rows, hold them all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.code import Code

PAYLOAD_BITS = 32
CODE = Code(payload_bits=PAYLOAD_BITS)

CHIP_S = 0.08
CHIPS = 48
PERIOD_S = CHIP_S * CHIPS
LOWEST_HZ, HIGHEST_HZ = 300.0, 7_000.0
_ROW_HZ, _ROW_SHARE = 75.0, 0.03
_PILOT_EVERY = 4


def row_edges_hz(step_hz: float = 25.0) -> NDArray[np.float64]:
    """The edges of the rows (rows + 1,), whole multiples of ``step_hz``."""
    edges = [LOWEST_HZ]
    while edges[-1] < HIGHEST_HZ:
        width = max(_ROW_HZ, _ROW_SHARE * edges[-1])
        edges.append(edges[-1] + step_hz * round(width / step_hz))
    return np.array(edges)


ROWS = len(row_edges_hz()) - 1


@dataclass(frozen=True)
class Pattern:
    """The cells of one key, as arrays (rows, chips)."""

    key: bytes

    @cached_property
    def pilots(self) -> NDArray[np.int8]:
        """±1 where the key alone decides, 0 where the payload does."""
        return np.where(_IS_PILOT, self._signs, 0).astype(np.int8)

    def cells(self, payload: int) -> NDArray[np.int8]:
        """±1 in every cell."""
        coded = CODE.encode(payload)
        return np.where(_IS_PILOT, self._signs, self._signs * coded[_PLACE]).astype(np.int8)

    def gather(self, heard: NDArray[np.floating]) -> NDArray[np.float32]:
        """Soft values of the coded signs (n, CODE.length) from what was heard (n, rows, chips)."""
        signed = np.where(_IS_PILOT, 0, heard * self._signs).reshape(len(heard), ROWS * CHIPS)
        soft = np.zeros((len(heard), CODE.length), np.float32)
        for row, one in enumerate(signed):
            soft[row] = np.bincount(_PLACE.ravel(), one, CODE.length)
        return soft

    def chance(self, use: str) -> np.random.Generator:
        """A generator that the key alone decides."""
        return np.random.default_rng(int.from_bytes(self._secret(use, 32)))

    def _secret(self, use: str, size: int) -> bytes:
        """Bytes that tell nothing about the key (SHAKE-256)."""
        return hashlib.shake_256(b"flow_nb sound mark, " + use.encode() + b"\0" + self.key).digest(
            size
        )

    @cached_property
    def _signs(self) -> NDArray[np.int8]:
        bits = np.unpackbits(np.frombuffer(self._secret("signs", ROWS * CHIPS // 8), np.uint8))
        return (1 - 2 * bits.astype(np.int8)).reshape(ROWS, CHIPS)


_rows, _chips = np.indices((ROWS, CHIPS))
_IS_PILOT = (_rows + 2 * _chips + _chips // 2) % _PILOT_EVERY == 0
_PLACE = np.where(_IS_PILOT, 0, (np.cumsum(~_IS_PILOT) - 1).reshape(ROWS, CHIPS) % CODE.length)
