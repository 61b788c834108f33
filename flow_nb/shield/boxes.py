"""The boxes of a damaged MP4. In: an open file. Out: the same bytes, its media boxes made opaque.

A download that stopped early still carries its credentials at its head, but a reader that meets a
box longer than its surroundings gives up. In this view the credentials can be read; they do not
hold, as it should be.
"""

from __future__ import annotations

import mmap
from typing import BinaryIO

_MAX_BOXES = 1000
_HEAD_BYTES, _LARGE_HEAD_BYTES = 8, 16
_OPEN = (b"ftyp", b"uuid")
_OPAQUE = b"hide"


def opaque(file: BinaryIO) -> mmap.mmap:
    """A private view of a file that is not empty: nobody looks into its media boxes, and the last
    box ends where the file ends."""
    view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = 0
    for _ in range(_MAX_BOXES):
        if start + _LARGE_HEAD_BYTES > len(view):
            break
        if view[start + 4 : start + 8] not in _OPEN:
            view[start + 4 : start + 8] = _OPAQUE
        size = _size(view, start)
        if size < _HEAD_BYTES or start + size > len(view):
            _resize(view, start, len(view) - start)
            break
        start += size
    return view


def _size(view: mmap.mmap, start: int) -> int:
    size = int.from_bytes(view[start : start + 4])
    is_large = size == 1  # the size follows in 64 bits
    return int.from_bytes(view[start + 8 : start + 16]) if is_large else size


def _resize(view: mmap.mmap, start: int, size: int) -> None:
    if size < 2**32:
        view[start : start + 4] = size.to_bytes(4)
    else:
        view[start : start + 4] = (1).to_bytes(4)
        view[start + 8 : start + 16] = size.to_bytes(8)
