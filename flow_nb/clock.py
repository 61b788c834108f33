"""Wall time by stage. In: stages as they run. Out: seconds for each, kept in a take's record."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

Item = TypeVar("Item")


@dataclass
class Clock:
    """Wall time by stage, in seconds."""

    stages_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Adds the time spent inside to a stage."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - begin
            self.stages_s[stage] = round(self.stages_s.get(stage, 0.0) + spent, 4)

    def each(self, stage: str, items: Iterable[Item]) -> Iterator[Item]:
        """Passes items on; the time spent waiting for them goes to a stage."""
        source = iter(items)
        while True:
            with self.time(stage):
                item = next(source, None)
            if item is None:
                return
            yield item
