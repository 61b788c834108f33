"""Two words that are one. In: tokens. Out: "ice skates" as one verb's `Unit`; whether "a little" is an adverb."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.unit import Unit, unit_of


def of_two(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    """ "A couple ice skates": a verb of two words, of which the second one bends."""
    first, second = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if first.lower not in _FIRST_OF_TWO or second is None or second.kind != "word":
        return None
    forms = {"s": "VZ", "ing": "VG", "ed": "VD", "base": "VP"}
    for lemma in lookup.lemmas(second.lower):
        whole = f"{first.lower} {lemma.base}"
        tag = forms.get(lemma.form) if lemma.pos == "verb" else None
        if tag is not None and lookup.vocabulary.verb(whole) is not None:
            return unit_of(tokens, at, at + 2, options={tag: 1.0}, lemmas={tag: whole})
    return None


_FIRST_OF_TWO = frozenset(
    ("ice", "roller", "figure", "water", "tap", "belly", "dog", "arm", "rock", "hang", "bungee", "crash", "karate",
     "square", "line", "head", "hand", "drag", "kick", "free")
)  # fmt: skip


def slightly(tokens: Sequence[Token], at: int) -> bool:
    """ "rocks a little": nothing that is little stands behind it."""
    two = tuple(token.lower for token in tokens[at : at + 2])
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    ends = after is None or after.kind != "word" or after.lower in _ENDING
    return two in (("a", "little"), ("a", "bit"), ("a", "lot")) and ends and at > 0


_ENDING = frozenset(
    ("and", "but", "as", "while", "when", "before", "until", "then", "to", "because", "in", "on")
)
