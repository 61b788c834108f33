"""A frame in the making. In: what the clause reader finds, word by word. Out: `Frame`s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from flow_nb.director.frame import Frame, Joint, Place
from flow_nb.director.vocabulary import VerbRow
from flow_nb.plan.actions import Direction

Ids = tuple[int, ...]


@dataclass(slots=True)
class Draft:
    """The fields of `Frame`, open; ``form`` is the verb's tag, ``unit`` where it stands.

    ``itself`` says that it is done to who does it ("throws himself"), ``waits`` that its subject is
    still to come ("Rolling across the table, the ball ..."), ``nobody`` that it never comes ("the wind
    blows the leaves away"), ``teller`` that who tells it does it, outside the picture.
    """

    lemma: str
    at: int
    upto: int
    row: VerbRow | None = None
    form: str = ""
    unit: int = -1
    agents: Ids = ()
    patients: Ids = ()
    recipients: Ids = ()
    instruments: Ids = ()
    reciprocal: bool = False
    places: list[Place] = field(default_factory=list)
    direction: Direction | None = None
    manners: list[str] = field(default_factory=list)
    mood: str = ""
    speed_m_s: float | None = None
    pace: Literal["", "slow", "fast"] = ""
    height_m: float | None = None
    distance_m: float | None = None
    turns: float | None = None
    lasts_s: float | None = None
    delay_s: float | None = None
    joint: Joint = "then"
    passive: bool = False
    result: bool = False
    state: bool = False
    negated: bool = False
    waits: bool = False
    relative: bool = False
    nobody: bool = False
    teller: bool = False
    itself: bool = False

    def reach(self, upto: int) -> None:
        """The frame's words go on to here."""
        self.upto = max(self.upto, upto)

    def frame(self, whole: Callable[[Ids], Ids]) -> Frame:
        """The finished frame; ``whole`` adds what was carved out of several later."""
        return Frame(
            lemma=self.lemma, span=(self.at, self.upto), row=self.row,
            agents=whole(self.agents), patients=whole(self.patients),
            recipients=whole(self.recipients), instruments=whole(self.instruments),
            reciprocal=self.reciprocal, places=tuple(self.places), direction=self.direction,
            manners=tuple(dict.fromkeys(self.manners)), mood=self.mood, speed_m_s=self.speed_m_s,
            pace=self.pace, height_m=self.height_m, distance_m=self.distance_m, turns=self.turns,
            lasts_s=self.lasts_s, delay_s=self.delay_s, joint=self.joint, passive=self.passive,
            result=self.result, state=self.state, negated=self.negated,
        )  # fmt: skip


def standing(agents: Ids, place: Place, at: int, upto: int) -> Draft:
    """ "a cup on the table": it is only so."""
    return Draft("be", at, upto, agents=agents, places=[replace(place)], state=True)
