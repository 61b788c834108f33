"""What passes by. In: a moving place, an ear. Out: when what is heard now was sent, and sound read that way.

The way a sound takes grows and shrinks with the distance: read at the instants at which it was sent, a tone
is high while its source comes and low when it goes (Doppler), f' = f / (1 + v_r / c). As in film the
sound is in step with the picture where it is nearest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.modal import SOUND_M_S

Floats = NDArray[np.float64]

BEFORE_S = 0.5
"""Sound that passes is made from so long before the shot's first instant."""


def lateness_s(distances_m: Floats) -> Floats:
    """How much later than from the nearest place a sound comes from distances (t,), at most `BEFORE_S`.

    >>> lateness_s(np.array([353.0, 10.0, 44.3])).round(2).tolist()
    [0.5, 0.0, 0.1]
    """
    return np.asarray(np.minimum((distances_m - distances_m.min()) / SOUND_M_S, BEFORE_S))


def read(wave: Floats, at: Floats) -> Floats:
    """``wave`` at fractional indices, by cubic interpolation (Catmull-Rom); silent outside.

    >>> read(np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.5, 9.0])).tolist()
    [1.5, 0.0]
    """
    i = np.floor(at).astype(np.int64)
    x = at - i
    inside = (i >= 1) & (i < len(wave) - 2)
    i = np.where(inside, i, 1)
    if len(wave) < 4:
        return np.zeros(len(at))
    a, b, c, d = wave[i - 1], wave[i], wave[i + 1], wave[i + 2]
    out = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
    return np.where(inside, out, 0.0)
