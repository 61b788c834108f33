"""How English bends words. In: a base form. Out: its plural, or its verb forms by name.

What the rules get wrong stands under ``[irregular]`` in ``lexicon.toml``.
"""

from __future__ import annotations

_VOWELS = "aeiou"
_HISSES = ("s", "x", "z", "ch", "sh")


def plural(noun: str) -> str:
    """The regular plural of the last word.

    >>> [plural(n) for n in ("glass", "tennis ball", "berry", "toy")]
    ['glasses', 'tennis balls', 'berries', 'toys']
    """
    return _with_s(noun)


def verb_forms(base: str) -> dict[str, str]:
    """Form to tag of a one-word verb: ``base``, ``s``, ``ed`` (past and participle), ``ing``.

    >>> verb_forms("drop")
    {'drop': 'base', 'drops': 's', 'dropped': 'ed', 'dropping': 'ing'}
    >>> list(verb_forms("collide"))
    ['collide', 'collides', 'collided', 'colliding']
    """
    return {base: "base", _with_s(base): "s", _past(base): "ed", _ing(base): "ing"}


def _with_s(word: str) -> str:
    if word.endswith(_HISSES):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def _ing(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    """One vowel and one consonant at the end of one syllable: the consonant is doubled."""
    vowels = [i for i, letter in enumerate(base) if letter in _VOWELS]
    short = len(vowels) == 1 and vowels[0] == len(base) - 2 and base[-1] not in "wxy"
    return base + base[-1] if short else base
