"""Chunks that are easy to find again: grey steps, numbered bars, clicks."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Chunk, Format
from flow_nb.film.cutting import cut
from flow_nb.film.sounding import sounds
from flow_nb.media import decode
from flow_nb.media.encode import PRESET, Encoder
from flow_nb.media.mux import Piece, join
from flow_nb.plan.edit import WHOLE
from flow_nb.timebase import sample_at_frame

SMALL = Format(width=160, height=96, fps=Fraction(24))


def chunks(
    frames: int,
    *,
    form: Format = SMALL,
    clicks: Sequence[int] = (),
    step: int = 7,
    level: int = 0,
    hum: float = 0.0,
) -> Iterator[Chunk]:
    """Frames in chunks of ``step``; frame f has a bar 2 f + 2 columns wide; clicks in the sound."""
    total = sample_at_frame(frames, form.fps)
    wave = hum * np.sin(2 * np.pi * 300 * np.arange(total) / 48_000)
    sound = np.stack([wave, wave], axis=1).astype(np.float32)
    for click in clicks:
        sound[click : click + 8] = 0.9
    for first in range(0, frames, step):
        last = min(first + step, frames)
        span = slice(sample_at_frame(first, form.fps), sample_at_frame(last, form.fps))
        pictures = np.stack([picture(f, form, level) for f in range(first, last)])
        yield Chunk(frames=pictures, samples=sound[span], first_frame=first)


def picture(frame: int, form: Format, level: int = 0) -> NDArray[np.uint8]:
    image = np.full((form.height, form.width, 3), level, np.uint8)
    image[:, : 2 * (frame % (form.width // 2)) + 2] = 230
    return image


def bar(image: NDArray[np.uint8]) -> int:
    """Which frame of `picture` this is."""
    row = image[image.shape[0] // 2].mean(axis=-1)
    return round(float((row > 140).sum()) / 2) - 1


def clip(path: Path, frames: int, **kwargs: object) -> Path:
    form, preset = kwargs.get("form", SMALL), kwargs.pop("preset", PRESET)
    assert isinstance(form, Format)
    assert isinstance(preset, str)
    with Encoder(path, form, preset=preset) as out:
        for chunk in chunks(frames, **kwargs):  # type: ignore[arg-type]
            out.write(chunk)
    return path


def click_at(sound: NDArray[np.float32], near: int, reach: int = 2000) -> int:
    low = max(0, near - reach)
    return low + int(np.abs(sound[low : near + reach, 0]).argmax())


def joined(clips: Sequence[Path], target: Path) -> int:
    """Whole clips behind each other, with their own sound."""
    counts = [decode.probe(clip).frames for clip in clips]
    fps = decode.probe(clips[0]).fps
    strips = cut([""] * len(clips), counts, [WHOLE] * len(clips), fps).strips
    pieces = [Piece(clip=c, first=0, last=n) for c, n in zip(clips, counts, strict=True)]
    return join(pieces, lambda: sounds(strips, clips, fps), target, lambda _: None)
