"""What a thing is like. In: the units before a noun. Out: colour, material, size and the rest, on its phrase."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Match, Sense

_KINDS = ("colour", "ordinal", "material", "size", "age", "state", "mood")


def describe(lookup: Lookup, phrase: NounPhrase, units: Sequence[Unit]) -> None:
    """Puts every word where it belongs; what is none of these stays a quality by its own name."""
    for unit in units:
        senses = Match(1, lookup.words.senses(unit.lemma if unit.tag == "NS" else unit.text))
        note = next((s for s in senses.senses if s.kind.startswith("adjectives:")), None)
        if note is not None:
            phrase.notes.append((note, unit.at, unit.upto))
            continue
        if unit.kind.startswith(("phrases:", "start:", "nouns:")) and unit.sense is not None:
            phrase.notes.append((unit.sense, unit.at, unit.upto))
            continue
        found = [sense for kind in _KINDS if (sense := senses.get(kind)) is not None]
        if unit.tag in ("N", "NS") and senses.get("ordinal") is None:
            found = [sense for sense in found if sense.kind in ("material", "colour")]
        for sense in found:
            _set(lookup, phrase, sense, unit)
        if not found:
            phrase.qualities.append(unit.text)


def _set(lookup: Lookup, phrase: NounPhrase, sense: Sense, unit: Unit) -> None:
    value = sense.value
    if sense.kind == "colour" and not phrase.colour:
        phrase.colour = value
    elif sense.kind == "ordinal":
        phrase.ordinal = int(value)
        phrase.qualities.append(unit.text)
    elif sense.kind == "material" and not phrase.material:
        phrase.material = value
        tone = lookup.words.sense(unit.text, "material colour")
        phrase.colour = phrase.colour or (tone.value if tone else "")
    elif sense.kind == "size":
        phrase.scale = round(phrase.scale * float(value), 3)
    elif sense.kind == "age":
        phrase.age = value
        phrase.qualities.append(unit.text)
    elif sense.kind == "mood":
        phrase.mood = phrase.mood or value
    elif sense.kind == "state":
        phrase.lit = phrase.lit or value == "lit"
        phrase.empty = phrase.empty or value == "empty"
        phrase.qualities.append(unit.text)
