"""What stands under a cell while it works. In: stages, shares. Out: at most ten messages a second.

The live picture and the durable one are the same kind of bundle under one display id: what the file
keeps is always the last of them.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import Digest, Progressing, TakeView

INTERVAL_S = 0.1
SURE_AFTER_S = 0.8
"""How long a stage must have run before its end is foretold."""


class LiveTake:
    """One output. Called with ``(stage, share)`` it is the engine's `Progress`."""

    def __init__(
        self,
        digest: Digest,
        told: Callable[[Progressing], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._digest = digest
        self._told = told
        self._clock = clock
        self._id = uuid.uuid4().hex
        self._shown = False
        self._last_s = float("-inf")
        self._stage, self._stage_since_s = "", 0.0

    def __call__(self, stage: str, share: float) -> None:
        """Shows how far it is; what comes faster than ten times a second is left out."""
        now_s = self._clock()
        if stage != self._stage:
            self._stage, self._stage_since_s = stage, now_s
        if now_s - self._last_s < INTERVAL_S:
            return
        self._last_s = now_s
        share = min(max(share, 0.0), 1.0)
        left_s = seconds_left(now_s - self._stage_since_s, share)
        progress = Progressing(stage=stage, share=round(share, 3), left_s=left_s)
        self._told(progress)
        self.show(TakeView(digest=self._digest, progress=progress))

    def show(self, view: TakeView, poster_png: bytes = b"", subtitles: str = "") -> None:
        """Puts this in the place of what stood there."""
        from IPython.display import display, update_display

        put: Callable[..., Any] = update_display if self._shown else display
        self._shown = True
        put(bundle(view, poster_png, subtitles), raw=True, display_id=self._id)

    def end(self, note: str) -> None:
        """One line in the place of the progress, if there was any."""
        if self._shown:
            self.show(TakeView(digest=self._digest, note=note))


def seconds_left(elapsed_s: float, share: float) -> float | None:
    """What is left of a stage at the pace so far: elapsed (1 - share) / share.

    >>> seconds_left(3.0, 0.25)
    9.0
    >>> seconds_left(0.1, 0.25) is None
    True
    """
    if elapsed_s < SURE_AFTER_S or share <= 0.02:
        return None
    return round(elapsed_s * (1 - share) / share, 1)
