"""The crown of a splash on open water. In: bodies that fall through its surface. Out: `Drops` that fly up.

A body throws up a ring of drops, faster the faster it comes; each flies by itself until it is back.
The surface itself is the stage's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.device import Device, Report
from flow_nb.physics.flight import centre_velocity_m_s
from flow_nb.physics.stand import Stand
from flow_nb.plan.forms import FORM_RATE_HZ, Drops
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

Vector = NDArray[np.float64]

LEAST_M_S = 0.7
DROPS = 160
RISE = 0.65
"""The fastest drops go up with this share of the body's speed."""
SPREAD_RAD = (0.25, 0.7)
"""From upright, how far outward."""
LASTS_S = 0.08
FINE = 0.035
"""Radius of a drop as a share of the body's size."""


def make_crowns(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """Splashes of a shot whose ground is water."""
    open_water = sets()[plan.set.kind].floor == "water" and plan.air.medium != "water"
    return Crowns(plan, stands, level_m=0.0) if open_water and plan.gravity_m_s2 > 0 else None


class Crowns(Device):
    """Watches who falls through the surface at ``level_m``; each body throws one crown."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand], *, level_m: float) -> None:
        self.plan = plan
        self.level_m = level_m
        self.stands = {name: s for name, s in stands.items() if not s.body.fixed}
        self._above: set[str] = set()
        self._crowns: dict[str, tuple[float, Vector, float]] = {}

    def keep(self, world: World, time_s: float) -> None:
        """Looks who has gone under since the last sample."""
        for name, stand in self.stands.items():
            i = mujoco.mj_name2id(world.model, mujoco.mjtObj.mjOBJ_BODY, name)
            if i < 0:
                continue
            centre = world.data.xipos[i]
            if centre[2] - stand.size_m / 4 > self.level_m:
                self._above.add(name)
            elif name in self._above and name not in self._crowns:
                speed = -float(centre_velocity_m_s(world.model, world.data, i)[2])
                if speed > LEAST_M_S:
                    self._crowns[name] = (time_s, centre.copy(), speed)

    def report(self) -> Report:
        """The drops of every crown."""
        return Report(
            drops={
                name: Drops(
                    points_m=self._flights(k, name).astype(np.float32),
                    radius_m=max(FINE * self.stands[name].size_m, 0.003),
                    liquid="water",
                )
                for k, name in enumerate(self._crowns)
            }
        )

    def _flights(self, k: int, name: str) -> Vector:
        """Places (t, n, 3) of one crown's drops, NaN while they are not in the air."""
        start_s, centre, speed = self._crowns[name]
        rng = np.random.default_rng([self.plan.seed, 5, k])
        around = rng.uniform(0, 2 * math.pi, DROPS)
        lean = rng.uniform(*SPREAD_RAD, DROPS)
        fast = speed * RISE * np.sqrt(rng.uniform(0.08, 1.0, DROPS))
        born = start_s + rng.uniform(0, LASTS_S, DROPS)
        ring = 0.45 * self.stands[name].size_m
        out = np.stack([np.cos(around), np.sin(around), np.zeros(DROPS)], axis=1)
        begin = np.array([centre[0], centre[1], self.level_m]) + ring * out
        velocity = fast[:, None] * (np.sin(lean)[:, None] * out + np.cos(lean)[:, None] * [0, 0, 1])
        times = np.arange(round(self.plan.duration_s * FORM_RATE_HZ) + 1) / FORM_RATE_HZ
        since = (times[:, None] - born)[..., None]
        places = begin + velocity * since
        places[..., 2] -= self.plan.gravity_m_s2 * since[..., 0] ** 2 / 2
        gone = (since[..., 0] < 0) | (places[..., 2] < self.level_m)
        return np.where(gone[..., None], np.nan, places)
