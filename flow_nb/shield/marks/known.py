"""Payloads that a studio has given out. In: a key, payloads, a `Reading`. Out: the one that it bears.

Where too little is left of a mark to spell a payload out, it can still be enough to tell which of a few
thousand it is: the soft values are summed under the signs of each. Under any signs that owe nothing to
the key such a sum is one of coin tosses, whose tail is at most 3.18 times a normal one's (Bentkus and
Dzindzalieta 2015); that, times the number of payloads, is the chance of a false alarm. A strong mark of
the same key whose payload is none of these makes all sums larger: against it the soft values themselves
are the measure.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np

from flow_nb.shield.marks.code import Decoded
from flow_nb.shield.marks.pattern import CODE, PATTERNS, Pattern, pattern_of
from flow_nb.shield.marks.reading import Reading

_TOSSES_OVER_NORMAL = 3.18
_MOST_CHANCE = CODE.false_alarm
_MOST_CONFUSED = 1e-4


class Known:
    """The payloads of one key, sorted by the pattern that bears them."""

    def __init__(self, key: bytes, payloads: Collection[int] = ()) -> None:
        self._count = len(payloads)
        self._payloads: list[list[int]] = [[] for _ in range(PATTERNS)]
        for payload in payloads:
            self._payloads[pattern_of(key, payload)].append(payload)
        self._signs = [CODE.encode_all(some) for some in self._payloads]

    @property
    def false_alarm(self) -> float:
        """How likely chance alone is taken for one of them, for one candidate."""
        return _MOST_CHANCE if self._count else 0.0

    def told(self, pattern: Pattern, reading: Reading) -> Decoded | None:
        """The payload that the reading bears, None where chance could have said so."""
        some = self._payloads[pattern.index]
        if not some:
            return None
        sums = self._signs[pattern.index] @ reading.soft
        best = int(sums.argmax())
        highest, loudness = float(sums[best]), float(np.linalg.norm(reading.soft))
        chance = self._count * tail(highest / reading.spread)
        confused = self._count * tail(highest / max(loudness, reading.spread))
        if chance > _MOST_CHANCE or confused > _MOST_CONFUSED:
            return None
        score = highest / float(np.abs(reading.soft).sum())
        return Decoded(payload=some[best], score=score, false_alarm=chance)


def tail(deviations: float) -> float:
    """How likely a sum of tosses of coins exceeds so many of its standard deviations, at most.

    >>> tail(6.0) < 4e-9
    True
    """
    return min(1.0, _TOSSES_OVER_NORMAL * math.erfc(deviations / math.sqrt(2)) / 2)
