"""What happens to a sound on its way. In: samples (m, 2) at 48 kHz. Out: samples and their rate."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import av
import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import resample_poly

from flow_nb.timebase import SAMPLE_RATE_HZ

Attack = Callable[[np.ndarray], tuple[np.ndarray, int]]


def coded(sound: np.ndarray, *, container: str, codec: str, kbit_s: int) -> tuple[np.ndarray, int]:
    """Encoded in memory, and decoded again."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.bit_rate = 1_000 * kbit_s
        context = stream.codec_context
        resampler = av.AudioResampler(
            format=context.format.name,
            layout="stereo",
            rate=SAMPLE_RATE_HZ,
            frame_size=context.frame_size or 1_152,
        )
        planes = np.ascontiguousarray(sound.T, np.float32)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, 0
        for part in resampler.resample(frame) + resampler.resample(None):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as container_in:
        back = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE_HZ)
        parts = [p.to_ndarray() for f in container_in.decode(audio=0) for p in back.resample(f)]
        parts += [p.to_ndarray() for p in back.resample(None)]
    return np.concatenate(parts, axis=1).T, SAMPLE_RATE_HZ


def noisy(sound: np.ndarray, *, snr_db: float, seed: int = 1) -> tuple[np.ndarray, int]:
    """White noise over the whole band, against the mean power of the whole sound."""
    rms = np.sqrt((sound**2).mean()) * 10 ** (-snr_db / 20)
    noise = np.random.default_rng(seed).standard_normal(sound.shape) * rms
    return np.asarray(sound + noise, np.float32), SAMPLE_RATE_HZ


def played(sound: np.ndarray, *, speed: float) -> tuple[np.ndarray, int]:
    """Faster or slower, pitch and all."""
    at = np.arange(0, len(sound) - 1, speed)
    return CubicSpline(np.arange(len(sound)), sound)(at).astype(np.float32), SAMPLE_RATE_HZ


def resampled(sound: np.ndarray, *, up: int, down: int) -> tuple[np.ndarray, int]:
    return resample_poly(sound, up, down, axis=0), SAMPLE_RATE_HZ * up // down


def cut(sound: np.ndarray, *, share: float) -> tuple[np.ndarray, int]:
    return sound[int(len(sound) * share) + 137 :], SAMPLE_RATE_HZ


def heard(sound: np.ndarray, *, of: str) -> tuple[np.ndarray, int]:
    sides = {"left": sound[:, 0], "right": sound[:, 1], "mono": sound.mean(1)}
    return sides[of], SAMPLE_RATE_HZ


ATTACKS: dict[str, Attack] = {
    "none": lambda sound: (sound, SAMPLE_RATE_HZ),
    "aac-128": partial(coded, container="mp4", codec="aac", kbit_s=128),
    "aac-64": partial(coded, container="mp4", codec="aac", kbit_s=64),
    "mp3-128": partial(coded, container="mp3", codec="libmp3lame", kbit_s=128),
    "mp3-64": partial(coded, container="mp3", codec="libmp3lame", kbit_s=64),
    "opus-64": partial(coded, container="ogg", codec="libopus", kbit_s=64),
    "opus-32": partial(coded, container="ogg", codec="libopus", kbit_s=32),
    "16-khz": partial(resampled, up=1, down=3),
    "22.05-khz": partial(resampled, up=147, down=320),
    "gain-0.3": lambda sound: (0.3 * sound, SAMPLE_RATE_HZ),
    "cut-10%": partial(cut, share=0.1),
    "speed-0.98": partial(played, speed=0.98),
    "speed-1.02": partial(played, speed=1.02),
    "noise-20": partial(noisy, snr_db=20),
    "left": partial(heard, of="left"),
    "right": partial(heard, of="right"),
    "mono": partial(heard, of="mono"),
    "aac-64-cut-0.98": lambda sound: played(
        cut(0.5 * coded(sound, container="mp4", codec="aac", kbit_s=64)[0], share=0.1)[0],
        speed=0.98,
    ),
}
