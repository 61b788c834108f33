"""Looking words up. In: words as they stand in a text. Out: rows, lemmas, and guesses through hypernyms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, cached_property

from flow_nb.director.vocabulary.forms import Candidate, share, unbent
from flow_nb.director.vocabulary.guessing import Guesses
from flow_nb.director.vocabulary.reading import Nouns, Verbs
from flow_nb.director.vocabulary.rows import Lemma, NounRow, PartOfSpeech, VerbRow
from flow_nb.director.vocabulary.table import Table

_LETTERS: dict[str, PartOfSpeech] = {
    "n": "noun",
    "v": "verb",
    "a": "adjective",
    "r": "adverb",
}
_KEYS = {pos: letter for letter, pos in _LETTERS.items()}
_RAISED = 8
"""A word that somebody mapped by hand is this many times as likely what it was mapped as."""


class Vocabulary:
    """All nouns and verbs. Phrases are lower case, words joined by one blank, hyphens as blanks."""

    def __init__(self) -> None:
        self._nouns, self._verbs = Nouns(), Verbs()

    def noun(self, phrase: str) -> NounRow | None:
        """The row of a noun in the singular, or None: "wine glass"."""
        return self._nouns.row(phrase)

    def verb(self, phrase: str) -> VerbRow | None:
        """The row of a verb in its base form, with its particle if it has one: "knock over"."""
        return self._verbs.row(phrase)

    def guess_noun(self, word: str) -> NounRow | None:
        """The nearest noun that has a row, up the hypernyms; None where nothing near is known."""
        return self._guesses.noun(word)

    def guess_verb(self, word: str) -> VerbRow | None:
        """The nearest verb that has a row, up the hypernyms."""
        return self._guesses.verb(word)

    def lemmas(self, word: str) -> tuple[Lemma, ...]:
        """All ways to take a word apart, likeliest first; empty for a word that nobody knows.

        Weights add up to 1 over the bases and parts of speech; "dropped" is listed as past and as
        participle with the same weight. Of a phrase the first word bends as a verb, the last as a noun.
        """
        found: dict[Candidate, float] = {}
        for base, pos, form in self._analyses(word):
            weight = self._common(base, pos)
            if weight:
                found.setdefault((base, pos, form), weight * share(form, pos))
        whole = sum({(base, pos): weight for (base, pos, _), weight in found.items()}.values())
        ranked = sorted(found.items(), key=lambda item: -item[1])
        return tuple(Lemma(*candidate, weight / whole) for candidate, weight in ranked)

    @cached_property
    def longest_phrase(self) -> int:
        """Words in the longest noun or verb."""
        return max(word.count(" ") for word in (*self._nouns.words(), *self._verbs.words())) + 1

    def nouns(self) -> tuple[str, ...]:
        """All nouns that have a row, in the file's order."""
        return self._nouns.words()

    def verbs(self) -> tuple[str, ...]:
        """All verbs that have a row, in the file's order."""
        return self._verbs.words()

    def _analyses(self, phrase: str) -> Iterator[Candidate]:
        first, _, behind = phrase.partition(" ")
        if not behind:
            yield from self._words(phrase)
            return
        before, _, last = phrase.rpartition(" ")
        for base, pos, form in self._words(last):
            if pos == "noun":
                yield f"{before} {base}", pos, form
        for base, pos, form in self._words(first):
            if pos == "verb":
                yield f"{base} {behind}", pos, form

    def _words(self, word: str) -> Iterator[Candidate]:
        if word in self._nouns.plurals:
            yield self._nouns.plurals[word], "noun", "plural"
        for base, form in self._verbs.forms.get(word, ()):
            yield base, "verb", form
        irregular = self._table.bases(word)
        for letter, base in irregular:
            yield from self._irregular(word, letter, base)
        compared = {_LETTERS[letter] for letter, _ in irregular} & {"adjective"}
        for base, pos, form in unbent(word):
            if base != word or pos not in compared:  # "bigger" is of "big" alone
                yield base, pos, form

    def _irregular(self, word: str, letter: str, base: str) -> Iterator[Candidate]:
        """WordNet lists irregular forms without saying which form they are: the ending tells."""
        if letter == "n":
            yield base, "noun", "plural"
        elif letter in "ar":
            yield base, _LETTERS[letter], "most" if word.endswith("st") else "more"
        elif word.endswith("ing"):
            yield base, "verb", "ing"
        elif base not in self._verbs.bent:
            yield base, "verb", "ed"
            yield base, "verb", "en"

    def _common(self, base: str, pos: PartOfSpeech) -> float:
        """How common; the root, because the texts that WordNet counted are not about films."""
        weight = self._table.weight(base, _KEYS[pos])
        mapped = pos == "verb" and base in self._verbs
        if pos == "noun" and base in self._nouns:
            mapped = self._nouns.kind(base) != "abstract"
            weight += 1
        return math.sqrt(_RAISED * (weight + 1) if mapped else weight)

    @cached_property
    def _table(self) -> Table:
        return Table()

    @cached_property
    def _guesses(self) -> Guesses:
        return Guesses(self._table, self._nouns, self._verbs)


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary."""
    return Vocabulary()
