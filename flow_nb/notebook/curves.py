"""Smooth curves as short texts. In: whole numbers, one for each point. Out: about a sign for each of them.

A curve is kept as its first value, its first difference and its second differences, which are small
where it is smooth; noughts at the end are left out. Every number is a variable-length quantity in
base64, five bits a sign and the lowest bit of the first for the minus, as in the source maps of
ECMA-426.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MORE = 32


def coded(values: NDArray[np.int64]) -> str:
    """The text of a curve (n,).

    >>> coded(np.array([3, 3, 3, 3])), coded(np.array([0, 1, 2, 3, 20]))
    ('G', 'ACAAgB')
    """
    steps = np.diff(values, prepend=0)
    steps[2:] = np.diff(steps[1:])
    told = np.flatnonzero(steps)
    return "".join(map(_sign, steps[: told[-1] + 1] if len(told) else ()))


def decoded(text: str, points: int) -> NDArray[np.int64]:
    """The curve (points,) of a text.

    >>> decoded("ACAAgB", 5).tolist()
    [0, 1, 2, 3, 20]
    """
    steps = np.zeros(points, np.int64)
    told = list(_numbers(text))[:points]
    steps[: len(told)] = told
    steps[1:] = np.cumsum(steps[1:])
    return np.cumsum(steps)


def _sign(value: int) -> str:
    left = abs(int(value)) << 1 | (value < 0)
    out = ""
    while True:
        part, left = left & 31, left >> 5
        out += _SIGNS[part | (_MORE if left else 0)]
        if not left:
            return out


def _numbers(text: str) -> Iterator[int]:
    value = shift = 0
    for sign in text:
        part = _SIGNS.index(sign)
        value |= (part & 31) << shift
        shift += 5
        if not part & _MORE:
            yield -(value >> 1) if value & 1 else value >> 1
            value = shift = 0
