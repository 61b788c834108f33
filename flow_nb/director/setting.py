"""Where, when, for how long, in which mood. In: words about the scene. Out: set, light, gravity, duration, beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flow_nb.director.cast import Ref
from flow_nb.director.gaps import Gaps
from flow_nb.director.lexicon import Elsewhere, Lexicon, Sense
from flow_nb.director.phrase import NounPhrase
from flow_nb.director.tokens import Token, origin_of
from flow_nb.errors import PlanError
from flow_nb.plan.base import DEFAULT, Origin
from flow_nb.plan.plan import Beat, Light, SetDesign
from flow_nb.plan.shot import DEFAULT_DURATION_S, MAX_DURATION_S, MIN_DURATION_S, Shot
from flow_nb.props.archetypes import sets

MOOD_INTENSITY = 0.6
NO_SET = Elsewhere(
    reason="this place is not among the sets", fix="Choose the studio, the kitchen or the street."
)


@dataclass(frozen=True, slots=True)
class _Said:
    value: Any
    words: tuple[Token, ...]
    inferred: bool = False


class SettingNotes:
    """Collects the scene; the first word on each matter counts."""

    def __init__(self, text: str, lexicon: Lexicon, gaps: Gaps) -> None:
        self._text = text
        self._lexicon = lexicon
        self._gaps = gaps
        self._set: _Said | None = None
        self._floor: _Said | None = None
        self._time: _Said | None = None
        self._gravity: _Said | None = None
        self._duration: _Said | None = None
        self._moods: list[_Said] = []

    def place(self, phrase: NounPhrase, ref: Ref) -> None:
        """A set that is named ("in the kitchen"), or a floor ("onto concrete")."""
        if phrase.set_kind:
            said = _Said(phrase.set_kind, ref.words, inferred=phrase.head == "prop")
            if self._set is None or (self._set.inferred and not said.inferred):
                self._set = said
            elif self._set.value != said.value and not said.inferred:
                self._gaps.say(ref.words, "a shot has one set", "Write it in its own cell.")
        if ref.floor and self._floor is None:
            self._floor = _Said(ref.floor, ref.words)

    def time(self, sense: Sense, words: tuple[Token, ...]) -> None:
        """A time of day."""
        said = _Said(sense.value, words, inferred=sense.kind == "time inferred")
        if self._time is None:
            self._time = said
        elif self._time.value != said.value and not said.inferred:
            self._gaps.say(words, "a shot has one time of day", "Write it in its own cell.")

    def gravity(self, sense: Sense, words: tuple[Token, ...]) -> None:
        """On the moon, on Mars, in zero gravity."""
        if self._gravity is None:
            self._gravity = _Said(sense.number, words)
        if sense.value in self._lexicon.rows["gravity_places"]["words"]:
            self._gaps.say(
                words,
                "its gravity is staged, the place is not among the sets",
                "Nothing needs changing.",
            )

    def duration(self, value_s: float, words: tuple[Token, ...]) -> None:
        """ "for 6 seconds"."""
        if not MIN_DURATION_S <= value_s <= MAX_DURATION_S:
            raise PlanError(
                f"a duration of {value_s:g} s is not between {MIN_DURATION_S:g} and "
                f"{MAX_DURATION_S:g} s.",
                fix='Write another, as in "for 6 seconds".',
            )
        if self._duration is None:
            self._duration = _Said(value_s, words)

    def mood(self, sense: Sense, words: Sequence[Token]) -> None:
        """A word of feeling."""
        if all(said.value != sense.value for said in self._moods):
            self._moods.append(_Said(sense.value, tuple(words)))

    def slug(self, tokens: Sequence[Token]) -> None:
        """ "INT. KITCHEN - GOLDEN HOUR": the set, the time, and what is neither."""
        at, left = 0, []
        while at < len(tokens):
            found = self._lexicon.find(tokens, at, "set", "time", "time inferred")
            if found is None:
                left.append(tokens[at])
                at += 1
                continue
            words = tuple(tokens[at : at + found[0]])
            if found[1].kind != "set":
                self.time(found[1], words)
            elif self._set is None:
                self._set = _Said(found[1].value, words)
            at += found[0]
        for token in left:
            if token.kind == "word" and not self._lexicon.find([token], 0, "word"):
                self._gaps.add([token], NO_SET)

    def set_design(self, shot: Shot) -> SetDesign:
        """The set: as the text says, as the scene is called, as its floor suggests, or the studio."""
        kind, origin = self._kind(shot)
        if self._floor is not None and sets()[kind].floor != self._floor.value:
            self._miss_floor(kind, self._floor)
        return SetDesign(kind=kind, origin=origin)

    def _kind(self, shot: Shot) -> tuple[str, Origin]:
        if self._set is not None:
            return self._set.value, self._origin(self._set)
        if (named := _set_of_scene(shot.scene)) is not None:
            return named, Origin(provenance="inferred", words="", at=-1, confidence=0.9)
        if self._floor is not None and (has := _set_with_floor(self._floor.value)):
            return has, origin_of(self._text, self._floor.words, "inferred", 0.7)
        return "studio", DEFAULT

    def _miss_floor(self, kind: str, floor: _Said) -> None:
        other = _set_with_floor(floor.value)
        fix = (
            f'Set it in the {other}, as in "in the {other}".'
            if other
            else "Choose hardwood (kitchen), asphalt (street) or linoleum (studio)."
        )
        self._gaps.say(floor.words, f"the floor of the {kind} is {sets()[kind].floor}", fix)

    def _origin(self, said: _Said) -> Origin:
        if said.inferred:
            return origin_of(self._text, said.words, "inferred", 0.7)
        return origin_of(self._text, said.words)

    def light(self) -> Light:
        """The time of day."""
        if self._time is None:
            return Light()
        return Light(time_of_day=self._time.value, origin=self._origin(self._time))

    def gravity_m_s2(self) -> float:
        """Earth's, unless the text says otherwise."""
        return 9.81 if self._gravity is None else float(self._gravity.value)

    def duration_s(self, shot: Shot, needed_s: float) -> float:
        """The cell's, else the text's, else the default or as long as the steps need."""
        said = self._duration
        if shot.duration_s is not None:
            if said is not None and said.value != shot.duration_s:
                self._gaps.say(
                    said.words, f"the cell's own duration is {shot.duration_s:g} s", "Keep one."
                )
            return shot.duration_s
        if said is not None:
            return float(said.value)
        return round(min(max(DEFAULT_DURATION_S, needed_s), MAX_DURATION_S), 3)

    def beats(self, duration_s: float) -> tuple[Beat, ...]:
        """The moods, one after the other."""
        share = duration_s / max(len(self._moods), 1)
        return tuple(
            Beat(
                mood=said.value,
                intensity=MOOD_INTENSITY,
                start_s=round(i * share, 3),
                end_s=round((i + 1) * share, 3),
                origin=origin_of(self._text, said.words),
            )
            for i, said in enumerate(self._moods)
        )


def _set_of_scene(scene: str | None) -> str | None:
    """A scene that is called "kitchen", "kitchen-2" or "the_street" says where it is."""
    words = (scene or "").lower().replace("_", "-").split("-")
    for name, row in sets().items():
        if name in words or any(word in words for word in row.words):
            return name
    return None


def _set_with_floor(floor: str) -> str | None:
    return next((name for name, row in sets().items() if row.floor == floor), None)
