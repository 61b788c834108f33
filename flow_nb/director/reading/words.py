"""The reader's own words. In: ``words.toml``, ``notes.toml``. Out: `Words`, which finds the longest phrase.

A phrase may have several `Sense`s ("orange" is a colour, "light" is a pace of nothing); readers ask for
the kinds that fit where they stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from flow_nb.director.reading.tokens import Token, tokenise

_LISTS = {
    "prepositions": "preposition", "directions": "direction", "conjunctions": "conjunction",
    "arrangements": "arrangement", "arranged": "arranged", "materials": "material", "ages": "age",
    "moods": "mood", "pace": "pace", "states": "state", "parts": "part", "ground": "ground",
    "surfaces": "surface", "liquids": "liquid", "pronouns": "pronoun",
    "manners": "manner", "depths": "depth",
}  # fmt: skip
_VALUES = {
    "numbers": "number", "vague_numbers": "vague", "ordinals": "ordinal", "colours": "colour",
    "material_colours": "material colour", "sizes": "size", "turns": "turns", "posed": "posed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase: its kind, its value, and whether that is only suggested."""

    kind: str
    value: Any
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: how many tokens it takes, and what it may mean."""

    length: int
    senses: tuple[Sense, ...]

    def get(self, *kinds: str) -> Sense | None:
        """Its sense of the first of these kinds that it has."""
        for kind in kinds:
            for sense in self.senses:
                if sense.kind == kind:
                    return sense
        return None


class Words:
    """All phrases, and the plain lists of the data files."""

    def __init__(self) -> None:
        rows, notes = _load("words.toml"), _load("notes.toml")
        self.rows: Mapping[str, Any] = rows
        self.notes: Mapping[str, Any] = notes
        self.closed: dict[str, dict[str, float]] = {}
        for tag, words in rows["closed"].items():
            for word in words:
                self.closed.setdefault(word, {})[tag] = 0.8
        for phrases_of in rows["prepositions"].values():
            for word in phrases_of:
                self.closed.setdefault(word, {}).setdefault("IN", 0.8)
        self.closed |= rows["leaning"]
        phrases: dict[tuple[str, ...], list[Sense]] = {}
        for phrase, sense in (*_senses(rows), *_notes(notes)):
            key = tuple(token.lower for token in tokenise(phrase))
            known = phrases.setdefault(key, [])
            if sense not in known:
                known.append(sense)
        self._phrases = {key: tuple(senses) for key, senses in phrases.items()}
        self._longest: dict[str, int] = {}
        for key in phrases:
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def matches(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        """Phrases that begin at a token, longest first."""
        if at >= len(tokens):
            return
        longest = min(self._longest.get(tokens[at].lower, 0), len(tokens) - at)
        words = [tokens[i].lower for i in range(at, at + longest)]
        for length in range(longest, 0, -1):
            senses = self._phrases.get(tuple(words[:length]))
            if senses is not None:
                yield Match(length, senses)

    def find(self, tokens: Sequence[Token], at: int, *kinds: str) -> tuple[int, Sense] | None:
        """The longest phrase here that has a sense of one of the kinds, the first kind preferred."""
        for match in self.matches(tokens, at):
            if sense := match.get(*kinds):
                return match.length, sense
        return None

    def senses(self, word: str) -> tuple[Sense, ...]:
        """The senses of one word or phrase by itself."""
        return self._phrases.get(tuple(word.split()), ())

    def sense(self, word: str, *kinds: str) -> Sense | None:
        """The sense of one word of these kinds."""
        return Match(1, self.senses(word)).get(*kinds)

    @cache  # noqa: B019  there is one
    def listed(self, table: str, name: str = "words") -> frozenset[str]:
        """A plain list of ``words.toml`` as a set."""
        return frozenset(self.rows[table][name])


def _senses(rows: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for table, kind in _LISTS.items():
        for value, phrases in rows[table].items():
            for phrase in phrases:
                yield phrase, Sense(kind, value)
    for table, kind in _VALUES.items():
        for phrase, value in rows[table].items():
            yield phrase, Sense(kind, value)
    for row in rows["units"]:
        for phrase in row["words"]:
            yield phrase, Sense("unit", (row["kind"], row["factor"]))
    for phrase in rows["pronouns"]["reciprocal"]:
        yield phrase, Sense("reciprocal", "")


def _notes(notes: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for place in ("phrases", "start", "nouns", "adjectives", "verbs"):
        for kind, values in notes[place].items():
            for value, phrases in values.items():
                for phrase in phrases:
                    yield phrase, Sense(f"{place}:{kind}", value.rstrip("?"), value.endswith("?"))
    for row in notes["missed"].values():
        for phrase in row["words"]:
            yield phrase, Sense("missed", (row["reason"], row["fix"]))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def words() -> Words:
    """The one set of words."""
    return Words()
