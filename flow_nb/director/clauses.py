"""Who does what to whom. In: the chunks of a sentence. Out: `Event`s, and what camera and setting are told.

Subjects and objects are found by their place; "and" and a participle keep the subject, "which" takes
the thing before it. Where, how and when stand in `circumstances`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flow_nb.director import pronouns
from flow_nb.director.camera import CameraNotes
from flow_nb.director.cast import NOBODY_YET, Cast, Ref
from flow_nb.director.chunks import Chunk
from flow_nb.director.events import COPULA, Event
from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import Elsewhere, Lexicon, Sense
from flow_nb.director.phrase import NounPhrase
from flow_nb.director.setting import SettingNotes
from flow_nb.director.tokens import Token

_AT_EDGE = {
    "on": "edge of", "in": "edge of", "beside": "edge of", "toward": "edge of",
    "above": "edge", "along": "edge", "down": "edge",
}  # fmt: skip

CONTENTS = Elsewhere(
    reason="what it is made of or filled with is not staged", fix="Leave it out, or name it apart."
)


@dataclass(slots=True)
class Desk:
    """What every reader of a shot writes to."""

    lexicon: Lexicon
    cast: Cast
    gaps: Gaps
    camera: CameraNotes
    setting: SettingNotes
    events: list[Event] = field(default_factory=list)
    step: int = 0


@dataclass(slots=True)
class Clause:
    """What a reader keeps in mind while a sentence goes by.

    ``last`` is the thing just named; ``joined`` is set by a comma or "and", ``relative`` by "which";
    ``be`` and ``negated`` wait for their verb, ``manners`` for something to qualify.
    """

    desk: Desk
    sentence: Sequence[Token]
    subject: Ref | None = None
    event: Event | None = None
    last: Ref | None = None
    preposition: tuple[str, Chunk] | None = None
    joined: bool = False
    relative: bool = False
    be: bool = False
    negated: bool = False
    after: bool = False
    filming: bool = False
    delay_s: float = 0.0
    manners: list[Chunk] = field(default_factory=list)
    fronted: list[tuple[str, Ref]] = field(default_factory=list)

    def words(self, chunk: Chunk) -> tuple[Token, ...]:
        """The tokens of a chunk."""
        return tuple(self.sentence[chunk.start : chunk.end])

    def miss(self, chunk: Chunk, reason: str, fix: str) -> None:
        """Lists a chunk as a gap."""
        self.desk.gaps.say(self.words(chunk), reason, fix)

    def begin_event(self, event: Event) -> Event:
        """Notes an event; what stood before its subject ("On the table is ...") is its place."""
        event.places.extend(self.fronted)
        self.fronted.clear()
        self.desk.events.append(event)
        return event


Reader = Callable[[Clause, Chunk, Sequence[Chunk]], None]


def read_sentence(
    desk: Desk, sentence: Sequence[Token], chunks: Sequence[Chunk], readers: dict[str, Reader]
) -> None:
    """One sentence, chunk by chunk; kinds without a reader carry nothing."""
    clause = Clause(desk, sentence)
    desk.camera.clause_ends()
    for i, chunk in enumerate(chunks):
        if reader := readers.get(chunk.kind):
            reader(clause, chunk, chunks[i + 1 :])
    for chunk in clause.manners:
        clause.miss(chunk, "it is not said what happens so", "Put it beside a verb.")


def on_noun(clause: Clause, chunk: Chunk, rest: Sequence[Chunk]) -> None:
    """A thing: the target of the camera, the end of a preposition, an object, or a subject."""
    phrase, desk = chunk.noun, clause.desk
    assert phrase is not None
    if _is_content(clause, phrase):
        _content(clause, chunk, phrase)
        return
    ref = _ref(clause, phrase, rest)
    for sense, (start, end) in phrase.moods:
        desk.setting.mood(sense, clause.sentence[start:end])
    if phrase.set_kind or ref.floor:
        desk.setting.place(phrase, ref)
    _seat(clause, ref, phrase, rest)
    if phrase.act is not None and ref.bodies:
        _acts(clause, phrase.act, ref)
    clause.joined = clause.relative = clause.filming = False


def _is_content(clause: Clause, phrase: NounPhrase) -> bool:
    """ "a bucket of marbles", "a wall of bricks", "a can of soda"."""
    last = clause.last
    if phrase.start < 2 or last is None or not last.bodies:
        return False
    holder, of = clause.sentence[phrase.start - 2 : phrase.start]
    return of.lower == "of" and holder is last.words[-1] and phrase.head in ("prop", "unknown")


def _content(clause: Clause, chunk: Chunk, phrase: NounPhrase) -> None:
    holder = clause.last
    assert holder is not None
    holders = clause.desk.lexicon.rows["containers"]["props"]
    contained = clause.desk.cast.bodies[holder.bodies[0]].prop in holders
    if phrase.head == "unknown":
        clause.desk.cast.resolve(phrase, clause.sentence)
        return
    if not contained:
        clause.desk.gaps.add(clause.words(chunk), CONTENTS)
        return
    ref = clause.desk.cast.resolve(phrase, clause.sentence)
    event = Event(COPULA, clause.words(chunk), subject=ref, places=[("in", holder)])
    clause.begin_event(event)


def _acts(clause: Clause, act: tuple[Sense, tuple[int, int]], ref: Ref) -> None:
    """ "a rolling ball": it rolls, before whatever else it does."""
    sense, (start, end) = act
    if sense.verb is None:
        return
    words = tuple(clause.sentence[start:end])
    event = Event(
        sense.verb, words, base=sense.base, form="ing", subject=ref, step=clause.desk.step
    )
    events = clause.desk.events
    events.insert(len(events) - (1 if clause.event in events[-1:] else 0), event)


def _ref(clause: Clause, phrase: NounPhrase, rest: Sequence[Chunk]) -> Ref:
    words = tuple(clause.sentence[phrase.start : phrase.end])
    if phrase.head == "each other":
        return Ref(words=words, reciprocal=True)
    if phrase.head not in ("it", "they"):
        return clause.desk.cast.resolve(phrase, clause.sentence)
    found = _pronoun(clause, phrase, rest)
    if not found:
        clause.desk.gaps.add(words, NOBODY_YET)
    return Ref(names=found, words=words)


def _pronoun(clause: Clause, phrase: NounPhrase, rest: Sequence[Chunk]) -> tuple[str, ...]:
    desk = clause.desk
    acting = clause.subject.bodies if clause.subject and not clause.joined else ()
    as_object = clause.event is not None or clause.preposition is not None
    if phrase.head == "they":
        found = pronouns.they(desk.cast, acting if as_object else ())
        return found[: phrase.count] if phrase.count else found
    if as_object and not clause.joined:
        return pronouns.object_it(desk.cast, acting)
    verb = next((chunk.sense.verb for chunk in rest if chunk.kind == "verb"), None)
    return pronouns.subject_it(desk.cast, desk.events, verb)


def _seat(clause: Clause, ref: Ref, phrase: NounPhrase, rest: Sequence[Chunk]) -> None:
    event = clause.event
    if clause.desk.camera.wants_target(ref):
        clause.subject, clause.event, clause.preposition = ref, None, None
    elif clause.preposition is not None:
        _after_preposition(clause, ref)
    elif event is not None and not clause.joined:
        _to_event(clause, event, ref, phrase)
    elif _verb_ahead(rest):
        joins = clause.joined and event is None and clause.subject is not None
        clause.subject = pronouns.both(clause.subject, ref) if joins and clause.subject else ref
        clause.event = None
    else:
        _join(clause, ref)
    clause.last = ref


def _join(clause: Clause, ref: Ref) -> None:
    """ "..., the glass and the vase": one more of the same."""
    event = clause.event
    if event is not None and event.object is not None:
        event.object = pronouns.both(event.object, ref)
    elif event is not None and event.places:
        role, before = event.places[-1]
        event.places[-1] = (role, pronouns.both(before, ref))
    elif clause.subject is not None and clause.joined and event is None:
        clause.subject = pronouns.both(clause.subject, ref)
    else:
        clause.subject, clause.event = ref, None


def _to_event(clause: Clause, event: Event, ref: Ref, phrase: NounPhrase) -> None:
    if phrase.head == "part":
        event.places.append(("edge", ref))
    elif event.verb is COPULA and event.subject is None:
        event.subject = clause.subject = ref
    elif event.object is None:
        event.object = ref
    else:
        clause.subject, clause.event = ref, None


def _after_preposition(clause: Clause, ref: Ref) -> None:
    assert clause.preposition is not None
    role, chunk = clause.preposition
    clause.preposition = None
    moves = clause.event is not None and clause.event.verb.frame == "move"
    if role == "past" or (role == "under" and moves):
        clause.miss(chunk, "a way past or under something is not staged yet", "Say what it meets.")
        return
    if ref.part == "edge":
        role = _AT_EDGE.get(role, role)
    event = clause.event
    if event is None and clause.subject is None:
        if ref.bodies:
            clause.fronted.append((role, ref))
        return
    if event is None:
        event = stands(clause, chunk, clause.subject)
    elif _belongs_to_last(clause, event, role):
        event = stands(clause, chunk, clause.last)
    if event is not None:
        event.places.append((role, ref))


def _belongs_to_last(clause: Clause, event: Event, role: str) -> bool:
    """ "hits a bottle on the table": where the bottle is, not where it is hit."""
    locative = role in ("on", "edge of", "in", "under", "beside", "about", "above", "hanging from")
    last = clause.last
    if not locative or last is None or not last.bodies or event.verb is COPULA:
        return False
    if event.verb.lands and not event.places and event.object is not last:
        return False
    movers = event.movers
    return movers is not None and not set(last.bodies) & set(movers.bodies)


def stands(clause: Clause, chunk: Chunk, subject: Ref | None) -> Event | None:
    """ "a ball on a table": no verb, and still a place; the clause goes on."""
    if subject is None:
        return None
    return clause.begin_event(
        Event(COPULA, clause.words(chunk), subject=subject, step=clause.desk.step)
    )


def _verb_ahead(rest: Sequence[Chunk]) -> bool:
    """Whether what was just named does something, before the clause ends."""
    for chunk in rest:
        if chunk.kind in ("verb", "no verb", "be", "camera verb"):
            return True
        goes_on = chunk.kind == "conjunction" and chunk.sense.value in ("which", "and")
        if chunk.kind in ("comma", "conjunction") and not goes_on:
            return False
    return False
