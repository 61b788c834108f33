"""Which part of speech each word is here. In: `Unit`s with options. Out: the same units, tagged.

The cheapest way through the sentence is taken (Viterbi), over a word's own weights and the costs of
``costs.toml``. What is carried along is whether the clause has its finite verb, and whether its subject is
one or several, so that "the tops spin" and "a cock crows" find their verbs.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flow_nb.director.reading.unit import Unit

_FINITE = frozenset(("VZ", "VP", "VD", "BE", "HV", "DO", "MD"))
_NONE, _ONE, _SEVERAL, _JOINED, _GROUP = 0, 1, 2, 3, 4
_HELD = 8
"""Added to a subject's number once a preposition follows it: nouns behind that do not change it."""

_AGREES = {
    "VZ": {_NONE: 1.6, _ONE: 0.0, _SEVERAL: 1.6, _JOINED: 1.0, _GROUP: 0.0},
    "VP": {_NONE: 3.0, _ONE: 1.8, _SEVERAL: 0.0, _JOINED: 0.8, _GROUP: 0.2},
    "VD": {_NONE: 1.8, _ONE: 0.2, _SEVERAL: 0.2, _JOINED: 0.8, _GROUP: 0.2},
}
_SECOND_FINITE = {"VZ": 2.0, "VP": 2.6, "VD": 2.2, "BE": 1.0, "HV": 1.0, "DO": 1.0, "MD": 1.0}
_VERBLESS, _CAPTION = 1.6, 0.5
_VERBS = frozenset(("VZ", "VP", "VD", "VB", "VG", "VN"))
_PLAIN = {"J1": "J", "N1": "N", "CCV": "CC", "CCN": "CC"}
_NOUNS = frozenset(("N", "N1", "NS", "NAME", "PS", "PP"))
_LETTING = frozenset(
    ("let", "lets", "letting", "make", "makes", "made", "making", "watch", "watches", "watching", "see", "sees", "saw",
     "seeing", "help", "helps", "helping", "hear", "hears", "heard", "hearing", "feel", "feels", "feeling")
)  # fmt: skip
"""Verbs whose object does something in its base form: "make the tower collapse"."""
_CAUSING = frozenset(
    ("cause", "causes", "caused", "causing", "forces", "forcing", "allows", "allowing", "triggers", "triggering")
)  # fmt: skip
_AT_LAST = 0.8
"""What a main verb costs right behind a relative one: "the ball that he throws rolls"."""
_NO_PLACE = 1.5
"""What a "to" costs as a preposition behind what one is caused to do."""
_NEAR = 7
_LET_COST = 0.3
_BARE, _HAS, _HAD, _SHOWN, _TOLD, _AWAITS = range(6)
"""Whether a clause has its verb, had one before, is a caption whose verb is a participle, is inside a relative
clause before its verb, or behind that one's verb."""
State = tuple[str, int, int]
"""A tag, whether the clause has its finite verb (or one before it had), and its subject's number."""


_LACKS = {_BARE: _VERBLESS, _SHOWN: _CAPTION, _TOLD: _VERBLESS, _AWAITS: _CAPTION}
"""What it costs to end so."""


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    before: State | None


def tag(units: Sequence[Unit]) -> None:
    """Chooses a tag for every unit."""
    start: State = ("START", _BARE, _NONE)
    way: list[dict[State, _Step]] = [{start: _Step(0.0, None)}]
    for i, unit in enumerate(units):
        causes = any(u.text in _CAUSING for u in units[max(0, i - _NEAR) : i])
        lets = any(u.text in _LETTING for u in units[max(0, i - _NEAR) : i])
        here: dict[State, _Step] = {}
        for name, weight in unit.options.items():
            own = -math.log(weight)
            for state, step in way[-1].items():
                between = _cost(state[0], name)
                if state[1] == _AWAITS and name in _FINITE and state[0] in _FINITE:
                    between = _AT_LAST
                if causes and name == "IN" and unit.text == "to" and state[0] in _NOUNS:
                    between += _NO_PLACE
                if lets and name == "VB" and state[0] in _NOUNS:
                    between = _LET_COST
                cost = step.cost + own + between + _clause_cost(state, name)
                after = _after(state, name)
                if after not in here or cost < here[after].cost:
                    here[after] = _Step(cost, state)
        way.append(here)
    last = min(way[-1], key=lambda s: way[-1][s].cost + _ends(s)) if units else start
    chosen: State | None = last
    for unit, here in zip(reversed(units), reversed(way[1:]), strict=True):
        assert chosen is not None
        unit.tag = _PLAIN.get(chosen[0], chosen[0])
        chosen = here[chosen].before


def _ends(state: State) -> float:
    return _cost(state[0], "END") + _LACKS.get(state[1], 0.0)


def _clause_cost(state: State, name: str) -> float:
    tagged, finite, number = state
    if name not in _FINITE:
        return 0.0
    cost = 0.0
    if finite == _HAS and tagged not in _FINITE:
        cost += _SECOND_FINITE[name]
    if name in _AGREES and tagged not in ("WH", "EX"):
        cost += _AGREES[name][number % _HELD]
    return cost


def _after(state: State, name: str) -> State:
    tagged, finite, number = state
    after = _number(finite, number, name)
    if name == "NS" and tagged == "QV" and number < _HELD:
        return name, after[1], _GROUP
    if name in ("J", "N") and tagged in ("D1", "J1", "N1"):
        return f"{name}1", after[1], after[2]
    if name == "CC" and (tagged in _VERBS or tagged in ("N", "N1")):
        return "CCV" if tagged in _VERBS else "CCN", after[1], after[2]
    return after


def _number(finite: int, number: int, name: str) -> State:
    had = _HAD if finite else _BARE
    if name in ("X", "UH"):
        return name, _BARE, _NONE
    if name == "CS":
        return name, had, _NONE
    if name == "CC":
        joined = _JOINED if finite == _BARE and number % _HELD else number % _HELD
        return name, had, joined
    if name == "WH" and number and finite in (_BARE, _SHOWN):
        return name, _TOLD, number % _HELD + _HELD
    if name in ("C", "WH"):
        return name, had, number % _HELD
    if name in _FINITE and finite == _TOLD:
        return name, _AWAITS, number
    if name in _FINITE:
        return name, _HAS, number % _HELD
    if name == "VG" and number and finite == _BARE:
        finite = _SHOWN
    if name in ("IN", "VG", "VN", "TO") and number and number < _HELD:
        return name, finite, number + _HELD
    if name in ("N", "NAME", "PS") and number < _HELD:
        return name, finite, _SEVERAL if number == _JOINED else _ONE
    if name in ("NS", "PP") and number < _HELD:
        return name, finite, _SEVERAL
    return name, finite, number


@cache
def _table() -> tuple[float, dict[str, dict[str, float]]]:
    rows = tomllib.loads(files(__package__).joinpath("costs.toml").read_text(encoding="utf-8"))
    table = {}
    for name, line in rows["after"].items():
        items = line.split()
        table[name] = {items[i]: float(items[i + 1]) for i in range(0, len(items), 2)}
    return float(rows["other"]), table


def _cost(before: str, name: str) -> float:
    other, table = _table()
    return table[before].get(name, other)
