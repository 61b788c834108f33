"""Figures as they are said. In: digits. Out: English words, American fashion.

>>> cardinal(1984), year(1984), ordinal(21)
('one thousand nine hundred eighty-four', 'nineteen eighty-four', 'twenty-first')
"""

from __future__ import annotations

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ("", "thousand", "million", "billion", "trillion")
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
MOST_DIGITS = 3 * len(SCALES)


def cardinal(number: int) -> str:
    """A whole number from 0; one of more than fifteen digits is said digit by digit."""
    if len(str(number)) > MOST_DIGITS:
        return digits(str(number))
    groups, rest = [], number
    for scale in SCALES:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(f"{_below_thousand(group)} {scale}".rstrip())
    return " ".join(reversed(groups)) or "zero"


def ordinal(number: int) -> str:
    """Which one of a row: ``first``, ``fortieth``."""
    head, mark, last = _split_last(cardinal(number))
    if last in _IRREGULAR:
        return head + mark + _IRREGULAR[last]
    return head + mark + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def year(number: int) -> str:
    """A year of four digits in two halves: ``nineteen oh five``, ``two thousand seven``."""
    high, low = divmod(number, 100)
    if number % 1000 < 10 or not 10 <= high < 100:
        return cardinal(number)
    if low == 0:
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {'oh ' if low < 10 else ''}{cardinal(low)}"


def decade(number: int) -> str:
    """All years of a decade: ``nineteen eighties``, ``fifties``."""
    said = year(number) if number >= 1000 else cardinal(number)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def digits(text: str) -> str:
    """One after the other, as a telephone number is said; what is no digit is a pause.

    >>> digits("555-0199")
    'five five five, zero one nine nine'
    """
    runs = "".join(c if c.isdigit() else " " for c in text).split()
    return ", ".join(" ".join(ONES[int(c)] for c in run) for run in runs)


def decimal(text: str) -> str:
    """``2.50`` is two point five zero; ``.5`` is zero point five.

    >>> decimal("1,204.5")
    'one thousand two hundred four point five'
    """
    whole, _, part = text.replace(",", "").partition(".")
    said = cardinal(int(whole or 0))
    return f"{said} point {digits(part)}" if part else said


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    said = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        said.append(TENS[tens] + (f"-{ONES[ones]}" if ones else ""))
    elif rest:
        said.append(ONES[rest])
    return " ".join(said)


def _split_last(words: str) -> tuple[str, str, str]:
    """Before the last word, the hyphen or space, the last word."""
    at = max(words.rfind(" "), words.rfind("-"))
    return (words[:at], words[at], words[at + 1 :]) if at >= 0 else ("", "", words)
