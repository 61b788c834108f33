"""A take by stage, beside the bare renderer drawing the same frames."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from flow_nb import Studio, make_shot
from flow_nb.engines.base import Order
from flow_nb.media.decode import frames_sha256, samples
from flow_nb.timebase import SAMPLE_RATE_HZ

TEXT = "A glass falls from a table onto a hardwood floor and shatters"


def report(folder: Path) -> None:
    """Tiers, one after the other; the warm renderer is what is compared with."""
    for tier in ("sketch", "fast"):
        print(f"\n{TEXT} --tier {tier}")
        _report_tier(Studio(folder / tier), tier)


def _report_tier(studio: Studio, tier: str) -> None:
    shot = make_shot("glass", TEXT, tier=tier)
    stage = studio.engine("stage")
    plan = studio.plan(shot)
    motion = studio.motion(plan)
    order = Order(plan=plan, motion=motion, tier=tier, seed=0)
    stage.bare_draw_seconds(order)  # warms the renderer
    bare_s = stage.bare_draw_seconds(order)
    again = Studio(studio.folder / "cold", engines=[stage])
    begin = time.perf_counter()
    shooting = again.shoot(shot)
    whole_s = time.perf_counter() - begin
    for name, seconds in shooting.take.stages_s.items():
        print(f"  {name:8} {seconds:7.2f} s")
    frames = shooting.take.frames
    print(f"  whole    {whole_s:7.2f} s  ({whole_s / frames * 1e3:.0f} ms a frame)")
    print(f"  bare     {bare_s:7.2f} s  → ratio {whole_s / bare_s:.2f}")
    begin = time.perf_counter()
    again.shoot(shot)
    print(f"  again    {time.perf_counter() - begin:7.3f} s")
    hit = next(e for e in shooting.motion.events if e.kind == "break")
    onset = onset_s(again.path(shooting.take), hit.time_s)
    print(f"  impact   {hit.time_s:.4f} s, theory {hit.closed_form_s:.4f} s, sound {onset:.4f} s")
    first = frames_sha256(again.path(shooting.take))
    second = again.shoot(shot, fresh=True)
    same = first == frames_sha256(again.path(second.take))
    print(f"  frames   {'bit-equal in two runs' if same else 'DIFFER between two runs'}")


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


__all__ = ["report"]
