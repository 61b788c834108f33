"""The light of the day. In: a time of day. Out: `Hour`: where the sun stands, how sky and lamps are.

Strengths are in picture units, see `picture`: art direction more than astronomy, so that nothing
clips at noon and nothing drowns at night.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flow_nb.engines.stage.picture import Vec3
from flow_nb.engines.stage.sky import Painter, glow, gradient, together


@dataclass(frozen=True, kw_only=True, slots=True)
class Hour:
    """``height_deg`` is the sun's (or moon's); ``lamps`` 0 to 1 says how far lamps are lit; ``fill``
    scales the light of the surroundings; ``exposure`` is in stops."""

    height_deg: float
    sun: Vec3
    strength: float
    zenith: Vec3
    horizon: Vec3
    ground: Vec3
    lamps: float
    fill: float = 1.0
    exposure: float = 0.0

    @property
    def dark(self) -> bool:
        """Whether it is the lamps that light the set."""
        return self.lamps > 0.8

    def towards(self, azimuth_deg: float, height_deg: float | None = None) -> Vec3:
        """Along which way the rays run when the sun stands at that azimuth: 0 is to the right,
        90 behind the set, 180 to the left."""
        rise = math.radians(self.height_deg if height_deg is None else height_deg)
        turn = math.radians(azimuth_deg)
        flat = math.cos(rise)
        return (-flat * math.cos(turn), -flat * math.sin(turn), -math.sin(rise))

    def sky(self, sun_towards: Vec3) -> Painter:
        """The open sky, with the glow of the air around the sun."""
        back = (-sun_towards[0], -sun_towards[1], -sun_towards[2])
        low = max(0.0, 1 - self.height_deg / 40)
        return together(
            gradient(self.zenith, self.horizon, self.ground),
            glow(back, self.sun, strength=0.5 * low * min(1.0, self.strength), width_deg=38),
            glow(back, self.sun, strength=min(6.0, 2.5 * self.strength), width_deg=7),
        )


HOURS: Mapping[str, Hour] = MappingProxyType(
    {
        "dawn": Hour(
            height_deg=9, sun=(1.0, 0.66, 0.52), strength=0.75, zenith=(0.16, 0.22, 0.40),
            horizon=(0.86, 0.58, 0.55), ground=(0.14, 0.12, 0.13), lamps=0.35, fill=0.9,
            exposure=0.25,
        ),
        "morning": Hour(
            height_deg=27, sun=(1.0, 0.90, 0.76), strength=1.5, zenith=(0.20, 0.37, 0.68),
            horizon=(0.72, 0.76, 0.80), ground=(0.20, 0.19, 0.17), lamps=0.0,
        ),
        "noon": Hour(
            height_deg=58, sun=(1.0, 0.97, 0.92), strength=1.6, zenith=(0.17, 0.35, 0.72),
            horizon=(0.70, 0.80, 0.90), ground=(0.24, 0.23, 0.21), lamps=0.0, exposure=-0.1,
        ),
        "afternoon": Hour(
            height_deg=38, sun=(1.0, 0.93, 0.82), strength=1.6, zenith=(0.18, 0.36, 0.70),
            horizon=(0.74, 0.78, 0.82), ground=(0.22, 0.20, 0.18), lamps=0.0,
        ),
        "golden hour": Hour(
            height_deg=16, sun=(1.0, 0.70, 0.40), strength=1.7, zenith=(0.20, 0.29, 0.46),
            horizon=(0.98, 0.68, 0.42), ground=(0.22, 0.16, 0.11), lamps=0.25, fill=0.85,
        ),
        "dusk": Hour(
            height_deg=7, sun=(0.95, 0.48, 0.40), strength=0.16, zenith=(0.10, 0.15, 0.31),
            horizon=(0.56, 0.38, 0.42), ground=(0.09, 0.09, 0.11), lamps=0.9, fill=0.9,
            exposure=0.4,
        ),
        "night": Hour(
            height_deg=36, sun=(0.56, 0.70, 1.0), strength=0.13, zenith=(0.020, 0.034, 0.080),
            horizon=(0.065, 0.090, 0.150), ground=(0.03, 0.034, 0.044), lamps=1.0, fill=0.9,
            exposure=0.6,
        ),
    }
)  # fmt: skip
