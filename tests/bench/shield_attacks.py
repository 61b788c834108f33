"""What is done to a marked clip. In: yuv420p frames (n, 3 H / 2, W). Out: luma frames and their rate."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.uint8]
Attacked = tuple[Frames, float]
Attack = Callable[[Frames, int], Attacked]
AFTERWARDS_CRF = 23


def encoded(yuv: Frames, codec: str = "libx264", fps: int = 24, **options: str | int) -> bytes:
    """A clip in Matroska; x264 at its own preset medium, on one thread."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        texts = {name.replace("_", "-"): str(value) for name, value in options.items()}
        stream = container.add_stream(codec, rate=fps, options=texts)
        stream.height, stream.width = yuv.shape[1] * 2 // 3, yuv.shape[2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for index, picture in enumerate(yuv):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def decoded_luma(file: bytes) -> Frames:
    """The luma planes (n, H, W) of a clip."""
    with av.open(io.BytesIO(file)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        return np.stack([luma(frame.to_ndarray()) for frame in container.decode(stream)])


def luma(yuv: Frames) -> Frames:
    """The luma of yuv420p, one frame or many."""
    return yuv[..., : yuv.shape[-2] * 2 // 3, :]


def _coded(codec: str = "libx264", **options: str | int) -> Attack:
    return lambda yuv, fps: (decoded_luma(encoded(yuv, codec, fps, **options)), fps)


def _planes(change: Callable[[Frames], Frames]) -> Attack:
    """Changes each plane of each frame alike, then x264."""

    def attack(yuv: Frames, fps: int) -> Attacked:
        return _x264(np.stack([_changed(picture, change) for picture in yuv]), fps), fps

    return attack


def _changed(picture: Frames, change: Callable[[Frames], Frames]) -> Frames:
    height, width = picture.shape[0] * 2 // 3, picture.shape[1]
    u, v = picture[height:].reshape(2, height // 2, width // 2)
    y = change(picture[:height])
    rows, columns = (y.shape[0] // 4 * 4, y.shape[1] // 4 * 4)
    flat = [y[:rows, :columns]] + [change(c)[: rows // 2, : columns // 2] for c in (u, v)]
    return np.concatenate([part.ravel() for part in flat]).reshape(rows * 3 // 2, columns)


def _x264(yuv: Frames, fps: int) -> Frames:
    return decoded_luma(encoded(yuv, fps=fps, crf=AFTERWARDS_CRF))


def _scaled(share: float) -> Attack:
    way = cv2.INTER_AREA
    return _planes(lambda plane: cv2.resize(plane, None, fx=share, fy=share, interpolation=way))


def _cut(left: float, top: float, right: float, bottom: float) -> Attack:
    def change(plane: Frames) -> Frames:
        h, w = plane.shape
        unit = 8 if w > 400 else 4
        x0, y0 = int(w * left) // unit * unit, int(h * top) // unit * unit
        return plane[y0 : int(h * (1 - bottom)), x0 : int(w * (1 - right))]

    return _planes(change)


def _turned(degrees: float) -> Attack:
    def change(plane: Frames) -> Frames:
        h, w = plane.shape
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
        return cv2.warpAffine(plane, matrix, (w, h), borderMode=cv2.BORDER_REFLECT)

    return _planes(change)


def _toned(contrast: float, brightness: float) -> Attack:
    def attack(yuv: Frames, fps: int) -> Attacked:
        changed = yuv.copy()
        toned = (luma(yuv).astype(np.float32) - 16) * contrast + 16 + brightness
        luma(changed)[:] = np.clip(np.rint(toned), 16, 235).astype(np.uint8)
        return _x264(changed, fps), fps

    return attack


def _at_rate(share: Fraction) -> Attack:
    """Frames left out or shown twice."""

    def attack(yuv: Frames, fps: int) -> Attacked:
        kept = [int(index / share) for index in range(int(len(yuv) * share))]
        return _x264(yuv[kept], round(fps * share)), float(fps * share)

    return attack


ATTACKS: dict[str, Attack] = {
    **{f"x264 crf {crf}": _coded(crf=crf) for crf in (18, 23, 28, 32, 36, 40)},
    "hevc crf 28": _coded(
        "libx265", crf=28, preset="veryfast", x265_params="log-level=none:pools=1"
    ),
    "vp9 crf 33": _coded("libvpx-vp9", crf=33, b="0", deadline="realtime", cpu_used=6),
    "av1 crf 35": _coded("libsvtav1", crf=35, preset=10, svtav1_params="lp=1"),
    "0.5×": _scaled(0.5),
    "0.75×": _scaled(0.75),
    "darker, less contrast": _toned(0.8, -10),
    "brighter, more contrast": _toned(1.2, 10),
    "24→15 fps": _at_rate(Fraction(15, 24)),
    "24→30 fps": _at_rate(Fraction(30, 24)),
    "crop to 70 %": _cut(0.17, 0.12, 0.13, 0.18),
    "sides cut by 10 %": _cut(0.1, 0, 0.1, 0),
    "mirrored": _planes(lambda plane: np.ascontiguousarray(plane[:, ::-1])),
    "rotated 1°": _turned(1),
    "rotated -2°": _turned(-2),
    "rotated 3°": _turned(3),
}
"""Every attack that is no encoding by itself is followed by x264 at CRF 23."""
