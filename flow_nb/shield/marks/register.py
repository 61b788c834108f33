"""Where the tile lies in what was received. In: a `Span` and patterns. Out: `Pose`s, likeliest first.

For every scale, rotation and mirroring that is tried, the pilot's correlation with the folded span
has a peak where the tile's corner lies. Full frames come first; the wide search runs on a tile of half
the size, with the pilot's longer waves, and the best are refined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.fft import irfft2

from flow_nb.shield.marks.follow import Matrix
from flow_nb.shield.marks.gather import Span
from flow_nb.shield.marks.grid import passed
from flow_nb.shield.marks.pattern import TILE_UNITS, Pattern, Waves, radii, tilt
from flow_nb.shield.marks.weigh import power

_HALF = TILE_UNITS // 2
_COARSE_HIGH = 56.0
_SCALES = np.exp(np.arange(-68, 74) * 0.0101)
_ROTATIONS_DEG = np.arange(1, 8) * 0.62
_REFINED, _REFINED_SHEETS = 6, 4
_BEYOND_DOUBT = 9.0
_NEAR_UNITS = 10
_SILENT = 1e-12
_SURE = 4.5
_BY_CHANCE, _LEAST_SAY = 3.0, 0.3


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


def located(
    span: Span, patterns: Sequence[Pattern], pose: Pose, most: int | None = None
) -> list[Pose]:
    """For every pattern, the pose with the shift at which its pilot answers best.

    All sheets together are asked, and the fullest and the opening by themselves, for the camera's path
    may not be known well enough to lay them on one another. At most so many sheets are asked, if told.
    """
    pilots = np.stack([pattern.pilot for pattern in patterns]).conj() * (passed() * tilt())
    spectra = span.spectra(pose.matrix(), most)
    asked = [spectra.sum(axis=0), *span.opening_spectra(pose.matrix(), 1)]
    if len(spectra) > 1:
        asked.append(spectra[len(spectra) // 2])
    return _highest(asked, pilots, pose)


def aligned(spectra: Waves, pattern: Pattern, pose: Pose) -> Waves:
    """The half spectrum of all sheets (n, 256, 129) at a pose with the tile's corner at (0, 0).

    Its pilot puts each sheet right where it is sure, and tells how much say it has.
    """
    pilot = pattern.pilot.conj() * (passed() * tilt())
    whole = np.zeros(spectra.shape[1:], np.complex64)
    for spectrum in spectra:
        moved = shifted(spectrum, pose.shift)
        answer = irfft2(moved / power(moved) * pilot, s=(TILE_UNITS, TILE_UNITS))
        near = np.roll(answer, (_NEAR_UNITS, _NEAR_UNITS), (0, 1))[: 2 * _NEAR_UNITS + 1]
        near = near[:, : 2 * _NEAR_UNITS + 1]
        down, across = divmod(int(near.argmax()), near.shape[1])
        height = float(near[down, across] / max(answer.std(), _SILENT))
        if height > _SURE:
            moved = shifted(moved, (down - _NEAR_UNITS, across - _NEAR_UNITS))
        whole += moved * np.float32(max(height - _BY_CHANCE, _LEAST_SAY))
    return whole


def shifted(spectrum: Waves, shift: tuple[int, int]) -> Waves:
    """The half spectrum of a tile whose corner lay at ``shift``, put back to (0, 0)."""
    if not any(shift):
        return spectrum
    down = np.fft.fftfreq(TILE_UNITS) * shift[0]
    across = np.arange(TILE_UNITS // 2 + 1) / TILE_UNITS * shift[1]
    turns = [np.exp(2j * np.pi * part).astype(np.complex64) for part in (down, across)]
    return np.asarray(spectrum * turns[0][:, None] * turns[1], np.complex64)


def searched(span: Span, patterns: Sequence[Pattern]) -> list[Pose]:
    """The likeliest poses of all scales from 0.5 to 2.1, refined.

    Rotations to 4.5 degrees are tried where the scale lies between 0.7 and 1.3.
    """
    heard = np.where(radii() <= _COARSE_HIGH, passed() * tilt(), 0)
    pilots = np.stack([_cropped(pattern.pilot * heard, _HALF) for pattern in patterns]).conj()
    best: list[Pose] = []
    for pose in _tried():
        best.append(max(_highest(span.coarse_spectra(pose.matrix()), pilots, pose), key=_peak))
        if best[-1].peak > _BEYOND_DOUBT:
            break
    best = sorted(best, key=_peak, reverse=True)[:_REFINED]
    return sorted((refined(span, patterns, pose) for pose in best), key=_peak, reverse=True)


def _tried() -> Iterator[Pose]:
    for scale in sorted(_SCALES, key=lambda one: abs(np.log(one))):
        yield Pose(scale=float(scale))
        yield Pose(scale=float(scale), mirrored=True)
        if 0.7 < scale < 1.3:
            for turn in _ROTATIONS_DEG:
                yield Pose(scale=float(scale), rotation_deg=float(turn))
                yield Pose(scale=float(scale), rotation_deg=-float(turn))


def refined(span: Span, patterns: Sequence[Pattern], pose: Pose) -> Pose:
    """The pose nearby at which the pilot's peak is highest."""
    only = [patterns[pose.pattern]]
    best = replace(located(span, only, pose, _REFINED_SHEETS)[0], pattern=pose.pattern)
    for step in (1.0, 0.5, 0.25):
        around = [
            replace(best, scale=best.scale * np.exp(0.0045 * step * grow), rotation_deg=turn)
            for grow in (-1, 0, 1)
            for turn in best.rotation_deg + 0.28 * step * np.array([-1, 0, 1])
        ]
        found = [
            replace(located(span, only, near, _REFINED_SHEETS)[0], pattern=pose.pattern)
            for near in around
        ]
        best = max([best, *found], key=_peak)
    return best


def _highest(spectra: Sequence[Waves], pilots: Waves, pose: Pose) -> list[Pose]:
    """For each pilot the pose with the shift at which any of the spectra answers best."""
    found = [_peaks(spectrum, pilots, pose) for spectrum in spectra]
    return [max(poses, key=_peak) for poses in zip(*found, strict=True)]


def _peaks(spectrum: Waves, pilots: Waves, pose: Pose) -> list[Pose]:
    """The pose with each pilot's best shift; ``pilots`` (n, size, size / 2 + 1) are conjugated."""
    size = spectrum.shape[0]
    answers = irfft2(spectrum / power(spectrum) * pilots, s=(size, size))
    usual = np.sqrt(np.einsum("nij,nij->n", answers, answers)) / size
    step = TILE_UNITS // size
    found = []
    for index, answer in enumerate(answers):
        down, across = divmod(int(answer.argmax()), size)
        height = float(answer[down, across] / max(usual[index], _SILENT))
        shift = (down * step, across * step)
        found.append(replace(pose, shift=shift, pattern=index, peak=height))
    return found


def _cropped(waves: Waves, size: int) -> Waves:
    """A half spectrum with only the waves that a tile of that size can hold."""
    half = size // 2
    return np.concatenate([waves[:half, : half + 1], waves[-half:, : half + 1]])


def _peak(pose: Pose) -> float:
    return pose.peak
