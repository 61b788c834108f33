"""Who gets which voice. In: words or a name, the voices already cast. Out: a `VoiceTag` unlike all of them.

Words aim at what was measured of the styles (pitch, brightness, liveliness, clearness) and choose
among single styles and blends of two; a name chooses by its own hash, so it would get the same voice
in another studio if the same voices stood beside it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from flow_nb.errors import VoiceError, choices, quote
from flow_nb.identity.likeness import MOST_ALIKE, Floats, Gender, heard, rows
from flow_nb.identity.voice import VoiceTag

SAFELY_UNLIKE = 0.72
"""What casting looks for first: lines differ, and so does what is measured of them."""

MAIN_SHARES = (0.8, 0.65)
_AGES = (("child", 13), ("young", 30), ("grown", 45), ("aged", 65), ("old", 1000))
"""The word for an age, and from when on it is the next one's."""

TRAITS = ("pitch", "bright", "range", "clear")
_DECADE = re.compile(
    r"(?:early |mid |late |mid-)?'?(?P<tens>[1-9])0'?s|(?P<years>\d{1,3})(?: years old)?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What words ask of a voice: a gender, an accent, how far from the middle of its kind each trait
    is to lie (in standard deviations), its speed. ``ignored`` are words that say nothing here."""

    gender: Gender | None = None
    accent: str | None = None
    traits: tuple[tuple[str, float], ...] = ()
    style: str | None = None
    speed: float = 1.0
    ignored: tuple[str, ...] = ()


def cast_by_words(name: str, words: str, others: Iterable[VoiceTag]) -> tuple[VoiceTag, Wish]:
    """The voice that fits the words best among those unlike all others.

    Raises:
        VoiceError: none of the words says anything of a voice.
    """
    wish = read_wish(words, name)
    traits = dict(wish.traits)

    def misses(choice: _Choice) -> float:
        apart = [abs(choice.traits[trait] - aim) for trait, aim in traits.items()]
        named = 0.0 if wish.style in (None, choice.styles[0][0]) else 4.0
        return sum(apart) + named + 0.3 * (len(choice.styles) - 1)

    tag = _choose(name, wish, others, misses)
    return tag, wish


def cast_by_name(name: str, others: Iterable[VoiceTag], *, hint: str = "") -> VoiceTag:
    """A voice for a speaker of whom nothing is said but the name; ``hint`` is what the plan knows."""
    wish = _wish_of([*_parts(hint), *_parts(name)], name)

    def chance(choice: _Choice) -> float:
        made_from = f"{name.casefold()} {choice.styles}".encode()
        luck = int(hashlib.sha256(made_from).hexdigest()[:8], 16) / 2**32
        apart = sum(abs(choice.traits[trait] - aim) for trait, aim in wish.traits)
        return luck + apart

    return _choose(name, wish, others, chance)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Choice:
    styles: tuple[tuple[str, float], ...]
    gender: Gender
    accent: str
    traits: dict[str, float]
    place: Floats


def _choose(
    name: str, wish: Wish, others: Iterable[VoiceTag], cost: Callable[[_Choice], float]
) -> VoiceTag:
    """The cheapest choice that is safely unlike the others, else one below the limit, else the
    least alike."""
    taken = [heard(other.styles) for other in others]
    fitting = [
        c for c in _choices() if wish.gender in (None, c.gender) and wish.accent in (None, c.accent)
    ]
    alike = {id(c): max((float(c.place @ place) for place in taken), default=-1.0) for c in fitting}
    for limit in (SAFELY_UNLIKE, MOST_ALIKE - 0.02):
        if free := [c for c in fitting if alike[id(c)] < limit]:
            best = min(free, key=lambda c: (cost(c), c.styles))
            break
    else:
        best = min(fitting, key=lambda c: (alike[id(c)], c.styles))
    return VoiceTag(name=name, styles=best.styles, speed=wish.speed)


@cache
def _choices() -> tuple[_Choice, ...]:
    """Every style, and blends of two of one gender and accent."""
    single = [((style, 1.0),) for style in rows()]
    alike = [
        (one, two)
        for one, two in permutations(rows(), 2)
        if (rows()[one].gender, rows()[one].accent) == (rows()[two].gender, rows()[two].accent)
    ]
    mixed = [((a, s), (b, round(1 - s, 4))) for a, b in alike for s in MAIN_SHARES]
    return tuple(_choice(styles) for styles in (*single, *mixed))


def _choice(styles: tuple[tuple[str, float], ...]) -> _Choice:
    row = rows()[styles[0][0]]
    traits = {t: sum(share * _trait(style, t) for style, share in styles) for t in TRAITS}
    return _Choice(
        styles=styles, gender=row.gender, accent=row.accent, traits=traits, place=heard(styles)
    )


@cache
def _trait(style: str, trait: str) -> float:
    """How far a style lies from the middle of its gender, in standard deviations."""
    row = rows()[style]
    own = _measured(style, trait)
    of_kind = [
        _measured(name, trait) for name, other in rows().items() if other.gender == row.gender
    ]
    return (own - float(np.mean(of_kind))) / float(np.std(of_kind))


def _measured(style: str, trait: str) -> float:
    row = rows()[style]
    if trait == "pitch":
        return 12 * float(np.log2(row.pitch_hz))
    return {"bright": row.bright_db, "range": row.range_st, "clear": row.clear}[trait]


# Words to wishes.


def read_wish(words: str, name: str = "") -> Wish:
    """What the words ask for; the name fills in a gender that they leave open. Raises VoiceError."""
    told = _parts(words)
    wish = _wish_of(told, name)
    if told and len(wish.ignored) == len(told):
        known = [word for row in _table()["words"].values() for word in row["as"]]
        raise VoiceError(
            f'"{quote(words)}" says nothing of a voice.',
            fix=f"{_near(told, [*known, *rows()])}Write words as in warm, low, 50s, British, or a blend: "
            "MARA = 0.7 af_heart + 0.3 bf_emma.",
        )
    return wish


def _near(told: Sequence[str], known: Sequence[str]) -> str:
    for word in told:
        said = choices(word, known)
        if said.startswith("Did you mean"):
            return said.partition("?")[0] + "? "
    return ""


def _wish_of(told: Sequence[str], name: str) -> Wish:
    found: dict[str, Any] = {"traits": {}, "speed": 1.0}
    ignored = [word for word in told if not _understood(word, found)]
    gender = found.get("gender") or _gender_of(name)
    return Wish(
        gender=gender,
        accent=found.get("accent"),
        traits=tuple(sorted(found["traits"].items())),
        style=found.get("style"),
        speed=round(min(max(found["speed"], 0.7), 1.3), 3),
        ignored=tuple(ignored),
    )


def _understood(word: str, found: dict[str, Any]) -> bool:
    if word in rows():
        row = rows()[word]
        found.update(style=word, gender=row.gender, accent=row.accent)
        return True
    if decade := _DECADE.fullmatch(word):
        years = int(decade["tens"]) * 10 + 5 if decade["tens"] else int(decade["years"])
        word = next(age for age, until in _AGES if years < until)
    told = False
    for row in _table()["words"].values():
        if word not in row["as"]:
            continue
        told = True
        for trait in TRAITS:
            if trait in row:
                found["traits"][trait] = found["traits"].get(trait, 0.0) + float(row[trait])
        found["speed"] *= float(row.get("speed", 1.0))
        found.update({key: row[key] for key in ("gender", "accent") if key in row})
        if "style" in row and row["style"] in rows():
            found["style"] = row["style"]
    return told


def _parts(words: str) -> list[str]:
    """Words as they are listed, with the small ones left out.

    >>> _parts("a warm, low voice, in her 50s")
    ['warm', 'low', 'her', '50s']
    """
    small = {
        "a",
        "an",
        "the",
        "and",
        "voice",
        "in",
        "with",
        "very",
        "of",
        "is",
        "speaks",
        "sounds",
        "from",
    }
    return [w for w in re.findall(r"[\w'-]+", words.lower()) if w not in small]


def _gender_of(name: str) -> Gender | None:
    """By a word of the name, else by how it ends; None where that says nothing."""
    table = _table()["names"]
    parts = re.findall(r"[^\W\d_]+", name.lower())
    for part in parts:
        if part in table["female"]:
            return "female"
        if part in table["male"]:
            return "male"
    for row in _table()["words"].values():
        if "gender" in row and any(part in row["as"] for part in parts):
            gender: Gender = row["gender"]
            return gender
    first = parts[0] if parts else ""
    if first.endswith(tuple(table["female_endings"])):
        return "female"
    return "male" if first.endswith(tuple(table["male_endings"])) else None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "voices.toml").read_text(encoding="utf-8"))
