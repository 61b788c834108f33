"""Packets pass from file to file uncoded. In: clips. Out: the same pictures in a new file.

`remux` copies one clip under new metadata; `join` copies the pictures of many behind each other and
codes their sound anew: a cut falls anywhere inside AAC's 1024-sample frames, and every clip begins
with the encoder's own 1024, so copied sound would click or drift at each cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.media.container import NO_METADATA, demuxed, reading, writing
from flow_nb.media.decode import picture_of, rate_of, samples_of
from flow_nb.media.sound import SoundTrack, fitted
from flow_nb.timebase import sample_at_frame


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What must agree for pictures to stand behind each other uncoded: the format, and the
    decoder's parameters as the encoder wrote them."""

    format: Format
    codec: str
    parameters: bytes


def picture(path: Path) -> Picture:
    """The kind of a clip's picture."""
    with reading(path) as container:
        video = picture_of(container, path)
        return Picture(
            format=Format(width=video.width, height=video.height, fps=rate_of(video, path)),
            codec=video.codec_context.name,
            parameters=video.codec_context.extradata or b"",
        )


def remux(source: Path, target: Path, metadata: Mapping[str, str] = NO_METADATA) -> None:
    """The same packets under new metadata."""
    with reading(source) as old:
        fps = rate_of(picture_of(old, source), source)
        streams = [*old.streams.video[:1], *old.streams.audio[:1]]
        with writing(target, fps, metadata) as new:
            copies = {s.index: new.add_stream_from_template(s) for s in streams}
            for packet in demuxed(old, streams, source):
                packet.stream = copies[packet.stream.index]
                new.mux(packet)


def join(clips: Sequence[Path], target: Path, each: Callable[[int], None]) -> int:
    """Clips of one `Picture` kind behind each other; the number of frames in all.

    ``each`` hears of every clip done.
    """
    with reading(clips[0]) as first:
        template = picture_of(first, clips[0])
        fps = rate_of(template, clips[0])
        with writing(target, fps) as container:
            reel = _Reel(container, template, fps)
            for done, clip in enumerate(clips, 1):
                reel.append(clip)
                each(done)
            reel.finish()
    return reel.frames


class _Reel:
    """A film in the making, as long as what was appended to it."""

    def __init__(self, container: OutputContainer, template: VideoStream, fps: Fraction) -> None:
        self._container, self._fps = container, fps
        self._video = container.add_stream_from_template(template)
        self._sound = SoundTrack(container)
        self.frames = 0

    def append(self, clip: Path) -> None:
        """Adds a clip, picture by picture with the sound under it."""
        for packet, sound in self._moved(clip):
            self._container.mux(packet)
            self._container.mux(list(self._sound.encode(sound)))
            self.frames += 1

    def finish(self) -> None:
        """Writes what the sound's encoder held back."""
        self._container.mux(list(self._sound.finish()))

    def _moved(self, clip: Path) -> Iterator[tuple[Packet[VideoStream], NDArray[np.float32]]]:
        """A clip's pictures, on integer frame times behind the frames there are, each with the
        sound that is due by its end."""
        before, begin, sent = self.frames, self._sound.samples, 0
        with reading(clip) as container:
            heard, video = samples_of(container, clip), picture_of(container, clip)
            container.seek(0, stream=video)
            for frame, packet in enumerate(demuxed(container, [video], clip), before + 1):
                tick = packet.time_base * self._fps
                packet.pts = round((packet.pts or 0) * tick) + before
                packet.dts = round((packet.dts or 0) * tick) + before
                packet.duration = 1
                packet.time_base = 1 / self._fps
                packet.stream = self._video
                due = sample_at_frame(frame, self._fps) - begin
                yield packet, fitted(heard[sent:due], due - sent)
                sent = due
