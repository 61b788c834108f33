"""The hand-made rows. In: ``nouns.toml``, ``verbs.toml``. Out: `NounRow`s and `VerbRow`s by word.

A noun is one line, and a line is read as TOML when somebody asks for its noun: parsing all of them
would take longer than everything else that a text needs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from flow_nb.director.vocabulary.rows import Form, NounClass, NounRow, VerbRow

_HEADING = re.compile(r"\[(\w+)(?:\.[\w.]+)?\]\s*$")
_ROW = re.compile(r'("[^"]+"|[\w-]+) = ')
_FORMS: tuple[Form, ...] = ("ed", "en")


class Nouns:
    """``nouns.toml``. Under ``[kind.group]`` one line a noun; ``like`` names a noun to take the rest
    from; ``[irregular]`` has plurals; ``tops`` the nouns too general to be a guess."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[str, str]] = {}
        self.plurals: dict[str, str] = {}
        self.tops: frozenset[str] = frozenset()
        kind = ""
        for line in _text("nouns.toml").splitlines():
            if heading := _HEADING.match(line):
                kind = heading[1]
            elif row := _ROW.match(line):
                self._take(kind, row[1].strip('"'), line)

    def _take(self, kind: str, word: str, line: str) -> None:
        if kind == "irregular":
            self.plurals[word] = tomllib.loads(line)[word]
        elif kind:
            self._lines[word] = (kind, line)
        elif word == "tops":
            self.tops = frozenset(tomllib.loads(line)["tops"])

    def __contains__(self, noun: str) -> bool:
        return noun in self._lines

    def words(self) -> tuple[str, ...]:
        """All nouns, in the file's order."""
        return tuple(self._lines)

    def kind(self, noun: str) -> NounClass:
        """The class of a noun that is there."""
        return cast(NounClass, self._lines[noun][0])

    @lru_cache(maxsize=1024)  # noqa: B019  there is one vocabulary
    def row(self, noun: str) -> NounRow | None:
        """The row of a noun, or None."""
        if noun not in self._lines:
            return None
        return NounRow(noun=noun, **self._fields(noun))

    def _fields(self, noun: str) -> dict[str, Any]:
        kind, line = self._lines[noun]
        fields: dict[str, Any] = next(iter(tomllib.loads(line).values()))
        if like := fields.pop("like", None):
            fields = self._fields(like) | fields
        if "sets" in fields:
            fields["sets"] = tuple(fields["sets"])
        person = {"prop": "person"} if kind == "person" else {}
        return person | fields | {"kind": kind}


class Verbs:
    """``verbs.toml``: groups of words with one frame, ``[irregular]`` forms, and ``tops``."""

    def __init__(self) -> None:
        data = tomllib.loads(_text("verbs.toml"))
        self.tops = frozenset(data["tops"])
        self._groups: Mapping[str, dict[str, Any]] = {
            word: group for group in data["verbs"] for word in group["words"]
        }
        self.forms: dict[str, list[tuple[str, Form]]] = {}
        self.bent = frozenset(data["irregular"])
        for base, forms in data["irregular"].items():
            for form, bent in _bent(forms):
                self.forms.setdefault(bent, []).append((base, form))

    def __contains__(self, verb: str) -> bool:
        return verb in self._groups

    def words(self) -> tuple[str, ...]:
        """All verbs, in the file's order."""
        return tuple(self._groups)

    def group(self, verb: str) -> Mapping[str, Any]:
        """The columns of a verb that is there, as the file has them."""
        return self._groups[verb]

    def row(self, verb: str) -> VerbRow | None:
        """The row of a verb, or None."""
        if verb not in self._groups:
            return None
        fields = {key: value for key, value in self._groups[verb].items() if key != "words"}
        if "speeds_m_s" in fields:
            fields["speeds_m_s"] = tuple(fields["speeds_m_s"])
        return VerbRow(lemma=verb, **fields)


def _bent(forms: list[str] | dict[str, list[str]]) -> list[tuple[Form, str]]:
    """``["fell", "fallen"]`` are past and participle, ``["hit"]`` is both, a table names its forms."""
    if isinstance(forms, dict):
        return [(cast(Form, form), bent) for form, words in forms.items() for bent in words]
    return [("ed", forms[0]), ("en", forms[-1])]


def _text(file: str) -> str:
    return files(__package__).joinpath(file).read_text(encoding="utf-8")
