"""What a director is. In: a `Shot`. Out: a `Plan`. Behind this seam stand the grammar and every language model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import Shot

Growing = Callable[[Plan], None]
"""Hears the plan while it grows: each time whole as far as it goes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What a reading took of a language model: tokens sent and received. ``model`` is who read it."""

    model: str
    sent: int
    received: int


class Director(Protocol):
    """Interprets words as physical actions and beats; proposes causes, never trajectories."""

    @property
    def name(self) -> str:
        """How the director is called in records: ``grammar``."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same words may be read differently."""
        ...

    @property
    def costs(self) -> bool:
        """Whether a reading costs money, so that the same one is never bought twice."""
        ...

    def quote(self, shot: Shot) -> Tokens:
        """What a reading will take at most; nothing for the grammar."""
        ...

    def read(self, shot: Shot, *, growing: Growing | None = None) -> Plan:
        """The same shot gives the same plan. Raises PlanError, in one line."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class FakeDirector:
    """Returns the plan it was given, whatever the words: for tests of everything downstream."""

    plan: Plan
    name: str = "fake"
    version: str = "1"
    costs: bool = False

    def quote(self, shot: Shot) -> Tokens:
        """Nothing."""
        return Tokens(model=self.name, sent=0, received=0)

    def read(self, shot: Shot, *, growing: Growing | None = None) -> Plan:
        """The given plan, under the shot's text and seed."""
        return self.plan.model_copy(update={"text": shot.text, "seed": shot.seed})
