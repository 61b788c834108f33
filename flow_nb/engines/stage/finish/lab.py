"""Frames are finished while the next one is drawn. In: drawn frames in their slots. Out: the same, finished,
told of in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.finish.finish import Finish, Planes


class Lab:
    """One frame is in the lab at a time: whoever brings the next waits for it."""

    def __init__(
        self,
        finish: Finish | None,
        slots: Sequence[NDArray[np.uint8]],
        tell: Callable[[int, int], None],
    ) -> None:
        self._finish, self._slots, self._tell = finish, slots, tell
        self._pool = ThreadPoolExecutor(1)
        self._work: tuple[Future[None], int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def develop(self, frame: int, slot: int, planes: Planes | None) -> None:
        """Takes a drawn frame; tells of the one before, which is ready now."""
        self._collect()
        assert self._finish is not None
        work = self._pool.submit(self._finish, self._slots[slot], frame, planes)
        self._work = work, frame, slot

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._collect()
        finally:
            self._pool.shutdown()

    def _collect(self) -> None:
        if self._work is not None:
            work, frame, slot = self._work
            self._work = None
            work.result()
            self._tell(frame, slot)
