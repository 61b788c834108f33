"""How much memory a piece of work takes. In: a block of work. Out: `Peak`: the most that this process and those
below it held at once, process by process.

`python -m tests.bench.memory PID` prints what a process and those below it hold, by kind.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

EVERY_S = 0.2


class Peak:
    """The most memory that this process and its children had at once, shared pages counted in part."""

    def __enter__(self) -> Self:
        self.parts: dict[str, float] = {}
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    @property
    def mebibytes(self) -> float:
        """All processes together."""
        return sum(self.parts.values())

    def __str__(self) -> str:
        parts = ", ".join(f"{name} {held:.0f}" for name, held in self.parts.items())
        return f"{self.mebibytes:7.0f} MiB at most, in all processes: {parts}"

    def _watch(self) -> None:
        while not self._over.wait(EVERY_S):
            now: dict[str, float] = {}
            for process in family(os.getpid()):
                name = "studio" if process == os.getpid() else _name(process)
                now[name] = now.get(name, 0.0) + held_mib(process).get("Pss", 0.0)
            if sum(now.values()) > self.mebibytes:
                self.parts = now


def family(process: int) -> Iterator[int]:
    """A process and all below it, as Linux tells."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def held_mib(process: int) -> Mapping[str, float]:
    """What a process holds by kind (``Pss``, ``Pss_Anon``, ``Pss_File``, ``Pss_Shmem`` …), in MiB; nothing
    where it is gone."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        fields = (line.split() for line in lines)
        return {name.rstrip(":"): int(kib) / 1024 for name, kib, *_ in fields}
    return {}


def _name(process: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        return next((w.rsplit(".", 1)[-1] for w in words if w.startswith("flow_nb.")), words[0])
    return "gone"


def main(arguments: list[str]) -> int:
    """Prints what is held now."""
    for process in family(int(arguments[0])):
        held = held_mib(process)
        kinds = ", ".join(f"{name} {held.get(name, 0):.0f}" for name in
                          ("Rss", "Pss", "Pss_Anon", "Pss_File", "Pss_Shmem"))  # fmt: skip
        print(f"{process} {_name(process)}: {kinds} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
