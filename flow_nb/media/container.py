"""MP4 files, opened to read and to write. In: a path. Out: a PyAV container, or a `MediaError`.

Here alone foreign exceptions are translated. Only the MP4 demuxer and local files are allowed: a
playlist that calls itself a clip must not reach the network.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from math import lcm
from pathlib import Path
from types import MappingProxyType
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from flow_nb.errors import FlowError, MediaError, quote
from flow_nb.files import reason, replacing
from flow_nb.timebase import SAMPLE_RATE_HZ

_MAX_TIMESCALE = 2**31 - 1
NO_METADATA: Mapping[str, str] = MappingProxyType({})


@contextmanager
def reading(path: Path) -> Iterator[InputContainer]:
    """An MP4 to read from; whatever is wrong with it becomes one `MediaError`."""
    _check_is_file(path)
    options = {"protocol_whitelist": "file"}
    try:
        source = f"file:{path.absolute()}"
        with av.open(source, format="mp4", options=options, metadata_errors="replace") as container:
            yield container
    except FlowError:
        raise
    except (av.FFmpegError, ValueError, OSError, EOFError, MemoryError) as error:
        raise not_a_clip(path) from error


def demuxed(
    container: InputContainer, streams: Sequence[Stream], path: Path
) -> Iterator[Packet[Any]]:
    """The packets of some streams; what is wrong with them is blamed on the clip they are in."""
    try:
        for packet in container.demux(streams):
            if packet.dts is not None:
                yield packet
    except (av.FFmpegError, ValueError, OSError) as error:
        raise not_a_clip(path) from error


@contextmanager
def writing(
    path: Path, fps: Fraction, metadata: Mapping[str, str] = NO_METADATA
) -> Iterator[OutputContainer]:
    """An MP4 in the making; it is at ``path`` when all went well, else nothing is.

    The file's clock divides both frames and samples, so that both tracks end exactly.
    """
    clock_hz = lcm(SAMPLE_RATE_HZ, Fraction(fps).numerator)
    options = {
        "movflags": "+faststart+use_metadata_tags",  # tags beyond the known few are written too
        "movie_timescale": str(clock_hz if clock_hz <= _MAX_TIMESCALE else SAMPLE_RATE_HZ),
    }
    failed: BaseException | None = None
    try:
        with replacing(path.absolute()) as part:
            part.touch()  # the muxer opens it late: a folder that refuses must say so now
            container = av.open(f"file:{part}", "w", format="mp4", container_options=options)
            container.metadata.update(metadata)
            try:
                yield container
            except BaseException as error:
                failed = error
                _abandon(container)
                raise
            container.close()
            _check_is_complete(part)
    except (av.FFmpegError, OSError) as error:
        if error is failed and not isinstance(error, av.FFmpegError):
            raise  # it came from the caller's block, not from the file
        what, fix = reason(error)
        raise MediaError(f'cannot write a clip to "{path.parent}": {what}.', fix=fix) from error


def not_a_clip(path: Path) -> MediaError:
    """The error for what is no MP4, or no longer one."""
    return MediaError(
        f'"{quote(path.name)}" is not a readable MP4 clip.',
        fix="Check that it was copied whole, or render the shot again.",
    )


def _check_is_file(path: Path) -> None:
    if not path.exists():
        raise MediaError(f'there is no file "{quote(str(path))}".', fix="Check the path.")
    if not path.is_file():
        raise MediaError(f'"{quote(str(path))}" is not a file.', fix="Name an MP4 file.")


def _check_is_complete(part: Path) -> None:
    """A full disk can pass unnoticed in the muxer: the boxes written must fill the file."""
    size, start, kinds = part.stat().st_size, 0, set[bytes]()
    with part.open("rb") as file:
        while start < size:
            file.seek(start)
            head = file.read(16)
            kinds.add(head[4:8])
            short = int.from_bytes(head[:4])
            start += int.from_bytes(head[8:]) if short == 1 else max(short, 8)
    if start != size or not {b"moov", b"mdat"} <= kinds:
        raise OSError(errno.ENOSPC, "cut off")


def _abandon(container: OutputContainer) -> None:
    try:
        container.close()
    except (av.FFmpegError, OSError, ValueError):
        return  # the file is about to be removed
