"""Who does what to whom. In: the chunks of a sentence. Out: `Event`s, and what the camera is told.

Subjects, objects and prepositions are found by their place; "and" and a participle keep the
subject, "which" takes the thing before it, pronouns take what acted last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flow_nb.director.camera import CameraNotes
from flow_nb.director.cast import NOBODY_YET, Cast, Ref
from flow_nb.director.chunks import Chunk
from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import Lexicon, Sense, VerbRow
from flow_nb.director.measures import Measure
from flow_nb.director.nouns import NounPhrase
from flow_nb.director.setting import SettingNotes
from flow_nb.director.tokens import Token

COPULA = VerbRow(verb="", frame="rest")


@dataclass(slots=True)
class Event:
    """One verb with its company, as the sentence gives it. ``step`` counts the "then"s before it."""

    verb: VerbRow
    words: tuple[Token, ...]
    base: str = ""
    form: str = ""
    subject: Ref | None = None
    object: Ref | None = None
    passive: bool = False
    places: list[tuple[str, Ref]] = field(default_factory=list)
    direction: str = ""
    manner: str = ""
    height: Measure | None = None
    speed: Measure | None = None
    delay_s: float = 0.0
    step: int = 0
    negated: bool = False

    @property
    def movers(self) -> Ref | None:
        """What the verb sets going or speaks of: the object where there is one, else the subject."""
        if self.object is not None and self.verb.frame == "move" and not self.passive:
            return self.object
        return self.subject


class ClauseReader:
    """Walks through the sentences of a shot and keeps what a reader would keep in mind."""

    def __init__(
        self, lexicon: Lexicon, cast: Cast, gaps: Gaps, camera: CameraNotes, setting: SettingNotes
    ) -> None:
        self._lexicon = lexicon
        self._cast = cast
        self._gaps = gaps
        self._camera = camera
        self._setting = setting
        self.events: list[Event] = []
        self._step = 0
        self._begin(())

    def _begin(self, sentence: Sequence[Token]) -> None:
        self._sentence = sentence
        self._subject: Ref | None = None
        self._event: Event | None = None
        self._last: Ref | None = None
        self._preposition: tuple[str, Chunk] | None = None
        self._joined = False
        self._relative = False
        self._be = self._negated = False
        self._manners: list[Chunk] = []
        self._delay_s = 0.0
        self._after = False

    def read(self, sentence: Sequence[Token], chunks: Sequence[Chunk]) -> None:
        """One sentence."""
        self._begin(sentence)
        self._camera.clause_ends()
        for i, chunk in enumerate(chunks):
            reader = getattr(self, f"_on_{chunk.kind.replace(' ', '_')}", None)
            if reader is not None:
                reader(chunk, chunks[i + 1 :])
        self._drop_manners()

    def _words(self, chunk: Chunk) -> tuple[Token, ...]:
        return tuple(self._sentence[chunk.start : chunk.end])

    # Things.

    def _on_noun(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        phrase = chunk.noun
        assert phrase is not None
        ref = self._ref(phrase)
        for sense, (start, end) in phrase.moods:
            self._setting.mood(sense, self._sentence[start:end])
        if phrase.set_kind or ref.floor:
            self._setting.place(phrase, ref)
        self._seat(ref, phrase, rest)
        if phrase.act is not None and ref.bodies:
            self._acts(phrase.act, ref)
        self._joined = self._relative = False

    def _acts(self, act: tuple[Sense, tuple[int, int]], ref: Ref) -> None:
        """ "a rolling ball": it rolls, whatever else it does."""
        sense, (start, end) = act
        if sense.verb is not None:
            words = tuple(self._sentence[start:end])
            event = Event(sense.verb, words, base=sense.base, form="ing", subject=ref, step=self._step)
            place = len(self.events) - (1 if self._event in self.events[-1:] else 0)
            self.events.insert(place, event)

    def _ref(self, phrase: NounPhrase) -> Ref:
        words = tuple(self._sentence[phrase.start : phrase.end])
        if phrase.head == "each other":
            return Ref(words=words, reciprocal=True)
        if phrase.head not in ("it", "they"):
            return self._cast.resolve(phrase, self._sentence)
        found = self._pronoun(plural=phrase.head == "they")
        if not found:
            self._gaps.add(words, NOBODY_YET)
        return Ref(names=found, words=words)

    def _pronoun(self, *, plural: bool) -> tuple[str, ...]:
        """What acted last; as an object, what was mentioned last and does not act here."""
        acting = self._subject.bodies if self._subject and not self._joined else ()
        as_object = bool(acting) and (self._event is not None or self._preposition is not None)
        if plural:
            return self._many(acting if as_object else ())
        recent = [name for ref in self._cast.mentioned for name in ref.bodies[-1:]]
        if as_object:
            return next(((n,) for n in reversed(recent) if n not in acting), ())
        for event in reversed(self.events):
            if event.movers and len(event.movers.bodies) == 1 and event.verb is not COPULA:
                return event.movers.bodies
        loose = [name for name in recent if not self._cast.is_furniture(name)]
        return tuple((loose or recent)[-1:])

    def _many(self, but: tuple[str, ...]) -> tuple[str, ...]:
        for ref in reversed(self._cast.mentioned):
            if len(ref.bodies) > 1 and not set(ref.bodies) & set(but):
                return ref.bodies
        loose = [n for n in self._cast.bodies if not self._cast.is_furniture(n) and n not in but]
        return tuple(loose)

    def _seat(self, ref: Ref, phrase: NounPhrase, rest: Sequence[Chunk]) -> None:
        """Gives a thing its part in the clause: after a preposition, object, or subject."""
        if self._camera.wants_target(ref):
            self._subject, self._event, self._last = ref, None, ref
        elif self._preposition is not None:
            self._after_preposition(ref)
        elif self._event is not None and not self._joined:
            self._to_event(ref, phrase)
        elif _verb_ahead(rest):
            joins = self._joined and self._event is None and self._subject
            self._subject = _both(self._subject, ref) if joins and self._subject else ref
            self._event = None
        elif self._event is not None and self._event.object is not None:
            self._event.object = _both(self._event.object, ref)
        elif self._event is not None and self._event.places:
            role, before = self._event.places[-1]
            self._event.places[-1] = (role, _both(before, ref))
        elif self._subject is not None and self._joined and self._event is None:
            self._subject = _both(self._subject, ref)
        else:
            self._subject, self._event = ref, None
        self._last = ref

    def _to_event(self, ref: Ref, phrase: NounPhrase) -> None:
        event = self._event
        assert event is not None
        if phrase.part and phrase.head == "part":
            event.places.append(("edge", ref))
        elif event.verb is COPULA and event.subject is None:
            event.subject = self._subject = ref
        elif event.object is None:
            event.object = ref
        else:
            self._subject, self._event = ref, None

    def _after_preposition(self, ref: Ref) -> None:
        assert self._preposition is not None
        role, chunk = self._preposition
        self._preposition = None
        if ref.part == "edge" and role in ("on", "in", "beside", "toward"):
            role = "edge of"
        event = self._event
        if event is None:
            event = self._stands(chunk)
        elif self._belongs_to_last(event, role):
            event = self._stands(chunk, subject=self._last)
        if event is not None:
            event.places.append((role, ref))

    def _belongs_to_last(self, event: Event, role: str) -> bool:
        """ "hits a bottle on the table": where the bottle is, not where it is hit."""
        locative = role in ("on", "edge of", "in", "under", "beside", "above", "hanging from")
        last = self._last
        if not locative or last is None or not last.bodies or event.verb is COPULA:
            return False
        if event.verb.lands and not event.places and event.object is not last:
            return False
        movers = event.movers
        return movers is not None and not set(last.bodies) & set(movers.bodies)

    def _stands(self, chunk: Chunk, subject: Ref | None = None) -> Event | None:
        """ "a ball on a table": no verb, and still a place. Begun without ending the clause."""
        subject = subject or self._subject
        if subject is None:
            return None
        event = Event(COPULA, self._words(chunk), subject=subject, step=self._step)
        self.events.append(event)
        return event

    # Doings.

    def _on_verb(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        sense = chunk.sense
        if self._camera.speaking:
            self._camera.verb(chunk, self._words(chunk))
            return
        assert sense.verb is not None
        subject = self._subject_of_verb(sense)
        passive = self._be and sense.form == "ed"
        event = Event(
            sense.verb, self._words(chunk), base=sense.base, form=sense.form, subject=subject,
            passive=passive, step=self._step, negated=self._negated, delay_s=self._delay_s,
        )  # fmt: skip
        if self._manners:
            event.manner = self._manners.pop().sense.value
        self.events.append(event)
        self._event, self._subject = event, subject
        self._preposition = None
        self._joined = self._relative = self._be = self._negated = False

    def _subject_of_verb(self, sense: Sense) -> Ref | None:
        if self._relative and self._last is not None:
            return self._last
        event = self._event
        if event is None:
            return self._subject
        if self._joined or event.verb is COPULA:
            return self._coordinate(event, sense)
        return self._last if event.object is not None or sense.form in ("ing", "base") else (
            event.subject
        )  # fmt: skip

    @staticmethod
    def _coordinate(event: Event, sense: Sense) -> Ref | None:
        """Somebody who is not here cannot roll or break: then it is what he handled that does."""
        nobody = event.subject is None or not event.subject.names
        intransitive = sense.verb is not None and sense.verb.frame in ("break", "move", "topple")
        return event.object if nobody and intransitive and event.object else event.subject

    def _on_no_verb(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        if self._camera.speaking and chunk.sense.kind == "camera verb":
            self._camera.verb(chunk, self._words(chunk))
            return
        self._on_unknown(chunk, rest)
        if self._event is None or self._joined:
            self._event = None
        self._joined = False

    def _on_unknown(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        assert chunk.reason is not None
        self._gaps.add(self._words(chunk), chunk.reason)
        self._preposition = None
        self._be = False

    def _on_camera_verb(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        if self._camera.speaking:
            self._camera.verb(chunk, self._words(chunk))
        else:
            self._gaps.say(self._words(chunk), "this action is not staged yet")

    def _on_be(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        verb = next((c for c in rest if c.kind not in ("word", "manner", "negations", "be")), None)
        self._be = True
        if verb is None or verb.kind in ("preposition", "noun"):
            subject = self._last if self._relative else self._subject
            self._event = Event(COPULA, self._words(chunk), subject=subject, step=self._step)
            self.events.append(self._event)
            self._joined = False

    def _on_negations(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._negated = True
        self._gaps.say(
            self._words(chunk), "what does not happen cannot be staged", "Say what happens instead."
        )

    # Where, how, when.

    def _on_preposition(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        if self._upgraded(chunk):
            return
        following = next((c for c in rest if c.kind not in ("word", "manner")), None)
        if following is not None and following.kind in ("noun", "direction"):
            self._preposition = (chunk.sense.value, chunk)
        elif self._event is not None and chunk.sense.value in ("down", "up"):
            self._event.direction = self._event.direction or chunk.sense.value

    def _upgraded(self, chunk: Chunk) -> bool:
        """ "knocks it over": the particle after the object belongs to the verb."""
        event = self._event
        if event is None or event.object is None or self._last is not event.object:
            return False
        particle = self._words(chunk)
        verb = self._lexicon.find((*event.words[:1], *particle), 0, "verb")
        if verb is None or verb[0] != 1 + len(particle) or verb[1].verb is None:
            return False
        event.verb, event.base = verb[1].verb, verb[1].base
        return True

    def _on_direction(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        prepositions = [sense for sense in chunk.senses if sense.kind == "preposition"]
        following = rest[0] if rest else None
        if prepositions and following is not None and following.kind == "noun":
            self._preposition = (prepositions[0].value, chunk)
        elif self._event is not None:
            self._event.direction = self._event.direction or chunk.sense.value
        self._preposition = self._preposition if prepositions else None

    def _on_manner(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        if self._camera.speaking:
            self._camera.pace(chunk.sense.value)
        elif self._event is not None and not self._joined and not self._event.manner:
            self._event.manner = chunk.sense.value
        else:
            self._manners.append(chunk)

    def _drop_manners(self) -> None:
        for chunk in self._manners:
            self._gaps.say(
                self._words(chunk), "it is not said what happens so", "Put it beside a verb."
            )

    def _on_measure(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        measure = chunk.measure
        assert measure is not None
        words = self._words(chunk)
        if measure.kind == "time":
            self._on_seconds(measure, chunk, rest)
        elif measure.kind == "lens":
            self._camera.lens(measure.value, words)
        elif self._event is not None and measure.kind == "speed":
            self._event.speed = measure
        elif measure.kind == "length" and (self._event or self._subject):
            event = self._event or self._stands(chunk)
            assert event is not None
            event.height = measure
        else:
            self._gaps.say(words, "this number belongs to nothing known", "Put it beside a verb.")
        self._preposition = None

    def _on_seconds(self, measure: Measure, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        later = bool(rest) and (rest[0].kind == "delays" or self._words(rest[0])[0].lower == "later")
        if self._after or later:
            self._delay_s = measure.value
            if self._event is not None and not later:
                self._event.delay_s, self._delay_s = measure.value, 0.0
        else:
            self._setting.duration(measure.value, self._words(chunk))

    # Joints.

    def _on_comma(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._joined = True
        self._preposition = None
        self._camera.clause_ends()

    def _on_conjunction(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        kind = chunk.sense.value
        if kind == "after" and rest and rest[0].kind == "measure":
            self._after = True
            return
        if kind == "which":
            self._relative = True
            return
        self._joined = True
        self._preposition = None
        if kind == "then":
            self._step += 1
        if kind == "after":
            self._put_after()
        if kind != "and":
            self._camera.clause_ends()

    def _put_after(self) -> None:
        """ "the glass falls after the ball rolls": what was said first happens second."""
        if self._event is not None:
            self._event.step += 1

    # What is not about things.

    def _on_camera(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._camera.phrase(chunk, self._words(chunk))
        for manner in self._manners:
            self._camera.pace(manner.sense.value)
        self._manners.clear()
        following = rest[0] if rest else None
        opens = following is not None and self._words(following)[0].lower in ("of", "on", "at")
        if opens or self._words(chunk)[-1].lower == "on":
            self._camera.expects_target = True
        self._joined = True

    def _on_camera_subject(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._camera.speaking = True
        for manner in self._manners:
            self._camera.pace(manner.sense.value)
        self._manners.clear()

    def _on_gravity(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._setting.gravity(chunk.sense, self._words(chunk))
        self._preposition = None

    def _on_time(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._setting.time(chunk.sense, self._words(chunk))
        self._preposition = None

    _on_time_inferred = _on_time

    def _on_mood(self, chunk: Chunk, rest: Sequence[Chunk]) -> None:
        self._setting.mood(chunk.sense, self._words(chunk))


def _both(first: Ref, second: Ref) -> Ref:
    return Ref(
        names=tuple(dict.fromkeys((*first.names, *second.names))), words=first.words + second.words
    )


def _verb_ahead(rest: Sequence[Chunk]) -> bool:
    """Whether what was just named does something, before anything else is named."""
    after_preposition = False
    for chunk in rest:
        if chunk.kind in ("verb", "no verb", "be", "camera verb"):
            return True
        if chunk.kind in ("comma", "conjunction") and not (
            chunk.kind == "conjunction" and chunk.sense.value in ("which", "and")
        ):
            return False
        if chunk.kind == "noun" and not after_preposition:
            continue
        after_preposition = chunk.kind == "preposition"
    return False
