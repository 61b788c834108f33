"""A text taken apart. In: a shot's text. Out: `Script`: dialogue, sluglines, directives, definitions, prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flow_nb.director.script.defines import Defined, definitions
from flow_nb.director.script.dialogue import Said, spoken
from flow_nb.director.script.directives import Directives, directives
from flow_nb.director.script.rows import blanked
from flow_nb.director.script.slugs import Slug, sluglines
from flow_nb.director.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What is not prose, and ``prose``: the text with all of that blanked out, offset by offset.

    ``vocabulary`` knows the words that the text defines; ``names`` are what those who speak are called,
    in lower case, where no word for a person says so already ("MOTHER").
    """

    text: str
    prose: str
    said: tuple[Said, ...]
    slugs: tuple[Slug, ...]
    directives: Directives
    vocabulary: Vocabulary
    names: frozenset[str] = frozenset()


def take_apart(text: str, vocabulary: Vocabulary) -> Script:
    """The pieces of a text.

    Raises:
        PlanError: a directive or a definition that cannot be.
    """
    defined = definitions(text, vocabulary)
    plain = blanked(text, defined.spans)
    directed = directives(plain)
    plain = blanked(plain, directed.spans)
    slugs = sluglines(plain)
    said = spoken(plain)
    prose = blanked(plain, [*((s.at, s.end) for s in slugs), *(one.taken for one in said)])
    known = Defined(vocabulary, defined.nouns) if defined.nouns else vocabulary
    return Script(
        text=text,
        prose=prose,
        said=said,
        slugs=slugs,
        directives=directed,
        vocabulary=known,
        names=frozenset(_names(said, known)),
    )


def _names(said: Sequence[Said], vocabulary: Vocabulary) -> Iterator[str]:
    for speaker in {one.speaker for one in said}:
        for word in speaker.lower().replace(".", "").split():
            row = vocabulary.noun(word)
            adjective = any(lemma.pos == "adjective" for lemma in vocabulary.lemmas(word))
            if not adjective and word not in _PRONOUNS and (row is None or row.kind != "person"):
                yield word


_PRONOUNS = (
    "he",
    "she",
    "they",
    "it",
    "i",
    "we",
    "you",
    "ms",
    "mr",
    "mrs",
    "dr",
    "the",
    "all",
    "both",
    "voice",
)
