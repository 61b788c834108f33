"""How much of a mark is heard. In: a sound, the same marked. Out: decibels of noise over the mask."""

from __future__ import annotations

import numpy as np

from flow_nb.shield.marks.masking import Masking, power_of

FRAME, HOP, FIRST = 1_920, 960, 333
LOWEST_HZ, HIGHEST_HZ = 300, 7_000


def noise_to_mask_db(sound: np.ndarray, marked: np.ndarray) -> float:
    """The mean, over frames, channels and the bands of the mark, of noise power over masked power.

    As the total NMR of ITU-R BS.1387, with the masks of `masking`; frames of 40 ms that lie across
    those in which the mark was made, so that what spreads before a stroke is counted.
    """
    masking = Masking(FRAME // 2 + 1, 48_000 / FRAME)
    bands = (masking.centres_hz > LOWEST_HZ) & (masking.centres_hz < HIGHEST_HZ)
    host, noise = _power(sound), _power(marked - sound)
    hidden = np.maximum(masking.masked(host), masking.quiet)
    ratio = (noise @ masking.members / hidden)[:, bands].mean()
    return float(10 * np.log10(ratio + 1e-12))


def _power(sound: np.ndarray) -> np.ndarray:
    window = np.hanning(FRAME + 1)[:-1]
    window = (window * np.sqrt(FRAME / 2 / (window**2).sum())).astype(np.float32)
    views = np.lib.stride_tricks.sliding_window_view(sound[FIRST:], FRAME, axis=0)[::HOP]
    return power_of(np.fft.rfft(views * window, axis=-1), FRAME).reshape(-1, FRAME // 2 + 1)
