"""Where one listens from. In: a camera. Out: `Ear`: how loud and how late each side hears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from flow_nb.plan.motion import POSE_RATE_HZ

REFERENCE_M = 3.0
NEAREST_M = 1.0
FARTHEST_PAN = 0.8
MAX_LAG_S = 0.0006
"""A head's width at the speed of sound; the direct sound itself is never late, as in film."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ear:
    """The listener: ``position_m`` and the unit vector ``right``, (3,) or (t, 3) at 240 Hz."""

    position_m: NDArray[np.float64]
    right: NDArray[np.float64]

    @classmethod
    def looking(cls, position_m: ArrayLike, target_m: ArrayLike) -> Self:
        """The ear of a camera that looks from ``position_m`` at ``target_m``, (3,) or (t, 3).

        >>> Ear.looking((3, 0, 1.2), (0, 0, 1.2)).right.tolist()
        [0.0, 1.0, 0.0]
        """
        position = np.asarray(position_m, dtype=np.float64)
        ahead = np.asarray(target_m, dtype=np.float64) - position
        across = np.stack([ahead[..., 1], -ahead[..., 0], np.zeros_like(ahead[..., 0])], axis=-1)
        length = np.linalg.norm(across, axis=-1, keepdims=True)
        # Straight up or down there is no side from the direction alone: keep the set's.
        right = np.where(length > 1e-6, across / np.maximum(length, 1e-6), (1.0, 0.0, 0.0))
        return cls(position_m=position, right=right)

    def hear(self, points_m: ArrayLike, times_s: ArrayLike) -> Hearing:
        """How points (n, 3) sound at instants (n,)."""
        points = np.asarray(points_m, dtype=np.float64)
        position, right = self._at(self.position_m, times_s), self._at(self.right, times_s)
        away = points - position
        distance = np.maximum(np.linalg.norm(away, axis=-1), 1e-6)
        side = np.sum(away * right, axis=-1) / distance * FARTHEST_PAN
        gain = REFERENCE_M / np.maximum(distance, NEAREST_M)
        angle = (side + 1) * np.pi / 4
        return Hearing(
            gains=(gain * np.stack([np.cos(angle), np.sin(angle)])).T,
            lags_s=np.stack([np.maximum(side, 0), np.maximum(-side, 0)]).T * MAX_LAG_S,
        )

    def at(self, times_s: ArrayLike) -> NDArray[np.float64]:
        """Where it is at instants (n,): (n, 3), or (3,) where it never moves."""
        return self._at(self.position_m, times_s)

    @staticmethod
    def _at(track: NDArray[np.float64], times_s: ArrayLike) -> NDArray[np.float64]:
        if track.ndim == 1:
            return track
        row = np.rint(np.asarray(times_s, dtype=np.float64) * POSE_RATE_HZ).astype(int)
        return np.asarray(track[np.clip(row, 0, len(track) - 1)])


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """Per point and side (left, right): the gain, equal in power across the stage, 1/sqrt(2) in
    the middle at 3 m, and the lag of the far side in seconds."""

    gains: NDArray[np.float64]
    lags_s: NDArray[np.float64]


FRONT = Ear.looking((0.0, -3.0, 1.2), (0.0, 0.0, 1.2))
"""Where the audience sits when nobody says where the camera is."""
