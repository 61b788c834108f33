"""Verbs. In: a verb's chunk and the clause so far. Out: an `Event` with the subject it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.cast import Ref
from flow_nb.director.chunks import NO_VERB, Chunk
from flow_nb.director.clauses import Clause
from flow_nb.director.events import COPULA, Event
from flow_nb.director.lexicon import Sense


def on_verb(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """A verb of the stage, or the camera's."""
    sense, desk = chunk.sense, clause.desk
    if desk.camera.speaking:
        desk.camera.verb(chunk, clause.words(chunk))
        return
    assert sense.verb is not None
    subject = _subject(clause, sense)
    event = Event(
        sense.verb, clause.words(chunk), base=sense.base, form=sense.form, subject=subject,
        passive=clause.be and sense.form == "ed", step=desk.step, negated=clause.negated,
        delay_s=clause.delay_s,
    )  # fmt: skip
    if clause.manners:
        event.manner = clause.manners.pop().sense.value
    clause.event, clause.subject = clause.begin_event(event), subject
    clause.preposition = None
    clause.joined = clause.relative = clause.be = clause.negated = clause.filming = False


def _subject(clause: Clause, sense: Sense) -> Ref | None:
    event = clause.event
    if clause.relative and clause.last is not None:
        return clause.last
    if event is None:
        return clause.subject
    if clause.joined or event.verb is COPULA:
        return _coordinate(event, sense)
    follows_object = event.object is not None or sense.form in ("ing", "base")
    return clause.last if follows_object else event.subject


def _coordinate(event: Event, sense: Sense) -> Ref | None:
    """Somebody who is not here cannot roll or break: then it is what he handled that does."""
    nobody = event.subject is None or not event.subject.names
    by_itself = sense.verb is not None and sense.verb.frame in ("break", "move", "topple")
    return event.object if nobody and by_itself and event.object else event.subject


def on_no_verb(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """A verb that is known and not staged: what stands beside it stays without effect too."""
    camera = clause.desk.camera
    if camera.speaking and chunk.sense.kind == "camera verb":
        camera.verb(chunk, clause.words(chunk))
        return
    on_unknown(clause, chunk, rest)
    _lost(clause, chunk)


def _lost(clause: Clause, chunk: Chunk) -> None:
    """An event that nobody will stage: it swallows the objects and places of its verb."""
    subject = clause.last if clause.relative else clause.subject
    event = Event(COPULA, clause.words(chunk), subject=subject or Ref())
    clause.event, clause.subject = event, subject
    clause.joined = clause.relative = False


def on_unknown(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """Words that stay without effect."""
    assert chunk.reason is not None
    clause.desk.gaps.add(clause.words(chunk), chunk.reason)
    clause.preposition = None
    clause.be = False
    if chunk.reason is NO_VERB:
        _lost(clause, chunk)


def on_camera_verb(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "approaches": the camera may, a prop does not yet."""
    if clause.desk.camera.speaking:
        clause.desk.camera.verb(chunk, clause.words(chunk))
    else:
        clause.desk.gaps.add(clause.words(chunk), NO_VERB)
        _lost(clause, chunk)


def on_be(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "is": the helper of a verb to come, or a place by itself."""
    passing = ("word", "manner", "negations", "be")
    following = next((c for c in rest if c.kind not in passing), None)
    clause.be = True
    if clause.desk.camera.speaking:
        return
    if following is None or following.kind in ("preposition", "noun", "direction"):
        subject = clause.last if clause.relative else clause.subject
        event = Event(COPULA, clause.words(chunk), subject=subject, step=clause.desk.step)
        clause.event = clause.begin_event(event)
        clause.joined = False


def on_negation(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """ "does not": the next verb does not happen."""
    clause.negated = True
    clause.miss(chunk, "what does not happen cannot be staged", "Say what happens instead.")
