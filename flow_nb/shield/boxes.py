"""The boxes of a cut-off MP4. In: an open file. Out: the same bytes, the last box labelled so.

A download that stopped early still carries its credentials at its head, but a reader that meets a
box longer than the file gives up. In this view they can be read, and do not hold, as it should be.
"""

from __future__ import annotations

import mmap
from typing import BinaryIO

_MAX_BOXES = 1000
_HEAD_BYTES, _LARGE_HEAD_BYTES = 8, 16


def mended(file: BinaryIO) -> mmap.mmap | None:
    """A private view of the file whose boxes end where it ends; None where nothing is cut off."""
    view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = _cut_box(view)
    if start is None:
        view.close()
        return None
    size = len(view) - start
    if view[start : start + 4] == (1).to_bytes(4):  # the size follows in 64 bits
        view[start + 8 : start + 16] = size.to_bytes(8)
    else:
        view[start : start + 4] = size.to_bytes(4)
    view[start + 4 : start + 8] = b"cut "  # nobody looks for boxes inside one of that name
    return view


def _cut_box(view: mmap.mmap) -> int | None:
    """Where the box begins that reaches beyond the end."""
    start = 0
    for _ in range(_MAX_BOXES):
        size = int.from_bytes(view[start : start + 4])
        if size == 1:
            size = int.from_bytes(view[start + _HEAD_BYTES : start + _LARGE_HEAD_BYTES])
        if size < _HEAD_BYTES or start + size == len(view):
            return None
        if start + size > len(view):
            return start if start + _LARGE_HEAD_BYTES <= len(view) else None
        start += size
    return None
