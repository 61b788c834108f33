"""Figures of real people. In: the sentences of a text. Out: `Finding`s for names that are somebody's.

A list holds widely known names; context tells the rest: "a deepfake of", "who looks exactly like", "the
actress" before a first and a last name. First names, and names that nobody is known by, are free.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flow_nb.errors import quote
from flow_nb.shield.policy.rules import Finding, Verdict
from flow_nb.shield.policy.words import Word, folded, forms

DATA = Path(__file__).with_name("people.toml")
_INVENTED = frozenset(("fictional", "fictitious", "invented", "imaginary", "fictive"))
_NOT_A_PERSON = frozenset(
    ("card", "tower", "statue", "painting", "portrait", "fresco", "icon", "lily", "tile", "street")
)
_FIX = "or name the consent you have in policy.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """Names by their first word; surnames; parts of names that stand alone; words of context."""

    names: dict[str, list[tuple[str, ...]]]
    surnames: frozenset[str]
    alone: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    likeness: frozenset[str]


def people(
    text_sentences: Sequence[Sequence[Word]], consented: Collection[str] = ()
) -> Iterator[Finding]:
    """Real people in a text; ``consented`` are names that the studio may show."""
    free = {tuple(folded(name).split()) for name in consented}
    for sentence in text_sentences:
        yield from _in_sentence(sentence, free)


def _in_sentence(words: Sequence[Word], free: Collection[tuple[str, ...]]) -> Iterator[Finding]:
    known = _known()
    plain = [folded(word.written).removesuffix("'s") for word in words]
    at = 0
    while at < len(words):
        length = _listed(plain, at) or _titled(words, plain, at) or _alone(words, plain, at)
        if length:
            name = tuple(plain[at : at + length])
            if name not in free and not any(set(name) & set(other) for other in free):
                yield _finding(words, at, length, "refuse", "is a real person: invent a name")
            at += length
            continue
        if _is_full_name(words, at) and tuple(plain[at : at + 2]) not in free:
            before = {form for word in words[max(0, at - 4) : at] for form in word.forms}
            if before & known.likeness or _looks_like(plain[:at]):
                yield _finding(words, at, 2, "refuse", "is to be imitated: invent a person")
                at += 1
            elif plain[at - 1 : at] and plain[at - 1] in known.roles and not _invented(plain):
                yield _finding(
                    words, at, 2, "warn", "may be a real person: say that it is fictional"
                )
                at += 1
        at += 1


def _listed(plain: Sequence[str], at: int) -> int:
    """How many words of a listed name begin here."""
    for name in _known().names.get(plain[at], ()):
        if tuple(plain[at : at + len(name)]) == name:
            return len(name)
    return 0


def _titled(words: Sequence[Word], plain: Sequence[str], at: int) -> int:
    """``President Obama``, ``Mr Musk``: a title and a surname from the list."""
    known = _known()
    follows = at + 1 < len(words) and plain[at + 1] in known.surnames
    titled = plain[at] in known.titles and words[at].written[:1].isupper()
    return 2 if titled and follows and words[at + 1].written[:1].isupper() else 0


def _alone(words: Sequence[Word], plain: Sequence[str], at: int) -> int:
    """A part of a name that nobody else is known by, written with a capital."""
    if plain[at] not in _known().alone or not words[at].written[:1].isupper():
        return 0
    beside = {*plain[max(0, at - 2) : at], *plain[at + 1 : at + 2]}
    is_other = at > 0 and _is_name(words[at - 1]) and plain[at - 1] not in _known().titles
    return 0 if beside & _NOT_A_PERSON or is_other else 1


def _is_full_name(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and _is_name(words[at]) and _is_name(words[at + 1])


def _is_name(word: Word) -> bool:
    return word.written[:1].isupper() and word.written[1:].islower() and len(word.written) > 2


def _looks_like(before: Sequence[str]) -> bool:
    """``who looks exactly like``, ``with the voice of``, ``in the likeness of``."""
    tail = " ".join(before[-4:])
    return tail.endswith(
        ("exactly like", "just like", "the face of", "the voice of", "likeness of")
    )


def _invented(plain: Sequence[str]) -> bool:
    return bool(_INVENTED & set(plain))


def _finding(words: Sequence[Word], at: int, length: int, verdict: Verdict, why: str) -> Finding:
    name = " ".join(word.written for word in words[at : at + length])
    return Finding(
        category="celebrity",
        verdict=verdict,
        reason=f'"{quote(name)}" {why}, {_FIX}',
        start=words[at].start,
        end=words[at + length - 1].end,
    )


@cache
def _known() -> _Known:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    names: dict[str, list[tuple[str, ...]]] = {}
    surnames = set()
    for name in data["names"].split(";"):
        parts = tuple(folded(part) for part in name.replace("-", " ").split())
        names.setdefault(parts[0], []).append(parts)
        surnames.add(parts[-1])
    for found in names.values():
        found.sort(key=len, reverse=True)
    return _Known(
        names=names,
        surnames=frozenset(surnames),
        alone=frozenset(folded(name.strip()) for name in data["alone"].split(";")),
        titles=frozenset(data["titles"].split()),
        roles=frozenset(data["roles"].split()),
        likeness=frozenset(f for word in data["likeness"].split() for f in forms(word)),
    )
