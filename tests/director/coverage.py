"""Which nouns and verbs of a text a plan leaves without a trace. In: a plan. Out: words.

A noun or a verb is accounted for where an origin, a gap or a line covers it, or where it names again what
another origin covers: "the bottle" of the second sentence. Used by `test_coverage` and by the bench.
"""

from __future__ import annotations

import re

from flow_nb.director.plotting.sweep import origins
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import Vocabulary, vocabulary
from flow_nb.plan.plan import Plan

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FUNCTION = frozenset(
    [
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "with",
        "it",
        "he",
        "she",
        "they",
        "this",
        "that",
        "there",
        "i",
        "we",
        "you",
        "as",
        "by",
        "for",
        "so",
        "one",
        "while",
        "then",
        "m",
        "metre",
        "metres",
        "meter",
        "meters",
        "second",
        "seconds",
        "s",
        "kg",
        "mm",
        "cm",
    ]
)
"""Verbs that only help, and words that a table of the language also counts among the nouns."""


def lost(plan: Plan) -> list[str]:
    """The nouns and verbs of the plan's text that nothing in it accounts for."""
    known = vocabulary()
    taken = [(o.at, o.at + len(o.words)) for o in origins(plan) if o.at >= 0]
    taken += [(gap.at, gap.at + len(gap.words)) for gap in plan.gaps if gap.at >= 0]
    prose = take_apart(plan.text, known).prose
    words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(prose)]
    told = {word for body in plan.bodies for word in (body.filled, body.material) if word}
    said = told | {_base(known, w) for start, end, w in words if _inside(start, end, taken)}
    return [
        word
        for start, end, word in words
        if _matters(known, word)
        and not _inside(start, end, taken)
        and _base(known, word) not in said
    ]


def _inside(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in taken)


def _matters(known: Vocabulary, word: str) -> bool:
    """Whether its commonest reading is a noun or a verb; a word that nobody knows is a noun."""
    lemmas = known.lemmas(word)
    if word in FUNCTION:
        return False
    return not lemmas or lemmas[0].pos in ("noun", "verb")


def _base(known: Vocabulary, word: str) -> str:
    lemmas = known.lemmas(word)
    return lemmas[0].base if lemmas else word
