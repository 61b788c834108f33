"""A take by stage, beside the bare renderer drawing the same frames; memory, sameness, how soon a second shot starts.

`python -m tests.bench.take [--tier TIER ...] [--frames N]`
Of light and ultra a few frames are drawn, and what is not measured is not printed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import numpy as np

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Order
from flow_nb.engines.stage.engine import Stage
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.media.decode import frames_sha256, samples
from flow_nb.timebase import SAMPLE_RATE_HZ

TEXT = "A glass falls from a table onto a hardwood floor and shatters"
SECOND = "A cup falls from a table onto a hardwood floor and shatters"
FEW = 3
WHOLE = ("sketch", "fast")
"""Tiers whose take is made whole; of the others a few frames are drawn."""


def report(folder: Path, tiers: Sequence[str] = tuple(TIERS), frames: int = FEW) -> None:
    """Tiers, one after the other; the warm renderer is what is compared with."""
    for tier in tiers:
        print(f"\n{TEXT} --tier {tier}", flush=True)
        studio = Studio(folder / tier)
        if tier in WHOLE:
            _report_take(studio, tier)
        _report_frames(studio, tier, frames)
    print(f"\na second shot on the same set: first frame after {_second_s(folder):.2f} s")


def _order(studio: Studio, tier: str, text: str = TEXT) -> Order:
    plan = studio.plan(make_shot("glass", text, tier=tier))
    return Order(plan=plan, motion=studio.motion(plan), tier=tier, seed=0)


def _report_take(studio: Studio, tier: str) -> None:
    shot, stage = make_shot("glass", TEXT, tier=tier), _stage(studio)
    order = _order(studio, tier)
    stage.bare_draw_seconds(order)  # warms the renderer
    bare_s = stage.bare_draw_seconds(order)
    again = Studio(studio.folder / "cold", engines=[stage])
    begin = time.perf_counter()
    with Peak() as peak:
        shooting = again.shoot(shot)
    whole_s = time.perf_counter() - begin
    for name, seconds in shooting.take.stages_s.items():
        print(f"  {name:8} {seconds:7.2f} s")
    frames = shooting.take.frames
    print(f"  whole    {whole_s:7.2f} s  ({whole_s / frames * 1e3:.0f} ms a frame)")
    print(f"  bare     {bare_s:7.2f} s, every frame drawn  → ratio {whole_s / bare_s:.2f}")
    print(f"  memory   {peak.mebibytes:7.0f} MiB at most, in all processes", flush=True)
    begin = time.perf_counter()
    again.shoot(shot)
    print(f"  again    {time.perf_counter() - begin:7.3f} s")
    hit = next(e for e in shooting.motion.events if e.kind == "break")
    onset = onset_s(again.path(shooting.take), hit.time_s)
    print(f"  impact   {hit.time_s:.4f} s, theory {hit.closed_form_s:.4f} s, sound {onset:.4f} s")
    first = frames_sha256(again.path(shooting.take))
    second = again.shoot(shot, fresh=True)
    same = first == frames_sha256(again.path(second.take))
    print(f"  clip     {'bit-equal in two runs' if same else 'DIFFERS between two runs'}")


def _report_frames(studio: Studio, tier: str, count: int) -> None:
    """The first frames twice: how long each takes, whether they are the same, the peak of memory."""
    stage, order = _stage(studio), _order(studio, tier)
    runs, seconds = [], []
    with Peak() as peak:
        for _ in range(2):
            hashes, begin = [], 0.0
            with closing(stage.draw(order, lambda what, share: None)) as frames:
                for frame in islice(frames, count):
                    hashes.append(hashlib.sha256(frame.tobytes()).hexdigest())
                    seconds.append(time.perf_counter() - begin if begin else float("nan"))
                    begin = time.perf_counter()
            runs.append(hashes)
    same = "bit-equal in two runs" if runs[0] == runs[1] else "DIFFER between two runs"
    print(f"  {count} frames {same}; {float(np.nanmedian(seconds)):.2f} s a frame")
    print(f"  memory of drawing {peak.mebibytes:.0f} MiB at most, in all processes", flush=True)


def _second_s(folder: Path) -> float:
    """From the order of another shot on a set that was drawn before to its first frame."""
    studio = Studio(folder / "second")
    stage = _stage(studio)
    orders = [_order(studio, "sketch", text) for text in (TEXT, SECOND)]
    for order in orders:
        begin = time.perf_counter()
        with closing(stage.draw(order, lambda what, share: None)) as frames:
            next(frames)
        last_s = time.perf_counter() - begin
    return last_s


def _stage(studio: Studio) -> Stage:
    stage = studio.engine("stage")
    assert isinstance(stage, Stage)
    return stage


class Peak:
    """The most memory that this process and its children had at once, shared pages counted in part."""

    def __enter__(self) -> Peak:
        self.mebibytes, self._over = 0.0, threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            total = sum(map(_pss_kib, _family(os.getpid())))
            self.mebibytes = max(self.mebibytes, total / 1024)


def _family(process: int) -> Iterator[int]:
    """A process and all below it, as Linux tells."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _pss_kib(process: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def onset_s(clip: Path, near_s: float) -> float:
    """Where the energy first leaps by 20 dB within 0.2 s around an instant."""
    sound = samples(clip).mean(axis=1)
    hop = 48
    low = int((near_s - 0.2) * SAMPLE_RATE_HZ)
    window = sound[low : low + int(0.4 * SAMPLE_RATE_HZ)]
    energy = np.add.reduceat(window**2, np.arange(0, len(window), hop)) + 1e-9
    floor = np.array([energy[max(0, i - 40) : max(1, i - 1)].max() for i in range(len(energy))])
    leap = np.flatnonzero(energy > 10 * floor)
    return float((low + leap[0] * hop) / SAMPLE_RATE_HZ) if len(leap) else float("nan")


def main(arguments: Sequence[str]) -> int:
    """Prints the figures of some tiers."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.take", description=__doc__)
    parser.add_argument("--tier", nargs="*", choices=tuple(TIERS), default=tuple(TIERS))
    parser.add_argument("--frames", type=int, default=FEW)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), options.tier, options.frames)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
