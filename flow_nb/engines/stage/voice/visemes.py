"""What a mouth does while it speaks. In: phones with their times. Out: curves for jaw, lips, teeth, tongue.

Each phone has a shape (the fifteen visemes of the common table for talking faces); a shape comes a
little before its sound and goes a little after it, as neighbours pull on each other. Lips that have
to close do close, while their sound lasts, whatever stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.voice.lexicon import VOWELS
from flow_nb.engines.stage.voice.spoken import Phone

Floats = NDArray[np.float64]

CURVES = ("jaw", "wide", "round", "closed", "tucked", "teeth", "tongue")
"""Columns of `mouth_curves`, each 0 to 1: how far the jaw is down, the corners are drawn apart, the
lips are pushed forward, the lips touch, the lower lip lies on the upper teeth, the teeth show, the
tongue lies against the teeth or the palate."""

JAW, WIDE, ROUND, CLOSED, TUCKED, TEETH, TONGUE = range(len(CURVES))

#            jaw   wide  round closed tucked teeth tongue
_SHAPES: dict[str, tuple[float, ...]] = {
    "sil": (0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00),
    "PP":  (0.00, 0.00, 0.10, 1.00, 0.00, 0.00, 0.00),
    "FF":  (0.10, 0.15, 0.00, 0.00, 1.00, 0.50, 0.00),
    "TH":  (0.20, 0.10, 0.00, 0.00, 0.00, 0.50, 1.00),
    "DD":  (0.20, 0.15, 0.00, 0.00, 0.00, 0.40, 0.80),
    "kk":  (0.30, 0.10, 0.00, 0.00, 0.00, 0.20, 0.20),
    "CH":  (0.15, 0.00, 0.60, 0.00, 0.00, 0.80, 0.30),
    "SS":  (0.08, 0.40, 0.00, 0.00, 0.00, 1.00, 0.30),
    "nn":  (0.20, 0.15, 0.00, 0.00, 0.00, 0.30, 0.80),
    "RR":  (0.20, 0.00, 0.50, 0.00, 0.00, 0.20, 0.30),
    "aa":  (1.00, 0.15, 0.00, 0.00, 0.00, 0.20, 0.00),
    "E":   (0.60, 0.50, 0.00, 0.00, 0.00, 0.30, 0.10),
    "ih":  (0.35, 0.65, 0.00, 0.00, 0.00, 0.40, 0.15),
    "oh":  (0.65, 0.00, 0.65, 0.00, 0.00, 0.00, 0.00),
    "ou":  (0.30, 0.00, 1.00, 0.00, 0.00, 0.00, 0.00),
}  # fmt: skip

_VISEMES = {
    **dict.fromkeys("mbp", "PP"), **dict.fromkeys("fv", "FF"), **dict.fromkeys("θð", "TH"),
    **dict.fromkeys("tdɾTʔ", "DD"), **dict.fromkeys("kɡŋhx", "kk"), **dict.fromkeys("ʧʤʃʒ", "CH"),
    **dict.fromkeys("sz", "SS"), **dict.fromkeys("nl", "nn"), **dict.fromkeys("ɹɜɚ", "RR"),
    **dict.fromkeys("aɑæʌɐɒ", "aa"), **dict.fromkeys("eɛəᵊ", "E"), **dict.fromkeys("iɪjᵻ", "ih"),
    **dict.fromkeys("oɔ", "oh"), **dict.fromkeys("uʊw", "ou"),
}  # fmt: skip
_GLIDES = {
    "A": ("E", "ih"), "I": ("aa", "ih"), "O": ("oh", "ou"), "Q": ("E", "ou"), "W": ("aa", "ou"),
    "Y": ("oh", "ih"),
}  # fmt: skip
"""Diphthongs go from one shape to another."""

VISEMES = tuple(_SHAPES)
BEFORE_S, AFTER_S = 0.06, 0.08
"""How long before its sound a shape begins to come, and after it to go."""

SNAP_S = 0.03
"""Lips close and open again within this."""

_WEAK = 0.75
_PULL = {
    "PP": 0.6,
    "FF": 0.9,
    "CH": 1.2,
    "ou": 1.3,
    "oh": 1.1,
    "aa": 1.1,
    "DD": 0.6,
    "kk": 0.5,
    "nn": 0.6,
}
"""How much a shape holds against its neighbours; 1 where none stands here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Accent:
    """A syllable that a head or a brow may go along with: when it peaks, and how strongly, 0 to 1."""

    time_s: float
    strength: float


def viseme(symbol: str) -> str:
    """The viseme of a phone at its beginning; an unknown symbol is silence.

    >>> [viseme(symbol) for symbol in "mIθ"]
    ['PP', 'aa', 'TH']
    """
    return _GLIDES[symbol][0] if symbol in _GLIDES else _VISEMES.get(symbol, "sil")


def mouth_curves(phones: Sequence[Phone], times_s: Floats) -> Floats:
    """(n, 7), columns named by `CURVES`, at the times of the frames.

    Where phones overlap in reach, shapes are weighed by how near they are (after Cohen and Massaro
    1993); closed and tucked lips are then set for their sound's whole length: m, b and p touch on
    every frame inside it, and on the nearest one where no frame is.
    """
    times_s = np.asarray(times_s, float)
    told = [part for phone in phones for part in _parts(phone)]
    weights = np.zeros(len(times_s))
    curves = np.zeros((len(times_s), len(CURVES)))
    for name, start_s, end_s, strength in told:
        pull = _reach(times_s, start_s, end_s, BEFORE_S, AFTER_S) * _PULL.get(name, 1.0)
        weights += pull
        curves += pull[:, None] * np.array(_SHAPES[name]) * strength
    curves /= np.maximum(weights, 1.0)[:, None]  # less than one is a mouth on its way to rest
    curves[:, [CLOSED, TUCKED]] = 0.0
    for phone in phones:
        column = {"PP": CLOSED, "FF": TUCKED}.get(viseme(phone.symbol))
        if column is not None and len(times_s):
            shut = _reach(times_s, phone.start_s, phone.end_s, SNAP_S, SNAP_S)
            shut = _held(shut, times_s, (phone.start_s + phone.end_s) / 2)
            curves[:, column] = np.maximum(curves[:, column], shut)
    shut = np.maximum(curves[:, CLOSED], 0.8 * curves[:, TUCKED])
    curves[:, JAW] *= 1 - shut
    curves[:, [TEETH, TONGUE]] *= 1 - curves[:, [CLOSED]]
    return np.clip(curves, 0.0, 1.0)


def _held(shut: Floats, times_s: Floats, middle_s: float) -> Floats:
    """A sound shorter than a frame still closes the lips on the one that is nearest to it."""
    step_s = float(np.min(np.diff(times_s))) if len(times_s) > 1 else 0.0
    nearest = int(np.abs(times_s - middle_s).argmin())
    if abs(times_s[nearest] - middle_s) <= max(step_s, SNAP_S):
        shut = shut.copy()
        shut[nearest] = 1.0
    return shut


def _parts(phone: Phone) -> list[tuple[str, float, float, float]]:
    """Shape, from, to, strength; an unstressed vowel opens less."""
    strength = 1.0 if phone.stress else _WEAK
    if phone.symbol in _GLIDES:
        first, second = _GLIDES[phone.symbol]
        turn_s = phone.start_s + 0.6 * (phone.end_s - phone.start_s)
        return [(first, phone.start_s, turn_s, strength), (second, turn_s, phone.end_s, strength)]
    name = viseme(phone.symbol)
    return [(name, phone.start_s, phone.end_s, strength)] if name != "sil" else []


def _reach(
    times_s: Floats, start_s: float, end_s: float, before_s: float, after_s: float
) -> Floats:
    """1 inside, a half cosine down to 0 on either side."""
    early = np.clip((start_s - times_s) / before_s, 0.0, 1.0)
    late = np.clip((times_s - end_s) / after_s, 0.0, 1.0)
    return np.asarray(0.5 + 0.5 * np.cos(np.pi * np.maximum(early, late)))


def accents(phones: Sequence[Phone], *, apart_s: float = 0.35) -> tuple[Accent, ...]:
    """The stressed syllables that stand out: the longest first, none nearer than ``apart_s``.

    A primary stress counts by its vowel's length, a secondary one half.
    """
    vowels = [p for p in phones if p.stress and _is_vowel(p.symbol)]
    if not vowels:
        return ()
    longest = max(p.end_s - p.start_s for p in vowels)
    weighed = [
        Accent(
            time_s=(p.start_s + p.end_s) / 2,
            strength=(p.end_s - p.start_s) / longest * (1.0 if p.stress == 1 else 0.5),
        )
        for p in vowels
    ]
    kept: list[Accent] = []
    for accent in sorted(weighed, key=lambda a: (-a.strength, a.time_s)):
        if all(abs(accent.time_s - other.time_s) >= apart_s for other in kept):
            kept.append(accent)
    return tuple(sorted(kept, key=lambda a: a.time_s))


def _is_vowel(symbol: str) -> bool:
    return symbol in VOWELS or symbol in "ɚe"
