"""What sets a shot going. In: a director's reading. Out: `Action`s: causes, and what is expected of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow_nb.plan.base import DEFAULT, Name, Origin, Part, Text
from flow_nb.plan.shot import MAX_DURATION_S

Verb = Literal[
    # what things do, and what is done to them
    "drop", "fall", "roll", "slide", "bounce", "throw", "push", "pull", "lift", "lower",
    "knock over", "swing", "collide", "shatter", "rest", "spin", "shake", "fly", "float", "sink",
    "rise", "explode", "pour", "splash", "open", "close", "flutter", "stretch", "squash", "drive",
    # what persons and animals do
    "walk", "run", "jump", "crawl", "climb", "swim", "dance", "sit", "stand", "lie", "crouch",
    "turn", "look", "wave", "point", "reach", "pick up", "put down", "hold", "carry", "catch",
    "kick", "hit", "gesture", "handle",
]  # fmt: skip
"""``gesture`` is any telling movement without a thing (talks, claps, nods), ``handle`` any work with
a thing in the hands (reads a book, plays the guitar, eats an apple)."""

Direction = Literal[
    "left", "right", "toward camera", "away", "up", "down", "forward", "backward"
]  # fmt: skip
Way = Literal[
    "into", "onto", "to", "toward", "at", "against", "off", "out of", "away from", "over", "under",
    "through", "around", "along", "across", "past", "between", "up", "down", "behind",
    "in front of", "beside", "in", "on", "above", "with",
]  # fmt: skip


class Leg(Part):
    """A piece of a path: ``over`` the ``fence``."""

    way: Way
    body: Name


class Action(Part):
    """One cause, or (``expected``) what the text says will follow from one.

    ``body`` is what moves: the glass that falls, the ball that is kicked, the woman who walks.
    ``agent`` is the person, animal or thing that does it to ``body``; None where it does it by itself
    or nobody in the plan does. ``target`` is where it goes or what it is directed at, ``how`` the
    preposition between (walks ``to`` the door, looks ``at`` the cup), ``source`` what it leaves,
    ``path`` what it passes in that order, ``instrument`` what it is done with.

    ``start_s`` is when it begins; ``end_s`` None means: when it is done. ``speed_m_s`` None means: as
    fast as the verb needs. ``turns`` counts revolutions or repetitions. ``lemma`` is the verb as the
    text has it, ``manner`` its adverbs. An expected action is not carried out: the check holds the
    solved motion against it.
    """

    verb: Verb
    body: Name
    agent: Name | None = None
    target: Name | None = None
    how: Way | None = None
    source: Name | None = None
    path: tuple[Leg, ...] = Field(default=(), max_length=4)
    instrument: Name | None = None
    direction: Direction | None = None
    speed_m_s: float | None = Field(default=None, ge=0, le=100)
    turns: float | None = Field(default=None, ge=0, le=100)
    start_s: float = Field(default=0.5, ge=0, le=MAX_DURATION_S)
    end_s: float | None = Field(default=None, ge=0, le=MAX_DURATION_S)
    manner: Text = ""
    lemma: Text = ""
    expected: bool = False
    origin: Origin = DEFAULT

    @property
    def names(self) -> frozenset[str]:
        """Every body that it speaks of."""
        named = (self.body, self.agent, self.target, self.source, self.instrument)
        return frozenset({name for name in named if name} | {leg.body for leg in self.path})
