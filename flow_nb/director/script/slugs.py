"""Sluglines. In: "INT. KITCHEN - GOLDEN HOUR". Out: its pieces with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flow_nb.director.script.rows import rows_of

_SLUG = re.compile(
    r"[ \t]*(?P<side>INT\.?[ \t]*/[ \t]*EXT|EXT\.?[ \t]*/[ \t]*INT|I/E|INT|EXT)[. ][^\n]*",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[ \t]*(?:INT\.?/EXT|EXT\.?/INT|I/E|INT|EXT)[. ]+[ \t]*", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bMrs)\.[ \t]+(?=(?:\S+[ \t]+){2}\S)(?=.*[a-z])"
)
"""Where a sentence begins behind a slugline, on the same line."""
_PIECE = re.compile(r"[^\n\-–—/,.]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a slugline between its dashes: "KITCHEN", "GOLDEN HOUR"."""

    words: str
    at: int


@dataclass(frozen=True, slots=True)
class Slug:
    """One slugline. ``outdoors`` is what EXT. says."""

    at: int
    end: int
    outdoors: bool
    pieces: tuple[Piece, ...]


def is_slug(line: str) -> bool:
    """Whether a line is a slugline. "Int" and "ext" must be in capitals or end in a full stop."""
    match = _SLUG.fullmatch(line)
    return match is not None and (match["side"].isupper() or "." in line[: match.end("side") + 1])


def sluglines(text: str) -> tuple[Slug, ...]:
    """All sluglines, in the text's order."""
    found = []
    for row in rows_of(text):
        if not is_slug(row.text):
            continue
        head = _HEAD.match(row.text)
        start = head.end() if head else 0
        prose = _SENTENCE.search(row.text, start)
        end = prose.end() if prose else len(row.text)
        pieces = tuple(
            Piece(piece.group().strip(), row.at + piece.start() + _indent(piece.group()))
            for piece in _PIECE.finditer(row.text, start, end)
            if piece.group().strip()
        )
        outdoors = row.text.strip().upper().startswith("EXT")
        found.append(Slug(row.at, row.at + end if prose else row.end, outdoors, pieces))
    return tuple(found)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
