"""A line as it was spoken. In: a speech model. Out: `Spoken`: the sound, and when each phone sounds.

Used by the mix, by the speaker's mouth and by the subtitles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone:
    """One speech sound: its IPA symbol, from when to when in seconds of the shot; ``stress`` is 0
    (none), 1 (primary) or 2 (secondary) of the syllable that it belongs to."""

    symbol: str
    start_s: float
    end_s: float
    stress: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """One line of dialogue: ``samples`` float32 (m,) at 48 kHz, begins ``start_s`` into the shot.

    ``line`` is its place in the plan's lines. ``phones`` cover it without overlap, pauses left out.
    """

    line: int
    speaker: str
    start_s: float
    samples: NDArray[np.float32]
    phones: tuple[Phone, ...] = ()

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def end_s(self) -> float:
        """When it is over, in seconds of the shot."""
        return self.start_s + len(self.samples) / 48_000
