"""Where a coded picture can be cut. In: a clip. Out: frames from which, and up to which, packets copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flow_nb.media.container import demuxed, reading
from flow_nb.media.decode import picture_of, rate_of

LEAST_DRAWN = 2
"""A coder that starts anew starts with a key frame: two of them never stand side by side."""


def copyable(path: Path, first: int, last: int) -> tuple[int, int] | None:
    """The longest run within frames ``first`` to ``last`` (exclusive) that can be copied as it is."""
    return copyable_of(coded(path), first, last)


def coded(path: Path) -> list[tuple[int, bool]]:
    """The packets of a clip's picture as they are coded: the frame each shows, whether it is a key."""
    with reading(path) as container:
        video = picture_of(container, path)
        fps = rate_of(video, path)
        return [
            (round((packet.pts or 0) * packet.time_base * fps), packet.is_keyframe)
            for packet in demuxed(container, [video], path)
        ]


def copyable_of(
    packets: Sequence[tuple[int, bool]], first: int, last: int
) -> tuple[int, int] | None:
    """As `copyable`, of packets in the order in which they are coded.

    A clip can be cut before packet i where the packets before it show just the frames 0 to i - 1:
    no picture on one side waits for one on the other. Copying begins there if i is a key frame.

    >>> order = [(0, True), (2, False), (1, False), (3, True), (5, False), (4, False), (6, False)]
    >>> copyable_of(order, 1, 7), copyable_of(order, 0, 5), copyable_of(order, 4, 7)
    ((3, 7), (0, 3), None)
    """
    whole = [0]
    highest = -1
    for done, (frame, _) in enumerate(packets, 1):
        highest = max(highest, frame)
        if highest == done - 1:
            whole.append(done)
    keys = [i for i in whole if i < len(packets) and packets[i][1]]
    begin = next((i for i in keys if i == first or i >= first + LEAST_DRAWN), None)
    ends = (i for i in reversed(whole) if i == last or i <= last - LEAST_DRAWN)
    end = next(ends, None)
    return None if begin is None or end is None or end <= begin else (begin, end)
