"""Made-up speech. In: lengths. Out: `Spoken` lines whose sound has a voice's pitch and syllables."""

from __future__ import annotations

import numpy as np

from flow_nb.engines.stage.voice.spoken import Spoken


def line(start_s=0.5, lasts_s=1.5, *, speaker="MARA", pitch_hz=120.0, gain=0.05, number=0):
    t = np.arange(round(lasts_s * 48_000)) / 48_000
    voice = sum(np.sin(2 * np.pi * pitch_hz * k * t + k * k) / k for k in range(1, 30))
    syllables = np.clip(np.sin(2 * np.pi * 4 * t) + 0.3, 0, 1)
    samples = (gain * voice * syllables).astype(np.float32)
    return Spoken(line=number, speaker=speaker, start_s=start_s, samples=samples)
