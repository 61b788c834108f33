"""The marks in a sound are found. In: samples of any rate, a key. Out: `AudioFound`s.

Nothing of the original is needed: speed (from 0.97 to 1.03), offset and extent are searched for. What
is read counts only where the 24 bits of the payload's check are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from flow_nb.errors import MediaError
from flow_nb.shield.marks.audio_map import FIRST_CENTRE, HEARD_HZ, STEP_S, STEPS_PER_CHIP, SoundMap
from flow_nb.shield.marks.audio_path import Path, paths
from flow_nb.shield.marks.audio_pattern import CHIPS, CODE, ROWS, Pattern
from flow_nb.shield.marks.code import CHECK_BITS, Decoded
from flow_nb.shield.marks.masking import Floats

SPEEDS = tuple(float(speed) for speed in np.round(np.linspace(0.97, 1.03, 13), 3))
_NEAR_SPEEDS = (-0.0025, -0.00125, 0.0, 0.00125, 0.0025)
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 384_000
MOST_CHANNELS = 64
_SPAN_S, _OVERLAP_S = 24, 8
_TRIED_AT_ONE, _TRIED_AT_ALL = 4, 12
_PER_SPEED = 2
_MOST_IN_A_SPAN = 16
_LEAST_CONFIDENCE = 0.5
_TOGETHER_S = 2.0
_LOUDEST = 8.0
_CHANCE = 8 * 0.5**CHECK_BITS

_FINEST_RATIO = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class AudioFound:
    """A payload that was read, and where it sounds, in seconds of the sound that was searched."""

    payload: int
    start_s: float
    end_s: float
    confidence: float
    """How well what was heard agrees with the payload, weighted: 1 is noiseless, 0.6 just enough."""
    false_alarm: float
    """How likely chance alone, in all that was tried, passes the check once."""
    speed: float
    """How many times too fast the sound plays, to about 0.002."""


def find_audio(samples: NDArray[np.float32], rate_hz: int, key: bytes) -> list[AudioFound]:
    """All payloads marked with ``key`` in samples (m,) or (m, channels), in order of their start.

    Needs 3 s of a mark, 4 s to be sure. Raises MediaError for a rate or a number of channels that
    no sound has.
    """
    return find_audio_of(samples, rate_hz, [key])[0]


def find_audio_of(
    samples: NDArray[np.float32], rate_hz: int, keys: Sequence[bytes]
) -> list[list[AudioFound]]:
    """`find_audio` for several keys at once: the sound is listened to a single time."""
    sound = _checked(samples, rate_hz)
    searches = [_Search(Pattern(key)) for key in keys]
    found: list[list[AudioFound]] = [[] for _ in keys]
    step = (_SPAN_S - _OVERLAP_S) * rate_hz
    for start in range(0, max(len(sound) - _OVERLAP_S * rate_hz, 1), step):
        span = SoundMap(_at_16_khz(sound[start : start + _SPAN_S * rate_hz], rate_hz))
        for search, those in zip(searches, found, strict=True):
            those += [_later(one, start / rate_hz) for one in search.span(span)]
    return [
        _joined([replace(one, false_alarm=search.false_alarm) for one in those])
        for search, those in zip(searches, found, strict=True)
    ]


class _Search:
    """One search through one sound, span by span."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self._speed: float | None = None
        self._tried = 0

    @property
    def false_alarm(self) -> float:
        """How likely chance has passed the check in what was tried so far."""
        return min(1.0, self._tried * _CHANCE)

    def span(self, sound: SoundMap) -> Iterator[AudioFound]:
        """What is found in a stretch of sound, the surest first.

        A strong mark can be read, badly, at a speed that is wrong by 2 %: nothing is read at one
        speed alone before the speed is known.
        """
        speed = self._speed
        one = None if speed is None else self._best(sound, [speed], _TRIED_AT_ONE)
        one = one or self._at_any_speed(sound)
        blank: list[AudioFound] = []
        for _ in range(_MOST_IN_A_SPAN):
            if one is None:
                return
            yield one
            self._speed = one.speed
            blank.append(one)
            one = self._best(sound, [one.speed], _TRIED_AT_ONE, blank)

    def _at_any_speed(self, sound: SoundMap) -> AudioFound | None:
        one = self._best(sound, SPEEDS, _TRIED_AT_ALL)
        if one is None:
            return None
        near = [round(one.speed + step, 5) for step in _NEAR_SPEEDS]
        return self._best(sound, near, _TRIED_AT_ALL) or one

    def _best(
        self,
        sound: SoundMap,
        speeds: Sequence[float],
        count: int,
        blank: Sequence[AudioFound] = (),
    ) -> AudioFound | None:
        """The surest payload outside of what is ``blank``."""
        maps = {speed: _without(blank, sound.at(speed), speed) for speed in speeds}
        each = max(_PER_SPEED, count // len(speeds))
        likely: list[Path] = []
        for speed, cells in maps.items():
            likely += paths(cells, self._pattern.pilots, speed=speed, count=each)
        likely = sorted(likely, key=lambda path: -path.score)[:count]
        self._tried += len(likely)
        heard = np.array([_folded(path, maps[path.speed]) for path in likely])
        read = CODE.decode(self._pattern.gather(heard.reshape(-1, ROWS, CHIPS)))
        sure = [
            (path, one)
            for path, one in zip(likely, read, strict=True)
            if one is not None and one.score > _LEAST_CONFIDENCE
        ]
        if not sure:
            return None
        path, decoded = sure[0]
        return self._found(path, decoded, maps[path.speed])

    def _found(self, path: Path, decoded: Decoded, cells: Floats) -> AudioFound:
        """A path that was read, with the extent that all its cells, pilots or not, agree with."""
        line = replace(path, first=0, end=len(cells[path.phase :: STEPS_PER_CHIP]))
        heard, said = line.cells(cells), self._pattern.cells(decoded.payload).T[line.columns()]
        agreement, energy = (heard * said).sum(1), (heard**2).sum(1)
        inside = slice(path.first, path.end)
        usual = agreement[inside].sum() / energy[inside].sum()
        first, end = _best_stretch(agreement - usual / 2 * energy)
        return AudioFound(
            payload=decoded.payload,
            start_s=max(0.0, _second(path, first)),
            end_s=min(_second(path, end), len(cells) * STEP_S / path.speed),
            confidence=decoded.score,
            false_alarm=self.false_alarm,
            speed=path.speed,
        )


def _second(path: Path, chip: int) -> float:
    """When a chip of a path begins."""
    return (path.phase + STEPS_PER_CHIP * chip - FIRST_CENTRE) * STEP_S / path.speed


def _best_stretch(gains: Floats) -> tuple[int, int]:
    """The stretch with the greatest sum, from its first to behind its last."""
    walk = np.concatenate([[0.0], np.cumsum(gains)])
    end = int((walk - np.minimum.accumulate(walk)).argmax())
    return end - int(walk[end::-1].argmin()), end


def _folded(path: Path, cells: Floats) -> Floats:
    """What was heard in each cell of the pattern (rows, columns), all periods added."""
    columns = np.zeros((CHIPS, ROWS), np.float32)
    np.add.at(columns, path.columns(), path.cells(cells))
    return columns.T


def _without(blank: Sequence[AudioFound], cells: Floats, speed: float) -> Floats:
    rest = cells.copy() if blank else cells
    for one in blank:
        first, end = (round(second * speed / STEP_S) for second in (one.start_s, one.end_s))
        rest[first:end] = 0
    return rest


def _later(one: AudioFound, offset_s: float) -> AudioFound:
    return replace(one, start_s=one.start_s + offset_s, end_s=one.end_s + offset_s)


def _joined(found: list[AudioFound]) -> list[AudioFound]:
    """The same payload found again right behind is one."""
    joined: list[AudioFound] = []
    for one in sorted(found, key=lambda one: (one.payload, one.start_s)):
        last = joined[-1] if joined else None
        if last and last.payload == one.payload and one.start_s < last.end_s + _TOGETHER_S:
            confidence = max(last.confidence, one.confidence)
            end_s = max(last.end_s, one.end_s)
            joined[-1] = replace(last, end_s=end_s, confidence=confidence)
        else:
            joined.append(one)
    return sorted(joined, key=lambda one: one.start_s)


def _checked(samples: NDArray[np.float32], rate_hz: int) -> Floats:
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        limits = f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz"
        raise MediaError(f"a sound at {rate_hz} Hz cannot be searched.", fix=f"Give {limits}.")
    sound = np.asarray(samples, np.float32)
    sound = sound[:, None] if sound.ndim == 1 else sound
    if sound.ndim != 2 or not 1 <= sound.shape[1] <= MOST_CHANNELS:
        raise MediaError(
            f"a sound of shape {sound.shape} cannot be searched.",
            fix=f"Give samples (m,) or (m, channels), at most {MOST_CHANNELS} channels.",
        )
    return sound


def _at_16_khz(sound: Floats, rate_hz: int) -> Floats:
    clean = np.clip(np.nan_to_num(sound, nan=0, posinf=0, neginf=0), -_LOUDEST, _LOUDEST)
    ratio = Fraction(HEARD_HZ, rate_hz).limit_denominator(_FINEST_RATIO)
    up, down = ratio.numerator, ratio.denominator
    return np.asarray(resample_poly(clean, up, down, axis=0), np.float32)
