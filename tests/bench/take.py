"""A take by stage, beside the bare renderer drawing the same frames; memory, sameness, how soon a second shot starts.

`python -m tests.bench.take [--tier TIER ...] [--seconds S] [--frames N]`
A take is as long as its tier's row in `SECONDS` says; what is not measured is not printed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Order
from flow_nb.engines.stage.engine import Stage, chunk_frames
from flow_nb.engines.stage.tiers import TIERS
from flow_nb.media.decode import frames_sha256, samples
from flow_nb.media.encode import Encoder
from flow_nb.plan.shot import Shot
from flow_nb.timebase import SAMPLE_RATE_HZ
from tests.bench.memory import Peak

TEXT = "A glass falls from a table onto a hardwood floor and shatters"
SECOND = "A cup falls from a table onto a hardwood floor and shatters"
FEW = 3
SECONDS: Mapping[str, float] = {"sketch": 4, "fast": 4, "portrait": 1, "light": 1}
"""How long a take is made, where nobody asks for another length: without a graphics card a large tier
takes minutes a second, and of ultra a few frames are drawn and coded. Memory does not grow with the length."""


def report(
    folder: Path,
    tiers: Sequence[str] = tuple(TIERS),
    frames: int = FEW,
    seconds: float | None = None,
) -> None:
    """Tiers, one after the other; the warm renderer is what is compared with."""
    for tier in tiers:
        length_s = seconds or SECONDS.get(tier)
        studio = Studio(folder / tier)
        shot = make_shot("glass", TEXT, tier=tier, duration=length_s or 1.0)
        print(f"\n{TEXT} --tier {tier}, {shot.duration_s:g} s", flush=True)
        _report_frames(studio, shot, frames)
        if length_s is not None:
            _report_take(studio, shot)
    print(f"\na second shot on the same set: first frame after {_second_s(folder):.2f} s")


def _order(studio: Studio, shot: Shot) -> Order:
    plan = studio.plan(shot)
    return Order(plan=plan, motion=studio.motion(plan), tier=shot.tier, seed=0)


def _report_take(studio: Studio, shot: Shot) -> None:
    stage, order = _stage(studio), _order(studio, shot)
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
    spent = shooting.take.stages_s
    print(f"  marks and seal {(spent['mark'] + spent['seal']) / whole_s:.1%} of the whole")
    print(f"  memory   {peak}", flush=True)
    begin = time.perf_counter()
    again.shoot(shot)
    print(f"  again    {time.perf_counter() - begin:7.3f} s")
    for hit in [e for e in shooting.motion.events if e.kind == "break"][:1]:
        onset = onset_s(again.path(shooting.take), hit.time_s)
        told = f"{hit.time_s:.4f} s, theory {hit.closed_form_s:.4f} s, sound {onset:.4f} s"
        print(f"  impact   {told}")
    first = frames_sha256(again.path(shooting.take))
    second = again.shoot(shot, fresh=True)
    same = first == frames_sha256(again.path(second.take))
    print(f"  clip     {'bit-equal in two runs' if same else 'DIFFERS between two runs'}")


def _report_frames(studio: Studio, shot: Shot, count: int) -> None:
    """The first frames twice, drawn and coded: how long each takes, whether they are the same, the peak of
    memory. Warms the renderer."""
    stage, order = _stage(studio), _order(studio, shot)
    runs, seconds = [], []
    with Peak() as peak:
        for run in range(2):
            hashes, begin = [], 0.0
            with (
                closing(stage.shoot(order, lambda what, share: None)) as chunks,
                Encoder(studio.folder / f"few-{run}.mp4", TIERS[shot.tier].format) as out,
            ):
                for chunk in islice(chunks, -(-count // chunk_frames(TIERS[shot.tier].format))):
                    if begin:
                        seconds.append((time.perf_counter() - begin) / len(chunk.frames))
                    out.write(chunk)
                    hashes += [
                        hashlib.sha256(frame.tobytes()).hexdigest() for frame in chunk.frames
                    ]
                    begin = time.perf_counter()
            runs.append(hashes)
    same = "bit-equal in two runs" if runs[0] == runs[1] else "DIFFER between two runs"
    pace = f"; {float(np.median(seconds)):.2f} s a frame" if seconds else ""
    print(f"  {len(runs[0])} frames {same}{pace}")
    print(f"  memory of them {peak}", flush=True)


def _second_s(folder: Path) -> float:
    """From the order of another shot on a set that was drawn before to its first frame."""
    studio = Studio(folder / "second")
    stage = _stage(studio)
    orders = [_order(studio, make_shot("one", text, tier="sketch")) for text in (TEXT, SECOND)]
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
    parser.add_argument("--seconds", type=float, help="how long the takes are")
    parser.add_argument("--frames", type=int, default=FEW)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), options.tier, options.frames, options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
