"""What is said. In: a shot's text. Out: `Line`s, sluglines, and which stretches of text they take.

Three ways to write it: a cue in capitals and the words on the next line; ``MARA: "..."``;
``Mara says, "..."`` or ``"...", says Mara``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flow_nb.director.lexicon import Lexicon
from flow_nb.director.tokens import tokenise
from flow_nb.plan.base import MAX_ORIGIN_CHARS, Origin
from flow_nb.plan.plan import Line
from flow_nb.plan.shot import MAX_DURATION_S

FIRST_LINE_S, PAUSE_S, CHARS_PER_S = 0.5, 0.4, 14.0
SLUG = re.compile(r"[ \t]*(?:INT|EXT|I/E|INT\.?/EXT)[. ][^\n]*")

_NAME = r"[A-Z][\w'’-]*(?:[ \t]+[A-Z][\w'’-]*){0,2}"
_CUE = re.compile(
    r"[ \t]*(?P<name>[A-Z][A-Z0-9 .'’-]{0,38})[ \t]*(?:\((?P<manner>[^()\n]*)\))?[ \t]*:?[ \t]*"
)
_MANNER = re.compile(r"[ \t]*\((?P<manner>[^()\n]*)\)[ \t]*")
_COLON = re.compile(
    rf"[ \t]*(?P<name>{_NAME})[ \t]*(?:\((?P<manner>[^()\n]*)\))?[ \t]*:[ \t]*(?P<text>\S[^\n]*)"
)
_QUOTED = r"[\"“](?P<text>[^\"“”\n]+)[\"”]"
_OPENING = re.compile(_QUOTED)
_ENDS = (".", "!", "?", "…", '"', "”")


@dataclass(frozen=True, slots=True)
class Said:
    """One line and the stretch of text it takes."""

    speaker: str
    text: str
    manner: str
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text with its place."""

    text: str
    at: int


def sluglines(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sluglines stand."""
    return tuple((r.at, r.at + len(r.text)) for r in _rows(text) if SLUG.fullmatch(r.text))


def spoken(text: str, lexicon: Lexicon) -> tuple[Said, ...]:
    """All dialogue, in the text's order."""
    rows = _rows(text)
    found: list[Said] = []
    i = 0
    while i < len(rows):
        taken = 1
        if cue := _cue(rows, i, lexicon):
            said, taken = cue
            found.append(said)
        elif colon := _colon(rows[i], lexicon):
            found.append(colon)
        elif not SLUG.fullmatch(rows[i].text):
            found.extend(_inline(rows[i], lexicon))
        i += taken
    return tuple(found)


def _rows(text: str) -> list[Row]:
    rows, at = [], 0
    for line in text.split("\n"):
        rows.append(Row(line, at))
        at += len(line) + 1
    return rows


def _cue(rows: Sequence[Row], i: int, lexicon: Lexicon) -> tuple[Said, int] | None:
    match = _CUE.fullmatch(rows[i].text)
    if match is None or SLUG.fullmatch(rows[i].text) or not _is_name(match["name"], lexicon):
        return None
    manner, first = match["manner"] or "", i + 1
    if first < len(rows) and (aside := _MANNER.fullmatch(rows[first].text)):
        manner, first = aside["manner"], first + 1
    last = first
    while last < len(rows) and rows[last].text.strip():
        last += 1
        if rows[last - 1].text.rstrip().endswith(_ENDS):
            break
    words = " ".join(row.text.strip() for row in rows[first:last])
    if not words:
        return None
    end = rows[last - 1].at + len(rows[last - 1].text)
    said = Said(match["name"].strip(), _unquoted(words), manner.strip(), rows[i].at, end)
    return said, last - i


def _is_name(name: str, lexicon: Lexicon) -> bool:
    """At most three words, none of which the camera or the stage knows."""
    tokens = tokenise(name)
    known = (
        "camera",
        "camera subject",
        "verb",
        "time",
        "time inferred",
        "set",
        "prop",
        "gravity",
        "no verb",
    )
    kept = [t for t in tokens if t.kind in ("word", "number")]
    if not 1 <= len(kept) <= 3 or len(name.strip()) < 2:
        return False
    if any(lexicon.find(tokens, i, *known) for i in range(len(tokens))):
        return False
    labels = lexicon.rows["words"]["labels"]
    reasons = [lexicon.find(tokens, i, "no noun") for i in range(len(tokens))]
    cuts = any(r and r[1].elsewhere and "one take" in r[1].elsewhere.reason for r in reasons)
    return not cuts and not any(token.lower in labels for token in kept)


def _colon(row: Row, lexicon: Lexicon) -> Said | None:
    match = _COLON.fullmatch(row.text)
    if match is None or not _is_name(match["name"], lexicon):
        return None
    quoted = match["text"].lstrip().startswith(('"', "“"))
    if not quoted and match["name"] != match["name"].upper():
        return None
    manner = (match["manner"] or "").strip()
    whole = _OPENING.match(row.text, match.start("text"))
    end = whole.end() if whole else len(row.text)
    words = _unquoted(row.text[match.start("text") : end])
    return Said(match["name"].strip(), words, manner, row.at, row.at + end)


def _inline(row: Row, lexicon: Lexicon) -> Iterator[Said]:
    """`Mara says, "..."`, the other way round, and `MARA: "..."` in the middle of a row."""
    if '"' not in row.text and "“" not in row.text:
        return
    for pattern in _saying(tuple(lexicon.rows["words"]["says"])):
        for match in pattern.finditer(row.text):
            if not _is_name(match["name"], lexicon):
                continue
            at, end = row.at + match.start(), row.at + match.end()
            manner = (match["manner"] or "").strip()
            yield Said(match["name"], match["text"].strip(" ,"), manner, at, end)


@cache
def _saying(verbs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    said = f"(?P<manner>{'|'.join(verbs)})"
    return (
        re.compile(rf"(?P<name>{_NAME})[ \t]+{said}\b[ \t]*[,:]?[ \t]*{_QUOTED}"),
        re.compile(rf"{_QUOTED}[ \t]*,?[ \t]*{said}[ \t]+(?P<name>{_NAME})"),
        re.compile(rf"(?P<name>{_NAME})[ \t]*(?:\((?P<manner>[^()\n]*)\))?[ \t]*:[ \t]*{_QUOTED}"),
    )


def _unquoted(words: str) -> str:
    return words.strip().strip('"“”').strip()


def lines_of(said: Sequence[Said], text: str) -> tuple[tuple[Line, ...], float]:
    """Lines one after the other at the pace of speech, and when the last one ends."""
    lines, start_s = [], FIRST_LINE_S
    for one in said:
        words = text[one.at : one.end][:MAX_ORIGIN_CHARS]
        lines.append(
            Line(
                speaker=one.speaker,
                text=one.text,
                manner=one.manner,
                start_s=round(min(start_s, MAX_DURATION_S), 3),
                origin=Origin(provenance="literal", words=words, at=one.at),
            )
        )
        start_s += len(one.text) / CHARS_PER_S + PAUSE_S
    return tuple(lines), start_s if lines else 0.0
