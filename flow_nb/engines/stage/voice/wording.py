"""What of a line is said, in words. In: a line as it is written. Out: words and marks that pause.

Numbers, times, money, years, abbreviations and symbols become words; emoji, stage directions in
brackets and marks that nobody says go. A line in another script has nothing to say here, see
`unsayable`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flow_nb.engines.stage.voice.numerals import cardinal, decade, decimal, digits, ordinal, year

Match = re.Match[str]

_MOST_FOREIGN = 0.3
_WORDS_OF_ENGLISH = 0.34
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
}
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "—", "―": "—"}
)
_UNITS: dict[str, tuple[str, str]] = {
    "$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"), "¥": ("yen", ""),
}  # fmt: skip


def unsayable(text: str) -> str:
    """Why a line cannot be spoken, in a few words; empty where it can.

    Other scripts are found by their letters, other languages of the Latin script by their words.

    >>> unsayable("До свидания"), unsayable("Mind the gap."), unsayable("…")
    ('its letters are Cyrillic', '', 'it has no words')
    """
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if not unicodedata.name(c, "").startswith("LATIN")]
    if foreign and len(foreign) > _MOST_FOREIGN * len(letters):
        script = unicodedata.name(foreign[0], "UNKNOWN").split()[0]
        known = {
            "CJK": "Chinese",
            "HIRAGANA": "Japanese",
            "KATAKANA": "Japanese",
            "HANGUL": "Korean",
        }
        return f"its letters are {known.get(script, script.capitalize())}"
    told = [
        word.strip("'")
        for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower().translate(_MARKS))
    ]
    tongue = _tongue(told)
    if tongue:
        return f"it seems to be {tongue}"
    return "" if worded(text).strip(" .,!?;:—…\"'") else "it has no words"


def _tongue(told: list[str]) -> str:
    """The language whose small words a line has more of than English ones."""
    small: dict[str, list[str]] = _table()["small_words"]
    found = {name: len(set(told) & set(own)) for name, own in small.items()}
    best = max(found, key=lambda name: found[name])
    enough = found[best] >= 2 and found[best] > _WORDS_OF_ENGLISH * len(set(told))
    return "" if best == "English" or not enough or found["English"] >= found[best] else best


def worded(text: str) -> str:
    """The line in words. What stands in brackets is a direction, not said.

    >>> worded("Dr. Ruiz left at 7:45 with $12.50 (quietly)… in 1984!")
    'Doctor Ruiz left at seven forty-five with twelve dollars and fifty cents … in nineteen eighty-four!'
    """
    text = unicodedata.normalize("NFC", text).translate(_MARKS)
    text = re.sub(r"[(\[（{][^()\[\]{}（）]*[)\]）}]", " ", text)
    text = re.sub(r"\*+|_{2,}|(?<!\w)_|_(?!\w)", " ", text)
    text = re.sub(r"\.{3,}|\. \. \.", "…", text)
    for pattern, say in _rules():
        text = pattern.sub(say, text)
    text = "".join(_plain(c) for c in text)
    text = re.sub(r"\s+([,.!?;:])", r"\1", re.sub(r"\s+", " ", text))
    return text.strip()


def _plain(char: str) -> str:
    """A letter without its accents, or a space for what nobody says."""
    if char in _LETTERS:
        return _LETTERS[char]
    if char in "—…":
        return char
    bare = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in bare if c.isascii() and (c.isalnum() or c in " '-,.!?;:\"\n"))
    return kept or " "


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "wording.toml").read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[Match], str]], ...]:
    """In their order: what is more special comes first."""
    table = _table()
    short: dict[str, str] = table["abbreviations"]
    units: dict[str, str] = table["units"]
    signs: dict[str, str] = table["signs"]
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scale = r"(?:\s?(?P<scale>hundred|thousand|million|billion|trillion|[kKmM](?!\w)))?"
    short_words = "|".join(re.escape(word) for word in sorted(short, key=len, reverse=True))
    unit_words = "|".join(re.escape(word) for word in sorted(units, key=len, reverse=True))
    rules: list[tuple[str, Callable[[Match], str]]] = [
        (r"(?<!\w)No\.\s?(?=\d)", lambda m: "Number "),
        (r"(?<!\w)St\.(?=\s*[A-Z])", lambda m: "Saint"),
        (rf"(?<!\w)(?P<word>{short_words})\.(?=\s*[\w,;]|\s*$)", lambda m: short[m["word"]]),
        (r"(?<![\w.])(?P<url>(?:www\.)?[a-z0-9-]+(?:\.[a-z]{2,})+)(?!\w)", _address),
        (rf"(?P<sign>[$€£¥])\s?(?P<sum>{number}){scale}", _money),
        (r"\b(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<half>[ap])\.?m\b\.?)?", _time),
        (r"\b(?P<h>1[0-2]|[1-9])\s?(?P<half>[ap])\.?m\b\.?", _time),
        (r"(?<!\w)#(?P<n>\d+)", lambda m: f"number {cardinal(int(m['n']))}"),
        (r"(?<!\w)(?P<tel>\+?\d{3}(?:[-. ]\d{3})?[-. ]\d{4})(?!\w)", lambda m: digits(m["tel"])),
        (r"'(?P<d>[1-9]0)s\b", lambda m: decade(int(m["d"]))),
        (r"\b(?P<d>1\d\d0|20\d0|[1-9]0)'?s\b", lambda m: decade(int(m["d"]))),
        (r"\b(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b", _which),
        (rf"(?P<n>{number})\s?%", lambda m: f"{decimal(m['n'])} percent"),
        (rf"\b(?P<n>{number})\s?(?P<unit>{unit_words})(?!\w)", lambda m: _measure(m, units)),
        (r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})\b(?!/)", _fraction),
        (r"\b(?P<a>\d+)\s?[-—]\s?(?P<b>\d+)\b", lambda m: f"{_whole(m['a'])} to {_whole(m['b'])}"),
        (r"(?<!\w)[-−](?P<n>\d)", lambda m: f"minus {m['n']}"),
        (rf"(?<![\w.])(?P<n>{number}|\.\d+)", lambda m: _number(m["n"])),
        (r"\d+", lambda m: f" {digits(m.group())} "),
        (f"[{re.escape(''.join(signs))}]", lambda m: f" {signs[m.group()]} "),
    ]  # fmt: skip
    return tuple((re.compile(pattern), say) for pattern, say in rules)


def _address(match: Match) -> str:
    return match["url"].replace(".", " dot ").replace("-", " dash ")


def _money(match: Match) -> str:
    whole, cent = _UNITS[match["sign"]]
    units, _, part = match["sum"].replace(",", "").partition(".")
    if scale := match["scale"]:
        scale = {"k": "thousand", "m": "million"}.get(scale.lower(), scale)
        return f"{decimal(match['sum'])} {scale} {_plural(whole, 2)}"
    said = f"{cardinal(int(units))} {_plural(whole, int(units))}"
    if cents := int((part + "0")[:2]) if part and cent else 0:
        small = f"{cardinal(cents)} {_plural(cent, cents)}"
        return f"{said} and {small}" if int(units) else small
    return said


def _plural(unit: str, number: int) -> str:
    if number == 1 or unit == "yen":
        return unit
    return "pence" if unit == "penny" else f"{unit}s"


def _time(match: Match) -> str:
    groups = match.groupdict()
    hour, minute, half = int(groups["h"]), groups.get("m"), groups.get("half")
    said = cardinal(hour)
    if minute and int(minute):
        said += f" oh {cardinal(int(minute))}" if int(minute) < 10 else f" {cardinal(int(minute))}"
    elif minute and not half:
        said += " o'clock" if 1 <= hour <= 12 else " hundred"
    return f"{said} {half.upper()}.M." if half else said


def _which(match: Match) -> str:
    return ordinal(int(match["n"].replace(",", "")))


def _fraction(match: Match) -> str:
    above, below = int(match["a"]), int(match["b"])
    if not 0 < above < below:
        return f"{cardinal(above)} slash {cardinal(below)}"
    part = {2: "half", 4: "quarter"}.get(below, ordinal(below))
    many = "halves" if part == "half" else f"{part}s"
    return f"{cardinal(above)} {part if above == 1 else many}"


def _measure(match: Match, units: dict[str, str]) -> str:
    one, _, many = units[match["unit"]].partition("|")
    return f"{decimal(match['n'])} {one if match['n'] == '1' else many or f'{one}s'}"


def _whole(text: str) -> str:
    return year(int(text)) if len(text) == 4 else cardinal(int(text))


def _number(text: str) -> str:
    """A bare number: 1100 to 2099 are years, one with leading zeros is said by its digits."""
    bare = text.replace(",", "")
    if "." in bare:
        return decimal(bare)
    if len(bare) > 1 and bare[0] == "0":
        return digits(bare)
    is_year = "," not in text and len(bare) == 4 and 1100 <= int(bare) < 2100
    return year(int(bare)) if is_year else cardinal(int(bare))
