"""The band plays. In: a plan that asks for music, its motion. Out: the score, (m, 2), in a hall."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.sound.air.craft import in_hall, sides
from flow_nb.engines.stage.sound.score.compose import compose
from flow_nb.engines.stage.sound.score.piece import Note
from flow_nb.engines.stage.sound.score.players import PLAYERS
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.timebase import SAMPLE_RATE_HZ, sample_at

Floats = NDArray[np.float64]

SEATS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "strings": (-0.25, 0.8),
        "piano": (0.1, 1.0),
        "pad": (0.0, 0.55),
        "harp": (-0.5, 0.9),
        "guitar": (0.3, 0.9),
        "bass": (0.2, 1.1),
        "flute": (-0.1, 0.75),
        "horns": (0.4, 0.7),
        "bells": (0.45, 0.55),
        "percussion": (0.0, 0.9),
    }
)
"""Where a player sits, -1 (left) to 1, and how loud."""

HALL_S, HALL_SHARE = 1.6, 0.45
UNEVEN_S, UNEVEN_FORCE = 0.006, 0.07
FADE_S = 0.25


def score(plan: Plan, motion: Motion, rng: np.random.Generator) -> Floats:
    """The music of a shot; silence where it asks for none."""
    out = np.zeros((2, max(1, sample_at(motion.duration_s))))
    if plan.music is None or plan.music.silent:
        return out.T
    writing, playing, hall = rng.spawn(3)
    for note in compose(plan, motion, plan.music, writing):
        _play(out, note, playing)
    wet = in_hall(out, hall, HALL_S, HALL_SHARE, 5_000.0)
    count = min(int(FADE_S * SAMPLE_RATE_HZ), wet.shape[1])
    wet[:, wet.shape[1] - count :] *= np.cos(np.linspace(0, np.pi / 2, count)) ** 2
    return np.asarray(wet.T)


def _play(out: Floats, note: Note, rng: np.random.Generator) -> None:
    """One note, as exactly as a person plays it."""
    force = note.force * (1 + UNEVEN_FORCE * rng.standard_normal())
    late_s = 0.0 if note.exact else UNEVEN_S * rng.standard_normal()
    pan, gain = SEATS[note.player]
    # Low notes sit nearer to the middle than high ones do.
    place = np.clip(pan + (note.note - 60) / 90, -0.8, 0.8) if note.player != "percussion" else pan
    wave = PLAYERS[note.player](note.note, note.lasts_s, float(np.clip(force, 0.05, 1.0)), rng)
    begin = max(0, round((note.time_s + late_s) * SAMPLE_RATE_HZ))
    part = wave[: max(0, out.shape[1] - begin)] * gain * force**1.3
    out[:, begin : begin + len(part)] += sides(place) * part
