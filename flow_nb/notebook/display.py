"""What stands under a cell while it works. In: stages, shares, frames. Out: few messages a second.

The live picture and the durable one are the same kind of bundle under one display id: what the file
keeps is always the last of them. The preview goes to the page alone, never into an output.
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flow_nb.errors import Cancelled
from flow_nb.notebook.bundle import bundle
from flow_nb.notebook.messages import Digest, Progressing, TakeView
from flow_nb.notebook.pace import Pace, Whole
from flow_nb.plan.shot import DEFAULT_DURATION_S

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INTERVAL_S, OUTPUT_INTERVAL_S, PREVIEW_INTERVAL_S = 0.1, 0.5, 0.6
"""At most so often: a word to the page, a new output, a preview."""

BEFORE, QUIET_S = ("plan", "speak"), 0.5
"""What is usually over before anybody could read of it makes no output until then."""


class LiveTake:
    """One output. Called with ``(stage, share)`` it is the engine's `Progress`, and it `see`s frames."""

    def __init__(
        self,
        digest: Digest,
        told: Callable[[Progressing], None],
        *,
        pace: Pace | None = None,
        stopped: Callable[[], bool] = lambda: False,
        shows: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``stopped`` is asked at every report: when it says yes, the work ends with `Cancelled`.
        Without ``shows`` there is no output: the page alone is told."""
        self.digest = digest
        self.share = 0.0
        self._told = told
        self._stopped = stopped
        self._clock = clock
        self._id = uuid.uuid4().hex
        self._shown = False
        self._shows = shows
        self._quiet_until_s = clock() + QUIET_S
        self._told_s = self._output_s = self._seen_s = float("-inf")
        self._now = Progressing(stage="", share=0.0)
        self._pace = pace or Pace()
        self._whole = Whole(*self._expected(), clock=clock)

    def expect(self, digest: Digest) -> None:
        """The plan is read: the take will be of this tier and length."""
        self.digest = digest
        self._whole.expect(*self._expected())

    def learn(self) -> None:
        """The take is made: the next one's end is foretold by it."""
        self._pace.learn(self.digest.tier, self.digest.duration_s, self._whole.spent_s)

    def _expected(self) -> tuple[dict[str, float], bool]:
        tier, duration_s = self.digest.tier, self.digest.duration_s or DEFAULT_DURATION_S
        return self._pace.expected_s(tier, duration_s), self._pace.knows(tier)

    def __call__(self, stage: str, share: float) -> None:
        """Shows how far it is; what comes faster than ten times a second is left out."""
        if self._stopped():
            raise Cancelled("Stopped.")
        self.share, left_s = self._whole.told(stage, min(max(share, 0.0), 1.0))
        now_s = self._clock()
        if now_s - self._told_s < INTERVAL_S:
            return
        self._told_s = now_s
        self._now = Progressing(stage=stage, share=round(self.share, 3), left_s=left_s)
        self._told(self._now)
        quick = stage in BEFORE and now_s < self._quiet_until_s
        if self._shows and not quick and now_s - self._output_s >= OUTPUT_INTERVAL_S:
            self._output_s = now_s
            self.show(TakeView(digest=self.digest, progress=self._now))

    def see(self, frame: NDArray[np.uint8]) -> None:
        """Shows the page a frame (H, W, 3), at most twice a second."""
        now_s = self._clock()
        if now_s - self._seen_s < PREVIEW_INTERVAL_S:
            return
        self._seen_s = now_s
        from flow_nb.media.still import preview_jpeg

        data = base64.b64encode(preview_jpeg(frame)).decode("ascii")
        preview = f"data:image/jpeg;base64,{data}"
        self._told(self._now.model_copy(update={"preview": preview}))

    def wait(self, stage: str) -> None:
        """It is not its turn yet; ``stage`` says why, in a word or two."""
        if self._now.stage != stage:
            self._whole = Whole(*self._expected(), clock=self._clock)
            self._now = Progressing(stage=stage, share=0.0)
            self._told(self._now)
            self.show(TakeView(digest=self.digest, progress=self._now))

    def show(self, view: TakeView, poster_png: bytes = b"", subtitles: str = "") -> dict[str, Any]:
        """Puts this in the place of what stood there; the bundle that it has become."""
        from IPython.display import display, update_display

        put: Callable[..., Any] = update_display if self._shown else display
        self._shown = True
        data = bundle(view, poster_png, subtitles)
        put(data, raw=True, display_id=self._id)
        return data

    def end(self, note: str) -> dict[str, Any] | None:
        """One line in the place of the progress, if there was any."""
        return self.show(TakeView(digest=self.digest, note=note)) if self._shown else None
