"""Values of directives. In: words and numbers as they were written. Out: the plan's words, bounded numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from flow_nb.director.frame import NoteKind
from flow_nb.errors import PlanError, choices, quote

_NUMBER = re.compile(r"(?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)[ \t]*(?P<unit>[A-Za-z/²^0-9% ]*)")

Notes = Iterable[tuple[NoteKind, str | float]]


def choice(what: str, value: str, options: Iterable[str], others: dict[str, str]) -> str:
    """One of the plan's words, or another way to say it."""
    value = value.removeprefix("the ").strip()
    known = list(options) or list(others)
    if value in others:
        return others[value]
    if value in known:
        return value
    raise PlanError(f'there is no {what} "{quote(value)}".', fix=choices(value, known))


def bounded(what: str, value: float, low: float, high: float, unit: str, fix: str) -> float:
    """The value, if it lies between its limits. Raises PlanError."""
    if not low <= value <= high:
        raise PlanError(
            f"{what} of {value:g} {unit} is not between {low:g} and {high:g} {unit}.", fix=fix
        )
    return value


def number_of(what: str, value: str, fix: str) -> tuple[float, str]:
    """A number and its unit."""
    match = _NUMBER.fullmatch(value.strip())
    number = float(match["number"]) if match else math.inf
    if match is None or not math.isfinite(number):
        raise PlanError(f'{what} "{quote(value)}" is not a number.', fix=fix)
    return number, match["unit"].strip()
