"""Who is in the shot. In: noun phrases, as they are read. Out: bodies, and `Ref`s that name them.

"A ball" brings a new body; "the ball", "it", "the second one" find one that is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import Elsewhere, Lexicon
from flow_nb.director.phrase import NounPhrase
from flow_nb.director.tokens import Token, origin_of
from flow_nb.errors import PlanError, quote
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import MAX_BODIES, WORLD, Body
from flow_nb.props.archetypes import Archetype, archetypes
from flow_nb.props.materials import materials

PLURAL_COUNT = 3
MAX_MASS_KG = 5_000.0
LAST = -1
SCALES = (0.1, 10.0)

NOBODY_YET = Elsewhere(
    reason="nothing was named before that this could mean", fix='Name the thing, as in "the ball".'
)
WHOSE_PART = Elsewhere(
    reason="it is not said what this belongs to", fix='Name it, as in "the edge of the table".'
)
NONE_OF_THEM = Elsewhere(reason="none of these is placed", fix="Leave it out.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ref:
    """What a noun phrase points at: bodies, the set (``"set"``), or nothing that is here."""

    names: tuple[str, ...] = ()
    words: tuple[Token, ...] = ()
    part: str = ""
    floor: str = ""
    reciprocal: bool = False
    row: bool = False

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names without the set."""
        return tuple(name for name in self.names if name != WORLD)


class Cast:
    """The bodies in order of appearance, and what was mentioned last."""

    def __init__(self, text: str, lexicon: Lexicon, gaps: Gaps) -> None:
        self.bodies: dict[str, Body] = {}
        self.stacks: list[tuple[str, tuple[str, ...]]] = []
        self.rows: set[str] = set()
        self.mentioned: list[Ref] = []
        self._text = text
        self._lexicon = lexicon
        self._gaps = gaps

    def archetype(self, name: str) -> Archetype:
        """The prop behind a body."""
        return archetypes()[self.bodies[name].prop]

    def is_furniture(self, name: str) -> bool:
        """Whether things stand on it."""
        return name != WORLD and self.archetype(name).furniture

    def breaks(self, name: str) -> bool:
        """Whether it can shatter."""
        prop, body = self.archetype(name), self.bodies[name]
        brittle = materials()[body.material].breaks_at_m_s is not None
        return not prop.unbreakable and (brittle or prop.breaks_at_m_s is not None)

    def arrange(self, arrangement: str, names: tuple[str, ...]) -> None:
        """In a row, or one on the other."""
        self.stacks.append((arrangement, names))
        self.rows |= set(names) if arrangement == "row" else set()

    def loosen(self, name: str) -> None:
        """Furniture that somebody moves is not fixed."""
        if self.bodies[name].fixed:
            self.bodies[name] = self.bodies[name].model_copy(update={"fixed": False})

    def resolve(self, phrase: NounPhrase, sentence: Sequence[Token]) -> Ref:
        """The bodies that a noun phrase means, made where they are new. Pronouns are not for here."""
        words = tuple(sentence[phrase.start : phrase.end])
        for (start, end), why in phrase.missed:
            self._gaps.add(sentence[start:end], why)
        if phrase.head == "unknown":
            self._gaps.add(_without_article(words, phrase), phrase.reason)
            return Ref(words=words)
        if phrase.head in ("ground", "set"):
            return Ref(names=(WORLD,), words=words, part=phrase.part, floor=_floor(phrase))
        if phrase.head == "part":
            return self._part(phrase, sentence, words)
        return self._mention(self._named(phrase, words))

    def _mention(self, ref: Ref) -> Ref:
        if ref.names:
            self.mentioned.append(ref)
        return ref

    def _part(self, phrase: NounPhrase, sentence: Sequence[Token], words: tuple[Token, ...]) -> Ref:
        if phrase.of is not None and phrase.of.head not in ("it", "they", "each other"):
            whole = self.resolve(phrase.of, sentence)
            return Ref(names=whole.names, words=words, part=phrase.part)
        for ref in reversed(self.mentioned):
            if any(self.is_furniture(name) for name in ref.bodies):
                return Ref(names=ref.names, words=words, part=phrase.part)
        self._gaps.add(words, WHOSE_PART)
        return Ref(words=words)

    def _named(self, phrase: NounPhrase, words: tuple[Token, ...]) -> Ref:
        known = self._known(phrase)
        may_be_known = phrase.definite or phrase.bare or phrase.ordinal is not None
        if may_be_known and (found := self._pick(phrase, known)):
            return Ref(names=found, words=words, row=set(found) <= self.rows)
        if phrase.count == 0:
            self._gaps.add(words, NONE_OF_THEM)
            return Ref(words=words)
        return self._enter(phrase, words)

    def _known(self, phrase: NounPhrase) -> list[str]:
        """Bodies that the phrase may mean, oldest first."""
        found = [b for b in self.bodies.values() if _may_be(b, phrase)]
        same = [b for b in found if b.noun == phrase.noun]
        return [body.name for body in same or found]

    @staticmethod
    def _pick(phrase: NounPhrase, known: Sequence[str]) -> tuple[str, ...]:
        if not known:
            return ()
        if phrase.ordinal == 0:
            return (known[0],) if len(known) > 1 else ()
        if phrase.ordinal == LAST:
            return (known[-1],)
        if phrase.ordinal is not None:
            return tuple(known[phrase.ordinal - 1 : phrase.ordinal]) or tuple(known[-1:])
        if phrase.plural or phrase.count:
            wanted = phrase.count or len(known)
            return tuple(known[-wanted:]) if len(known) >= max(wanted, 2) else ()
        return tuple(known[-1:])

    def _enter(self, phrase: NounPhrase, words: tuple[Token, ...]) -> Ref:
        count, guessed = _count(phrase)
        room = MAX_BODIES - len(self.bodies)
        if count > room:
            raise PlanError(
                f'"{quote(self._gaps.words(words))}": {count:,} bodies here make '
                f"{len(self.bodies) + count:,}; a shot takes {MAX_BODIES}.",
                fix=f'Write "{max(room, 1)} {words[-1].lower}" or fewer.',
            )
        origin = origin_of(
            self._text, words, "inferred" if guessed else "literal", 0.6 if guessed else 1.0
        )
        names = self._fresh_names(phrase.noun, count)
        for name in names:
            self.bodies[name] = self._body(name, phrase, origin)
        in_rows = phrase.prop in self._lexicon.rows["in_rows"]["props"]
        arrangement = phrase.arrangement or ("row" if in_rows else "")
        if arrangement and count > 1:
            self.arrange(arrangement, names)
        return Ref(names=names, words=words, row=arrangement == "row")

    def _fresh_names(self, noun: str, count: int) -> tuple[str, ...]:
        """``glass`` for one; ``marble-1`` and so on for several, counting on from those there."""
        slug = re.sub(r"[^a-z0-9]+", "-", noun)[:34]
        if count == 1 and slug not in self.bodies:
            return (slug,)
        taken = sum(1 for name in self.bodies if re.fullmatch(rf"{slug}(-\d+)?", name))
        return tuple(f"{slug}-{taken + i + 1}" for i in range(count))

    def _body(self, name: str, phrase: NounPhrase, origin: Origin) -> Body:
        prop = archetypes()[phrase.prop]
        if phrase.mass_kg is not None and not 0 < phrase.mass_kg <= MAX_MASS_KG:
            raise PlanError(
                f"a mass of {phrase.mass_kg:g} kg is not between 0 and {MAX_MASS_KG:,.0f} kg.",
                fix='Write a smaller one, as in "a 5 kg ball".',
            )
        return Body(
            name=name,
            noun=phrase.noun,
            prop=phrase.prop,
            material=phrase.material or prop.material,
            scale=round(min(max(phrase.scale, SCALES[0]), SCALES[1]), 3),
            mass_kg=phrase.mass_kg,
            colour=phrase.colour or phrase.tone or None,
            fixed=prop.furniture,
            origin=origin,
        )


def _may_be(body: Body, phrase: NounPhrase) -> bool:
    named = body.noun == phrase.noun or body.noun.endswith(f" {phrase.noun}")
    return (
        (named or body.prop == phrase.prop)
        and phrase.colour in ("", body.colour)
        and phrase.material in ("", body.material)
    )


def _count(phrase: NounPhrase) -> tuple[int, bool]:
    """How many, and whether the number is ours."""
    if phrase.count is not None:
        return phrase.count, phrase.vague
    if phrase.arrangement:
        return PLURAL_COUNT, True
    return (PLURAL_COUNT, True) if phrase.plural else (1, False)


def _floor(phrase: NounPhrase) -> str:
    return phrase.floor or phrase.material


def _without_article(words: Sequence[Token], phrase: NounPhrase) -> Sequence[Token]:
    article = not phrase.bare and len(words) > 1 and words[0].lower in ("a", "an", "the")
    return words[1:] if article else words
