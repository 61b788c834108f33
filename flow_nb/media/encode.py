"""Chunks become a file as they come. In: `Chunk`s. Out: an MP4, H.264 and AAC of equal length.

>>> import tempfile
>>> from fractions import Fraction
>>> form = Format(width=64, height=48, fps=Fraction(24))
>>> chunk = Chunk(
...     frames=np.zeros((3, 48, 64, 3), np.uint8),
...     samples=np.zeros((6000, 2), np.float32),
...     first_frame=0,
... )
>>> with tempfile.TemporaryDirectory() as folder:
...     with Encoder(Path(folder) / "clip.mp4", form) as out:
...         out.write(chunk)
...     (Path(folder) / "clip.mp4").exists()
True
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Chunk, Format
from flow_nb.errors import MediaError
from flow_nb.media.container import NO_METADATA, writing
from flow_nb.media.marker import Marker
from flow_nb.media.picture import PictureTrack
from flow_nb.media.sound import SoundTrack
from flow_nb.timebase import sample_at_frame

CRF = 20  # without the macroblock tree this is what 18 is with it
PRESET = "veryfast"


class Encoder:
    """A context manager that writes chunks as they come; its memory does not grow with them.

    The file appears under its name when the block ends well. On any exception, `Cancelled` and an
    interrupt included, nothing is left. ``marker`` marks what is written, beside the encoding.
    """

    def __init__(
        self,
        path: Path,
        format: Format,
        *,
        crf: int = CRF,
        preset: str = PRESET,
        metadata: Mapping[str, str] = NO_METADATA,
        marker: Marker | None = None,
    ) -> None:
        _check_format(format)
        self._path, self._format, self._metadata = Path(path), format, metadata
        self._crf, self._preset = crf, preset
        self._marker = marker
        self._samples = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            writer = writing(self._path, self._format.fps, self._metadata)
            self._container = stack.enter_context(writer)
            self._picture = PictureTrack(
                self._container,
                self._format,
                crf=self._crf,
                preset=self._preset,
                marker=self._marker,
            )
            self._sound = SoundTrack(self._container)
            self._stack = stack.pop_all()
        return self

    def write(self, chunk: Chunk) -> None:
        """Adds the next chunk. Raises MediaError where it does not fit behind the last."""
        self._check(chunk)
        first_sample = self._samples
        for frame in np.ascontiguousarray(chunk.frames):
            self._container.mux(list(self._picture.encode(frame)))
            due = sample_at_frame(self._picture.frames, self._format.fps) - first_sample
            self._hear(chunk.samples[self._samples - first_sample : due])

    def _hear(self, samples: NDArray[np.float32]) -> None:
        self._samples += len(samples)
        marked = samples if self._marker is None else self._marker.sound(samples)
        self._container.mux(list(self._sound.encode(marked)))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._stack.__exit__(kind, error, trace)
            return
        with self._stack:
            self._finish()

    def _finish(self) -> None:
        if not self._picture.frames:
            raise MediaError("the engine made no frame.", fix="Run the shot again.")
        if self._marker is not None:
            self._container.mux(list(self._sound.encode(self._marker.rest())))
        self._container.mux(list(self._sound.finish()))
        self._container.mux(list(self._picture.finish()))

    def _check(self, chunk: Chunk) -> None:
        shape = (len(chunk.frames), self._format.height, self._format.width, 3)
        if chunk.frames.shape != shape or chunk.frames.dtype != np.uint8:
            raise _misfit(chunk, f"frames of {chunk.frames.dtype}{chunk.frames.shape[1:]}")
        if chunk.first_frame != self._picture.frames:
            raise _misfit(chunk, f"no neighbour: {self._picture.frames} frames came before it")
        end = sample_at_frame(chunk.first_frame + len(chunk.frames), self._format.fps)
        if chunk.samples.shape != (end - self._samples, 2):
            raise _misfit(chunk, f"sound of shape {chunk.samples.shape}")
        if not np.isfinite(chunk.samples).all():
            raise _misfit(chunk, "sound that is not a number")


def _misfit(chunk: Chunk, what: str) -> MediaError:
    return MediaError(
        f"the engine's chunk at frame {chunk.first_frame} has {what}.",
        fix="This is the engine's fault: report it.",
    )


def _check_format(format: Format) -> None:
    small, large = 16, 8192
    if not all(small <= side <= large and side % 2 == 0 for side in (format.width, format.height)):
        raise MediaError(
            f"a picture of {format.width}×{format.height} cannot be encoded.",
            fix=f"Choose even sides from {small} to {large}.",
        )
    if not 0 < format.fps <= 240:
        raise MediaError(f"{format.fps} frames a second cannot be encoded.", fix="Choose 1 to 240.")
