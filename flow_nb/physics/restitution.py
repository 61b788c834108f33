"""Bounce in MuJoCo's terms. In: a coefficient of restitution. Out: the contact's stiffness and damping.

A contact is a spring and a damper that can push but not pull; how much speed it gives back was
measured with a dropped sphere at this stiffness (tests/physics/test_restitution.py measures again).
"""

from __future__ import annotations

import math

import numpy as np

STIFFNESS_S2 = 4.0e5
"""Per unit of mass: a touch lasts 5 ms and a body sinks 6 mm at 4 m/s."""

IMPEDANCE = (0.99, 0.99, 0.001)

_DAMPING_RATIO = np.array([0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2])
_RESTITUTION = np.array([0.995, 0.936, 0.857, 0.740, 0.564, 0.437, 0.276, 0.152, 0.070])


def solref(restitution: float) -> tuple[float, float]:
    """MuJoCo's direct ``solref`` (-stiffness, -damping) for a coefficient between 0.07 and 0.99.

    >>> solref(0.857)
    (-400000.0, -63.24555320336759)
    """
    ratio = float(np.interp(restitution, _RESTITUTION[::-1], _DAMPING_RATIO[::-1]))
    return -STIFFNESS_S2, -2 * ratio * math.sqrt(STIFFNESS_S2)
