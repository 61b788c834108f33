"""What marks a file while it is being written. In: luma and samples in order. Out: the same, marked."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Marker(Protocol):
    """Marks one file, in one pass, beside its encoding."""

    def picture(self, luma: NDArray[np.uint8]) -> None:
        """Marks the next frame in place: luma (H, W), BT.709 in limited range."""
        ...

    def sound(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Takes the next samples (m, 2) at 48 kHz; gives back those that are ready, any number."""
        ...

    def rest(self) -> NDArray[np.float32]:
        """The samples held back, so that as many came out as went in."""
        ...
