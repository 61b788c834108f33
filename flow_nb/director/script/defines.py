"""``define candelabra = lamp, brass``. In: a text. Out: the words it makes known, and a vocabulary with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flow_nb.director.frame import Span
from flow_nb.director.script.rows import rows_of
from flow_nb.director.script.words import words
from flow_nb.director.vocabulary import Lemma, NounRow, VerbRow, Vocabulary
from flow_nb.errors import PlanError, choices, quote
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials

MAX_WORD_CHARS = 34
SIZES_M, MASSES_KG = (0.005, 50.0), (0.001, 50_000.0)
EXAMPLE = 'Write it as in "define candelabra = lamp, brass".'

_LINE = re.compile(
    r"[ \t]*define[ \t]+(?P<word>[^=:\n]*?)[ \t]*=[ \t]*(?P<value>[^\n]*?)[ \t.]*", re.IGNORECASE
)
_NOUN = re.compile(r"[^\W\d_][^\W_]*(?:[ '-][^\W_]+){0,3}")
_MEASURE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?) ?(?P<unit>mm|cm|m|kg|g)")
_UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "g": 0.001, "kg": 1.0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions:
    """The nouns that a text defines, and the stretches that say so."""

    nouns: Mapping[str, NounRow]
    spans: tuple[Span, ...]


def definitions(text: str, vocabulary: Vocabulary) -> Definitions:
    """All ``define`` lines.

    Raises:
        PlanError: no such noun to begin with, a quality that is none, or a number out of bounds.
    """
    nouns: dict[str, NounRow] = {}
    spans = []
    for row in rows_of(text):
        found = _LINE.fullmatch(row.text)
        if found is None:
            continue
        word = found["word"].strip().lower().replace("-", " ")
        if not _NOUN.fullmatch(word) or len(word) > MAX_WORD_CHARS:
            raise PlanError(f'"{quote(found["word"])}" is not a noun to define.', fix=EXAMPLE)
        nouns[word] = _defined(word, found["value"], Defined(vocabulary, nouns))
        spans.append((row.at, row.end))
    return Definitions(nouns=nouns, spans=tuple(spans))


def _defined(word: str, value: str, known: Vocabulary) -> NounRow:
    base, *qualities = [part.strip().lower() for part in value.split(",")]
    base = re.sub(r"^(an?|the) ", "", base)
    row = known.noun(base.replace("-", " ")) or _prop(base)
    if row is None:
        near = choices(base, archetypes())
        raise PlanError(f'"{quote(word)}" cannot be "{quote(base)}": nobody knows that.', fix=near)
    row = replace(row, noun=word, guessed=False)
    for quality in filter(None, qualities):
        row = _with(row, quality)
    return row


def _prop(name: str) -> NounRow | None:
    """An archetype by its own name."""
    prop = archetypes().get(name.replace(" ", "-"))
    return NounRow(noun=name, prop=prop.name) if prop else None


def _with(row: NounRow, quality: str) -> NounRow:
    told = words()
    if found := _MEASURE.fullmatch(quality):
        return _measured(
            row, float(found["number"]) * _UNITS[found["unit"]], found["unit"], quality
        )
    if quality in materials():
        return replace(row, material=quality)
    if quality in told["materials"]:
        material, colour = told["materials"][quality]
        return replace(row, material=material, colour=colour or row.colour)
    if quality in told["colours"]:
        return replace(row, colour=told["colours"][quality])
    if re.fullmatch(r"#[0-9a-f]{6}", quality):
        return replace(row, colour=quality)
    known = [*materials(), *told["materials"], *told["colours"]]
    raise PlanError(
        f'"{quote(quality)}" is no material, colour, size or mass.', fix=choices(quality, known)
    )


def _measured(row: NounRow, value: float, unit: str, words_: str) -> NounRow:
    low, high = MASSES_KG if unit in ("g", "kg") else SIZES_M
    if not low <= value <= high:
        what, base = ("mass", "kg") if unit in ("g", "kg") else ("size", "m")
        raise PlanError(
            f"a {what} of {quote(words_)} is not between {low:g} and {high:g} {base}.", fix=EXAMPLE
        )
    return replace(row, mass_kg=value) if unit in ("g", "kg") else replace(row, size_m=value)


class Defined(Vocabulary):
    """A vocabulary with a few more nouns; they win over those that it has."""

    def __init__(self, known: Vocabulary, nouns: Mapping[str, NounRow]) -> None:
        self._base = known
        self._defined = nouns
        self._plurals = {_plural(noun.split()[-1]): noun.split()[-1] for noun in nouns}

    def noun(self, phrase: str) -> NounRow | None:
        """The defined row, else the known one."""
        return self._defined.get(phrase) or self._base.noun(phrase)

    def verb(self, phrase: str) -> VerbRow | None:
        """As known."""
        return self._base.verb(phrase)

    def guess_noun(self, word: str) -> NounRow | None:
        """As known."""
        return self._base.guess_noun(word)

    def guess_verb(self, word: str) -> VerbRow | None:
        """As known."""
        return self._base.guess_verb(word)

    def lemmas(self, word: str) -> tuple[Lemma, ...]:
        """A defined word is a noun before anything else."""
        found = self._base.lemmas(word)
        if word in self._plurals.values():
            found = (Lemma(word, "noun", "singular", 1.0), *found)
        elif word in self._plurals:
            found = (Lemma(self._plurals[word], "noun", "plural", 1.0), *found)
        return found

    def nouns(self) -> tuple[str, ...]:
        """The defined ones last."""
        return (*self._base.nouns(), *self._defined)

    def verbs(self) -> tuple[str, ...]:
        """As known."""
        return self._base.verbs()

    @property
    def longest_phrase(self) -> int:
        """Words in the longest noun or verb."""
        return max([self._base.longest_phrase, *(len(noun.split()) for noun in self._defined)])


def _plural(word: str) -> str:
    """By rule: a defined word has no exceptions."""
    if re.search(r"(s|x|z|ch|sh)$", word):
        return f"{word}es"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}s"
