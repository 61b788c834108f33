"""The picture's mark beside other people's. In: four clips. Out: a printed table.

`python -m tests.bench.shield_others`, in an environment that also has invisible-watermark,
blind-watermark and onnxruntime. All mark the same frames of the same clips; all are told how many bits
to look for, and the others vote bit by bit over the frames, rivaGAN over every fourth. Theirs are not told
of a crop or a new size.
"""

from __future__ import annotations

import io
import sys
import time
import types
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.video_find import find_video
from tests.bench.shield_attacks import Frames, encoded, luma
from tests.bench.shield_clips import Size, clip
from tests.bench.shield_video import KEYS, marked

CLIPS = ("stage kitchen", "stage classroom", "photo cat pan", "cartoon car")
FRAMES = 12
PAYLOAD = 0x123456789ABCDEF0
Bits = NDArray[np.uint8]
Mark = Callable[[Frames, Bits], Frames]
Read = Callable[[Frames, int], NDArray[np.floating]]


def bits_of(count: int) -> Bits:
    """The first bits of the payload."""
    return np.array([PAYLOAD >> (63 - place) & 1 for place in range(count)], np.uint8)


def _bgr(yuv: Frames) -> Frames:
    return np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420), np.uint8)


def _yuv(bgr: Frames) -> Frames:
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420), np.uint8)


def invisible(method: str) -> tuple[Mark, Read]:
    """dwtDct or dwtDctSvd of invisible-watermark."""
    sys.modules.setdefault("torch", types.ModuleType("torch"))  # imported there for rivaGAN alone
    from imwatermark import WatermarkDecoder, WatermarkEncoder

    def mark(bgr: Frames, bits: Bits) -> Frames:
        encoder = WatermarkEncoder()
        encoder.set_watermark("bits", bits.tolist())
        return np.asarray(encoder.encode(bgr, method), np.uint8)

    return mark, lambda bgr, count: np.asarray(
        WatermarkDecoder("bits", count).decode(bgr, method), np.float32
    )


def riva() -> tuple[Mark, Read]:
    """rivaGAN with the weights that come with invisible-watermark; 32 bits."""
    import imwatermark
    import onnxruntime

    home = Path(imwatermark.__file__).parent
    encoder, decoder = (
        onnxruntime.InferenceSession(str(home / f"rivagan_{part}.onnx"))
        for part in ("encoder", "decoder")
    )

    def tensor(bgr: Frames) -> NDArray[np.float32]:
        return (bgr.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None, :, None]

    def mark(bgr: Frames, bits: Bits) -> Frames:
        given = {"frame": tensor(bgr), "data": bits[None].astype(np.float32)}
        made = np.clip(encoder.run(None, given)[0][0, :, 0], -1, 1)
        return ((made.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)

    return mark, lambda bgr, count: np.asarray(decoder.run(None, {"frame": tensor(bgr)})[0][0])


def blind() -> tuple[Mark, Read]:
    """blind-watermark, its mode for bits."""
    from blind_watermark import WaterMark, bw_notes

    bw_notes.close()

    def mark(bgr: Frames, bits: Bits) -> Frames:
        one = WaterMark(password_img=1, password_wm=1)
        one.read_img(img=bgr)
        one.read_wm(bits.astype(bool), mode="bit")
        return np.clip(np.rint(one.embed()), 0, 255).astype(np.uint8)

    def read(bgr: Frames, count: int) -> NDArray[np.floating]:
        one = WaterMark(password_img=1, password_wm=1)
        return np.asarray(one.extract(embed_img=bgr, wm_shape=(count,), mode="bit"), np.float32)

    return mark, read


def psnr_db(yuv: Frames, copy: Frames) -> float:
    """Of luma over all frames."""
    error = np.mean((luma(yuv).astype(np.float32) - luma(copy)) ** 2)
    return float(10 * np.log10(255**2 / error))


def _coded(copy: Frames, fps: int, crf: int) -> Frames:
    with av.open(io.BytesIO(encoded(copy, fps=fps, crf=crf))) as container:
        return np.stack([f.to_ndarray(format="yuv420p") for f in container.decode(video=0)])


def _changed(copy: Frames, change: Callable[[Frames], Frames]) -> Frames:
    return np.stack([_yuv(np.ascontiguousarray(change(_bgr(picture)))) for picture in copy])


TRIED: dict[str, Callable[[Frames, int], Frames]] = {
    "x264 crf 18": lambda copy, fps: _coded(copy, fps, 18),
    "x264 crf 23": lambda copy, fps: _coded(copy, fps, 23),
    "x264 crf 32": lambda copy, fps: _coded(copy, fps, 32),
    "0.75×, crf 23": lambda copy, fps: _coded(
        _changed(copy, lambda bgr: cv2.resize(bgr, None, fx=0.75, fy=0.75, interpolation=3)),
        fps,
        23,
    ),
    "crop, crf 23": lambda copy, fps: _coded(
        _changed(copy, lambda bgr: bgr[40:296, 96:560]), fps, 23
    ),
}


def report() -> None:
    """Bits right in percent, and clips whose payload was whole."""
    others = {
        "dwtDct": (*invisible("dwtDct"), 64),
        "dwtDctSvd": (*invisible("dwtDctSvd"), 64),
        "rivaGAN": (*riva(), 32),
        "blind-watermark": (*blind(), 64),
    }
    share: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name in CLIPS:
        yuv, fps = clip(name, Size(640, 360, 1 if "photo" in name or "cartoon" in name else 2))
        yuv = yuv[:FRAMES]
        began = time.process_time()
        copy = marked(yuv, KEYS[0], PAYLOAD)
        figures["flow_nb"].append((psnr_db(yuv, copy), time.process_time() - began))
        for attack, change in TRIED.items():
            found = find_video(luma(change(copy, fps)), KEYS[0], fps=fps).payload
            share["flow_nb"][attack].append(float(found == PAYLOAD))
        for label, (mark, read, count) in others.items():
            bits = bits_of(count)
            began = time.process_time()
            copy = np.stack([_yuv(mark(_bgr(picture), bits)) for picture in yuv])
            figures[label].append((psnr_db(yuv, copy), time.process_time() - began))
            for attack, change in TRIED.items():
                seen = change(copy, fps)[:: 1 if count == 64 else 4]
                votes = np.mean([read(_bgr(picture), count) for picture in seen], axis=0)
                share[label][attack].append(float(np.mean((votes > 0.5) == bits)))
    _print(share, figures)


def _print(
    share: dict[str, dict[str, list[float]]], figures: dict[str, list[tuple[float, float]]]
) -> None:
    print(f"\nmarks compared: {len(CLIPS)} clips of {FRAMES} frames at 640×360")
    for label, rows in share.items():
        psnr, took_s = np.mean(figures[label], axis=0)
        print(f"  {label:16} {psnr:5.1f} dB  {1000 * took_s / FRAMES:6.0f} ms a frame")
        for attack, right in rows.items():
            whole = sum(one == 1 for one in right)
            print(f"    {attack:14} bits {100 * np.mean(right):5.1f} %  whole {whole}/{len(right)}")


if __name__ == "__main__":
    report()
