"""What is on the reader's desk. In: nothing. Out: the cast, the frames, the notes and what was missed, so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from flow_nb.director.frame import Missed, Note, Span
from flow_nb.director.reading.cast import Cast
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.pronouns import Pronouns
from flow_nb.director.reading.words import Sense

_WIND_SIDES = frozenset(("left", "right", "toward camera", "away", "up", "down"))
_OPPOSITE = {"left": "right", "right": "left", "toward camera": "away", "away": "toward camera"}


@dataclass(slots=True)
class Desk:
    """One text's things, frames, notes and missed words. ``missed`` is sorted at the end."""

    lookup: Lookup
    text: str = ""
    cast: Cast = field(init=False)
    pronouns: Pronouns = field(init=False)
    frames: list[Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    passed: list[Span] = field(default_factory=list)
    said: dict[tuple[str, str | float, int | None], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cast = Cast(self.lookup)
        self.pronouns = Pronouns(self.cast, self.frames)

    def note(self, sense: Sense, at: int, upto: int, thing: int | None = None) -> None:
        """Takes down what a phrase of ``notes.toml`` says."""
        if sense.kind == "missed":
            reason, fix = sense.value
            self.miss(at, upto, reason, fix)
            return
        kind = sense.kind.partition(":")[2]
        value: str | float = sense.value
        if kind in ("gravity", "wind", "camera.lens", "camera.height"):
            value = float(sense.value)
        self.say(kind, value, at, upto, thing=thing, inferred=sense.inferred)
        name = self.text[at:upto].lower().replace("-", " ")
        if kind in ("weather", "wind"):
            self._hour(name, at, upto)
        if kind in ("gravity", "medium") and name in self.lookup.words.notes["air_sets"]:
            self.say("set", self.lookup.words.notes["air_sets"][name], at, upto)

    def _hour(self, name: str, at: int, upto: int) -> None:
        """ "morning fog", "a rainy night": weather and time in one."""
        for word in name.split():
            sense = self.lookup.words.sense(word, "nouns:time")
            if sense is not None and not sense.inferred:
                self.say("time", sense.value, at, upto)

    def say(
        self, kind: str, value: str | float, at: int, upto: int, *, thing: int | None = None,
        inferred: bool = False,
    ) -> None:  # fmt: skip
        """One note, unless the same was said before."""
        key = (kind, value, thing)
        if key in self.said and not (inferred and self.said[key]):
            self.passed.append((at, upto))
            return
        self.said[key] = inferred
        self.notes.append(
            Note(kind=kind, value=value, span=(at, upto), thing=thing, inferred=inferred)  # type: ignore[arg-type]
        )

    def wind_from(self, direction: str, at: int, upto: int, *, source: bool) -> None:
        """Which side the wind comes from; ``source``: the word names that side itself."""
        if direction in _WIND_SIDES:
            side = direction if source else _OPPOSITE.get(direction, direction)
            self.say("wind_from", side, at, upto)

    def miss(self, at: int, upto: int, reason: str, fix: str = "") -> None:
        """Words without effect."""
        self.missed.append(Missed(span=(at, upto), reason=reason, fix=fix))
