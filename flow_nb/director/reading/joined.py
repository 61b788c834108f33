"""What stands behind "of". In: two noun phrases. Out: one: its contents, its whole, its owner, its measure."""

from __future__ import annotations

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.phrase import NounPhrase

_MANY = 3


def with_of(lookup: Lookup, phrase: NounPhrase, inner: NounPhrase, *, full: bool) -> NounPhrase:
    """ "a glass of milk", "the edge of the table", "a piece of cake"; ``full``: "full of" said so."""
    words, whole = lookup.words, phrase.word
    if not full and whole in words.listed("portions") and not inner.definite:
        return _portion(phrase, inner)
    phrase.end, phrase.upto = inner.end, inner.upto
    part = words.sense(whole, "part")
    stuff = words.sense(inner.word, "material")
    if whole in words.listed("depictions"):
        phrase.qualities.append(f"of {inner.word}")
    elif full or _holds(lookup, phrase):
        phrase.contents = inner
    elif part is not None and not inner.person:
        phrase.of = inner
        phrase.part = part.value if part.value != "outline" else ""
    elif inner.noun and (tone := words.sense(inner.word, "colour")) is not None:
        phrase.colour = tone.value
    elif stuff is not None and not inner.definite and inner.count is None:
        phrase.material = stuff.value
    elif phrase.note is not None or (phrase.row is None and inner.name):
        phrase.qualities.append(inner.word)
    elif phrase.body:
        phrase.owner = inner
    else:
        phrase.of = inner
    return phrase


def _holds(lookup: Lookup, phrase: NounPhrase) -> bool:
    rows = lookup.words.rows["containers"]
    return phrase.word in rows["words"] or phrase.noun in rows["words"]


def _portion(phrase: NounPhrase, inner: NounPhrase) -> NounPhrase:
    """ "two pieces of cake" are cake."""
    inner.ground = None
    inner.start, inner.at, inner.determiner = phrase.start, phrase.at, phrase.determiner
    inner.count = phrase.count if phrase.count is not None else inner.count
    if inner.count is None and phrase.plural:
        inner.count, inner.vague = _MANY, True
    inner.qualities.insert(0, f"{phrase.word} of")
    inner.colour = inner.colour or phrase.colour
    return inner
