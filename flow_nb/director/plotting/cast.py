"""Who and what is in the shot. In: a reading's `Thing`s. Out: bodies, and which thing is which of them.

Places become the set, liquids what something is filled with; what has no shape is listed as not placed.
``absent`` are things that the text only says are not there, ``scenery`` those that the set shows.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Sequence

from flow_nb.director.frame import GROUND, Span, Thing
from flow_nb.director.plotting.body_names import slug_of
from flow_nb.director.plotting.gaps import Gaps
from flow_nb.director.plotting.sizes import longest_m, scale_for
from flow_nb.director.plotting.tables import tables
from flow_nb.director.plotting.wardrobe import Wardrobe, described
from flow_nb.director.vocabulary import NounRow, Vocabulary
from flow_nb.errors import PlanError, quote
from flow_nb.plan.base import Origin
from flow_nb.plan.plan import MAX_BODIES, WORLD, Body
from flow_nb.props.archetypes import archetypes
from flow_nb.props.materials import materials

MIN_MASS_KG, MAX_MASS_KG = 1e-4, 50_000.0
GUESSED = 0.6
CUTOUT = "cutout"
NEAR = 0.82
"""How alike two spellings must be for one to be meant by the other."""

_OWN = re.compile(r"\b(his|her|its|their|my|your)\b")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SHAPELESS = {
    "abstract": "it has no shape that could be shown",
    "part": "a part moves with the whole that it belongs to",
    "material": "a material is shown only as what something is made of",
    "liquid": "a liquid is shown only in a vessel, or poured from one",
}


class Cast:
    """The bodies in order of appearance. ``of`` maps the index of a thing to its bodies' names.

    ``shown`` lists stretches of text whose effect has no origin of its own (a garment's colour);
    ``set_kind`` is the set where all this happens, once that is known; ``wet``: there is water.
    """

    def __init__(
        self,
        things: Sequence[Thing],
        gaps: Gaps,
        absent: frozenset[int],
        vocabulary: Vocabulary,
        scenery: Container[int] = (),
    ) -> None:
        self.things = tuple(things)
        self.bodies: dict[str, Body] = {}
        self.of: dict[int, tuple[str, ...]] = {GROUND: (WORLD,)}
        self.groups: list[tuple[str, tuple[str, ...]]] = []
        self.used: set[int] = set()
        self.shown: list[Span] = []
        self.set_kind = ""
        self.wet = False
        self._gaps = gaps
        self._vocabulary = vocabulary
        self._kinds: dict[str, str] = {}
        for i, thing in enumerate(self.things):
            if i in scenery:
                self.of[i] = (WORLD,)
                self.shown.append(thing.span)
            else:
                self.of[i] = () if i in absent else self._enter(thing)

    # Questions.

    def names(self, thing: int) -> tuple[str, ...]:
        """The bodies that a thing is; the set for a place; nothing for what has no shape."""
        return self.of.get(thing, ())

    def kind(self, name: str) -> str:
        """person, animal, thing or vehicle."""
        return self._kinds.get(name, "thing")

    def acts(self, name: str) -> bool:
        """Whether it moves by its own will."""
        return self.kind(name) in ("person", "animal")

    def goes(self, name: str) -> bool:
        """Whether it moves by itself: somebody, an animal, a vehicle."""
        return self.acts(name) or self.kind(name) == "vehicle"

    def size_m(self, name: str) -> float:
        """Its longest dimension, in metres."""
        body = self.bodies[name]
        return longest_m(body.prop, body.age) * body.scale

    def breaks(self, name: str) -> bool:
        """Whether it can shatter."""
        body = self.bodies[name]
        prop, material = archetypes().get(body.prop), materials().get(body.material)
        brittle = material is not None and material.breaks_at_m_s is not None
        return brittle and (prop is None or not prop.unbreakable)

    def is_furniture(self, name: str) -> bool:
        """Whether things stand on it."""
        prop = archetypes().get(self.bodies[name].prop) if name != WORLD else None
        return prop is not None and prop.furniture

    def is_own(self, name: str) -> bool:
        """Whether the text says whose it is: "his sword"."""
        thing = next((i for i, names in self.of.items() if name in names and i >= 0), None)
        if thing is None or thing >= len(self.things):
            return False
        start, end = self.things[thing].span
        words = self._gaps.text[max(0, start - 6) : end].lower()
        return _OWN.search(words) is not None

    def kind_of(self, name: str) -> str:
        """The kind of its archetype: a cord, a cloth; "" for the set."""
        body = self.bodies.get(name)
        row = archetypes().get(body.prop) if body else None
        return row.kind if row else ""

    def encloses(self, name: str | None) -> bool:
        """Whether somebody or something can be inside it."""
        body = self.bodies.get(name or "")
        return body is not None and body.prop in tables()["enclosures"]["props"]

    def is_liquid(self, thing: int) -> bool:
        """Whether a thing of the text only flows."""
        row = self.things[thing].row if thing >= 0 else None
        return row is not None and row.kind == "liquid"

    # Changes.

    def wake(self, name: str) -> None:
        """From here on it moves by its own will."""
        self._kinds[name] = "person"
        self.loosen(name)

    def loosen(self, name: str) -> None:
        """Furniture that somebody moves is not fixed; what cloth hangs on is."""
        row = archetypes().get(self.bodies[name].prop) if name in self.bodies else None
        if row is not None and row.cloth is not None and row.cloth.pins:
            return
        if name in self.bodies and self.bodies[name].fixed:
            self.change(name, fixed=False)

    def change(self, name: str, **fields: object) -> None:
        """The same body with other values."""
        self.bodies[name] = self.bodies[name].model_copy(update=fields)

    def join(self, part: str, whole: str) -> None:
        """A body that is a part of another is none of its own."""
        del self.bodies[part]
        for thing, names in self.of.items():
            self.of[thing] = tuple(whole if name == part else name for name in names)

    def bring(
        self, noun: str, prop: str, origin: Origin, *, kind: str = "thing", name: str = ""
    ) -> str:
        """Somebody or something that the text only implies."""
        row = NounRow(noun=noun, prop=prop)
        (fresh,) = self._fresh(name or noun, 1)
        self._room(1, noun)
        thing = Thing(noun=noun, span=(0, 0), row=row)
        self.bodies[fresh] = self._body(fresh, thing, row, origin)
        self._kinds[fresh] = kind
        return fresh

    def dress(self, wardrobe: Wardrobe) -> None:
        """Whoever wears something coloured is dressed in that; garments are no bodies."""
        self.shown += [*wardrobe.spans, *(self.things[i].span for i in sorted(wardrobe.garments))]
        self.used |= wardrobe.garments
        for wearer, trait in wardrobe.traits:
            for name in self.names(wearer):
                self.bodies[name] = described(self.bodies[name], trait)
        for wearer, colour in wardrobe.dyes:
            for name in self.names(wearer):
                if self.bodies[name].colour is None and _COLOUR.fullmatch(colour):
                    self.change(name, colour=colour)

    def shapeless(self) -> None:
        """Lists what is neither a body nor the set, and was of no use to anything else."""
        for i, thing in enumerate(self.things):
            row = thing.row
            if row and not row.prop and row.kind != "place" and i not in self.used and thing.count:
                self._gaps.say(thing.span, _SHAPELESS.get(row.kind, _SHAPELESS["abstract"]))

    # One thing.

    def _enter(self, thing: Thing) -> tuple[str, ...]:
        row = thing.row
        if row is None:
            self._gaps.say(
                thing.span,
                f'nobody here knows "{quote(thing.noun)}"; it stands as a paper cut-out',
                self._meant(thing.noun),
            )
            row = NounRow(noun=thing.noun, prop=CUTOUT)
        if not row.prop and row.kind == "place":
            return (WORLD,)
        if thing.count == 0:
            self._gaps.say(thing.span, "none of these is placed")
        if not row.prop or thing.count == 0:
            return ()
        self._room(thing.count, self._gaps.text[slice(*thing.span)] or thing.noun)
        origin = self._origin(thing)
        names = self._fresh(thing.name or thing.noun, thing.count)
        for name in names:
            self.bodies[name] = self._body(name, thing, row, origin)
            self._kinds[name] = _kind(row)
        arrangement = thing.arrangement or (
            "row" if row.prop in tables()["in_rows"]["props"] else ""
        )
        if arrangement and len(names) > 1:
            self.groups.append((arrangement, names))
        return names

    def _meant(self, noun: str) -> str:
        """The nearest spelling, and how to make the word known."""
        near = difflib.get_close_matches(noun.lower(), self._vocabulary.nouns(), n=1, cutoff=NEAR)
        define = f'Write "define {quote(noun)} = box, wood".'
        return f'Did you mean "{near[0]}"? {define}' if near else define

    def _origin(self, thing: Thing) -> Origin:
        ours = thing.guessed or thing.vague or thing.row is None
        return self._gaps.origin(thing.span, inferred=ours, confidence=GUESSED if ours else 1.0)

    def _room(self, count: int, words: str) -> None:
        room = MAX_BODIES - len(self.bodies)
        if count > room:
            raise PlanError(
                f'"{quote(words)}": {count:,} bodies here make {len(self.bodies) + count:,}; '
                f"a shot takes {MAX_BODIES}.",
                fix=f'Write "{max(room, 1)} {quote(words.rsplit(maxsplit=1)[-1].lower())}" or fewer.',
            )

    def _fresh(self, noun: str, count: int) -> tuple[str, ...]:
        """``glass`` for one; ``marble-1`` and so on for several, counting on from those there."""
        slug = slug_of(noun)
        taken = sum(1 for name in self.bodies if re.fullmatch(rf"{slug}(-\d+)?", name))
        if count == 1 and not taken:
            return (slug,)
        return tuple(f"{slug}-{taken + i + 1}" for i in range(count))

    def _body(self, name: str, thing: Thing, row: NounRow, origin: Origin) -> Body:
        prop = archetypes().get(row.prop)
        if thing.mass_kg is not None and not 0 < thing.mass_kg <= MAX_MASS_KG:
            raise PlanError(
                f"a mass of {thing.mass_kg:g} kg is not between 0 and {MAX_MASS_KG:,.0f} kg.",
                fix='Write a smaller one, as in "a 5 kg ball".',
            )
        age = thing.age or row.age or "adult"
        own = prop is not None and row.noun.replace(" ", "-") in (prop.name, *prop.nouns)
        material = next((m for m in (thing.material, row.material) if m in materials()), "")
        colour = thing.colour or row.colour
        return Body(
            name=name,
            noun=thing.noun[:200],
            prop=row.prop,
            material=material or (prop.material if prop else "cloth"),
            scale=scale_for(row.prop, age, thing.size_m, None if own else row.size_m, thing.scale),
            mass_kg=thing.mass_kg if thing.mass_kg is not None else _usual_kg(thing, row),
            colour=colour if _COLOUR.fullmatch(colour) else None,
            fixed=prop is not None and prop.furniture,
            filled=slug_of(thing.filled) if thing.filled else None,
            lit=thing.lit,
            age=age,
            mood=thing.mood or row.mood,
            origin=origin,
        )


def _usual_kg(thing: Thing, row: NounRow) -> float | None:
    """What the noun usually weighs, grown with its size and told anew by its material; None where the
    archetype knows that itself."""
    prop = archetypes().get(row.prop)
    known = prop is not None and prop.mass_kg is not None and row.noun in (prop.name, *prop.nouns)
    if row.mass_kg is None or known:
        return None
    kg = row.mass_kg
    if thing.size_m and row.size_m:
        kg *= (thing.size_m / row.size_m) ** 3
    else:
        kg *= thing.scale**3
    rows = materials()
    if thing.material in rows and row.material in rows:
        kg *= rows[thing.material].density_kg_m3 / rows[row.material].density_kg_m3
    return round(min(max(kg, MIN_MASS_KG), MAX_MASS_KG), 4)


def _kind(row: NounRow) -> str:
    prop = archetypes().get(row.prop)
    if row.kind in ("person", "animal"):
        return row.kind
    if prop is not None and prop.kind in ("figure", "animal", "vehicle"):
        return {"figure": "person"}.get(prop.kind, prop.kind)
    return "person" if row.prop in ("person", "robot") else "thing"
