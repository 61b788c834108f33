"""Words and phrases that stand together. In: a sentence's tokens. Out: `Unit`s, each with what it may be.

The longest phrase wins: notes to the camera, measures, prepositions of several words, nouns of several
words. What is left are single words, with all their readings and how likely each is.
"""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.measures import hour_at, measure_at, number_at
from flow_nb.director.reading.pairs import of_two, slightly
from flow_nb.director.reading.single import word_at
from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.unit import Unit, unit_of
from flow_nb.director.reading.words import Sense

_PHRASES = (
    ("pronoun", "PS"), ("depth", "RB"), ("posed", "VG"),
    ("missed", "NOTE"), ("turns", "ME"), ("arranged", "RB"), ("reciprocal", "PP"),
    ("arrangement", "QV"), ("vague", "QV"), ("number", "Q"), ("preposition", "IN"),
    ("direction", "RB"), ("colour", "J"), ("material", "J"), ("size", "J"), ("age", "J"),
    ("mood", "RB"), ("pace", "RB"), ("manner", "RB"),
)  # fmt: skip


def units_of(lookup: Lookup, tokens: Sequence[Token]) -> list[Unit]:
    """The sentence in units, left to right."""
    found: list[Unit] = []
    capitals = sum(token.text.isupper() and len(token.text) > 1 for token in tokens)
    shouted = capitals * 2 > len(tokens)
    at = 0
    while at < len(tokens):
        if slightly(tokens, at):
            found.append(unit_of(tokens, at, at + 2, options={"RB": 1.0}))
            at += 2
            continue
        counted = tokens[at].kind == "number" or lookup.words.sense(tokens[at].lower, "number")
        unit = _chained(lookup, tokens, at) if counted else None
        unit = unit or _phrase(lookup, tokens, at, found) or _chained(lookup, tokens, at)
        unit = unit or of_two(lookup, tokens, at) or word_at(lookup, tokens, at, found, shouted)
        found.append(unit)
        at = unit.end
    return found


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
                if single and _handled(lookup, tokens, at):
                    options = {"N": 1.0}
                return unit_of(tokens, at, end, options=options, kind=sense.kind, sense=sense)
            if match.length > 1 and place in ("nouns", "adjectives"):
                if place == "adjectives":
                    return unit_of(
                        tokens, at, end, options={"J": 1.0}, kind=sense.kind, sense=sense
                    )
                tag = "NS" if tokens[end - 1].lower.endswith("s") else "N"
                return unit_of(tokens, at, end, options={tag: 1.0}, kind=sense.kind, sense=sense)
        if (unit := _listed(tokens, at, match.length, match.senses)) is not None:
            return unit
    if (unit := _measured(lookup, tokens, at)) is not None:
        return unit
    if compound:
        length, noun, plural = compound
        tag = "NS" if plural else "N"
        return unit_of(
            tokens, at, at + length, options={tag: 1.0}, lemmas={tag: noun}, kind="compound"
        )
    return None


def _handled(lookup: Lookup, tokens: Sequence[Token], at: int) -> bool:
    """ "sets up a tripod": the thing itself; "on a tripod" is how it is filmed."""
    row = lookup.vocabulary.noun(tokens[at].lower)
    article = at > 1 and tokens[at - 1].lower in ("a", "the", "his", "her")
    away = (
        article
        and tokens[at - 2].kind == "word"
        and lookup.words.sense(tokens[at - 2].lower, "preposition") is None
    )
    return row is not None and row.prop not in ("", "cutout") and away


def _verb_follows(lookup: Lookup, tokens: Sequence[Token], at: int) -> bool:
    """ "bends down to drink": the "to" is the verb's."""
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].lower in lookup.words.closed:
        return False
    likely = (x for x in lookup.lemmas(tokens[at].lower) if x.weight > _LIKELY)
    return any(lemma.pos == "verb" and lemma.form == "base" for lemma in likely)


_LIKELY = 0.3


def _chained(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    """ "rock-carved", "snow-dusted", "well-worn": hyphens make one quality, where a participle ends it."""
    end = at + 1
    while end < len(tokens) and tokens[end].glued:
        end += 1
    if end == at + 1:
        return None
    if tokens[at].lower in ("re", "over", "out", "un") and end == at + 2:
        return _prefixed(lookup, tokens, at)
    last = tokens[end - 1].lower
    forms = {lemma.form for lemma in lookup.lemmas(last) if lemma.pos == "verb"}
    adjective = any(lemma.pos == "adjective" for lemma in lookup.lemmas(last))
    bent = forms & {"en", "ing"} or last.endswith("ed") or _doubled(lookup, tokens[at:end])
    if not bent and not (adjective and not lookup.vocabulary.noun(last)):
        return None
    options, lemmas = {"J": 1.0}, {}
    for tag, ending in (("VG", "ing"), ("VN", "en"), ("VZ", "s")):
        base = next(
            (x.base for x in lookup.lemmas(last) if x.pos == "verb" and x.form == ending), ""
        )
        whole = " ".join(token.lower for token in tokens[at : end - 1]) + f" {base}"
        known = lookup.vocabulary.verb(whole) is not None
        if base and (known or (tag == "VG" and lookup.vocabulary.verb(base) is not None)):
            options[tag], lemmas[tag] = 1.0 if known else 0.6, whole if known else base
    return unit_of(tokens, at, end, options=options, lemmas=lemmas)


_BENT = {"base": ("VB", "VP"), "s": ("VZ",), "ed": ("VD",), "en": ("VN",), "ing": ("VG",)}


def _prefixed(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    """ "re-enters" enters again."""
    lemmas, options = {}, {}
    for lemma in lookup.lemmas(tokens[at + 1].lower):
        for tag in _BENT.get(lemma.form, ()) if lemma.pos == "verb" else ():
            joined = tokens[at].lower + lemma.base
            lemmas[tag] = joined if lookup.vocabulary.verb(joined) else lemma.base
            options[tag] = max(lemma.weight, _LIKELY)
    return unit_of(tokens, at, at + 2, options=options, lemmas=lemmas) if options else None


def _doubled(lookup: Lookup, tokens: Sequence[Token]) -> bool:
    """ "crash-lands", "belly-flops": a verb of two words."""
    forms = [x.base for x in lookup.lemmas(tokens[-1].lower) if x.pos == "verb"]
    before = " ".join(token.lower for token in tokens[:-1])
    return any(lookup.vocabulary.verb(f"{before} {base}") is not None for base in forms)


def _listed(
    tokens: Sequence[Token], at: int, length: int, senses: tuple[Sense, ...]
) -> Unit | None:
    for kind, tag in _PHRASES:
        sense = next((s for s in senses if s.kind == kind), None)
        alone = kind in ("missed", "turns", "vague", "number", "arrangement", "posed", "depth")
        if sense is None or (length == 1 and not alone):
            continue
        if kind == "number" and length == 1:
            return None
        value = float(sense.value) if kind in ("vague", "number", "turns") else 0.0
        options = {"QV": 0.7, "PP": 0.3} if kind == "vague" and length == 1 else {tag: 1.0}
        if kind == "missed" and length == 1:
            options = {"NOTE": 1.0, "J": 0.7}
        lemmas = {"VG": sense.value} if kind == "posed" else {}
        return unit_of(
            tokens,
            at,
            at + length,
            options=options,
            kind=kind,
            sense=sense,
            value=value,
            lemmas=lemmas,
        )
    conj = next((s for s in senses if s.kind == "conjunction"), None)
    if conj is not None and length > 1:
        tag = {"and": "CC", "but": "CC", "then": "RB"}.get(conj.value, "CS")
        return unit_of(tokens, at, at + length, options={tag: 1.0}, kind="conjunction", sense=conj)
    return None


def _measured(lookup: Lookup, tokens: Sequence[Token], at: int) -> Unit | None:
    hour = hour_at(lookup.words, tokens, at)
    if hour is not None:
        sense = Sense("nouns:time", _time_of(hour[1]))
        return unit_of(
            tokens, at, at + hour[0], options={"NOTE": 1.0}, kind="nouns:time", sense=sense
        )
    measure = measure_at(lookup.words, tokens, at)
    if measure is not None:
        end = at + measure.length
        article = tokens[at].lower in ("a", "an", "one") and measure.length == 2
        if not (article and measure.kind in ("turns", "mass")) and not _ordinal(tokens, at, end):
            sense = Sense("measure", measure.kind)
            return unit_of(
                tokens, at, end, options={"ME": 1.0}, kind="measure", sense=sense,
                value=measure.value,
            )  # fmt: skip
    number = number_at(lookup.words, tokens, at)
    if number is not None and tokens[at].lower != "one":
        return unit_of(
            tokens, at, at + number[0], options={"Q": 1.0}, kind="number", value=number[1],
            sense=Sense("number", number[1]),
        )  # fmt: skip
    return None


def _time_of(hour: float) -> str:
    """The time of day that an hour falls into."""
    return next(name for until, name in _HOURS if hour < until)


_HOURS = (
    (4.5, "night"), (7, "dawn"), (11, "morning"), (13.5, "noon"), (17.5, "afternoon"), (20.5, "dusk"), (99, "night"),
)  # fmt: skip


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
