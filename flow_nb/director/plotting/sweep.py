"""The last look: what the text says and the plan is silent about. In: a plan and its reading. Out: gaps."""

from __future__ import annotations

from collections.abc import Iterator

from flow_nb.director.frame import Frame, Reading, Span, Thing
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import WORLD, Plan


def origins(plan: Plan) -> Iterator[Origin]:
    """Every origin of a plan."""
    for part in (*plan.bodies, *plan.placements, *plan.actions, *plan.lines, *plan.beats):
        yield part.origin
    light, air, camera = plan.light, plan.air, plan.camera
    yield from (light.origin, light.weather_origin, light.style_origin, light.grade_origin)
    yield from (plan.set.origin, air.origin, air.gravity_origin, camera.origin, camera.move_origin)


def sweep(plan: Plan, reading: Reading, gaps: Gaps) -> None:
    """Lists every thing, frame and note of a reading of which nothing in the plan tells."""
    taken = [(o.at, o.at + len(o.words)) for o in origins(plan) if o.at >= 0]
    taken += gaps.spans()
    for frame in reading.frames:
        if not _touched(frame.span, taken) and not _told(frame):
            gaps.say(frame.span, "nothing on this stage shows this")
    for thing in reading.things:
        if not _touched(thing.span, taken) and thing.count:
            gaps.say(thing.span, _why(thing, plan))
    for note in reading.notes:
        if not _touched(note.span, taken) and not _told_elsewhere(note.kind):
            gaps.say(
                note.span, "this was decided by other words of the text", "Nothing needs changing."
            )


def _touched(span: Span, taken: list[Span]) -> bool:
    """Whether something starts inside it, or it lies inside something."""
    start, end = span
    inside = any(first <= start and end <= last for first, last in taken)
    return inside or any(start <= first and last <= end for first, last in taken)


def _told(frame: Frame) -> bool:
    """What only says that something is somewhere has a place, and no action."""
    return frame.state and frame.lemma == "be"


def _told_elsewhere(kind: str) -> bool:
    """Notes whose effect has no origin of its own in a plan."""
    return kind in ("duration", "lines", "gravity", "camera.target")


def _why(thing: Thing, plan: Plan) -> str:
    row = thing.row
    if row is not None and row.kind == "place" and plan.set.kind != WORLD:
        return f"the {plan.set.kind} set shows what it has of this"
    return "this is not shown apart from what it belongs to"
