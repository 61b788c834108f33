"""A voice to listen to. In: a tag. Out: a few words of it as an MP3 that every browser plays."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np

from flow_nb.engines.stage.voice.speech import Speech
from flow_nb.identity.voice import VoiceTag
from flow_nb.timebase import SAMPLE_RATE_HZ

BIT_RATE = 64_000
PEAK = 0.8


def sample(speech: Speech, voice: VoiceTag) -> bytes:
    """What the voice says of itself; about 30 kB.

    Raises:
        EngineError: the extra ``voice`` is not installed.
    """
    name = voice.name.title() if voice.name.isupper() else voice.name
    said = speech.utter(f"I am {name}. This is my voice, in every shot.", voice)
    if not len(said.samples):
        said = speech.utter("This is my voice, in every shot.", voice)
    samples = said.samples * (PEAK / max(float(np.abs(said.samples).max()), 1e-6))
    return mp3(samples.astype(np.float32))


def mp3(samples: np.ndarray) -> bytes:
    """One channel of float32 within ±1 at 48 kHz."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as out:
        stream = out.add_stream("mp3", rate=SAMPLE_RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = (
            SAMPLE_RATE_HZ,
            Fraction(1, SAMPLE_RATE_HZ),
            0,
        )
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()
