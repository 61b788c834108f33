"""Single words. In: a token and what stands before it. Out: a `Unit` with every tag that it may carry.

The vocabulary weighs nouns, verbs, adjectives and adverbs; ``words.toml`` the closed classes; the ending of
a word that nobody knows tells what it may be; a capital may make it a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.tokens import Token
from flow_nb.director.reading.unit import Unit, unit_of
from flow_nb.director.reading.words import Sense
from flow_nb.director.vocabulary import Lemma

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
_GERUND = 0.08
_NOUNISH = 0.2
"""A gerund that is a noun this often is one before a verb: "a steel bearing sinks"."""
_OBJECTS = ("a", "an", "the", "his", "her", "its", "their", "up", "down", "off", "out")
"""What stands behind a verb and not behind a noun: "setting up a tripod", "painting the wall"."""
_LISTED = 0.06
"""How much less likely a verb is behind a comma and before a participle: "sparks flying"."""
_DETERMINERS = (
    "a",
    "an",
    "the",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "some",
    "another",
    "two",
    "three",
)
_UNHEARD = 1.2
"""How surely a capital names somebody where nobody knows the word."""
_MOVING = 0.8
"""A verb that the vocabulary stages is at least this likely beside a noun of the same form."""
_UNKNOWN = {"N": 0.75, "J": 0.15, "VB": 0.08, "VP": 0.05}
_PARTICLES = frozenset(
    ("van", "von", "de", "da", "del", "di", "la", "le", "bin", "al", "den", "der")
)


def word_at(
    lookup: Lookup, tokens: Sequence[Token], at: int, before: list[Unit], shouted: bool
) -> Unit:
    """The word at ``at`` behind the units ``before``; in a ``shouted`` sentence capitals name nobody."""
    token = tokens[at]
    unit = unit_of(tokens, at, at + 1)
    if _marked(lookup, unit, token, shouted=shouted):
        return unit
    found = dict(lookup.words.closed.get(token.lower, {}))
    closed = bool(found)
    for lemma in lookup.lemmas(token.lower):
        _take(unit, lemma, found, weigh=not closed)
    if not closed and lookup.vocabulary.noun(token.lower) is None:
        _sober(unit, found)
    if token.lower == "others":
        unit.lemmas["NS"] = "other"
    if not found:
        found = _unheard(lookup, unit, token)
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.lower == "her" and after is not None and after.lower in _DETERMINERS:
        found = {"PS": 1.0}
    _linked(token, after, before, found)
    if found.get("VZ") and _filmed(lookup, unit, before):
        found = {"VZ": 1.0}
    _participle(lookup, token.lower, {} if closed else found, after)
    if "NS" in found and "VZ" in found and not closed:
        moves = _moves(lookup, unit.lemmas.get("VZ", ""), tokens, at)
        found["VZ"] = max(found["VZ"], _MOVING * found["NS"] if moves else 0.0)
    if before and before[-1].text == "," and after is not None:
        _listed(lookup, unit, found, after)
    if (
        token.lower == "left"
        and before
        and before[-1].text in ("has", "have", "had", "having", "'ve")
    ):
        found = {"VN": 1.0}
    gerund = token.lower.endswith("ing") and "VG" in found and not closed
    likeliest = next(iter(lookup.lemmas(after.lower)), None) if after is not None else None
    acts = likeliest is not None and likeliest.form == "s"
    named = found.get("N", 0.0) > _NOUNISH and acts and bool(before)
    sets = after is not None and after.lower in _OBJECTS and bool(before)
    if gerund and (sets or (lookup.vocabulary.noun(token.lower) is None and not named)):
        found["N"] = min(found.get("N", 0.0), _GERUND)
    _named(lookup, unit, token, found, first=not before or before[-1].tag == "X", shouted=shouted)
    unit.options = {tag: weight for tag, weight in found.items() if weight > 0}
    return unit


def _unheard(lookup: Lookup, unit: Unit, token: Token) -> dict[str, float]:
    """What a word may be that no table of the language has."""
    note = lookup.words.sense(token.lower, "direction", "colour", "material", "number")
    if note is not None:
        return {{"direction": "RB", "number": "Q"}.get(note.kind, "J"): 1.0}
    found = dict(next((w for s, w in _SUFFIXES if token.lower.endswith(s)), _UNKNOWN))
    _unbend(unit, token.lower)
    return found | {"NAME": 0.9 if token.text[:1].isupper() else 0.0}


def _bases(lookup: Lookup, word: str) -> list[str]:
    return [x.base for x in lookup.lemmas(word) if x.form == "en"]


def _participle(lookup: Lookup, word: str, found: dict[str, float], after: Token | None) -> None:
    """ "struck by a stick", "a hat left on a statue": no quality and no past tense."""
    if after is None or "VN" not in found:
        return
    led = lookup.words.sense(after.lower, "preposition") is not None
    if after.lower == "by":
        found.pop("J", None)
        found["VN"] = max(found["VN"], _MOVING)
    seen = any(base in lookup.words.listed("participial") for base in _bases(lookup, word))
    if led and (after.lower in ("by", "of") or seen):
        found["VD"] = found.get("VD", 0.0) * _LISTED


def _linked(
    token: Token, after: Token | None, before: Sequence[Unit], found: dict[str, float]
) -> None:
    """ "Leonardo da Vinci": a little word inside a name."""
    inside = after is not None and after.text[:1].isupper() and bool(before)
    if token.lower in _PARTICLES and inside:
        found["NAME"] = 2.0 if before[-1].options.get("NAME") else 0.0


def _marked(lookup: Lookup, unit: Unit, token: Token, *, shouted: bool) -> bool:
    """Marks, f-stops, and the sizes of a shot list: no words."""
    size = lookup.words.rows["abbreviated"].get(token.text) if not shouted else None
    if token.kind != "word":
        joins = token.lower in (",", "(", ")", "[", "]")
        unit.options = {"C" if joins else "CC" if token.lower == "&" else "X": 1.0}
    elif size is not None:
        kind = "phrases:camera.angle" if size == "over the shoulder" else "phrases:camera.size"
        unit.options, unit.sense, unit.kind = {"NOTE": 1.0}, Sense(kind, size), kind
    elif token.lower.startswith("f/"):
        unit.options, unit.sense = {"NOTE": 1.0}, lookup.words.sense("f stop", "missed")
    return bool(unit.options)


def _listed(lookup: Lookup, unit: Unit, found: dict[str, float], after: Token) -> None:
    """ ", sparks flying": rather a noun than a verb."""
    acts = any(lemma.form == "ing" for lemma in lookup.lemmas(after.lower))
    helps = unit.lemmas.get("VZ", "") in lookup.words.rows["aspect"]["ing"]
    if acts and not helps and {"NS", "VZ"} <= found.keys():
        found["VZ"] *= _LISTED


def _sober(unit: Unit, found: dict[str, float]) -> None:
    """ "stacks" is a verb, or several of a noun; not one noun that ends so."""
    if {"N", "VZ", "NS"} <= found.keys() and unit.lemmas.get("N") == unit.text:
        del found["N"]


def _moves(lookup: Lookup, base: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the vocabulary stages the verb, alone or with the word behind it ("backs away")."""
    behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    verb = lookup.vocabulary.verb
    return verb(base) is not None or verb(f"{base} {behind}") is not None


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
    if not token.text[:1].isupper() or token.lower in lookup.words.closed or shouted:
        return
    if token.lower in lookup.names:
        found["NAME"] = 1.5
    elif (
        token.text.isupper() and len(token.text) > 2 and lookup.vocabulary.noun(token.lower) is None
    ):
        found["NAME"] = _UNHEARD if not first or found.get("N") or found.get("NAME") else 0.0
    elif found.get("NAME") and not first:
        found["NAME"] = _UNHEARD
    elif token.lower in lookup.words.listed("people", "titles"):
        found["NAME"] = max(found.get("NAME", 0.0), 0.3)
    elif not first:
        noun = found.get("N", 0) > 0.5 or found.get("NS", 0) > 0.5
        screamed = token.text.isupper() and len(token.text) > 1
        known = lookup.vocabulary.noun(token.lower) is not None
        found["NAME"] = 0.15 if screamed or known else 0.6 if noun else 0.9
    elif "NAME" not in found and max(found.values(), default=0) < 0.5:
        found["NAME"] = 0.1
