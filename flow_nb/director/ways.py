"""Where a body comes from and goes to. In: an event's prepositions. Out: a `Way`."""

from __future__ import annotations

from dataclasses import dataclass

from flow_nb.director.cast import Ref
from flow_nb.director.events import SOURCES, Event
from flow_nb.director.tokens import Token
from flow_nb.plan.plan import WORLD

_STANDING = ("on", "edge of", "in", "under", "beside", "against", "above", "hanging from", "by")
_LANDING = ("on", "onto", "in", "into", "toward", "edge of")
_TARGETS = ("onto", "into", "against", "toward", "with", "on", "in", "beside", "along")


@dataclass(slots=True)
class Way:
    """``source`` is left, ``target`` is met; ``relation`` to ``anchor`` is where it begins.

    ``lands`` says that it comes down on the target; not ``sure``: the plan has no closer word for
    it, as "behind" becomes beside.
    """

    source: str | None = None
    target: str | None = None
    lands: bool = False
    relation: str = ""
    anchor: str = WORLD
    direction: str = ""
    sure: bool = True
    words: tuple[Token, ...] = ()

    @property
    def meets(self) -> str | None:
        """The target, if it is a body."""
        return self.target if self.target != WORLD else None

    @property
    def below(self) -> str:
        """What the body is let go above."""
        return self.target if self.target and self.lands else WORLD


def way_of(event: Event, name: str) -> Way:
    """The way of one body in an event; a body is no place for itself."""
    way = Way(direction=event.direction)
    for role, ref in event.places:
        anchor = next((other for other in ref.names if other != name), None)
        agent = role == "by" and event.form == "ed"
        if anchor is not None and not agent:
            way.sure = way.sure and role != "about"
            _read(way, event, _role(event, role), anchor, ref)
    return way


def target_of(event: Event) -> Ref | None:
    """What is met, where it stands after a preposition: "crashes into the wall"."""
    return next((ref for role, ref in event.places if role in _TARGETS), None)


def _role(event: Event, role: str) -> str:
    """What a preposition means beside this verb."""
    if role == "about":
        return "beside"
    if event.verb.frame == "rest":
        hangs = "hanging from" if event.verb.starts == "hanging from" else "nowhere"
        at_rest = {"by": "beside", "onto": "on", "into": "in", "source": hangs, "toward": "beside"}
        return at_rest.get(role, role)
    if event.verb.verb == "swing" and role == "source":
        return "hanging from"
    return role


def _read(way: Way, event: Event, role: str, anchor: str, ref: Ref) -> None:
    moves = event.verb.frame != "rest"
    lands = moves and (event.verb.lands or role == "against")
    bounces_off = event.verb.verb == "bounce" and role in SOURCES and anchor != WORLD
    if role in SOURCES and not bounces_off:
        way.source, way.words = (anchor if anchor != WORLD else None), ref.words
    elif role in ("down", "up"):
        way.words = ref.words
        if anchor != WORLD:
            way.direction = role
            way.source, way.target = (anchor, way.target) if role == "down" else (None, anchor)
    elif role == "along":
        way.relation, way.anchor, way.words = "on", anchor, ref.words
    elif role in ("above", "hanging from") or (role in _STANDING and not lands):
        if way.relation:
            return
        relation = {"by": "beside"}.get(role, role)
        way.relation, way.anchor, way.words = relation, anchor, ref.words
    elif role not in ("by", "nowhere") and way.target is None:
        way.target, way.lands = anchor, role in _LANDING
