"""Words with their places. In: a text. Out: sentences of `Token`s whose ``at`` and ``end`` point into it.

Hyphens between letters only separate ("close-up" and "close up" read alike, the token remembers that
it was ``glued``); contractions come apart; markup between angle brackets is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "number", "newline", "punct", "markup", "symbol"]

MAX_SENTENCE_TOKENS = 90
_CLOSERS = "\"'”’)]»"

_TOKEN = re.compile(
    r"(?P<markup></?[a-zA-Z][^<>\n]{0,200}>)"
    r"|(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
    r"|(?P<word>f/[0-9]+(?:\.[0-9]+)?|[ap]\.m\.|m/s\b|km/h\b|b&w\b|[^\W\d_]+(?:['’](?!s\b|re\b|ve\b|ll\b|d\b|m\b)[^\W\d_]+)*"
    r"|['’](?:s|re|ve|ll|d|m)\b)"
    r"|(?P<newline>\n)"
    r"|(?P<punct>\.{2,}|[!-/:-@\[-`{-~“”‘’«»…–—¡¿])"
    r"|(?P<symbol>\S)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?i)^(is|are|was|were|do|does|did|ca|wo|has|have|had|would|could|should)n['’]?t$"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. ``lower`` is how the lists spell it; ``glued`` says that a hyphen
    joins it to the word before."""

    text: str
    lower: str
    at: int
    end: int
    kind: Kind
    glued: bool = False


def tokenise(text: str) -> list[Token]:
    """All tokens of a text, hyphens inside words left out.

    >>> [t.lower for t in tokenise("A close-up: the cup’s 50mm rim isn't wet.")]
    ['a', 'close', 'up', ':', 'the', 'cup', "'s", '50', 'mm', 'rim', 'is', "n't", 'wet', '.']
    """
    found: list[Token] = []
    glued = False
    for match in _TOKEN.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        word, at, end = match.group(), match.start(), match.end()
        if word in "-‐‑" and _joins_letters(text, at):
            glued = True
            continue
        found.extend(_split(word, at, end, kind, glued))
        glued = False
    return found


def _split(word: str, at: int, end: int, kind: Kind, glued: bool) -> Iterator[Token]:
    lower = word.lower().replace("’", "'")
    if kind == "word" and _NOT.match(word):
        cut = len(word) - (3 if "'" in lower else 2)
        yield Token(word[:cut], lower[:cut], at, at + cut, kind, glued)
        yield Token(word[cut:], "n't", at + cut, end, kind)
        return
    if kind == "word" and len(lower) != len(word):
        lower = word
    yield Token(word, lower, at, end, kind, glued)


def _joins_letters(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    """Sentences without their full stops and line ends, at most `MAX_SENTENCE_TOKENS` long.

    A line ends one where the next begins with a capital, a mark or a number, or where a line is empty.
    """
    sentence: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind in ("newline", "markup"):
            if token.kind == "newline" and _line_ends(tokens, i) and sentence:
                yield sentence
                sentence = []
            continue
        if _abbreviates(tokens, i):
            continue
        if _stops(tokens, i):
            if sentence:
                yield sentence
            sentence = []
            continue
        sentence.append(token)
        if len(sentence) >= MAX_SENTENCE_TOKENS:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _stops(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if token.kind != "punct":
        return False
    return token.lower in (".", "!", "?", ";", "…") or token.lower.startswith("..")


def _abbreviates(tokens: list[Token], i: int) -> bool:
    """ "Ms. Okafor": the dot belongs to the word before it."""
    return tokens[i].lower == "." and i > 0 and tokens[i - 1].lower in _SHORT


_SHORT = ("mr", "mrs", "ms", "dr", "st", "vs", "prof", "sgt", "capt", "lt", "rev", "jr", "sr")


def _line_ends(tokens: list[Token], i: int) -> bool:
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is None or after.kind != "word" or after.text[:1].isupper()
