"""Buoyancy. In: where bodies are at a water's surface. Out: what carries them, who floats and who sinks.

Archimedes, on the eight parts of a body's box: each displaces its share of the body's volume as far as
it is under water, so that what floats rights itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.mechanisms.water import UNDER_M
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event

WATER_KG_M3 = 1000.0
SPLASH_M_S = 0.4
CALM_M_S = 0.12
CALM_S = 0.25
SUNK_M = 0.6
"""What is that far below the surface, and going down, sinks."""
EIGHTHS = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) / 2

Floats = NDArray[np.float64]


class Immersion:
    """Water below ``level_m``."""

    def __init__(self, level_m: float, gravity_m_s2: float) -> None:
        self.level_m = level_m
        self.gravity = gravity_m_s2
        self.share: Floats = np.zeros(0)
        self.depth_m: Floats = np.zeros(0)
        self._wet: dict[str, float] = {}
        self._calm: dict[str, float] = {}
        self._told: list[Event] = []
        self._ended: set[str] = set()

    def sink(self, at_m: Floats, turn: Floats, middle_m: Floats, half_m: Floats) -> None:
        """Notes how far every part of every body is under water; ``share`` (n,) is all of it, ``depth_m`` (n,)
        how far its top is below."""
        parts = middle_m[:, None] + EIGHTHS * half_m[:, None]
        self._places = at_m[:, None] + np.einsum("nij,nkj->nki", turn, parts)
        tall = np.einsum("nj,nj->n", np.abs(turn[:, 2]), half_m) / 2
        below = self.level_m - self._places[..., 2]
        self.depth_m = below.min(axis=1) - tall
        self._under = np.clip(0.5 + below / (2 * tall)[:, None], 0.0, 1.0)
        self.share = self._under.mean(axis=1)

    def lift(self, volume_m3: Floats, centre_m: Floats) -> tuple[Floats, Floats]:
        """Force (n, 3) and moment (n, 3) about the centre of mass."""
        each = WATER_KG_M3 * self.gravity * volume_m3[:, None] / 8 * self._under
        force = np.zeros_like(centre_m)
        force[:, 2] = each.sum(axis=1)
        arm = self._places - centre_m[:, None]
        x, y = (each * arm[..., 0]).sum(axis=1), (each * arm[..., 1]).sum(axis=1)
        return force, np.stack([y, -x, np.zeros_like(x)], axis=1)

    def watch(self, names: Sequence[str], velocity_m_s: Floats, time_s: float) -> None:
        """Notes who enters the water, who comes to float, who is gone below."""
        if self.level_m > UNDER_M or len(self.share) != len(names):
            return
        rows = zip(names, self.share, self.depth_m, velocity_m_s, strict=True)
        for name, share, depth, velocity in rows:
            if "/" in name or name in self._ended:
                continue
            if share > 0 and name not in self._wet:
                self._wet[name] = time_s
                speed = float(-velocity[2])
                if speed > SPLASH_M_S:
                    self._tell("splash", name, time_s, "falls into the water", speed)
            if share <= 0:
                continue
            calm = 0.02 < share < 0.98 and abs(float(velocity[2])) < CALM_M_S
            since = self._calm.setdefault(name, time_s) if calm else time_s
            if not calm:
                self._calm.pop(name, None)
            elif time_s - since > CALM_S:
                self._ended.add(name)
                self._tell("float", name, since, "floats")
            if depth > SUNK_M and velocity[2] < 0:
                self._ended.add(name)
                self._tell("sink", name, time_s, "sinks", float(-velocity[2]))

    def _tell(self, kind: str, name: str, time_s: float, verb: str, speed_m_s: float = 0.0) -> None:
        how = f" at {speed_m_s:.1f} m/s" if speed_m_s > SPLASH_M_S else ""
        self._told.append(
            Event(
                time_s=time_s,
                kind=kind,  # type: ignore[arg-type]
                body=name,
                speed_m_s=speed_m_s,
                text=f"{first(say(name))} {verb}{how}",
            )
        )

    def events(self) -> list[Event]:
        """All of it, in order of time."""
        return list(self._told)
