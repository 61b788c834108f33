"""The room. In: a set's walls and where the action is. Out: its response to a clap."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from flow_nb.engines.stage.sound.ear import MAX_LAG_S, Ear
from flow_nb.engines.stage.sound.modal import SOUND_M_S
from flow_nb.engines.stage.sound.noise import shaped
from flow_nb.props.archetypes import SetRow
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

OPEN_SIDE_M = 4.5
"""Where a set has no wall the stage's hall goes on for about this far."""

WALL_ABSORPTION = 0.22
OPEN_ABSORPTION = 0.45
BEHIND_CAMERA_M = 1.5
TAIL_BEGINS_S = 0.012
TAIL_LEVEL = 0.20
OUTDOOR_T60_S = 0.9
OUTDOOR_TAIL_LEVEL = 0.02
LONGEST_S = 1.2


def reverberation_s(volume_m3: float, surface_m2: float, absorption: float) -> float:
    """Sabine: T60 = 0.161 V / (S a).

    >>> round(reverberation_s(92, 133, 0.22), 2)
    0.51
    """
    return 0.161 * volume_m3 / (surface_m2 * absorption)


def in_space(
    dry: Floats, row: SetRow, *, source_m: Floats, ear: Ear, rng: np.random.Generator
) -> Floats:
    """The direct sound (m, 2), first and unmoved, with the set's reflections behind it."""
    clap = response(row, source_m=source_m, ear=ear, rng=rng)
    mono = dry.mean(axis=1, keepdims=True)
    # Mostly the whole room answers to both sides; a third keeps the side it came from.
    wet = oaconvolve(0.65 * mono + 0.35 * dry, clap, axes=0)[: len(dry)]
    return np.asarray(dry + wet)


def response(row: SetRow, *, source_m: Floats, ear: Ear, rng: np.random.Generator) -> Floats:
    """What the set answers to a clap at ``source_m``, (n, 2), without the direct sound itself."""
    listener = np.atleast_2d(ear.position_m).mean(axis=0)
    box = _box_m(row, listener)
    t60 = OUTDOOR_T60_S if row.outdoors else _t60_s(row, box)
    out = _tail(t60, OUTDOOR_TAIL_LEVEL if row.outdoors else TAIL_LEVEL, rng)
    right = np.atleast_2d(ear.right).mean(axis=0)
    direct_m = float(np.linalg.norm(source_m - listener))
    for axis, wall in _walls(row, box):
        image = source_m.copy()
        image[axis] = 2 * wall - image[axis]
        _reflect(out, image - listener, direct_m, right, row)
    return out


def _box_m(row: SetRow, listener: Floats) -> Floats:
    """Lower and upper corner (2, 3) of the air that answers."""
    back = row.back_y_m if row.back_y_m is not None else OPEN_SIDE_M
    left = row.left_x_m if row.left_x_m is not None else -OPEN_SIDE_M
    front = min(-back, float(listener[1]) - BEHIND_CAMERA_M)
    top = max(row.ceiling_m or 2 * OPEN_SIDE_M, float(listener[2]) + 0.3)
    return np.array([[left, front, 0.0], [-left, back, top]])


def _t60_s(row: SetRow, box: Floats) -> float:
    x, y, z = box[1] - box[0]
    open_sides = (row.left_x_m is None) + (row.back_y_m is None) + (row.ceiling_m is None)
    absorption = WALL_ABSORPTION + (OPEN_ABSORPTION - WALL_ABSORPTION) * open_sides / 3
    return min(LONGEST_S, reverberation_s(x * y * z, 2 * (x * y + y * z + z * x), absorption))


def _walls(row: SetRow, box: Floats) -> list[tuple[int, float]]:
    """The surfaces that send the sound back once: (axis, where)."""
    walls = [(2, 0.0)]
    if row.back_y_m is not None:
        walls.append((1, float(box[1, 1])))
    if row.left_x_m is not None:
        walls.append((0, float(box[0, 0])))
    if not row.outdoors:
        walls += [(0, float(box[1, 0])), (1, float(box[0, 1])), (2, float(box[1, 2]))]
    return walls


def _reflect(out: Floats, away: Floats, direct_m: float, right: Floats, row: SetRow) -> None:
    """One image source: later by its detour, weaker by its distance and the wall."""
    path_m = float(np.linalg.norm(away))
    detour_s = (path_m - direct_m) / SOUND_M_S
    gain = (0.35 if row.outdoors else 0.5) * max(direct_m, 1.0) / max(path_m, 1.0)
    side = float(np.dot(away, right)) / max(path_m, 1e-6)
    angle = (0.8 * side + 1) * np.pi / 4
    # A reflection within the head's own width would comb the direct sound.
    if detour_s < MAX_LAG_S:
        return
    for channel, share in enumerate((np.cos(angle), np.sin(angle))):
        lag_s = MAX_LAG_S * max(side if channel == 0 else -side, 0)
        at = round((detour_s + lag_s) * SAMPLE_RATE_HZ)
        if at + len(_WALL) <= len(out):
            out[at : at + len(_WALL), channel] += gain * share * _WALL


_WALL = np.array([0.12, 0.22, 0.32, 0.22, 0.12])
"""A wall returns less of the treble."""


def _tail(t60_s: float, level: float, rng: np.random.Generator) -> Floats:
    """Seeded noise that dies away, the treble first; two sides that do not agree."""
    count = int(t60_s * SAMPLE_RATE_HZ)
    t = np.arange(count) / SAMPLE_RATE_HZ
    out = np.zeros((count, 2))
    for low, high, share in ((60, 700, 1.0), (700, 3_500, 0.72), (3_500, 12_000, 0.42)):
        band = shaped(rng, count, partial(_between, low=low, high=high))
        width = np.sqrt((high - low) / 12_000)
        out += (band * width * np.exp(-6.91 * t / (t60_s * share))).T
    swell = np.clip((t - TAIL_BEGINS_S / 2) / TAIL_BEGINS_S, 0, 1)[:, None]
    out *= swell
    energy = float(np.sqrt(np.sum(out**2) / 2))
    return np.asarray(out * level / max(energy, 1e-12))


def _between(hertz: Floats, *, low: float, high: float) -> Floats:
    return np.asarray(hertz**2 / (hertz**2 + low**2) / (1 + (hertz / high) ** 4))
