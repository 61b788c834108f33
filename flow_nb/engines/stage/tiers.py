"""What a tier of the stage means. In: its name. Out: `Tier`: the format and what is spent on a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flow_nb.engines.base import Format
from flow_nb.plan.plan import Plan
from flow_nb.timebase import FPS, FPS_SKETCH

USUAL_STEP_S = float(Plan.model_fields["timestep_s"].default)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """``shadows`` is the kind of shadow edge: pcf is even, pcss widens with distance. A frame is the
    mean of ``samples`` that see the set from within one pixel. ``lens`` blurs what is out of focus,
    ``shutter`` what moves; ``film`` gives glow and fall-off, ``grain`` its own. ``finer`` is how many steps the
    solver takes for one of its usual ones. Corners are dark at every tier: what stands in the shade
    would seem to float."""

    name: str
    format: Format
    shadows: str = "pcf"
    shadow_map_px: int = 2048
    samples: int = 1
    lens: bool = False
    shutter: bool = False
    film: bool = False
    grain: bool = False
    finer: int = 1

    @property
    def finished(self) -> bool:
        """Whether a drawn frame is not yet the frame."""
        return self.deep or self.film

    @property
    def deep(self) -> bool:
        """Whether finishing it takes how far away and whose every pixel is."""
        return self.lens or self.shutter


def _format(width: int, height: int) -> Format:
    return Format(width=width, height=height, fps=FPS)


TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        tier.name: tier
        for tier in (
            Tier(
                name="sketch",
                format=Format(width=640, height=360, fps=FPS_SKETCH),
                shadow_map_px=1024,
            ),
            Tier(name="fast", format=_format(1280, 720), film=True),
            Tier(name="portrait", format=_format(720, 1280), lens=True, film=True, grain=True),
            Tier(
                name="light",
                format=_format(1920, 1080),
                lens=True,
                shutter=True,
                film=True,
                grain=True,
            ),
            Tier(
                name="ultra",
                format=_format(3840, 2160),
                shadows="pcss",
                shadow_map_px=4096,
                samples=4,
                lens=True,
                shutter=True,
                film=True,
                grain=True,
                finer=4,
            ),
        )
    }
)


def grounded(plan: Plan, tier: str) -> Plan:
    """The plan with the solver's step of a tier; one that is finer already stays as it is."""
    step_s = USUAL_STEP_S / (TIERS[tier].finer if tier in TIERS else 1)
    return plan if plan.timestep_s <= step_s else plan.model_copy(update={"timestep_s": step_s})
