"""The head of a noun phrase. In: its nouns. Out: what it is called, and what is known of that.

The last noun is the head; a noun of several words that has a row wins. Capitals alone are a name.
"""

from __future__ import annotations

from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.reading.qualities import describe
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Sense
from flow_nb.director.vocabulary import NounRow

_OWNERS = ("its", "his", "her", "their", "my", "your", "our")


def head(lookup: Lookup, phrase: NounPhrase, units: list[Unit]) -> None:
    """Names the phrase by its nouns or its name."""
    last = units[-1]
    if (
        last.tag == "NAME"
        and len(units) > 1
        and units[-2].tag == "N"
        and _called(lookup, units[-2])
    ):
        head(lookup, phrase, units[:-1])
        phrase.name = last.written
        return
    if all(unit.tag == "NAME" for unit in units):
        _name(lookup, phrase, units)
        return
    phrase.plural = last.tag == "NS"
    phrase.noun, phrase.word = last.lemma, last.text
    rest = units[:-1]
    phrase.row, phrase.guessed = _row(lookup, phrase, rest)
    sense = lookup.words.sense
    listed = next((s for s in lookup.words.senses(last.text) if s.kind.startswith("nouns:")), None)
    if listed is not None and not (phrase.row and phrase.row.prop and listed.inferred):
        phrase.note = listed
    whole = " ".join(unit.text for unit in units)
    ground = sense(whole, "ground") or sense(last.text, "ground")
    if ground is not None and not (rest and _owns_row(phrase)):
        phrase.ground = ground.value
    phrase.body = not rest and not {last.text, last.lemma}.isdisjoint(lookup.words.listed("body"))
    things = lookup.words.listed("also_things")
    if not {last.text, last.lemma}.isdisjoint(things) and phrase.determiner not in _OWNERS:
        phrase.body = False
    camera = lookup.words.notes["camera"]
    phrase.framing = last.text in camera["frames"]
    if phrase.row is not None and phrase.row.kind == "place":
        phrase.sets = phrase.row.sets
    part = sense(last.text, "part")
    if part is not None and rest and rest[-1].tag in ("N", "NS") and not _owns_row(phrase):
        _part_of(lookup, phrase, part, units[:-1])
        return
    describe(lookup, phrase, rest)
    _of_place(lookup, phrase, rest)
    if rest and all(unit.tag == "NAME" for unit in rest) and phrase.person:
        phrase.name = " ".join(unit.written for unit in rest)


def _called(lookup: Lookup, unit: Unit) -> bool:
    """ "his dog Rex", "the painter Lucia"."""
    row = lookup.vocabulary.noun(unit.lemma)
    return row is not None and row.kind in ("person", "animal")


def _part_of(lookup: Lookup, phrase: NounPhrase, part: Sense, units: list[Unit]) -> None:
    """ "the table edge" is the edge of the table."""
    inner = NounPhrase(phrase.start, phrase.end, units[0].at, units[-1].upto)
    inner.determiner = phrase.determiner
    head(lookup, inner, units)
    phrase.of, phrase.ground = inner, None
    phrase.part = part.value if part.value != "outline" else ""


def _owns_row(phrase: NounPhrase) -> bool:
    return phrase.row is not None and " " in phrase.row.noun


def _row(lookup: Lookup, phrase: NounPhrase, rest: list[Unit]) -> tuple[NounRow | None, bool]:
    vocabulary = lookup.vocabulary
    if rest and rest[-1].tag != "NAME":
        both = f"{rest[-1].text} {phrase.noun}"
        if (row := vocabulary.noun(both)) is not None:
            phrase.noun = both
            rest.pop()
            return row, False
    if (row := vocabulary.noun(phrase.noun)) is not None:
        return row, False
    return lookup.guess_noun(phrase.noun), True


def _of_place(lookup: Lookup, phrase: NounPhrase, rest: list[Unit]) -> None:
    """ "kitchen table": the table of a kitchen."""
    for unit in rest if phrase.word not in lookup.words.listed("clothes") else ():
        row = lookup.vocabulary.noun(unit.lemma)
        if row is not None and row.kind == "place" and row.sets and not phrase.sets:
            phrase.notes.append((Sense("nouns:set", row.sets[0], True), unit.at, unit.upto))


def _name(lookup: Lookup, phrase: NounPhrase, units: list[Unit]) -> None:
    """A name by itself: of a person, or of a place that somebody knows."""
    written = " ".join(unit.written for unit in units)
    whole = " ".join(unit.text for unit in units)
    phrase.noun, phrase.word = whole, whole
    vocabulary, last = lookup.vocabulary, units[-1].text
    row = vocabulary.noun(whole) or lookup.guess_noun(whole)
    if row is None and len(units) > 1:
        row = vocabulary.noun(last)
    given = units[0].text in lookup.names or units[0].text in lookup.words.listed(
        "people", "titles"
    )
    if row is not None and row.kind == "place" and not given:
        phrase.row, phrase.guessed, phrase.sets = row, True, row.sets
        phrase.ground = "" if not row.prop else None
        phrase.determiner = phrase.determiner or "the"
        return
    if row is not None and row.kind != "person" and not given:
        phrase.row, phrase.guessed = row, row.guessed
        phrase.noun = row.noun
        return
    phrase.name = written.title() if written.isupper() else written
    phrase.noun, phrase.determiner = "person", phrase.determiner or "the"
    phrase.row = row if row and row.kind == "person" else vocabulary.noun("person")
