from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from flow_nb.notebook.jobs import Job, Jobs

WAIT_S = 10


class Take:
    """Work that ends when it is told to, or stopped."""

    def __init__(self, log: list[str]) -> None:
        self.log = log
        self.begun, self.go = threading.Event(), threading.Event()

    def job(self, name: str, **more: Callable[[], None]) -> Job:
        return Job(name, f"cell-{name}", self.work, **more)

    def work(self, job: Job):
        self.log.append(job.name)
        self.begun.set()
        while not self.go.wait(0.005):
            if job.stopped:
                return "cancelled"
        return "done"


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


def nobody(_: object) -> None:
    pass


def test_jobs_are_done_one_at_a_time_in_their_order(jobs, log):
    takes = [Take(log) for _ in range(3)]
    for name, take in zip("abc", takes, strict=True):
        jobs.submit(take.job(name))
    assert takes[0].begun.wait(WAIT_S)
    assert [job.state for job in jobs.all] == ["rendering", "queued", "queued"]
    assert log == ["a"]
    for take in takes:
        take.go.set()
    jobs.wait((), nobody)
    assert log == ["a", "b", "c"]
    assert [job.state for job in jobs.all] == ["done"] * 3


def test_a_job_that_waits_is_withdrawn_and_one_at_work_is_stopped(jobs, log):
    first, second, gone = Take(log), Take(log), []
    jobs.submit(first.job("a"))
    jobs.submit(second.job("b", withdrawn=lambda: gone.append("b")))
    assert first.begun.wait(WAIT_S)
    jobs.cancel_cells(["cell-b"])
    assert gone == ["b"]
    assert jobs.cancel("a")
    jobs.wait((), nobody)
    assert [job.state for job in jobs.all] == ["cancelled", "cancelled"]
    assert log == ["a"]
    assert not jobs.cancel("a")


def test_a_job_of_the_same_name_replaces_the_one_before(jobs, log):
    first, again, gone = Take(log), Take(log), []
    busy = Take(log)
    jobs.submit(busy.job("busy"))
    assert busy.begun.wait(WAIT_S)
    jobs.submit(first.job("a", withdrawn=lambda: gone.append("a")))
    jobs.submit(again.job("a"))
    for take in (busy, again):
        take.go.set()
    jobs.wait((), nobody)
    assert log == ["busy", "a"]
    assert not first.begun.is_set()
    assert gone == []


def test_who_takes_the_stage_waits_for_the_job_at_work_and_goes_before_the_others(jobs, log):
    at_work, waits = Take(log), Take(log)
    jobs.submit(at_work.job("a"))
    assert at_work.begun.wait(WAIT_S)
    jobs.submit(waits.job("b"))
    seen: list[str] = []

    def waiting(name: str) -> None:
        seen.append(name)
        at_work.go.set()

    with jobs.turn(waiting):
        log.append("foreground")
        assert not waits.begun.wait(0.05)
    waits.go.set()
    jobs.wait((), nobody)
    assert set(seen) == {"a"}
    assert log == ["a", "foreground", "b"]


def test_an_interrupt_while_waiting_for_the_stage_leaves_the_queue_going(jobs, log):
    at_work, waits = Take(log), Take(log)
    jobs.submit(at_work.job("a"))
    assert at_work.begun.wait(WAIT_S)
    jobs.submit(waits.job("b"))

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), jobs.turn(interrupted):
        pass
    at_work.go.set()
    waits.go.set()
    jobs.wait(["b"], nobody)
    assert log == ["a", "b"]


def test_a_bug_in_one_job_is_told_and_the_next_one_is_done(jobs, log, capsys):
    def broken(job: Job):
        raise ZeroDivisionError("by zero")

    jobs.submit(Job("a", None, broken))
    take = Take(log)
    take.go.set()
    jobs.submit(take.job("b"))
    jobs.wait((), nobody)
    assert [(job.state, job.why) for job in jobs.all] == [
        ("refused", "ZeroDivisionError: by zero"),
        ("done", ""),
    ]
    assert "ZeroDivisionError" in capsys.readouterr().err
