"""How a line is said. In: the words in brackets. Out: `Manner`: pace, level, brightness, breath."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SLOWEST, FASTEST = 0.6, 1.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """``speed`` and ``gain_db`` against the voice's own; ``tilt_db`` per octave above 500 Hz;
    ``breath`` 0 (voiced) to 1 (whispered); ``ends`` is the mark that ends its sentences, if any."""

    names: tuple[str, ...] = ()
    speed: float = 1.0
    gain_db: float = 0.0
    tilt_db: float = 0.0
    breath: float = 0.0
    ends: str = ""


def manner_of(words: str) -> Manner:
    """All manners that the words name, one upon the other; words that name none change nothing.

    >>> manner_of("off screen, whispers").names
    ('whispering',)
    """
    text = f" {' '.join(re.findall(r'[a-z]+', words.lower()))} "
    found = [row for row, told in _rows() if any(f" {word} " in text for word in told)]
    speed, breath = 1.0, 0.0
    for row in found:
        speed, breath = speed * row.speed, max(breath, row.breath)
    return Manner(
        names=tuple(name for row in found for name in row.names),
        speed=min(max(speed, SLOWEST), FASTEST),
        gain_db=sum(row.gain_db for row in found),
        tilt_db=sum(row.tilt_db for row in found),
        breath=breath,
        ends=next((row.ends for row in found if row.ends), ""),
    )


@cache
def _rows() -> tuple[tuple[Manner, tuple[str, ...]], ...]:
    table: Mapping[str, dict[str, object]] = tomllib.loads(
        (Path(__file__).parent / "manners.toml").read_text(encoding="utf-8")
    )
    return tuple((_row(name, row), _words(row["words"])) for name, row in table.items())


def _row(name: str, row: Mapping[str, object]) -> Manner:
    numbers = {key: float(str(row.get(key, default))) for key, default in _DEFAULTS.items()}
    return Manner(names=(name,), ends=str(row.get("ends", "")), **numbers)


def _words(words: object) -> tuple[str, ...]:
    assert isinstance(words, list)
    return tuple(map(str, words))


_DEFAULTS = {"speed": 1.0, "gain_db": 0.0, "tilt_db": 0.0, "breath": 0.0}
