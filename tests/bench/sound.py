"""The sound beside the physics: how exact, how telling, how loud, how fast.

`python -m tests.bench.sound [onsets strikes growth speed made]` prints some or all of it.
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.director.grammar import Grammar
from flow_nb.engines.base import Order
from flow_nb.engines.stage.engine import Stage, _ear
from flow_nb.engines.stage.sound.foley import performance
from flow_nb.engines.stage.sound.loudness import loudness_lufs, true_peak_db
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from flow_nb.errors import FlowError
from flow_nb.physics.solve import solve
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.plan.shot import make_shot
from tests.bench.strikes import report_growth, report_strikes
from tests.engines.stage.sound.motions import THINGS, shattering, single
from tests.engines.stage.sound.onsets import onsets_s

HERE = Path(__file__).parent
FLOORS = ("hardwood", "tile", "asphalt", "linoleum")
SHOTS = 40
HALF_A_FRAME_S = 1 / 48
CLEAR_S = 0.12
"""A contact is judged if no louder one, nor one a quarter as loud, is within this time of it."""

FAINTEST = 0.15
"""Of the loudest contact of its shot; fainter ones lie under what still rings."""

RISE_DB, APART_S = 6.0, 0.006
"""What counts as an onset: a leap so high, so long after the last one."""

TIMED = (
    "A wine glass falls off the table and shatters.",
    "A woman walks past a red telephone box and waves.",
    "A red car drives down the street at night.",
)


def report(parts: tuple[str, ...] = ("onsets", "strikes", "growth", "made", "speed")) -> None:
    """The asked parts, one after the other."""
    known = {
        "onsets": report_onsets,
        "strikes": report_strikes,
        "growth": report_growth,
        "made": report_made,
        "speed": report_speed,
    }
    for part in parts:
        known[part]()


def report_onsets() -> None:
    """Of solved shots: every clear contact beside the nearest onset that is heard."""
    errors_s: list[float] = []
    worst: list[tuple[float, str]] = []
    rates: list[float] = []
    shots = 0
    for text in _texts():
        if shots == SHOTS:
            break
        try:
            plan = Grammar().read(make_shot(f"sound-{shots}", text))
            motion = solve(plan)
        except (FlowError, ZeroDivisionError) as error:
            print(f"  not solved: {text} ({error})")
            continue
        clear = clear_contacts_s(plan, motion)
        if not len(clear):
            continue
        shots += 1
        sound = soundtrack(plan, motion, camera=_camera(plan, motion)).astype(float)
        heard = onsets_s(sound, rise_db=RISE_DB, apart_s=APART_S)
        rates.append(len(heard) / motion.duration_s)
        off = np.abs(clear[:, None] - np.append(heard, np.inf)).min(axis=1)
        errors_s += off.tolist()
        worst.append((float(off.max()), text))
    errors = np.array(errors_s)
    late = errors[errors <= HALF_A_FRAME_S]
    print(f"\nOnsets in {shots} solved shots: {len(errors)} clear contacts")
    print(f"  median {1e3 * np.median(errors):.2f} ms (at most 5); within half a frame", end=" ")
    print(f"{len(late)} of {len(errors)}, of those the worst {1e3 * late.max():.1f} ms (20.8)")
    print(f"  {np.median(rates):.0f} onsets a second are heard in the median shot")
    for off, text in sorted(worst, reverse=True)[:5]:
        print(f"    worst {1e3 * off:7.1f} ms: {text}")


def clear_contacts_s(plan: Plan, motion: Motion) -> NDArray[np.float64]:
    """The instants of the contacts that nothing else covers."""
    hits, _ = performance(plan, motion, np.random.default_rng(0))
    found = []
    for i in range(len(hits)):
        near = np.abs(hits.time_s - hits.time_s[i]) < CLEAR_S
        near[i] = False
        loud = hits.level[i] > FAINTEST * hits.level.max()
        if (
            loud
            and not (hits.level[near] > 0.25 * hits.level[i]).any()
            and 0.05 < hits.time_s[i] < motion.duration_s - 0.05
        ):
            found.append(hits.time_s[i])
    return np.array(found)


def report_speed() -> None:
    """Sound beside the bare drawing of the same shots at `fast`."""
    stage = Stage()
    print("\nSound against drawing, fast")
    for text in TIMED:
        plan = Grammar().read(make_shot("sound", text))
        motion = solve(plan)
        order = Order(plan=plan, motion=motion, tier="fast", seed=0)
        ear = _camera(plan, motion)
        soundtrack(plan, motion, camera=ear)
        begin, cpu = time.perf_counter(), time.process_time()
        soundtrack(plan, motion, camera=ear)
        sound_s, cpu_s = time.perf_counter() - begin, time.process_time() - cpu
        stage.bare_draw_seconds(order)
        draw_s = stage.bare_draw_seconds(order)
        print(f"  {sound_s:.2f} s ({cpu_s:.2f} s of a processor) of {draw_s:.1f} s: ", end="")
        print(f"{100 * sound_s / (sound_s + draw_s):.1f} % (at most 10)  {text}")


def report_made() -> None:
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
    found = errors[errors < 20]
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


def _texts() -> list[str]:
    """The sheet's abilities, then the prompts that the director was measured with."""
    sheet = tomllib.loads((HERE / "abilities.toml").read_text("utf-8"))["texts"]
    prompts = tomllib.loads((HERE / "reading" / "after.toml").read_text("utf-8"))["prompt"]
    return [*sheet, *(prompt["text"] for prompt in prompts)]


def _camera(plan: Plan, motion: Motion):
    return _ear(Order(plan=plan, motion=motion, tier="fast", seed=0))


if __name__ == "__main__":
    report(tuple(sys.argv[1:]) or ("onsets", "strikes", "growth", "made", "speed"))
