"""Words without a row. In: a word. Out: the row of the nearest word above it in WordNet.

A row's place in WordNet is its first sense of a fitting kind: of "glass" the vessel, not the stuff. A
walk goes up from the unknown word's most common sense until it meets such a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice

from flow_nb.director.vocabulary.reading import Nouns, Verbs
from flow_nb.director.vocabulary.rows import NounClass, NounRow, VerbRow
from flow_nb.director.vocabulary.table import Table

_ANIMAL, _ARTIFACT, _BODY, _FOOD, _GROUP = 5, 6, 8, 13, 14
_LOCATION, _OBJECT, _PERSON, _PLANT, _SUBSTANCE = 15, 17, 18, 20, 27
_TOPS, _PHENOMENON = 3, 19
_ALL = frozenset(range(45))
_MATTER = frozenset({_ARTIFACT, _FOOD, _OBJECT, _PHENOMENON, _PLANT, _SUBSTANCE})
"""Numbers of WordNet's lexicographer's files, lexnames(5WN)."""

_FILES: Mapping[NounClass, frozenset[int]] = {
    "thing": _MATTER,
    "person": frozenset({_PERSON}),
    "animal": frozenset({_ANIMAL}),
    "place": frozenset({_LOCATION, _ARTIFACT, _OBJECT, _GROUP}),
    "liquid": frozenset({_SUBSTANCE, _FOOD, _BODY}),
    "material": frozenset({_SUBSTANCE, _ARTIFACT, _PLANT}),
    "part": frozenset({_BODY, _ARTIFACT, _PLANT, _ANIMAL}),
    "abstract": _ALL - _MATTER - {_TOPS, _PERSON, _ANIMAL, _BODY, _LOCATION},
}
_BODILY, _CHANGE, _TALK, _CONSUMING, _CONTACT, _CREATING = 29, 30, 32, 34, 35, 36
_MOTION, _PERCEIVING, _WEATHER = 38, 39, 43
_MOVING = frozenset({_BODILY, _CHANGE, _CONTACT, _MOTION, _PERCEIVING, _WEATHER})
_TELLING = frozenset({_BODILY, _TALK, _CONTACT, _MOTION})
_WORKING = frozenset({_CONSUMING, _CONTACT, _CREATING, _BODILY})
_SHOWN = _MOVING | _TELLING | _WORKING
"""What can be seen. Verbs of thinking, owning, society, feeling and being are never guessed."""
_STEPS = 3
"""As far as a verb may be from the row that stands for it."""

_CLASS_NOUNS = {_PERSON: "person", _ANIMAL: "animal", _PLANT: "plant", _FOOD: "food"}
_CLASSES: Mapping[int, NounClass] = {
    _LOCATION: "place",
    _SUBSTANCE: "material",
    _BODY: "part",
}
_NO_CLASS = frozenset({_TOPS, _ARTIFACT, _OBJECT, _GROUP})
_TOO_GENERAL_DEPTH = 5
"""Above lie entity, object, whole, artifact, living thing: what is only that is not known."""


class Guesses:
    """The two walks. The places of all rows are found at the first guess."""

    def __init__(self, table: Table, nouns: Nouns, verbs: Verbs) -> None:
        self._table, self._nouns, self._verbs = table, nouns, verbs

    def noun(self, word: str) -> NounRow | None:
        """The nearest noun's row under the word's own name, or what its class tells, or None."""
        senses = self._table.entry(word).senses.get("n", ())
        if not senses:
            return None
        kind = self._table.nouns.files[senses[0]]
        above = self._table.nouns.up(senses[0])
        near = _nearest(above, self._noun_places) or _CLASS_NOUNS.get(kind)
        row = self._nouns.row(near) if near else None
        if row is not None:
            return replace(row, noun=word, guessed=True)
        if kind in _NO_CLASS:
            return None
        return NounRow(noun=word, kind=_CLASSES.get(kind, "abstract"), guessed=True)

    def verb(self, word: str) -> VerbRow | None:
        """The nearest verb's row under the word's own name, or None."""
        tree = self._table.verbs
        for sense in self._table.entry(word).senses.get("v", ()):
            if tree.files[sense] not in _SHOWN:
                return None
            near = _nearest(islice(tree.up(sense), _STEPS + 1), self._verb_places)
            row = self._verbs.row(near) if near else None
            if row is not None:
                return replace(row, lemma=word, guessed=True)
        return None

    @cached_property
    def _noun_places(self) -> Mapping[int, str]:
        def fits(noun: str, sense: int) -> bool:
            kind = self._nouns.kind(noun)
            deep = kind == "abstract" or self._table.nouns.depths[sense] >= _TOO_GENERAL_DEPTH
            return deep and self._table.nouns.files[sense] in _FILES[kind]

        words = (noun for noun in self._nouns.words() if noun not in self._nouns.tops)
        return self._places("n", words, fits)

    @cached_property
    def _verb_places(self) -> Mapping[int, str]:
        def fits(verb: str, sense: int) -> bool:
            group = self._verbs.group(verb)
            plan = {group.get("does"), group.get("done")}
            wanted = _TELLING if "gesture" in plan else _WORKING if "handle" in plan else _MOVING
            return self._table.verbs.files[sense] in wanted

        words = (verb for verb in self._verbs.words() if verb not in self._verbs.tops)
        return self._places("v", words, fits)

    def _places(
        self, pos: str, words: Iterable[str], fits: Callable[[str, int], bool]
    ) -> Mapping[int, str]:
        places: dict[int, str] = {}
        common: dict[int, int] = {}
        for word in words:
            entry = self._table.entry(word)
            sense = next((s for s in entry.senses.get(pos, ()) if fits(word, s)), None)
            if sense is not None and entry.weights[pos] > common.get(sense, 0):
                places[sense], common[sense] = word, entry.weights[pos]
        return places


def _nearest(senses: Iterable[int], places: Mapping[int, str]) -> str | None:
    return next((places[sense] for sense in senses if sense in places), None)
