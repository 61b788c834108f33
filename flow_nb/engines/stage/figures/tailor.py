"""Clothes by the word. In: an `Outfit` that chance dealt, the traits that the text tells. Out: the outfit that
it asks for, and the build.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from flow_nb.engines.stage.figures.build import Traits
from flow_nb.engines.stage.figures.wardrobe import Outfit
from flow_nb.plan.bodies import Trait

STOUT = {
    "fat": 1.42,
    "overweight": 1.38,
    "obese": 1.55,
    "plump": 1.28,
    "chubby": 1.28,
    "stout": 1.32,
    "heavy": 1.32,
}
THIN = {"thin": 0.84, "skinny": 0.80, "slim": 0.87, "slender": 0.87, "lean": 0.88, "lanky": 0.84}
STRONG = frozenset({"muscular", "strong", "burly", "brawny"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Garment:
    """One row of ``clothes.toml``; the columns are explained at its head."""

    words: tuple[str, ...]
    top: str = ""
    bottom: str = ""
    shoes: str = ""
    hat: str = ""
    adds: str = ""
    skirt: float = 0.0
    only_over: tuple[str, ...] = ()
    usual: str | None = None
    dyes: tuple[str, ...] = field(default=())


@cache
def garments() -> Mapping[str, Garment]:
    """All garments by the words that call for them."""
    text = files(__package__).joinpath("clothes.toml").read_text(encoding="utf-8")
    rows = [_row(row) for row in tomllib.loads(text).values()]
    return {word: row for row in rows for word in row.words}


def _row(told: dict[str, Any]) -> Garment:
    fields: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in told.items()
    }
    return Garment(**fields)


def garment(word: str) -> Garment | None:
    """The row that a garment's words call for: the most of its last words that one knows.

    >>> garment("leather jacket").top, garment("penguin")
    ('jacket', None)
    """
    words = word.lower().replace("-", " ").split()
    for first in range(len(words)):
        found = garments().get(" ".join(words[first:]))
        if found is not None:
            return found
    return None


def tailored(worn: Outfit, traits: Sequence[Trait]) -> Outfit:
    """The outfit with everything that the text tells in place of what chance dealt."""
    for trait in traits:
        row = garment(trait.word)
        if row is not None:
            worn = _put_on(worn, row, trait.colour or row.usual)
        elif trait.word == "hair" and trait.colour:
            worn = replace(worn, hair_colour=trait.colour)
        elif trait.word == "skin" and trait.colour:
            worn = replace(worn, skin=trait.colour)
        elif trait.word == "bald":
            worn = replace(worn, style="")
    return worn


def shaped(dealt: Traits, traits: Sequence[Trait]) -> Traits:
    """The build with what the text tells of it."""
    for trait in traits:
        if trait.word in STOUT:
            much = STOUT[trait.word]
            dealt = replace(dealt, stout=much, limbs=1 + 0.5 * (much - 1), jaw=1 + 0.5 * (much - 1))
        elif trait.word in THIN:
            much = THIN[trait.word]
            dealt = replace(dealt, stout=much, limbs=much, jaw=0.9)
        elif trait.word in STRONG:
            dealt = replace(dealt, stout=1.16, limbs=1.34, jaw=1.08)
    return dealt


def _put_on(worn: Outfit, row: Garment, colour: str | None) -> Outfit:
    keep_top = bool(row.only_over) and worn.row.top not in row.only_over
    extras = worn.extras if not row.adds or row.adds in worn.extras else (*worn.extras, row.adds)
    if row.top and not keep_top:
        extras = tuple(
            extra for extra in extras if extra not in ("apron", "tie", "cape") or extra == row.adds
        )
    cut = replace(
        worn.row,
        top=worn.row.top if keep_top else row.top or worn.row.top,
        bottom=row.bottom or _below(worn, row),
        shoes=row.shoes or worn.row.shoes,
        hat=row.hat or worn.row.hat,
        skirt=row.skirt or worn.row.skirt,
        hat_metal=worn.row.hat_metal and not row.hat,
    )
    dyes = {name: colour for name in row.dyes if colour}
    return replace(
        worn, row=cut, extras=extras,
        top=dyes.get("top", worn.top), bottom=dyes.get("bottom", worn.bottom),
        shoes=dyes.get("shoes", worn.shoes), hat=dyes.get("hat", worn.hat),
        hair_colour=dyes.get("hair", worn.hair_colour),
        trims={**worn.trims, **{name: dye for name, dye in dyes.items() if name not in _SLOTS}},
    )  # fmt: skip


def _below(worn: Outfit, row: Garment) -> str:
    """Whoever changes a dress for a jacket needs trousers."""
    bare = worn.row.bottom == "none" and row.top not in ("", "dress", "robe")
    return "trousers" if bare else worn.row.bottom


_SLOTS = frozenset({"top", "bottom", "shoes", "hat", "hair"})
