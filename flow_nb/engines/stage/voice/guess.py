"""How an unknown word may sound. In: letters. Out: Kokoro's phonemes.

A small recurrent network reads the letters (g2p-en 2.1 by Park and Kim, Apache-2.0, its weights from
the package piper-plus-g2p): a gated recurrent unit of 128 cells over the letters, another one that
writes ARPABET from its last state, the likeliest sound at each step.
"""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.voice.lexicon import PRIMARY, SECONDARY, VOWELS, Accent
from flow_nb.errors import EngineError

Floats = NDArray[np.float32]

PLACE = ("piper_plus_g2p", "_vendor/g2p_en/checkpoint20.npz")
SHA256 = "b8af35e4596d8dd5836dfd3fe9b2ba4f97b9c311efe8879544cbcfcbd566d8c6"
MOST_SOUNDS = 20
REINSTALL = 'Run: pip install --force-reinstall "flow_nb[voice]"'

_LETTERS = ["<pad>", "<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz"]
_START, _END = 2, 3
_SOUNDS = [
    "<pad>",
    "<unk>",
    "<s>",
    "</s>",
    "AA0",
    "AA1",
    "AA2",
    "AE0",
    "AE1",
    "AE2",
    "AH0",
    "AH1",
    "AH2",
    "AO0",
    "AO1",
    "AO2",
    "AW0",
    "AW1",
    "AW2",
    "AY0",
    "AY1",
    "AY2",
    "B",
    "CH",
    "D",
    "DH",
    "EH0",
    "EH1",
    "EH2",
    "ER0",
    "ER1",
    "ER2",
    "EY0",
    "EY1",
    "EY2",
    "F",
    "G",
    "HH",
    "IH0",
    "IH1",
    "IH2",
    "IY0",
    "IY1",
    "IY2",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "OW0",
    "OW1",
    "OW2",
    "OY0",
    "OY1",
    "OY2",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "UH0",
    "UH1",
    "UH2",
    "UW",
    "UW0",
    "UW1",
    "UW2",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
]
_KOKORO = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "B": "b", "CH": "ʧ", "D": "d",
    "DH": "ð", "EH": "ɛ", "ER": "ɜɹ", "EY": "A", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i",
    "JH": "ʤ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "O", "OY": "Y", "P": "p",
    "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w",
    "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_BRITISH = {"O": "Q", "æ": "a", "ɜɹ": "ɜː", "ɑ": "ɑː", "i": "iː", "u": "uː", "ɔ": "ɔː"}


def guess(word: str, accent: Accent) -> str:
    """Phonemes for letters that nobody has written a sound for.

    Raises:
        EngineError: the network's weights are not the ones that are known.
    """
    sounds = _read(re.sub("[^a-z]", "", word.lower()))
    said = "".join(_one(sound, accent) for sound in sounds)
    if PRIMARY not in said and (vowel := next((c for c in said if c in VOWELS), "")):
        said = said.replace(vowel, PRIMARY + vowel, 1)
    return said


def _one(sound: str, accent: Accent) -> str:
    base, stress = sound.rstrip("012"), sound[-1:]
    if base == "AH" and stress == "0":
        return "ə"
    if base == "ER" and stress == "0":
        return "ə" if accent == "british" else "əɹ"
    told = _KOKORO.get(base, "")
    told = _BRITISH.get(told, told) if accent == "british" else told
    return {"1": PRIMARY, "2": SECONDARY}.get(stress, "") + told


def _read(letters: str) -> list[str]:
    if not letters:
        return []
    net = _weights()
    state = np.zeros((1, net["enc_w_hh"].shape[1]), np.float32)
    for letter in [*letters, "</s>"]:
        state = _step(net["enc_emb"][[_LETTERS.index(letter)]], state, net, "enc")
    last, sounds = _START, list[str]()
    while len(sounds) < MOST_SOUNDS:
        state = _step(net["dec_emb"][[last]], state, net, "dec")
        last = int(np.argmax(state @ net["fc_w"].T + net["fc_b"]))
        if last == _END:
            break
        sounds.append(_SOUNDS[last])
    return sounds


def _step(heard: Floats, state: Floats, net: dict[str, Floats], part: str) -> Floats:
    """One step of a gated recurrent unit (Cho et al. 2014, the reset gate behind its product)."""
    fresh = heard @ net[f"{part}_w_ih"].T + net[f"{part}_b_ih"]
    kept = state @ net[f"{part}_w_hh"].T + net[f"{part}_b_hh"]
    (r_in, z_in, n_in), (r_kept, z_kept, n_kept) = np.split(fresh, 3, 1), np.split(kept, 3, 1)
    reset, update = 1 / (1 + np.exp(-(r_in + r_kept))), 1 / (1 + np.exp(-(z_in + z_kept)))
    new: Floats = (1 - update) * np.tanh(n_in + reset * n_kept) + update * state
    return new


@cache
def _weights() -> dict[str, Floats]:
    package, path = PLACE
    spec = find_spec(
        package
    )  # the package itself is not imported: it would look for seven languages
    try:
        data = (
            Path(next(iter((spec and spec.submodule_search_locations) or [""]))) / path
        ).read_bytes()
    except OSError as error:
        raise EngineError("the reader of unknown words is not installed.", fix=REINSTALL) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise EngineError("the reader of unknown words has other weights.", fix=REINSTALL)
    with np.load(io.BytesIO(data)) as net:
        return {name: np.asarray(net[name], np.float32) for name in net.files}
