"""What falls into a filled vessel. In: bodies and the level there. Out: forces that carry and brake them; splashes.

Archimedes by the share of a body's height that is under, and drag by the square of its speed; both
act at the middle.
"""

from __future__ import annotations

from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.flight import centre_velocity_m_s
from flow_nb.physics.liquids.solids import Solids, Wet
from flow_nb.physics.mechanisms.water import displaced_m3
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.motion import POSE_RATE_HZ

Vector = NDArray[np.float64]

LIQUID_KG_M3 = 1000.0
DRAG = 0.6
MOST = 0.3
"""Drag takes at most this share of a body's speed between two samples."""
ABOVE = 1.8
"""The skin of a liquid is drawn so many times a drop's clearance above its upper drops."""
LEAST_HELD = 20
SPLASH_M_S = 0.4


class Swim:
    """The free bodies that may come into a vessel."""

    def __init__(self, stands: Mapping[str, Stand], vessels: frozenset[str]) -> None:
        self.stands = {
            name: stand
            for name, stand in stands.items()
            if not stand.body.fixed and stand.pivot_m is None and name not in vessels
        }
        self._bulk_m3 = {name: bulk_m3(stand) for name, stand in self.stands.items()}
        self._made = {name: _make(stand) for name, stand in self.stands.items()}
        self.events: list[Event] = []
        self._levels: list[tuple[Wet, float, Vector]] = []
        self._told: set[tuple[str, str]] = set()

    def level(self, solids: Solids, points: Vector) -> None:
        """Notes how high the liquid stands in every vessel now."""
        self._levels = []
        for wet in solids.wet:
            foot = solids.foot_m(wet.vessel.name)
            held = points[wet.inside & wet.below]
            if foot is not None and len(held) > LEAST_HELD:
                self._levels.append(
                    (wet, float(np.quantile(held[:, 2], 0.9)) + ABOVE * solids.clear_m, foot)
                )

    def act(self, world: World, time_s: float, liquid: str) -> None:
        """Pushes what is under."""
        for wet, level_m, foot in self._levels:
            reach = wet.vessel.reach_m
            for name, stand in self.stands.items():
                i = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, name)
                if i < 0:
                    continue
                centre = world.data.xipos[i]
                away = np.abs(centre - foot)
                if max(away[0], away[1]) < reach and foot[2] < centre[2]:
                    self._push(world, i, stand, level_m, time_s, (wet.vessel.name, liquid))

    def _push(
        self,
        world: World,
        i: int,
        stand: Stand,
        level_m: float,
        time_s: float,
        into: tuple[str, str],
    ) -> None:
        model, data = world.model, world.data
        half, area, mass = self._made[stand.body.name]
        share = float(np.clip((level_m - data.xipos[i, 2] + half) / (2 * half), 0, 1))
        if share <= 0:
            return
        velocity = centre_velocity_m_s(model, data, i)
        speed = float(np.linalg.norm(velocity))
        rate = 0.5 * LIQUID_KG_M3 * DRAG * area * speed * share
        rate = min(rate, MOST * mass * POSE_RATE_HZ)
        data.xfrc_applied[i, :3] -= rate * velocity
        data.xfrc_applied[i, 2] -= (
            LIQUID_KG_M3 * self._bulk_m3[stand.body.name] * share * float(model.opt.gravity[2])
        )
        key = (stand.body.name, into[0])
        if key not in self._told and -float(velocity[2]) > SPLASH_M_S:
            self._told.add(key)
            self.events.append(
                Event(
                    time_s=time_s,
                    kind="splash",
                    body=stand.body.name,
                    other=into[0],
                    speed_m_s=speed,
                    text=f"{first(say(stand.body.name))} splashes into the {into[1]} at {speed:.1f} m/s",
                )
            )


def _make(stand: Stand) -> tuple[float, float, float]:
    """Half of how tall it is in the water, the area that it turns to it, its mass."""
    low, high = stand.bounds_m
    tall = float(high[2] - low[2]) if stand.prop.floats else stand.size_m
    return tall / 2, float(np.prod(np.sort(high - low)[1:])) * np.pi / 4, stand.mass_kg


def bulk_m3(stand: Stand) -> float:
    """What it displaces: all that it encloses where it is made to float, else its material alone."""
    if stand.prop.floats:
        return displaced_m3(stand, afloat=True)
    return stand.mass_kg / stand.material.density_kg_m3
