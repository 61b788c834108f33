"""Words with their places. In: a shot's text. Out: `Token`s whose ``at`` and ``end`` point into it.

Hyphens between letters only separate: "close-up", "close up" and "bird's-eye" meet the lexicon alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flow_nb.plan.base import MAX_ORIGIN_CHARS, Origin, Provenance

Kind = Literal["word", "number", "newline", "punct", "symbol"]

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b)"
    r"|(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
    r"|(?P<newline>\n)"
    r"|(?P<punct>[!-/:-@\[-`{-~“”‘’«»…–—¡¿])"
    r"|(?P<symbol>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. ``lower`` is how the lexicon spells it."""

    text: str
    lower: str
    at: int
    end: int
    kind: Kind


def tokenise(text: str) -> tuple[Token, ...]:
    """All tokens of a text, hyphens inside words left out.

    >>> [t.lower for t in tokenise("A close-up: the cup’s 50mm rim.")]
    ['a', 'close', 'up', ':', 'the', 'cup', "'s", '50', 'mm', 'rim', '.']
    """
    found = []
    for match in _TOKEN.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        word = match.group()
        if word == "-" and _joins_letters(text, match.start()):
            continue
        lower = word.lower().replace("’", "'")
        found.append(Token(word, lower, match.start(), match.end(), kind))
    return tuple(found)


def _joins_letters(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def words_of(text: str, tokens: Sequence[Token]) -> str:
    """The piece of text from the first to the last token."""
    return text[tokens[0].at : tokens[-1].end]


def origin_of(
    text: str,
    tokens: Sequence[Token],
    provenance: Provenance = "literal",
    confidence: float = 1.0,
) -> Origin:
    """An origin that points at these tokens."""
    words = words_of(text, tokens)[:MAX_ORIGIN_CHARS]
    return Origin(provenance=provenance, words=words, at=tokens[0].at, confidence=confidence)
