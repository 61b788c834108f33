"""Noun phrases. In: tagged units. Out: `NounPhrase`s: "three tall red wine glasses full of water"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flow_nb.director.reading.heads import head
from flow_nb.director.reading.joined import with_of
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.qualities import describe
from flow_nb.director.reading.unit import Unit

_HEADS = ("N", "NS", "NAME")
_PRONOUNS = ("PS", "PP")
_STARTS = ("D", "D1", "Q", "QV", "J", "N", "NS", "NAME", "PS", "PP", "ME")
_DEPTH = 4


class Nouns:
    """Reads noun phrases of one sentence."""

    def __init__(self, lookup: Lookup, units: Sequence[Unit]) -> None:
        self.lookup, self.units = lookup, units

    def at(self, i: int, depth: int = 0) -> NounPhrase | None:
        """The noun phrase that begins at a unit, with its "of"; None where none does."""
        phrase = self._base(i)
        if phrase is None or depth >= _DEPTH:
            return phrase
        return self._with_of(phrase, depth)

    def _tag(self, i: int) -> str:
        return self.units[i].tag if 0 <= i < len(self.units) else ""

    def _text(self, i: int) -> str:
        return self.units[i].text if 0 <= i < len(self.units) else ""

    def _base(self, start: int) -> NounPhrase | None:
        tag = self._tag(start)
        opens = tag in _STARTS or (tag in ("VG", "VN", "NOTE", "RB") and self._prenominal(start))
        if not opens or (tag == "ME" and not self._measured(start)):
            return None
        unit = self.units[start]
        phrase = NounPhrase(start, start, unit.at, unit.upto)
        if tag in _PRONOUNS and not (unit.kind == "vague" and self._tag(start + 1) in _HEADS):
            return self._pronoun(phrase, unit)
        i = self._determined(phrase, start)
        i, qualities = self._modifiers(phrase, i)
        heads: list[int] = []
        while self._tag(i) in _HEADS and not self._splits(i, heads):
            heads.append(i)
            i += 1
        alone = len(heads) == 1 and phrase.determiner and self._tag(heads[0]) in ("N", "NS")
        if alone and self.lookup.words.sense(self.units[heads[0]].lemma, "ordinal"):
            phrase.plural = self._tag(heads[0]) == "NS"
            qualities.append(heads[0])
            heads = []
        if not heads:
            return self._headless(phrase, i, qualities)
        self._close(phrase, i)
        describe(self.lookup, phrase, [self.units[j] for j in qualities])
        head(self.lookup, phrase, [self.units[j] for j in heads])
        if phrase.speed_m_s is not None and phrase.note is not None:
            phrase.note = replace(phrase.note, value=round(phrase.speed_m_s, 4))
        if self._tag(i) == "POS":
            return self._owned(phrase, i)
        return phrase

    def _close(self, phrase: NounPhrase, end: int) -> None:
        phrase.end, phrase.upto = end, self.units[end - 1].upto

    def _splits(self, i: int, heads: list[int]) -> bool:
        """ "throws the girl balls": a plural after a noun that is complete begins another phrase."""
        return bool(heads) and self._tag(heads[-1]) == "NS" and self._tag(i) == "NS"

    def _determined(self, phrase: NounPhrase, i: int) -> int:
        while self._tag(i) in ("D", "D1"):
            phrase.determiner = f"{phrase.determiner} {self._text(i)}".strip()
            i += 1
        return i

    def _modifiers(self, phrase: NounPhrase, i: int) -> tuple[int, list[int]]:
        found: list[int] = []
        while True:
            tag = self._tag(i)
            if tag in ("Q", "QV") and self._quantity(phrase, i):
                i += 1
                if self._text(i) == "of" and self._tag(i + 1) in ("D", "D1", "PP"):
                    phrase.subset = True
                    i = self._determined(phrase, i + 1)
            elif tag == "J":
                found.append(i)
                i += 1
            elif self._text(i) == "more" and self._tag(i - 1) in ("Q", "QV"):
                i += 1
            elif tag == "ME" and self._measured(i):
                i = self._measure(phrase, i)
            elif self._prenominal(i) or self._adds(phrase, i, found):
                found.append(i)
                i += 1
            elif (tag == "C" or self._text(i) == "and") and self._joins_qualities(i, found):
                i += 1
            else:
                return i, found

    def _adds(self, phrase: NounPhrase, i: int, found: list[int]) -> bool:
        """ "a warm and inviting room"."""
        joined = self._tag(i) in ("VG", "VN") and self._text(i - 1) == "and"
        return joined and bool(phrase.determiner and found) and self._tag(i + 1) in _HEADS

    def _quantity(self, phrase: NounPhrase, i: int) -> bool:
        unit = self.units[i]
        if unit.kind == "number" and phrase.subset and phrase.count is not None:
            phrase.whole = min(int(unit.value), 10**6)
        elif unit.kind in ("number", "vague"):
            phrase.count, phrase.vague = min(int(unit.value), 10**6), unit.kind == "vague"
        elif unit.kind == "arrangement" and unit.sense is not None:
            phrase.arrangement = unit.sense.value
        return True

    def _measured(self, i: int) -> bool:
        """ "a 5 kg ball", "a 2 m tall tower": a measure that belongs to what follows."""
        unit = self.units[i]
        blows = self.lookup.words.sense(self._text(i + 1), "nouns:wind") is not None
        kinds = ("mass", "length", "angle", "speed") if blows else ("mass", "length", "angle")
        if unit.sense is None or unit.sense.value not in kinds:
            return False
        j = i + 1
        while self._tag(j) in ("J", "ME"):
            j += 1
        return self._tag(j) in _HEADS and (
            j > i + 1 or self._tag(i - 1) in ("D", "D1", "Q", "QV", "J")
        )

    def _measure(self, phrase: NounPhrase, i: int) -> int:
        unit = self.units[i]
        if unit.sense is not None and unit.sense.value == "mass":
            phrase.mass_kg = unit.value
        elif unit.sense is not None and unit.sense.value == "speed":
            phrase.speed_m_s = unit.value
        elif unit.sense is not None and unit.sense.value == "length":
            phrase.size_m = unit.value
        bare = self._text(i + 1) in (
            "tall",
            "high",
            "long",
            "wide",
            "big",
            "large",
            "deep",
            "thick",
        )
        return i + 2 if bare else i + 1

    def _prenominal(self, i: int) -> bool:
        """ "a burning candle", "crashing waves": a participle or an adverb before its noun."""
        tag, before = self._tag(i), self._tag(i - 1)
        if tag not in ("VG", "VN", "NOTE", "RB"):
            return False
        inside = before in ("D", "D1", "Q", "QV", "J", "POS")
        inside = inside or (before == "C" and self._tag(i - 2) == "J" and tag != "RB")
        j = i + 1
        while self._tag(j) in ("J", "VG", "VN", "RB") and j < i + 4:
            j += 1
        if tag == "RB":
            return inside and self._tag(i + 1) in ("J", "VN", "VG") and self._tag(j) in _HEADS
        if tag == "NOTE":
            return inside and self.units[i].options.get("J") is not None and self._tag(j) in _HEADS
        if self._tag(j) not in _HEADS:
            return False
        if inside:
            return True
        if tag == "VN":
            return j == i + 1 and self._opens_clause(i) and self._tag(j) != "NAME"
        return self._opens_clause(i) and j == i + 1 and self._by_itself(i, j)

    def _opens_clause(self, i: int) -> bool:
        return self._tag(i - 1) in ("", "X", "C", "CC", "IN", "NOTE", "CS", "VZ", "VP", "VB", "VD")

    def _by_itself(self, i: int, noun: int) -> bool:
        """ "Crashing waves" are waves that crash; "pouring milk" has somebody who pours."""
        lemma = self.units[i].lemma
        row = self.lookup.vocabulary.verb(lemma)
        if self.lookup.words.sense(self.units[i].text, "state", "mood"):
            return True
        if self.lookup.words.sense(self.units[noun].text, "unit"):
            return False
        after = noun + 1
        while self._tag(after) in (*_HEADS, "IN", "D", "D1", "J"):
            after += 1
        acted = row is None or row.done is not None or row.meets or row.does is None
        finite = self._tag(after) in ("VZ", "VP", "VD", "BE", "MD", "HV")
        return finite or not acted

    def _joins_qualities(self, i: int, found: list[int]) -> bool:
        """ "a small, red ball", "red and blue balls"."""
        if not found or self._tag(i - 1) != "J":
            return False
        j = i + 1
        while self._tag(j) in ("J", "VG", "VN"):
            j += 1
        return j > i + 1 and self._tag(j) in _HEADS

    def _pronoun(self, phrase: NounPhrase, unit: Unit) -> NounPhrase:
        self._close(phrase, phrase.start + 1)
        phrase.noun = phrase.word = unit.text
        phrase.plural = unit.tag == "PP"
        if unit.kind == "reciprocal":
            phrase.pronoun = "reciprocal"
            return phrase
        sense = self.lookup.words.sense(unit.text, "pronoun")
        phrase.pronoun = sense.value if sense else "nobody"
        if unit.text in ("her", "him"):
            phrase.pronoun = "she" if unit.text == "her" else "he"
        if self._text(phrase.end) == "of" and self._tag(phrase.end + 1) in ("D", "PP"):
            inner = self._base(phrase.end + 1)
            if inner is not None:
                inner.subset, inner.start, inner.at = True, phrase.start, phrase.at
                inner.whole = inner.count
                inner.count = 1 if phrase.pronoun == "one" else inner.count
                return inner
        return phrase

    def _headless(self, phrase: NounPhrase, i: int, qualities: list[int]) -> NounPhrase | None:
        """ "the other", "both", "the red one", "the second", "the dancing"."""
        if phrase.determiner and self._tag(i) == "PS" and self._text(i) == "one":
            i += 1
        elif phrase.determiner and not qualities and self._tag(i) in ("VG", "VN"):
            self._close(phrase, i + 1)
            phrase.noun = phrase.word = self.units[i].text
            phrase.row = self.lookup.vocabulary.noun(phrase.noun)
            return phrase
        elif not phrase.determiner and phrase.count is None:
            return None
        if i == phrase.start:
            return None
        self._close(phrase, i)
        describe(self.lookup, phrase, [self.units[j] for j in qualities])
        last = self._text(i - 1)
        phrase.noun = phrase.word = last
        single = last in ("another", "this", "that", "it", "each", "one")
        phrase.pronoun = "one" if qualities or single or phrase.count == 1 else "they"
        phrase.plural = phrase.plural or phrase.pronoun == "they" or (phrase.count or 1) > 1
        return phrase

    def _owned(self, owner: NounPhrase, at: int) -> NounPhrase | None:
        """ "the boy's red hat"."""
        thing = self._base(at + 1)
        if thing is None:
            owner.end, owner.upto = at + 1, self.units[at].upto
            return owner
        thing.owner, thing.start, thing.at = owner, owner.start, owner.at
        thing.body = thing.body or thing.word in self.lookup.words.listed("body")
        thing.determiner = thing.determiner or "the"
        return thing

    def _with_of(self, phrase: NounPhrase, depth: int) -> NounPhrase:
        """What stands behind "of" or "full of"."""
        full = self._text(phrase.end) in ("full", "filled") and self._text(phrase.end + 1) in (
            "of", "with",
        )  # fmt: skip
        if not full and (self._text(phrase.end) != "of" or phrase.pronoun or phrase.framing):
            return phrase
        inner = self.at(phrase.end + 2 if full else phrase.end + 1, depth + 1)
        return phrase if inner is None else with_of(self.lookup, phrase, inner, full=full)
