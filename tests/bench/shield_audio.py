"""The mark in the sound: how seldom it is lost, how little is heard of it, how fast it is.

    python -m tests.bench.shield_audio [--quick] [--seconds 4] [--speech FOLDER] [PART …]

Parts: names of attacks, `hearing`, `speed`, `false-alarms`; all of them when none is named.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from flow_nb.shield.marks.audio import AudioMark
from flow_nb.shield.marks.audio_find import find_audio, find_audio_of
from flow_nb.timebase import SAMPLE_RATE_HZ
from tests.bench.shield_sound_attacks import ATTACKS
from tests.bench.shield_sounds import SPOKEN, sounds
from tests.shield.marks.hearing import noise_to_mask_db

KEYS = tuple(bytes([number]) * 32 for number in range(8))
STRANGER = b"the key of another studio"
FALSE_ALARM_CLIPS, FALSE_ALARM_S = 250, 4
QUICK_SOUNDS = 5


def report(
    parts: tuple[str, ...] = (),
    *,
    quick: bool = False,
    seconds: float = 8,
    speech: Path = SPOKEN,
) -> None:
    """Prints every part, or those that are named."""
    made = sounds(speech)
    if quick:
        made = dict(list(made.items())[:: len(made) // QUICK_SOUNDS])
    made = {name: sound[: round(seconds * SAMPLE_RATE_HZ)] for name, sound in made.items()}
    print(f"\nMark in the sound: {len(made)} sounds of {seconds:g} s, {len(KEYS)} keys")
    marked = {name: marked_with(sound, index) for index, (name, sound) in enumerate(made.items())}
    if not parts or "hearing" in parts:
        hearing(made, marked)
    for name in ATTACKS:
        if not parts or name in parts:
            attacked(name, marked)
    if not parts or "speed" in parts:
        speed(made)
    if not parts or "false-alarms" in parts:
        false_alarms(made, FALSE_ALARM_CLIPS // (25 if quick else 1))


def payload_of(index: int) -> int:
    return int(np.random.default_rng(index).integers(0, 1 << 32))


def marked_with(sound: np.ndarray, index: int, key: bytes = b"") -> np.ndarray:
    mark = AudioMark(key or KEYS[index % len(KEYS)], payload_of(index))
    return np.concatenate([mark.mark(sound), mark.rest()])


def hearing(made: dict[str, np.ndarray], marked: dict[str, np.ndarray]) -> None:
    """Noise to mask by class of sound: mean and worst; and the signal over the mark."""
    levels = defaultdict(list)
    for name, sound in made.items():
        mark = marked[name] - sound
        over_db = 10 * np.log10((sound**2).sum() / (mark**2).sum())
        levels[name.split()[0]].append((noise_to_mask_db(sound, marked[name]), over_db))
    for kind, rows in levels.items():
        nmr, over = np.array(rows).T
        print(f"  heard of it  {kind:10s} noise to mask {nmr.mean():5.1f} dB", end="")
        print(f", worst {nmr.max():5.1f}; sound over mark {over.mean():4.1f} dB", flush=True)


def attacked(name: str, marked: dict[str, np.ndarray]) -> None:
    """The share of sounds whose payload, and no other, is read after an attack."""
    lost, sure = [], []
    for index, (sound_name, sound) in enumerate(marked.items()):
        found = find_audio(*ATTACKS[name](sound), KEYS[index % len(KEYS)])
        if {one.payload for one in found} == {payload_of(index)}:
            sure.append(max(one.confidence for one in found))
        else:
            lost.append(sound_name)
    share = 100 * len(sure) / len(marked)
    print(f"  {name:16s} {share:5.1f} % right, confidence at least", end=" ")
    print(f"{min(sure, default=0):.2f}{'; lost: ' if lost else ''}{', '.join(lost)}", flush=True)


def speed(made: dict[str, np.ndarray]) -> None:
    """How many times faster than the sound lasts: a minute, in processor time of one thread."""
    minute = np.resize(np.concatenate(list(made.values())), (60 * SAMPLE_RATE_HZ, 2))
    begin = time.process_time()
    marked = marked_with(minute, 0)
    middle = time.process_time()
    find_audio(marked, SAMPLE_RATE_HZ, KEYS[0])
    end = time.process_time()
    find_audio(minute, SAMPLE_RATE_HZ, KEYS[0])
    unmarked_s = time.process_time() - end
    print(f"  speed            marks {60 / (middle - begin):.0f} x real time", end=", ")
    print(f"finds {60 / (end - middle):.0f} x, finds nothing {60 / unmarked_s:.0f} x", flush=True)


def false_alarms(made: dict[str, np.ndarray], clips: int) -> None:
    """Half of the clips unmarked, half marked with another key; every clip with every key."""
    rng = np.random.default_rng(0)
    names, alarms = list(made), []
    for index in range(clips):
        sound = made[names[index % len(names)]]
        first = int(rng.integers(0, max(1, len(sound) - FALSE_ALARM_S * SAMPLE_RATE_HZ)))
        clip = sound[first : first + FALSE_ALARM_S * SAMPLE_RATE_HZ]
        clip = marked_with(clip, index, STRANGER) if index % 2 else clip
        alarms += [one for found in find_audio_of(clip, SAMPLE_RATE_HZ, KEYS) for one in found]
    print(f"  false alarms     {len(alarms)} of {clips * len(KEYS)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", metavar="part")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--speech", type=Path, default=SPOKEN)
    given = parser.parse_args()
    if unknown := set(given.parts) - {*ATTACKS, "hearing", "speed", "false-alarms"}:
        parser.error(f"no part {', '.join(sorted(unknown))}; choose from {', '.join(ATTACKS)}")
    report(tuple(given.parts), quick=given.quick, seconds=given.seconds, speech=given.speech)
