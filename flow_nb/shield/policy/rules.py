"""Rules with context. In: the sentences of a text. Out: `Finding`s, each with its span.

A pattern is a row of steps; a step is one word or several with bars between them, ``<list>`` stands
for a list of the data. From step to step at most two other words may stand; ``+`` allows none, ``..``
allows eight. Words are dictionary forms. A rule speaks where one of its patterns is in a sentence and
none of its ``unless``; ``names`` lets it speak only where the text has such a pattern anywhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

from flow_nb.shield.policy.words import Word

Verdict = Literal["allow", "warn", "refuse"]
Category = Literal[
    "child", "celebrity", "dangerous content", "hate", "personal information",
    "prohibited content", "sexual", "toxic", "violence", "vulgar", "video safety", "other",
]  # fmt: skip
"""The twelve that Veo publishes."""

DATA = Path(__file__).with_name("rules.toml")
GAP, NEAR, FAR = 2, 0, 8
_HASH_CHARS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a rule says of a stretch of a text: characters ``start`` to ``end``."""

    category: Category
    verdict: Verdict
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    words: frozenset[str]
    gap: int


Pattern = tuple[_Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule as the data has it, its patterns read."""

    category: Category
    verdict: Verdict
    reason: str
    any: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    names: tuple[Pattern, ...]


def findings(text_sentences: Sequence[Sequence[Word]]) -> Iterator[Finding]:
    """All that the rules find, sentence by sentence."""
    everything = [word for sentence in text_sentences for word in sentence]
    rules, slurs = _rules()
    for rule in rules:
        if rule.names and not any(_found(p, everything) for p in rule.names):
            continue
        for sentence in text_sentences:
            spans = [span for p in rule.any if (span := _found(p, sentence))]
            if spans and not any(_found(p, sentence) for p in rule.unless):
                yield Finding(
                    category=rule.category,
                    verdict=rule.verdict,
                    reason=rule.reason,
                    start=spans[0][0],
                    end=spans[0][1],
                )
    for word in everything:
        if any(sha256(form.encode()).hexdigest()[:_HASH_CHARS] in slurs for form in word.forms):
            yield Finding(
                category="hate", verdict="refuse", reason="a slur against a group of people",
                start=word.start, end=word.end,
            )  # fmt: skip


def compiled(pattern: str, lists: Mapping[str, frozenset[str]]) -> Pattern:
    """A pattern as it is matched.

    >>> [step.gap for step in compiled("build .. bomb + <kind>", {"kind": frozenset({"x"})})]
    [2, 8, 0]
    """
    steps: list[_Step] = []
    gap = GAP
    for part in pattern.split():
        if part in ("+", ".."):
            gap = NEAR if part == "+" else FAR
            continue
        words: set[str] = set()
        for option in part.split("|"):
            words |= lists[option[1:-1]] if option.startswith("<") else {option}
        steps.append(_Step(frozenset(words), gap))
        gap = GAP
    return tuple(steps)


def _found(pattern: Pattern, words: Sequence[Word]) -> tuple[int, int] | None:
    """The first stretch of the text that a pattern is in, in characters."""
    for start, word in enumerate(words):
        if word.forms & pattern[0].words:
            end = _rest(pattern, 1, words, start + 1)
            if end is not None:
                return word.start, words[end - 1].end
    return None


def _rest(pattern: Pattern, step: int, words: Sequence[Word], at: int) -> int | None:
    if step == len(pattern):
        return at
    for place in range(at, min(at + pattern[step].gap + 1, len(words))):
        if words[place].forms & pattern[step].words:
            end = _rest(pattern, step + 1, words, place + 1)
            if end is not None:
                return end
    return None


@cache
def _rules() -> tuple[tuple[Rule, ...], frozenset[str]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    lists: dict[str, frozenset[str]] = {}
    for name, words in data["lists"].items():
        lists[name] = frozenset(
            w for word in words.split() for w in (lists[word[1:-1]] if word[0] == "<" else {word})
        )

    def read(patterns: Sequence[str]) -> tuple[Pattern, ...]:
        return tuple(compiled(pattern, lists) for pattern in patterns)

    rules = tuple(
        Rule(
            category=row["category"],
            verdict=row["verdict"],
            reason=row["reason"],
            any=read(row["any"]),
            unless=read(row.get("unless", ())),
            names=read(row.get("names", ())),
        )
        for row in data["rule"]
    )
    return rules, frozenset(data["slurs"])
