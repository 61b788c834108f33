"""What happens in a motion. In: the solver's states. Out: `Event`s, and `Check`s of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EventKind = Literal[
    "release", "impact", "break", "rest", "leave", "step", "grasp", "open", "close", "splash",
    "float", "sink", "burst", "act",
]  # fmt: skip
"""``act`` is any beginning of an action by a person or an animal; ``grasp`` a hand that takes hold,
``step`` a foot that comes down, ``burst`` an explosion."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a film-maker would point at. ``closed_form_s`` is the instant that theory gives for it,
    from the state in which the body was last free; None where no formula applies."""

    time_s: float
    kind: EventKind
    body: str
    other: str = ""
    speed_m_s: float = 0.0
    impulse_n_s: float = 0.0
    closed_form_s: float | None = None
    text: str = ""


CheckKind = Literal[
    "fall", "projectile", "bounce", "incline", "slide", "pendulum", "collision", "rolling",
    "terminal speed", "energy", "momentum", "buoyancy", "expected",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """Theory beside the solver: ``law`` is the formula, ``expected`` what it gives and ``solved`` what
    came out, both in ``unit``. ``holds`` False of kind ``expected`` means: the text told it so, and
    it did not happen."""

    kind: CheckKind
    body: str
    time_s: float
    law: str
    expected: float
    solved: float
    unit: str
    holds: bool
    text: str = ""

    @property
    def error(self) -> float:
        """Relative difference of solved from expected; absolute where nothing is expected."""
        return abs(self.solved - self.expected) / (abs(self.expected) or 1.0)
