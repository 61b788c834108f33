"""Who wears what. In: ``wardrobe.toml``, a body of the plan, a seed. Out: `Outfit`, with every colour."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from flow_nb.plan.bodies import Age

WOMEN = frozenset({
    "woman", "girl", "lady", "mother", "mum", "mom", "grandmother", "grandma", "granny", "aunt",
    "sister", "daughter", "wife", "queen", "princess", "waitress", "actress", "witch", "bride",
    "nurse", "ballerina", "maid", "heroine", "empress", "businesswoman", "policewoman",
    "cowgirl", "goddess", "she", "her", "nun", "fairy", "superwoman", "spacewoman", "barmaid",
})  # fmt: skip
MEN = frozenset({
    "man", "boy", "gentleman", "father", "dad", "grandfather", "grandpa", "uncle", "brother",
    "son", "husband", "king", "prince", "waiter", "actor", "wizard", "groom", "guy", "lad",
    "fellow", "businessman", "policeman", "fireman", "cowboy", "santa", "emperor", "monk", "he",
    "him", "priest", "pope", "barman", "butler", "salesman", "spaceman", "superman", "pirate",
    "sailor",
})  # fmt: skip
SKINS = ("#f0c9ad", "#e3b08c", "#d29a72", "#b97f56", "#9a6540", "#7d5136", "#64422c")
HAIRS = ("#2a1d18", "#3d281c", "#5b3a22", "#8a5a30", "#b98a4a", "#7a3420", "#1d1a1c")
GREY = ("#b9b7b2", "#d6d4ce", "#8f8d8a")
IRISES = ("#6b4226", "#5d8cab", "#66905a", "#96702f")
STYLES = {
    "f": ("bob", "long", "bun", "tail", "bob", "curls"),
    "m": ("short", "parted", "quiff", "fringe", "curls", "short"),
}
OLD_STYLES = {"f": ("bun", "curls", "bob"), "m": ("wreath", "parted", "wreath")}
PALE = "#efe9da"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of ``wardrobe.toml``; the columns are explained at its head."""

    name: str
    top: str
    bottom: str
    shoes: str
    top_colours: tuple[str, ...]
    bottom_colours: tuple[str, ...] = ("#3a3f45",)
    shoe_colours: tuple[str, ...] = ("#3a2a22",)
    hat: str = ""
    hat_colours: tuple[str, ...] = (PALE,)
    hat_metal: bool = False
    extras: tuple[str, ...] = ()
    trim: str = "#4a3524"
    nouns: tuple[str, ...] = ()
    wearer: str | None = None
    styles: tuple[str, ...] = ()
    skin: str = ""
    hair: str = ""
    grey: bool = False
    skirt: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Outfit:
    """What one figure wears, and its colours as ``#rrggbb``. ``style`` "" is a bald head;
    ``trims`` are the colours of single extras."""

    row: Row
    woman: bool
    top: str
    bottom: str
    shoes: str
    hat: str
    skin: str
    hair_colour: str
    iris: str
    style: str
    extras: tuple[str, ...] = field(default=())
    trims: Mapping[str, str] = field(default_factory=dict)


def outfit(noun: str, age: Age, colour: str | None, rng: np.random.Generator) -> Outfit:
    """Dresses a figure: by its noun where the wardrobe knows it, else by chance."""
    words = noun.lower().replace("-", " ").split()
    told = 1 if WOMEN & set(words) else 0 if MEN & set(words) else -1
    woman = bool(rng.random() < 0.5) if told < 0 else told == 1
    row = _called(words) or _everyday(woman, age, rng)
    styles = row.styles or (OLD_STYLES if age == "old" else STYLES)["f" if woman else "m"]
    style = "" if row.hair == "none" else _one(styles, rng)
    grey = age == "old" or row.grey
    extras = row.extras
    if not woman and age != "child" and not {"beard", "long-beard"} & set(extras) and style:
        extras = (*extras, *_whiskers(rng, old=age == "old"))
    return Outfit(
        row=row, woman=woman, top=colour or _one(row.top_colours, rng),
        bottom=_one(row.bottom_colours, rng), shoes=_one(row.shoe_colours, rng),
        hat=_one(row.hat_colours, rng), skin=row.skin or _one(SKINS, rng),
        hair_colour=_one(GREY if grey else HAIRS, rng), iris=_one(IRISES, rng), style=style,
        extras=extras,
    )  # fmt: skip


@cache
def rows() -> tuple[Row, ...]:
    """All outfits."""
    text = files(__package__).joinpath("wardrobe.toml").read_text(encoding="utf-8")
    return tuple(
        Row(name=name, **{key: _tuple(value) for key, value in row.items()})
        for name, row in tomllib.loads(text).items()
    )


def _called(words: Sequence[str]) -> Row | None:
    """The outfit that a noun calls for: the longest run of its words that a row knows."""
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length, -1, -1):
            phrase = " ".join(words[first : first + length])
            for row in rows():
                if phrase in row.nouns or (phrase.endswith("s") and phrase[:-1] in row.nouns):
                    return row
    return None


def _everyday(woman: bool, age: Age, rng: np.random.Generator) -> Row:
    fits = {"child"} if age == "child" else {"", "f" if woman else "m"}
    plain = [row for row in rows() if not row.nouns and row.wearer in fits]
    return plain[int(rng.integers(len(plain)))]


def _whiskers(rng: np.random.Generator, *, old: bool) -> tuple[str, ...]:
    chance = rng.random()
    if chance < (0.35 if old else 0.16):
        return ("beard",)
    return ("moustache",) if chance < (0.7 if old else 0.34) else ()


def _one(choices: Sequence[Any], rng: np.random.Generator) -> Any:
    return choices[int(rng.integers(len(choices)))]


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
