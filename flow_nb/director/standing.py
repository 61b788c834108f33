"""What rests. In: "stands on the table", "hangs", "is beside the vase". Out: marks, and rest on record."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.causes import Causes
from flow_nb.director.events import COPULA, Event
from flow_nb.director.marks import Marks
from flow_nb.director.ways import way_of
from flow_nb.plan.plan import WORLD


def stand(event: Event, names: Sequence[str], marks: Marks, causes: Causes) -> None:
    """Gives every body its place, unless it is on its way already."""
    for name in names:
        if causes.of(name) is None:
            _place(event, name, marks)
            if event.verb is not COPULA:
                causes.add("rest", name, event)


def _place(event: Event, name: str, marks: Marks) -> None:
    way = way_of(event, name)
    hangs = event.verb.starts == "hanging from"
    words = way.words or event.words
    if hangs:
        marks.place(name, "hanging from", way.anchor, event, words)
    elif way.relation:
        marks.place(name, way.relation, way.anchor, event, words, sure=way.sure)
    elif event.height is not None:
        marks.place(name, "above", WORLD, event, words)
    elif event.verb is not COPULA and name not in marks.placements:
        marks.place(name, "on", WORLD, event, words)
