"""Nothing is dropped. In: what was read. Out: `Missed` for every noun and verb that is in none of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flow_nb.director.frame import Frame, Missed, Thing
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.unit import Unit

_TOLD = ("N", "NS", "NAME", "VB", "VP", "VZ", "VD", "VN", "VG")
_NO_PLACE = "this found no place in what the sentence tells"
_FIX = "Say it in a sentence of its own, as in: a ball rolls off the table."
_ENGLISH = "only English is read"
_FEW = 3


def english(desk: Desk, sentence: Sequence[Token]) -> bool:
    """Whether a sentence is in English; one that is not is listed as missed, whole."""
    spoken = [token for token in sentence if token.kind == "word"]
    if not spoken:
        return any(token.kind == "number" for token in sentence)
    known = sum(_known(desk, token.lower) for token in spoken)
    latin = all(token.lower.isascii() for token in spoken)
    enough = 2 * known >= len(spoken) if len(spoken) >= _FEW or not latin else True
    if enough:
        return True
    desk.miss(spoken[0].at, spoken[-1].end, _ENGLISH, "Write it in English.")
    return False


def _known(desk: Desk, word: str) -> bool:
    """Short words of other languages look like rare English ones."""
    if word in desk.lookup.words.closed:
        return True
    return len(word) > _FEW - 1 and desk.lookup.known(word)


def uncovered(
    desk: Desk, units: Sequence[Unit], things: Sequence[Thing], frames: Sequence[Frame]
) -> Iterator[Missed]:
    """Every noun and verb outside all spans."""
    spans = [thing.span for thing in things]
    spans += [frame.span for frame in frames]
    spans += [place.span for frame in frames for place in frame.places]
    spans += [note.span for note in desk.notes] + [miss.span for miss in desk.missed]
    spans += desk.passed
    inside = _Inside(len(desk.text), spans)
    for unit in units:
        if unit.tag in _TOLD and not inside.holds(unit.at, unit.upto):
            yield Missed(span=(unit.at, unit.upto), reason=_NO_PLACE, fix=_FIX)


class _Inside:
    """Which characters some span covers."""

    def __init__(self, length: int, spans: Sequence[tuple[int, int]]) -> None:
        self._marks = bytearray(length)
        for start, end in spans:
            self._marks[start:end] = b"\x01" * (min(end, length) - start)

    def holds(self, start: int, end: int) -> bool:
        return all(self._marks[start:end])
