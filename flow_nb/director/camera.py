"""How it is seen. In: camera words, as they are met. Out: a `Camera`, each field from the first word that says it."""

from __future__ import annotations

from typing import Any

from flow_nb.director.cast import Ref
from flow_nb.director.chunks import Chunk
from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import Sense
from flow_nb.director.tokens import Token, origin_of
from flow_nb.errors import PlanError
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import Camera

LENSES_MM = (10.0, 300.0)
INFERRED = 0.6
ONE_OF_A_KIND = "a shot has one {0}, and it was given before"
OWN_CELL = "Write the other one in its own cell."


class CameraNotes:
    """Collects what the text tells the camera.

    ``speaking``: the camera is the subject, verbs are its own. ``expects_target``: the next thing
    named is what it looks at.
    """

    def __init__(self, text: str, gaps: Gaps) -> None:
        self._text = text
        self._gaps = gaps
        self._fields: dict[str, Any] = {}
        self._origin: Origin = DEFAULT
        self._move_origin: Origin = DEFAULT
        self.speaking = False
        self.expects_target = False

    def clause_ends(self) -> None:
        """A comma or a full stop: from here on other things may act."""
        self.speaking = False
        self.expects_target = False

    def phrase(self, chunk: Chunk, words: tuple[Token, ...]) -> None:
        """ "low angle", "dolly in", "close-up"."""
        self._note(chunk.sense, words)

    def verb(self, chunk: Chunk, words: tuple[Token, ...]) -> None:
        """ "the camera follows": a move, and perhaps what it follows."""
        sense = next((s for s in chunk.senses if s.kind in ("camera verb", "camera")), None)
        if sense is None:
            self._gaps.say(
                words, "the camera cannot do this", "It can dolly, pan, tilt, truck, crane, orbit."
            )
            return
        self._note(sense, words)
        self.expects_target = True

    def pace(self, manner: str) -> None:
        """Slow or fast."""
        self._fields.setdefault("pace", manner)

    def lens(self, value_mm: float, words: tuple[Token, ...]) -> None:
        """ "50mm"."""
        low, high = LENSES_MM
        if not low <= value_mm <= high:
            raise PlanError(
                f"a lens of {value_mm:g} mm is not between {low:g} and {high:g} mm.",
                fix='Write another, as in "50mm lens".',
            )
        self._set("lens_mm", value_mm, words, "literal")

    def wants_target(self, ref: Ref) -> bool:
        """Takes the thing just named as what is looked at, where the words before asked for it."""
        if not self.expects_target or not ref.bodies:
            return False
        self._fields.setdefault("target", ref.bodies[0])
        self.clause_ends()
        return True

    def _note(self, sense: Sense, words: tuple[Token, ...]) -> None:
        self._set(sense.base, sense.value, words, sense.form)

    def _set(self, field: str, value: object, words: tuple[Token, ...], provenance: str) -> None:
        if self._fields.get(field, value) != value:
            self._gaps.say(words, ONE_OF_A_KIND.format(field.removesuffix("_mm")), OWN_CELL)
            return
        self._fields[field] = value
        origin = (
            origin_of(self._text, words)
            if provenance == "literal"
            else origin_of(self._text, words, "inferred", INFERRED)
        )
        if field == "move":
            self._move_origin = origin
        elif self._origin is DEFAULT:
            self._origin = origin

    def camera(self, target: str | None) -> Camera:
        """The finished camera, on the first body that acts unless the text names another target."""
        fields = {"target": target, **self._fields}
        return Camera(**fields, origin=self._origin, move_origin=self._move_origin)
