"""The sound beside the contacts: how exact, how loud, how fast."""

from __future__ import annotations

import time

import numpy as np

from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from tests.engines.stage.sound.motions import THINGS, shattering, single
from tests.engines.stage.sound.onsets import onsets_s

FLOORS = ("hardwood", "tile", "asphalt", "linoleum")
LOST_MS = 20


def report() -> None:
    """Sixteen things on four floors, six touches each, and the time that a smash takes."""
    errors_ms, lufs, peaks_db = [], [], []
    for seed, thing in enumerate(THINGS):
        times_s = np.cumsum(np.random.default_rng(seed).uniform(0.28, 0.6, 6))
        for floor in FLOORS:
            shot = single(thing, times_s=times_s, floor=floor, duration_s=4.0)
            sound = soundtrack(*shot).astype(float)
            errors_ms.extend(1e3 * np.abs(times_s[:, None] - onsets_s(sound)).min(axis=1))
            lufs.append(loudness_lufs(sound))
            peaks_db.append(true_peak_db(sound))
    errors = np.array(errors_ms)
    found = errors[errors < LOST_MS]
    print(f"\nSound of {len(lufs)} made-up shots of 4 s")
    print(f"  onsets             {len(found)} of {len(errors)} found", end="")
    print(f", median {np.median(found):.2f} ms, worst {found.max():.2f} ms from their contact")
    print(f"  loudness           median {np.median(lufs):.1f} LUFS, {min(lufs):.1f} to ", end="")
    print(f"{max(lufs):.1f}; true peak at most {max(peaks_db):.2f} dBTP")
    print(f"  smash, 300 touches {wall_s():.2f} s")


def wall_s(runs: int = 5) -> float:
    """Median over runs of a 4 s shot with 300 contacts and 60 fragments, after a first."""
    shot = shattering()
    soundtrack(*shot)
    took = []
    for _ in range(runs):
        begin = time.perf_counter()
        soundtrack(*shot)
        took.append(time.perf_counter() - begin)
    return float(np.median(took))
