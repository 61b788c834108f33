"""Where the reading of a sentence stands. In: tagged units. Out: `Clause`, which the readers move along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from flow_nb.director.frame import Joint, Place
from flow_nb.director.reading.desk import Desk
from flow_nb.director.reading.drafts import Draft
from flow_nb.director.reading.nouns import Nouns
from flow_nb.director.reading.unit import Unit
from flow_nb.director.reading.words import Words

Ids = tuple[int, ...]
FINITE = ("VZ", "VP", "VD")
HELPERS = ("BE", "HV", "DO", "MD")
VERBS = ("VB", "VP", "VZ", "VD", "VN", "VG")
_SKIPPED = ("RB", "ME", "NOTE", "NG", "POS")


@dataclass(slots=True)
class Clause:
    """A sentence and how far it is read.

    ``subject`` is who the main clause is about; ``fresh`` what was named and has no verb yet;
    ``outer`` a subject whose verb is still to come behind a relative clause or a participle; ``main``
    whom the clause was about that a "while" or "until" stands behind; ``antecedent`` what "that",
    "which", "who" mean; ``last`` what was named last and in which role. ``early`` are words that wait
    for the next frame; ``helper`` the helper verbs before a verb, ``helped_at`` where "begins to"
    stands; ``inverted`` that the subject comes behind its verb; ``aiming`` that the camera's way may
    still name where it ends; ``named`` an object or a place that a phrase may say more of, and where it
    ends.
    """

    desk: Desk
    units: Sequence[Unit]
    nouns: Nouns
    i: int = 0
    subject: Ids = ()
    fresh: Ids = ()
    fresh_at: int = 0
    frame: Draft | None = None
    outer: Ids = ()
    main: Ids = ()
    antecedent: Ids | None = None
    last: Ids = ()
    role: Literal["", "subject", "object", "place", "with"] = ""
    boundary: bool = True
    joint: Joint = "then"
    coming: Joint = "then"
    result: bool = False
    negated: bool = False
    helper: str = ""
    carried: str = ""
    helped_at: int = -1
    to: bool = False
    exists: bool = False
    inverted: bool = False
    filming: bool = False
    target: bool = False
    aiming: bool = False
    airy: bool = False
    unseen: bool = False
    windy: bool = False
    fronted: list[Place] = field(default_factory=list)
    named: tuple[Ids, int] = ((), -1)
    early: list[Callable[[Draft], None]] = field(default_factory=list)
    waiting: list[Draft] = field(default_factory=list)
    own: list[Draft] = field(default_factory=list)
    preposition: str = ""
    preposition_at: int = 0

    @property
    def words(self) -> Words:
        """The reader's words."""
        return self.desk.lookup.words

    @property
    def unit(self) -> Unit:
        """The unit that is read now."""
        return self.units[self.i]

    def tag(self, i: int) -> str:
        """The tag at a place, or nothing."""
        return self.units[i].tag if 0 <= i < len(self.units) else ""

    def text(self, i: int) -> str:
        """The words at a place, or nothing."""
        return self.units[i].text if 0 <= i < len(self.units) else ""

    def skip(self, i: int, *tags: str) -> int:
        """The first place from here whose tag is none of these."""
        while self.tag(i) and self.tag(i) in tags:
            i += 1
        return i

    def then(self, change: Callable[[Draft], None]) -> None:
        """Changes the frame that is open, or the next one; weather's own verbs have none."""
        if self.airy and not self.fresh:
            return
        if self.frame is not None and not self.boundary:
            change(self.frame)
        else:
            self.early.append(change)

    def starts_clause(self, i: int) -> bool:
        """Whether what stands before ``i`` has its own verb ahead."""
        while i < len(self.units):
            tag = self.tag(i)
            if tag in FINITE or tag in HELPERS:
                return True
            if tag == "IN":
                phrase = self.nouns.at(i + 1)
                i = phrase.end if phrase else i + 1
            elif tag in _SKIPPED:
                i += 1
            else:
                return False
        return False

    def inverts(self) -> bool:
        """Whether a verb or a "there" follows at once: "and behind it stands a dog"."""
        at = self.skip(self.i, "RB")
        there = self.tag(at) == "EX"
        return self.boundary and not self.fresh and (there or self.tag(at) in ("BE", "VZ", "VP"))

    def starts_clause_after_comma(self) -> bool:
        """Whether somebody new acts from here on: "In the kitchen, a man cooks"."""
        at = self.i + 1 if self.text(self.i) == "," else self.i
        while self.tag(at) == "IN" and (place := self.nouns.at(at + 1)) is not None:
            at = place.end + (self.text(place.end) == ",")
        phrase = self.nouns.at(at)
        return phrase is not None and self.starts_clause(phrase.end)

    def add(self, draft: Draft) -> Draft:
        """A frame that is complete as it is."""
        self.desk.frames.append(draft)
        self.own.append(draft)
        return draft

    def begin(self, draft: Draft) -> Draft:
        """The next frame: takes what waited for it."""
        draft.joint, self.joint = self.joint, self.coming
        self.coming = "then"
        draft.result = draft.result or self.result
        draft.negated = draft.negated or self.negated
        self.result = self.negated = self.boundary = self.inverted = False
        for change in self.early:
            change(draft)
        self.early.clear()
        draft.places[:0] = self.fronted
        self.fronted = []
        self.frame = self.add(draft)
        return draft

    def ends(self) -> None:
        """A comma or a conjunction: objects are closed, others may act."""
        self.boundary = True
        self.to = self.aiming = False
        self.preposition = ""
