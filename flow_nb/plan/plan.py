"""What happens in a shot. In: a director's reading. Out: `Plan`, typed and versioned, ready to be solved.

A plan holds causes (what stands where, what is let go, pushed or thrown, and how hard), never
trajectories: those come from the solver alone. Its parts stand in `bodies`, `actions` and `look`.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from flow_nb.plan.actions import Action, Direction, Leg, Verb, Way
from flow_nb.plan.base import DEFAULT, Origin, Part, Text
from flow_nb.plan.bodies import WORLD, Age, Body, Placement, Relation
from flow_nb.plan.look import (
    Air,
    Angle,
    Camera,
    Grade,
    Light,
    LightStyle,
    Medium,
    Move,
    Pace,
    SetDesign,
    ShotSize,
    TimeOfDay,
    Weather,
)
from flow_nb.plan.music import Music
from flow_nb.plan.shot import MAX_DURATION_S, MAX_SEED, MIN_DURATION_S

__all__ = [
    "WORLD", "Action", "Age", "Air", "Angle", "Beat", "Body", "Camera", "Direction", "Gap", "Grade",
    "Leg", "Light", "LightStyle", "Line", "Medium", "Move", "Music", "Pace", "Placement", "Plan", "Relation",
    "SetDesign", "ShotSize", "TimeOfDay", "Verb", "Way", "Weather",
]  # fmt: skip

SCHEMA: Literal["flow_nb.Plan.1"] = "flow_nb.Plan.1"
MAX_BODIES = 60


class Line(Part):
    """One line of dialogue. Without a voice it is a subtitle, and the take says so.

    ``end_s`` is None until somebody has measured how long it takes to say.
    """

    speaker: Text
    text: Text
    manner: Text = ""
    start_s: float = Field(default=0.5, ge=0, le=MAX_DURATION_S)
    end_s: float | None = Field(default=None, ge=0, le=MAX_DURATION_S)
    origin: Origin = DEFAULT


class Beat(Part):
    """A stretch of mood. ``intensity`` is 0 to 1, ``pace`` is how fast things go in it."""

    mood: Text
    intensity: float = Field(default=0.5, ge=0, le=1)
    pace: Pace = "normal"
    start_s: float = Field(ge=0, le=MAX_DURATION_S)
    end_s: float = Field(ge=0, le=MAX_DURATION_S)
    origin: Origin = DEFAULT


class Gap(Part):
    """Words that were not understood, or understood and not possible here; never guessed."""

    words: Text
    at: int = Field(default=-1, ge=-1)
    reason: Text
    fix: Text = ""


class Plan(Part):
    """Everything that the later stages need, and nothing that they decide.

    ``director`` is who read the text, ``tokens`` what it sent and received for that; ``notes`` is what
    it has to say of its reading as a whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["flow_nb.Plan.1"] = Field(default=SCHEMA, alias="schema")
    text: Text
    duration_s: float = Field(ge=MIN_DURATION_S, le=MAX_DURATION_S)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    gravity_m_s2: float = Field(default=9.81, ge=0, le=100)
    timestep_s: float = Field(default=1 / 1920, ge=1e-5, le=2e-3)
    set: SetDesign = SetDesign()
    light: Light = Light()
    air: Air = Air()
    bodies: tuple[Body, ...] = Field(max_length=MAX_BODIES)
    placements: tuple[Placement, ...] = ()
    actions: tuple[Action, ...] = ()
    camera: Camera = Camera()
    lines: tuple[Line, ...] = ()
    beats: tuple[Beat, ...] = ()
    music: Music | None = None
    gaps: tuple[Gap, ...] = ()
    director: Text = "grammar"
    tokens: tuple[int, int] = (0, 0)
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [body.name for body in self.bodies]
        if len(set(names)) != len(names) or WORLD in names:
            raise ValueError(f"body names must be unique and not {WORLD!r}")
        used = {name for action in self.actions for name in action.names}
        used |= {name for p in self.placements for name in (p.body, p.anchor, p.other) if name}
        camera = self.camera
        used |= {name for name in (camera.target, camera.focus, camera.focus_to) if name}
        if unknown := used - set(names) - {WORLD}:
            raise ValueError(f"unknown bodies: {', '.join(sorted(unknown))}")
        return self

    def body(self, name: str) -> Body:
        """The body of that name. Raises KeyError."""
        for body in self.bodies:
            if body.name == name:
                return body
        raise KeyError(name)

    def scored(self) -> Self:
        """With music that follows its beats, unless the text says which, or that it wants none."""
        return self if self.music else self.model_copy(update={"music": Music()})
