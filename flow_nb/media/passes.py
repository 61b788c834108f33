"""Passes as files. In: numbers or colours of every frame. Out: a lossless Matroska file (FFV1), its frames
those of the take; read back with `pass_frames`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.errors import MediaError, quote
from flow_nb.files import reason, replacing

Plane = NDArray[np.uint8] | NDArray[np.uint16]


def write_pass(path: Path, format: Format, planes: Iterable[Plane]) -> int:
    """Writes planes, each uint16 (h, w) or uint8 (h, w, 3); gives back how many. Raises MediaError."""
    count = 0
    try:
        with (
            replacing(path.absolute()) as part,
            av.open(f"file:{part}", "w", format="matroska") as container,
        ):
            stream: Any = None
            for plane in planes:
                grey = plane.ndim == 2
                if stream is None:
                    stream = container.add_stream("ffv1", rate=format.fps)
                    stream.width, stream.height = format.width, format.height
                    stream.pix_fmt = "gray16le" if grey else "bgr0"
                    stream.codec_context.time_base = 1 / Fraction(format.fps)
                frame = av.VideoFrame.from_ndarray(plane, format="gray16le" if grey else "rgb24")
                frame = frame if grey else frame.reformat(format="bgr0")
                frame.pts = count
                container.mux(stream.encode(frame))
                count += 1
            if stream is not None:
                container.mux(stream.encode(None))
    except (av.FFmpegError, OSError) as error:
        what, fix = reason(error)
        raise MediaError(f'cannot write a pass to "{path.parent}": {what}.', fix=fix) from error
    return count


def pass_frames(path: Path) -> Iterator[Plane]:
    """The planes of a pass, as they were written. Raises MediaError."""
    try:
        with av.open(f"file:{path.absolute()}", format="matroska") as container:
            for frame in container.decode(video=0):
                grey = frame.format.name == "gray16le"
                plane = frame.to_ndarray(format="gray16le" if grey else "rgb24")
                yield np.asarray(plane, np.uint16) if grey else np.asarray(plane, np.uint8)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediaError(
            f'"{quote(path.name)}" is not a readable pass.', fix="Write it again with --passes."
        ) from error
