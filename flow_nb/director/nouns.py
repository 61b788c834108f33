"""Noun phrases. In: tokens and a place. Out: a `NounPhrase`: what is named, how many, what it is like.

Its head is the last noun ("apple pie" is no apple); an unknown head makes the whole phrase unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from flow_nb.director.lexicon import Elsewhere, Lexicon, Match, Sense
from flow_nb.director.measures import Measure, measure_at, number_at
from flow_nb.director.tokens import Token

Head = Literal["prop", "ground", "set", "part", "it", "they", "each other", "unknown"]
Span = tuple[int, int]

MAX_DEPTH = 3

_HEADS = ("prop", "part", "ground", "floor", "set", "no noun")
_MODIFIERS = ("colour", "size", "material", "ordinal", "mood", "manner", "no adjective")
_QUANTITIES = ("number", "vague number", "arrangement")
_NOUNISH = (*_HEADS, *_MODIFIERS, *_QUANTITIES)
_VERBS = ("verb", "no verb", "camera verb")
_PRONOUNS: dict[str, Head] = {"singular": "it", "plural": "they", "reciprocal": "each other"}

NO_PROP = Elsewhere(reason="no prop of that name is on this stage", fix="")
NO_QUALITY = Elsewhere(
    reason="this quality is not shown on this stage",
    fix="Leave it out, or name a colour, a size or a material.",
)
NOT_A_THING = Elsewhere(
    reason="this says what a thing is like, and no thing follows",
    fix='Name the thing, as in "a stone block".',
)
NOT_BY_MEASURE = Elsewhere(
    reason="sizes by measure are not staged yet", fix="Write small, large or huge."
)
ONE_ONLY = Elsewhere(reason="only one of this kind is taken", fix="Keep the first.")


@dataclass(slots=True)
class NounPhrase:
    """What was read between tokens ``start`` and ``end``; ``noun_at`` alone fills it."""

    start: int
    end: int = 0
    head: Head = "unknown"
    prop: str = ""
    noun: str = ""
    plural: bool = False
    count: int | None = None
    vague: bool = False
    definite: bool = False
    bare: bool = True
    ordinal: int | None = None
    material: str = ""
    colour: str = ""
    tone: str = ""
    scale: float = 1.0
    mass_kg: float | None = None
    floor: str = ""
    set_kind: str = ""
    part: str = ""
    of: NounPhrase | None = None
    arrangement: str = ""
    act: tuple[Sense, Span] | None = None
    manner: str = ""
    reason: Elsewhere = NO_PROP
    missed: list[tuple[Span, Elsewhere]] = field(default_factory=list)
    moods: list[tuple[Sense, Span]] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """One word or phrase inside a noun phrase; no match means that nobody knows it."""

    at: int
    end: int
    match: Match | None

    def get(self, *kinds: str) -> Sense | None:
        return self.match.get(*kinds) if self.match else None


def noun_at(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, depth: int = 0
) -> NounPhrase | None:
    """The noun phrase that begins at a token, or None."""
    phrase = NounPhrase(start=at)
    first = _determined(lexicon, tokens, phrase)
    items = _items(lexicon, tokens, phrase, first)
    while items and not _can_be_head(items[-1]):
        items.pop()
    if not items:
        return _pronoun(lexicon, tokens, at)
    phrase.end = items[-1].end
    _read_head(phrase, items)
    _read_part(lexicon, tokens, phrase, depth)
    return phrase


def _can_be_head(item: _Item) -> bool:
    return item.match is None or item.get(*_HEADS, "material") is not None


def _determined(lexicon: Lexicon, tokens: Sequence[Token], phrase: NounPhrase) -> int:
    """Reads the determiner; returns where the rest begins."""
    found = lexicon.find(tokens, phrase.start, "word")
    if found and found[1].value in ("determiners", "definite"):
        quantity = lexicon.find(tokens, phrase.start, *_QUANTITIES)
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


def _items(
    lexicon: Lexicon, tokens: Sequence[Token], phrase: NounPhrase, at: int
) -> list[_Item]:
    """Walks over modifiers and nouns as far as they reach; quantities are read on the way."""
    items: list[_Item] = []
    while at < len(tokens):
        if tokens[at].lower == "," and items and _comma_joins(lexicon, tokens, at, items):
            at += 1
            continue
        if tokens[at].lower == "'s" and items and _owns(lexicon, tokens, at):
            _owner(phrase, items)
            at += 1
            continue
        if measured := _measured(lexicon, tokens, phrase, at, items):
            at += measured
            continue
        if quantity := _quantity(lexicon, tokens, phrase, at, items):
            at += quantity
            continue
        item = _item(lexicon, tokens, phrase, at, items)
        if item is None:
            break
        items.append(item)
        at = item.end
    return items


def _comma_joins(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, items: Sequence[_Item]
) -> bool:
    """ "a small, red ball": two qualities of one thing, and something after them."""
    kinds = ("colour", "size", "material")
    if items[-1].get(*_HEADS) is not None or items[-1].get(*kinds) is None:
        return False
    after = lexicon.find(tokens, at + 1, *kinds)
    return bool(after and lexicon.find(tokens, at + 1 + after[0], *_HEADS, *kinds))


def _owns(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    return lexicon.find(tokens, at + 1, *_HEADS, *_MODIFIERS) is not None


def _owner(phrase: NounPhrase, items: list[_Item]) -> None:
    """ "the table's edge" is a part of it; "the king's glass" is a glass, and the king is missing."""
    if items[-1].get("prop") is None:
        reason = items[-1].get("no noun")
        why = reason.elsewhere if reason and reason.elsewhere else NO_QUALITY
        phrase.missed.append(((items[0].at, items[-1].end), why))
        items.clear()


def _measured(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    phrase: NounPhrase,
    at: int,
    items: Sequence[_Item],
) -> int:
    """ "a 5 kg ball": tokens taken, 0 when there is no such thing here."""
    if items or tokens[at].kind != "number" and phrase.bare:
        return 0
    measure: Measure | None = measure_at(lexicon, tokens, at)
    if measure is None or measure.kind not in ("mass", "length"):
        return 0
    if lexicon.find(tokens, at + measure.length, *_HEADS, *_MODIFIERS) is None:
        return 0
    if measure.kind == "mass":
        phrase.mass_kg = measure.value
    else:
        phrase.missed.append(((at, at + measure.length), NOT_BY_MEASURE))
    return measure.length


def _quantity(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    phrase: NounPhrase,
    at: int,
    items: Sequence[_Item],
) -> int:
    """Counts and arrangements stand before everything else."""
    if items:
        return 0
    for match in lexicon.matches(tokens, at):
        if match.get("prop", "camera", "time"):
            return 0
        if sense := match.get("arrangement"):
            phrase.arrangement, phrase.bare = sense.value, False
            return match.length
        if sense := match.get("vague number"):
            phrase.count, phrase.vague, phrase.bare = int(sense.number), True, False
            return match.length
    found = number_at(lexicon, tokens, at)
    if found is None or measure_at(lexicon, tokens, at):
        return 0
    phrase.count, phrase.bare = int(found[1]), False
    return found[0]


def _item(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    phrase: NounPhrase,
    at: int,
    items: Sequence[_Item],
) -> _Item | None:
    token = tokens[at]
    matches = list(lexicon.matches(tokens, at)) if token.kind == "word" else []
    if not matches:
        return _unknown(token, phrase, at, items)
    match = matches[0]
    if match.get("camera", "preposition", "time", "gravity", "direction") and not match.get("prop"):
        return None
    if _acts(lexicon, tokens, match, at, items, phrase):
        phrase.act = (match.get("verb") or Sense(kind=""), (at, at + match.length))
        return _Item(at, at + match.length, Match(match.length, (Sense(kind="manner"),)))
    nounish = next((m for m in matches if m.get(*_NOUNISH)), None)
    if nounish is None or nounish.length < match.length:
        return _verb_as_noun(match, phrase, at, items)
    item = _Item(at, at + nounish.length, nounish)
    return None if _is_verb_here(lexicon, tokens, item, items) else item


def _unknown(
    token: Token, phrase: NounPhrase, at: int, items: Sequence[_Item]
) -> _Item | None:
    """A word nobody knows: part of the phrase, unless it looks like what the thing does."""
    if token.kind != "word" or token.lower.endswith("ly") or token.lower == "'s":
        return None
    ending = token.lower.endswith(("ed", "ing"))
    plural = token.lower.endswith("s") and not token.lower.endswith("ss")
    if items and items[-1].get(*_HEADS) and (ending or plural):
        return None
    singular = not phrase.bare and not phrase.definite and phrase.count in (None, 1)
    if items and items[-1].match is None and (ending or (plural and singular)):
        return None
    return _Item(at, at + 1, None)


def _acts(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    match: Match,
    at: int,
    items: Sequence[_Item],
    phrase: NounPhrase,
) -> bool:
    """ "a rolling ball": a verb that stands before its noun."""
    verb = match.get("verb")
    if verb is None or verb.form != "ing" or phrase.bare or any(i.get(*_HEADS) for i in items):
        return False
    return lexicon.find(tokens, at + match.length, *_HEADS, *_MODIFIERS) is not None


def _verb_as_noun(
    match: Match, phrase: NounPhrase, at: int, items: Sequence[_Item]
) -> _Item | None:
    """ "a drop", "the swing": after a determiner a bare verb is a thing, and not one of ours."""
    verb = match.get("verb", "no verb")
    if verb is None or phrase.bare or verb.form == "s" or match.length > 1:
        return None
    if any(item.get(*_HEADS) or item.match is None for item in items):
        return None
    return _Item(at, at + match.length, None)


def _is_verb_here(
    lexicon: Lexicon, tokens: Sequence[Token], item: _Item, items: Sequence[_Item]
) -> bool:
    """After its noun, a word that can be a verb is one: "the ball splashes", "the bottle can fall"."""
    if not any(before.get(*_HEADS) for before in items):
        return False
    if item.get("manner", "mood", "ordinal") and not item.get(*_HEADS):
        return True
    verb = item.get(*_VERBS)
    if verb is not None and verb.form in ("s", "ed", "base"):
        return True
    helps = item.get("word") is not None
    return helps and lexicon.find(tokens, item.end, "verb", "no verb") is not None


def _read_head(phrase: NounPhrase, items: Sequence[_Item]) -> None:
    last = items[-1]
    head = last.get(*_HEADS)
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


def _read_modifier(phrase: NounPhrase, item: _Item) -> None:
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


def _read_part(
    lexicon: Lexicon, tokens: Sequence[Token], phrase: NounPhrase, depth: int
) -> None:
    """ "the edge of the table": the part, and whose it is."""
    if phrase.head != "part" or phrase.of or phrase.end >= len(tokens) or depth >= MAX_DEPTH:
        return
    if tokens[phrase.end].lower == "of":
        whole = noun_at(lexicon, tokens, phrase.end + 1, depth + 1)
        if whole is not None:
            phrase.of, phrase.end = whole, whole.end
