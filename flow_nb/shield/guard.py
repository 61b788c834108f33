"""The shield around one take. In: an order and its offer. Out: `Guard`: what marks and labels the take.

It is made before the spend, so that a profile that does not exist, a label that does not fit and a key
that cannot be read cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flow_nb.engines.base import Chunk, Engine, Order, Quote, SeesFaces
from flow_nb.plan.take import Kept
from flow_nb.props.archetypes import archetypes
from flow_nb.shield.credentials import SourceType
from flow_nb.shield.marking import TakeMarker
from flow_nb.shield.metadata import source_type_of
from flow_nb.shield.profiles.label import Label, label
from flow_nb.shield.profiles.profile import Asked, chosen, strictest
from flow_nb.shield.profiles.report import report
from flow_nb.shield.profiles.rhythm import with_rhythm
from flow_nb.shield.secret import SHORT_ID_CHARS, MarkSecret
from flow_nb.store import Store
from flow_nb.timebase import sample_at_frame

MAX_ATTEMPTS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """One take's id, what puts it into picture and sound, and what else its profiles ask."""

    id: str
    marker: TakeMarker
    source_type: SourceType
    profiles: tuple[str, ...]
    kept: tuple[Kept, ...]
    asked: Asked
    seen: Label | None
    offer: Quote

    def chunk(self, chunk: Chunk) -> Chunk:
        """The same pictures and sound, labelled where that is due."""
        frames, samples = chunk.frames, chunk.samples
        if self.seen is not None:
            frames = self.seen.put(frames, chunk.first_frame)
        if self.asked.heard:
            first = sample_at_frame(chunk.first_frame, self.offer.format.fps)
            samples = with_rhythm(samples, first)
        return replace(chunk, frames=frames, samples=samples)

    @property
    def edits(self) -> tuple[str, ...]:
        """What was done to the engine's pictures and sound, in words."""
        seen = self.seen
        words = (f"A label was burnt in: {' / '.join(seen.texts)}.",) if seen else ()
        return words + (
            ("A rhythm that says AI was put under the start.",) if self.asked.heard else ()
        )


def guard(
    store: Store, maker: Engine, order: Order, offer: Quote, key: str, profiles: Sequence[str]
) -> Guard:
    """The shield of a take that is about to be made under ``key``.

    Raises:
        ShotError: a profile does not exist.
        SealError: the studio's secret cannot be read, or a label does not fit the picture.
    """
    several = chosen(profiles)
    secret = MarkSecret.of(store.keys)
    take_id = fresh_id(store, secret, key, repeats=maker.capabilities.made_by == "algorithm")
    kinds = {archetypes()[body.prop].kind for body in order.plan.bodies}
    asked = strictest(several, people="figure" in kinds)
    seen = None
    if asked.texts:
        seen = label(
            asked.texts,
            offer.format,
            share=asked.share,
            seconds=asked.seconds,
            total=offer.frames,
            faces=maker.faces(order) if isinstance(maker, SeesFaces) else (),
        )
    return Guard(
        id=take_id,
        marker=TakeMarker(secret, take_id, offer.format),
        source_type=source_type_of(maker.capabilities, order.plan),
        profiles=tuple(profile.id for profile in several),
        kept=report(several, seen, heard=asked.heard, fps=float(offer.format.fps)),
        asked=asked,
        seen=seen,
        offer=offer,
    )


def fresh_id(store: Store, secret: MarkSecret, key: str, *, repeats: bool) -> str:
    """The id under which an order is made.

    An engine that ``repeats`` gives the same frames for the same order, and so does the mark: made
    again, the take has the id that it had, and its record remembers both clips. Any other engine makes
    something new each time, under an id of its own. No two takes of a studio share the half of an id
    that the sound holds.
    """
    for attempt in range(MAX_ATTEMPTS):
        found = secret.take_id(key, attempt)
        alike = {take.id for take in store.find_takes_by_start(found[:SHORT_ID_CHARS])}
        if not alike - ({found} if repeats else set()):
            return found
    return secret.take_id(key, MAX_ATTEMPTS)
