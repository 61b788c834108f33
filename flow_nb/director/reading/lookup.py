"""Looking up, remembered. In: words. Out: lemmas, rows and nouns of several words."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import lru_cache

from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.words import Words
from flow_nb.director.vocabulary import Vocabulary

_LONGEST_NOUN = 4
_SINGLE = ("a", "an", "one", "this", "that", "each", "every")
_ACTS_FROM = 0.25


class Lookup:
    """The vocabulary with the reader's words, remembered word by word."""

    def __init__(self, vocabulary: Vocabulary, words: Words) -> None:
        self.vocabulary, self.words = vocabulary, words
        self.names: frozenset[str] = words.listed("names", "he") | words.listed("names", "she")
        self.lemmas = lru_cache(8192)(vocabulary.lemmas)
        self.guess_noun = lru_cache(4096)(vocabulary.guess_noun)
        self.guess_verb = lru_cache(4096)(vocabulary.guess_verb)

    def naming(self, names: frozenset[str]) -> Lookup:
        """The same, where these are names as well."""
        if names <= self.names:
            return self
        other = copy(self)
        other.names = self.names | names
        return other

    def known(self, word: str) -> bool:
        """Whether it is an English word of any kind."""
        return word in self.words.closed or bool(self.lemmas(word)) or bool(self.words.senses(word))

    def compound(self, tokens: Sequence[Token], at: int) -> tuple[int, str, bool] | None:
        """The longest noun of two words and more that begins here: length, singular, whether plural."""
        for length in range(min(_LONGEST_NOUN, len(tokens) - at), 1, -1):
            part = tokens[at : at + length]
            if any(token.kind != "word" for token in part):
                continue
            before = " ".join(token.lower for token in part[:-1])
            single = at > 0 and tokens[at - 1].lower in _SINGLE
            for last, plural in _singulars(part[-1].lower):
                if (
                    plural
                    and (single or self._acts(part[-1].lower))
                    and not self._goes_on(tokens, at + length)
                ):
                    continue
                if self.vocabulary.noun(f"{before} {last}") is not None:
                    return length, f"{before} {last}", plural
        return None

    def _goes_on(self, tokens: Sequence[Token], at: int) -> bool:
        """ "Paper planes sail": whether a verb of several follows."""
        word = tokens[at].lower if at < len(tokens) else ""
        if word in ("are", "were", "have"):
            return True
        first = (
            next(iter(self.lemmas(word)), None) if word and word not in self.words.closed else None
        )
        return first is not None and first.pos == "verb" and first.form == "base"

    def _acts(self, word: str) -> bool:
        """ "the bus stops": whether a plural is rather a verb."""
        return any(
            lemma.form == "s" and lemma.weight > _ACTS_FROM for lemma in self.lemmas(word)
        )  # fmt: skip


def _singulars(word: str) -> list[tuple[str, bool]]:
    found = [(word, False)]
    if word.endswith("s") and not word.endswith("ss"):
        found.append((word[:-1], True))
    for ending, single in (("es", ""), ("ies", "y"), ("ves", "f"), ("men", "man")):
        if word.endswith(ending):
            found.append((word.removesuffix(ending) + single, True))
    return found
