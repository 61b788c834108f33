"""What happens in a shot. In: a director's reading. Out: `Plan`, typed and versioned, ready to be solved.

A plan holds causes (what stands where, what is let go, pushed or thrown, and how hard), never
trajectories: those come from the solver alone.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from flow_nb.plan.base import DEFAULT, Name, Origin, Part, Text
from flow_nb.plan.shot import MAX_DURATION_S, MAX_SEED, MIN_DURATION_S

SCHEMA: Literal["flow_nb.Plan.1"] = "flow_nb.Plan.1"
MAX_BODIES = 60

TimeOfDay = Literal["dawn", "morning", "noon", "afternoon", "golden hour", "dusk", "night"]
Verb = Literal[
    "drop", "fall", "roll", "slide", "bounce", "throw", "push", "knock over", "swing", "collide",
    "shatter", "rest",
]  # fmt: skip
Relation = Literal["on", "edge of", "in", "under", "beside", "against", "above", "hanging from"]
Direction = Literal["left", "right", "toward camera", "away", "up", "down"]
ShotSize = Literal["wide", "full", "medium", "close-up", "extreme close-up"]
Angle = Literal["eye level", "low", "high", "overhead", "dutch"]
Move = Literal[
    "static", "dolly in", "dolly out", "pan left", "pan right", "tilt up", "tilt down",
    "truck left", "truck right", "crane up", "crane down", "orbit left", "orbit right",
    "follow", "handheld",
]  # fmt: skip
Pace = Literal["slow", "normal", "fast"]

WORLD = "set"
"""The name of everything that does not move: floor, walls, the set's own furniture."""


class SetDesign(Part):
    """Where it happens. ``kind`` names a row of ``props/sets.toml``."""

    kind: Name = "studio"
    origin: Origin = DEFAULT


class Light(Part):
    """When it happens."""

    time_of_day: TimeOfDay = "afternoon"
    origin: Origin = DEFAULT


class Body(Part):
    """One thing. ``prop`` names a row of ``props/archetypes.toml``, ``material`` of ``materials.toml``.

    ``scale`` multiplies the archetype's size, ``mass_kg`` None means: by volume and density.
    A fixed body is furniture: it is solved against but never moves.
    """

    name: Name
    noun: Text
    prop: Name
    material: Name
    scale: float = Field(default=1.0, ge=0.1, le=10)
    mass_kg: float | None = Field(default=None, gt=0, le=5_000)
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None
    fixed: bool = False
    origin: Origin = DEFAULT


class Placement(Part):
    """Where a body stands when the shot begins: ``glass`` is at the ``edge of`` ``table``.

    ``anchor`` is another body or ``"set"`` (the floor). ``height_m`` is the height of the body's
    lowest point above the anchor's surface; it is used by ``above`` and ``hanging from``.
    """

    body: Name
    relation: Relation
    anchor: Name = WORLD
    height_m: float | None = Field(default=None, ge=0, le=50)
    origin: Origin = DEFAULT


class Action(Part):
    """One cause. What follows from it is the solver's business.

    ``start_s`` is when the body is let go or pushed; until then it is held. ``speed_m_s`` None
    means: as fast as the verb needs. ``target`` is what it goes into, onto or against, ``source``
    what it leaves.
    """

    verb: Verb
    body: Name
    target: Name | None = None
    source: Name | None = None
    direction: Direction | None = None
    speed_m_s: float | None = Field(default=None, ge=0, le=100)
    start_s: float = Field(default=0.5, ge=0, le=MAX_DURATION_S)
    origin: Origin = DEFAULT


class Camera(Part):
    """How it is seen. ``target`` None means: the first body that acts."""

    size: ShotSize = "full"
    angle: Angle = "eye level"
    move: Move = "static"
    pace: Pace = "normal"
    target: Name | None = None
    lens_mm: float = Field(default=35, ge=10, le=300)
    origin: Origin = DEFAULT
    move_origin: Origin = DEFAULT


class Line(Part):
    """One line of dialogue. Without a voice it is a subtitle, and the take says so."""

    speaker: Text
    text: Text
    manner: Text = ""
    start_s: float = Field(default=0.5, ge=0, le=MAX_DURATION_S)
    origin: Origin = DEFAULT


class Beat(Part):
    """A stretch of mood. ``intensity`` is 0 to 1."""

    mood: Text
    intensity: float = Field(default=0.5, ge=0, le=1)
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
    """Everything that the later stages need, and nothing that they decide."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["flow_nb.Plan.1"] = Field(default=SCHEMA, alias="schema")
    text: Text
    duration_s: float = Field(ge=MIN_DURATION_S, le=MAX_DURATION_S)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    gravity_m_s2: float = Field(default=9.81, ge=0, le=100)
    timestep_s: float = Field(default=1 / 1920, ge=1e-5, le=2e-3)
    set: SetDesign = SetDesign()
    light: Light = Light()
    bodies: tuple[Body, ...] = Field(max_length=MAX_BODIES)
    placements: tuple[Placement, ...] = ()
    actions: tuple[Action, ...] = ()
    camera: Camera = Camera()
    lines: tuple[Line, ...] = ()
    beats: tuple[Beat, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        names = [body.name for body in self.bodies]
        if len(set(names)) != len(names) or WORLD in names:
            raise ValueError(f"body names must be unique and not {WORLD!r}")
        used = {a.body for a in self.actions} | {p.body for p in self.placements}
        used |= {a.target for a in self.actions if a.target} | {p.anchor for p in self.placements}
        used |= {a.source for a in self.actions if a.source}
        used |= {self.camera.target} if self.camera.target else set()
        if unknown := used - set(names) - {WORLD}:
            raise ValueError(f"unknown bodies: {', '.join(sorted(unknown))}")
        return self

    def body(self, name: str) -> Body:
        """The body of that name. Raises KeyError."""
        for body in self.bodies:
            if body.name == name:
                return body
        raise KeyError(name)
