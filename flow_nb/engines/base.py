"""What an engine is. In: an `Order`. Out: a `Quote`, then `Chunk`s of picture and sound on one clock.

An engine is one module and one entry point in the group ``flow_nb.engines``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from flow_nb.identity.voice import VoiceTag
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Line, Plan

Progress = Callable[[str, float], None]
"""``progress(stage, share)``: the stage's name and how much of it is done, 0 to 1. It raises
`Cancelled` when the user has stopped the take; engines let that pass and clean up."""


Box = tuple[float, float, float, float]
"""A part of a picture: left, top, right, bottom, as shares of its width and height."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """Picture size and exact frame rate of a take."""

    width: int
    height: int
    fps: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What is to be shot: the plan, its solved motion, the tier; ``voices`` by speaker."""

    plan: Plan
    motion: Motion
    tier: str
    seed: int
    voices: Mapping[str, VoiceTag] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capabilities:
    """What an engine can keep. ``speech``: it speaks, it shows text only, or neither. ``made_by``: rules
    alone, which give the same frames for the same order, or a trained model, which need not."""

    tiers: tuple[str, ...]
    max_duration_s: float
    speech: Literal["native", "text only", "silent"]
    made_by: Literal["algorithm", "model"] = "algorithm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """Said before the spend: the price, the format, and what of the plan this engine cannot keep."""

    credits: int
    format: Format
    frames: int
    cannot_keep: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Consecutive frames and the sound under them.

    ``frames`` uint8 (n, H, W, 3) sRGB; ``samples`` float32 (m, 2) in ±1 at 48 kHz, exactly the
    samples of these frames; ``first_frame`` counts from 0. The arrays belong to the receiver
    until it asks for the next chunk.
    """

    frames: NDArray[np.uint8]
    samples: NDArray[np.float32]
    first_frame: int


@runtime_checkable
class Watcher(Protocol):
    """A `Progress` that also looks at the picture: an engine shows it the frames as it draws them."""

    def see(self, frame: NDArray[np.uint8]) -> None:
        """A frame (H, W, 3) sRGB; it is good until this returns."""
        ...


class Engine(Protocol):
    """The seam behind which the embedded stage and every generative engine stand."""

    name: str
    version: str
    capabilities: Capabilities

    def quote(self, order: Order) -> Quote:
        """What it will cost and be. Raises EngineError when it cannot be done at all."""
        ...

    def shoot(self, order: Order, progress: Progress) -> Generator[Chunk, None, None]:
        """Makes the take. Closing the generator stops the work at once and frees everything."""
        ...


@runtime_checkable
class Speaker(Protocol):
    """An engine that knows how long a line takes before it is shot; others are taken to read aloud."""

    def line_seconds(self, line: Line, voice: VoiceTag) -> float | None:
        """How long it takes to say this line in this voice; None where it is not spoken."""
        ...


@runtime_checkable
class SeesFaces(Protocol):
    """An engine that knows where faces are before it draws: a label then keeps clear of them."""

    def faces(self, order: Order) -> Sequence[Sequence[Box]]:
        """The faces in every frame of the take."""
        ...
