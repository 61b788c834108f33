"""Who and what the text speaks of. In: noun phrases, as they are read. Out: indices of things, made or found.

"A ball" brings a new thing; "the ball", "it", "they", "the second one" find one that is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from flow_nb.director.frame import Thing
from flow_nb.director.reading.alike import Entry, of_class, same_kind
from flow_nb.director.reading.lookup import Lookup
from flow_nb.director.reading.phrase import NounPhrase

Ids = tuple[int, ...]
MANY = 3
MEMORY = 80
"""Only so many of the things that entered last are looked back at."""
_SPLIT_MOST = 12
LAST, OTHER = -1, 0
_MORE = ("domino",)
"""Of these a row is longer."""
_OPPOSITES = {
    "left": "right",
    "right": "left",
    "upper": "lower",
    "lower": "upper",
    "heavy": "light",
    "light": "heavy",
}
_ORDERS = ("same", "whole", "entire", "very", "now")


class Cast:
    """All things in order of appearance. ``clock`` counts mentions; ``said`` lists who was meant."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.entries: list[Entry] = []
        self.said: list[Ids] = []
        self.groups: dict[int, Ids] = {}
        self.clock = 0

    def things(self) -> tuple[Thing, ...]:
        """The finished things."""
        return tuple(entry.thing for entry in self.entries)

    def entry(self, index: int) -> Entry:
        """The thing behind an index that is not the ground."""
        return self.entries[index]

    def touch(self, ids: Ids) -> Ids:
        """Notes that these were spoken of just now."""
        self.clock += 1
        for index in ids:
            if index >= 0:
                self.entries[index].mentioned = self.clock
        if ids and ids[0] >= 0:
            self.said.append(ids)
        return ids

    def change(self, index: int, **more: object) -> None:
        """Adds to what is known of a thing."""
        entry = self.entries[index]
        values = {f.name: getattr(entry.thing, f.name) for f in fields(entry.thing)}
        entry.thing = Thing(**(values | more))

    def is_person(self, index: int) -> bool:
        """Whether it is somebody."""
        return index >= 0 and self.entries[index].person

    def alive(self, index: int) -> bool:
        """Whether it is somebody or an animal."""
        return index >= 0 and (self.entries[index].person or self.entries[index].animal)

    def named(self, phrase: NounPhrase) -> Ids:
        """The things that a phrase with a noun means; made where they are new."""
        known = self._known(phrase)
        bare = not phrase.determiner and phrase.count is None and not phrase.plural
        one = phrase.determiner == "one" and any(self.entries[i].plural for i in known)
        phrase.subset = phrase.subset or one
        phrase.count = 1 if one else phrase.count
        again = phrase.definite or phrase.subset or phrase.ordinal is not None
        found = self._pick(phrase, known) if known and (again or bare) else ()
        if found:
            self._merge(found, phrase)
            return self.touch(found)
        if phrase.name and (found := self._by_name(phrase.name)):
            return self.touch(found)
        return self.touch(self._part(phrase) if phrase.subset else (self.enter(phrase),))

    def _part(self, phrase: NounPhrase) -> Ids:
        """ "one of the three balls": all three enter."""
        count, phrase.count = phrase.count or 1, phrase.whole or MANY
        return self.carve(self.enter(phrase), count)

    def _by_name(self, name: str) -> Ids:
        for i, entry in enumerate(self.entries):
            if name in (entry.thing.name, *entry.thing.name.split()[:1]):
                return (i,)
        return ()

    def _known(self, phrase: NounPhrase) -> list[int]:
        """Things that the phrase may mean again, in the order in which they were last spoken of."""
        if phrase.name:
            return []
        noun, row = phrase.noun, phrase.row
        if phrase.definite and (heap := self._heaped(phrase)):
            return heap
        near = range(max(0, len(self.entries) - MEMORY), len(self.entries))
        order = sorted(near, key=lambda i: self.entries[i].mentioned)
        named = [i for i in order if self._same_noun(self.entries[i].thing, noun)]
        same = [i for i in named if self._agrees(self.entries[i].thing, phrase)]
        if same or not phrase.definite:
            return same
        fits = [i for i in order if self._agrees(self.entries[i].thing, phrase)]
        there = {i: self.entries[i] for i in fits}
        gender = self.gender_of(noun)
        generics = self.lookup.words.rows["generics"]
        return of_class(there, phrase, gender, generics) or same_kind(there, row)

    def _heaped(self, phrase: NounPhrase) -> list[int]:
        """ "the stack" after "three boxes are stacked"."""
        row = self.lookup.words.sense(f"{phrase.noun} of", "arrangement")
        entries = enumerate(self.entries)
        return [i for i, e in entries if row is not None and e.thing.arrangement == row.value]

    @staticmethod
    def _same_noun(thing: Thing, noun: str) -> bool:
        return (
            thing.noun == noun or thing.noun.endswith(f" {noun}") or noun.endswith(f" {thing.noun}")
        )

    def _agrees(self, thing: Thing, phrase: NounPhrase) -> bool:
        colours = phrase.colour in ("", thing.colour)
        if any(_OPPOSITES.get(q) in thing.qualities for q in phrase.qualities):
            return False
        told = phrase.scale != 1.0 or any(q not in _ORDERS for q in phrase.qualities)
        marked = thing.scale != 1.0 or bool(thing.qualities)
        alike = phrase.scale == thing.scale or bool({*phrase.qualities} & {*thing.qualities})
        if told and marked and not alike and phrase.ordinal is None:
            return False
        return colours and phrase.material in ("", thing.material) and thing.count > 0

    def _pick(self, phrase: NounPhrase, known: list[int]) -> Ids:
        singles = [i for i in known if self.entries[i].thing.count == 1]
        several = [i for i in known if self.entries[i].thing.count > 1]
        if phrase.ordinal is not None or phrase.subset or phrase.determiner == "each":
            return self._some_of(phrase, known, singles, several)
        if phrase.plural or phrase.count not in (None, 1) or self._heaped(phrase):
            if several:
                return (several[-1],)
            return tuple(singles) if len(singles) > 1 else ()
        if singles:
            return (singles[-1],)
        return (several[-1],) if several and phrase.determiner in ("each", "every") else ()

    def _some_of(
        self, phrase: NounPhrase, known: list[int], singles: list[int], several: list[int]
    ) -> Ids:
        if phrase.determiner == "each" or (phrase.subset and phrase.count is None):
            return tuple(known[-1:]) if several else tuple(singles)
        if phrase.ordinal in (OTHER, 2) and len(singles) == 1 and not several:
            return () if phrase.ordinal == 2 or phrase.determiner == "another" else tuple(singles)
        if phrase.ordinal == OTHER:
            rest = [i for i in sorted(known) if i not in self.recent()]
            return tuple(rest) if phrase.plural else tuple(rest[:1])
        if several:
            return self.carve(several[-1], phrase.count or 1)
        if not singles or phrase.ordinal is None:
            return tuple(singles[: phrase.count])
        ordered = sorted(singles)
        if phrase.ordinal == LAST:
            return (ordered[-1],)
        return (ordered[min(phrase.ordinal, len(ordered)) - 1],) if len(ordered) > 1 else ()

    def recent(self) -> Ids:
        """What was spoken of last."""
        return self.said[-1] if self.said else ()

    def carve(self, index: int, count: int = 1) -> Ids:
        """Takes some out of several: "the second ball" of three. In a row or a stack all stay one."""
        entry = self.entries[index]
        thing = entry.thing
        if thing.arrangement or not count < thing.count <= _SPLIT_MOST:
            return (index,)
        self.change(index, count=thing.count - count)
        values = {f.name: getattr(thing, f.name) for f in fields(thing)}
        part = Entry(
            Thing(**(values | {"count": count})), entry.gender, entry.person, entry.animal,
            plural=count > 1,
        )  # fmt: skip
        self.entries.append(part)
        entry.carved.append(len(self.entries) - 1)
        return (len(self.entries) - 1,)

    def whole(self, ids: Iterable[int]) -> Ids:
        """Things with all that was carved out of them later: for what was said before."""
        found: list[int] = []
        for index in ids:
            found.append(index)
            if index >= 0:
                found.extend(self.entries[index].carved)
        return tuple(dict.fromkeys(found))

    def gender_of(self, noun: str) -> str:
        """He, she, or nothing."""
        people = self.lookup.words.rows["people"]
        last = noun.rsplit(" ", maxsplit=1)[-1]
        return next((g for g in ("he", "she") if noun in people[g] or last in people[g]), "")

    def gender_of_name(self, name: str) -> str:
        """He or she, where the first name is one that everybody knows."""
        first = name.lower().split()[0] if name else ""
        names = self.lookup.words.rows["names"]
        return next((g for g in ("he", "she") if first in names[g]), "")

    def has(self, name: str) -> bool:
        """Whether somebody of that name is there."""
        return bool(self._by_name(name))

    def enter(self, phrase: NounPhrase) -> int:
        """A new thing."""
        row = phrase.row
        single = row.count if row is not None and row.count > 1 else 1
        if phrase.determiner.startswith("both") and phrase.count is None:
            phrase.count = 2
        count = phrase.count if phrase.count is not None else single
        vague = phrase.vague
        several = phrase.plural and phrase.count is None and single == 1
        if several or (phrase.arrangement and phrase.count is None):
            count, vague = MANY + 2 * (bool(phrase.arrangement) and phrase.noun in _MORE), True
        thing = Thing(
            noun=phrase.noun, span=(phrase.at, phrase.upto), row=row, guessed=phrase.guessed,
            count=count, vague=vague, arrangement=phrase.arrangement, colour=phrase.colour,
            material=phrase.material, scale=phrase.scale, size_m=phrase.size_m,
            mass_kg=phrase.mass_kg, age=phrase.age or (row.age if row else None),
            mood=phrase.mood or (row.mood if row else ""), filled=phrase.filled, lit=phrase.lit,
            name=phrase.name, qualities=tuple(phrase.qualities),
        )  # fmt: skip
        gender = self.gender_of(phrase.noun)
        gender = gender or self.gender_of_name(phrase.name)
        entry = Entry(
            thing, gender, phrase.person, row is not None and row.kind == "animal",
            plural=count > 1, definite=phrase.definite,
        )  # fmt: skip
        self.entries.append(entry)
        return len(self.entries) - 1

    def _merge(self, ids: Ids, phrase: NounPhrase) -> None:
        """What a later mention adds: "the ball ... the red ball"."""
        for index in ids:
            thing = self.entries[index].thing
            more: dict[str, object] = {}
            for name in ("colour", "material", "filled", "mood", "name"):
                if getattr(phrase, name) and not getattr(thing, name):
                    more[name] = getattr(phrase, name)
            for name in ("size_m", "mass_kg"):
                if getattr(phrase, name) is not None and getattr(thing, name) is None:
                    more[name] = getattr(phrase, name)
            if phrase.scale != 1.0 and thing.scale == 1.0:
                more["scale"] = phrase.scale
            if more:
                self.change(index, **more)
