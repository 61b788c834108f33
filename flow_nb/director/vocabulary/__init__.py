"""The words. In: ``verbs.toml``, ``nouns.toml``, a table derived from WordNet. Out: rows and lemmas."""

from flow_nb.director.vocabulary.rows import Lemma, NounRow, VerbRow
from flow_nb.director.vocabulary.vocabulary import Vocabulary, vocabulary

__all__ = ["Lemma", "NounRow", "VerbRow", "Vocabulary", "vocabulary"]
