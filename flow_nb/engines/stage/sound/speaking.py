"""Lines in the room. In: `Spoken` lines, the plan, its motion, an ear. Out: the dialogue, (m, 2).

A voice stands where its speaker stands in the picture, but never far from the middle, with a little
of the set's room: the wider the shot the more. It is never so far away that it cannot be understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, oaconvolve, sosfilt

from flow_nb.engines.stage.sound.ear import FARTHEST_PAN, Ear
from flow_nb.engines.stage.sound.space import response
from flow_nb.engines.stage.sound.track import Track
from flow_nb.engines.stage.voice.spoken import Spoken
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import SetRow
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

NEARNESS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "extreme close-up": (0.0, 0.10),
        "close-up": (0.0, 0.14),
        "medium close-up": (-0.5, 0.20),
        "medium": (-1.0, 0.28),
        "full": (-2.0, 0.36),
        "wide": (-3.0, 0.45),
        "extreme wide": (-4.5, 0.55),
    }
)
"""By shot size: the voice's level in dB, and how much of the room answers to it."""

FARTHEST_VOICE_PAN = 0.35
LOWEST_HZ = 70.0
STEP_S = 0.05


def dialogue(
    speech: Sequence[Spoken],
    plan: Plan,
    motion: Motion,
    *,
    row: SetRow,
    ear: Ear,
    rng: np.random.Generator,
) -> Floats:
    """All lines on one tape as long as the shot; what a line has past its end is cut off."""
    tape = Track(motion.duration_s)
    level_db, wet = NEARNESS[plan.camera.size]
    for line in speech:
        sides = _sides(line, motion, ear)
        voice = _clean(line.samples) * 10 ** (level_db / 20)
        angle = (sides + 1) * np.pi / 4
        for channel, share in enumerate((np.cos(angle), np.sin(angle))):
            gains = np.zeros(2)
            gains[channel] = 1.0
            tape.add(voice * share, time_s=line.start_s, gains=gains, lags_s=np.zeros(2))
    if not tape.samples.any():
        return tape.samples
    clap = response(row, source_m=_place(speech[0], motion, ear, 0.0), ear=ear, rng=rng)
    room = oaconvolve(tape.samples.mean(axis=1, keepdims=True), clap, axes=0)
    return np.asarray(tape.samples + wet * room[: len(tape.samples)])


def _clean(samples: NDArray[np.float32]) -> Floats:
    """Without rumble, and without a step at either end."""
    sections = butter(2, LOWEST_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    sound = np.asarray(sosfilt(sections, samples.astype(np.float64)))
    count = min(SAMPLE_RATE_HZ // 200, len(sound) // 2)
    ramp = np.linspace(0, 1, count, endpoint=False)
    sound[:count] *= ramp
    sound[len(sound) - count :] *= ramp[::-1]
    return sound


def _sides(line: Spoken, motion: Motion, ear: Ear) -> Floats:
    """Per sample where the voice stands, -1 (left) to 1, within `FARTHEST_VOICE_PAN`."""
    count = len(line.samples)
    times_s = line.start_s + np.arange(0.0, count / SAMPLE_RATE_HZ + STEP_S, STEP_S)
    places = np.array([_place(line, motion, ear, time_s) for time_s in times_s])
    gains = ear.hear(places, times_s).gains
    angle = np.arctan2(gains[:, 1], gains[:, 0])
    side = (angle * 4 / np.pi - 1) / FARTHEST_PAN * FARTHEST_VOICE_PAN
    at_s = line.start_s + np.arange(count) / SAMPLE_RATE_HZ
    return np.interp(at_s, times_s, side)


def _place(line: Spoken, motion: Motion, ear: Ear, time_s: float) -> Floats:
    """The speaker's head, or the speaker; a voice of nobody in the picture is straight ahead."""
    name = line.speaker.lower().replace(" ", "-")
    for part in (f"{name}/head", name):
        if part in motion.names:
            return np.asarray(motion.at(time_s)[0][motion.index(part)], np.float64)
    at, right = (np.atleast_2d(value)[0] for value in (ear.position_m, ear.right))
    return np.asarray(at + 2.0 * np.array([-right[1], right[0], 0.0]))
