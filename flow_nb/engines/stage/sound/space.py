"""What a room answers. In: a `Room`, where one claps and who hears it. Out: its response, early and late."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.signal import firwin2

from flow_nb.engines.stage.sound.ear import MAX_LAG_S, Ear
from flow_nb.engines.stage.sound.modal import SOUND_M_S
from flow_nb.engines.stage.sound.rooms import OCTAVES_HZ, Room, room_of
from flow_nb.props.archetypes import SetRow
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

RETURNED = 0.55
"""A wall scatters; so much of what it does not swallow comes back as from a mirror."""

EARLY_S = 0.12
TAIL_BEGINS_S = 0.012
TAPS = 65
MIDDLE = TAPS // 2


def response(row: SetRow, *, source_m: Floats, ear: Ear, rng: np.random.Generator) -> Floats:
    """What the set answers to a clap at ``source_m``, (n, 2), without the direct sound itself."""
    room = room_of(row, np.atleast_2d(ear.position_m).mean(axis=0))
    out = tail(room, rng)
    first = early(room, source_m=source_m, ear=ear)
    if len(out) < len(first):
        out = np.pad(out, ((0, len(first) - len(out)), (0, 0)))
    out[: len(first)] += first
    return out


def early(room: Room, *, source_m: Floats, ear: Ear) -> Floats:
    """The first reflection from every wall, (n, 2): later by its detour, weaker by its way, each octave
    by what the wall swallows. An image source a wall."""
    listener = np.atleast_2d(ear.position_m).mean(axis=0)
    right = np.atleast_2d(ear.right).mean(axis=0)
    out = np.zeros((int(EARLY_S * SAMPLE_RATE_HZ), 2))
    direct_m = max(float(np.linalg.norm(source_m - listener)), 1.0)
    source = np.clip(source_m, room.box_m[0], room.box_m[1])
    for axis, wall, returned in room.walls:
        image = source.astype(np.float64)
        image[axis] = 2 * wall - image[axis]
        away = image - listener
        path_m = max(float(np.linalg.norm(away)), 1e-6)
        side = 0.8 * float(np.dot(away, right)) / path_m
        wave = RETURNED * direct_m / max(path_m, direct_m) * _wall(tuple(returned))
        _put(out, wave, (path_m - direct_m) / SOUND_M_S, side)
    return out


def _put(out: Floats, wave: Floats, detour_s: float, side: float) -> None:
    # A reflection within the head's own width would comb the direct sound.
    if detour_s < MAX_LAG_S:
        return
    angle = (side + 1) * np.pi / 4
    for channel, share in enumerate((np.cos(angle), np.sin(angle))):
        lag_s = MAX_LAG_S * max(side if channel == 0 else -side, 0)
        at = max(0, round((detour_s + lag_s) * SAMPLE_RATE_HZ) - MIDDLE)
        if at + TAPS <= len(out):
            out[at : at + TAPS, channel] += share * wave


@cache
def _wall(returned: tuple[float, ...]) -> Floats:
    """A short filter with these shares at `OCTAVES_HZ`; its middle is the instant."""
    nyquist = SAMPLE_RATE_HZ / 2
    hertz = [0.0, *OCTAVES_HZ, 8_000.0, nyquist]
    shares = [returned[0], *returned, 0.8 * returned[-1], 0.3 * returned[-1]]
    return np.asarray(firwin2(TAPS, hertz, shares, fs=SAMPLE_RATE_HZ))


def tail(room: Room, rng: np.random.Generator) -> Floats:
    """What is no single reflection any more, (n, 2): seeded noise, each octave band dying away in its own
    time; two sides that do not agree."""
    count = int(max(room.tail_s.max(), 0.05) * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    out = np.zeros((count, 2))
    length = next_fast_len(count, real=True)
    spectrum = np.fft.rfft(rng.standard_normal((2, length)))
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE_HZ)
    for centre, t60 in zip(OCTAVES_HZ, room.tail_s, strict=True):
        band = np.fft.irfft(spectrum * _octave(hertz, centre), length)[:, :count]
        out += (band * np.exp(-6.91 * t / t60)).T
    out *= np.clip((t - TAIL_BEGINS_S / 2) / TAIL_BEGINS_S, 0, 1)[:, None]
    energy = float(np.sqrt(np.sum(out**2) / 2))
    return np.asarray(out * room.tail_level / max(energy, 1e-12))


def _octave(hertz: NDArray[np.floating], centre: float) -> Floats:
    """An octave; the uppermost goes on above, the lowest below."""
    octaves = np.log2(np.maximum(hertz, 30.0) / centre)
    if centre == OCTAVES_HZ[-1]:
        octaves = np.where(octaves > 0, octaves / 2.5, octaves)
    return np.asarray(np.exp(-((octaves / 0.6) ** 2)) * (hertz > 60))
