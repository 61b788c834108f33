"""A text by its lines. In: a text. Out: `Row`s with their offsets, and texts with stretches blanked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text and the offset of its first character."""

    text: str
    at: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.at + len(self.text)


def rows_of(text: str) -> list[Row]:
    """All lines, without their line ends."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Row(line, at))
        at += len(line) + 1
    return found


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with stretches replaced by blanks, as long as before, so that offsets stay.

    A stretch that is a sentence of its own (two characters and more at the start of a line) leaves
    an empty line: what stood before and after it are two sentences.

    >>> blanked("A cup. MARA: hey", [(7, 16)])
    'A cup.          '
    """
    out = list(text)
    for start, end in spans:
        for i in range(start, end):
            if out[i] != "\n":
                out[i] = " "
        opens = start == 0 or text[start - 1] == "\n"
        if opens and end - start >= 2:
            out[start] = out[start + 1] = "\n"
    return "".join(out)
