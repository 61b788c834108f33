"""Noun phrases. In: tagged units. Out: `NounPhrase`s: "three tall red wine glasses full of water"."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.qualities import describe
from flow_nb.director.reading.units import Lookup, Unit
from flow_nb.director.reading.words import Sense
from flow_nb.director.vocabulary import NounRow

_HEADS = ("N", "NS", "NAME")
_PRONOUNS = ("PS", "PP")
_STARTS = ("D", "D1", "Q", "QV", "J", "N", "NS", "NAME", "PS", "PP", "ME")
_MANY = 3
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
        heads = []
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
        self._head(phrase, heads)
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
            elif tag == "ME" and self._measured(i):
                i = self._measure(phrase, i)
            elif tag in ("VG", "VN", "NOTE", "RB") and self._prenominal(i):
                found.append(i)
                i += 1
            elif (tag == "C" or self._text(i) == "and") and self._joins_qualities(i, found):
                i += 1
            else:
                return i, found

    def _quantity(self, phrase: NounPhrase, i: int) -> bool:
        unit = self.units[i]
        if unit.kind in ("number", "vague"):
            phrase.count, phrase.vague = min(int(unit.value), 10**6), unit.kind == "vague"
        elif unit.kind == "arrangement" and unit.sense is not None:
            phrase.arrangement = unit.sense.value
        return True

    def _measured(self, i: int) -> bool:
        """ "a 5 kg ball", "a 2 m tall tower": a measure that belongs to what follows."""
        unit = self.units[i]
        if unit.sense is None or unit.sense.value not in ("mass", "length", "angle"):
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
        if unit.text == "her" or unit.text == "him":
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

    def _head(self, phrase: NounPhrase, heads: list[int]) -> None:
        units = [self.units[j] for j in heads]
        last = units[-1]
        if all(unit.tag == "NAME" for unit in units):
            self._name(phrase, units)
            return
        phrase.plural = last.tag == "NS"
        phrase.noun, phrase.word = last.lemma, last.text
        rest = units[:-1]
        phrase.row, phrase.guessed = self._row(phrase, rest)
        sense = self.lookup.words.sense
        listed = next((s for s in self.lookup.words.senses(last.text) if _is_note(s.kind)), None)
        if listed is not None and not (phrase.row and phrase.row.prop and listed.inferred):
            phrase.note = listed
        whole = " ".join(unit.text for unit in units)
        ground = sense(whole, "ground") or sense(last.text, "ground")
        if ground is not None and not (rest and self._owns_row(phrase)):
            phrase.ground = ground.value
        phrase.body = not rest and last.text in self.lookup.words.listed("body")
        camera = self.lookup.words.notes["camera"]
        phrase.framing = last.text in camera["frames"]
        if phrase.row is not None and phrase.row.kind == "place":
            phrase.sets = phrase.row.sets
        part = sense(last.text, "part")
        if part is not None and rest and rest[-1].tag in ("N", "NS") and not self._owns_row(phrase):
            self._part_of(phrase, part, heads[:-1])
            return
        describe(self.lookup, phrase, rest)
        self._of_place(phrase, rest)
        if rest and all(unit.tag == "NAME" for unit in rest) and phrase.person:
            phrase.name = " ".join(unit.written for unit in rest)

    def _part_of(self, phrase: NounPhrase, part: Sense, heads: list[int]) -> None:
        """ "the table edge" is the edge of the table."""
        first = self.units[heads[0]]
        inner = NounPhrase(heads[0], heads[-1] + 1, first.at, self.units[heads[-1]].upto)
        inner.determiner = phrase.determiner
        self._head(inner, heads)
        phrase.of, phrase.ground = inner, None
        phrase.part = part.value if part.value != "outline" else ""

    def _owns_row(self, phrase: NounPhrase) -> bool:
        return phrase.row is not None and " " in phrase.row.noun

    def _row(self, phrase: NounPhrase, rest: list[Unit]) -> tuple[NounRow | None, bool]:
        vocabulary = self.lookup.vocabulary
        if rest and rest[-1].tag != "NAME":
            both = f"{rest[-1].text} {phrase.noun}"
            if (row := vocabulary.noun(both)) is not None:
                phrase.noun = both
                rest.pop()
                return row, False
        if (row := vocabulary.noun(phrase.noun)) is not None:
            return row, False
        return self.lookup.guess_noun(phrase.noun), True

    def _of_place(self, phrase: NounPhrase, rest: list[Unit]) -> None:
        """ "kitchen table": the table of a kitchen."""
        for unit in rest if phrase.word not in self.lookup.words.listed("clothes") else ():
            row = self.lookup.vocabulary.noun(unit.lemma)
            if row is not None and row.kind == "place" and row.sets and not phrase.sets:
                phrase.notes.append((_set_sense(row.sets[0]), unit.at, unit.upto))

    def _name(self, phrase: NounPhrase, units: list[Unit]) -> None:
        """A name by itself: of a person, or of a place that somebody knows."""
        written = " ".join(unit.written for unit in units)
        whole = " ".join(unit.text for unit in units)
        phrase.noun, phrase.word = whole, whole
        vocabulary, last = self.lookup.vocabulary, units[-1].text
        row = vocabulary.noun(whole) or self.lookup.guess_noun(whole)
        if row is None and len(units) > 1:
            row = vocabulary.noun(last)
        given = units[0].text in self._given() or units[0].text in self.lookup.words.listed(
            "people", "titles"
        )
        if row is not None and row.kind == "place" and not given:
            phrase.row, phrase.guessed, phrase.sets = row, True, row.sets
            phrase.ground = "" if not row.prop else None
            phrase.determiner = phrase.determiner or "the"
            return
        if row is not None and row.kind != "person" and not given:
            phrase.row, phrase.guessed = row, row.guessed
            phrase.noun = row.noun
            return
        phrase.name = written.title() if written.isupper() else written
        phrase.noun, phrase.determiner = "person", phrase.determiner or "the"
        phrase.row = row if row and row.kind == "person" else vocabulary.noun("person")

    def _given(self) -> frozenset[str]:
        listed = self.lookup.words.listed
        return listed("names", "he") | listed("names", "she")

    def _owned(self, owner: NounPhrase, at: int) -> NounPhrase | None:
        """ "the boy's red hat"."""
        thing = self._base(at + 1)
        if thing is None:
            owner.end, owner.upto = at + 1, self.units[at].upto
            return owner
        thing.owner, thing.start, thing.at = owner, owner.start, owner.at
        thing.determiner = thing.determiner or "the"
        return thing

    def _with_of(self, phrase: NounPhrase, depth: int) -> NounPhrase:
        """What stands behind "of"."""
        words = self.lookup.words
        full = self._text(phrase.end) in ("full", "filled") and self._text(phrase.end + 1) in (
            "of", "with",
        )  # fmt: skip
        at = phrase.end + 2 if full else phrase.end + 1
        if not full and (self._text(phrase.end) != "of" or phrase.pronoun):
            return phrase
        inner = self.at(at, depth + 1)
        if inner is None:
            return phrase
        if phrase.framing:
            return phrase
        whole = phrase.word
        if not full and whole in words.listed("portions") and not inner.definite:
            return self._portion(phrase, inner)
        phrase.end, phrase.upto = inner.end, inner.upto
        part = words.sense(whole, "part")
        if full or self._holds(phrase):
            phrase.contents = inner
        elif part is not None and not inner.person:
            phrase.of = inner
            phrase.part = part.value if part.value != "outline" else ""
        elif inner.noun and (tone := words.sense(inner.word, "colour")) is not None:
            phrase.colour = tone.value
        elif phrase.note is not None or (phrase.row is None and inner.name):
            phrase.qualities.append(inner.word)
        elif phrase.body:
            phrase.owner = inner
        else:
            phrase.of = inner
        return phrase

    def _holds(self, phrase: NounPhrase) -> bool:
        rows = self.lookup.words.rows["containers"]
        known = phrase.row is not None and phrase.row.prop in rows["props"]
        return known or phrase.word in rows["words"] or phrase.noun in rows["words"]

    def _portion(self, phrase: NounPhrase, inner: NounPhrase) -> NounPhrase:
        """ "two pieces of cake" are cake."""
        inner.start, inner.at, inner.determiner = phrase.start, phrase.at, phrase.determiner
        inner.count = phrase.count if phrase.count is not None else inner.count
        if inner.count is None and phrase.plural:
            inner.count, inner.vague = _MANY, True
        inner.qualities.insert(0, f"{phrase.word} of")
        inner.colour = inner.colour or phrase.colour
        return inner


def _is_note(kind: str) -> bool:
    return kind.startswith("nouns:")


def _set_sense(name: str) -> Sense:
    return Sense("nouns:set", name, True)
