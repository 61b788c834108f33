"""The mix. In: dialogue, effects, score and ambience, (m, 2). Out: one sound, -16 LUFS, -1 dBTP at most.

Dialogue stands over effects over score over ambience: whatever is lower steps back while what is
higher is heard, by as much as is needed and no more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from flow_nb.engines.stage.sound.duck import Ducking, ducked
from flow_nb.engines.stage.sound.limit import CEILING_DB, MARGIN_DB, reduction_db
from flow_nb.engines.stage.sound.loudness import loudness_lufs, peaks
from flow_nb.timebase import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]

TARGET_LUFS = -16.0
MOST_MAKE_UP_DB = 24.0
"""A shot in which hardly anything sounds stays quiet."""

MOST_LIMITING_DB = 13.0
CLOSE_DB = 0.2
ROUNDS = 4
FADE_S = 0.005
LOWEST_HZ = 25.0

EFFECTS_UNDER_DIALOGUE = Ducking(beneath_db=9.0, most_db=12.0)
SCORE_UNDER_DIALOGUE = Ducking(beneath_db=15.0, most_db=14.0)
SCORE_UNDER_EFFECTS = Ducking(beneath_db=6.0, most_db=5.0)
AIR_UNDER_DIALOGUE = Ducking(beneath_db=22.0, most_db=9.0)

SCORE_LUFS = -21.0
"""What a score is beside the rest; where nothing else sounds the whole is at the target anyway."""


def mix(
    effects: Floats,
    ambience: Floats,
    *,
    dialogue: Floats | None = None,
    score: Floats | None = None,
) -> NDArray[np.float32]:
    """What sounds is brought to the target; the ambience stays at its own level beneath.

    Where neither dialogue nor score sounds, a shot in which hardly anything happens stays quiet, and
    one in which nothing happens is its ambience alone, or silence.
    """
    sound = _without_dc(effects)
    if dialogue is not None and dialogue.any():
        voice = _levelled(dialogue, TARGET_LUFS)
        sound = ducked(_levelled(sound, TARGET_LUFS), voice, EFFECTS_UNDER_DIALOGUE)
        ambience = ducked(ambience, voice, AIR_UNDER_DIALOGUE)
        music = _under(score, voice, SCORE_UNDER_DIALOGUE)
        sound = voice + sound + ducked(music, sound, SCORE_UNDER_EFFECTS)
    elif score is not None and score.any():
        sound = _levelled(sound, TARGET_LUFS)
        sound = sound + _under(score, sound, SCORE_UNDER_EFFECTS)
    mixed = _to_target(sound, ambience) if np.any(sound) else ambience
    ceiling = 10 ** ((CEILING_DB - MARGIN_DB) / 20)
    out = _faded(mixed) * min(1.0, ceiling / max(float(peaks(mixed).max()), ceiling))
    return out.astype(np.float32)


def _levelled(sound: Floats, lufs: float) -> Floats:
    """A bus at its loudness, its own peaks held: what one bus peaks must not hold another one down."""
    if not sound.any():
        return sound
    over = peaks(sound)
    gain = 10 ** (min(lufs - loudness_lufs(sound), _most_gain_db(float(over.max()))) / 20)
    return np.asarray(sound * gain * 10 ** (-reduction_db(over * gain) / 20)[:, None])


def _under(score: Floats | None, key: Floats, rule: Ducking) -> Floats:
    if score is None:
        return np.zeros_like(key)
    return ducked(_levelled(score, SCORE_LUFS), key, rule)


def _to_target(sound: Floats, ambience: Floats) -> Floats:
    """Gain and limiter together, by turns: what the limiter takes away is asked for again."""
    dry_peaks = peaks(sound)
    most_db = _most_gain_db(float(dry_peaks.max()))
    gain_db = min(TARGET_LUFS - loudness_lufs(sound), most_db)
    for _ in range(ROUNDS):
        gain = 10 ** (gain_db / 20)
        down_db = reduction_db(dry_peaks * gain + float(np.abs(ambience).max()))
        mixed = (sound * gain + ambience) * 10 ** (-down_db / 20)[:, None]
        missing_db = TARGET_LUFS - loudness_lufs(mixed)
        if abs(missing_db) < CLOSE_DB or (missing_db > 0 and gain_db == most_db):
            break
        gain_db = min(gain_db + missing_db, most_db)
    return np.asarray(mixed)


def _most_gain_db(peak: float) -> float:
    """As far as the limiter still leaves a strike its shape, and a whisper a whisper."""
    headroom_db = CEILING_DB - 20 * float(np.log10(max(peak, 1e-9)))
    return min(MOST_MAKE_UP_DB, headroom_db + MOST_LIMITING_DB)


def _without_dc(sound: Floats) -> Floats:
    """A causal high-pass: nothing rings before its cause."""
    sections = butter(2, LOWEST_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfilt(sections, sound, axis=0))


def _faded(sound: Floats) -> Floats:
    count = min(int(FADE_S * SAMPLE_RATE_HZ), len(sound) // 2)
    curve = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1)))[:, None]
    out = sound.copy()
    if count:
        out[:count] *= curve
        out[-count:] *= curve[::-1]
    return out
