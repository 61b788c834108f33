"""What the picture says by itself, and how to speak against it. In: spectra. Out: gains.

A picture answers every coded sign with a value of its own. The writer, who sees it, spends less on
signs that the picture happens to agree with and more on the others, so that all are read equally well
for the same depth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.shield.marks.pattern import CODE, Floats, Pattern, Waves
from flow_nb.shield.marks.weigh import weights

_GAIN_LOW, _GAIN_HIGH = 0.3, 3.0
_PILOT_LOW, _PILOT_HIGH = 0.8, 1.8
_PILOT_TARGET = 1.15


@dataclass(frozen=True, kw_only=True, slots=True)
class Gains:
    """Factors for the coded signs (length,) and for the pilot."""

    signs: Floats
    pilot: float

    @classmethod
    def even(cls) -> Gains:
        """All alike."""
        return cls(signs=np.ones(CODE.length, np.float32), pilot=1.0)


def gains(pattern: Pattern, coded: Floats, bare: Waves, marked: Waves) -> Gains:
    """Gains for coded signs (length,), from the spectrum of the picture and with an even mark in it.

    Each sign's gain makes what the picture says plus what the mark says reach one target, the highest
    for which the mean square of the gains stays 1.
    """
    weighed = weights(pattern, marked)
    own = pattern.read(bare * weighed) * coded
    answer = float(np.median(pattern.read(marked * weighed) * coded - own))
    pilot_weights = weighed.ravel()[pattern.pilot_bins]
    pilot_own = float(pattern.pilot_response(bare) @ pilot_weights)
    pilot_answer = float(pattern.pilot_response(marked) @ pilot_weights) - pilot_own
    if answer <= 0 or pilot_answer <= 0:
        return Gains.even()
    pilot = np.clip(_PILOT_TARGET - pilot_own / pilot_answer, _PILOT_LOW, _PILOT_HIGH)
    return Gains(signs=_reaching(own / answer), pilot=float(pilot))


def _reaching(own: Floats) -> Floats:
    """Gains that lift every value to one target, found by halving."""
    low, high = float(own.min()), float(own.max()) + _GAIN_HIGH
    for _ in range(30):
        target = (low + high) / 2
        lifted = np.clip(target - own, _GAIN_LOW, _GAIN_HIGH)
        low, high = (target, high) if np.mean(lifted**2) < 1 else (low, target)
    return np.asarray(lifted, np.float32)
