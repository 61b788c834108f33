"""The picture's mark beside other people's. In: four clips. Out: a printed table.

`python -m tests.bench.shield_others`. What others need is never installed beside the studio: it stands in
an environment of its own in the cache folder, and what to type is said where there is none.

All mark the same twelve frames of the same clips, all are read after the same attacks. Theirs carry no
check: they are told how many bits to look for, which of them are right is counted, they vote over some of
the frames, and the slow ones are tried on the first clip or two alone. They find no new size by themselves,
so they get a halved clip back at its first size; of a crop and a rotation they are told nothing. Ours is
told nothing at all.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import subprocess
import sys
import time
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.video_find import find_video
from tests.bench.shield_attacks import Frames, encoded, luma
from tests.bench.shield_clips import Size, cache_folder, clip
from tests.bench.shield_video import KEYS, marked

CLIPS = ("stage kitchen", "photo cat pan", "cartoon car", "photo gravel fast pan")
SIZE, FRAMES = Size(640, 360, seconds=1), 12
PAYLOAD = 0x123456789ABCDEF0
NEEDED = ("imwatermark", "blind_watermark", "onnxruntime")
HOME = "FLOW_NB_BENCH_OTHERS"
Bits = NDArray[np.uint8]
Votes = NDArray[np.float32]
Change = Callable[[Frames], Frames]


def home() -> Path:
    """The environment of the others, outside the repository."""
    named = os.environ.get(HOME)
    return Path(named) if named else cache_folder() / "others"


def report() -> None:
    """The table, from this environment or from the one that has what is needed."""
    if all(importlib.util.find_spec(name) for name in NEEDED):
        return _measure()
    python = home() / "bin" / "python"
    if not python.exists():
        print(
            f"not measured: there is no {home()} ({HOME} names another). To make it:\n"
            f"  python -m venv {home()}\n"
            f"  {home()}/bin/pip install numpy scipy av opencv-python-headless scikit-image "
            "PyWavelets onnxruntime\n"
            f"  {home()}/bin/pip install --no-deps invisible-watermark blind-watermark"
        )
        return None
    for name in CLIPS:
        clip(name, SIZE)  # only the studio's own environment can draw what is not kept yet
    subprocess.run([str(python), "-W", "ignore", "-m", __spec__.name], check=True)
    return None


@dataclass(frozen=True)
class Maker:
    """Somebody's mark: how it is written into BGR, how its bits are read, which frames vote."""

    name: str
    count: int
    mark: Callable[[Frames, Bits], Frames]
    read: Callable[[Frames, int], Votes]
    step: int = 3
    clips: int = len(CLIPS)


def _invisible(method: str) -> Maker:
    """dwtDct or dwtDctSvd of invisible-watermark."""
    sys.modules.setdefault("torch", types.ModuleType("torch"))  # imported there, not used by these
    theirs: Any = importlib.import_module("imwatermark")

    def mark(bgr: Frames, bits: Bits) -> Frames:
        encoder = theirs.WatermarkEncoder()
        encoder.set_watermark("bits", bits.tolist())
        return np.asarray(encoder.encode(bgr, method), np.uint8)

    def read(bgr: Frames, count: int) -> Votes:
        return np.asarray(theirs.WatermarkDecoder("bits", count).decode(bgr, method), np.float32)

    return Maker(method, 64, mark, read)


def _riva() -> Maker:
    """rivaGAN, with the weights that come with invisible-watermark; it holds 32 bits."""
    theirs: Any = importlib.import_module("imwatermark")
    runtime: Any = importlib.import_module("onnxruntime")
    folder = Path(theirs.__file__).parent
    encoder, decoder = (
        runtime.InferenceSession(str(folder / f"rivagan_{part}.onnx"))
        for part in ("encoder", "decoder")
    )

    def tensor(bgr: Frames) -> NDArray[np.float32]:
        return (bgr.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None, :, None]

    def mark(bgr: Frames, bits: Bits) -> Frames:
        given = {"frame": tensor(bgr), "data": bits[None].astype(np.float32)}
        made = np.clip(encoder.run(None, given)[0][0, :, 0], -1, 1)
        return np.asarray(np.rint((made.transpose(1, 2, 0) + 1) * 127.5), np.uint8)

    def read(bgr: Frames, count: int) -> Votes:
        logits = np.asarray(decoder.run(None, {"frame": tensor(bgr)})[0][0], np.float32)
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)

    return Maker("rivaGAN", 32, mark, read, step=12, clips=1)


def _blind() -> Maker:
    """blind-watermark, its mode for bits."""
    theirs: Any = importlib.import_module("blind_watermark")
    theirs.bw_notes.close()

    def mark(bgr: Frames, bits: Bits) -> Frames:
        one = theirs.WaterMark(password_img=1, password_wm=1)
        one.read_img(img=bgr)
        one.read_wm(bits.astype(bool), mode="bit")
        return np.asarray(np.clip(np.rint(one.embed()), 0, 255), np.uint8)

    def read(bgr: Frames, count: int) -> Votes:
        one = theirs.WaterMark(password_img=1, password_wm=1)
        return np.asarray(one.extract(embed_img=bgr, wm_shape=(count,), mode="bit"), np.float32)

    return Maker("blind-watermark", 64, mark, read, step=6, clips=2)


def bits_of(count: int) -> Bits:
    """The first bits of the payload."""
    return np.array([PAYLOAD >> (63 - place) & 1 for place in range(count)], np.uint8)


def _bgr(yuv: Frames) -> Frames:
    return np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420), np.uint8)


def _yuv(bgr: Frames) -> Frames:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(bgr), cv2.COLOR_BGR2YUV_I420), np.uint8)


def _coded(yuv: Frames, fps: int, crf: int) -> Frames:
    with av.open(io.BytesIO(encoded(yuv, fps=fps, crf=crf)), "r") as container:
        frames = container.decode(container.streams.video[0])
        return np.stack([np.asarray(one.to_ndarray(format="yuv420p"), np.uint8) for one in frames])


def _turned(bgr: Frames) -> Frames:
    height, width = bgr.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2, 1)
    return np.asarray(cv2.warpAffine(bgr, turn, (width, height), borderMode=cv2.BORDER_REFLECT))


def _half(bgr: Frames) -> Frames:
    return np.asarray(cv2.resize(bgr, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


@dataclass(frozen=True)
class Attack:
    """A change of BGR frames, then x264; ``back`` undoes for the others what they cannot find."""

    crf: int = 23
    change: Change | None = None
    back: Change | None = None

    def on(self, yuv: Frames, fps: int) -> Frames:
        if self.change:
            yuv = np.stack([_yuv(self.change(_bgr(picture))) for picture in yuv])
        return _coded(yuv, fps, self.crf)


TRIED = {
    "untouched": None,
    "crf 23": Attack(),
    "crf 32": Attack(32),
    "crf 36": Attack(36),
    "0.5×": Attack(
        change=_half,
        back=lambda bgr: np.asarray(cv2.resize(bgr, (SIZE.width, SIZE.height), interpolation=2)),
    ),
    "crop": Attack(change=lambda bgr: bgr[42:298, 94:558]),
    "2°": Attack(change=_turned),
}


@dataclass(frozen=True)
class Row:
    """One maker on one clip: PSNR over BGR, growth at CRF 23, seconds a frame, bits right by attack."""

    psnr_db: float
    growth_percent: float
    frame_s: float
    right: list[float]


def _quality(yuv: Frames, copy: Frames, fps: int) -> tuple[float, float]:
    pairs = zip(yuv, copy, strict=True)
    error = np.mean([np.mean((_bgr(a).astype(np.float32) - _bgr(b)) ** 2) for a, b in pairs])
    growth = len(encoded(copy, fps=fps, crf=23)) / len(encoded(yuv, fps=fps, crf=23)) - 1
    return float(10 * np.log10(255**2 / error)), 100 * growth


def _ours(yuv: Frames, fps: int) -> Row:
    """Found or not: the code corrects all or gives up."""
    began = time.process_time()
    copy = marked(yuv, KEYS[0], PAYLOAD)
    took_s = (time.process_time() - began) / len(yuv)
    seen = (attack.on(copy, fps) if attack else copy for attack in TRIED.values())
    right = [float(find_video(luma(one), KEYS[0], fps=fps).payload == PAYLOAD) for one in seen]
    return Row(*_quality(yuv, copy, fps), took_s, right)


def _theirs(maker: Maker, yuv: Frames, fps: int) -> Row:
    bits = bits_of(maker.count)
    began = time.process_time()
    copy = np.stack([_yuv(maker.mark(_bgr(picture), bits)) for picture in yuv])
    took_s = (time.process_time() - began) / len(yuv)
    right = []
    for attack in TRIED.values():
        after = attack.on(copy, fps) if attack else copy
        seen = [_bgr(one) for one in after[maker.step // 2 :: maker.step]]
        if attack and attack.back:
            seen = [attack.back(one) for one in seen]
        votes = np.mean([maker.read(one, maker.count) for one in seen], axis=0)
        right.append(float(np.mean((votes > 0.5) == bits)))
    return Row(*_quality(yuv, copy, fps), took_s, right)


def _measure() -> None:
    cv2.setNumThreads(1)
    clips = [(name, *_clip(name)) for name in CLIPS]
    print(f"marks compared on {FRAMES} frames at {SIZE.width}×{SIZE.height}; bits right in percent")
    print(f"{'':40}  PSNR  crf 23  ms/frame" + "".join(f"{name:>10}" for name in TRIED))
    _report_one("flow_nb", clips, _ours)
    for maker in (_invisible("dwtDct"), _invisible("dwtDctSvd"), _blind(), _riva()):
        _report_one(maker.name, clips[: maker.clips], partial(_theirs, maker))


def _clip(name: str) -> tuple[Frames, int]:
    """Frames that both BGR and yuv420p hold, and their rate."""
    yuv, fps = clip(name, SIZE)
    return np.stack([_yuv(_bgr(picture)) for picture in yuv[:FRAMES]]), fps


def _report_one(
    label: str, clips: list[tuple[str, Frames, int]], measure: Callable[[Frames, int], Row]
) -> None:
    rows = []
    for name, yuv, fps in clips:
        rows.append(measure(yuv, fps))
        _print(name, label, rows[-1:])
    _print(f"mean of {len(clips)}, whole", label, rows)


def _print(name: str, label: str, rows: list[Row]) -> None:
    """One clip, or the mean of many with the number of clips whose bits were all right."""
    figures = np.mean([(row.psnr_db, row.growth_percent, row.frame_s) for row in rows], axis=0)
    psnr_db, growth, frame_s = figures
    line = f"{name:23} {label:16} {psnr_db:5.1f} {growth:+6.1f} % {1000 * frame_s:8.0f}"
    for right in zip(*(row.right for row in rows), strict=True):
        text = f"{100 * np.mean(right):.0f}"
        whole = f" {sum(one == 1 for one in right)}/{len(right)}" if len(rows) > 1 else ""
        line += f"{text + whole:>10}"
    print(line, flush=True)


if __name__ == "__main__":
    report()
