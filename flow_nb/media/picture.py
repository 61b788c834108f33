"""The picture track of a file in the making. In: sRGB frames. Out: H.264 packets, yuv420p, BT.709.

The conversion and the encoder run with settings that make the same frames the same bytes: exact
rounding; a fixed number of threads, for x264's choices depend on it; and no macroblock tree, which
reads memory it never wrote where the picture's width is no multiple of 128 (found in core 165).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

import av
import numpy as np
from av.packet import Packet
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.media.marker import Marker

_THREADS = "4"
_BT709 = 1  # primaries, transfer and matrix bear the same number in H.273
_SECONDS_BETWEEN_KEYFRAMES = 2
_LARGE_LINES = 2000
"""Pictures so high are coded without B pictures, for which x264 holds 200 MB more."""
EXACT = (
    Interpolation.BICUBIC
    | Interpolation.ACCURATE_RND
    | Interpolation.FULL_CHR_H_INP
    | Interpolation.BITEXACT
)


class PictureTrack:
    """An H.264 stream of an open container, fed frame by frame."""

    def __init__(
        self,
        container: av.container.OutputContainer,
        format: Format,
        *,
        crf: int,
        preset: str,
        marker: Marker | None = None,
        coarsest: int | None = None,
    ) -> None:
        """``coarsest`` is the largest quantizer: it makes pictures finer than ``crf`` says, under the
        decoder's parameters of ``crf``."""
        keyframes = ceil(_SECONDS_BETWEEN_KEYFRAMES * format.fps)
        options = {"crf": str(crf), "preset": preset, "threads": _THREADS, "g": str(keyframes)}
        options["mbtree"] = "0"
        if min(format.width, format.height) > _LARGE_LINES:
            options["bf"] = "0"
        if coarsest is not None:
            options["qmax"] = str(coarsest)
        self._stream = container.add_stream("libx264", rate=format.fps, options=options)
        self._stream.width, self._stream.height = format.width, format.height
        self._stream.pix_fmt = "yuv420p"
        self._tick_s = 1 / Fraction(format.fps)
        coder = self._stream.codec_context
        coder.time_base = self._tick_s
        coder.color_primaries = coder.color_trc = coder.colorspace = _BT709
        coder.color_range = ColorRange.MPEG
        self._reformat = VideoReformatter().reformat
        self._marker = marker
        self.frames = 0

    def encode(self, frame: NDArray[np.uint8]) -> Iterator[Packet[VideoStream]]:
        """The packets that one frame (H, W, 3) completes."""
        picture = self._reformat(
            av.VideoFrame.from_ndarray(frame, format="rgb24"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=EXACT,
            threads=1,
        )
        if self._marker is not None:
            self._marker.picture(luma_of(picture))
        yield from self.encode_planes(picture)

    def encode_planes(self, picture: av.VideoFrame) -> Iterator[Packet[VideoStream]]:
        """The packets that one frame completes which is yuv420p already; it is not marked."""
        picture.pict_type = PictureType.NONE
        picture.pts, picture.time_base = self.frames, self._tick_s
        self.frames += 1
        yield from self._stream.encode(picture)

    def finish(self) -> Iterator[Packet[VideoStream]]:
        """The packets that were held back."""
        yield from self._stream.encode(None)


def luma_of(picture: av.VideoFrame) -> NDArray[np.uint8]:
    """A view (H, W) of the luma plane of a yuv420p frame: writing to it changes the frame."""
    plane = picture.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return np.asarray(rows[: picture.height, : picture.width])
