"""What the director knows. In: ``lexicon.toml``, the props, the sets. Out: a `Lexicon` that finds phrases.

A phrase may have several `Sense`s ("orange" is a prop and a colour); the readers choose by place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from flow_nb.director.inflect import plural, verb_forms
from flow_nb.director.tokens import Token, tokenise
from flow_nb.props.archetypes import archetypes, sets

Frame = Literal["move", "strike", "topple", "break", "rest"]
Phrase = tuple[str, ...]

MAX_SPELT_CHARS = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class VerbRow:
    """One row of ``[[verbs]]``; the columns are explained at its head."""

    verb: str
    frame: Frame
    starts: str = "on"
    lands: bool = True
    agent: str = ""
    speeds_m_s: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """Why known words are not possible here, and the way round."""

    reason: str
    fix: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sense:
    """One meaning of a phrase. ``form`` is singular, plural, or the verb's form; ``base`` its lemma."""

    kind: str
    value: str = ""
    form: str = ""
    base: str = ""
    number: float = 0.0
    verb: VerbRow | None = None
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: how many tokens it takes and what it may mean."""

    length: int
    senses: tuple[Sense, ...]

    def get(self, *kinds: str) -> Sense | None:
        """The sense of the first of these kinds that the phrase has."""
        for kind in kinds:
            for sense in self.senses:
                if sense.kind == kind:
                    return sense
        return None


class Lexicon:
    """All phrases by their first word, longest first."""

    def __init__(self, rows: Mapping[str, Any], entries: Iterable[tuple[str, Sense]]) -> None:
        self.rows = MappingProxyType(rows)
        phrases: dict[Phrase, list[Sense]] = {}
        for words, sense in entries:
            key = tuple(token.lower for token in tokenise(words))
            known = phrases.setdefault(key, [])
            if sense not in known:
                known.append(sense)
        heads: dict[str, list[tuple[Phrase, tuple[Sense, ...]]]] = {}
        for key in sorted(phrases, key=len, reverse=True):
            heads.setdefault(key[0], []).append((key, tuple(phrases[key])))
        self._heads = MappingProxyType(heads)
        self._near = _neighbours(
            sense.base for found in phrases.values() for sense in found if sense.kind == "prop"
        )

    def matches(self, tokens: Sequence[Token], at: int) -> Iterator[Match]:
        """Phrases that begin at a token, longest first."""
        word = tokens[at].lower if at < len(tokens) else ""
        for key, senses in self._heads.get(word, ()):
            if len(key) == 1 or _reads(tokens, at, key):
                yield Match(len(key), senses)

    def find(self, tokens: Sequence[Token], at: int, *kinds: str) -> tuple[int, Sense] | None:
        """The longest phrase here that has a sense of one of the kinds, the first kind preferred."""
        for match in self.matches(tokens, at):
            if sense := match.get(*kinds):
                return match.length, sense
        return None

    def near(self, word: str) -> str:
        """A known prop one letter away from a word, or nothing.

        >>> lexicon().near("botle"), lexicon().near("candelabra")
        ('bottle', '')
        """
        keys = _misspellings(word.lower())
        return min((self._near[key] for key in keys if key in self._near), default="")


def _reads(tokens: Sequence[Token], at: int, key: Phrase) -> bool:
    return len(tokens) - at >= len(key) and all(
        tokens[at + i].lower == word for i, word in enumerate(key)
    )


def _neighbours(bases: Iterable[str]) -> Mapping[str, str]:
    """Every known word under what it may be misspelt as: see `_misspellings`."""
    return {key: base for base in sorted(set(bases), reverse=True) for key in _misspellings(base)}


def _misspellings(word: str) -> Iterator[str]:
    """Keys that two words share if one letter is missing, added or wrong.

    A word with a letter left out is marked with its place: so "dies" does not meet "desk".
    """
    if 4 <= len(word) <= MAX_SPELT_CHARS:
        yield word
        yield from (f"{word[:i]}*{word[i + 1 :]}" for i in range(len(word)))
        yield from (f"{word[:i]}*{word[i:]}" for i in range(len(word) + 1))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    text = files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return Lexicon(rows, _entries(rows))


def _entries(rows: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    bends = rows["irregular"]
    yield from _things(bends["plurals"])
    yield from _verbs(rows, bends["verbs"])
    yield from _camera(rows["camera"], bends["verbs"])
    yield from _tables(rows)
    for row in rows["elsewhere"]:
        yield from _not_here(row, bends)
    for unit in rows["units"]:
        for words in unit["words"]:
            yield words, Sense(kind="unit", value=unit["kind"], number=unit["factor"])


def _things(plurals: Mapping[str, str]) -> Iterator[tuple[str, Sense]]:
    for name, prop in archetypes().items():
        for noun in prop.nouns:
            yield from _noun(noun, Sense(kind="prop", value=name, base=noun), plurals)
    for name, row in sets().items():
        for words in row.words:
            yield words, Sense(kind="set", value=name)


def _noun(noun: str, sense: Sense, plurals: Mapping[str, str]) -> Iterator[tuple[str, Sense]]:
    """Singular and plural; an irregular last word bends in compounds too."""
    head, _, last = noun.rpartition(" ")
    many = f"{head} {plurals[last]}".strip() if last in plurals else plural(noun)
    for words, form in ((noun, "singular"), (many, "plural")):
        yield words, _with(sense, form=form)


def _with(sense: Sense, *, form: str) -> Sense:
    return Sense(
        kind=sense.kind, value=sense.value, base=sense.base, form=form, number=sense.number,
        verb=sense.verb, elsewhere=sense.elsewhere,
    )  # fmt: skip


def _verbs(rows: dict[str, Any], irregular: Mapping[str, list[str]]) -> Iterator[tuple[str, Sense]]:
    for row in rows["verbs"]:
        fields = {key: value for key, value in row.items() if key != "words"}
        if "speeds_m_s" in fields:
            fields["speeds_m_s"] = tuple(fields["speeds_m_s"])
        verb = VerbRow(**fields)
        for words in row["words"]:
            sense = Sense(kind="verb", value=verb.verb, base=words, verb=verb)
            yield from _bent(words, sense, irregular)


def _bent(
    words: str, sense: Sense, irregular: Mapping[str, list[str]]
) -> Iterator[tuple[str, Sense]]:
    """All forms of a verb phrase: its first word bends."""
    first, *rest = words.replace("-", " ").split(" ")
    forms = dict(verb_forms(first))
    if first in irregular:
        forms = {form: tag for form, tag in forms.items() if tag != "ed"}
        for form in irregular[first]:
            forms[form] = "ing" if form.endswith("ing") else "ed"
    for form, tag in forms.items():
        yield " ".join([form, *rest]), _with(sense, form=tag)


def _camera(
    rows: dict[str, Any], irregular: Mapping[str, list[str]]
) -> Iterator[tuple[str, Sense]]:
    for words in rows["subject"]:
        yield words, Sense(kind="camera subject")
    for field in ("size", "angle"):
        for value, phrases in rows[field].items():
            yield from ((words, _shot(field, value)) for words in phrases)
    for table, form in (("move", "literal"), ("move_inferred", "inferred")):
        for value, phrases in rows[table].items():
            for words in phrases:
                for bent, _ in _bent(words, Sense(kind=""), irregular):
                    yield bent, _shot("move", value, form=form)
    for value, phrases in rows["verbs"].items():
        for words in phrases:
            for bent, _ in _bent(words, Sense(kind=""), irregular):
                yield bent, _shot("move", value, kind="camera verb")
    for value, phrases in rows["bare"].items():
        field, _, name = value.partition(" ")
        yield from ((words, _shot(field, name, kind="camera bare")) for words in phrases)


def _shot(field: str, value: str, *, kind: str = "camera", form: str = "literal") -> Sense:
    return Sense(kind=kind, value=value, base=field, form=form)


_LISTS = {
    "floors": "floor",
    "ground": "ground",
    "parts": "part",
    "arrangements": "arrangement",
    "arranged": "arranged",
    "prepositions": "preposition",
    "directions": "direction",
    "manners": "manner",
    "conjunctions": "conjunction",
    "times": "time",
    "times_inferred": "time inferred",
    "moods": "mood",
    "words": "word",
}
_NUMBERS = {
    "sizes": "size",
    "numbers": "number",
    "vague_numbers": "vague number",
    "ordinals": "ordinal",
    "gravity_m_s2": "gravity",
}


def _tables(rows: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    for table, kind in _LISTS.items():
        for value, phrases in rows[table].items():
            yield from ((words, Sense(kind=kind, value=value)) for words in phrases)
    for table, kind in _NUMBERS.items():
        for words, number in rows[table].items():
            yield words, Sense(kind=kind, value=words, number=number)
    for value, phrases in rows["materials"].items():
        for words in phrases:
            tone = rows["material_colours"].get(words, "")
            yield words, Sense(kind="material", value=value, form=tone)
    for words, tone in rows["colours"].items():
        yield words, Sense(kind="colour", value=tone)


def _not_here(row: dict[str, Any], bends: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    why = Elsewhere(reason=row["reason"], fix=row["fix"])
    for words in row["words"]:
        sense = Sense(kind=f"no {row['kind']}", base=words, elsewhere=why)
        if row["kind"] == "noun":
            yield from _noun(words, sense, bends["plurals"])
        elif row["kind"] == "verb":
            yield from _bent(words, sense, bends["verbs"])
        else:
            yield words, sense
