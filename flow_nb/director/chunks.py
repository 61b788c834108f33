"""Pieces of a sentence. In: its tokens. Out: `Chunk`s that cover every token once, in order.

What no reader wants stays an ``unknown`` chunk: so a word is either understood or listed as a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flow_nb.director.lexicon import Elsewhere, Lexicon, Match, Sense
from flow_nb.director.measures import Measure, measure_at
from flow_nb.director.nouns import noun_at
from flow_nb.director.phrase import NO_PROP, NOT_A_THING, NounPhrase
from flow_nb.director.tokens import Token

NO_VERB = Elsewhere(
    reason="this action is not staged yet",
    fix="The stage knows drop, fall, roll, slide, bounce, throw, push, knock over, swing, collide, shatter.",
)
NO_MANNER = Elsewhere(reason="this manner is not staged", fix="Say slowly, gently, fast or hard.")
NO_SYMBOL = Elsewhere(reason="signs and pictures are not read", fix="Write it as a word.")
NO_UNIT = Elsewhere(reason="this number belongs to nothing known", fix="Write a count or a unit.")

STOPS = frozenset(".!?;:…")

_NOUN_WORDS = ("determiners", "definite", "singular", "plural", "reciprocal")

_BEFORE_VERBS = ("noun", "be", "word", "negations", "comma", "conjunction")

_ALONE = (
    "camera", "gravity", "time", "time inferred", "direction", "conjunction", "preposition",
    "verb", "manner", "mood",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """One piece between tokens ``start`` and ``end``. ``kind`` says which of the fields counts."""

    kind: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    noun: NounPhrase | None = None
    measure: Measure | None = None
    reason: Elsewhere | None = None

    @property
    def sense(self) -> Sense:
        """The first meaning."""
        return self.senses[0]


def sentences(tokens: Sequence[Token], text: str) -> Iterator[tuple[Token, ...]]:
    """Cut at full stops, at empty lines, and at line ends before a capital."""
    start = 0
    for i, token in enumerate(tokens):
        if token.lower in STOPS or (token.kind == "newline" and _ends_line(tokens, i)):
            yield from _some(tokens[start:i])
            start = i + 1
    yield from _some(tokens[start:])


def _some(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    kept = tuple(token for token in tokens if token.kind != "newline")
    if kept:
        yield kept


def _ends_line(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.kind == "newline" or not following.text[0].islower()


def chunks_of(lexicon: Lexicon, tokens: Sequence[Token]) -> tuple[Chunk, ...]:
    """All pieces of a sentence."""
    found: list[Chunk] = []
    at = 0
    while at < len(tokens):
        chunk = _chunk(lexicon, tokens, at, found)
        found.append(chunk)
        at = chunk.end
    return tuple(found)


def _chunk(lexicon: Lexicon, tokens: Sequence[Token], at: int, before: Sequence[Chunk]) -> Chunk:
    token = tokens[at]
    if token.kind == "punct":
        kind = "comma" if token.lower in ",()–—" else "mark"
        return Chunk(kind=kind, start=at, end=at + 1)
    if token.kind == "symbol":
        return Chunk(kind="unknown", start=at, end=at + 1, reason=NO_SYMBOL)
    if chunk := _longest(lexicon, tokens, at):
        return chunk
    if (measure := measure_at(lexicon, tokens, at)) and measure.kind != "mass":
        return Chunk(kind="measure", start=at, end=at + measure.length, measure=measure)
    if not _verb_is_due(lexicon, tokens, at, before) and (noun := noun_at(lexicon, tokens, at)):
        return Chunk(kind="noun", start=at, end=noun.end, noun=noun)
    return _single(lexicon, tokens, at, before)


def _longest(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> Chunk | None:
    """Phrases that mean one thing wherever they stand: camera words, gravity, phrases of several words."""
    match = next(lexicon.matches(tokens, at), None)
    if match is None or match.get("prop", "arrangement", "vague number"):
        return None
    if no := match.get("no phrase"):
        end = at + match.length
        return Chunk(kind="unknown", start=at, end=end, senses=(no,), reason=no.elsewhere)
    if match.get("arranged"):
        return _of(match, at, "arranged")
    if match.get("camera", "gravity", "camera subject"):
        return _of(match, at, "camera", "gravity", "camera subject", "camera verb", "verb")
    if bare := match.get("camera bare"):
        if _only_camera(lexicon, tokens, at):
            return Chunk(kind="camera", start=at, end=at + match.length, senses=(bare,))
        return None
    if match.length > 1 and match.get("direction", "preposition", "conjunction", "manner", "time"):
        return _of(match, at, "direction", "preposition", "conjunction", "manner", "time")
    word = match.get("word")
    if match.length > 1 and word and not match.get("number") and word.value not in _NOUN_WORDS:
        return _word(match, at)
    return None


def _of(match: Match, at: int, *kinds: str) -> Chunk:
    """A chunk of the first kind the match has; the other senses stay at hand."""
    senses = [sense for kind in kinds for sense in match.senses if sense.kind == kind]
    end = at + match.length
    return Chunk(kind=senses[0].kind, start=at, end=end, senses=tuple(senses))


def _only_camera(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Whether the words between the commas hold nothing but camera words."""
    start = at
    while start and tokens[start - 1].kind == "word":
        start -= 1
    while start < len(tokens) and tokens[start].kind == "word":
        found = lexicon.find(
            tokens, start, "camera", "camera bare", "manner", "word", "conjunction"
        )
        if found is None:
            return False
        start += found[0]
    return True


def _verb_is_due(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, before: Sequence[Chunk]
) -> bool:
    """After its subject, "tips" and "drums" are verbs; after a comma or a preposition they are not."""
    match = next(lexicon.matches(tokens, at), None)
    if match is None:
        return (
            tokens[at].lower.endswith("ing") and bool(before) and before[-1].kind in _BEFORE_VERBS
        )
    verb = match.get("verb", "no verb")
    if match.get("word") and before and before[-1].kind == "noun":
        return lexicon.find(tokens, at + match.length, "verb", "no verb") is not None
    if verb is None:
        return False
    last = next((c for c in reversed(before) if c.kind not in ("word", "manner")), None)
    after_preposition = last is not None and last.kind == "preposition"
    nounish = match.get("prop", "no noun", "ground", "part", "material")
    return nounish is None or (last is not None and not after_preposition and verb.form != "ing")


def _single(lexicon: Lexicon, tokens: Sequence[Token], at: int, before: Sequence[Chunk]) -> Chunk:
    matches = list(lexicon.matches(tokens, at))
    if not matches:
        reason = _guess(tokens[at], before)
        return Chunk(kind="unknown", start=at, end=at + 1, reason=reason)
    match = matches[0]
    if match.get(*_ALONE):
        return _of(match, at, "verb", *_ALONE, "camera verb")
    if elsewhere := match.get("no verb", "no noun", "no adjective", "no person"):
        kind = "no verb" if elsewhere.kind == "no verb" else "unknown"
        camera = tuple(sense for sense in match.senses if sense.kind == "camera verb")
        end = at + match.length
        return Chunk(
            kind=kind, start=at, end=end, senses=camera or (elsewhere,), reason=elsewhere.elsewhere
        )
    if match.get("camera verb"):
        return _of(match, at, "camera verb")
    if match.get("word"):
        return _word(match, at)
    why = NO_UNIT if match.get("number", "unit") else NOT_A_THING
    return Chunk(kind="unknown", start=at, end=at + match.length, reason=why)


def _word(match: Match, at: int) -> Chunk:
    sense = match.get("word")
    assert sense is not None
    kind = sense.value if sense.value in ("be", "negations", "delays", "says") else "word"
    return Chunk(kind=kind, start=at, end=at + match.length, senses=(sense,))


def _guess(token: Token, before: Sequence[Chunk]) -> Elsewhere:
    """The likeliest reason for a word that nobody knows, by its ending and its place."""
    if token.kind == "number":
        return NO_UNIT
    if token.lower.endswith("ly"):
        return NO_MANNER
    if before and before[-1].kind in _BEFORE_VERBS and token.lower.endswith(("s", "ed", "ing")):
        return NO_VERB
    return NO_PROP
