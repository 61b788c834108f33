"""Readings by hand. In: short words. Out: a `Reading` whose spans point into its text, and its plan."""

from __future__ import annotations

from typing import Any

from flow_nb.director.frame import Frame, Note, Place, Reading, Thing
from flow_nb.director.plotting.compose import compose
from flow_nb.director.script.script import take_apart
from flow_nb.director.vocabulary import NounRow, VerbRow, vocabulary
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot

PERSON = NounRow(noun="woman", kind="person", prop="person")


class Told:
    """One text, read by hand: ``thing`` and ``frame`` return indices and keep the order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.things: list[Thing] = []
        self.frames: list[Frame] = []
        self.notes: list[Note] = []

    def span(self, words: str) -> tuple[int, int]:
        at = self.text.find(words)
        assert at >= 0, words
        return at, at + len(words)

    def thing(self, words: str, prop: str = "", **fields: Any) -> int:
        noun = fields.pop("noun", words.rsplit(maxsplit=1)[-1])
        row = fields.pop("row", NounRow(noun=noun, prop=prop or noun.replace(" ", "-")))
        self.things.append(Thing(noun=noun, span=self.span(words), row=row, **fields))
        return len(self.things) - 1

    def frame(self, words: str, row: VerbRow | None, **fields: Any) -> None:
        lemma = fields.pop("lemma", row.lemma if row else words)
        self.frames.append(Frame(lemma=lemma, span=self.span(words), row=row, **fields))

    def note(self, kind: Any, value: str | float, words: str, **fields: Any) -> None:
        self.notes.append(Note(kind=kind, value=value, span=self.span(words), **fields))

    def plan(self, **options: Any) -> Plan:
        shot = make_shot("shot", self.text, **options)
        reading = Reading(
            text=self.text,
            things=tuple(self.things),
            frames=tuple(self.frames),
            notes=tuple(self.notes),
        )
        return compose(shot, reading, take_apart(self.text, vocabulary()))


def listed(plan: Plan) -> list[str]:
    """The words of the gaps, without those that a reading by hand leaves out."""
    return [gap.words for gap in plan.gaps if "no place in the plan" not in gap.reason]


def place(way: str, thing: int, part: Any = "") -> Place:
    return Place(way=way, thing=thing, part=part)
