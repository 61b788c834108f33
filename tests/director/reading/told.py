"""A reading in a few words, for tests. In: a `Reading`. Out: one line a thing, a frame, a note.

A frame is ``agents lemma patients > recipients / instruments <way:part thing>``; words before it in
capitals say what kind it is.
"""

from __future__ import annotations

from flow_nb.director.frame import GROUND, VIEW, Frame, Place, Reading

FLAGS = ("state", "result", "negated", "passive", "reciprocal")
MEASURES = (
    "direction", "mood", "speed_m_s", "pace", "height_m", "distance_m", "turns", "lasts_s", "delay_s"
)  # fmt: skip
QUALITIES = (
    "arrangement", "material", "size_m", "mass_kg", "age", "mood", "filled", "lit", "name"
)  # fmt: skip


def name(reading: Reading, index: int) -> str:
    """A thing's name or noun; numbered where several have the same."""
    if index == GROUND:
        return "GROUND"
    if index == VIEW:
        return "VIEW"
    thing = reading.things[index]
    called = thing.name or thing.noun
    before = sum((t.name or t.noun) == called for t in reading.things[:index])
    return f"{called}#{before + 1}" if before else called


def names(reading: Reading, ids: tuple[int, ...]) -> str:
    return "+".join(name(reading, i) for i in ids)


def things(reading: Reading) -> list[str]:
    return [_thing(reading, i) for i in range(len(reading.things))]


def _thing(reading: Reading, index: int) -> str:
    thing = reading.things[index]
    said = [f"{q}={getattr(thing, q)}" for q in QUALITIES if getattr(thing, q)]
    count = f"{thing.count} " if thing.count > 1 else ""
    scale = [f"scale={thing.scale}"] if thing.scale != 1 else []
    return " ".join([count + name(reading, index), *said, *scale])


def frames(reading: Reading) -> list[str]:
    return [frame(reading, f) for f in reading.frames]


def frame(reading: Reading, told: Frame) -> str:
    parts = [told.joint.upper()] if told.joint != "then" else []
    parts += [flag.upper() for flag in FLAGS if getattr(told, flag)]
    parts += [names(reading, told.agents) or "-", told.lemma]
    parts += [names(reading, told.patients)] if told.patients else []
    parts += [f"> {names(reading, told.recipients)}"] if told.recipients else []
    parts += [f"/ {names(reading, told.instruments)}"] if told.instruments else []
    parts += [_place(reading, place) for place in told.places]
    parts += [f"{m}={getattr(told, m)}" for m in MEASURES if getattr(told, m)]
    return " ".join(parts)


def _place(reading: Reading, place: Place) -> str:
    part = f":{place.part}" if place.part else ""
    other = f" & {name(reading, place.other)}" if place.other is not None else ""
    return f"<{place.way}{part} {name(reading, place.thing)}{other}>"


def notes(reading: Reading) -> list[str]:
    return [_note(reading, i) for i in range(len(reading.notes))]


def _note(reading: Reading, index: int) -> str:
    note = reading.notes[index]
    thing = f" @{name(reading, note.thing)}" if note.thing is not None else ""
    return f"{note.kind}={note.value}{thing}{'?' if note.inferred else ''}"
