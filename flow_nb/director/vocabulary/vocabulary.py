"""Looking words up. In: words as they stand in a text. Out: rows, lemmas, and guesses through hypernyms."""

from __future__ import annotations

from functools import cache

from flow_nb.director.vocabulary.rows import Lemma, NounRow, VerbRow


class Vocabulary:
    """All nouns and verbs. Phrases are lower case, words joined by one blank, hyphens as blanks."""

    def noun(self, phrase: str) -> NounRow | None:
        """The row of a noun in the singular, or None: "wine glass"."""
        raise NotImplementedError

    def verb(self, phrase: str) -> VerbRow | None:
        """The row of a verb in its base form, with its particle if it has one: "knock over"."""
        raise NotImplementedError

    def guess_noun(self, word: str) -> NounRow | None:
        """The nearest noun that has a row, up the hypernyms; None where nothing near is known."""
        raise NotImplementedError

    def guess_verb(self, word: str) -> VerbRow | None:
        """The nearest verb that has a row, up the hypernyms."""
        raise NotImplementedError

    def lemmas(self, word: str) -> tuple[Lemma, ...]:
        """All ways to take a word apart, likeliest first; empty for a word that nobody knows."""
        raise NotImplementedError

    @property
    def longest_phrase(self) -> int:
        """Words in the longest noun or verb."""
        raise NotImplementedError


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary."""
    return Vocabulary()
