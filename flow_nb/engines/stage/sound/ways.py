"""How things go. In: a motion's columns. Out: speeds, turning speeds and places as smooth curves at 240 Hz."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from flow_nb.plan.motion import POSE_RATE_HZ, Motion

Floats = NDArray[np.float64]

SMOOTH_S = 0.012


def path_m(motion: Motion, column: int) -> Floats:
    """Where a body is, (t, 3); where it is not yet or no longer, the nearest place it has been."""
    return np.nan_to_num(motion.positions_m[:, column].astype(np.float64))


def there(motion: Motion, column: int) -> NDArray[np.bool_]:
    """Whether a body exists, (t,)."""
    times = clock_s(motion)
    return np.asarray((times >= motion.born_s[column]) & (times < motion.gone_s[column]))


def clock_s(motion: Motion) -> Floats:
    """The instants of the poses, (t,)."""
    return np.arange(len(motion.positions_m)) / POSE_RATE_HZ


def velocity_m_s(points_m: Floats, rate_hz: float = POSE_RATE_HZ) -> Floats:
    """Of places (t, 3), smoothed a little; the same length."""
    if len(points_m) < 2:
        return np.zeros_like(points_m)
    speed = np.gradient(points_m, axis=0) * rate_hz
    return np.asarray(gaussian_filter1d(speed, SMOOTH_S * rate_hz, axis=0, mode="nearest"))


def turning_rad_s(motion: Motion, column: int) -> Floats:
    """How fast a body turns about whatever axis, (t,)."""
    q = motion.quaternions[:, column].astype(np.float64)
    if len(q) < 2:
        return np.zeros(len(q))
    cosine = np.abs(np.sum(q[1:] * q[:-1], axis=1)).clip(0, 1)
    rate = 2 * np.arccos(cosine) * POSE_RATE_HZ
    # The poses are single precision: what turns slower than this does not turn.
    rate = np.where(rate < 0.25, 0.0, rate)
    smooth = gaussian_filter1d(np.append(rate, rate[-1]), SMOOTH_S * POSE_RATE_HZ, mode="nearest")
    return np.asarray(smooth)
