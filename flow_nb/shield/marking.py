"""A take's id goes into its picture and its sound. In: luma and samples in order. Out: the same, marked.

The picture bears the whole id, 64 bits, the sound its first 32; each under a key of its own. It happens
in the pass that encodes, before anything is written: there is no unmarked file of a take, ever.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.shield.marks.audio import AudioMark
from flow_nb.shield.marks.video import VideoMark
from flow_nb.shield.secret import SHORT_ID_CHARS, MarkSecret


class TakeMarker:
    """The encoder's `Marker` for one take; it knows how long it took."""

    def __init__(self, secret: MarkSecret, take_id: str, form: Format) -> None:
        self._picture = VideoMark(
            secret.picture_key, int(take_id, 16), width=form.width, height=form.height
        )
        self._sound = AudioMark(secret.sound_key, int(take_id[:SHORT_ID_CHARS], 16))
        self._spent_s = 0.0

    def picture(self, luma: NDArray[np.uint8]) -> None:
        """Marks the next frame in place."""
        began_s = time.perf_counter()
        self._picture.mark(luma)
        self._spent_s += time.perf_counter() - began_s

    def sound(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Takes the next samples; gives back those that are ready."""
        began_s = time.perf_counter()
        ready = self._sound.mark(samples)
        self._spent_s += time.perf_counter() - began_s
        return ready

    def rest(self) -> NDArray[np.float32]:
        """The samples held back."""
        return self._sound.rest()

    def stages_s(self, stages_s: Mapping[str, float]) -> dict[str, float]:
        """The time of each stage, that of the marks told apart from the encoder's around them."""
        coding_s = stages_s.get("encode", 0.0) - self._spent_s
        return {**stages_s, "encode": round(coding_s, 4), "mark": round(self._spent_s, 4)}
