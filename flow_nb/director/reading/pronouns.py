"""It, they, him, one, the other. In: what was said so far. Out: the things that are meant, or none."""

from __future__ import annotations

from collections.abc import Sequence

from flow_nb.director.reading.cast import MEMORY, Cast, Ids
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.phrase import NounPhrase
from flow_nb.director.vocabulary import VerbRow

_GIVES_WAY = ("fall", "shatter", "knock over", "drop", "explode", "splash", "sink", "rest", "shake", "swing",
              "squash")  # fmt: skip

_LIFELESS = ("roll", "slide", "bounce", "fly", "float", "spin", "drive", "flutter", "pour")
_WILLED = ("walk", "run", "jump", "climb", "dance", "look", "reach", "gesture", "wave", "point", "handle", "sit",
           "stand", "crouch")  # fmt: skip


class Pronouns:
    """Finds what a pronoun means among a cast and the frames so far."""

    def __init__(self, cast: Cast, frames: Sequence[Draft]) -> None:
        self.cast, self.frames = cast, frames

    def meant(
        self, phrase: NounPhrase, *, subject: bool, but: Ids = (), verb: VerbRow | None = None
    ) -> Ids:
        """The things behind a pronoun; ``but`` are the ones that act in the same clause."""
        reflexive = phrase.word.endswith(("self", "selves"))
        if reflexive and but:
            return but
        kind = phrase.pronoun
        if kind in ("he", "she"):
            found = self._somebody(kind, but)
        elif kind == "it":
            found = self._subject_it(verb) if subject else self._object_it(but)
        elif kind == "they":
            found = self._they(phrase, but, verb if subject else None)
        elif kind == "one":
            found = self._one(phrase, but)
        else:
            found = ()
        return self.cast.touch(found) if found else ()

    def _by_mention(self) -> list[int]:
        entries = self.cast.entries
        near = range(max(0, len(entries) - MEMORY), len(entries))
        return sorted(near, key=lambda i: -entries[i].mentioned)

    def _somebody(self, gender: str, but: Ids) -> Ids:
        """Who acted last comes before who was mentioned last."""
        order = [i for frame in reversed(self.frames[-MEMORY:]) for i in frame.agents if i >= 0]
        order += self._by_mention()
        entries = self.cast.entries
        order = [i for i in order if not entries[i].plural]
        fits = [i for i in order if entries[i].gender == gender and i not in but]
        perhaps = [i for i in order if self.cast.is_person(i) and not entries[i].gender]
        perhaps = [i for i in perhaps if i not in but and not entries[i].plural]
        tame = [i for i in order if entries[i].animal and i not in but]
        found = fits or perhaps or tame
        return (found[0],) if found else ()

    def _single(self, index: int) -> bool:
        if index < 0 or self.cast.is_person(index):
            return False
        entry = self.cast.entry(index)
        return not entry.plural or bool(entry.thing.arrangement)

    def _subject_it(self, verb: VerbRow | None) -> Ids:
        """As a subject: what acted last. What breaks or falls is rather what was met or handled."""
        gives_way = verb is not None and verb.does in _GIVES_WAY
        heavy: Ids = ()
        for frame in reversed(self.frames[-MEMORY:]):
            met = [
                i for i in (*frame.patients, *(p.thing for p in frame.places)) if self._single(i)
            ]
            movers = [i for i in frame.agents if self._single(i)]
            patients = [i for i in frame.patients if self._single(i)]
            if verb is not None and verb.does in _LIFELESS and self._moved(movers, patients):
                return (patients[0],)
            for found in (patients, met) if gives_way and not frame.state else ():
                if len(found) == 1 and not self.furniture(found[0]):
                    return (found[0],)
            if len(movers) == 1 and gives_way and self.furniture(movers[0]) and not heavy:
                heavy = (movers[0],)
                continue
            if len(movers) == 1:
                return (movers[0],)
            if patients:
                return (patients[-1],)
        return heavy or self._object_it(())

    def _moved(self, movers: Sequence[int], patients: Sequence[int]) -> bool:
        """ "the mouse pushes a cheese, but it rolls back": the cheese does."""
        alive = self.cast.alive
        return (
            len(patients) == 1
            and not alive(patients[0])
            and bool(movers)
            and all(map(alive, movers))
        )

    def furniture(self, index: int) -> bool:
        """Whether it is something that things stand on or at."""
        row = self.cast.entry(index).thing.row
        return row is not None and row.prop in _FURNITURE

    def _abstract(self, index: int) -> bool:
        row = self.cast.entry(index).thing.row
        return row is not None and row.kind == "abstract"

    def _object_it(self, but: Ids) -> Ids:
        """As an object: what was handled last, else what was mentioned last and does not act here;
        furniture only for want of others."""
        taken = set(but)
        done = [
            f for f in self.frames[-3:] if f.patients and not f.state and not taken & {*f.patients}
        ]
        handled = [i for i in done[-1].patients if self._single(i)] if done else []
        if len(handled) == 1 and not self._abstract(handled[0]):
            return (handled[0],)
        found = [i for i in self._by_mention() if self._single(i) and i not in but]
        found = [i for i in found if not self._abstract(i)] or found
        loose = [i for i in found if not self.furniture(i) and not self.cast.entry(i).animal]
        beasts = [i for i in found if not self.furniture(i)]
        recent = found[:1] if found and self.cast.entry(found[0]).animal else []
        chosen = recent or loose or beasts or found
        return tuple(chosen[:1])

    def _willed(self, but: Ids) -> Ids:
        """Who does what only somebody does: the living of several kinds, or one who is called they."""
        living = [
            said for said in reversed(self.cast.said)
            if all(map(self.cast.alive, said)) and not set(said) & set(but)
        ]  # fmt: skip
        many = (said for said in living if len(said) > 1 or self.cast.entry(said[0]).plural)
        one = (said for said in living if self.cast.is_person(said[0]))
        return next(many, ()) or next(one, ())

    def _they(self, phrase: NounPhrase, but: Ids, verb: VerbRow | None = None) -> Ids:
        """The several that were mentioned last, else the last two of a kind, else everybody."""
        wanted = phrase.count
        acts = verb is not None and verb.does in _WILLED and wanted is None
        if acts and (willed := self._willed(but)):
            return willed
        for said in reversed(self.cast.said):
            if all(map(self._abstract, said)):
                continue
            many = len(said) > 1 or self.cast.entry(said[0]).plural
            if many and not set(said) & set(but) and (wanted is None or self._size(said) >= wanted):
                return said
        recent: list[int] = []
        if phrase.word == "all" and wanted is None:
            wanted = _ALL_MOST
        for said in reversed(self.cast.said[-MEMORY:]):
            recent += [i for i in said if i not in recent and i not in but]
        alive = [i for i in recent if self.cast.alive(i)]
        if len(alive) > 1:
            return tuple(sorted(alive[: wanted or 2]))
        if len(recent) == 1 and not self.cast.is_person(recent[0]):
            return ()
        return tuple(sorted(recent[: wanted or 2]))

    def _size(self, said: Ids) -> int:
        return sum(self.cast.entry(i).thing.count for i in said)

    def _one(self, phrase: NounPhrase, but: Ids) -> Ids:
        """ "one", "the other", "the red one": out of the several that were mentioned last."""
        if phrase.colour:
            fits = [
                i for i in self._by_mention() if self.cast.entry(i).thing.colour == phrase.colour
            ]
            return tuple(fits[:1])
        group = next((s for s in reversed(self.cast.said) if self._size(s) > 1), ())
        if phrase.ordinal == 0:
            return self._other(self.cast.recent()) or group
        if len(group) == 1:
            return self.cast.carve(group[0])
        if group and phrase.ordinal is not None:
            return (group[min(phrase.ordinal, len(group)) - 1 if phrase.ordinal > 0 else -1],)
        return group[:1]

    def _other(self, recent: Ids) -> Ids:
        """Those of the last group that were not meant just now."""
        for said in reversed(self.cast.said):
            whole = self.cast.whole(said)
            rest = tuple(i for i in whole if i not in recent)
            if rest and len(whole) > 1:
                return rest
        return ()


_ALL_MOST = 6
_FURNITURE = frozenset(
    ("table", "shelf", "stool", "chair", "ramp", "wall", "sofa", "bed", "desk", "cabinet", "fridge",
     "oven", "bathtub", "bench", "rug", "door", "window", "gate", "house", "tower", "fence",
     "street-lamp", "traffic-light", "tree", "bridge", "fountain", "column", "toilet",
     "sink", "stop-sign", "parking-meter", "phone-booth", "palm", "pine", "cherry-tree",
     "christmas-tree", "eiffel-tower", "lighthouse", "windmill", "skyscraper")
)  # fmt: skip
