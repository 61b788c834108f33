"""What a film sounds like before it is levelled. In: `Strip`s, their clips. Out: its samples, in blocks.

In a dissolve the two sounds cross at equal power; a fade falls silent and comes back. Where a trim
ends a sound in its midst it is eased over 5 ms, so that nothing clicks. One clip is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.film.cutting import Strip
from flow_nb.media.decode import samples
from flow_nb.media.sound import fitted
from flow_nb.timebase import SAMPLE_RATE_HZ, sample_at_frame

EASED = SAMPLE_RATE_HZ // 200

Sound = NDArray[np.float32]


def sounds(strips: Sequence[Strip], clips: Sequence[Path], fps: Fraction) -> Iterator[Sound]:
    """The film's sound, float32 (m, 2), as long as its pictures."""
    held = np.zeros((0, 2), np.float32)
    for strip, clip in zip(strips, clips, strict=True):
        sound = _sound(strip, clip, fps)
        if len(held):
            up = _ramp(len(held))
            sound[: len(held)] = held * np.cos(up) + sound[: len(held)] * np.sin(up)
        over = sample_at_frame(strip.end, fps) - sample_at_frame(strip.end - strip.tail, fps)
        over = over if strip.leaves == "dissolve" else 0
        yield sound[: len(sound) - over]
        held = sound[len(sound) - over :]


def _sound(strip: Strip, clip: Path, fps: Fraction) -> Sound:
    """A strip's own sound, with its fades and its eased ends; dissolves are left to its neighbours."""
    begin = sample_at_frame(strip.first, fps)
    count = sample_at_frame(strip.end, fps) - sample_at_frame(strip.start, fps)
    whole = samples(clip)
    sound = fitted(whole[begin:], count).astype(np.float32, copy=True)
    if strip.comes != "dissolve":
        eased = EASED if strip.first else 0
        frames = sample_at_frame(strip.head, fps) if strip.comes == "fade" else eased
        _rise(sound[:frames])
    if strip.leaves != "dissolve":
        eased = EASED if strip.last < strip.frames else 0
        frames = sample_at_frame(strip.tail, fps) if strip.leaves == "fade" else eased
        _rise(sound[::-1][:frames])
    return sound


def _rise(sound: Sound) -> None:
    """From silence to itself, in place."""
    sound *= np.sin(_ramp(len(sound))) ** 2


def _ramp(count: int) -> Sound:
    """Angles from 0 to a right one, (m, 1)."""
    return np.linspace(0, np.pi / 2, count, dtype=np.float32)[:, None]
