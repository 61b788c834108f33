"""How long words take to say. In: a text. Out: seconds, by its words, for whoever has heard no voice."""

from __future__ import annotations

import re

WORDS_PER_S = 2.6
"""English at an unhurried pace; a digit counts as a word."""

SIGNS_PER_WORD = 2.5
"""Scripts without spaces write a syllable with a sign."""

SENTENCE_S, SHORTEST_S = 0.35, 0.8

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?…;:—。！？]+")
_SIGN = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")


def speaking_s(text: str) -> float:
    """How long a text takes to say, about.

    >>> speaking_s("That was my grandmother's.")
    1.89
    """
    signs = len(_SIGN.findall(text))
    spaced = _SIGN.sub(" ", text)
    words = len(_WORD.findall(spaced)) + sum(c.isdigit() for c in spaced)
    said_s = (words + signs / SIGNS_PER_WORD) / WORDS_PER_S
    return round(max(said_s + SENTENCE_S * len(_STOP.findall(text)), SHORTEST_S), 2)
