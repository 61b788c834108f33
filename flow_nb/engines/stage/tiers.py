"""What a tier of the stage means. In: its name. Out: `Tier`: the format and what the renderer spends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flow_nb.engines.base import Format
from flow_nb.timebase import FPS, FPS_SKETCH


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """``shadows`` is the kind of shadow edge: pcf is even, pcss widens with distance."""

    name: str
    format: Format
    shadows: str
    shadow_map_px: int


TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        tier.name: tier
        for tier in (
            Tier(
                name="sketch",
                format=Format(width=640, height=360, fps=FPS_SKETCH),
                shadows="pcf",
                shadow_map_px=1024,
            ),
            Tier(
                name="fast",
                format=Format(width=1280, height=720, fps=FPS),
                shadows="pcf",
                shadow_map_px=2048,
            ),
        )
    }
)
