"""A few frames of memory that two processes share. In: a picture size. Out: `Ring`, numpy views of it.

The memory is a file without a name: it is gone with the last process that holds it, however that
process ends, and nobody has to clean up.
"""

from __future__ import annotations

import mmap
import os
import tempfile

import numpy as np
from numpy.typing import NDArray

SLOTS = 3


class Ring:
    """``SLOTS`` frames (height, width, 3) uint8 in memory behind ``fd``."""

    def __init__(self, fd: int, width: int, height: int) -> None:
        self.fd = fd
        self._shape = (SLOTS, height, width, 3)
        size = SLOTS * height * width * 3
        if os.fstat(fd).st_size < size:
            os.ftruncate(fd, size)
        self._memory = mmap.mmap(fd, size)
        self._frames = np.frombuffer(self._memory, dtype=np.uint8).reshape(self._shape)

    def slot(self, index: int) -> NDArray[np.uint8]:
        """The frame in a slot; what one side writes the other reads."""
        frame: NDArray[np.uint8] = self._frames[index]
        return frame


def memory_fd() -> int:
    """An open file in memory that no path leads to; children inherit it by ``pass_fds``."""
    if hasattr(os, "memfd_create"):  # Linux
        return os.memfd_create("flow_nb-frames")
    fd, path = tempfile.mkstemp(prefix="flow_nb-frames-")
    os.unlink(path)
    return fd
