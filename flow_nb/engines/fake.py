"""An engine that needs no driver. In: an `Order`. Out: a grey card with a clock hand, and a click.

For tests of everything around engines, here and in other people's packages; it is not registered.
"""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

import numpy as np

from flow_nb.engines.base import Capabilities, Chunk, Format, Order, Progress, Quote, Watcher
from flow_nb.timebase import frame_count, sample_at_frame

CHUNK_FRAMES = 6
GREY, HAND = 118, 230


class FakeEngine:
    """Each frame shows its number as a white column; every second begins with a click."""

    name = "fake"
    version = "1"
    capabilities = Capabilities(tiers=("sketch", "fast"), max_duration_s=30, speech="silent")

    def __init__(self, *, format: Format | None = None) -> None:
        self.format = format or Format(width=160, height=90, fps=Fraction(12))

    def quote(self, order: Order) -> Quote:
        """Free, in the format that it was made with."""
        frames = frame_count(order.plan.duration_s, self.format.fps)
        return Quote(credits=0, format=self.format, frames=frames)

    def shoot(self, order: Order, progress: Progress) -> Generator[Chunk, None, None]:
        """Six frames at a time."""
        total = self.quote(order).frames
        for first in range(0, total, CHUNK_FRAMES):
            progress("draw", first / total)
            count = min(CHUNK_FRAMES, total - first)
            frames = np.full((count, self.format.height, self.format.width, 3), GREY, np.uint8)
            for i in range(count):
                frames[i, :, (first + i) % self.format.width] = HAND
            if isinstance(progress, Watcher):
                progress.see(frames[-1])
            begin, end = (sample_at_frame(f, self.format.fps) for f in (first, first + count))
            samples = np.zeros((end - begin, 2), np.float32)
            samples[(-begin) % 48_000 :: 48_000] = 0.5
            yield Chunk(frames=frames, samples=samples, first_frame=first)
        progress("draw", 1.0)
