"""Coming to rest. In: who has lain on whom, and how quietly. Out: contacts that no longer spring.

A contact gives back the same share of its speed however slow it is, so that what lies on several corners
would rattle by hundredths of a millimetre for ever, which costs the solver most of its time. Where two
bodies have lain on each other without any blow for a while, their contact is damped until they part.
Round bodies are left out: a row of balls that touch hands a blow on from one to the next.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.contacts import Touches
from flow_nb.physics.restitution import STIFFNESS_S2, solref

SETTLED_S = 0.05
"""So long without a blow, and two bodies lie on each other."""
PARTED_S = 0.01
"""Not seen to touch for so long, they do so no more."""
DEAD = 0.07
"""What such a contact gives back."""
FLAT_DIM = 3
"""Contacts of what is not round have three dimensions."""


class Settling:
    """The contacts of one world that may come to rest."""

    def __init__(self, model: mujoco.MjModel, touches: Touches) -> None:
        springs = model.pair_solref[:, 0] == -STIFFNESS_S2
        self._rows = np.flatnonzero(springs & (model.pair_dim == FLAT_DIM))
        geoms = np.stack([model.pair_geom1, model.pair_geom2], axis=1)[self._rows]
        self._pairs = touches.keys(geoms)
        self._lively = model.pair_solref[self._rows, 1].copy()
        self._damped = np.minimum(self._lively, solref(DEAD)[1])
        self._rests: NDArray[np.bool_] = np.zeros(len(self._rows), bool)

    def keep(self, model: mujoco.MjModel, touches: Touches, time_s: float) -> None:
        """At every sample of the 240 Hz clock."""
        if not len(self._rows):
            return
        rests = touches.rest(self._pairs, time_s, parted_s=PARTED_S, settled_s=SETTLED_S)
        if not np.array_equal(rests, self._rests):
            self._rests = rests
            model.pair_solref[self._rows, 1] = np.where(rests, self._damped, self._lively)
