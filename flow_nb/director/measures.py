"""Numbers with units. In: tokens. Out: a `Measure` in metres, metres a second, seconds, kilograms, millimetres."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flow_nb.director.lexicon import Lexicon
from flow_nb.director.tokens import Token

HUGE = 1e12
"""Numbers are cut here: long before, every limit has refused them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """``kind`` is length, speed, time, mass or lens; ``length`` counts tokens."""

    kind: str
    value: float
    length: int


def number_at(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """A number in digits or words, and how many tokens it takes."""
    if at >= len(tokens):
        return None
    if tokens[at].kind == "number":
        value = float(tokens[at].lower.replace(",", ""))
        return 1, min(value, HUGE) if math.isfinite(value) else HUGE
    found = lexicon.find(tokens, at, "number")
    return (found[0], found[1].number) if found else None


def measure_at(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> Measure | None:
    """ "2 metres", "1.5 m", "three feet", "a metre", "half a metre", "two and a half metres"."""
    found = number_at(lexicon, tokens, at) or _article(tokens, at)
    if found is None:
        return None
    length, value = found
    if _reads(tokens, at + length, "and", "a", "half"):
        length, value = length + 3, value + 0.5
    unit = lexicon.find(tokens, at + length, "unit")
    if unit is None:
        return None
    return Measure(unit[1].value, value * unit[1].number, length + unit[0])


def _article(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    if _reads(tokens, at, "half", "a") or _reads(tokens, at, "half", "an"):
        return 2, 0.5
    return (1, 1.0) if tokens[at].lower in ("a", "an") else None


def _reads(tokens: Sequence[Token], at: int, *words: str) -> bool:
    return tuple(token.lower for token in tokens[at : at + len(words)]) == words
