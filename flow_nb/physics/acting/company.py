"""All who act in a shot, and what they share. In: a plan and its stands. Out: `Company`, which scripts speak to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from flow_nb.physics.acting.figure import Figure, Script
from flow_nb.physics.acting.grips import Grips
from flow_nb.physics.acting.live import Live
from flow_nb.plan.bodies import Body
from flow_nb.plan.events import Event, EventKind
from flow_nb.plan.plan import Action, Plan


class Actor(Protocol):
    """Whoever acts: a figure, an animal, a vehicle."""

    body: Body
    name: str
    now_s: float


@dataclass(slots=True)
class Company:
    """The figures of a shot, what they hold, what they see, and what is told of them."""

    plan: Plan
    live: Live
    grips: Grips
    figures: dict[str, Figure] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    waits: dict[str, float] = field(default_factory=dict)
    """When the next action of a figure wants to begin; what has no end of its own ends then."""

    def tell(
        self, figure: Actor, kind: EventKind, text: str, other: str = "", speed_m_s: float = 0.0
    ) -> None:
        """Something worth pointing at, now."""
        self.events.append(
            Event(
                time_s=max(figure.now_s, 0.0),
                kind=kind,
                body=figure.name,
                other=other,
                speed_m_s=speed_m_s,
                text=f"{who(figure)} {text}",
            )
        )

    def warn(self, line: str) -> None:
        """What could not be done, once, in one line."""
        if line not in self.warnings:
            self.warnings.append(line)

    def end_s(self, figure: Figure, action: Action, lasts_s: float) -> float:
        """When an action without an end of its own ends."""
        if action.end_s is not None:
            return max(action.end_s, figure.now_s + 0.3)
        end = min(self.plan.duration_s, figure.now_s + lasts_s)
        if figure.name in self.waits:
            end = min(end, max(self.waits[figure.name], figure.now_s + 0.8))
        return max(end, figure.now_s + 0.3)


def who(figure: Actor) -> str:
    """A figure as it begins a sentence: ``Mara``, ``The old man``."""
    if figure.name == figure.body.noun.replace(" ", "-"):
        return f"The {figure.body.noun}"
    noun, _, number = figure.name.rpartition("-")
    if number.isdigit():
        return f"{noun.replace('-', ' ').capitalize()} {number}"
    return figure.name.replace("-", " ").title()


def say(name: str) -> str:
    """A thing inside a sentence."""
    noun, _, number = name.rpartition("-")
    return (
        f"{noun.replace('-', ' ')} {number}"
        if number.isdigit()
        else f"the {name.replace('-', ' ')}"
    )


def wait(figure: Figure, lasts_s: float) -> Script:
    """Nothing new for a while."""
    end = figure.now_s + lasts_s - 1e-6
    while figure.now_s < end:
        yield
