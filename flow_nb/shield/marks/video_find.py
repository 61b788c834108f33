"""The mark of a picture, found. In: luma of successive frames and a key. Out: `VideoFound`.

Nothing of the original is needed. Every shot is looked at by itself, for films join shots that bear
different payloads: first as a full frame, as what the shot before was, and mirrored; then at every
scale and rotation that a crop, a screen recording or a tilt can bring about. A payload is spelled out,
or recognised among those that the studio has given out, which takes less than half as strong a mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flow_nb.shield.marks.code import Decoded
from flow_nb.shield.marks.gather import Span, spans
from flow_nb.shield.marks.known import Known
from flow_nb.shield.marks.pattern import CODE, PATTERNS, Pattern, pattern_of
from flow_nb.shield.marks.reading import readings
from flow_nb.shield.marks.register import Pose, located, refined, searched

_WIDE_SEARCHES = 2
_SHORTEST_SEARCHED_S, _SEARCHED_FROM_S = 0.5, 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class VideoFound:
    """What was found between two instants."""

    payload: int | None
    confidence: float
    """From 0 to 1: how well the received signs agree with the payload's."""
    false_alarm: float
    """How likely an unmarked picture would have passed for marked here."""
    start_s: float
    end_s: float
    pose: Pose | None
    """Scale, rotation, mirroring and shift, where a mark was found."""


def find_video(
    frames: Iterable[NDArray[np.uint8]], key: bytes, *, fps: float, known: Collection[int] = ()
) -> VideoFound:
    """The payload that most of the time bears; ``frames`` are luma planes (h, w), all of one size.

    ``known`` are payloads given out under the key: one of them is recognised where it is too faint to
    be spelled out.
    """
    found = find_all_video(frames, key, fps=fps, known=known)
    marked = [one for one in found if one.payload is not None]
    if marked:
        return max(marked, key=lambda one: one.end_s - one.start_s)
    end_s = max((one.end_s for one in found), default=0.0)
    chance = min(1.0, sum(one.false_alarm for one in found))
    return _nothing(0.0, end_s, chance)


def find_all_video(
    frames: Iterable[NDArray[np.uint8]], key: bytes, *, fps: float, known: Collection[int] = ()
) -> list[VideoFound]:
    """What every stretch of time bears, in order, without gaps; neighbours that agree are one."""
    finder = _Finder(key, fps, known)
    joined: list[VideoFound] = []
    for span in spans(frames, fps, finder.settled):
        found = finder.find(span)
        last = joined[-1] if joined else None
        silent = span.continues and found.payload is None
        if last is not None and (last.payload == found.payload or silent):
            joined[-1] = _joined(last, found)
        else:
            joined.append(found)
    return joined


def find_in(span: Span, key: bytes, *, fps: float, known: Collection[int] = ()) -> VideoFound:
    """What a span bears under a key: frames are listened to once, and held against many keys."""
    return _Finder(key, fps, known).find(span)


class _Finder:
    """Remembers how the last shot lay, and how many wide searches it may still make."""

    def __init__(self, key: bytes, fps: float, known: Collection[int]) -> None:
        self._patterns = [Pattern(key, index) for index in range(PATTERNS)]
        self._known = Known(key, known)
        self._fps = fps
        self._last: Pose | None = None
        self._searches_left = _WIDE_SEARCHES
        self._tried = 0
        self._searched = False
        self._asked_at_s = -1.0
        self._read: tuple[Pose, Decoded] | None = None

    def settled(self, span: Span) -> bool:
        """Whether what was heard of a span so far can be read; the wide search waits for more."""
        self._read = self._attempt(span, wide=span.heard_s >= _SEARCHED_FROM_S)
        return self._read is not None

    def find(self, span: Span) -> VideoFound:
        """What a whole span bears; the next span may follow."""
        start_s, end_s = span.first / self._fps, span.end / self._fps
        wide = span.heard_s >= _SHORTEST_SEARCHED_S and not span.continues
        read = self._read or self._attempt(span, wide=wide)
        tried, self._tried, self._read = self._tried, 0, None
        self._searched, self._asked_at_s = False, -1.0
        if read is None:
            chance = tried * (CODE.false_alarm + self._known.false_alarm)
            return _nothing(start_s, end_s, min(1.0, chance))
        self._last, decoded = read
        return VideoFound(
            payload=decoded.payload,
            confidence=decoded.score,
            false_alarm=min(1.0, tried * decoded.false_alarm),
            start_s=start_s,
            end_s=end_s,
            pose=self._last,
        )

    def _attempt(self, span: Span, *, wide: bool) -> tuple[Pose, Decoded] | None:
        """Reads what was heard, unless it was tried before; the wide search is made once a span."""
        wide = wide and not self._searched and self._searches_left > 0
        known = span.heard_s == self._asked_at_s
        self._asked_at_s = span.heard_s
        for poses in self._guesses(span, near=not known, wide=wide):
            for pose in poses:
                decoded = self._decoded(span, pose)
                if decoded is not None:
                    return pose, decoded
        return None

    def _guesses(self, span: Span, *, near: bool, wide: bool) -> Iterator[list[Pose]]:
        """Poses to try, the likeliest first, each list dearer than the one before."""
        if near:
            full = located(span, self._patterns, Pose())
            yield [*full, *(replace(pose, shift=(0, 0)) for pose in full)]
            if self._last is not None and self._last.scale != 1:
                last = located(span, self._patterns, self._last)
                yield [refined(span, self._patterns, pose) for pose in last]
            yield located(span, self._patterns, Pose(mirrored=True))
        if wide:
            self._searched = True
            self._searches_left -= 1
            yield searched(span, self._patterns)

    def _decoded(self, span: Span, pose: Pose) -> Decoded | None:
        pattern = self._patterns[pose.pattern]
        ways = readings(span, pattern, pose)
        self._tried += len(ways)
        for decoded in CODE.decode(np.stack([way.soft for way in ways])):
            if decoded and pattern_of(pattern.key, decoded.payload) == pattern.index:
                return decoded
        told = (self._known.told(pattern, way) for way in ways)
        return next((one for one in told if one), None)


def _nothing(start_s: float, end_s: float, chance: float) -> VideoFound:
    return VideoFound(
        payload=None, confidence=0.0, false_alarm=chance, start_s=start_s, end_s=end_s, pose=None
    )


def _joined(first: VideoFound, second: VideoFound) -> VideoFound:
    better = max(first, second, key=lambda one: one.confidence)
    return replace(better, start_s=first.start_s, end_s=second.end_s)
