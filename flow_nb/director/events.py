"""One verb with its company. In: the chunks around it. Out: an `Event`, from which staging makes causes."""

from __future__ import annotations

from dataclasses import dataclass, field

from flow_nb.director.cast import Ref
from flow_nb.director.lexicon import VerbRow
from flow_nb.director.measures import Measure
from flow_nb.director.tokens import Token

COPULA = VerbRow(verb="", frame="rest")
"""No verb, or "is": a thing has a place."""

SOURCES = ("source", "edge")


@dataclass(slots=True)
class Event:
    """What the sentence gives. ``step`` counts the "then"s before it.

    ``places`` are prepositions with what they lead to; ``negated`` events do not happen; ``off``
    says that a place is left without naming it.
    """

    verb: VerbRow
    words: tuple[Token, ...]
    base: str = ""
    form: str = ""
    subject: Ref | None = None
    object: Ref | None = None
    passive: bool = False
    places: list[tuple[str, Ref]] = field(default_factory=list)
    direction: str = ""
    manner: str = ""
    height: Measure | None = None
    speed: Measure | None = None
    delay_s: float = 0.0
    step: int = 0
    negated: bool = False
    off: bool = False

    @property
    def movers(self) -> Ref | None:
        """What the verb sets going or speaks of: the object where there is one, else the subject."""
        if self.object is not None and self.verb.frame == "move" and not self.passive:
            return self.object
        return self.subject

    @property
    def struck(self) -> Ref | None:
        """What is met, as far as the sentence has come: the object, or what the mover goes into."""
        if self.passive:
            return self.subject if self.verb.frame == "strike" else None
        if self.verb.frame == "strike" and self.object is not None:
            return self.object
        return next(
            (ref for role, ref in self.places if role in ("into", "against", "toward")), None
        )

    def roles(self) -> tuple[Ref | None, Ref | None]:
        """Who does it, and to whom; "is hit by a ball" turned round."""
        by = next((ref for role, ref in self.places if role == "by"), None)
        if self.passive or (by is not None and self.form == "ed" and self.object is None):
            return by, self.subject
        return self.subject, self.object

    def leaves(self) -> bool:
        """Whether it says that a place is left: "off the table", "falls off"."""
        return self.off or any(role in SOURCES for role, _ in self.places)
