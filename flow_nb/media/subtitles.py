"""Subtitles. In: `Cue`s. Out: WebVTT and SRT that any player reads, and nothing but text in them.

At most two lines of 42 columns stand at a time; a longer line of dialogue is shown in parts, each as
long as its share of the signs. Texts come from users: no tag, no arrow and no timing in them counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from flow_nb.plan.cues import Cue
from flow_nb.plan.shown import Shown

COLUMNS, LINES = 42, 2
LEAST_MS = 1
MAX_SPEAKER = 60

_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    "(?:(?<=\u200d).[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*)*",
    re.DOTALL,
)
_JOINER = "\u2060"
_RIGHT_TO_LEFT_MARK = "\u200f"


def vtt(cues: Iterable[Cue], *, kind: str = "subtitles") -> str:
    """WebVTT. Whoever speaks is in the cue's voice tag; ``kind`` is named in a note. Descriptions are
    read aloud, not shown: each stays whole."""
    blocks = [f"WEBVTT\n\nNOTE {kind}"]
    whole = (cue.model_copy(update={"text": _plain(cue.text)}) for cue in cues)
    for cue in whole if kind == "descriptions" else _shown(cues):
        name = _plain(cue.speaker)[:MAX_SPEAKER]
        voice = f"<v {escape(name, quote=False)}>" if name else ""
        text = "\n".join(escape(line, quote=False) for line in cue.text.split("\n"))
        blocks.append(f"{_time(cue.start_s, '.')} --> {_time(cue.end_s, '.')}\n{voice}{text}")
    return "\n\n".join(blocks) + "\n"


def srt(cues: Iterable[Cue]) -> str:
    """SubRip. It has no escapes: what a player could take for a tag is broken by a word joiner."""
    named = [_with_name(cue) for cue in cues]
    return "".join(
        f"{number}\n{_time(cue.start_s, ',')} --> {_time(cue.end_s, ',')}\n{_harmless(cue.text)}\n\n"
        for number, cue in enumerate(_shown(named), 1)
    )


def beside(cues: Sequence[Cue], descriptions: Sequence[Cue] = ()) -> dict[str, bytes]:
    """The files that stand beside a clip, by the ending of their names; only those that say something."""
    files: dict[str, bytes] = {}
    if cues:
        files |= {".vtt": vtt(cues).encode(), ".srt": srt(cues).encode()}
    if descriptions:
        files[".descriptions.vtt"] = vtt(descriptions, kind="descriptions").encode()
    return files


def described(text: str, start_s: float, end_s: float) -> tuple[Cue, ...]:
    """What is seen, told for the whole of a clip; nothing where there is no text."""
    return (Cue(start_s=start_s, end_s=end_s, text=text),) if text else ()


def said_in(shown: Sequence[Shown]) -> tuple[Cue, ...]:
    """What is said in a film: what is said in its takes, when they are seen."""
    return tuple(cue for one in shown for cue in one.placed(one.take.cues))


def seen_in(shown: Sequence[Shown]) -> tuple[Cue, ...]:
    """What is seen in a film, take by take."""
    return tuple(
        cue for one in shown for cue in described(one.take.description, one.start_s, one.end_s)
    )


def in_turn(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Two lines at a time, one cue after the other: each ends where the next begins."""
    shown = sorted(_shown(map(_with_name, cues)), key=lambda cue: cue.start_s)
    starts = [*(cue.start_s for cue in shown), float("inf")][1:]
    return tuple(
        cue.model_copy(update={"end_s": min(cue.end_s, start)})
        for cue, start in zip(shown, starts, strict=True)
        if start > cue.start_s
    )


def wrapped(text: str) -> list[str]:
    """Screens of at most `LINES` lines of `COLUMNS` columns, broken between words where there are any.

    >>> wrapped("I told you that this glass would not survive the cat.")
    ['I told you that this glass\\nwould not survive the cat.']
    """
    words = [piece for word in _plain(text).split(" ") for piece in _fitting(word)]
    rows = _rows(words)
    screens = [rows[i : i + LINES] for i in range(0, len(rows), LINES)]
    return ["\n".join(_balanced(screen)) for screen in screens]


def columns(text: str) -> int:
    """How wide a text is: wide signs and emoji take two columns, marks upon them none.

    >>> columns("né 日本"), columns("👩‍🚀")
    (7, 2)
    """
    return sum(_width(cluster) for cluster in _CLUSTER.findall(text))


def _shown(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Each cue in parts that fit on the screen, each in its share of the time."""
    for cue in cues:
        screens = wrapped(cue.text)
        signs = [max(1, len(screen)) for screen in screens]
        start, length, done = cue.start_s, cue.end_s - cue.start_s, 0
        for screen, count in zip(screens, signs, strict=True):
            begin = start + length * done / sum(signs)
            done += count
            end = max(start + length * done / sum(signs), begin + LEAST_MS / 1000)
            yield cue.model_copy(update={"start_s": begin, "end_s": end, "text": screen})


def _with_name(cue: Cue) -> Cue:
    name = _plain(cue.speaker)[:MAX_SPEAKER]
    return cue.model_copy(update={"text": f"{name}: {cue.text}"[:10_000]}) if name else cue


def _plain(text: str) -> str:
    """One line of printable signs; what joins emoji and turns the way of writing stays."""
    kept = ("\u200c", "\u200d", "\u200e", "\u200f")
    clean = (
        c if c.isprintable() or c in kept or "\U000e0020" <= c <= "\U000e007f" else " "
        for c in text
    )
    return " ".join("".join(clean).split())


def _fitting(word: str) -> Iterator[str]:
    """A word in pieces that fit on a line, never through the middle of a sign."""
    piece, wide = "", 0
    for cluster in _CLUSTER.findall(word):
        width = _width(cluster)
        if wide + width > COLUMNS:
            yield piece
            piece, wide = "", 0
        piece, wide = piece + cluster, wide + width
    yield piece


def _rows(words: Sequence[str]) -> list[str]:
    rows = [""]
    for word in words:
        longer = f"{rows[-1]} {word}".strip()
        if columns(longer) <= COLUMNS:
            rows[-1] = longer
        else:
            rows.append(word)
    return [row for row in rows if row]


def _balanced(rows: Sequence[str]) -> Sequence[str]:
    """Two lines about as long as each other, broken behind a comma or a stop where one is near."""
    words = " ".join(rows).split(" ")
    if len(rows) < LINES or len(words) < LINES:
        return rows
    pairs = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    fitting = [pair for pair in pairs if max(map(columns, pair)) <= COLUMNS]

    def cost(pair: tuple[str, str]) -> float:
        return abs(columns(pair[0]) - columns(pair[1])) - 12 * (pair[0][-1] in ",.;:!?…")

    return min(fitting, key=cost, default=tuple(rows))


def _width(cluster: str) -> int:
    first = cluster[0]
    if unicodedata.combining(first) or unicodedata.category(first) == "Cf":
        return 0
    wide = (
        unicodedata.east_asian_width(first) in ("W", "F") or "\U0001f1e6" <= first <= "\U0001f1ff"
    )
    return 2 if wide else 1


def _harmless(text: str) -> str:
    lines = (
        text.replace("<", f"<{_JOINER}")
        .replace("{", f"{{{_JOINER}")
        .replace("-->", f"--{_JOINER}>")
    )
    return "\n".join(_directed(line) for line in lines.split("\n"))


def _directed(line: str) -> str:
    """Players that know no bidirectional text set full stops right where the line says so itself."""
    first = next((d for d in map(unicodedata.bidirectional, line) if d in ("L", "R", "AL")), "L")
    return line if first == "L" else f"{_RIGHT_TO_LEFT_MARK}{line}{_RIGHT_TO_LEFT_MARK}"


def _time(seconds: float, point: str) -> str:
    """Hours, minutes, seconds, thousandths.

    >>> _time(3725.0419, ".")
    '01:02:05.042'
    """
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"
