"""What a tile says once it is known where it lies. In: a `Span`, a pattern, a pose. Out: `Reading`s.

The same span is read in several ways, for what an encoder left decides which is best. The first lays
the sheets as the pilot asks. The second leaves them where they lie, lets the frame after the cut,
which encoders treat best, speak as loud as all others together, and weighs by a fitted curve. The
others hear that frame alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.shield.marks.gather import Span
from flow_nb.shield.marks.pattern import Floats, Pattern, Waves
from flow_nb.shield.marks.register import Pose, aligned, shifted
from flow_nb.shield.marks.weigh import fitted, weights


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Soft values, and how large chance alone makes their weighted sums."""

    soft: Floats
    """(length of the code,): positive for +1."""
    spread: float
    """Standard deviation of the sum of the soft values under signs that the key knows nothing of."""


def readings(span: Span, pattern: Pattern, pose: Pose) -> list[Reading]:
    """The ways in which a span can be read at a pose."""
    spectra, opening = span.spectra(pose.matrix()), span.opening_spectra(pose.matrix())
    together = aligned(spectra, pattern, pose)
    heard = [spectra.mean(axis=0), *opening]
    lying = [shifted(one, pose.shift) for one in heard]
    fit = [np.asarray(one * fitted(pattern, one), np.complex64) for one in lying]
    ways = [together * weights(pattern, together), np.sum(fit[:2], axis=0), *fit[1:]]
    return [_reading(pattern, way) for way in ways]


def _reading(pattern: Pattern, weighed: Waves) -> Reading:
    spread = float(np.linalg.norm(weighed.ravel()[pattern.data_bins]))
    return Reading(soft=pattern.read(weighed), spread=max(spread, 1e-30))
