"""Foreground and background. In: frames that tell how near the picture it is. Out: marks before or behind the rest."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.frame import VIEW, Frame, Span
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.marks import Marks


def set_back(frames: Sequence[Frame], cast: Cast, marks: Marks) -> None:
    """Who is told to be in the background stands behind the first who is not; so does the foreground before."""
    told: dict[str, tuple[str, Span]] = {}
    for frame in frames:
        for place in frame.places:
            if place.thing == VIEW:
                names = [n for i in frame.agents or frame.patients for n in cast.names(i)]
                told |= {n: (place.way, place.span) for n in names if n in cast.bodies}
    for name, (way, span) in told.items():
        others = [n for n in cast.bodies if told.get(n, ("",))[0] != way]
        anchor = next((n for n in others if cast.acts(n)), others[0] if others else None)
        if anchor is not None and not (anchor in told and marks.relation(anchor)):
            marks.place(name, way, anchor, span)
