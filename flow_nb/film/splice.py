"""Which pictures are copied and which are coded anew. In: `Strip`s, their clips. Out: `Piece`s to join.

A cut need not fall where a coder can be cut: only from a key frame on, and up to where no picture
waits for a later one, are packets copied. The few frames between there and the cut, and the
frames of a transition, are coded anew, finely enough that nobody sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from av import VideoFrame

from flow_nb.film.cutting import Strip
from flow_nb.media.mux import Piece
from flow_nb.media.packets import copyable
from flow_nb.media.planes import blended, darkened, pictures

Made = Callable[[], Iterator[VideoFrame]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """Pictures that are coded anew; ``make`` decodes them, blended where a transition asks for it."""

    frames: int
    make: tuple[Made, ...]

    def pictures(self) -> Iterator[VideoFrame]:
        """All of them, in order."""
        for make in self.make:
            yield from make()


def spliced(strips: Sequence[Strip], clips: Sequence[Path]) -> list[Piece | Drawn]:
    """What stands behind each other: neighbours that are drawn are drawn as one."""
    parts: list[Piece | Drawn] = []
    for place, (strip, clip) in enumerate(zip(strips, clips, strict=True)):
        if strip.comes == "fade":
            parts.append(_fade(clip, strip.first, strip.head, rises=True))
        parts += _body(strip, clip)
        if strip.leaves == "fade":
            parts.append(_fade(clip, strip.last - strip.tail, strip.tail, rises=False))
        elif strip.leaves == "dissolve":
            other = strips[place + 1]
            parts.append(_dissolve(clip, strip, clips[place + 1], other))
    return _merged(parts)


def _body(strip: Strip, clip: Path) -> list[Piece | Drawn]:
    """A strip without its transitions."""
    if strip.is_whole:
        return [Piece(clip=clip, first=0, last=strip.frames)]
    first, last = strip.first + strip.head, strip.last - strip.tail
    copied = copyable(clip, first, last)
    if copied is None:
        return [_plain(clip, first, last)]
    begin, end = copied
    parts: list[Piece | Drawn] = [_plain(clip, first, begin)] if begin > first else []
    parts.append(Piece(clip=clip, first=begin, last=end))
    return [*parts, _plain(clip, end, last)] if last > end else parts


def _plain(clip: Path, first: int, last: int) -> Drawn:
    return Drawn(frames=last - first, make=(lambda: pictures(clip, first, last),))


def _fade(clip: Path, first: int, frames: int, *, rises: bool) -> Drawn:
    """The light of frame k of n is (k + 1) / (n + 1) on the way up: no frame is shown black twice."""

    def make() -> Iterator[VideoFrame]:
        for k, picture in enumerate(pictures(clip, first, first + frames)):
            step = k + 1 if rises else frames - k
            yield darkened(picture, step / (frames + 1))

    return Drawn(frames=frames, make=(make,))


def _dissolve(one: Path, strip: Strip, other: Path, after: Strip) -> Drawn:
    frames = strip.tail

    def make() -> Iterator[VideoFrame]:
        old = pictures(one, strip.last - frames, strip.last)
        new = pictures(other, after.first, after.first + frames)
        for k, (a, b) in enumerate(zip(old, new, strict=True)):
            yield blended(a, b, (k + 1) / (frames + 1))

    return Drawn(frames=frames, make=(make,))


def _merged(parts: Sequence[Piece | Drawn]) -> list[Piece | Drawn]:
    merged: list[Piece | Drawn] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, Drawn) and isinstance(last, Drawn):
            merged[-1] = Drawn(frames=last.frames + part.frames, make=last.make + part.make)
        else:
            merged.append(part)
    return merged
