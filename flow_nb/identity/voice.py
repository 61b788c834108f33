"""How a speaker sounds. In: a blend of styles. Out: `VoiceTag`, the same in every shot and session."""

from __future__ import annotations

from dataclasses import dataclass

MIN_SPEED, MAX_SPEED = 0.5, 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class VoiceTag:
    """A voice: ``styles`` are (style, share) with shares above 0 that add up to 1; ``speed`` is the
    rate of speech against the style's own, 0.5 to 2."""

    name: str
    styles: tuple[tuple[str, float], ...]
    speed: float = 1.0
