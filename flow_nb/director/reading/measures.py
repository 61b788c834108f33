"""Numbers with units. In: tokens. Out: `Measure`s in metres, metres a second, seconds, kilograms, turns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.words import Words

HUGE = 1e12
"""Numbers are cut here: long before, every limit has refused them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """``kind`` is length, speed, time, mass, lens, turns or angle; ``length`` counts tokens."""

    kind: str
    value: float
    length: int


def number_at(words: Words, tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """A number in digits or words, and how many tokens it takes.

    >>> from flow_nb.director.reading.tokens import tokenise
    >>> from flow_nb.director.reading.words import words
    >>> number_at(words(), tokenise("twenty-five cups"), 0)
    (2, 25.0)
    """
    if at >= len(tokens):
        return None
    if tokens[at].kind == "number":
        value = float(tokens[at].lower.replace(",", ""))
        return 1, min(value, HUGE) if math.isfinite(value) else HUGE
    found = words.find(tokens, at, "number")
    if found is None:
        return None
    length, value = found[0], float(found[1].value)
    more = words.find(tokens, at + length, "number") if 20 <= value <= 90 else None
    if more and 1 <= more[1].value <= 9:
        return length + more[0], value + more[1].value
    return length, value


def hour_at(words: Words, tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """ "2 a.m.", "7:30 pm", "six o'clock": the hour of the day, and how many tokens it takes.

    >>> from flow_nb.director.reading.tokens import tokenise
    >>> from flow_nb.director.reading.words import words
    >>> hour_at(words(), tokenise("7:30 pm"), 0)
    (4, 19.5)
    """
    found = number_at(words, tokens, at)
    if found is None or not 0 <= found[1] <= 24:
        return None
    (length, hour), minutes = found, 0.0
    if _reads(tokens, at + length, ":") and at + length + 1 < len(tokens):
        behind = tokens[at + length + 1]
        if behind.kind != "number" or len(behind.lower) != 2 or not hour.is_integer():
            return None
        length, minutes = length + 2, float(behind.lower) / 60
    half = tokens[at + length].lower.replace(".", "") if at + length < len(tokens) else ""
    if half in ("am", "pm"):
        return length + 1, hour % 12 + 12 * (half == "pm") + minutes
    if _reads(tokens, at + length, "o'clock"):
        return length + 1, hour + minutes
    return (length, hour + minutes) if length > 1 else None


def measure_at(words: Words, tokens: Sequence[Token], at: int) -> Measure | None:
    """ "2 metres", "1.5 m", "three feet", "a metre", "half a metre", "two and a half metres", "twice"."""
    turns = words.find(tokens, at, "turns")
    if turns is not None:
        return Measure("turns", float(turns[1].value), turns[0])
    found = number_at(words, tokens, at) or _article(words, tokens, at)
    if found is None:
        return None
    length, value = found
    if _reads(tokens, at + length, "and", "a", "half"):
        length, value = length + 3, value + 0.5
    if at + length < len(tokens) and tokens[at + length].lower == "or":
        other = number_at(words, tokens, at + length + 1)
        length, value = (length + 1 + other[0], other[1]) if other else (length, value)
    unit = words.find(tokens, at + length, "unit")
    if unit is None:
        return None
    kind, factor = unit[1].value
    return Measure(kind, round(value * factor, 6), length + unit[0])


def _article(words: Words, tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    if _reads(tokens, at, "half", "a") or _reads(tokens, at, "half", "an"):
        return 2, 0.5
    if words.find(tokens, at, "vague") is not None:
        found = words.find(tokens, at, "vague")
        assert found is not None
        return found[0], float(found[1].value)
    return (1, 1.0) if tokens[at].lower in ("a", "an", "one") else None


def _reads(tokens: Sequence[Token], at: int, *expected: str) -> bool:
    return tuple(token.lower for token in tokens[at : at + len(expected)]) == expected
