"""Sounds to mark: what the stage makes, speech, tonal music, tones, noise, near silence; 8 s each."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from scipy.signal import lfilter, resample_poly

from flow_nb.engines.stage.sound.ambience import ambience
from flow_nb.engines.stage.sound.soundtrack import soundtrack
from flow_nb.timebase import SAMPLE_RATE_HZ
from tests.engines.stage.sound.motions import shattering, single

DURATION_S = 8
COUNT = DURATION_S * SAMPLE_RATE_HZ
SPOKEN = Path("/usr/share/sounds/alsa")
LOUD = 0.6
STRUCK = (
    ("glass", "tile"),
    ("steel", "hardwood"),
    ("rubber", "asphalt"),
    ("book", "hardwood"),
    ("coin", "tile"),
    ("crate", "hardwood"),
)
MINOR = ((220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247))
PAD = ((130.8, 196, 261.6, 329.6), (110, 164.8, 220, 261.6))
TUNE = (392, 440, 494, 523, 587, 523, 494, 440)
SCALE = (0, 3, 7, 12, 15, 12, 7, 3)
TONES = {
    "tone 440": (440,),
    "tone 1000": (1000,),
    "tone 3000": (3000,),
    "three tones": (311.1, 622.3, 1864.7),
}


def sounds(speech: Path = SPOKEN) -> dict[str, np.ndarray]:
    """Name, with its class as the first word → samples (384000, 2) float32.

    Speech is read from WAV files of one folder (Debian's alsa-utils brings some); two made-up
    voices speak in any case.
    """
    made = {**_stage(), **_spoken(speech), **_music(), **_plain()}
    voices = [name for name in made if name.startswith("speech")]
    made["mixed film"] = 0.7 * made[voices[0]] + 0.2 * made["music pad"]
    return {name: np.asarray(sound, np.float32) for name, sound in made.items()}


def _stage() -> dict[str, np.ndarray]:
    made = {}
    for seed, (thing, floor) in enumerate(STRUCK):
        times_s = np.cumsum(np.random.default_rng(seed).uniform(0.9, 2.2, 5))
        shot = single(thing, times_s=times_s[times_s < 7.5], floor=floor, duration_s=8.0)
        made[f"impacts {thing}"] = soundtrack(*shot)
    once = single("block", times_s=[3.1], floor="tile", duration_s=8.0)
    made["impacts once"] = soundtrack(*once)
    made["impacts shatter"] = soundtrack(*shattering(duration_s=8.0))
    for name, outdoors in (("street", True), ("kitchen", False), ("studio", False)):
        rng = np.random.default_rng(2)
        made[f"ambience {name}"] = ambience(name, COUNT, rng, outdoors=outdoors)
    return made


def _spoken(folder: Path) -> dict[str, np.ndarray]:
    made = {f"speech made {seed}": _loud(_voice(seed)) for seed in (1, 2)}
    read = [_wave(path) for path in sorted(folder.glob("*.wav")) if "Noise" not in path.name]
    long = {p.stem: one for p, one in zip(sorted(folder.glob("*.wav")), read, strict=False)}
    short = [one for one in read if len(one) < COUNT]
    if short:
        made["speech words"] = _loud(np.resize(np.concatenate(short), COUNT))
    for name, one in long.items():
        if len(one) >= COUNT:
            made[f"speech {name[-8:]}"] = _loud(one[:COUNT])
    return made


def _wave(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        data = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        mono = data.reshape(-1, file.getnchannels())[:, 0] / 32_768
        return resample_poly(mono, SAMPLE_RATE_HZ, file.getframerate())


def _voice(seed: int) -> np.ndarray:
    """Pulses through wandering formants, with pauses."""
    rng = np.random.default_rng(seed)
    pulses, at = np.zeros(COUNT), 0.0
    while at < COUNT:
        pulses[int(at)] = 1
        at += SAMPLE_RATE_HZ / (110 * seed + 25 * np.sin(at / 16_000) + 2 * rng.standard_normal())
    pulses = lfilter([1], [1, -0.95], pulses)
    spoken, length = np.zeros(COUNT), int(0.18 * SAMPLE_RATE_HZ)
    for start in range(0, COUNT, length):
        part = pulses[start : start + length]
        breath = 0.012 if rng.random() < 0.3 else 0.004
        part = part + breath * rng.standard_normal(len(part))
        tracts = (rng.uniform(300, 800), rng.uniform(900, 2200), rng.uniform(2300, 3200), 3800)
        for hz, width_hz in zip(tracts, (80, 100, 140, 200), strict=True):
            r = np.exp(-np.pi * width_hz / SAMPLE_RATE_HZ)
            turn = 2 * r * np.cos(2 * np.pi * hz / SAMPLE_RATE_HZ)
            part = lfilter([1 - r], [1, -turn, r * r], part)
        level = 0 if rng.random() < 0.2 else rng.uniform(0.4, 1)
        spoken[start : start + length] = (
            level * part / np.abs(part).max() * np.hanning(len(part)) ** 0.3
        )
    return spoken + 1e-3 * rng.standard_normal(COUNT)


def _music() -> dict[str, np.ndarray]:
    chords, arpeggio, pad, flute, drums = (np.zeros(COUNT) for _ in range(5))
    rng = np.random.default_rng(3)
    t = np.arange(SAMPLE_RATE_HZ // 2) / SAMPLE_RATE_HZ
    for beat in range(16):
        for hz in MINOR[beat % 4]:
            _put(chords, beat / 2, _note(hz, 0.5))
            _put(drums, beat / 2, 0.6 * _note(hz, 0.5))
        _put(drums, beat / 2, 2 * np.sin(2 * np.pi * 60 * t) * np.exp(-15 * t))
        snare = rng.standard_normal(len(t)) * np.exp(-40 * t)
        _put(drums, beat / 2 + 0.25, snare[: len(t) // 2])
    for step in range(64):
        _put(arpeggio, step / 8, _note(220 * 2 ** (SCALE[step % 8] / 12), 0.5, 6, 5))
    for bar in range(4):
        for hz in PAD[bar % 2]:
            tone = _note(hz, 2, 12, 0.3, 1.2)
            _put(pad, 2 * bar, tone * np.hanning(len(tone)) ** 0.3)
    for beat, hz in enumerate(TUNE):
        _put(flute, beat, _note(hz, 1, 3, 0.2, 2))
    named = {"chords": chords, "arpeggio": arpeggio, "pad": pad, "flute": flute, "drums": drums}
    return {f"music {name}": _loud(one) for name, one in named.items()}


def _note(hz: float, length_s: float, partials: int = 8, decay: float = 3, fall: float = 1):
    t = np.arange(int(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    n = np.arange(1, partials + 1)[:, None]
    tone = (np.sin(2 * np.pi * hz * n * t + n) / n**fall).sum(0)
    return tone * np.exp(-decay * t) * np.minimum(1, t / 0.005)


def _put(into: np.ndarray, at_s: float, what: np.ndarray) -> None:
    start = int(at_s * SAMPLE_RATE_HZ)
    into[start : start + len(what)] += what[: len(into) - start]


def _plain() -> dict[str, np.ndarray]:
    t = np.arange(COUNT) / SAMPLE_RATE_HZ
    rng = np.random.default_rng(5)
    made = {
        name: _loud(sum(np.sin(2 * np.pi * hz * t) for hz in parts))
        for name, parts in TONES.items()
    }
    made["noise white"] = _loud(rng.standard_normal((COUNT, 2)))
    falling = np.maximum(np.arange(COUNT // 2 + 1), 30) ** 0.5
    made["noise pink"] = _loud(np.fft.irfft(np.fft.rfft(rng.standard_normal(COUNT)) / falling))
    made["noise near silence"] = rng.standard_normal((COUNT, 2)) * 10 ** (-76 / 20)
    return made


def _loud(sound: np.ndarray) -> np.ndarray:
    """Stereo, with a peak of 0.6."""
    stereo = sound if sound.ndim == 2 else np.stack([sound, sound], axis=1)
    return stereo * (LOUD / np.abs(stereo).max())
