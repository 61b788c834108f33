"""Door stops. In: the corners of a leaf and its hinge. Out: a small ball that a leaf meets that is thrown shut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.props.archetypes import Hinge

SIZE_M = 0.012
GAP_M = 0.0015
"""A closed leaf does not rest on its stop: only what is thrown shut meets it."""


def stop_m(
    corners_m: NDArray[np.float64], hinge: Hinge, scale: float
) -> tuple[NDArray[np.float64], float]:
    """Where the stop's middle (3,) is in the prop's frame, and its radius: at the leaf's far edge, on
    the side to which it closes."""
    axis = np.asarray(hinge.axis, dtype=np.float64)
    arm = corners_m - np.asarray(hinge.at_m) * scale
    opens = hinge.limits_deg[0] if hinge.limits_deg[1] == 0.0 else hinge.limits_deg[1]
    across = arm - np.outer(arm @ axis, axis)
    far = across[np.argmax(np.linalg.norm(across, axis=1))]
    out = far / np.linalg.norm(far)
    closes = -np.sign(opens) * np.cross(axis, out)
    edge = float((across @ out).max()) - 0.06 * float(np.ptp(across @ out))
    near = across[across @ out > 0.5 * edge]
    side = float((near @ closes).max())
    along = float(np.median(arm @ axis))
    middle = out * edge + closes * (side + SIZE_M + GAP_M) + axis * along
    return middle + np.asarray(hinge.at_m) * scale, SIZE_M
