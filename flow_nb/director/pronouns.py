"""It, they, them. In: what was said so far. Out: the bodies that are meant, or none."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.cast import Cast, Ref
from flow_nb.director.events import COPULA, Event
from flow_nb.director.lexicon import VerbRow


def subject_it(cast: Cast, events: Sequence[Event], verb: VerbRow | None) -> tuple[str, ...]:
    """As a subject: what acted last. What breaks, topples or falls is rather what was met."""
    if verb is not None and (met := _met(cast, events, verb)):
        return met
    for event in reversed(events):
        if event.movers and len(event.movers.bodies) == 1 and event.verb is not COPULA:
            return event.movers.bodies
    return object_it(cast, ())


def _met(cast: Cast, events: Sequence[Event], verb: VerbRow) -> tuple[str, ...]:
    if verb.frame not in ("topple", "break") and verb.verb != "fall":
        return ()
    for event in reversed(events):
        for ref in (event.struck, event.movers):
            fits = [n for n in ref.bodies if _fits(cast, n, verb)] if ref else []
            if len(fits) == 1 and event.verb is not COPULA:
                return (fits[0],)
    return ()


def _fits(cast: Cast, name: str, verb: VerbRow) -> bool:
    return not cast.is_furniture(name) and (verb.frame != "break" or cast.breaks(name))


def object_it(cast: Cast, but: tuple[str, ...]) -> tuple[str, ...]:
    """As an object: what was mentioned last and does not act here; furniture only for want of others."""
    recent = [n for ref in cast.mentioned for n in ref.bodies[-1:] if n not in but]
    loose = [name for name in recent if not cast.is_furniture(name)]
    return tuple((loose or recent)[-1:])


def they(cast: Cast, but: tuple[str, ...]) -> tuple[str, ...]:
    """The group mentioned last, else everything that can move."""
    for ref in reversed(cast.mentioned):
        if len(ref.bodies) > 1 and not set(ref.bodies) & set(but):
            return ref.bodies
    return tuple(n for n in cast.bodies if not cast.is_furniture(n) and n not in but)


def both(first: Ref, second: Ref) -> Ref:
    """ "a ball and a bottle": one subject of two."""
    names = tuple(dict.fromkeys((*first.names, *second.names)))
    return Ref(names=names, words=first.words + second.words)
