"""Faces by mood. In: ``moods.toml``, a plan's word for a mood. Out: `Mood`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Mood:
    """What a mood does to a face; the columns are explained in ``moods.toml``."""

    smile: float = 0.22
    open: float = 0.0
    raised: float = 0.0
    worried: float = 0.0
    lids: float = 1.0


@cache
def _rows() -> tuple[tuple[tuple[str, ...], Mood], ...]:
    text = files(__package__).joinpath("moods.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text).values()
    return tuple(
        (tuple(row["words"]), Mood(**{k: v for k, v in row.items() if k != "words"}))
        for row in rows
    )


def mood(word: str) -> Mood:
    """The face for a word; one that is not known leaves it calm and friendly.

    >>> mood("furious").worried, mood("").open
    (-1.0, 0.0)
    """
    lower = word.lower()
    for words, face in _rows():
        if any(stem in lower for stem in words):
            return face
    return Mood()
