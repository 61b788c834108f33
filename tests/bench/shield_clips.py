"""Clips to mark. In: a size, a length, a cache folder. Out: named clips, yuv420p (n, 3 H / 2, W).

Stage takes of eight sets, photographs of scikit-image panned and zoomed, noise, cartoons, black and
white. A stage take is drawn once and kept in the cache folder.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.uint8]
FPS, STAGE_FPS = 24, 12
STAGE_TEXTS = {
    "kitchen": "INT. KITCHEN - GOLDEN HOUR\nA glass slides off the table edge and shatters.\n"
    "Slow dolly in, low angle.",
    "street": "EXT. CITY STREET - NIGHT. Rain.\nA woman walks along the street. Tracking shot.",
    "beach": "EXT. BEACH - DAY\nA ball rolls down to the sea. Pan left.",
    "classroom": "INT. CLASSROOM - DAY\nA boy drops a book. Static camera.",
    "forest": "EXT. FOREST - DAWN. Fog.\nAn apple falls from a branch. Slow dolly in.",
    "bar": "INT. BAR - NIGHT\nA bottle falls from the table and shatters. Handheld.",
    "living-room": "INT. LIVING ROOM - DAY\nA vase falls off the shelf. Orbit shot.",
    "desert": "EXT. DESERT - NOON\nA man runs. Pan right.",
}


@dataclass(frozen=True)
class Size:
    """What every clip of a run looks like."""

    width: int = 640
    height: int = 360
    seconds: int = 4

    @property
    def frames(self) -> int:
        """Of a clip that is drawn here."""
        return self.seconds * FPS


def cache_folder() -> Path:
    """Where stage takes are kept between runs, outside the repository."""
    named = os.environ.get("FLOW_NB_BENCH_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "flow_nb" / "bench"


def clip_names() -> list[str]:
    """Every clip there is."""
    return [f"stage {name}" for name in STAGE_TEXTS] + list(_DRAWN)


def clip(name: str, size: Size) -> tuple[Frames, int]:
    """One clip, yuv420p (n, 3 H / 2, W) in BT.709 limited range, and its frames a second."""
    kind, _, rest = name.partition(" ")
    if kind == "stage":
        return np.stack([_yuv(frame) for frame in _stage(rest, size)]), STAGE_FPS
    return np.stack([_yuv(frame) for frame in _DRAWN[name](size)]), FPS


def _yuv(rgb: Frames) -> Frames:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
    turned = frame.reformat(format="yuv420p", dst_colorspace=1, dst_color_range=1)
    return np.asarray(turned.to_ndarray(), np.uint8)


def _stage(name: str, size: Size) -> Iterator[Frames]:
    kept = cache_folder() / f"{name}.mkv"
    if not kept.exists():
        _draw_stage(name, kept)
    with av.open(str(kept)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index == size.seconds * STAGE_FPS:
                break
            rgb = frame.to_ndarray(format="rgb24")
            yield cv2.resize(rgb, (size.width, size.height), interpolation=cv2.INTER_AREA)


def _draw_stage(name: str, kept: Path) -> None:
    """The stage's own frames at the sketch tier, without loss."""
    from flow_nb import Studio, make_shot
    from flow_nb.engines.base import Order

    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(folder)
        plan = studio.plan(make_shot("clip", STAGE_TEXTS[name], tier="sketch"))
        order = Order(plan=plan, motion=studio.motion(plan), tier="sketch", seed=0)
        part = kept.with_suffix(".part.mkv")
        with av.open(str(part), "w") as container:
            stream = container.add_stream("libx264rgb", rate=STAGE_FPS, options={"qp": "0"})
            stream.pix_fmt = "rgb24"
            stream.width, stream.height = 640, 360
            for chunk in studio.engine("stage").shoot(order, lambda stage, share: None):
                for frame in chunk.frames:
                    container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
            container.mux(stream.encode(None))
        part.rename(kept)


def _photo(
    file: str,
    *,
    zoom: float = 1.25,
    pan: tuple[float, float] = (0, 0),
    grow: float = 0,
    dim: float = 1,
) -> Callable[[Size], Iterator[Frames]]:
    """A photograph through a moving window: pan in thousandths of the width a frame, grow likewise."""

    def drawn(size: Size) -> Iterator[Frames]:
        import skimage.data

        image = np.asarray(getattr(skimage.data, file)())
        image = image[0] if isinstance(image, tuple) else image
        if image.dtype != np.uint8:
            image = (255 * (image > 0)).astype(np.uint8)
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2RGB) if image.ndim == 2 else image[..., :3]
        scale = max(size.height * zoom / image.shape[0], size.width * zoom / image.shape[1])
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        large = cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)
        large = (large * dim).astype(np.uint8)
        step = size.width / 1000
        for t in range(size.frames):
            k = 1 + grow / 1000 * t
            moved = np.float32([[k, 0, -5 - pan[0] * step * t], [0, k, -5 - pan[1] * step * t]])
            yield cv2.warpAffine(
                large, moved, (size.width, size.height), borderMode=cv2.BORDER_REFLECT
            )

    return drawn


def _noise(size: Size) -> Iterator[Frames]:
    """A cloud of 1/f noise that drifts."""
    rng = np.random.default_rng(1)
    shape = (int(size.height * 1.4), int(size.width * 1.5))
    white = np.fft.rfft2(rng.standard_normal(shape))
    f = np.hypot(np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None])
    cloud = np.fft.irfft2(white / (f + 0.003) ** 1.1, shape)
    cloud = np.clip((cloud - cloud.mean()) / cloud.std() * 40 + 120, 0, 255)
    image = np.stack([cloud, cloud * 0.9, cloud * 0.8], -1).astype(np.uint8)
    for t in range(size.frames):
        x, y = t * size.width // 400, t * size.width // 1200
        yield image[y : y + size.height, x : x + size.width]


def _grain(size: Size) -> Iterator[Frames]:
    """Film grain, new in each frame, over a photograph that stands still."""
    rng = np.random.default_rng(2)
    for frame in _photo("coffee")(size):
        grain = rng.normal(0, 6, (size.height, size.width, 1))
        yield np.clip(frame + grain, 0, 255).astype(np.uint8)


def _discs(size: Size) -> Iterator[Frames]:
    """Flat discs that float over a gradient."""
    y, x = np.mgrid[0 : size.height, 0 : size.width].astype(np.float32)
    u, v = x / size.width, y / size.height
    ground = np.stack([60 + 120 * u, 80 + 100 * v, 140 - 60 * u], -1)
    for t in range(size.frames):
        frame = ground.copy()
        for k in range(4):
            cx = size.width * (0.2 + 0.2 * k + 0.05 * np.sin(t / 8 + k))
            cy = size.height * (0.5 + 0.25 * np.cos(t / 10 + 2 * k))
            inside = np.clip(size.height / 10 - np.hypot(x - cx, y - cy), 0, 2)[..., None] / 2
            frame = frame * (1 - inside) + inside * np.array([230 - 40 * k, 60 + 40 * k, 90])
        yield np.clip(frame, 0, 255).astype(np.uint8)


def _cartoon(size: Size) -> Iterator[Frames]:
    """Flat colours with black outlines: hills, a sun, a house, a car that drives through."""
    w, h = size.width, size.height
    for t in range(size.frames):
        frame = np.empty((h, w, 3), np.uint8)
        frame[:] = (140, 205, 245)
        cv2.circle(frame, (w * 4 // 5, h // 5), h // 9, (255, 225, 80), -1, cv2.LINE_AA)
        for cx, radius, colour in ((0.2, 0.7, (90, 170, 80)), (0.75, 0.8, (70, 150, 70))):
            middle = (int(w * cx), int(h * 1.15))
            cv2.circle(frame, middle, int(h * radius), colour, -1, cv2.LINE_AA)
            cv2.circle(frame, middle, int(h * radius), (20, 20, 20), 2, cv2.LINE_AA)
        cv2.rectangle(frame, (w // 4, h // 2), (w // 4 + w // 7, h * 3 // 4), (220, 120, 90), -1)
        cv2.rectangle(frame, (w // 4, h // 2), (w // 4 + w // 7, h * 3 // 4), (20, 20, 20), 2)
        x = int(-0.2 * w + 1.4 * w * t / size.frames)
        cv2.rectangle(frame, (x, h * 7 // 10), (x + w // 5, h * 8 // 10), (210, 40, 50), -1)
        cv2.rectangle(frame, (x, h * 7 // 10), (x + w // 5, h * 8 // 10), (20, 20, 20), 2)
        for wheel in (x + w // 25, x + w // 6):
            cv2.circle(frame, (wheel, h * 8 // 10), h // 22, (30, 30, 30), -1, cv2.LINE_AA)
        yield frame


def _credits(size: Size) -> Iterator[Frames]:
    """White words that roll over black."""
    words = ("A", "film", "of", "clay", "and", "light", "by", "nobody", "with", "puppets")
    for t in range(size.frames):
        frame = np.zeros((size.height, size.width, 3), np.uint8)
        for line in range(24):
            y = int(size.height * (0.9 + 0.12 * line) - t * size.height / 60)
            place = (size.width // 4, y)
            text = " ".join(words[(line * 3 + k) % len(words)] for k in range(4))
            scale = size.height / 500
            cv2.putText(frame, text, place, 0, scale, (255, 255, 255), 1, cv2.LINE_AA)
        yield frame


def _paper(size: Size) -> Iterator[Frames]:
    """Black shapes that move over white."""
    for t in range(size.frames):
        frame = np.full((size.height, size.width, 3), 255, np.uint8)
        for k in range(5):
            angle = t / 15 + 2 * np.pi * k / 5
            x = int(size.width * (0.5 + 0.3 * np.cos(angle)))
            y = int(size.height * (0.5 + 0.3 * np.sin(angle)))
            cv2.circle(frame, (x, y), size.height // 12, (0, 0, 0), -1, cv2.LINE_AA)
        yield frame


_DRAWN: dict[str, Callable[[Size], Iterator[Frames]]] = {
    "photo astronaut still": _photo("astronaut"),
    "photo cat pan": _photo("chelsea", pan=(2, 0.6)),
    "photo coffee zoom": _photo("coffee", grow=2),
    "photo rocket dark": _photo("rocket", pan=(1, 0.3), dim=0.45),
    "photo retina zoom": _photo("retina", grow=1.5),
    "photo stars pan": _photo("hubble_deep_field", pan=(1, 0.5)),
    "photo gravel fast pan": _photo("gravel", zoom=1.6, pan=(4, 1.5)),
    "photo grass zoom": _photo("grass", grow=3),
    "photo brick still": _photo("brick"),
    "photo cameraman pan": _photo("camera", pan=(1.5, 0.5)),
    "photo coins pan": _photo("coins", pan=(1, 0.4)),
    "photo moon zoom": _photo("moon", grow=1),
    "photo page pan": _photo("page", zoom=1.5, pan=(1, 0)),
    "photo cells pan": _photo("immunohistochemistry", pan=(2, 1)),
    "noise drifting": _noise,
    "grain still": _grain,
    "cartoon discs": _discs,
    "cartoon car": _cartoon,
    "black credits": _credits,
    "white paper": _paper,
}
