"""Noun phrases. In: tokens and a place. Out: a `NounPhrase`: what is named, how many, what it is like.

Its head is the last noun ("apple pie" is no apple); an unknown head makes all of it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.lexicon import Lexicon, Sense
from flow_nb.director.phrase import (
    HEADS,
    NO_QUALITY,
    NOT_A_THING,
    ONE_ONLY,
    QUANTITIES,
    Head,
    NounPhrase,
)
from flow_nb.director.tokens import Token
from flow_nb.director.walk import Item, Walk

MAX_DEPTH = 3

_PRONOUNS: dict[str, Head] = {"singular": "it", "plural": "they", "reciprocal": "each other"}


def noun_at(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, depth: int = 0
) -> NounPhrase | None:
    """The noun phrase that begins at a token, or None."""
    if lexicon.find(tokens, at, "no phrase") or _is_reciprocal(lexicon, tokens, at):
        return _pronoun(lexicon, tokens, at)
    phrase = NounPhrase(start=at)
    first = _determined(lexicon, tokens, phrase)
    items = Walk(lexicon, tokens, phrase).go(first)
    while items and not _can_be_head(items[-1]):
        items.pop()
    if not items:
        return _some_of_them(tokens, phrase) or _pronoun(lexicon, tokens, at)
    phrase.end = items[-1].end
    _read_head(phrase, items)
    _read_part(lexicon, tokens, phrase, depth)
    return phrase


def _some_of_them(tokens: Sequence[Token], phrase: NounPhrase) -> NounPhrase | None:
    """ "one falls", "the two collide": a number word alone points at what was named."""
    if not phrase.count or phrase.end <= phrase.start or tokens[phrase.end - 1].kind != "word":
        return None
    phrase.head, phrase.definite = "they", True
    return phrase


def _is_reciprocal(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    word = lexicon.find(tokens, at, "word")
    return word is not None and word[1].value == "reciprocal"


def _can_be_head(item: Item) -> bool:
    return item.match is None or item.get(*HEADS, "material") is not None


def _determined(lexicon: Lexicon, tokens: Sequence[Token], phrase: NounPhrase) -> int:
    """Reads the determiner; returns where the rest begins."""
    found = lexicon.find(tokens, phrase.start, "word")
    if found and found[1].value in ("determiners", "definite"):
        quantity = lexicon.find(tokens, phrase.start, *QUANTITIES)
        if quantity and quantity[0] > found[0]:
            return phrase.start
        phrase.bare = False
        phrase.definite = found[1].value == "definite"
        return phrase.start + found[0]
    return phrase.start


def _pronoun(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> NounPhrase | None:
    for match in lexicon.matches(tokens, at):
        for sense in match.senses:
            if sense.kind == "word" and sense.value in _PRONOUNS:
                head = _PRONOUNS[sense.value]
                return NounPhrase(start=at, end=at + match.length, head=head, definite=True)
            if sense.kind == "no person" and sense.elsewhere:
                return NounPhrase(start=at, end=at + match.length, reason=sense.elsewhere)
    return None


def _read_head(phrase: NounPhrase, items: Sequence[Item]) -> None:
    last = items[-1]
    head = last.get(*HEADS)
    if head is None or head.kind == "no noun":
        phrase.head = "unknown"
        if head and head.elsewhere:
            phrase.reason = head.elsewhere
        elif last.match:
            phrase.reason = NOT_A_THING
        return
    qualities = list(items[:-1])
    if head.kind == "part" and qualities and (owner := qualities[-1].get("prop")):
        whole = NounPhrase(phrase.start, phrase.end, definite=phrase.definite, bare=phrase.bare)
        _name(whole, owner)
        qualities.pop()
        phrase.of = whole
    for item in qualities:
        _read_modifier(phrase.of or phrase, item)
    _name(phrase, head)


def _name(phrase: NounPhrase, head: Sense) -> None:
    phrase.plural = head.form == "plural"
    if head.kind == "prop":
        phrase.head, phrase.prop, phrase.noun = "prop", head.value, head.base
    elif head.kind == "part":
        phrase.head, phrase.part = "part", head.value
    elif head.kind == "set":
        phrase.head, phrase.set_kind = "set", head.value
    else:
        phrase.head = "ground"
        if head.kind == "floor":
            phrase.floor = head.value
        phrase.part = "above" if head.value == "above" else ""


def _read_modifier(phrase: NounPhrase, item: Item) -> None:
    span = (item.at, item.end)
    sense = item.get("colour", "material", "floor", "size", "ordinal", "set", "mood", "manner")
    if sense is None:
        reason = item.get("no adjective", "no noun")
        why = reason.elsewhere if reason and reason.elsewhere else NO_QUALITY
        phrase.missed.append((span, why))
    elif sense.kind == "mood":
        phrase.moods.append((sense, span))
    elif not _take(phrase, sense):
        phrase.missed.append((span, ONE_ONLY))


def _take(phrase: NounPhrase, sense: Sense) -> bool:
    """Notes a quality; False where one of its kind was noted already."""
    name = {"floor": "material", "set": "set_kind"}.get(sense.kind, sense.kind)
    if sense.kind == "size":
        phrase.scale *= sense.number
        return True
    if sense.kind == "ordinal":
        phrase.ordinal = int(sense.number)
        return True
    if getattr(phrase, name):
        return False
    setattr(phrase, name, sense.value)
    if sense.kind == "material":
        phrase.tone = sense.form
    return True


def _read_part(lexicon: Lexicon, tokens: Sequence[Token], phrase: NounPhrase, depth: int) -> None:
    """ "the edge of the table": the part, and whose it is."""
    if phrase.head != "part" or phrase.of or phrase.end >= len(tokens) or depth >= MAX_DEPTH:
        return
    if tokens[phrase.end].lower == "of":
        whole = noun_at(lexicon, tokens, phrase.end + 1, depth + 1)
        if whole is not None:
            phrase.of, phrase.end = whole, whole.end
