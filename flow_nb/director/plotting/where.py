"""Where it happens. In: places, things, verbs and notes. Out: a `SetDesign`, literal or inferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flow_nb.director.frame import GROUND, Note, Reading, Span, Thing
from flow_nb.director.plotting.cast import Cast
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.tables import tables
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import SetDesign
from flow_nb.plan.shot import Shot
from flow_nb.props.archetypes import archetypes, sets

INFERRED = 0.7
VEHICLES = 2.0
ENOUGH = 0.5
"""The least that hints must add up to: one thing that belongs in one place more than elsewhere."""
RANKS = (1.0, 0.45, 0.25, 0.15)
ONE_SET = ("a shot has one set", "Write it in its own cell.")


def set_of(
    shot: Shot,
    reading: Reading,
    notes: Sequence[Note],
    cast: Cast,
    gaps: Gaps,
    scenery: Mapping[int, str],
) -> SetDesign:
    """As a note or a place of the text says, as the scene is called, as what is in it suggests.

    A place that is only looked at, or that does something, comes after those where things happen.
    """
    seen = {i for frame in reading.frames for i in (*frame.agents, *frame.patients)}
    lookouts = _lookouts(reading)
    told = [
        *(
            (
                str(n.value),
                n.span,
                n.inferred or _minor(gaps.text[slice(*n.span)]) or _afar(n, lookouts),
            )
            for n in notes
            if n.kind == "set" and n.value in sets()
        ),
        *(
            (row_set, thing.span, i in seen or _minor(thing.noun))
            for i, thing in enumerate(reading.things)
            if (row_set := scenery.get(i) or place_of(thing))
        ),
    ]
    told.sort(key=lambda one: one[2])
    if told:
        kind, span, inferred = told[0]
        for other, where, weak in told[1:]:
            if other != kind and not weak and not _near(kind, other):
                gaps.say(where, *ONE_SET)
        return SetDesign(
            kind=_on_water(kind, gaps.text[slice(*span)], cast),
            origin=gaps.origin(span, inferred=inferred, confidence=INFERRED if inferred else 1.0),
        )
    if scene := _of_scene(shot.scene):
        return SetDesign(kind=scene, origin=Origin(provenance="inferred", confidence=0.9))
    return _voted(reading, notes, cast, gaps)


def _lookouts(reading: Reading) -> list[Span]:
    """Where somebody is who looks from there at another place: "over the city from a rooftop"."""
    return [
        place.span
        for frame in reading.frames
        if frame.row is not None and "look" in (frame.row.does, frame.row.done)
        and (GROUND in frame.patients or any(p.thing == GROUND and p.way != "off" for p in frame.places))
        for place in frame.places
        if place.thing == GROUND and place.way == "off"
    ]  # fmt: skip


def _afar(note: Note, lookouts: Sequence[Span]) -> bool:
    """Whether a place is only looked at, from another."""
    start, end = note.span
    return bool(lookouts) and not any(a <= start and end <= b for a, b in lookouts)


def _on_water(kind: str, words: str, cast: Cast) -> str:
    """A lake with a boat on it is water, and not the park that it lies in."""
    waters = any(word in tables()["hints"]["waters"] for word in words.lower().split())
    rows = [archetypes().get(body.prop) for body in cast.bodies.values()]
    return "sea" if waters and any(row is not None and row.floats for row in rows) else kind


def _minor(words: str) -> bool:
    """Whether they name a place that is in another one: a stream in a forest."""
    return any(words.lower().endswith(noun) for noun in tables()["hints"]["minor"])


def place_of(thing: Thing) -> str:
    """The set that a place names; a place with a shape of its own ("a house") only hints at one."""
    row = thing.row
    if row is None or row.kind != "place" or row.prop:
        return ""
    return next((name for name in row.sets if name in sets()), "")


def _near(kind: str, other: str) -> bool:
    """Sea and underwater, street and alley: the second word only says more of the first."""
    return {kind, other} in (
        {"sea", "underwater"},
        {"street", "alley"},
        {"sea", "beach"},
        {"space", "moon"},
    )


def _voted(reading: Reading, notes: Sequence[Note], cast: Cast, gaps: Gaps) -> SetDesign:
    votes: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, tuple[int, int]]] = {}

    def vote(hints: Mapping[str, float], span: tuple[int, int]) -> None:
        for name, weight in hints.items():
            if name in sets():
                votes[name] += weight
                best[name] = max(best.get(name, (0.0, span)), (weight, span))

    told = tables()["hints"]
    worn = _at_hand(reading)
    for i, thing in enumerate(reading.things):
        vote(_thing_hints(thing, told["weakness"] if i in worn else 1.0), thing.span)
        vote(_of_words(thing), thing.span)
        if thing.row is not None and thing.row.kind in ("material", "place", "liquid"):
            vote(
                told["floors"].get(thing.material or thing.row.material or thing.noun, {}),
                thing.span,
            )
    for frame in reading.frames:
        vote(told["verbs"].get(frame.lemma, {}), frame.span)
        for word in gaps.text[slice(*frame.span)].lower().split():
            vote(told["open"].get(word.strip(".,"), {}), frame.span)
        for place in frame.places:
            if place.thing == GROUND:
                for word in gaps.text[slice(*place.span)].lower().split():
                    vote(told["floors"].get(word.strip(".,"), {}), place.span)
    for note in notes:
        if note.kind == "weather":
            vote(told["weather"].get(str(note.value), {}), note.span)
    if votes:
        kind = max(votes, key=lambda name: (votes[name], -list(votes).index(name)))
        if votes[kind] >= ENOUGH:
            origin = gaps.origin(
                best[kind][1], inferred=True, confidence=min(0.4 + votes[kind] / 5, 0.9)
            )
            return SetDesign(kind=kind, origin=origin)
    return _default(cast)


def _of_words(thing: Thing) -> dict[str, float]:
    """A "kitchen table" is in a kitchen."""
    first, _, rest = thing.noun.lower().partition(" ")
    if not rest:
        return {}
    weight = tables()["hints"]["compound"]
    return {name: weight for name, row in sets().items() if first in (name, *row.words)}


def _at_hand(reading: Reading) -> set[int]:
    """What people only wear or have with them: a coat makes no bedroom."""
    found: set[int] = set()
    for frame in reading.frames:
        rows = [reading.things[i].row for i in frame.agents if i >= 0]
        if frame.state and any(
            row is not None and row.kind in ("person", "animal") for row in rows
        ):
            held = {*frame.patients, *(p.thing for p in frame.places if p.way in ("in", "with"))}
            found |= {i for i in held if i >= 0}
    return found


def _thing_hints(thing: Thing, weight: float) -> dict[str, float]:
    """The sets that a thing belongs to; what belongs to few of them says more, and a vehicle most."""
    row = thing.row
    if row is None or not row.sets:
        return {}
    hints = tables()["hints"]
    prop = archetypes().get(row.prop)
    weight *= VEHICLES if prop is not None and prop.kind == "vehicle" else 1.0
    weak = row.prop in hints["weak"] or thing.noun in hints["weak"]
    share = weight / len(row.sets) ** 0.5 * (hints["weakness"] if weak else 1.0)
    return {name: RANKS[min(i, 3)] * share for i, name in enumerate(row.sets)}


def _default(cast: Cast) -> SetDesign:
    """The studio for things alone; somebody or something alive is outdoors."""
    defaults = tables()["hints"]["defaults"]
    for kind in ("person", "vehicle", "animal"):
        name = next((n for n in cast.bodies if cast.kind(n) == kind), None)
        if name is not None and defaults[kind] in sets():
            return SetDesign(kind=defaults[kind], origin=DEFAULT)
    return SetDesign()


def _of_scene(scene: str | None) -> str | None:
    """A scene that is called "kitchen", "kitchen-2" or "the_street" says where it is."""
    words = (scene or "").lower().replace("_", "-").split("-")
    for name, row in sets().items():
        if (
            name in words
            or name == (scene or "").lower()
            or any(word in words for word in row.words)
        ):
            return name
    return None
