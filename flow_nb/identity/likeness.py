"""How alike two voices are. In: two blends. Out: the cosine between them, as a speaker encoder hears it.

The styles' embeddings were measured once with Resemblyzer (Apache-2.0) on two lines each; that of a
blend is predicted as the weighted mean of its styles', brought to length 1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flow_nb.identity.voice import VoiceTag

Floats = NDArray[np.float64]
Gender = Literal["female", "male"]

MOST_ALIKE = 0.80
"""Two voices of one cast stay below this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StyleRow:
    """A style as it was measured: pitch in Hz (median), how far it moves in semitones (10th to 90th
    percentile), level of 2 to 8 kHz against 0.1 to 1 kHz in dB, and how clear (periodic) it is."""

    gender: Gender
    accent: Literal["american", "british"]
    pitch_hz: float
    range_st: float
    bright_db: float
    clear: float
    words: tuple[str, ...] = ()


@cache
def rows() -> dict[str, StyleRow]:
    """All styles by name."""
    table = tomllib.loads((Path(__file__).parent / "styles.toml").read_text(encoding="utf-8"))
    found = {}
    for name, row in table.items():
        words = tuple(row.pop("words", ()))
        gender: Gender = "female" if name[1] == "f" else "male"
        accent: Literal["american", "british"] = "british" if name[0] == "b" else "american"
        found[name] = StyleRow(gender=gender, accent=accent, words=words, **row)
    return found


@cache
def _embeddings() -> dict[str, Floats]:
    with np.load(Path(__file__).parent / "likeness.npz") as data:
        return dict(zip(map(str, data["names"]), data["embeddings"].astype(float), strict=True))


def heard(styles: Sequence[tuple[str, float]]) -> Floats:
    """(256,) of length 1: where a blend lies among voices. Raises KeyError: unknown style."""
    total = np.sum([share * _embeddings()[style] for style, share in styles], axis=0)
    return np.asarray(total / np.linalg.norm(total))


def likeness(one: VoiceTag, other: VoiceTag) -> float:
    """-1 to 1; the same voice in two lines is about 0.92, two people about 0.6.

    >>> heart = VoiceTag(name="A", styles=(("af_heart", 1.0),))
    >>> onyx = VoiceTag(name="B", styles=(("am_onyx", 1.0),))
    >>> likeness(heart, onyx) < 0.7 < 0.99 < likeness(heart, heart)
    True
    """
    return float(heard(one.styles) @ heard(other.styles))
