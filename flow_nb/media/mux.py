"""Packets pass from file to file uncoded. In: clips. Out: the same pictures in a new file.

`remux` copies one clip under new metadata; `join` copies the pictures of many behind each other and
codes their sound anew: a cut falls anywhere inside AAC's 1024-sample frames, and every clip begins
with the encoder's own 1024, so copied sound would click or drift at each cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.media.container import NO_METADATA, demuxed, reading, writing
from flow_nb.media.decode import picture_of, rate_of, samples, samples_of, sound_blocks
from flow_nb.media.loudness import Leveller, Meter, excess_db, film_gain_db
from flow_nb.media.sound import SoundTrack, fitted
from flow_nb.media.subtitles import in_turn
from flow_nb.plan.cues import Cue
from flow_nb.timebase import sample_at_frame

MOST_CORRECTIONS = 2


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


def remux(
    source: Path,
    target: Path,
    metadata: Mapping[str, str] = NO_METADATA,
    cues: Sequence[Cue] = (),
) -> None:
    """The same packets under new metadata, with a track of subtitles where there is something said."""
    with reading(source) as old:
        fps = rate_of(picture_of(old, source), source)
        streams = [*old.streams.video[:1], *old.streams.audio[:1]]
        with writing(target, fps, metadata) as new:
            copies = {s.index: new.add_stream_from_template(s) for s in streams}
            for text in _texts(in_turn(cues), new):
                new.mux(text)
            for packet in demuxed(old, streams, source):
                packet.stream = copies[packet.stream.index]
                new.mux(packet)


def _texts(cues: Sequence[Cue], new: OutputContainer) -> Iterator[Packet[Stream]]:
    """Timed text (3GPP TS 26.245): two bytes of length, then UTF-8; the muxer fills the pauses."""
    if not cues:
        return
    stream = new.add_stream("mov_text")
    stream.codec_context.subtitle_header = _STYLE
    for cue in cues:
        text = cue.text.encode()
        packet = Packet(len(text).to_bytes(2, "big") + text)
        packet.stream, packet.time_base = stream, Fraction(1, 1000)
        packet.pts = packet.dts = round(cue.start_s * 1000)
        packet.duration = round(cue.end_s * 1000) - packet.pts
        if packet.duration > 0:
            yield packet


_STYLE = b"""[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,16,&Hffffff,2
[Events]
Format: Layer, Start, End, Style, Text
"""
"""The muxer's encoder opens with it; what is muxed is coded already."""


def join(clips: Sequence[Path], target: Path, each: Callable[[int], None]) -> int:
    """Clips of one `Picture` kind behind each other; the number of frames in all.

    The film is as loud as a film should be: one gain for all of it, so that quiet shots stay quiet
    beside loud ones. What coding adds to its peaks is measured and taken away. ``each`` hears of every clip done.
    """
    gain_db, lower_db = film_gain_db(loudness_of(clips)), 0.0
    frames = _joined(clips, target, Leveller(gain_db), each)
    for _ in range(MOST_CORRECTIONS):
        over_db = excess_db(sound_blocks(target))
        if over_db <= 0:
            break
        lower_db += over_db + 0.1
        _joined(clips, target, Leveller(gain_db, lower_db), lambda _: None)
    return frames


def _joined(
    clips: Sequence[Path], target: Path, level: Leveller, each: Callable[[int], None]
) -> int:
    with reading(clips[0]) as first:
        template = picture_of(first, clips[0])
        fps = rate_of(template, clips[0])
        with writing(target, fps) as container:
            reel = _Reel(container, template, fps, level)
            for done, clip in enumerate(clips, 1):
                reel.append(clip)
                each(done)
            reel.finish()
    return reel.frames


def loudness_of(clips: Iterable[Path]) -> float:
    """The integrated loudness of clips behind each other, in LUFS; one clip is held at a time."""
    meter = Meter()
    for clip in clips:
        sound = samples(clip)
        meter.hear(fitted(sound, len(sound)))
    return meter.lufs


class _Reel:
    """A film in the making, as long as what was appended to it."""

    def __init__(
        self, container: OutputContainer, template: VideoStream, fps: Fraction, level: Leveller
    ) -> None:
        self._container, self._fps = container, fps
        self._video = container.add_stream_from_template(template)
        self._sound = SoundTrack(container)
        self._level = level
        self._heard = 0
        self.frames = 0

    def append(self, clip: Path) -> None:
        """Adds a clip, picture by picture with the sound under it."""
        for packet, sound in self._moved(clip):
            self._container.mux(packet)
            self._heard += len(sound)
            self._container.mux(list(self._sound.encode(self._level.level(sound))))
            self.frames += 1

    def finish(self) -> None:
        """Writes what the leveller and the sound's encoder held back."""
        self._container.mux(list(self._sound.encode(self._level.rest())))
        self._container.mux(list(self._sound.finish()))

    def _moved(self, clip: Path) -> Iterator[tuple[Packet[VideoStream], NDArray[np.float32]]]:
        """A clip's pictures, on integer frame times behind the frames there are, each with the
        sound that is due by its end."""
        before, begin, sent = self.frames, self._heard, 0
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
