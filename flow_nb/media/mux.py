"""Packets pass from file to file uncoded. In: clips. Out: the same pictures in a new file.

`remux` copies one clip under new metadata; `join` copies the pictures of many behind each other under
a sound that is coded anew: a cut falls anywhere inside AAC's 1024-sample frames, and every clip begins
with the encoder's own 1024, so copied sound would click or drift at each cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.media.container import NO_METADATA, demuxed, not_a_clip, reading, writing
from flow_nb.media.decode import picture_of, rate_of, sound_blocks
from flow_nb.media.loudness import Leveller, Meter, excess_db, film_gain_db
from flow_nb.media.sound import SoundTrack, fitted
from flow_nb.media.subtitles import in_turn
from flow_nb.plan.cues import Cue
from flow_nb.timebase import sample_at_frame

MOST_CORRECTIONS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """What must agree for pictures to stand behind each other uncoded: the format, and the
    decoder's parameters as the encoder wrote them. ``frames`` is how many there are."""

    format: Format
    codec: str
    parameters: bytes
    frames: int

    def joins(self, other: Picture) -> bool:
        """Whether this one's packets can stand behind the other's."""
        mine, its = (self.format, self.codec, self.parameters), (other.format, other.codec)
        return mine == (*its, other.parameters)


def picture(path: Path) -> Picture:
    """The kind of a clip's picture."""
    with reading(path) as container:
        video = picture_of(container, path)
        return Picture(
            format=Format(width=video.width, height=video.height, fps=rate_of(video, path)),
            codec=video.codec_context.name,
            parameters=video.codec_context.extradata or b"",
            frames=video.frames,
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Frames ``first`` to ``last`` (exclusive) of a clip that stand between two places where it can be
    cut: see `flow_nb.media.packets`."""

    clip: Path
    first: int
    last: int


Sounds = Callable[[], Iterable[NDArray[np.floating]]]
"""The sound of a film, (m, 2) in blocks, from its beginning each time it is called."""


def join(pieces: Sequence[Piece], sounds: Sounds, target: Path, each: Callable[[int], None]) -> int:
    """Pictures of one `Picture` kind behind each other, over a sound; the number of frames in all.

    The film is as loud as a film should be: one gain for all of it, so that quiet shots stay quiet
    beside loud ones. What coding adds to its peaks is measured and taken away. ``each`` hears of every piece done.
    """
    gain_db, lower_db = film_gain_db(loudness_of(sounds())), 0.0
    frames = _joined(pieces, sounds(), target, Leveller(gain_db), each)
    for _ in range(MOST_CORRECTIONS):
        over_db = excess_db(sound_blocks(target))
        if over_db <= 0:
            break
        lower_db += over_db + 0.1
        _joined(pieces, sounds(), target, Leveller(gain_db, lower_db), lambda _: None)
    return frames


def _joined(
    pieces: Sequence[Piece],
    sounds: Iterable[NDArray[np.floating]],
    target: Path,
    level: Leveller,
    each: Callable[[int], None],
) -> int:
    with reading(pieces[0].clip) as first:
        template = picture_of(first, pieces[0].clip)
        fps = rate_of(template, pieces[0].clip)
        delay = max(_delay(clip) for clip in {piece.clip for piece in pieces})
        with writing(target, fps) as container:
            reel = _Reel(container, template, fps, level, sounds, delay)
            for done, piece in enumerate(pieces, 1):
                reel.append(piece)
                each(done)
            reel.finish()
    return reel.frames


def _delay(clip: Path) -> int:
    """How many frames before its time a clip's first packet must be decoded."""
    with reading(clip) as container:
        video = picture_of(container, clip)
        fps = rate_of(video, clip)
        for packet in demuxed(container, [video], clip):
            return round(((packet.pts or 0) - (packet.dts or 0)) * packet.time_base * fps)
    raise not_a_clip(clip)


def loudness_of(sounds: Iterable[NDArray[np.floating]]) -> float:
    """The integrated loudness of a sound, in LUFS."""
    meter = Meter()
    for sound in sounds:
        meter.hear(sound)
    return meter.lufs


class _Tape:
    """A sound in blocks, taken in other lengths."""

    def __init__(self, blocks: Iterable[NDArray[np.float32]]) -> None:
        self._blocks = iter(blocks)
        self._held: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        self._taken = 0

    def until(self, sample: int) -> NDArray[np.float32]:
        """What comes before a sample of the film; silence where the sound is over."""
        count = sample - self._taken
        while len(self._held) < count and (block := next(self._blocks, None)) is not None:
            self._held = np.concatenate([self._held, block]) if len(self._held) else block
        sound, self._held = fitted(self._held[:count], count), self._held[count:]
        self._taken = sample
        return sound


class _Reel:
    """A film in the making, as long as what was appended to it."""

    def __init__(
        self,
        container: OutputContainer,
        template: VideoStream,
        fps: Fraction,
        level: Leveller,
        sounds: Iterable[NDArray[np.floating]],
        delay: int,
    ) -> None:
        self._container, self._fps, self._delay = container, fps, delay
        self._video = container.add_stream_from_template(template)
        self._sound = SoundTrack(container)
        self._level = level
        self._tape = _Tape(sounds)
        self.frames = 0

    def append(self, piece: Piece) -> None:
        """Adds the pictures of a piece, each with the sound that is due by its end."""
        for packet in self._moved(piece):
            self._container.mux(packet)
            self.frames += 1
            sound = self._tape.until(sample_at_frame(self.frames, self._fps))
            self._container.mux(list(self._sound.encode(self._level.level(sound))))

    def finish(self) -> None:
        """Writes what the leveller and the sound's encoder held back."""
        self._container.mux(list(self._sound.encode(self._level.rest())))
        self._container.mux(list(self._sound.finish()))

    def _moved(self, piece: Piece) -> Iterator[Packet[VideoStream]]:
        """A piece's packets, on integer frame times behind the frames there are. A decoder is given one
        packet a frame, as early as the clip that needs it earliest."""
        later = self.frames - piece.first
        with reading(piece.clip) as container:
            video = picture_of(container, piece.clip)
            packets = demuxed(container, [video], piece.clip)
            for place, packet in enumerate(islice(packets, piece.first, piece.last), piece.first):
                tick = packet.time_base * self._fps
                packet.pts = round((packet.pts or 0) * tick) + later
                packet.dts = place + later - self._delay
                packet.duration = 1
                packet.time_base = 1 / self._fps
                packet.stream = self._video
                yield packet
