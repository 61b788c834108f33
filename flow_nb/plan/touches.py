"""The rows of a motion's touches. In: the solver's contacts. Out: dtypes `CONTACT` and `RUB`."""

from __future__ import annotations

import numpy as np

CONTACT = np.dtype(
    [
        ("time_s", "f8"),
        ("a", "i4"),
        ("b", "i4"),
        ("point_m", "f4", 3),
        ("normal", "f4", 3),
        ("normal_speed_m_s", "f4"),
        ("tangent_speed_m_s", "f4"),
        ("impulse_n_s", "f4"),
    ]
)
"""One touch: the instant it began, the two bodies (index into ``names``, -1 is the set), the
closing speed along the normal (which points from a to b) and across it just before, and the
normal impulse over the whole touch."""

RUB = np.dtype(
    [
        ("time_s", "f8"),
        ("a", "i4"),
        ("b", "i4"),
        ("point_m", "f4", 3),
        ("slip_m_s", "f4"),
        ("roll_m_s", "f4"),
        ("force_n", "f4"),
    ]
)
"""One sample (at 240 Hz) of a lasting contact: how fast the surfaces slip on each other, how fast
the point of contact travels over b while they roll, and the normal force."""
