"""A clip takes another format. In: a clip and a `Format`. Out: the same moments in that format.

The picture is scaled to fit and centred on black; a frame is shown again or left out so that every
instant shows what it showed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Chunk, Format
from flow_nb.media.decode import frames, probe, samples
from flow_nb.media.encode import Encoder
from flow_nb.media.sound import fitted
from flow_nb.timebase import frame_count, sample_at_frame

Touch = Callable[[Chunk, Format, int], Chunk]
"""Changes a chunk of a clip that has so many frames in its new format."""


def conform(
    clip: Path,
    target: Path,
    form: Format,
    each: Callable[[int], None],
    touch: Touch | None = None,
) -> None:
    """Writes ``clip`` in the format ``form`` to ``target``; ``each`` hears of every frame done, and
    ``touch`` may change what is written."""
    info = probe(clip)
    total = sum(repeats(info.frames, info.fps, form.fps))
    with Encoder(target, form) as out:
        for done, chunk in enumerate(_chunks(clip, form), 1):
            out.write(touch(chunk, form, total) if touch else chunk)
            each(done)


def repeats(frames: int, old: Fraction, new: Fraction) -> list[int]:
    """How often each frame is shown at the new rate, so that instants keep their picture.

    >>> repeats(4, Fraction(12), Fraction(24)), repeats(5, Fraction(30), Fraction(24))
    ([2, 2, 2, 2], [1, 1, 1, 1, 0])
    """
    total = frame_count(frames / old, new)
    ends = [min(total, ceil(frame * new / old)) for frame in range(1, frames)] + [total]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def letterbox(frame: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The whole frame (H, W, 3), as large as it fits, centred on black."""
    old_height, old_width = frame.shape[:2]
    scale = min(width / old_width, height / old_height)
    size = (round(old_width * scale), round(old_height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    box = np.zeros((height, width, 3), np.uint8)
    box[top : top + size[1], left : left + size[0]] = cv2.resize(frame, size, interpolation=method)
    return box


def _chunks(clip: Path, form: Format) -> Iterator[Chunk]:
    info = probe(clip)
    counts = repeats(info.frames, info.fps, form.fps)
    sound = fitted(samples(clip), sample_at_frame(sum(counts), form.fps))
    first = 0
    for frame, count in zip(frames(clip), counts, strict=True):
        if count:
            box = letterbox(frame, form.width, form.height)
            ends = (sample_at_frame(f, form.fps) for f in (first, first + count))
            pictures = np.repeat(box[np.newaxis], count, axis=0)
            yield Chunk(frames=pictures, samples=sound[slice(*ends)], first_frame=first)
            first += count
