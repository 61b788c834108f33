"""Exact time. In: integer frames and a Fraction frame rate. Out: samples and seconds, no drift."""

from __future__ import annotations

import math
from fractions import Fraction

SAMPLE_RATE_HZ = 48_000
FPS_SKETCH = Fraction(12)
FPS = Fraction(24)


def frame_count(duration_s: float | Fraction, fps: Fraction) -> int:
    """Frames that fill a duration, to the nearest frame, at least one.

    >>> frame_count(4.0, Fraction(24000, 1001))
    96
    """
    return max(1, round(Fraction(duration_s) * fps))


def frame_time_s(frame: int, fps: Fraction) -> Fraction:
    """The instant at which a frame is shown."""
    return frame / fps


def frame_at(time_s: float | Fraction, fps: Fraction) -> int:
    """The frame on screen at an instant.

    >>> frame_at(0.4516, Fraction(24))
    10
    """
    return math.floor(Fraction(time_s) * fps)


def sample_at_frame(frame: int, fps: Fraction, sample_rate_hz: int = SAMPLE_RATE_HZ) -> int:
    """The first sound sample of a frame: consecutive frames share no sample and leave none out.

    >>> [sample_at_frame(f, Fraction(30000, 1001)) for f in (0, 1, 2, 5)]
    [0, 1601, 3203, 8008]
    """
    return math.floor(frame * sample_rate_hz / fps)


def sample_at(time_s: float, sample_rate_hz: int = SAMPLE_RATE_HZ) -> int:
    """The sound sample nearest to an instant."""
    return round(time_s * sample_rate_hz)
