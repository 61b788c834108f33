"""A word or a phrase that stands together. In: tokens. Out: `Unit`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.words import Sense


@dataclass(slots=True)
class Unit:
    """Tokens ``start`` to ``end`` of the sentence. ``options`` are tags with weights; `tagging` sets
    ``tag`` and ``lemma``. ``kind`` names the phrase that was found, ``sense`` what it says; ``unreal``
    marks a verb of what does not happen."""

    start: int
    end: int
    text: str
    at: int
    upto: int
    options: dict[str, float] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    sense: Sense | None = None
    value: float = 0.0
    tag: str = ""
    written: str = ""
    unreal: bool = False

    @property
    def lemma(self) -> str:
        """Its base form under its tag."""
        return self.lemmas.get(self.tag, self.text)


def unit_of(tokens: Sequence[Token], start: int, end: int, **more: object) -> Unit:
    """A unit of these tokens."""
    text = " ".join(token.lower for token in tokens[start:end])
    written = " ".join(token.text for token in tokens[start:end])
    where = (tokens[start].at, tokens[end - 1].end)
    return Unit(start, end, text, *where, written=written, **more)  # type: ignore[arg-type]
