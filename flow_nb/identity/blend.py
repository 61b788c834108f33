"""A voice as it is written. In: ``0.7 af_heart + 0.3 bf_emma, speed 0.95``. Out: `VoiceTag`, and what was mended."""

from __future__ import annotations

import math
import re

from flow_nb.errors import VoiceError, choices, quote
from flow_nb.identity.likeness import rows
from flow_nb.identity.voice import MAX_SPEED, MIN_SPEED, VoiceTag

MOST_STYLES = 6
EXAMPLE = "Write it as in MARA = 0.7 af_heart + 0.3 bf_emma, speed 0.95."
_SPEED = re.compile(r"[,;]?\s*speed\s*[=:]?\s*(?P<speed>\S+)\s*$", re.IGNORECASE)
_PART = re.compile(
    r"(?:(?P<share>[-+]?[\d.]+)\s*(?P<percent>%)?\s*\*?\s*)?(?P<style>[A-Za-z]\w*)"
    r"(?:\s*\*?\s*(?P<after>[-+]?[\d.]+)\s*(?P<after_percent>%)?)?"
)


def read_blend(name: str, text: str) -> tuple[VoiceTag, str]:
    """The tag, and a sentence where its weights did not add up and were brought to 1.

    Raises:
        VoiceError: a style is unknown, a weight is not above 0, the speed is out of its range.
    """
    speed = 1.0
    if found := _SPEED.search(text):
        speed, text = _speed(found["speed"]), text[: found.start()]
    parts = [
        _part(part)
        for part in re.split(r"\s\+\s|(?<=\w)\+(?=[\d.A-Za-z])|,|;", text.strip())
        if part.strip()
    ]
    if not 0 < len(parts) <= MOST_STYLES:
        raise VoiceError(
            f"a blend has 1 to {MOST_STYLES} styles; this has {len(parts)}.", fix=EXAMPLE
        )
    total = math.fsum(share for _, share in parts)
    shares: dict[str, float] = {}
    for style, share in parts:
        shares[style] = shares.get(style, 0.0) + share / total
    styles = tuple((style, round(share, 4)) for style, share in shares.items())
    told = len(parts) > 1 or abs(parts[0][1] - 1) > 1e-9
    note = ""
    if told and abs(total - 1) > 0.005:
        as_shares = " + ".join(f"{share:.3g} {style}" for style, share in styles)
        note = f"The weights add up to {total:g}, not 1: they were scaled to {as_shares}."
    return VoiceTag(name=name, styles=styles, speed=speed), note


def _part(text: str) -> tuple[str, float]:
    found = _PART.fullmatch(text.strip())
    if found is None:
        raise VoiceError(f'"{quote(text.strip())}" is not a weight and a style.', fix=EXAMPLE)
    style = found["style"].lower()
    if style not in rows():
        raise VoiceError(f'there is no style "{quote(style)}".', fix=choices(style, rows()))
    told = found["share"] or found["after"] or "1"
    try:
        share = float(told) / (100 if found["percent"] or found["after_percent"] else 1)
    except ValueError:
        share = float("nan")
    if not 0 < share < math.inf:
        raise VoiceError(
            f"the weight {quote(told)} of {style} is not above 0.",
            fix=f"Leave {style} out, or give it a weight from 0.05 to 1.",
        )
    return style, share


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = float("nan")
    if not MIN_SPEED <= speed <= MAX_SPEED:
        raise VoiceError(
            f"a speed of {quote(text)} is not between {MIN_SPEED:g} and {MAX_SPEED:g}.",
            fix="Write a number, as in speed 0.95.",
        )
    return speed
