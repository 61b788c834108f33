"""How legs go. In: an animal's way over the ground, 240 times a second. Out: `Steps`: where every foot is and
when it comes down. Picture and sound share them.

A foot stands still in the world while it carries; it swings to where its shoulder or hip will be in the
middle of its next stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d, uniform_filter1d

from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.motion import POSE_RATE_HZ

STILL_M_S = 0.04
LEAST_STEP = 0.06
"""Of a cycle: a shorter step is not taken."""
TROT, GALLOP = 1.2, 3.2
"""From these speeds over the square root of a leg's length, m^½/s, an animal trots and gallops."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gait:
    """``phases``: when in a cycle the feet come down, in the order of `bones.LEGS` (Hildebrand, "The
    quadrupedal gaits of vertebrates", 1989). A foot carries for ``duty`` of a cycle; ``stride`` is how
    many lengths of its leg a cycle covers; ``lift`` how high it is raised, in the same."""

    name: str
    phases: tuple[float, ...]
    duty: float
    stride: float
    lift: float


WALK = Gait(name="walk", phases=(0.25, 0.75, 0.0, 0.5), duty=0.64, stride=1.45, lift=0.15)
TROTS = Gait(name="trot", phases=(0.02, 0.52, 0.5, 0.0), duty=0.48, stride=2.1, lift=0.20)
GALLOPS = Gait(name="gallop", phases=(0.52, 0.40, 0.0, 0.12), duty=0.28, stride=4.2, lift=0.30)
HOPS = Gait(name="hop", phases=(0.64, 0.68, 0.72, 0.72), duty=0.28, stride=5.4, lift=0.10)
"""In step with the leaps of the solver: they are done after seven tenths of each."""
STRUTS = Gait(name="strut", phases=(0.0, 0.5), duty=0.62, stride=1.5, lift=0.22)

CREEPS = Gait(
    name="creep",
    phases=(0.0, 0.5, 0.75, 0.25, 0.1, 0.6, 0.85, 0.35),
    duty=0.62,
    stride=1.6,
    lift=0.3,
)
"""Of eight legs, pair by pair from the front: neighbours and opposites take turns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """``soles_m`` (t, legs, 3) in the world, ``swing`` (t, legs) 0 while a foot carries and 0 to 1 on its
    way, ``cycle`` (t,) how many cycles are done, ``ground_m`` (t,), ``air`` (t,) 0 on the ground to 1 off
    it, ``going`` (t,) 0 still to 1 on its way, ``speed_m_s`` (t,)."""

    gait: Gait
    soles_m: Floats
    swing: Floats
    cycle: Floats
    ground_m: Floats
    air: Floats
    going: Floats
    speed_m_s: Floats

    def falls(self) -> list[tuple[float, int]]:
        """When each foot comes down, seconds, and which."""
        found = []
        for leg in range(self.swing.shape[1]):
            down = np.flatnonzero((self.swing[:-1, leg] > 0.5) & (self.swing[1:, leg] == 0)) + 1
            found += [(float(i) / POSE_RATE_HZ, leg) for i in down if self.air[i] < 0.5]
        return sorted(found)


def gait_of(speed_m_s: float, leg_m: float, *, legs: int = 4, hops: bool = False) -> Gait:
    """Legs of all sizes change their gait at the same speed over the square root of their length.

    >>> gait_of(1.0, 0.6).name, gait_of(2.0, 0.6).name, gait_of(4.0, 0.6).name
    ('walk', 'trot', 'gallop')
    """
    if hops:
        return HOPS
    if legs == 2:
        return STRUTS
    relative = speed_m_s / math.sqrt(leg_m)
    return WALK if relative < 1.7 else TROTS if relative < GALLOP else GALLOPS


def steps(
    places_m: Floats,
    yaws: Floats,
    homes_m: Floats,
    leg_m: float,
    *,
    hops: bool = False,
    gait: Gait | None = None,
) -> Steps:
    """The feet of an animal that is led along ``places_m`` (t, 3), turned by ``yaws`` (t,) radians, whose
    feet stand at ``homes_m`` (legs, 2) in its own axes and whose legs are ``leg_m`` long. It goes in
    its own ``gait``, or in the one of its speed."""
    window = max(3, POSE_RATE_HZ // 8)
    yaw = _even(np.unwrap(yaws), window)
    flat = np.stack([_even(places_m[:, 0], window), _even(places_m[:, 1], window)], axis=1)
    reach = float(np.linalg.norm(homes_m, axis=1).mean())
    gone = np.linalg.norm(np.diff(flat, axis=0), axis=1) + 0.7 * reach * np.abs(np.diff(yaw))
    speed = np.concatenate([gone[:1], gone]) * POSE_RATE_HZ
    moving = speed > STILL_M_S
    pace = float(np.quantile(speed[moving], 0.8)) if moving.any() else 0.0
    gait = gait or gait_of(pace, leg_m, legs=len(homes_m), hops=hops)
    # where it goes slower its strides are shorter too
    share = 1.0 if hops else np.clip(0.45 + 0.55 * speed / max(pace, 1e-6), 0.5, 1.15)
    rate = np.where(moving, speed, 0.0) / (gait.stride * leg_m * share) / POSE_RATE_HZ
    ground = _ground(places_m[:, 2])
    cos, sin = np.cos(yaw)[:, None], np.sin(yaw)[:, None]
    homes = np.stack(
        [
            flat[:, :1] + cos * homes_m[:, 0] - sin * homes_m[:, 1],
            flat[:, 1:] + sin * homes_m[:, 0] + cos * homes_m[:, 1],
        ],
        axis=2,
    )
    soles = np.zeros((len(rate), len(homes_m), 3))
    soles[..., :2] = homes[0]
    swing = np.zeros(soles.shape[:2])
    for first, last in _walks(moving):
        cycle = np.cumsum(rate[first:last])
        stops = last < len(rate)
        for leg in range(len(homes_m)):
            sole, part = _foot(
                cycle, homes[first:last, leg], soles[first, leg, :2], gait, leg, leg_m, stops=stops
            )
            soles[first:last, leg], swing[first:last, leg] = sole, part
            soles[last:, leg] = (*sole[-1, :2], 0.0)
    soles[..., 2] += ground[:, None]
    air = np.clip((places_m[:, 2] - ground) / (0.30 * leg_m) - 0.35, 0, 1)
    return Steps(
        gait=gait,
        soles_m=soles,
        swing=swing,
        cycle=np.cumsum(rate),
        ground_m=ground,
        air=air,
        going=_going(moving),
        speed_m_s=speed,
    )


def _walks(moving: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """From where to where it goes without a stop of a quarter of a second."""
    wide = max(3, POSE_RATE_HZ // 4) | 1
    joined = minimum_filter1d(maximum_filter1d(moving.astype(np.int8), wide), wide)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined, [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _foot(
    cycle: Floats, home: Floats, begins: Floats, gait: Gait, leg: int, leg_m: float, *, stops: bool
) -> tuple[Floats, Floats]:
    """One foot (t, 3) above the ground from where it ``begins``, and how far it is on its way (t,)."""
    phase, end = gait.phases[leg], float(cycle[-1])
    number = np.floor(cycle - phase + 1.0)
    rises = np.maximum(number + phase - 1.0 + gait.duty, 0.0)
    falls = number + phase
    if stops:  # the last step ends where it does; what has hardly begun does not
        falls = np.where(falls > end, end, falls)
        rises = np.where(falls - rises < LEAST_STEP, np.inf, rises)
    share = np.clip((cycle - rises) / np.maximum(falls - rises, 1e-6), 0, 1)
    share = np.where(np.isfinite(rises), share, 0.0)
    now = _stand(number, cycle, home, begins, gait, leg)
    then = _stand(number + 1, cycle, home, begins, gait, leg)
    eased = (share * share * (3 - 2 * share))[:, None]
    sole = np.zeros((len(cycle), 3))
    sole[:, :2] = now + (then - now) * eased
    far = np.linalg.norm(then - now, axis=1)
    sole[:, 2] = np.minimum(gait.lift * leg_m, 0.8 * far) * np.sin(math.pi * share) ** 1.2
    return sole, np.where(share < 1.0, share, 0.0)


def _stand(
    number: Floats, cycle: Floats, home: Floats, begins: Floats, gait: Gait, leg: int
) -> Floats:
    """Where a foot stands in its cycle of that number: below its joint, in the middle of the stand; until it
    is first raised where it was."""
    down = number + gait.phases[leg] - 1.0
    rising = cycle + np.arange(len(cycle)) * 1e-9
    middle = down + gait.duty / 2
    found = np.stack([np.interp(middle, rising, home[:, k]) for k in (0, 1)], axis=1)
    return np.where((down <= 0)[:, None], begins, found)


def _going(moving: NDArray[np.bool_]) -> Floats:
    """Rises and fades within a quarter of a second."""
    wide = max(3, POSE_RATE_HZ // 4)
    spread = maximum_filter1d(moving.astype(float), wide)
    smooth = uniform_filter1d(spread, wide, mode="nearest")
    return np.asarray(smooth * smooth * (3 - 2 * smooth))


def _ground(heights_m: Floats) -> Floats:
    """What it stands on: its height without its leaps (a morphological opening over 0.7 s)."""
    wide = int(0.7 * POSE_RATE_HZ) | 1
    low = minimum_filter1d(heights_m, wide, mode="nearest")
    return np.asarray(maximum_filter1d(low, wide, mode="nearest"), float)


def _even(row: Floats, window: int) -> Floats:
    return np.asarray(uniform_filter1d(row.astype(float), window, mode="nearest"))


def turned_yaws(quaternions: NDArray[np.floating]) -> Floats:
    """The heading (t,) of what faces +x, from quaternions (t, 4)."""
    w, x, y, z = np.asarray(quaternions, float).T
    return np.asarray(np.arctan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z)))
