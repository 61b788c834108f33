"""How English bends words, backwards. In: a word as it stands. Out: bases it may be a form of.

The rules guess freely: ``dropped`` may be of "drop", "dropp" or "droppe". Who asks keeps the bases
that are words. What no rule gets stands in WordNet's tables and under ``[irregular]`` in the data files.
"""

from __future__ import annotations

from collections.abc import Iterator

from flow_nb.director.vocabulary.rows import Form, PartOfSpeech

Candidate = tuple[str, PartOfSpeech, Form]

_ENDINGS: tuple[tuple[str, PartOfSpeech, Form], ...] = (
    ("ed", "verb", "ed"),
    ("ed", "verb", "en"),
    ("ing", "verb", "ing"),
    ("er", "adjective", "more"),
    ("est", "adjective", "most"),
)
_PLURALS = (("", ""), ("e", ""), ("ie", "y"), ("ve", "f"), ("ve", "fe"))
_SHARE: dict[Form, float] = {
    "singular": 0.7,
    "plural": 0.3,
    "base": 0.4,
    "s": 0.15,
    "ed": 0.35,
    "en": 0.35,
    "ing": 0.15,
    "more": 0.1,
    "most": 0.1,
}


def share(form: Form, pos: PartOfSpeech) -> float:
    """How much of a lemma's use in running text is in that form, roughly."""
    return 1.0 if pos in ("adjective", "adverb") and form == "base" else _SHARE[form]


def unbent(word: str) -> Iterator[Candidate]:
    """The bases that the rules allow, the word itself first; a word may come more than once.

    >>> [base for base, pos, form in unbent("dropped") if form == "en"]
    ['droppe', 'dropp', 'drop']
    >>> [base for base, pos, form in unbent("berries") if form == "plural"]
    ['berrie', 'berri', 'berry']
    """
    yield word, "noun", "singular"
    yield word, "verb", "base"
    yield word, "adjective", "base"
    yield word, "adverb", "base"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        yield from _without_s(word[:-1])
    if word.endswith("men") and len(word) > 4:
        yield word[:-2] + "an", "noun", "plural"
    for ending, pos, form in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield from ((base, pos, form) for base in _stems(word[: -len(ending)]))


def _without_s(rest: str) -> Iterator[Candidate]:
    for ending, base in _PLURALS:
        if rest.endswith(ending):
            yield rest.removesuffix(ending) + base, "noun", "plural"
    for ending, base in _PLURALS[:3]:
        if rest.endswith(ending):
            yield rest.removesuffix(ending) + base, "verb", "s"


def _stems(rest: str) -> Iterator[str]:
    """What may stand before -ed, -ing, -er: ``wav`` wave, ``dropp`` drop, ``carri`` carry, ``ty`` tie."""
    yield rest + "e"
    yield rest
    if rest[-1:] == rest[-2:-1]:
        yield rest[:-1]
    if rest.endswith("i"):
        yield rest[:-1] + "y"
    if rest.endswith("y"):
        yield rest[:-1] + "ie"
    if rest.endswith("ck"):
        yield rest[:-1]
