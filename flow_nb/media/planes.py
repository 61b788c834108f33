"""Pictures as coders have them. In: a clip, frames to blend. Out: yuv420p frames; a clip made of them.

Nothing passes through RGB here: a frame that is decoded and coded again loses by the coder alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.media.container import not_a_clip, reading, writing
from flow_nb.media.decode import picture_of, rate_of
from flow_nb.media.encode import CRF, PRESET
from flow_nb.media.picture import PictureTrack

COARSEST = 10
"""The largest quantizer of frames that are coded a second time: two takes of the stage at its sketch
tier came within 47 dB of what they were, at 1.6 times the bytes."""

BLACK, GREY = 16, 128
_LAYOUT = "yuv420p"


def pictures(path: Path, first: int, last: int) -> Iterator[VideoFrame]:
    """Frames ``first`` to ``last`` (exclusive) of a clip, yuv420p. Raises MediaError where one lacks."""
    with reading(path) as container:
        video = picture_of(container, path)
        video.thread_type = "AUTO"
        fps = rate_of(video, path)
        base = video.time_base or Fraction(1, 1)
        container.seek(round(first / fps / base), stream=video)
        due = first
        for frame in container.decode(video):
            at = round((frame.pts or 0) * base * fps)
            if at >= last:
                break
            if at >= first:
                due += 1
                yield frame if frame.format.name == _LAYOUT else frame.reformat(format=_LAYOUT)
        if due < last:
            raise not_a_clip(path)


def blended(one: VideoFrame, other: VideoFrame, share: float) -> VideoFrame:
    """``share`` (0 to 1) of the other over the one, as film has dissolved since it was printed twice."""
    mixed = [a + (b - a) * share for a, b in zip(_planes(one), _planes(other), strict=True)]
    return _frame(mixed)


def darkened(frame: VideoFrame, light: float) -> VideoFrame:
    """``light`` (0 to 1) of a frame over black."""
    luma, *chroma = _planes(frame)
    return _frame([BLACK + (luma - BLACK) * light, *(GREY + (c - GREY) * light for c in chroma)])


def write_pictures(path: Path, form: Format, frames: Iterable[VideoFrame]) -> int:
    """A clip of pictures alone, coded finely and by the same coder as takes are; how many there are."""
    with writing(path, form.fps) as container:
        track = PictureTrack(container, form, crf=CRF, preset=PRESET, coarsest=COARSEST)
        for frame in frames:
            container.mux(list(track.encode_planes(frame)))
        container.mux(list(track.finish()))
    return track.frames


def _planes(frame: VideoFrame) -> list[NDArray[np.float32]]:
    """Luma (H, W) and both chromas (H/2, W/2), as floats."""
    planes = []
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        planes.append(rows[: plane.height, : plane.width].astype(np.float32))
    return planes


def _frame(planes: Iterable[NDArray[np.float32]]) -> VideoFrame:
    """Planes of floats as a frame, rounded."""
    parts = [np.clip(np.rint(plane), 0, 255).astype(np.uint8) for plane in planes]
    height, width = parts[0].shape
    frame = VideoFrame(width, height, _LAYOUT)
    for plane, part in zip(frame.planes, parts, strict=True):
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        rows[: plane.height, : plane.width] = part
    return frame
