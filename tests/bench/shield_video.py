"""The video mark measured. In: names of attacks, `--quick`. Out: a printed table.

`python -m tests.bench.shield_video [--quick] [--size 640x360] [attack …]`; without names it runs all
attacks, then `quality`, `false-alarms` and `speed`, which are names as well. A payload that cannot be
spelled out is asked for among a thousand that were given out, the clips' own with them; it then counts as
recognised.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from flow_nb.shield.marks.gather import spans
from flow_nb.shield.marks.video import VideoMark
from flow_nb.shield.marks.video_find import find_in, find_video
from tests.bench.shield_attacks import ATTACKS, Frames, encoded, luma
from tests.bench.shield_clips import Size, clip, clip_names

KEYS = [f"bench key {index}".encode() for index in range(8)]
PARTS = ("quality", "false-alarms", "speed")
QUICK_CLIPS = ("photo astronaut still", "photo gravel fast pan", "cartoon discs", "stage classroom")
FALSE_ALARM_KEYS = 2000
KNOWN = 1000
"""So many takes a studio may have made."""


def main() -> None:
    """Parses, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help=f"of: {', '.join([*ATTACKS, *PARTS])}")
    parser.add_argument("--quick", action="store_true", help="four clips, 100 false-alarm keys")
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--clips", default="", help="only clips whose name holds this")
    parser.add_argument(
        "--kept", default="", help="a file of results, one line a clip, to go on from"
    )
    parser.add_argument("--share", default="1/1", help="2/3: the second of every three clips")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    width, height = map(int, chosen.size.split("x"))
    names = [name for name in clip_names() if chosen.clips in name]
    names = [name for name in names if name in QUICK_CLIPS] if chosen.quick else names
    part, parts = map(int, chosen.share.split("/"))
    names = names[part - 1 :: parts]
    what = chosen.what or [*ATTACKS, *PARTS]
    if unknown := set(what) - {*ATTACKS, *PARTS}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    attacks = [name for name in ATTACKS if name in what]
    if attacks or "quality" in what:
        kept = Path(chosen.kept) if chosen.kept else None
        report_marks(names, attacks, Size(width, height), "quality" in what, kept)
    if "false-alarms" in what:
        report_false_alarms(names, 100 if chosen.quick else FALSE_ALARM_KEYS, Size(width, height))
    if "speed" in what:
        report_speed()


def marked(yuv: Frames, key: bytes, payload: int) -> Frames:
    """A marked copy."""
    copy = yuv.copy()
    height, width = luma(copy[0]).shape
    mark = VideoMark(key, payload, width=width, height=height)
    for picture in copy:
        mark.mark(luma(picture))
    return copy


def payload_of(index: int) -> int:
    """A payload for the clip of that number."""
    return int(np.random.default_rng(index).integers(0, 1 << 63))


def known() -> list[int]:
    """What a studio has given out: the payloads of all clips, and more."""
    return [payload_of(index) for index in range(KNOWN)]


def report_marks(
    names: list[str], attacks: list[str], size: Size, quality: bool, kept: Path | None
) -> None:
    """Each clip marked once and attacked in every way; what ``kept`` holds is not done again."""
    print(f"\nvideo mark, {len(names)} clips of {size.seconds} s at {size.width}×{size.height}")
    lines = kept.read_text().splitlines() if kept and kept.exists() else []
    told = {one["clip"]: one for one in map(json.loads, lines) if one["clip"] in names}
    for name in names:
        if name not in told:
            told[name] = _told(name, attacks, size, quality)
            if kept:
                with kept.open("a") as file:
                    file.write(json.dumps(told[name]) + "\n")
        print(_line(told[name]), flush=True)
    if figures := [one["quality"] for one in told.values() if one["quality"]]:
        psnr, ssim, growth = np.array(figures).T
        print(
            f"  PSNR mean {psnr.mean():.2f} dB, least {psnr.min():.2f}; SSIM mean {ssim.mean():.4f}, "
            f"least {ssim.min():.4f}; x264 CRF 23 bitrate {growth.mean():+.1f} % on average"
        )
    for attack in attacks:
        words = [one["right"][attack] for one in told.values() if attack in one["right"]]
        spelled, right = (
            words.count("right"),
            len(words) - words.count("none") - words.count("WRONG"),
        )
        print(
            f"  {attack:26} {right:3} of {len(words)}  {100 * right / len(words):5.1f} %"
            f"  ({spelled} spelled out, {right - spelled} recognised)"
        )


def _told(name: str, attacks: list[str], size: Size, quality: bool) -> dict[str, Any]:
    """The figures of one clip; its key and its payload go by its place among all."""
    index = clip_names().index(name)
    key, payload = KEYS[index % len(KEYS)], payload_of(index)
    yuv, fps = clip(name, size)
    copy = marked(yuv, key, payload)
    right = {}
    for attack in attacks:
        frames, rate = ATTACKS[attack](copy, fps)
        right[attack] = _read(frames, key, payload, rate)
    return {"clip": name, "quality": _quality(yuv, copy, fps) if quality else None, "right": right}


def _read(frames: Frames, key: bytes, payload: int, fps: float) -> str:
    """How a payload was found; what is wrong is wrong, however it was found."""
    for word, among in (("right", []), ("recognised", known())):
        found = find_video(frames, key, fps=fps, known=among).payload
        if found is not None:
            return word if found == payload else "WRONG"
    return "none"


def _line(told: dict[str, Any]) -> str:
    line = f"  {told['clip']:24}"
    if told["quality"]:
        line += " {:5.2f} dB  SSIM {:.4f}  CRF 23 {:+6.1f} %".format(*told["quality"])
    missed = [f"  [{attack}: {how}]" for attack, how in told["right"].items() if how != "right"]
    return line + "".join(missed)


def _quality(yuv: Frames, copy: Frames, fps: int) -> tuple[float, float, float]:
    """PSNR in dB over all frames, SSIM of every twelfth, growth at CRF 23 in percent."""
    from skimage.metrics import structural_similarity

    error = np.mean((luma(yuv).astype(np.float32) - luma(copy)) ** 2)
    pairs = zip(luma(yuv)[::12], luma(copy)[::12], strict=True)
    ssim = np.mean([structural_similarity(a, b, data_range=255) for a, b in pairs])
    growth = len(encoded(copy, fps=fps, crf=23)) / len(encoded(yuv, fps=fps, crf=23)) - 1
    return float(10 * np.log10(255**2 / error)), float(ssim), 100 * growth


def report_false_alarms(names: list[str], count: int, size: Size) -> None:
    """Keys that are not the clip's, each with its own patterns, on a cutting of every clip.

    Every other clip is marked, with yet another key. The keys are independent; the cuttings of one
    clip are one and the same, listened to once. One in forty is half a second long, which makes the
    finder search at every scale and rotation. Each key has given out a thousand payloads.
    """
    given_out = known()
    rng = np.random.default_rng(0)
    alarms, chance, done = 0, 0.0, 0
    begin = time.process_time()
    for index, name in enumerate(names):
        yuv, fps = clip(name, size)
        yuv = yuv[: fps // 2 + 2]
        seen = luma(marked(yuv, b"another studio", payload_of(index)) if index % 2 else yuv)
        short, long = (next(spans(seen[:end], fps)) for end in (fps // 3, len(seen)))
        for number in range(count // len(names) + (index < count % len(names))):
            found = find_in(
                long if number % 40 == 39 else short, rng.bytes(16), fps=fps, known=given_out
            )
            alarms += found.payload is not None
            chance += found.false_alarm
            done += 1
    took_s = (time.process_time() - begin) / done
    print(
        f"\nfalse alarms: {alarms} in {done} keys on {len(names)} clips ({took_s:.2f} s of CPU "
        f"each); by the check {chance:.4f} were due"
    )


def report_speed() -> None:
    """Embedding and finding at 1080p, one thread of OpenCV; decoding is not counted."""
    yuv, _ = clip("photo cat pan", Size(1920, 1080, 2))
    frames = [luma(picture).copy() for picture in yuv]
    mark = VideoMark(KEYS[0], 1, width=1920, height=1080)
    begin, spent = time.perf_counter(), time.process_time()
    for frame in frames:
        mark.mark(frame)
    wall_s, cpu_s = time.perf_counter() - begin, time.process_time() - spent
    print(
        f"\nmarking 1080p: {len(frames) / wall_s:.0f} frames/s, {len(frames) / cpu_s:.0f} by CPU time"
    )
    minute = frames * 30
    for label, key in (("marked", KEYS[0]), ("with a wrong key", b"wrong")):
        begin, spent = time.perf_counter(), time.process_time()
        found = find_video(minute, key, fps=24).payload
        wall_s, cpu_s = time.perf_counter() - begin, time.process_time() - spent
        print(f"finding in a minute of 1080p, {label}: {wall_s:.1f} s, CPU {cpu_s:.1f} s, {found}")


if __name__ == "__main__":
    main()
