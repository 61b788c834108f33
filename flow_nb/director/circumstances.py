"""Where, how, when, and how it is seen. In: chunks beside a verb. Out: notes on its `Event`, camera, setting."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.chunks import Chunk
from flow_nb.director.clauses import Clause, Reader, on_noun, stands
from flow_nb.director.doings import (
    on_be,
    on_camera_verb,
    on_negation,
    on_no_verb,
    on_unknown,
    on_verb,
)
from flow_nb.director.measures import Measure


def on_preposition(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """Waits for its noun; alone it may complete its verb ("knocks it over") or say a direction."""
    if _completes_verb(clause, chunk):
        return
    following = next((c for c in rest if c.kind not in ("word", "manner")), None)
    if following is not None and following.kind in ("noun", "direction"):
        clause.preposition = (chunk.sense.value, chunk)
    elif clause.event is not None and chunk.sense.value == "source":
        clause.event.off = True


def _completes_verb(clause: Clause, chunk: Chunk) -> bool:
    event = clause.event
    if event is None or event.object is None or clause.last is not event.object:
        return False
    particle = clause.words(chunk)
    found = clause.desk.lexicon.find((*event.words[:1], *particle), 0, "verb")
    if found is None or found[0] != 1 + len(particle) or found[1].verb is None:
        return False
    event.verb, event.base = found[1].verb, found[1].base
    return True


def on_direction(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "left", "into the air"; "up" and "down" before a noun are prepositions."""
    if _completes_verb(clause, chunk):
        return
    preposition = next((s for s in chunk.senses if s.kind == "preposition"), None)
    if preposition is not None and rest and rest[0].kind == "noun":
        clause.preposition = (preposition.value, chunk)
        return
    clause.preposition = None
    if clause.event is not None:
        clause.event.direction = clause.event.direction or chunk.sense.value


def on_manner(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "slowly": of the camera, of the verb before, or of the verb to come."""
    camera, event = clause.desk.camera, clause.event
    if camera.speaking or clause.filming:
        camera.pace(chunk.sense.value)
    elif event is not None and not clause.joined and not event.manner:
        event.manner = chunk.sense.value
    else:
        clause.manners.append(chunk)


def on_measure(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """A number with a unit."""
    measure = chunk.measure
    assert measure is not None
    clause.preposition = None
    if measure.kind == "time":
        _seconds(clause, measure, chunk, rest)
    elif measure.kind == "lens":
        clause.desk.camera.lens(measure.value, clause.words(chunk))
    elif clause.event is not None and measure.kind == "speed":
        clause.event.speed = measure
    elif measure.kind == "length" and (clause.event or clause.subject):
        event = clause.event or stands(clause, chunk, clause.subject)
        assert event is not None
        event.height = measure
    else:
        clause.miss(chunk, "this number belongs to nothing known", "Put it beside a verb.")


def _seconds(clause: Clause, measure: Measure, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "after 2 seconds" and "2 seconds later" wait; any other time is the shot's duration."""
    delays = clause.desk.lexicon.rows["words"]["delays"]
    later = bool(rest) and clause.words(rest[0])[0].lower in delays
    if not clause.after and not later:
        clause.desk.setting.duration(measure.value, clause.words(chunk))
    elif clause.event is not None and not later:
        clause.event.delay_s = measure.value
    else:
        clause.delay_s = measure.value
    clause.after = False


def on_arranged(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "stand in a row"."""
    who = clause.event.movers if clause.event else clause.subject
    if who is not None and len(who.bodies) > 1:
        clause.desk.cast.arrange(chunk.sense.value, who.bodies)
    else:
        clause.miss(chunk, "it takes several things for this", 'Write how many, as in "ten pins".')


def on_comma(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """What follows may be one more thing, one more verb, or somebody else."""
    clause.joined = True
    clause.preposition = None
    clause.filming = False
    clause.desk.camera.clause_ends()


def on_conjunction(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "and", "then", "while", "after", "which"."""
    kind = chunk.sense.value
    if kind == "after" and rest and rest[0].kind == "measure":
        clause.after = True
        return
    if kind == "which":
        clause.relative = True
        return
    clause.joined = True
    clause.preposition = None
    if kind == "then" and clause.desk.events:
        clause.desk.step += 1
    elif kind == "after" and clause.event is not None:
        clause.event.step += 1
    if kind != "and":
        clause.filming = False
        clause.desk.camera.clause_ends()


def on_camera(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """A camera phrase, with the pace before it and the target after it."""
    camera = clause.desk.camera
    camera.phrase(chunk, clause.words(chunk))
    _pace_so_far(clause)
    clause.filming = clause.joined = True
    following = next((c for c in rest if c.kind != "manner"), None)
    ends_on = clause.words(chunk)[-1].lower == "on"
    if ends_on or (
        following is not None and clause.words(following)[0].lower in ("of", "on", "at")
    ):
        camera.expects_target = True


def on_camera_subject(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "the camera": the verbs after it are its own."""
    clause.desk.camera.speaking = True
    _pace_so_far(clause)


def _pace_so_far(clause: Clause) -> None:
    for manner in clause.manners:
        clause.desk.camera.pace(manner.sense.value)
    clause.manners.clear()


def on_gravity(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "on the moon"."""
    clause.desk.setting.gravity(chunk.sense, clause.words(chunk))
    clause.preposition = None


def on_time(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "at dusk"."""
    clause.desk.setting.time(chunk.sense, clause.words(chunk))
    clause.preposition = None


def on_mood(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "sad"."""
    clause.desk.setting.mood(chunk.sense, clause.words(chunk))


READERS: dict[str, Reader] = {
    "noun": on_noun,
    "verb": on_verb,
    "no verb": on_no_verb,
    "unknown": on_unknown,
    "camera verb": on_camera_verb,
    "be": on_be,
    "negations": on_negation,
    "preposition": on_preposition,
    "direction": on_direction,
    "manner": on_manner,
    "measure": on_measure,
    "arranged": on_arranged,
    "comma": on_comma,
    "conjunction": on_conjunction,
    "camera": on_camera,
    "camera subject": on_camera_subject,
    "gravity": on_gravity,
    "time": on_time,
    "time inferred": on_time,
    "mood": on_mood,
}
"""Which reader takes which kind of chunk."""
