"""Notes, sorted out. In: directives and notes of prose. Out: one value for each matter; the rest are gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flow_nb.director.frame import Note, NoteKind
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.plan.base import DEFAULT, Origin

INFERRED = 0.7
SAID = {
    "time": "time of day", "style": "light", "grade": "look", "medium": "medium", "wind_from": "side of the wind",
}  # fmt: skip


class Noted:
    """The first word on each matter counts: a directive before prose, what is said before what is
    only suggested. Every other value is listed."""

    def __init__(self, directed: Sequence[Note], told: Sequence[Note], gaps: Gaps) -> None:
        self._gaps = gaps
        self._directed = tuple(directed)
        self.all = (*directed, *sorted(told, key=lambda note: note.inferred))

    def of(self, kind: NoteKind) -> Note | None:
        """The note that counts, if there is any."""
        notes = [note for note in self.all if note.kind == kind]
        if not notes:
            return None
        first = notes[0]
        for other in notes[1:]:
            if other.value != first.value and not other.inferred:
                self._second(first, other)
        return first

    def _second(self, first: Note, other: Note) -> None:
        what = SAID.get(other.kind, other.kind.rpartition(".")[2])
        if first in self._directed:
            self._gaps.say(other.span, f"the line of its own says another {what}", "Keep one.")
        else:
            why = f"a shot has one {what}, and it was given before"
            self._gaps.say(other.span, why, "Write the other one in its own cell.")

    def value(self, kind: NoteKind, default: Any, *, ok: Callable[[Any], bool] = bool) -> Any:
        """The value that counts, or the default where there is none or none that is a choice."""
        note = self.of(kind)
        return note.value if note is not None and ok(note.value) else default

    def origin(self, *kinds: NoteKind) -> Origin:
        """Where the first of these matters comes from."""
        for kind in kinds:
            if note := self.of(kind):
                return self._gaps.origin(
                    note.span, inferred=note.inferred, confidence=INFERRED if note.inferred else 1.0
                )
        return DEFAULT
