"""What is in a file. In: a path, whom to trust, the keys of the marks. Out: findings, one after the other.

It runs in a child process alone, see `flow_nb.shield.witness`: the file may be anything, and whoever
made it may mean harm. What is found is handed over at once, so that a limit that is met in the middle
loses nothing of what was found before.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from flow_nb.errors import one_line
from flow_nb.media.picture import luma_of
from flow_nb.shield.credentials import read
from flow_nb.shield.marks.audio_find import AudioFound, find_audio
from flow_nb.shield.marks.video_find import VideoFound, find_all_video, find_video
from flow_nb.shield.secret import ID_CHARS, SHORT_ID_CHARS
from flow_nb.shield.signer import Trust

Tell = Callable[[str, Any], None]
"""Hands over what was found, under a name."""

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,ogg,wav,w64,aiff,flac,mp3,aac,caf,flv,asf,"
    "gif,png_pipe,jpeg_pipe,webp_pipe,ivf,obu,h264,hevc"
)
"""What FFmpeg may open: files that hold everything themselves. Lists and addresses are none of them."""
MAX_LOOK_S = 300.0
MAX_SIDE_PX = 8192
MAX_BROKEN = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """What a file is, in its own words. ``whole``: its parts fill it, and its first picture shows."""

    format: str
    duration_s: float
    width: int = 0
    height: int = 0
    fps: float = 0.0
    video: str = ""
    audio: str = ""
    channels: int = 0
    whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A mark in a stretch of time. ``id`` is empty where there is none; ``confidence`` is 0 to 1,
    ``false_alarm`` how likely an unmarked file would have passed for marked."""

    kind: str
    id: str
    confidence: float
    false_alarm: float
    start_s: float
    end_s: float


def look(
    path: Path,
    trust: Trust,
    picture_key: bytes,
    sound_key: bytes,
    tell: Tell,
    *,
    ids: Collection[int] = (),
    visible: bool = False,
) -> None:
    """Tells of ``credentials``, ``media``, ``sound`` and ``picture``.

    ``ids`` are those that a picture may bear: one of them is recognised where it cannot be spelled out.
    ``note`` is what went wrong, ``broken`` how many pictures were lost, ``heat`` a picture of where the
    mark sits, where one was found and ``visible`` asks for it.
    """
    tell("credentials", _plain(read(path, trust)))
    try:
        with _opened(path) as container:
            tell("media", asdict(_media(container, path)))
    except _BROKEN as error:
        tell("note", f"It is no media file that can be read: {_short(error)}.")
        return
    if not picture_key:
        return
    for kind in ("sound", "picture"):
        try:
            with _opened(path) as container:
                marks = (
                    _sound(container, sound_key, tell)
                    if kind == "sound"
                    else _picture(container, picture_key, ids, tell)
                )
            tell(kind, [asdict(mark) for mark in marks])
            if visible and kind == "picture" and any(mark.id for mark in marks):
                tell("heat", base64.b64encode(_heat(path, picture_key, ids)).decode())
        except _BROKEN as error:
            tell("note", f"Its {kind} cannot be read: {_short(error)}.")


_BROKEN = (av.FFmpegError, OSError, ValueError, EOFError, MemoryError, OverflowError, KeyError)


def _heat(path: Path, key: bytes, ids: Collection[int]) -> bytes:
    """A frame from the middle of the longest stretch that bears a mark."""
    from flow_nb.shield.heat import heat_png

    with _opened(path) as container:
        video = _video(container)
        if video is None:
            return b""
        frames = _lumas(container, video, _rate(video), _nothing)
        best = find_video(frames, key, fps=float(_rate(video)), known=ids)
    if best.payload is None or best.pose is None:
        return b""
    with _opened(path) as container:
        video = _video(container)
        container.seek(round((best.start_s + best.end_s) / 2 * 1_000_000))
        for frame in container.decode(video) if video else ():
            luma = luma_of(frame.reformat(format="yuv420p"))
            return heat_png(luma, key, best.payload, best.pose)
    return b""


def _nothing(name: str, value: Any) -> None:
    """What is told a second time is not heard."""


def _opened(path: Path) -> InputContainer:
    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    return av.open(f"file:{path.absolute()}", options=options, metadata_errors="replace")


def _media(container: InputContainer, path: Path) -> Media:
    video = _video(container)
    audio = next((s for s in container.streams.audio if s.codec_context), None)
    shows = video is None or next(iter(container.decode(video)), None) is not None
    fps = _rate(video) if video else Fraction(0)
    return Media(
        format=container.format.name,
        duration_s=_duration_s(container),
        width=video.width if video else 0,
        height=video.height if video else 0,
        fps=float(fps),
        video=video.codec_context.name if video else "",
        audio=audio.codec_context.name if audio else "",
        channels=audio.codec_context.channels if audio else 0,
        whole=shows and (video is not None or audio is not None) and _fills(path),
    )


def _duration_s(container: InputContainer) -> float:
    seconds = (container.duration or 0) / 1_000_000
    return seconds if 0 < seconds < 1e7 else 0.0


def _video(container: InputContainer) -> VideoStream | None:
    for stream in container.streams.video:
        coder = stream.codec_context
        if coder and coder.width:
            if max(coder.width, coder.height) > MAX_SIDE_PX:
                raise ValueError(f"a picture of {coder.width}×{coder.height}")
            return stream
    return None


def _rate(video: VideoStream) -> Fraction:
    rate = Fraction(video.average_rate or video.guessed_rate or 24)
    return rate if 1 <= rate <= 240 else Fraction(24)


def _fills(path: Path) -> bool:
    """Whether the boxes of an MP4 end where the file does; other kinds of files are believed."""
    size, start = path.stat().st_size, 0
    with path.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            return True
        for _ in range(1000):
            file.seek(start)
            head = file.read(16)
            short = int.from_bytes(head[:4])
            length = int.from_bytes(head[8:]) if short == 1 else short
            if length < 8:
                return length == 0 and short == 0
            start += length
            if start >= size:
                return start == size
    return False


def _picture(container: InputContainer, key: bytes, ids: Collection[int], tell: Tell) -> list[Mark]:
    video = _video(container)
    if video is None:
        return []
    fps = _rate(video)
    video.thread_type = "AUTO"
    found = find_all_video(_lumas(container, video, fps, tell), key, fps=float(fps), known=ids)
    return _marks("picture", found, ID_CHARS)


def _lumas(
    container: InputContainer, video: VideoStream, fps: Fraction, tell: Tell
) -> Iterator[NDArray[np.uint8]]:
    """The luma of every frame that can be decoded, of one size, at most `MAX_LOOK_S` of them."""
    most, broken, count = round(MAX_LOOK_S * fps), 0, 0
    size: tuple[int, int] | None = None
    for packet in container.demux(video):
        try:
            frames = packet.decode()
        except (av.FFmpegError, ValueError):
            broken += 1
            tell("broken", broken)
            if broken > 20 and broken > MAX_BROKEN * count:
                raise ValueError("most of its pictures are damaged") from None
            continue
        for frame in frames:
            if frame.is_corrupt and not broken:
                broken += 1
                tell("broken", broken)
            size = size or (frame.width, frame.height)
            is_plain = frame.format.name in ("yuv420p", "yuv422p", "yuv444p", "gray")
            alike = is_plain and (frame.width, frame.height) == size
            plain = frame if alike else frame.reformat(*size, format="yuv420p")
            yield luma_of(plain)
            count += 1
            if count >= most:
                tell("note", f"Only its first {MAX_LOOK_S:g} seconds of picture were looked at.")
                return


def _sound(container: InputContainer, key: bytes, tell: Tell) -> list[Mark]:
    audio = next((s for s in container.streams.audio if s.codec_context), None)
    if audio is None:
        return []
    rate_hz = audio.codec_context.sample_rate
    if not 8_000 <= rate_hz <= 384_000:
        raise ValueError(f"a sampling rate of {rate_hz} Hz")
    blocks, count, most = [], 0, round(MAX_LOOK_S * rate_hz)
    planar = av.AudioResampler(format="fltp", layout="mono")
    for packet in container.demux(audio):
        try:
            coded = packet.decode()
        except (av.FFmpegError, ValueError):
            tell("broken", 1)
            continue
        for frame in (part for whole in coded for part in planar.resample(whole)):
            blocks.append(np.asarray(frame.to_ndarray(), np.float32)[0])
            count += len(blocks[-1])
        if count >= most:
            tell("note", f"Only its first {MAX_LOOK_S:g} seconds of sound were listened to.")
            break
    if not count:
        return []
    heard = np.nan_to_num(np.clip(np.concatenate(blocks), -4, 4))
    found = find_audio(heard, rate_hz, key)
    return _marks("sound", found, SHORT_ID_CHARS)


def _marks(
    kind: Literal["picture", "sound"], found: Iterable[VideoFound | AudioFound], chars: int
) -> list[Mark]:
    """What was found, as witnesses tell it: the payload as an id of so many hexadecimal digits."""
    return [
        Mark(
            kind=kind,
            id="" if one.payload is None else f"{one.payload:0{chars}x}",
            confidence=float(one.confidence),
            false_alarm=float(one.false_alarm),
            start_s=float(one.start_s),
            end_s=float(one.end_s),
        )
        for one in found
    ]


def _plain(found: Any) -> dict[str, Any]:
    statement = found.statement.model_dump() if found.statement else None
    return {**asdict(found), "statement": statement}


def _short(error: BaseException) -> str:
    return one_line(str(error) or type(error).__name__)[:120].rstrip(".")
