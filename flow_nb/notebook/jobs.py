"""The queue behind ``--background``. In: `Job`s. Out: each done in its turn, by one worker.

One take is made at a time: a cell that is run without ``--background`` waits for the job at work, then goes
before those that wait.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Literal

Turn = Literal["queued", "rendering", "done", "refused", "cancelled"]
FOREGROUND = "the cell that runs"
POLL_S = 0.1
"""How soon an interrupt is heard by somebody who waits."""


class Job:
    """Something to make for a shot. ``work`` makes it and says itself what went wrong: it returns the
    state in which the job ended. It may ask ``stopped`` and end early."""

    def __init__(
        self,
        name: str,
        cell: str | None,
        work: Callable[[Job], Turn],
        *,
        withdrawn: Callable[[], None] = lambda: None,
    ) -> None:
        """``withdrawn`` is called when it is cancelled before its turn came."""
        self.name = name
        self.cell = cell
        self.state: Turn = "queued"
        self.share = 0.0
        self.why = ""
        self.work = work
        self.withdrawn = withdrawn
        self.context = copy_context()
        self.quiet = False
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody wants it to end."""
        return self._stop.is_set()

    @property
    def open(self) -> bool:
        """Whether it waits or is at work."""
        return self.state in {"queued", "rendering"}

    def stop(self, *, quiet: bool = False) -> None:
        """It is to end as soon as it can; ``quiet``: and to say nothing, for another takes its place."""
        self.quiet = quiet
        self._stop.set()

    def run(self) -> None:
        """In the context of the cell that ordered it: what it displays belongs there."""
        try:
            self.state = self.context.run(self.work, self)
        except Exception as error:
            self.state, self.why = "refused", f"{type(error).__name__}: {error}"
            self.context.run(traceback.print_exception, error)


class Jobs:
    """The jobs of one notebook. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._jobs: dict[str, Job] = {}
        self._busy = ""
        self._before = 0
        self._worker: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Puts a job at the end of the queue; it replaces an open one of the same name."""
        self.cancel(job.name, quiet=True)
        with self._changed:
            self._jobs.pop(job.name, None)
            self._jobs[job.name] = job
            if self._worker is None:
                self._worker = threading.Thread(target=self._serve, name="flow_nb", daemon=True)
                self._worker.start()
            self._changed.notify_all()

    def cancel(self, name: str, *, quiet: bool = False) -> bool:
        """Ends a job: at once where it waits, at its next report where it is at work; False where
        there is none. ``quiet``: it is not to say so."""
        with self._changed:
            job = self._jobs.get(name)
            if job is None or not job.open:
                return False
            job.stop(quiet=quiet)
            waiting = job.state == "queued"
            if waiting:
                job.state = "cancelled"
            self._changed.notify_all()
        if waiting and not quiet:
            job.withdrawn()
        return True

    def cancel_cells(self, cells: Collection[str]) -> None:
        """Ends the jobs of these cells."""
        for job in self.all:
            if job.cell in cells:
                self.cancel(job.name)

    def close(self) -> None:
        """Ends them all."""
        for job in self.all:
            self.cancel(job.name)

    @property
    def all(self) -> list[Job]:
        """Every job, in the order in which they were ordered."""
        with self._changed:
            return list(self._jobs.values())

    def find(self, name: str) -> Job | None:
        """The last job of a shot."""
        with self._changed:
            return self._jobs.get(name)

    def open(self, names: Collection[str] = ()) -> list[Job]:
        """Those that wait or are at work: of these names, or all."""
        return [job for job in self.all if job.open and (not names or job.name in names)]

    def wait(self, names: Collection[str], waiting: Callable[[Job], None]) -> None:
        """Returns when none of these jobs (of all, where none is named) is open. An interrupt ends the
        wait, not the jobs; ``waiting`` hears which is next, ten times a second."""
        while jobs := self.open(names):
            waiting(next((j for j in jobs if j.state == "rendering"), jobs[0]))
            with self._changed:
                self._changed.wait(POLL_S)

    @contextmanager
    def turn(self, waiting: Callable[[str], None] = lambda name: None) -> Iterator[None]:
        """The stage is ours: after the job at work, before those that wait. ``waiting`` hears the name
        of who has it, and may raise."""
        with self._changed:
            self._before += 1
            try:
                while self._busy:
                    waiting(self._busy)
                    self._changed.wait(POLL_S)
                self._busy = FOREGROUND
            finally:
                self._before -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            self._free()

    def _free(self) -> None:
        with self._changed:
            self._busy = ""
            self._changed.notify_all()

    def _serve(self) -> None:
        """The worker: ends when nothing waits, and begins anew with the next job."""
        while (job := self._next()) is not None:
            try:
                job.run()
            finally:
                self._free()

    def _next(self) -> Job | None:
        with self._changed:
            while True:
                job = next((j for j in self._jobs.values() if j.state == "queued"), None)
                if job is None:
                    self._worker = None
                    return None
                if not self._busy and not self._before:
                    self._busy, job.state = job.name, "rendering"
                    return job
                self._changed.wait()
