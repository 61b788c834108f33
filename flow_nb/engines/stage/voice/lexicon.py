"""How known words sound. In: a word, what part of speech it may be. Out: Kokoro's phonemes, or None.

The dictionaries are misaki's (see VOICE-LICENSES); inflected forms that they leave out follow the
rules of English: ``shatters`` from ``shatter``, ``started`` from ``start``.
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path
from typing import Literal

Accent = Literal["american", "british"]
VOWELS = frozenset("AIOQWYaiuæɐɑɒɔəɛɜɪʊʌᵻ")
FLAPPED = frozenset("AIOWYiuæɑəɛɪɹʊʌ")
"""After these, an American t before a vowel is a tap."""

PRIMARY, SECONDARY = "ˈ", "ˌ"


@cache
def _rows() -> dict[str, tuple[str, str]]:
    """(American, British) by word, unpacked once."""
    packed = (Path(__file__).parent / "lexicon.xz").read_bytes()
    rows = {}
    for line in lzma.decompress(packed).decode().splitlines():
        word, american, *british = line.split("\t")
        rows[word] = american, british[0] if british else american
    return rows


def sound(word: str, accent: Accent, kinds: tuple[str, ...] = ()) -> str | None:
    """The phonemes of a word as it is spelt, with marks of stress.

    ``kinds`` are parts of speech (``VERB``, ``NOUN``, ``VBD`` …), the most fitting first; they
    choose between the readings of ``read`` and ``record``.
    """
    for form in dict.fromkeys((word, word.lower(), word.capitalize())):
        if (found := _entry(form, accent, kinds)) is not None:
            return found
    return _inflected(word.lower(), accent, kinds)


def spelt(letters: str, accent: Accent) -> str:
    """Letter by letter, the last one stressed: ``NASA`` is a word, ``FBI`` is three letters."""
    said = [_entry(c.upper(), accent, ()) or "" for c in letters if c.isalpha()]
    plain = [part.replace(PRIMARY, SECONDARY) for part in said[:-1]]
    return "".join([*plain, said[-1]]) if said else ""


def _entry(word: str, accent: Accent, kinds: tuple[str, ...]) -> str | None:
    row = _rows().get(word)
    if row is None:
        return None
    told = row[accent == "british"]
    if "=" not in told:
        return told or None
    readings = dict(part.split("=", 1) for part in told.split("|"))
    for kind in (*kinds, "DEFAULT"):
        if kind in readings:
            return readings[kind]
    return None


def _inflected(word: str, accent: Accent, kinds: tuple[str, ...]) -> str | None:
    for endings, join in ((_S, _with_s), (_ED, _with_ed), (_ING, _with_ing)):
        for ending, instead in endings:
            stem = word[: -len(ending)] + instead
            if not word.endswith(ending) or len(stem) < 2:
                continue
            if (found := _entry(stem, accent, kinds)) or (
                found := _entry(stem.capitalize(), accent, ())
            ):
                return join(found, accent)
        for ending, _ in endings if join is not _with_s else ():
            stem = _single(word, ending)
            if stem and (found := _entry(stem, accent, kinds)):
                return join(found, accent)
    return None


_S = (
    ("'s", ""),
    ("s'", "s"),
    ("s'", ""),
    ("'", ""),
    ("ies", "y"),
    ("s", ""),
    ("es", ""),
    ("es", "e"),
)
_ED = (("ed", ""), ("ed", "e"), ("ied", "y"), ("'d", ""))
_ING = (("ing", ""), ("ing", "e"), ("in'", ""), ("in'", "e"))


def _single(word: str, ending: str) -> str:
    """The stem of a doubled consonant: ``stopped`` → ``stop``."""
    stem = word.removesuffix(ending)
    doubled = stem != word and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    return stem[:-1] if doubled else ""


def _with_s(stem: str, accent: Accent) -> str:
    if stem[-1] in "szʃʒʧʤ":
        return stem + ("ɪz" if accent == "british" else "ᵻz")
    return stem + ("s" if stem[-1] in "ptkfθ" else "z")


def _with_ed(stem: str, accent: Accent) -> str:
    if stem[-1] == "d":
        return stem + ("ɪd" if accent == "british" else "ᵻd")
    if stem[-1] == "t":
        tapped = accent == "american" and stem[-2:-1] and stem[-2] in FLAPPED
        return f"{stem[:-1]}ɾᵻd" if tapped else stem + ("ɪd" if accent == "british" else "ᵻd")
    return stem + ("t" if stem[-1] in "pkfθʃsʧ" else "d")


def _with_ing(stem: str, accent: Accent) -> str:
    tapped = accent == "american" and stem[-1] == "t" and stem[-2:-1] and stem[-2] in FLAPPED
    return f"{stem[:-1]}ɾɪŋ" if tapped else f"{stem}ɪŋ"
