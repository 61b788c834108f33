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

from av.packet import Packet
from av.video.stream import VideoStream

from flow_nb.engines.base import Format
from flow_nb.media.container import NO_METADATA, reading, writing
from flow_nb.media.decode import picture_of, probe, samples
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
    info = probe(path)
    with reading(path) as container:
        parameters = picture_of(container, path).codec_context.extradata or b""
    form = Format(width=info.width, height=info.height, fps=info.fps)
    return Picture(format=form, codec=info.video_codec, parameters=parameters)


def remux(source: Path, target: Path, metadata: Mapping[str, str] = NO_METADATA) -> None:
    """The same packets under new metadata."""
    fps = probe(source).fps
    with reading(source) as old, writing(target, fps, metadata) as new:
        streams = [*old.streams.video[:1], *old.streams.audio[:1]]
        copies = {s.index: new.add_stream_from_template(s) for s in streams}
        for packet in old.demux(streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                new.mux(packet)


def join(clips: Sequence[Path], target: Path, each: Callable[[int], None]) -> int:
    """Clips of one `Picture` kind behind each other; the number of frames in all.

    ``each`` hears of every clip done.
    """
    fps = probe(clips[0]).fps
    with reading(clips[0]) as first, writing(target, fps) as film:
        template = picture_of(first, clips[0])
        video = film.add_stream_from_template(template)
        sound = SoundTrack(film)
        frames = 0
        for done, clip in enumerate(clips, 1):
            count = 0
            for packet in _moved(clip, frames, fps, video):
                film.mux(packet)
                count += 1
            frames += count
            due = sample_at_frame(frames, fps) - sound.samples
            film.mux(list(sound.encode(fitted(samples(clip), due))))
            each(done)
        film.mux(list(sound.finish()))
    return frames


def _moved(
    clip: Path, frames: int, fps: Fraction, video: VideoStream
) -> Iterator[Packet[VideoStream]]:
    """A clip's pictures, on integer frame times, ``frames`` later."""
    with reading(clip) as container:
        for packet in container.demux(picture_of(container, clip)):
            if packet.pts is None or packet.dts is None:
                continue
            tick = packet.time_base * fps
            packet.pts = round(packet.pts * tick) + frames
            packet.dts = round(packet.dts * tick) + frames
            packet.duration = 1
            packet.time_base = 1 / fps
            packet.stream = video
            yield packet
