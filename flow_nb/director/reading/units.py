"""Words and phrases that stand together. In: a sentence's tokens. Out: `Unit`s, each with what it may be.

The longest phrase wins: notes to the camera, measures, prepositions of several words, nouns of several
words. What is left are single words, with all their readings and how likely each is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flow_nb.director.reading.measures import measure_at, number_at
from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.words import Sense, Words
from flow_nb.director.vocabulary import Lemma, Vocabulary

_FORMS = {
    ("noun", "singular"): ("N",), ("noun", "plural"): ("NS",), ("verb", "base"): ("VB", "VP"),
    ("verb", "s"): ("VZ",), ("verb", "ed"): ("VD",), ("verb", "en"): ("VN",),
    ("verb", "ing"): ("VG",),
}  # fmt: skip
_SUFFIXES = (
    ("ly", {"RB": 0.8, "J": 0.2}), ("ing", {"VG": 0.6, "N": 0.25}),
    ("ed", {"VN": 0.45, "VD": 0.4, "J": 0.2}), ("ness", {"N": 1.0}), ("tion", {"N": 1.0}),
    ("ment", {"N": 0.9}), ("ous", {"J": 0.9}), ("ful", {"J": 0.9}), ("ish", {"J": 0.8, "N": 0.2}),
    ("less", {"J": 0.9}), ("able", {"J": 0.9}), ("ic", {"J": 0.6, "N": 0.4}),
    ("ists", {"NS": 0.95}), ("ers", {"NS": 0.8, "VZ": 0.15}), ("ss", {"N": 0.9}),
    ("s", {"NS": 0.6, "VZ": 0.35}), ("er", {"N": 0.8, "J": 0.15}), ("y", {"N": 0.5, "J": 0.4}),
)  # fmt: skip
_UNKNOWN = {"N": 0.75, "J": 0.15, "VB": 0.08, "VP": 0.05}
_PHRASES = (
    ("missed", "NOTE"), ("turns", "ME"), ("arranged", "RB"), ("reciprocal", "PP"),
    ("arrangement", "QV"), ("vague", "QV"), ("number", "Q"), ("preposition", "IN"),
    ("direction", "RB"), ("colour", "J"), ("material", "J"), ("size", "J"), ("age", "J"),
    ("mood", "RB"), ("pace", "RB"), ("manner", "RB"),
)  # fmt: skip
_LONGEST_NOUN = 4
_SINGLE = ("a", "an", "one", "this", "that", "each", "every")
_ACTS_FROM = 0.25
_PARTICLES = frozenset(
    ("van", "von", "de", "da", "del", "di", "la", "le", "bin", "al", "den", "der")
)


@dataclass(slots=True)
class Unit:
    """Tokens ``start`` to ``end`` of the sentence. ``options`` are tags with weights; `tagging` sets
    ``tag`` and ``lemma``. ``kind`` names the phrase that was found, ``sense`` what it says."""

    start: int
    end: int
    text: str
    at: int
    upto: int
    options: dict[str, float] = field(default_factory=dict)
    lemmas: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    sense: Sense | None = None
    value: float = 0.0
    tag: str = ""
    written: str = ""

    @property
    def lemma(self) -> str:
        """Its base form under its tag."""
        return self.lemmas.get(self.tag, self.text)


class Lookup:
    """The vocabulary with the reader's words, remembered word by word."""

    def __init__(self, vocabulary: Vocabulary, words: Words) -> None:
        self.vocabulary, self.words = vocabulary, words
        self.lemmas = lru_cache(8192)(vocabulary.lemmas)
        self.guess_noun = lru_cache(4096)(vocabulary.guess_noun)
        self.guess_verb = lru_cache(4096)(vocabulary.guess_verb)

    def known(self, word: str) -> bool:
        """Whether it is an English word of any kind."""
        return word in self.words.closed or bool(self.lemmas(word)) or bool(self.words.senses(word))

    def compound(self, tokens: Sequence[Token], at: int) -> tuple[int, str, bool] | None:
        """The longest noun of two words and more that begins here: length, singular, whether plural."""
        for length in range(min(_LONGEST_NOUN, len(tokens) - at), 1, -1):
            part = tokens[at : at + length]
            if any(token.kind != "word" for token in part):
                continue
            before = " ".join(token.lower for token in part[:-1])
            single = at > 0 and tokens[at - 1].lower in _SINGLE
            for last, plural in _singulars(part[-1].lower):
                if plural and (single or self._acts(part[-1].lower)):
                    continue
                if self.vocabulary.noun(f"{before} {last}") is not None:
                    return length, f"{before} {last}", plural
        return None

    def _acts(self, word: str) -> bool:
        """ "the bus stops": whether a plural is rather a verb."""
        return any(
            lemma.form == "s" and lemma.weight > _ACTS_FROM for lemma in self.lemmas(word)
        )  # fmt: skip


def _singulars(word: str) -> list[tuple[str, bool]]:
    found = [(word, False)]
    if word.endswith("s") and not word.endswith("ss"):
        found.append((word[:-1], True))
    for ending, single in (("es", ""), ("ies", "y"), ("ves", "f"), ("men", "man")):
        if word.endswith(ending):
            found.append((word.removesuffix(ending) + single, True))
    return found


def units_of(lookup: Lookup, tokens: Sequence[Token]) -> list[Unit]:
    """The sentence in units, left to right."""
    found: list[Unit] = []
    capitals = sum(token.text.isupper() and len(token.text) > 1 for token in tokens)
    shouted = capitals * 2 > len(tokens)
    at = 0
    while at < len(tokens):
        counted = tokens[at].kind == "number" or lookup.words.sense(tokens[at].lower, "number")
        unit = _chained(lookup, tokens, at) if counted else None
        unit = unit or _phrase(lookup, tokens, at, found) or _chained(lookup, tokens, at)
        unit = unit or _word(lookup, tokens, at, found, shouted)
        found.append(unit)
        at = unit.end
    return found


def _unit(tokens: Sequence[Token], start: int, end: int, **more: object) -> Unit:
    text = " ".join(token.lower for token in tokens[start:end])
    written = " ".join(token.text for token in tokens[start:end])
    where = (tokens[start].at, tokens[end - 1].end)
    return Unit(start, end, text, *where, written=written, **more)  # type: ignore[arg-type]


def _phrase(lookup: Lookup, tokens: Sequence[Token], at: int, before: list[Unit]) -> Unit | None:
    words = lookup.words
    compound = lookup.compound(tokens, at) if tokens[at].kind == "word" else None
    least = compound[0] if compound else 0
    for match in words.matches(tokens, at):
        if match.length < least:
            break
        end = at + match.length
        if (
            tokens[end - 1].lower == "to"
            and match.length > 1
            and _verb_follows(lookup, tokens, end)
        ):
            continue
        for sense in match.senses:
            place, _, _ = sense.kind.partition(":")
            if place == "phrases" or (place == "start" and _opens(lookup, tokens, at, end, before)):
                single = match.length == 1 and sense.kind != "phrases:camera.move"
                options = {"NOTE": 1.0, "J": 0.7} if single else {"NOTE": 1.0}
                return _unit(tokens, at, end, options=options, kind=sense.kind, sense=sense)
            if match.length > 1 and place in ("nouns", "adjectives"):
                if place == "adjectives":
                    return _unit(tokens, at, end, options={"J": 1.0}, kind=sense.kind, sense=sense)
                tag = "NS" if tokens[end - 1].lower.endswith("s") else "N"
                return _unit(tokens, at, end, options={tag: 1.0}, kind=sense.kind, sense=sense)
        if (unit := _listed(tokens, at, match.length, match.senses)) is not None:
            return unit
    if (unit := _measured(lookup, tokens, at)) is not None:
        return unit
    if compound:
        length, noun, plural = compound
        tag = "NS" if plural else "N"
        return _unit(
            tokens, at, at + length, options={tag: 1.0}, lemmas={tag: noun}, kind="compound"
        )
    return None


def _verb_follows(lookup: Lookup, tokens: Sequence[Token], at: int) -> bool:
    """ "bends down to drink": the "to" is the verb's."""
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].lower in lookup.words.closed:
        return False
    first = next(iter(lookup.lemmas(tokens[at].lower)), None)
    return first is not None and first.pos == "verb" and first.form == "base"


def _chained(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    """ "rock-carved", "snow-dusted", "well-worn": hyphens make one quality, where a participle ends it."""
    end = at + 1
    while end < len(tokens) and tokens[end].glued:
        end += 1
    if end == at + 1:
        return None
    last = tokens[end - 1].lower
    forms = {lemma.form for lemma in lookup.lemmas(last) if lemma.pos == "verb"}
    adjective = any(lemma.pos == "adjective" for lemma in lookup.lemmas(last))
    bent = forms & {"en", "ing"} or last.endswith("ed")
    if not bent and not (adjective and not lookup.vocabulary.noun(last)):
        return None
    return _unit(tokens, at, end, options={"J": 1.0})


def _listed(
    tokens: Sequence[Token], at: int, length: int, senses: tuple[Sense, ...]
) -> Unit | None:
    for kind, tag in _PHRASES:
        sense = next((s for s in senses if s.kind == kind), None)
        alone = kind in ("missed", "turns", "vague", "number", "arrangement")
        if sense is None or (length == 1 and not alone):
            continue
        if kind == "number" and length == 1:
            return None
        value = float(sense.value) if kind in ("vague", "number", "turns") else 0.0
        options = {"QV": 0.7, "PP": 0.3} if kind == "vague" and length == 1 else {tag: 1.0}
        if kind == "missed" and length == 1:
            options = {"NOTE": 1.0, "J": 0.7}
        return _unit(tokens, at, at + length, options=options, kind=kind, sense=sense, value=value)
    conj = next((s for s in senses if s.kind == "conjunction"), None)
    if conj is not None and length > 1:
        tag = {"and": "CC", "but": "CC", "then": "RB"}.get(conj.value, "CS")
        return _unit(tokens, at, at + length, options={tag: 1.0}, kind="conjunction", sense=conj)
    return None


def _measured(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    measure = measure_at(lookup.words, tokens, at)
    if measure is not None:
        end = at + measure.length
        article = tokens[at].lower in ("a", "an", "one") and measure.length == 2
        if not (article and measure.kind in ("turns", "mass")) and not _ordinal(tokens, at, end):
            sense = Sense("measure", measure.kind)
            return _unit(
                tokens, at, end, options={"ME": 1.0}, kind="measure", sense=sense,
                value=measure.value,
            )  # fmt: skip
    number = number_at(lookup.words, tokens, at)
    if number is not None and tokens[at].lower != "one":
        return _unit(
            tokens, at, at + number[0], options={"Q": 1.0}, kind="number", value=number[1],
            sense=Sense("number", number[1]),
        )  # fmt: skip
    return None


def _ordinal(tokens: Sequence[Token], at: int, end: int) -> bool:
    """ "a second ball": no second of time."""
    singular = tokens[end - 1].lower in ("second", "moment", "beat")
    follows = tokens[end] if end < len(tokens) else None
    nounish = follows is not None and follows.kind == "word" and follows.lower not in _BEHIND
    return singular and tokens[at].lower in ("a", "one") and nounish


_BEHIND = frozenset(
    ("later", "before", "after", "and", "then", "the", "a", "as", "while", "of", "or")
)


def _opens(lookup: Lookup, tokens: Sequence[Token], at: int, end: int, before: list[Unit]) -> bool:
    """Whether a camera word stands where only camera words do: at the head of a clause, alone or
    before its preposition."""
    camera, words = lookup.words.notes["camera"], lookup.words
    paces = (*camera["pace_slow"], *camera["pace_fast"], "the", "then", "and", "camera", ":")
    i = len(before) - 1
    while i >= 0 and (before[i].text in paces or before[i].kind.startswith(("phrases:c", "start"))):
        i -= 1
    if i >= 0 and before[i].text not in (",", "-", "–", "—", "(", "&"):
        return False
    after = tokens[end] if end < len(tokens) else None
    if after is None or after.kind != "word":
        return after is None or after.lower in (",", "-", "–", "—", ")", "&")
    sense = words.find(tokens, at, "start:camera.move")
    if sense is not None and sense[1].value in ("follow", "orbit right"):
        return True
    if after.lower in ("shot", "camera", "angle", "lens"):
        return True
    joins = after.lower in camera["targets"] or after.lower in (
        "as",
        "while",
        "and",
        "until",
        "then",
    )
    if sense is None:
        more = any(
            s.kind.startswith(("start", "phrases:camera")) for s in words.senses(after.lower)
        )
        return after.lower in ("on", "of", "and") or more
    return joins or after.lower in ("slowly", "quickly", "left", "right", "gently", "fast")


def _word(
    lookup: Lookup, tokens: Sequence[Token], at: int, before: list[Unit], shouted: bool
) -> Unit:
    token = tokens[at]
    unit = _unit(tokens, at, at + 1)
    if token.kind != "word":
        joins = token.lower in (",", "(", ")", "[", "]")
        unit.options = {"C" if joins else "CC" if token.lower == "&" else "X": 1.0}
        return unit
    found = dict(lookup.words.closed.get(token.lower, {}))
    closed = bool(found)
    for lemma in lookup.lemmas(token.lower):
        _take(unit, lemma, found, weigh=not closed)
    if token.lower == "others":
        unit.lemmas["NS"] = "other"
    if not found and (note := lookup.words.sense(token.lower, "colour", "material", "number")):
        found = {"J": 0.9} if note.kind != "number" else {"Q": 1.0}
    if not found:
        found = dict(next((w for s, w in _SUFFIXES if token.lower.endswith(s)), _UNKNOWN))
        _unbend(unit, token.lower)
        found |= {"NAME": 0.9 if token.text[:1].isupper() else 0.0}
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.lower in _PARTICLES and after is not None and after.text[:1].isupper() and before:
        found["NAME"] = 2.0 if before[-1].options.get("NAME") else 0.0
    if found.get("VZ") and _filmed(lookup, unit, before):
        found = {"VZ": 1.0}
    _named(lookup, unit, token, found, first=not before or before[-1].tag == "X", shouted=shouted)
    unit.options = {tag: weight for tag, weight in found.items() if weight > 0}
    return unit


def _filmed(lookup: Lookup, unit: Unit, before: list[Unit]) -> bool:
    """ "the camera pans": whether this is rather what a camera does."""
    sure = lookup.words.notes["camera"]["sure"]
    named = any(u.text in sure or u.text.endswith(" camera") for u in before)
    films = lookup.words.sense(
        unit.lemmas.get("VZ", ""), "verbs:camera.move", "verbs:camera.target"
    )
    return named and films is not None and before[-1].text not in ("the", "a", "of")


def _take(unit: Unit, lemma: Lemma, found: dict[str, float], *, weigh: bool) -> None:
    default = ("RB",) if lemma.pos == "adverb" else ("J",)
    for tag in _FORMS.get((lemma.pos, lemma.form), default):
        if tag == "NS" and lemma.base == unit.text and len(unit.text) > 3 and "NS" in unit.lemmas:
            continue
        if weigh and lemma.weight > found.get(tag, 0.0):
            found[tag] = max(lemma.weight, 0.004)
            unit.lemmas[tag] = lemma.base
        unit.lemmas.setdefault(tag, lemma.base)


def _unbend(unit: Unit, word: str) -> None:
    """The base of a word that nobody knows."""
    for tag, endings in (("NS", ("s",)), ("VZ", ("s",)), ("VG", ("ing",)), ("VN", ("ed",))):
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                unit.lemmas[tag] = word.removesuffix(ending)
    if "VN" in unit.lemmas:
        unit.lemmas["VD"] = unit.lemmas["VN"]


def _named(
    lookup: Lookup, unit: Unit, token: Token, found: dict[str, float], *, first: bool, shouted: bool
) -> None:
    names = lookup.words.listed("names", "he") | lookup.words.listed("names", "she")
    if not token.text[:1].isupper() or token.lower in lookup.words.closed or shouted:
        return
    if token.lower in names:
        found["NAME"] = 1.5
    elif not first:
        noun = found.get("N", 0) > 0.5 or found.get("NS", 0) > 0.5
        screamed = token.text.isupper() and len(token.text) > 1
        known = lookup.vocabulary.noun(token.lower) is not None
        found["NAME"] = 0.15 if screamed or known else 0.6 if noun else 0.9
    elif "NAME" not in found and max(found.values(), default=0) < 0.5:
        found["NAME"] = 0.1
