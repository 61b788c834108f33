"""Animals and vehicles. In: their actions. Out: where each one's body is and how it is turned, instant by instant.

They face +x. They are led as whole solids, at their real speed, so that what they run into is knocked away.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files

import mujoco

from flow_nb.physics.acting.company import Company
from flow_nb.physics.acting.figure import TICK_S, Script
from flow_nb.physics.acting.turns import (
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    mix,
    mul,
    wrapped,
)
from flow_nb.physics.build import Solid, add_stand
from flow_nb.physics.stand import Stand

LEAN_S = 0.07
"""How quickly a body takes up a lean."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Going:
    """A row of ``movers.toml``; the columns are explained at its head."""

    name: str
    walk_m_s: float
    run_m_s: float
    stride: float
    bob: float
    pitch: float
    roll: float
    yaw: float
    run_stride: float = 0.0
    hop: float = 0.0
    air_m: float = 0.0
    bank: float = 0.0
    rocks: float = 0.0


@cache
def goings() -> Mapping[str, Going]:
    """How each prop goes, by its name; ``""`` is for all others."""
    text = files(__package__).joinpath("movers.toml").read_text(encoding="utf-8")
    known = {field.name for field in fields(Going)}
    found: dict[str, Going] = {}
    for name, row in tomllib.loads(text).items():
        going = Going(name=name, **{k: v for k, v in row.items() if k in known})
        found.setdefault("", going)
        found |= dict.fromkeys(row["props"], going)
    return found


def add_mover(spec: mujoco.MjSpec, stand: Stand) -> list[Solid]:
    """Its body; the ground under it is no matter, and of those that are led none stops another."""
    solids = add_stand(spec, replace(stand, pivot_m=None))
    spec.body(stand.body.name).gravcomp = 1.0
    return [replace(solid, moves=False) for solid in solids]


class Mover:
    """An animal or a vehicle: where it is, where it looks, how it leans."""

    def __init__(self, company: Company, stand: Stand) -> None:
        self.company, self.stand = company, stand
        self.body, self.name = stand.body, stand.body.name
        self.going = goings().get(stand.prop.name, goings()[""])
        low, high = stand.bounds_m
        self.length_m = float(high[0] - low[0])
        self.height_m = float(high[2] - low[2])
        self.middle_m = float(high[2] + low[2]) / 2
        self.now_s = 0.0
        self.at_m: Vec = stand.foot_m
        self.heading = 0.0
        self.lean = (0.0, 0.0, 0.0)
        self.rate = (0.0, 0.0, 0.0)
        self.aloft = False

    @property
    def pose(self) -> tuple[Vec, Quat]:
        """Where its frame is now: it leans about its own middle."""
        roll, pitch, yaw = self.lean
        turn = mul(about_z(self.heading + yaw), mul(about_y(pitch), about_x(roll)))
        x, y, z = self.at_m
        lift = self._idle()
        if self.aloft:
            return (x, y, z + lift), turn
        _, i, j, _ = turn
        level = 1 - 2 * (i * i + j * j)
        return (x, y, z + lift + 0.5 * self.height_m * max(0.0, 1 - abs(level))), turn

    def _idle(self) -> float:
        """Rises and sinks a little where it floats or flies."""
        if not (self.aloft or self.going.name == "hull"):
            return 0.0
        return 0.012 * math.sin(2.1 * self.now_s) * (1 - math.exp(-self.now_s))

    def tick(self, time_s: float) -> None:
        """Goes on to an instant; what it leans fades when nothing keeps it up."""
        self.now_s = time_s
        rocks = math.radians(self.going.rocks) * (1 - math.exp(-time_s))
        goal = (0.0, 0.0, 0.0)
        if rocks and (self.aloft or self.going.name == "hull"):
            goal = (rocks * math.sin(1.7 * time_s), 0.4 * rocks * math.sin(1.3 * time_s), 0.0)
        self.lean = mix(self.lean, add(goal, self.rate), 1 - math.exp(-TICK_S / LEAN_S))

    def speed_m_s(self, *, runs: bool) -> float:
        """How fast it usually goes, by its length."""
        size = math.sqrt(min(max(self.length_m, 0.15), 6.0))
        return (self.going.run_m_s if runs else self.going.walk_m_s) * size

    def face(self, heading: float, share: float) -> None:
        """Turns a share of the way to a heading."""
        self.heading += wrapped(heading - self.heading) * share


def wait(mover: Mover, lasts_s: float) -> Script:
    """Nothing new for a while."""
    end = mover.now_s + lasts_s - 1e-6
    while mover.now_s < end:
        yield


def heading_of(way: Vec) -> float:
    """Where what faces +x looks along a level way."""
    return math.atan2(way[1], way[0])
