"""A mouth that speaks. In: what a figure says and when. Out: `Mouth`, one value of each kind a frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.figures.people import Utterance
from flow_nb.engines.stage.picture import Floats
from flow_nb.engines.stage.voice.visemes import CURVES, accents, mouth_curves

SYLLABLE_HZ = 4.2
NOD_DEG, NOD_S = 2.6, 0.10
WIDEST = 0.85
"""A mouth that speaks opens so far; one that shouts or wonders, further."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mouth:
    """Each (frames,): ``open`` 0 to 1 is how far the jaw is down; ``wide`` is 1 for the lips of "see",
    -1 for those of "who"; ``press`` 0 to 1 closes the lips on each other (m, b, p), ``tuck`` lays the
    lower one under the teeth (f, v); ``nod`` in degrees is how far the head goes down on what is
    stressed."""

    open: Floats
    wide: Floats
    press: Floats
    tuck: Floats
    nod: Floats


def mouth_at(times: Floats, said: Sequence[Utterance]) -> Mouth:
    """The mouth of who says these lines; without phones it moves as if it spoke."""
    still = np.zeros(len(times))
    found = Mouth(open=still, wide=still, press=still, tuck=still, nod=still)
    for line in said:
        found = _over(found, _shaped(times, line) if line.phones else _guessed(times, line))
    return found


def _shaped(times: Floats, line: Utterance) -> Mouth:
    """What the phones do to it; the head goes along with what is stressed."""
    curves = dict(zip(CURVES, mouth_curves(line.phones, times).T, strict=True))
    nod = np.zeros(len(times))
    for accent in accents(line.phones):
        nod += NOD_DEG * accent.strength * np.exp(-(((times - accent.time_s) / NOD_S) ** 2))
    return Mouth(
        open=WIDEST * curves["jaw"],
        wide=curves["wide"] - curves["round"],
        press=curves["closed"],
        tuck=curves["tucked"],
        nod=nod,
    )


def _over(a: Mouth, b: Mouth) -> Mouth:
    """Two lines of one mouth; they do not overlap."""
    return Mouth(
        open=np.maximum(a.open, b.open), wide=a.wide + b.wide, press=np.maximum(a.press, b.press),
        tuck=np.maximum(a.tuck, b.tuck), nod=a.nod + b.nod,
    )  # fmt: skip


def _guessed(times: Floats, line: Utterance) -> Mouth:
    """About four syllables a second for as long as the line takes."""
    inside = np.clip((times - line.start_s) / 0.12, 0, 1) * np.clip(
        (line.end_s - times) / 0.15, 0, 1
    )
    beat = 2 * math.pi * SYLLABLE_HZ * (times - line.start_s)
    wave = 0.5 - 0.5 * np.cos(beat + 0.9 * np.sin(0.37 * beat))
    still = np.zeros(len(times))
    return Mouth(
        open=0.75 * inside * wave * (0.7 + 0.3 * np.sin(0.61 * beat)),
        wide=0.5 * inside * np.sin(0.43 * beat), press=still, tuck=still, nod=still,
    )  # fmt: skip
