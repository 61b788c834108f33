"""What falls from the sky or is blown. In: a plan, the instants of the frames, a seed. Out: rain, snow or sand as
one `Pliant` that falls and drifts with the wind, outdoors only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.atmosphere import effects, sandy
from flow_nb.engines.stage.drops import balls
from flow_nb.engines.stage.picture import Floats, Look, Pliant, Skin
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import sets

LOW_M, HIGH_M = np.array([-7.0, -5.0, 0.0]), np.array([7.0, 9.0, 6.0])
RAIN_M_S, SNOW_M_S = 7.5, 1.15
SHUTTER_S, STREAK_M = 0.032, 0.0044
FLAKE_M, SWAY_M, SWAY_HZ = 0.015, 0.16, 0.35
RAIN = Look(colour=(0.86, 0.90, 0.94), opacity=0.6, roughness=0.25, glow=0.10)
SNOW = Look(colour=(0.95, 0.96, 0.98), roughness=0.8, glow=0.12)
SAND = Look(colour=(0.80, 0.62, 0.42), roughness=0.9)
GRAIN_M, SANDSTORM_M_S = 0.0075, 7.0
BLOWS = {"left": (1, 0), "right": (-1, 0), "away": (0, -1), "toward camera": (0, 1),
         "forward": (0, -1), "backward": (0, 1)}  # fmt: skip


def weather(plan: Plan, times: Floats) -> tuple[Pliant, ...]:
    """Rain or snow of a shot; nothing in a room, under water or where there is no air."""
    effect, _, _ = effects(plan.light)
    if not effect.fall or not sets()[plan.set.kind].outdoors or plan.air.medium != "air":
        return ()
    rng = np.random.default_rng([plan.seed, 11])
    starts = rng.uniform(LOW_M, HIGH_M, (effect.many, 3))
    east, north = BLOWS.get(plan.air.wind_from, (1, 0))
    wind = plan.air.wind_m_s * np.array([east, north, 0.0])
    if sandy(plan.light, plan.set.kind):
        strong = max(plan.air.wind_m_s, SANDSTORM_M_S) / max(plan.air.wind_m_s, 1e-6)
        way = strong * wind if plan.air.wind_m_s else SANDSTORM_M_S * np.array([east, north, 0.0])
        sand = Snow(starts=np.repeat(starts, 2, axis=0) + rng.normal(0, 0.4, (2 * effect.many, 3)),
                    phases=rng.uniform(0, 6.28, (2 * effect.many, 2)), way_m_s=way - [0, 0, 0.35],
                    times=times, size_m=GRAIN_M)  # fmt: skip
        return (Pliant(look=SAND, shape=sand, shadow=False),)
    if effect.fall == "snow":
        snow = Snow(starts=starts, phases=rng.uniform(0, 6.28, (effect.many, 2)),
                    way_m_s=0.8 * wind - [0, 0, SNOW_M_S], times=times)  # fmt: skip
        return (Pliant(look=SNOW, shape=snow, shadow=False),)
    rain = Rain(starts=starts, way_m_s=0.6 * wind - [0, 0, RAIN_M_S], times=times)
    return (Pliant(look=RAIN, shape=rain, shadow=False),)


def falling(starts: Floats, way_m_s: Floats, time_s: float) -> Floats:
    """Where drops are that fall for ever through a box: what leaves it below enters it above."""
    return np.asarray(LOW_M + (starts - LOW_M + way_m_s * time_s) % (HIGH_M - LOW_M))


@dataclass(frozen=True, kw_only=True)
class Rain:
    """Streaks as long as a drop falls while the shutter is open."""

    starts: Floats
    way_m_s: Floats
    times: Floats

    def at(self, frame: int) -> Skin:
        """Thin pyramids along the way, three sides each."""
        end = falling(self.starts, self.way_m_s, float(self.times[frame]))
        trail = -self.way_m_s * SHUTTER_S
        turn = np.arange(3) * (2 * np.pi / 3)
        rim = np.stack([np.cos(turn), np.sin(turn), np.zeros(3)], axis=1)
        corners = end[:, None] + STREAK_M * rim[None]
        vertices = np.concatenate([corners, (end + trail)[:, None]], axis=1)
        normals = np.concatenate([rim, [[0.0, -1.0, 0.0]]])
        pattern = np.array([(0, 1, 3), (1, 2, 3), (2, 0, 3), (0, 2, 1)])
        faces = pattern[None] + 4 * np.arange(len(end))[:, None, None]
        return Skin(
            vertices.reshape(-1, 3).astype(np.float32),
            np.tile(normals, (len(end), 1)).astype(np.float32),
            faces.reshape(-1, 3).astype(np.int32),
        )


@dataclass(frozen=True, kw_only=True)
class Snow:
    """Flakes or grains that sway as they fall."""

    starts: Floats
    phases: Floats
    way_m_s: Floats
    times: Floats
    size_m: float = FLAKE_M

    def at(self, frame: int) -> Skin:
        """Small balls."""
        time = float(self.times[frame])
        place = falling(self.starts, self.way_m_s, time)
        turn = 2 * np.pi * SWAY_HZ * time
        place[:, :2] += SWAY_M * np.sin(turn + self.phases)
        return balls(place.astype(np.float32), self.size_m)
