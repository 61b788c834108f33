"""Along a noun phrase, word by word. In: tokens. Out: its `Item`s, with counts and measures noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flow_nb.director.lexicon import Lexicon, Match, Sense
from flow_nb.director.measures import measure_at, number_at
from flow_nb.director.phrase import (
    HEADS,
    MODIFIERS,
    NO_QUALITY,
    NOT_BY_MEASURE,
    QUANTITIES,
    NounPhrase,
)
from flow_nb.director.tokens import Token

_NOUNISH = (*HEADS, *MODIFIERS, *QUANTITIES)
_VERBS = ("verb", "no verb", "camera verb")
_ELSEWHERE = ("camera", "preposition", "time", "gravity", "direction", "no phrase")


@dataclass(slots=True)
class Item:
    """One word or phrase inside a noun phrase; no match means that nobody knows it."""

    at: int
    end: int
    match: Match | None

    def get(self, *kinds: str) -> Sense | None:
        """Its sense of one of these kinds."""
        return self.match.get(*kinds) if self.match else None

    @property
    def names(self) -> bool:
        """Whether it names something known."""
        return self.get(*HEADS) is not None


@dataclass(slots=True)
class Walk:
    """One way along the tokens; ``items`` grows, counts and measures go to the ``phrase``."""

    lexicon: Lexicon
    tokens: Sequence[Token]
    phrase: NounPhrase
    items: list[Item] = field(default_factory=list)

    def go(self, at: int) -> list[Item]:
        """Takes words as long as they belong to the phrase."""
        while at < len(self.tokens):
            passed = self._joint(at) or self._measure(at) or self._quantity(at)
            if passed:
                at += passed
                continue
            item = self._item(at)
            if item is None:
                break
            self.items.append(item)
            at = item.end
        return self.items

    def _find(self, at: int, *kinds: str) -> tuple[int, Sense] | None:
        return self.lexicon.find(self.tokens, at, *kinds)

    def _joint(self, at: int) -> int:
        """A comma between qualities, or the 's of an owner."""
        word = self.tokens[at].lower
        if word == "," and self.items and self._comma_joins(at):
            return 1
        if word == "'s" and self.items and self._find(at + 1, *HEADS, *MODIFIERS):
            self._owner()
            return 1
        return 0

    def _comma_joins(self, at: int) -> bool:
        """ "a small, red ball": two qualities of one thing, and something after them."""
        kinds = ("colour", "size", "material")
        if self.items[-1].names or self.items[-1].get(*kinds) is None:
            return False
        after = self._find(at + 1, *kinds)
        return bool(after and self._find(at + 1 + after[0], *HEADS, *kinds))

    def _owner(self) -> None:
        """ "the table's edge" is a part of it; "the king's glass" is a glass without its king."""
        last = self.items[-1]
        if last.get("prop") is None:
            reason = last.get("no noun")
            why = reason.elsewhere if reason and reason.elsewhere else NO_QUALITY
            self.phrase.missed.append(((self.items[0].at, last.end), why))
            self.items.clear()

    def _measure(self, at: int) -> int:
        """ "a 5 kg ball": tokens taken, 0 when there is no such thing here."""
        if self.items or (self.tokens[at].kind != "number" and self.phrase.bare):
            return 0
        measure = measure_at(self.lexicon, self.tokens, at)
        if measure is None or measure.kind not in ("mass", "length"):
            return 0
        if self._find(at + measure.length, *HEADS, *MODIFIERS) is None:
            return 0
        if measure.kind == "mass":
            self.phrase.mass_kg = measure.value
        else:
            self.phrase.missed.append(((at, at + measure.length), NOT_BY_MEASURE))
        return measure.length

    def _quantity(self, at: int) -> int:
        """Counts and arrangements stand before everything else."""
        phrase = self.phrase
        for match in () if self.items else self.lexicon.matches(self.tokens, at):
            if match.get("prop", "camera", "time"):
                return 0
            if sense := match.get("arrangement"):
                phrase.arrangement, phrase.bare = sense.value, False
                return match.length
            if sense := match.get("vague number"):
                phrase.count, phrase.vague, phrase.bare = int(sense.number), True, False
                return match.length
        found = None if self.items else number_at(self.lexicon, self.tokens, at)
        if found is None or measure_at(self.lexicon, self.tokens, at):
            return 0
        phrase.count, phrase.bare, phrase.end = int(found[1]), False, at + found[0]
        return found[0]

    def _item(self, at: int) -> Item | None:
        word = self.tokens[at].kind == "word"
        matches = list(self.lexicon.matches(self.tokens, at)) if word else []
        if not matches:
            return self._unknown(at)
        match = matches[0]
        if match.get(*_ELSEWHERE) and not match.get("prop"):
            return None
        if verb := self._acting(match, at):
            self.phrase.act = (verb, (at, at + match.length))
            return Item(at, at + match.length, Match(match.length, (Sense(kind="manner"),)))
        nounish = next((m for m in matches if m.get(*_NOUNISH)), None)
        if nounish is None or nounish.length < match.length:
            return self._verb_as_noun(match, at)
        item = Item(at, at + nounish.length, nounish)
        return None if self._is_verb_here(item) else item

    def _unknown(self, at: int) -> Item | None:
        """A word nobody knows: part of the phrase, unless it looks like what the thing does."""
        token, phrase = self.tokens[at], self.phrase
        word = token.lower
        if token.kind != "word" or word.endswith("ly") or word == "'s":
            return None
        ending = word.endswith(("ed", "ing"))
        plural = word.endswith("s") and not word.endswith("ss")
        last = self.items[-1] if self.items else None
        if last and last.names and (ending or plural):
            return None
        singular = not phrase.bare and not phrase.definite and phrase.count in (None, 1)
        if last and last.match is None and (ending or (plural and singular)):
            return None
        return Item(at, at + 1, None)

    def _acting(self, match: Match, at: int) -> Sense | None:
        """ "a rolling ball": a verb that stands before its noun."""
        verb = match.get("verb")
        if verb is None or verb.form != "ing" or self.phrase.bare:
            return None
        if any(item.names for item in self.items):
            return None
        return verb if self._find(at + match.length, *HEADS, *MODIFIERS) else None

    def _verb_as_noun(self, match: Match, at: int) -> Item | None:
        """ "a drop", "the swing": after a determiner a bare verb is a thing, and none of ours."""
        verb = match.get("verb", "no verb")
        if verb is None or self.phrase.bare or verb.form == "s" or match.length > 1:
            return None
        if any(item.names or item.match is None for item in self.items):
            return None
        return Item(at, at + match.length, None)

    def _is_verb_here(self, item: Item) -> bool:
        """After its noun, what can be a verb is one: "the ball splashes", "the bottle can fall"."""
        if not any(before.names for before in self.items):
            return False
        if item.get("manner", "mood", "ordinal") and not item.names:
            return True
        verb = item.get(*_VERBS)
        if verb is not None and verb.form in ("s", "ed", "base"):
            return True
        helps = item.get("word") is not None
        return helps and self._find(item.end, "verb", "no verb") is not None
