"""What a director is. In: a `Shot`. Out: a `Plan`. Behind this seam stand the grammar and every language model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import Shot


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

    def read(self, shot: Shot) -> Plan:
        """The same shot gives the same plan. Raises PlanError, in one line."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class FakeDirector:
    """Returns the plan it was given, whatever the words: for tests of everything downstream."""

    plan: Plan
    name: str = "fake"
    version: str = "1"

    def read(self, shot: Shot) -> Plan:
        """The given plan, under the shot's text and seed."""
        return self.plan.model_copy(update={"text": shot.text, "seed": shot.seed})
