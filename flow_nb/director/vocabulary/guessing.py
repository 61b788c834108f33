"""Words without a row. In: a word. Out: the row of the nearest word above it in WordNet.

A row's place in WordNet is its first sense of a fitting kind: of "glass" the vessel, not the stuff. A
walk goes up from the unknown word's most common sense until it meets such a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
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
_DOERS = ("er", "or", "ist")
_SHORT = 2
_TOO_GENERAL_DEPTH = 5
"""Above lie entity, object, whole, artifact, living thing: what is only that is not known."""


class Guesses:
    """The two walks."""

    def __init__(self, table: Table, nouns: Nouns, verbs: Verbs) -> None:
        self._table, self._nouns, self._verbs = table, nouns, verbs

    def noun(self, word: str) -> NounRow | None:
        """The nearest noun's row under the word's own name, or what its class tells, or None."""
        senses = self._table.senses(word, "n")
        if not senses:
            return self._by_end(word) or self._doer(word)
        files = self._table.nouns.files
        row = self._row_above(senses[0])
        if files[senses[0]] == _FOOD or (row is not None and row.kind == "material"):
            living = (s for s in senses[1:] if files[s] in (_ANIMAL, _PLANT))
            alive = (self._row_above(sense) for sense in living)  # the tree before its wood
            row = next((r for r in alive if r is not None and r.kind != "material"), row)
        if row is not None:
            return replace(row, noun=word, guessed=True)
        kind = files[senses[0]]
        if kind in _NO_CLASS:
            return None
        return NounRow(noun=word, kind=_CLASSES.get(kind, "abstract"), guessed=True)

    def _by_end(self, word: str) -> NounRow | None:
        """ "snowplough", "fastball": a word that ends in a noun with a shape is one of those."""
        for start in range(3, len(word) - 3):
            row = self._nouns.row(word[start:])
            if row is not None and row.prop and row.kind == "thing":
                return replace(row, noun=word, guessed=True)
        return None

    def _doer(self, word: str) -> NounRow | None:
        """ "kayaker", "unicyclist": who does what a verb or a thing is called after."""
        ending = next((end for end in _DOERS if word.endswith(end)), "")
        stem = word.removesuffix(ending)
        bases = (stem, f"{stem}e", stem[:-1]) if ending and len(stem) > _SHORT else ()
        does = any(self._table.senses(base, pos) for base in bases for pos in "vn")
        row = self._nouns.row("person") if does else None
        return replace(row, noun=word, guessed=True) if row is not None else None

    def _row_above(self, sense: int) -> NounRow | None:
        tree = self._table.nouns
        near = self._nearest(tree.up(sense), "n")
        near = near or _CLASS_NOUNS.get(tree.files[sense])
        return self._nouns.row(near) if near else None

    def verb(self, word: str) -> VerbRow | None:
        """The nearest verb's row under the word's own name, or None."""
        tree = self._table.verbs
        for sense in self._table.senses(word, "v"):
            if tree.files[sense] not in _SHOWN:
                return None
            near = self._nearest(islice(tree.up(sense), _STEPS + 1), "v")
            row = self._verbs.row(near) if near else None
            if row is not None:
                return replace(row, lemma=word, guessed=True)
        return None

    def _nearest(self, senses: Iterable[int], pos: str) -> str | None:
        return next((word for sense in senses if (word := self._at(sense, pos))), None)

    @lru_cache(maxsize=4096)  # noqa: B019  there is one vocabulary
    def _at(self, sense: int, pos: str) -> str | None:
        """The word with a row whose place a sense is; of several the commonest."""
        fits = self._noun_fits if pos == "n" else self._verb_fits
        here = [word for word in self._table.meaning(sense, pos) if fits(word, sense)]
        return max(here, key=lambda word: self._table.weight(word, pos), default=None)

    def _noun_fits(self, noun: str, sense: int) -> bool:
        if noun not in self._nouns or noun in self._nouns.tops:
            return False
        tree, kind = self._table.nouns, self._nouns.kind(noun)
        fitting = (
            place
            for place in self._table.senses(noun, "n")
            if tree.files[place] in _FILES[kind]
            and (kind == "abstract" or tree.depths[place] >= _TOO_GENERAL_DEPTH)
        )
        return next(fitting, None) == sense

    def _verb_fits(self, verb: str, sense: int) -> bool:
        if verb not in self._verbs or verb in self._verbs.tops:
            return False
        group = self._verbs.group(verb)
        plan = {group.get("does"), group.get("done")}
        wanted = _TELLING if "gesture" in plan else _WORKING if "handle" in plan else _MOVING
        places = self._table.senses(verb, "v")
        return next((s for s in places if self._table.verbs.files[s] in wanted), None) == sense
