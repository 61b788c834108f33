"""The bones of a bird. In: a `Flock` and a size. Out: `Fowl`: its joints at rest.

It stands on z = 0 and faces +x, as animals do. Wings are there twice, folded at its sides and spread; the
bones of those that are not shown shrink to nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from flow_nb.engines.stage.creatures.flocks import Flock
from flow_nb.engines.stage.picture import Floats

SIDES = (("left", 1.0), ("right", -1.0))
LEGS = ("leg-left", "leg-right")
SHARES = (0.30, 0.42, 0.40)
"""What of a leg's height each of its bones is; more than all of it, for it is bent."""


@dataclass(frozen=True)
class Fowl:
    """A kind of bird in metres."""

    flock: Flock
    unit_m: float

    @cached_property
    def ahead(self) -> Floats:
        """The way of the trunk, from tail to breast."""
        up = math.radians(self.flock.pitch)
        return np.array([math.cos(up), 0.0, math.sin(up)])

    @cached_property
    def above(self) -> Floats:
        """The way to its back."""
        up = math.radians(self.flock.pitch)
        return np.array([-math.sin(up), 0.0, math.cos(up)])

    @cached_property
    def middle_m(self) -> Floats:
        """The middle of the trunk: above the legs."""
        deep, tall = self.flock.body[0] / 2, abs(self.ahead[2]) / 2
        half = math.hypot(deep * abs(self.above[2]), tall)
        return self.unit_m * np.array([0.0, 0.0, self.flock.leg[0] + 0.86 * half])

    def trunk(self, along: float, side: float, up: float) -> Floats:
        """A place of the trunk, in shares of its length, from its middle."""
        way = along * self.ahead + up * self.above + np.array([0.0, side, 0.0])
        return np.asarray(self.middle_m + self.unit_m * way)

    @cached_property
    def neck_m(self) -> Floats:
        """Where the neck begins."""
        return self.trunk(0.34, 0.0, 0.10 * self.flock.body[0])

    @cached_property
    def head_m(self) -> Floats:
        """The middle of the head."""
        long, up, *_ = self.flock.neck
        turn = math.radians(up)
        way = np.array([math.cos(turn), 0.0, math.sin(turn)])
        return self.neck_m + self.unit_m * (long + 0.55 * self.flock.head) * way

    def face(self, along: float, side: float, up: float) -> Floats:
        """A place of the head, in shares of its radius, from its middle."""
        return self.head_m + self.flock.head * self.unit_m * np.array([along, side, up])

    @cached_property
    def tail_m(self) -> Floats:
        """Where the tail begins."""
        return self.trunk(-0.44, 0.0, 0.12 * self.flock.body[0])

    def shoulder_m(self, sign: float) -> Floats:
        """Where a wing begins."""
        return self.trunk(0.22, sign * 0.40 * self.flock.body[1], 0.24 * self.flock.body[0])

    def hip_m(self, leg: str) -> Floats:
        """Where a leg begins."""
        sign = 1.0 if leg.endswith("left") else -1.0
        return np.array([0.0, sign * self.flock.leg[2], self.flock.leg[0] + 0.06]) * self.unit_m

    def home_m(self, leg: str) -> Floats:
        """Where a foot stands at rest."""
        return np.asarray(self.hip_m(leg) * np.array([1.0, 1.0, 0.0]))

    def reach(self, leg: str, top: Floats, sole: Floats, lean: Floats) -> Floats:
        """The joints and the end (n, 4, 3) of a leg: the knee hides in the feathers, the heel bends back."""
        drop = float(self.hip_m(leg)[2])
        one, two, three = (share * drop for share in SHARES)
        ankle = sole + np.array([0.0, 0.0, self.flock.leg[1] * self.unit_m])
        up = np.stack([-np.sin(lean), 0 * lean, np.cos(lean)], axis=1)
        heel = ankle + three * up
        way = heel - top
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
        way = way / far[:, None]
        span = np.clip(far, abs(one - two) + 1e-5, 0.9995 * (one + two))
        along = (one**2 - two**2 + span**2) / (2 * span)
        out = np.sqrt(np.maximum(one**2 - along**2, 0))
        pole = np.array([1.0, 0.0, 0.0]) - way * way[:, :1]
        pole /= np.maximum(np.linalg.norm(pole, axis=1), 1e-9)[:, None]
        heel = top + span[:, None] * way
        return np.stack(
            [top, top + along[:, None] * way + out[:, None] * pole, heel, heel - three * up], axis=1
        )

    @cached_property
    def legs_m(self) -> dict[str, Floats]:
        """The joints of both legs at rest."""
        lean = np.full(1, math.radians(16.0))
        return {
            leg: self.reach(leg, self.hip_m(leg)[None], self.home_m(leg)[None], lean)[0]
            for leg in LEGS
        }

    @cached_property
    def bones(self) -> tuple[str, ...]:
        """All bones by name, parents first."""
        wings = [f"{kind}-{side}" for kind in ("fold", "wing", "hand") for side, _ in SIDES]
        legs = [f"{leg}-{i}" for leg in LEGS for i in (1, 2, 3)]
        return ("trunk", "neck", "head", "tail", *wings, *legs)

    def eye_m(self, sign: float) -> Floats:
        """The middle of an eye."""
        if self.flock.disc:
            return self.face(0.74, sign * 0.46, 0.18)
        return self.face(0.52, sign * 0.72, 0.22)
