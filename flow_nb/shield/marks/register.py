"""Where the tile lies in what was received. In: a `Span` and patterns. Out: `Pose`s, likeliest first.

For every scale, rotation and mirroring that is tried, the pilot's correlation with the folded span
has a peak where the tile's corner lies. Full frames come first; the wide search runs on a tile of half
the size, with the pilot's longer waves, and the best are refined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2

from flow_nb.shield.marks.follow import Matrix
from flow_nb.shield.marks.gather import Span
from flow_nb.shield.marks.grid import passed
from flow_nb.shield.marks.pattern import TILE_UNITS, Floats, Pattern, Waves, radii, tilt
from flow_nb.shield.marks.weigh import power

_HALF = TILE_UNITS // 2
_COARSE_HIGH = 40.0
_SCALES = np.exp(np.arange(np.log(0.5), np.log(2.1), 0.015))
_ROTATIONS_DEG = np.arange(-6, 7) * 0.7
_REFINED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Pose:
    """How the received picture lies over the tiles."""

    scale: float = 1.0
    """Units of the mark for each unit of the received picture: 0.7 where 30 % was cut off."""
    rotation_deg: float = 0.0
    mirrored: bool = False
    shift: tuple[int, int] = (0, 0)
    """Down and across, in units of the tile."""
    pattern: int = 0
    peak: float = 0.0
    """Height of the pilot's peak in standard deviations of the correlation."""

    def matrix(self) -> Matrix:
        """3×3, from received units to the mark's units; the shift left out."""
        angle = np.deg2rad(self.rotation_deg)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        whole = np.eye(3)
        whole[:2, :2] = self.scale * turn @ np.diag([-1 if self.mirrored else 1, 1])
        return whole


def located(span: Span, patterns: Sequence[Pattern], pose: Pose) -> list[Pose]:
    """For every pattern, the pose with the shift at which its pilot answers best."""
    return _peaks(span.spectrum(pose.matrix()), patterns, pose, _fine_filter())


def searched(span: Span, patterns: Sequence[Pattern]) -> list[Pose]:
    """The likeliest poses of all scales from 0.5 to 2.1 and rotations to 4.2 degrees, refined."""
    tried = [
        Pose(scale=float(scale), rotation_deg=float(turn), mirrored=mirrored)
        for scale in _SCALES
        for turn, mirrored in [*((turn, False) for turn in _ROTATIONS_DEG), (0.0, True)]
    ]
    coarse = [max(_coarse(span, patterns, pose), key=_peak) for pose in tried]
    best = sorted(coarse, key=_peak, reverse=True)[:_REFINED]
    return sorted((refined(span, patterns, pose) for pose in best), key=_peak, reverse=True)


def refined(span: Span, patterns: Sequence[Pattern], pose: Pose) -> Pose:
    """The pose nearby at which the pilot's peak is highest."""
    only = [patterns[pose.pattern]]
    best = replace(located(span, only, pose)[0], pattern=pose.pattern)
    for step in (1.0, 0.5, 0.25, 0.12):
        around = [
            replace(best, scale=best.scale * np.exp(0.0075 * step * grow), rotation_deg=turn)
            for grow in (-1, 0, 1)
            for turn in best.rotation_deg + 0.35 * step * np.array([-1, 0, 1])
        ]
        found = [replace(located(span, only, near)[0], pattern=pose.pattern) for near in around]
        best = max([best, *found], key=_peak)
    return best


def _coarse(span: Span, patterns: Sequence[Pattern], pose: Pose) -> list[Pose]:
    matrix = pose.matrix()
    matrix[:2] /= 2
    return _peaks(span.spectrum(matrix, _HALF), patterns, pose, _coarse_filter())


def _peaks(
    spectrum: Waves, patterns: Iterable[Pattern], pose: Pose, expected: Floats
) -> list[Pose]:
    size = spectrum.shape[0]
    heard = spectrum * expected / power(spectrum)
    pilots = np.stack([_cropped(pattern.pilot, size) for pattern in patterns])
    answers = irfft2(heard * pilots.conj(), s=(size, size))
    found = []
    for index, answer in enumerate(answers):
        down, across = np.unravel_index(int(answer.argmax()), answer.shape)
        step = TILE_UNITS // size
        shift = (int(down) * step, int(across) * step)
        height = float(answer.max() / answer.std())
        found.append(replace(pose, shift=shift, pattern=index, peak=height))
    return found


def _cropped(waves: NDArray[np.generic], size: int) -> NDArray[np.generic]:
    """A half spectrum with only the waves that a tile of that size can hold."""
    half = size // 2
    return np.concatenate([waves[:half, : half + 1], waves[-half:, : half + 1]])


def _fine_filter() -> Floats:
    return passed() * tilt()


def _coarse_filter() -> Floats:
    kept = np.where(radii() <= _COARSE_HIGH, passed() * tilt(), 0)
    return np.asarray(_cropped(kept, _HALF), np.float32)


def _peak(pose: Pose) -> float:
    return pose.peak
