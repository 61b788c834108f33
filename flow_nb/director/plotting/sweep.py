"""The last look: what the text says and the plan is silent about. In: a plan and its reading. Out: gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flow_nb.director.frame import Frame, Reading, Span, Thing
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.tables import tables
from flow_nb.director.script.script import Script
from flow_nb.director.vocabulary import Vocabulary
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import WORLD, Plan

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def origins(plan: Plan) -> Iterator[Origin]:
    """Every origin of a plan."""
    yield from (body.origin for body in plan.bodies)
    yield from (place.origin for place in plan.placements)
    yield from (action.origin for action in plan.actions)
    yield from (line.origin for line in plan.lines)
    yield from (beat.origin for beat in plan.beats)
    light, air, camera = plan.light, plan.air, plan.camera
    yield from (light.origin, light.weather_origin, light.style_origin, light.grade_origin)
    yield from (plan.set.origin, air.origin, air.gravity_origin, camera.origin, camera.move_origin)


def sweep(
    plan: Plan, reading: Reading, script: Script, gaps: Gaps, shown: Sequence[Span] = ()
) -> None:
    """Lists every thing, frame and note of a reading of which nothing in the plan tells, and every noun
    and verb that is in none of them. ``shown``: stretches that have their effect without an origin."""
    taken = [(o.at, o.at + len(o.words)) for o in origins(plan) if o.at >= 0]
    taken += [*gaps.spans(), *shown]
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
    quiet = [note.span for note in reading.notes]
    for span in unaccounted(plan, script.prose, script.vocabulary, [*taken, *gaps.spans(), *quiet]):
        gaps.say(span, "this found no place in the plan")


def unaccounted(plan: Plan, prose: str, vocabulary: Vocabulary, taken: list[Span]) -> list[Span]:
    """The nouns and verbs of a prose that no stretch covers, and that name nothing again which one does."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(prose)]
    told = {word for body in plan.bodies for word in (body.filled, body.material) if word}
    told |= {
        _base(vocabulary, prose[a:b]) for a, b in words if any(s <= a and b <= e for s, e in taken)
    }
    return [
        (a, b)
        for a, b in words
        if not any(s <= a and b <= e for s, e in taken)
        and _matters(vocabulary, prose[a:b].lower())
        and _base(vocabulary, prose[a:b]) not in told
    ]


def _base(vocabulary: Vocabulary, word: str) -> str:
    lemmas = vocabulary.lemmas(word.lower())
    return lemmas[0].base if lemmas else word.lower()


def _matters(vocabulary: Vocabulary, word: str) -> bool:
    """Whether its commonest reading is a noun or a verb; a word that nobody knows is a noun."""
    if word in tables()["function"]["words"]:
        return False
    lemmas = vocabulary.lemmas(word)
    return not lemmas or lemmas[0].pos in ("noun", "verb")


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
    return kind in ("duration", "lines", "gravity") or kind.startswith("camera.")


def _why(thing: Thing, plan: Plan) -> str:
    row = thing.row
    if row is not None and row.kind == "place" and plan.set.kind != WORLD:
        return f"the {plan.set.kind} set shows what it has of this"
    return "this is not shown apart from what it belongs to"
