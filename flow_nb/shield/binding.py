"""Which marks stand where. In: takes, on their way into a clip. Out: soft bindings for its credentials.

A soft binding leads from the pictures back to credentials that were taken off: it names the mark's
algorithm and what the mark says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flow_nb.plan.shown import Shown
from flow_nb.shield.secret import SHORT_ID_CHARS

PICTURE_ALGORITHM, SOUND_ALGORITHM = "org.flow-nb.picture.1", "org.flow-nb.sound.1"

Span = tuple[float, float] | None
"""From when to when, in seconds; None is all the time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Binding:
    """A mark: what it says, and where."""

    value: str
    span: Span = None


NO_BINDINGS: Mapping[str, Sequence[Binding]] = MappingProxyType({})


def bound(ids: Sequence[tuple[str, Span]]) -> dict[str, list[Binding]]:
    """The marks by algorithm: whole ids in the picture, their first halves in the sound."""
    return {
        PICTURE_ALGORITHM: [Binding(value=take_id, span=span) for take_id, span in ids],
        SOUND_ALGORITHM: [
            Binding(value=take_id[:SHORT_ID_CHARS], span=span) for take_id, span in ids
        ],
    }


def spans(shown: Sequence[Shown]) -> list[tuple[str, Span]]:
    """The ids of a film's shots, and from when to when each can be read."""
    return [(one.take.id, (one.start_s, one.end_s)) for one in shown]
