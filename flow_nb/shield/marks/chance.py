"""Keyed chance that never changes. In: a key and a label. Out: words, orders, signs.

SHAKE-256 rather than a generator of a numeric library: a mark must be found again by every later
version, and nobody without the key may guess it.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray


def words(key: bytes, label: str, count: int) -> NDArray[np.uint64]:
    """``count`` words of 64 bits."""
    seed = hashlib.sha256(len(key).to_bytes(8, "big") + key + label.encode()).digest()
    return np.frombuffer(hashlib.shake_256(seed).digest(8 * count), "<u8")


def order(key: bytes, label: str, count: int) -> NDArray[np.intp]:
    """The numbers from 0 to ``count`` - 1 in a keyed order."""
    return np.argsort(words(key, label, count), kind="stable")


def signs(key: bytes, label: str, count: int) -> NDArray[np.int8]:
    """±1, ``count`` of them."""
    return (1 - 2 * (words(key, label, count) >> np.uint64(63)).astype(np.int8)).astype(np.int8)
