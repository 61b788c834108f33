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

    @property
    def blend(self) -> str:
        """As it is written: ``0.7 af_heart + 0.3 bf_emma, speed 0.95``."""
        shares = " + ".join(f"{share:.3g} {style}" for style, share in self.styles)
        return shares + (f", speed {self.speed:g}" if self.speed != 1 else "")


def same_name(name: str) -> str:
    """What two spellings of a speaker have in common.

    >>> same_name(" Old  MAN ")
    'old man'
    """
    return " ".join(name.casefold().split())
