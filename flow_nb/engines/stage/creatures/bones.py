"""The bones of an animal on four legs. In: a `Breed` and a size. Out: `Frame`: every joint at rest.

It stands on z = 0, faces +x, its left at +y. All legs have three bones: to the elbow or knee, to the wrist
or hock, to the foot; `reach` finds the joints between for any place of the foot, at rest and in motion.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from flow_nb.engines.stage.creatures.breeds import Breed
from flow_nb.engines.stage.picture import Floats

LEGS = ("fore-left", "fore-right", "hind-left", "hind-right")
TAIL = ("tail-1", "tail-2", "tail-3")
LEAN_DEG = {"fore": -4.0, "hind": 20.0}
"""How far the last bone of a leg leans at rest: its upper end stands behind the foot."""
SHARES = {"fore": (0.36, 0.43, 0.21), "hind": (0.36, 0.35, 0.29)}
"""What of a leg's length each of its bones is."""


@dataclass(frozen=True)
class Frame:
    """A breed in metres. ``joints_m`` holds where each bone begins, ``ends_m`` where it ends."""

    breed: Breed
    height_m: float

    @cached_property
    def hip_m(self) -> Floats:
        """The middle between the hip joints."""
        return self._at(-self.breed.long / 2, 0, self.breed.legs[1])

    @cached_property
    def back_m(self) -> Floats:
        """Where the chest turns against the pelvis."""
        return self._at(-0.02 * self.breed.long, 0, 0.80)

    @cached_property
    def neck_m(self) -> Floats:
        """Where the neck begins."""
        return self._at(
            self.breed.long / 2 - 0.02, 0, 1 - 0.22 * self.breed.chest[0] - 0.1 * self.breed.neck[2]
        )

    @cached_property
    def head_m(self) -> Floats:
        """Where the head sits on the neck."""
        long, up, *_ = self.breed.neck
        turn = math.radians(up)
        return self.neck_m + self._at(long * math.cos(turn), 0, long * math.sin(turn))

    @cached_property
    def ahead(self) -> Floats:
        """The way from the head's joint to the muzzle's tip, of length 1."""
        down = math.radians(self.breed.head[2])
        return np.array([math.cos(down), 0.0, -math.sin(down)])

    @cached_property
    def above(self) -> Floats:
        """The way to the top of the head, square to `ahead`."""
        down = math.radians(self.breed.head[2])
        return np.array([math.sin(down), 0.0, math.cos(down)])

    def face(self, along: float, side: float, up: float) -> Floats:
        """A place of the head, in shares of the breed's height: from the joint to the muzzle, to its left,
        to its top."""
        spot = along * self.ahead + up * self.above + side * np.array([0.0, 1.0, 0.0])
        return np.asarray(self.head_m + self.height_m * spot)

    @cached_property
    def tail_m(self) -> Floats:
        """The joints of the tail and its end (4, 3)."""
        long, radius, _, up, curl = self.breed.tail
        deep = self.breed.rump[0]
        points = [
            self._at(
                -self.breed.long / 2 - 0.30 * deep,
                0,
                1 + self.breed.back - 0.22 * deep - radius / 2,
            )
        ]
        turn = math.radians(up)
        for _ in TAIL:
            step = long / 3
            points.append(points[-1] + self._at(-step * math.cos(turn), 0, step * math.sin(turn)))
            turn += math.radians(curl)
        low = self.breed.tail[1] * self.height_m
        return np.array([(x, y, max(z, low)) for x, y, z in points])

    @cached_property
    def wide_m(self) -> float:
        """Half the distance between left and right joints."""
        return 0.8 * self.breed.track * self.height_m

    def top_m(self, leg: str) -> Floats:
        """The shoulder or the hip."""
        fore, sign = leg.startswith("fore"), 1.0 if leg.endswith("left") else -1.0
        x = self.breed.long / 2 - 0.02 if fore else -self.breed.long / 2
        spot = self._at(x, 0, self.breed.legs[0 if fore else 1])
        return np.asarray(spot + np.array([0.0, sign * self.wide_m, 0.0]))

    def home_m(self, leg: str) -> Floats:
        """Where the foot stands at rest: the middle of its sole."""
        sign = 1.0 if leg.endswith("left") else -1.0
        x = float(self.top_m(leg)[0]) + (0.01 if leg.startswith("fore") else -0.03) * self.height_m
        return np.array([x, sign * self.breed.track * self.height_m, 0.0])

    def lengths_m(self, leg: str) -> tuple[float, float, float]:
        """The lengths of its three bones."""
        kind = leg.partition("-")[0]
        drop = float(self.top_m(leg)[2]) - self.ankle_m
        whole = drop * (1 + self.breed.bend)
        a, b, c = SHARES[kind]
        return a * whole, b * whole, c * whole

    @property
    def ankle_m(self) -> float:
        """How high above the sole the last bone of a leg ends."""
        return 0.5 * self.breed.foot[2] * self.height_m

    @cached_property
    def legs_m(self) -> dict[str, Floats]:
        """The joints and the end (4, 3) of every leg at rest."""
        found = {}
        for leg in LEGS:
            lean = np.full(1, math.radians(LEAN_DEG[leg.partition("-")[0]]))
            found[leg] = self.reach(leg, self.top_m(leg)[None], self.home_m(leg)[None], lean)[0]
        return found

    def reach(self, leg: str, top: Floats, sole: Floats, lean: Floats) -> Floats:
        """The joints and the end (n, 4, 3) of a leg whose foot is at ``sole`` (n, 3), its last bone leaning
        by ``lean`` (n,) radians; the foot stays short of what it cannot reach (law of cosines)."""
        one, two, three = self.lengths_m(leg)
        ankle = sole + np.array([0.0, 0.0, self.ankle_m])
        back = np.stack([-np.sin(lean), 0 * lean, np.cos(lean)], axis=1)
        wrist = ankle + three * back
        way = wrist - top
        far = np.maximum(np.sqrt(np.einsum("ij,ij->i", way, way)), 1e-9)
        way = way / far[:, None]
        span = np.clip(far, abs(one - two) + 1e-4, 0.9995 * (one + two))
        along = (one**2 - two**2 + span**2) / (2 * span)
        out = np.sqrt(np.maximum(one**2 - along**2, 0.0))
        pole = np.array([-1.0 if leg.startswith("fore") else 1.0, 0.0, 0.0])
        pole = pole - way * (way @ pole)[:, None]
        pole /= np.maximum(np.sqrt(np.einsum("ij,ij->i", pole, pole)), 1e-9)[:, None]
        knee = top + along[:, None] * way + out[:, None] * pole
        wrist = top + span[:, None] * way
        return np.stack([top, knee, wrist, wrist - three * back], axis=1)

    @cached_property
    def bones(self) -> tuple[str, ...]:
        """All bones by name, parents first."""
        legs = [f"{leg}-{i}" for leg in LEGS for i in (1, 2, 3)]
        return (
            "pelvis",
            "chest",
            "neck",
            "head",
            "ear-left",
            "ear-right",
            "lid-left",
            "lid-right",
            *TAIL,
            *legs,
        )

    def _at(self, x: float, y: float, z: float) -> Floats:
        return self.height_m * np.array([x, y, z])
