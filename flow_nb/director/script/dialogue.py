"""What is said. In: a shot's text. Out: `Said`: who, what, how, and which stretch of text it takes.

Written as a cue in capitals with the words below it; as ``MARA: ...``; as ``Mara whispers: "..."`` or
``"...", says Mara``. (V.O.), (O.S.) and (CONT'D) are understood, other scripts and quotation marks too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flow_nb.director.script.rows import Row, rows_of
from flow_nb.director.script.slugs import is_slug
from flow_nb.director.script.words import words

MAX_NAME_CHARS, MAX_NAME_WORDS = 40, 4

SHOTS = (
    "CU",
    "ECU",
    "XCU",
    "BCU",
    "MCU",
    "MS",
    "MWS",
    "MLS",
    "FS",
    "LS",
    "WS",
    "EWS",
    "XWS",
    "ELS",
    "XLS",
    "OTS",
    "POV",
)
"""Sizes of a shot list: nobody's names."""

_ASIDE = re.compile(r"[ \t]*[(（](?P<aside>[^()（）\n]*)[)）][ \t]*")
_NAME = r"[ \t]*(?P<name>[^\W\d_][^\n:：()（）\"“”!?,;]{0,39}?)[ \t]*"
_ASIDES = r"(?P<asides>(?:[(（][^()（）\n]*[)）][ \t]*)*)"
_CUE = re.compile(rf"{_NAME}{_ASIDES}:?[ \t]*")
_COLON = re.compile(rf"{_NAME}{_ASIDES}[:：][ \t]*(?P<text>\S[^\n]*)")
_QUOTE = re.compile(
    r"[\"“„](?P<a>[^\"“”„\n]+)[\"”“]|«[ \t]*(?P<b>[^«»\n]+?)[ \t]*»|[「『](?P<c>[^「」『』\n]+)[」』]"
    r"|(?<![\w])[‘'](?P<d>[^\n‘]+?)[’'](?![\w])"
)
_ENDS = (".", "!", "?", "…", '"', "”", "。", "！", "？", "-", "—")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One line. ``at`` and ``end`` enclose all of it; ``taken`` is the stretch that is no prose.

    ``off``: the voice comes from outside the picture.
    """

    speaker: str
    text: str
    manner: str
    at: int
    end: int
    taken: tuple[int, int]
    off: bool = False


def spoken(text: str) -> tuple[Said, ...]:
    """All dialogue, in the text's order."""
    rows, found, i = rows_of(text), list[Said](), 0
    while i < len(rows):
        block, taken = _cue(rows, i)
        if not block:
            block, taken = ([] if is_slug(rows[i].text) else list(_row(rows[i]))), 1
        found.extend(block)
        i += taken
    return tuple(found)


# A cue in capitals, the words below it.


def _cue(rows: Sequence[Row], i: int) -> tuple[list[Said], int]:
    match = _CUE.fullmatch(rows[i].text)
    if match is None or is_slug(rows[i].text) or not _is_cue(match["name"]):
        return [], 1
    found, at, first = [], rows[i].at, i + 1
    manner, off = _asides(match["asides"])
    while first < len(rows):
        if aside := _ASIDE.fullmatch(rows[first].text):
            told, off_here = _asides(aside.group())
            manner, off, first = told or manner, off or off_here, first + 1
        last = _last_row(rows, first)
        said = _unquoted(" ".join(row.text.strip() for row in rows[first:last]))
        if not said:
            break
        end = rows[last - 1].end
        name = match["name"].strip()
        found.append(
            Said(speaker=name, text=said, manner=manner, at=at, end=end, taken=(at, end), off=off)
        )
        first, at = last, rows[last].at if last < len(rows) else end
        if last >= len(rows) or not _ASIDE.fullmatch(rows[last].text):
            break
    return found, max(first - i, 1)


def _last_row(rows: Sequence[Row], first: int) -> int:
    """Behind the last row of a speech: it ends with a sentence, an empty row or an aside."""
    last = first
    while last < len(rows) and rows[last].text.strip() and not _ASIDE.fullmatch(rows[last].text):
        last += 1
        if rows[last - 1].text.rstrip().endswith(_ENDS):
            break
    return last


def _is_cue(name: str) -> bool:
    """A name in capitals, of at most four words."""
    name = name.strip()
    return (
        len(name) > 1
        and name.isupper()
        and name not in SHOTS
        and not name.endswith(".")
        and _is_name(name)
    )


def _is_name(name: str) -> bool:
    parts = name.lower().split()
    return (
        0 < len(parts) <= MAX_NAME_WORDS
        and parts[0].strip(".") not in words()["cue"]["not_names"]
        and len(name) <= MAX_NAME_CHARS
    )


def _asides(text: str) -> tuple[str, bool]:
    """Manners in brackets, and whether one of them says that the voice is off."""
    manners, off = [], False
    for match in _ASIDE.finditer(text):
        for part in re.split(r"[,/;]", match["aside"]):
            word = part.strip()
            if word.lower() in words()["cue"]["off"]:
                off = True
            elif word and word.lower() not in words()["cue"]["carried_on"]:
                manners.append(word)
    return ", ".join(manners), off


# Inside a row.


def _row(row: Row) -> Iterator[Said]:
    """`MARA: ...` as a whole row, else quotations with somebody who says them."""
    colon = _COLON.fullmatch(row.text)
    if colon and _is_speaker(colon["name"]) and _opens_speech(colon):
        quoted = _QUOTE.match(row.text, colon.start("text"))
        end = row.at + (quoted.end() if quoted else len(row.text))
        manner, off = _asides(colon["asides"])
        said = _unquoted(row.text[colon.start("text") : end - row.at])
        yield Said(
            speaker=colon["name"].strip(), text=said, manner=manner, off=off,
            at=row.at, end=end, taken=(row.at, end),
        )  # fmt: skip
        rest = Row(" " * (end - row.at) + row.text[end - row.at :], row.at)
        yield from _quotations(rest)
    else:
        yield from _quotations(row)


def _is_speaker(name: str) -> bool:
    """Words that each begin with a capital, or a name in a script that has none."""
    parts = name.split()
    if name.strip() in SHOTS:
        return False
    titled = all(not part[:1].islower() for part in parts)
    return titled and _is_name(name)


def _opens_speech(colon: re.Match[str]) -> bool:
    """A quotation, or a name in capitals or in a script without them."""
    name = colon["name"]
    return bool(_QUOTE.match(colon["text"])) or name == name.upper()


def _quotations(row: Row) -> Iterator[Said]:
    before = 0
    for quote in _QUOTE.finditer(row.text):
        lead, tail = row.text[before : quote.start()], row.text[quote.end() :]
        text = next(part for part in quote.groups() if part).strip(" ,")
        start, end = row.at + quote.start(), row.at + quote.end()
        before = quote.end()
        named = _named_before().search(lead)
        if named and _is_name(named["name"]):
            manner, off = _asides(named["asides"])
            at = row.at + quote.start() - len(lead) + named.start()
            yield Said(
                speaker=named["name"], text=text, manner=manner, off=off, at=at, end=end,
                taken=(at, end),
            )  # fmt: skip
        elif (told := _says_before().search(lead)) or (told := _says_after().match(tail)):
            first = row.at + quote.start() - len(lead) + told.start()
            behind = told.string is tail
            yield Said(
                speaker=_speaker(told),
                text=text,
                manner=_manner(told),
                at=start if behind else first,
                end=end + told.end() if behind else end,
                taken=(start, end),
            )


_WHO = (
    r"(?P<who>(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)[ \t]+(?:[\w'’-]+[ \t]+){0,2}[\w'’-]+)"
    r"|(?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.?[ \t]+)?[^\W\d_a-z][\w'’-]*"
    r"(?:[ \t]+[^\W\d_a-z][\w'’-]*){0,2}|[Hh]e|[Ss]he|[Tt]hey)"
)


@cache
def _saying() -> str:
    says = "|".join(words()["cue"]["says"])
    return (
        rf"(?:(?P<before>\w+ly)[ \t]+)?(?P<says>{says})(?:[ \t]+(?P<after>\w+ly|to [\w ]{{1,20}}))?"
    )


@cache
def _says_before() -> re.Pattern[str]:
    return re.compile(rf"{_WHO}[ \t]+{_saying()}[ \t]*[,:]?[ \t]*$")


@cache
def _says_after() -> re.Pattern[str]:
    says = _saying()
    twin = says.replace("?P<", "?P<x").replace("who", "xwho")
    whose = _WHO.replace("?P<who", "?P<xwho")
    return re.compile(rf"[ \t]*,?[ \t]*(?:{says}[ \t]+{_WHO}|{whose}[ \t]+{twin})")


@cache
def _named_before() -> re.Pattern[str]:
    """`MARA (softly):` in the middle of a row."""
    return re.compile(
        r"(?P<name>[^\W\d_a-z][\w'’.-]*(?:[ \t]+[^\W\d_a-z][\w'’.-]*){0,2})[ \t]*"
        r"(?P<asides>(?:\([^()\n]*\)[ \t]*)*)[:：][ \t]*$"
    )


def _part(match: re.Match[str], name: str) -> str:
    groups = match.groupdict()
    return groups.get(name) or groups.get(f"x{name}") or ""


def _speaker(match: re.Match[str]) -> str:
    """As it is printed: without its article."""
    who = _part(match, "who").strip()
    return re.sub(r"^(?:the|an?|his|her|my|their)\s+", "", who, flags=re.IGNORECASE)


def _manner(match: re.Match[str]) -> str:
    adverb = _part(match, "after") or _part(match, "before")
    return adverb if adverb.endswith("ly") else _part(match, "says")


def _unquoted(text: str) -> str:
    text = text.strip()
    match = _QUOTE.fullmatch(text)
    return (
        next((part for part in match.groups() if part), "").strip() if match else text.strip('"“”')
    )
