"""The label that people see. In: frames. Out: the same with words in a corner, burnt in.

The letters are OpenCV's own "uni", so that Latin, Chinese and Korean come from the same hand. The words
stand on a dark plate, in the first corner without a face in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Box, Format
from flow_nb.errors import SealError
from flow_nb.timebase import frame_count

FONT, WEIGHT = "uni", 500
INK, PLATE, PLATE_OPACITY = 242, 12, 0.62
MARGIN, PADDING, LINE_GAP = 0.035, 0.42, 0.28
"""The margin as a share of the shorter side; padding and the gap between lines as shares of a letter."""
MAX_WIDTH, MAX_LINE = 0.9, 0.6
"""A label, and a line of it, as shares of the picture's width: longer lines are broken."""
PLACES = ("bottom right", "bottom left", "top left", "top right", "bottom", "top")


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """Words on a plate, ready to be put into frames ``0`` to ``frames - 1``.

    ``ink`` and ``plate`` are opacities (h, w) in 0 to 1; ``height_px`` is how high the lowest line's
    letters are; ``covered`` is the largest share of a face that lies under it.
    """

    texts: tuple[str, ...]
    ink: NDArray[np.float32]
    plate: NDArray[np.float32]
    left: int
    top: int
    place: str
    frames: int
    height_px: int
    covered: float

    def put(self, frames: NDArray[np.uint8], first_frame: int) -> NDArray[np.uint8]:
        """Consecutive frames (n, H, W, 3) from ``first_frame`` on, with the label where it is due."""
        due = min(len(frames), self.frames - first_frame)
        if due <= 0:
            return frames
        marked = frames.copy()
        height, width = self.ink.shape
        area = marked[:due, self.top : self.top + height, self.left : self.left + width]
        plate, ink = self.plate[..., None], self.ink[..., None]
        mixed = area * (1 - plate) + PLATE * plate
        area[:] = np.rint(mixed * (1 - ink) + INK * ink).astype(np.uint8)
        return marked


def label(
    texts: Sequence[str],
    form: Format,
    *,
    share: float,
    seconds: float | None,
    total: int,
    faces: Sequence[Sequence[Box]] = (),
) -> Label:
    """A label of these lines, each at least ``share`` of the shorter side high.

    It stands for ``seconds`` from the start, None being all of the ``total`` frames; ``faces`` are the
    faces of every frame. Raises SealError where the words do not fit the picture.
    """
    least_px = ceil(share * min(form.width, form.height))
    widest_px = round(MAX_LINE * form.width)
    lines = [line for text in texts for line in _lines(text, least_px, widest_px)]
    ink, plate = _plate(lines, least_px)
    height, width = ink.shape
    if width > MAX_WIDTH * form.width or height > form.height / 2:
        raise SealError(
            f"the label takes {width}×{height} pixels of a picture of {form.width}×{form.height}.",
            fix="Choose fewer profiles, or a larger tier.",
        )
    frames = total if seconds is None else min(total, _at_least(seconds, form.fps))
    due = list(faces[:frames])
    options = [(place, *_corner(place, width, height, form)) for place in PLACES]
    covers = [_covered(left, top, width, height, form, due) for _, left, top in options]
    best = covers.index(min(covers))
    place, left, top = options[best]
    return Label(
        texts=tuple(texts),
        ink=ink,
        plate=plate,
        left=left,
        top=top,
        place=place,
        frames=frames,
        height_px=min(_ink_height(line) for line in lines),
        covered=covers[best],
    )


def _at_least(seconds: float, fps: Fraction) -> int:
    count = frame_count(seconds, fps)
    return count if count / fps >= Fraction(seconds) else count + 1


def _lines(text: str, least_px: int, widest_px: int) -> list[NDArray[np.float32]]:
    """A text in one line, or word by word where that would be too wide."""
    whole = _line(text, least_px)
    words = text.split()
    if whole.shape[1] <= widest_px or len(words) < 2:
        return [whole]
    return [_line(word, least_px) for word in words]


def _line(text: str, least_px: int) -> NDArray[np.float32]:
    """The opacities of one line whose letters are at least so high."""
    size = least_px
    while True:
        drawn = _drawn(text, size)
        if _ink_height(drawn) >= least_px:
            return drawn
        size += max(1, least_px // 12)


def _drawn(text: str, size: int) -> NDArray[np.float32]:
    face = cv2.FontFace(FONT)
    if face.getName() != FONT:
        raise SealError(
            "OpenCV has come without its letters: a label cannot be drawn.",
            fix="Run: pip install --force-reinstall opencv-python-headless",
        )
    canvas = np.zeros((3 * size, (len(text) + 2) * 2 * size, 3), np.uint8)
    cv2.putText(canvas, text, (size, 2 * size), (255, 255, 255), face, size, WEIGHT)
    rows, columns = (np.flatnonzero(canvas[..., 0].any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        raise SealError(f'the label "{text}" has no visible letter.', fix="Write a word.")
    cut = canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1, 0]
    return cut.astype(np.float32) / np.float32(255)


def _ink_height(drawn: NDArray[np.float32]) -> int:
    return int((drawn > 0.5).any(axis=1).sum())


def _plate(
    lines: Sequence[NDArray[np.float32]], letter_px: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """All lines under each other, and a plate with round corners behind them."""
    padding, gap = max(2, round(PADDING * letter_px)), max(1, round(LINE_GAP * letter_px))
    height = sum(len(line) for line in lines) + gap * (len(lines) - 1) + 2 * padding
    width = max(line.shape[1] for line in lines) + 2 * padding
    ink = np.zeros((height, width), np.float32)
    top = padding
    for line in lines:
        ink[top : top + line.shape[0], padding : padding + line.shape[1]] = line
        top += line.shape[0] + gap
    y, x = np.ogrid[:height, :width]
    out = [np.maximum(padding - a, a - (n - 1 - padding)) for a, n in ((x, width), (y, height))]
    beyond = np.hypot(*(np.maximum(part, 0) for part in out))
    inside = np.clip(padding + 0.5 - beyond, 0, 1)
    return ink, (inside * PLATE_OPACITY).astype(np.float32)


def _corner(place: str, width: int, height: int, form: Format) -> tuple[int, int]:
    margin = round(MARGIN * min(form.width, form.height))
    left = margin if "left" in place else form.width - width - margin
    if place in ("top", "bottom"):
        left = (form.width - width) // 2
    return left, margin if "top" in place else form.height - height - margin


def _covered(
    left: int, top: int, width: int, height: int, form: Format, faces: Sequence[Sequence[Box]]
) -> float:
    """The largest share of any face in any frame that would lie under the label."""
    plate = (
        left / form.width,
        top / form.height,
        (left + width) / form.width,
        (top + height) / form.height,
    )
    shares = (_share(plate, face) for frame in faces for face in frame)
    return max(shares, default=0.0)


def _share(plate: Box, face: Box) -> float:
    wide = min(plate[2], face[2]) - max(plate[0], face[0])
    high = min(plate[3], face[3]) - max(plate[1], face[1])
    area = (face[2] - face[0]) * (face[3] - face[1])
    return wide * high / area if wide > 0 and high > 0 and area > 0 else 0.0
