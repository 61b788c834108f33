"""A file becomes pictures and sound again. In: a path. Out: `MediaInfo`, frames, samples, hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av import AudioResampler, VideoFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.errors import MediaError, quote
from flow_nb.media.container import not_a_clip, reading
from flow_nb.media.picture import EXACT

_UNSPECIFIED = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaInfo:
    """What a clip's head says. Without sound ``audio_codec`` is empty and its numbers are 0."""

    width: int
    height: int
    fps: Fraction
    frames: int
    video_codec: str
    video_duration_s: Fraction
    audio_codec: str
    audio_duration_s: Fraction
    sample_rate_hz: int
    channels: int


def probe(path: Path) -> MediaInfo:
    """Reads the head of a clip. Raises MediaError for anything that is no MP4 with a picture."""
    with reading(path) as container:
        video, audio = picture_of(container, path), _sound_of(container)
        return MediaInfo(
            width=video.width,
            height=video.height,
            fps=rate_of(video, path),
            frames=video.frames,
            video_codec=video.codec_context.name,
            video_duration_s=_duration_s(video),
            audio_codec=audio.codec_context.name if audio else "",
            audio_duration_s=_duration_s(audio) if audio else Fraction(0),
            sample_rate_hz=audio.codec_context.sample_rate if audio else 0,
            channels=audio.codec_context.channels if audio else 0,
        )


def frames(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Every frame, rgb24 (H, W, 3), in order. Raises MediaError where the file ends too early."""
    reformatter = VideoReformatter()
    with reading(path) as container:
        video = picture_of(container, path)
        video.thread_type = "AUTO"
        count = 0
        for frame in container.decode(video):
            count += 1
            yield _rgb(frame, reformatter)
        if count < video.frames or not count:
            raise MediaError(
                f'"{quote(path.name)}" is cut off: it holds {count} of {video.frames} frames.',
                fix="Copy it again, or render the shot again.",
            )


def keyframe(path: Path, time_s: float) -> NDArray[np.uint8]:
    """The last frame at or before an instant that can be decoded by itself, rgb24 (H, W, 3)."""
    with reading(path) as container:
        video = picture_of(container, path)
        container.seek(round(time_s * 1_000_000))
        for frame in container.decode(video):
            return _rgb(frame, VideoReformatter())
    raise not_a_clip(path)


def frames_sha256(path: Path) -> str:
    """sha256 over all decoded rgb24 frames."""
    digest = hashlib.sha256()
    for frame in frames(path):
        digest.update(frame.data)
    return digest.hexdigest()


def samples(path: Path) -> NDArray[np.float32]:
    """The sound, float32 (m, channels) in ±1; sample 0 sounds at time 0 of the picture."""
    with reading(path) as container:
        return _samples_of(container, path)


def sound_blocks(path: Path) -> Iterator[NDArray[np.float32]]:
    """The sound as it is decoded, pieces (m, channels); none where there is no sound track."""
    with reading(path) as container:
        if (audio := _sound_of(container)) is not None:
            yield from (block.T for _, block in _blocks(container, audio))


def _samples_of(container: InputContainer, path: Path) -> NDArray[np.float32]:
    """The sound of a clip that was opened and not yet read from."""
    audio = _sound_of(container)
    if audio is None:
        raise MediaError(f'"{quote(path.name)}" has no sound track.', fix="Render it again.")
    blocks = list(_blocks(container, audio))
    end = round(_duration_s(audio) * audio.codec_context.sample_rate)
    if not blocks or max(start + block.shape[1] for start, block in blocks) < end:
        raise MediaError(
            f'"{quote(path.name)}" is cut off: its sound ends too early.',
            fix="Copy it again, or render the shot again.",
        )
    return _placed(blocks, end)


def _rgb(frame: VideoFrame, reformatter: VideoReformatter) -> NDArray[np.uint8]:
    tagged = frame.colorspace != _UNSPECIFIED
    matrix = frame.colorspace if tagged else Colorspace.ITU709
    rgb = reformatter.reformat(
        frame, format="rgb24", src_colorspace=matrix, interpolation=EXACT, threads=1
    )
    return np.asarray(rgb.to_ndarray(), np.uint8)


def _blocks(
    container: InputContainer, audio: AudioStream
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Decoded pieces (channels, m) and the sample on which each begins."""
    planar = AudioResampler(format="fltp")
    for coded in container.decode(audio):
        for frame in planar.resample(coded):
            start_s = (frame.pts or 0) * (frame.time_base or Fraction(1, frame.sample_rate))
            yield round(start_s * frame.sample_rate), np.asarray(frame.to_ndarray(), np.float32)


def _placed(blocks: list[tuple[int, NDArray[np.float32]]], end: int) -> NDArray[np.float32]:
    """The pieces on one time line from 0 to ``end``; what the encoder put around them is cut."""
    sound = np.zeros((end, blocks[0][1].shape[0]), np.float32)
    for start, block in blocks:
        first, last = max(start, 0), min(start + block.shape[1], end)
        if last > first:
            sound[first:last] = block.T[first - start : last - start]
    return sound


def picture_of(container: InputContainer, path: Path) -> VideoStream:
    """The picture track. Raises MediaError where there is none."""
    for stream in container.streams.video:
        if stream.codec_context and stream.codec_context.width:
            return stream
    raise not_a_clip(path)


def _sound_of(container: InputContainer) -> AudioStream | None:
    """The sound track, None where there is none that a decoder is known for."""
    return next((stream for stream in container.streams.audio if stream.codec_context), None)


def rate_of(video: VideoStream, path: Path) -> Fraction:
    """Its exact frame rate. Raises MediaError where it has none."""
    rate = video.average_rate or video.guessed_rate
    if not rate:
        raise not_a_clip(path)
    return Fraction(rate)


def _duration_s(stream: VideoStream | AudioStream) -> Fraction:
    if stream.duration is None or stream.time_base is None:
        return Fraction(0)
    return stream.duration * stream.time_base
