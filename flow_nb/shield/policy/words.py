"""Text as policy reads it. In: somebody's text. Out: sentences of `Word`s with their dictionary forms.

Spellings that hide a word (zero-width signs, full-width letters, ``b0mb``, ``b o m b``) are undone;
every word keeps its place in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_]+(?:(?:['’]|[{_HIDDEN}]+)[^\W_]+)*")
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_SENTENCE_END = re.compile(r"[.!?;\n]")
_LEET = str.maketrans("013457", "oieast")
_IRREGULAR = {
    "shot": "shoot", "hung": "hang", "hanged": "hang", "made": "make", "built": "build",
    "took": "take", "fell": "fall", "men": "man", "women": "woman", "children": "child",
    "knives": "knife", "wives": "wife", "slain": "slay", "slew": "slay", "bled": "bleed",
    "beaten": "beat", "blew": "blow", "blown": "blow", "sold": "sell", "drew": "draw",
    "forgot": "forget", "lay": "lie", "lies": "lie", "died": "die", "dying": "die",
    "raping": "rape", "abusing": "abuse", "teaches": "teach", "taught": "teach", "showed": "show",
    "shown": "show", "explained": "explain", "people": "person", "burnt": "burn", "fought": "fight",
    "killed": "kill", "undressed": "undress", "undresses": "undress", "kisses": "kiss",
}  # fmt: skip
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, where, and what it may be a form of, folded and lower case."""

    written: str
    start: int
    end: int
    forms: frozenset[str]


def sentences(text: str) -> list[list[Word]]:
    """The words of each sentence or line.

    >>> [[word.written for word in s] for s in sentences("A cock crows. It ends")]
    [['A', 'cock', 'crows'], ['It', 'ends']]
    """
    found: list[list[Word]] = []
    start = 0
    for end in [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]:
        words = [
            Word(m[0], start + m.start(), start + m.end(), forms(m[0]))
            for m in _WORD.finditer(text[start:end])
        ]
        if words:
            found.append(_joined(words))
        start = end + 1
    return found


def forms(word: str) -> frozenset[str]:
    """What a word may be a form of.

    >>> sorted(forms("Stabbing"))
    ['stab', 'stabb', 'stabbe', 'stabbing']
    """
    plain = folded(word).removesuffix("'s").replace("'", "")
    found = {plain, _IRREGULAR.get(plain, plain)}
    for ending, put in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            found.add(plain[: -len(ending)] + put)
    found |= {f[:-1] for f in found if len(f) > 3 and f[-1] == f[-2] and f[-1] not in _VOWELS}
    if any(sign.isdigit() for sign in plain) and any(sign.isalpha() for sign in plain):
        found |= forms(plain.translate(_LEET)) if plain.translate(_LEET) != plain else set()
    return frozenset(found)


def folded(word: str) -> str:
    """Lower case without accents or typographic variants.

    >>> folded("Beyoncé’s")
    "beyonce's"
    """
    seen = _UNSEEN.sub("", word).replace("’", "'")
    wide = unicodedata.normalize("NFKD", seen)
    return "".join(sign for sign in wide if not unicodedata.combining(sign)).casefold()


_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ied", "y"),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"),
)  # fmt: skip


def _joined(words: list[Word]) -> list[Word]:
    """Letters that stand alone, three or more in a row, are one word."""
    found: list[Word] = []
    run: list[Word] = []
    for word in [*words, None]:
        if word is not None and len(word.written) == 1 and word.written.isalpha():
            run.append(word)
            continue
        if len(run) > 3 and run[0].written.lower() in "ai":  # "a b o m b": the article stands alone
            found.append(run.pop(0))
        if len(run) >= 3:
            whole = "".join(letter.written for letter in run)
            found.append(Word(whole, run[0].start, run[-1].end, forms(whole)))
        else:
            found += run
        run = []
        if word is not None:
            found.append(word)
    return found
