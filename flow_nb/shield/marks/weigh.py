"""How much each wave of a received picture is worth. In: its spectrum. Out: weights.

A wave is worth its share of the mark over the power of what else it holds. The power is that of its
neighbours in the spectrum; the share is what the pilot's waves of the same length have kept of
themselves, so that what an encoder threw away is not listened to. A writer, who sees clearly, asks the
pilot ring by ring; a reader of something faint asks it for one curve, which chance bends less.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from flow_nb.shield.marks import pattern as shape
from flow_nb.shield.marks.grid import passed
from flow_nb.shield.marks.pattern import Floats, Pattern, Waves, radii, tilt

_NEIGHBOURS = 7
_RINGS = 7
_LEAST_TRUST = 0.3  # of a ring's uncertainty
_REACHES = (10.0, 13.0, 17.0, 22.0, 28.0, 36.0, 48.0, 70.0, 200.0)  # waves along a tile
_LEVEL_UNTIL = (0.0, 8.0, 14.0)


def power(spectrum: Waves) -> Floats:
    """The power (256, 129) around each wave."""
    own = spectrum.real**2 + spectrum.imag**2
    return (
        np.asarray(cv2.blur(own, (_NEIGHBOURS, _NEIGHBOURS), borderType=cv2.BORDER_REFLECT)) + 1e-9
    )


def weights(pattern: Pattern, spectrum: Waves) -> Floats:
    """A weight (256, 129) for every wave, by what the pattern's pilot says of its ring."""
    noise = power(spectrum)
    places = radii().ravel()[pattern.pilot_bins]
    response, around = pattern.pilot_response(spectrum), noise.ravel()[pattern.pilot_bins]
    edges = np.linspace(shape.LOW, shape.HIGH, _RINGS + 1)
    ring = np.clip(np.searchsorted(edges, places) - 1, 0, _RINGS - 1)
    count = np.maximum(np.bincount(ring, minlength=_RINGS), 1)
    kept = np.bincount(ring, response, _RINGS) / count
    unsure = np.sqrt(np.bincount(ring, around, _RINGS) / 2) / count
    share = np.maximum(kept, _LEAST_TRUST * unsure)
    return np.asarray(np.interp(radii(), (edges[1:] + edges[:-1]) / 2, share) / noise, np.float32)


def fitted(pattern: Pattern, spectrum: Waves) -> Floats:
    """A weight (256, 129) for every wave, by the curve of survival that fits the pilot best.

    What an encoder keeps of waves along a tile falls as exp(-(waves / reach)^2), of the longest alike.
    """
    noise, curves = power(spectrum), _curves()
    around = noise.ravel()[pattern.pilot_bins]
    kept = curves.reshape(len(curves), -1)[:, pattern.pilot_bins]
    heard = kept @ (pattern.pilot_response(spectrum) / around)
    best = int(np.argmax(heard / np.sqrt(np.square(kept) @ (1 / around))))
    return np.asarray(curves[best] / noise, np.float32)


@lru_cache(maxsize=1)
def _curves() -> Floats:
    """What may be left of each wave (curves, 256, 129), as whitening lets it through."""
    written = tilt() * passed()
    levels = [np.maximum(radii(), until) for until in _LEVEL_UNTIL]
    return np.stack(
        [written * np.exp(-((level / reach) ** 2)) for reach in _REACHES for level in levels]
    ).astype(np.float32)
