"""Where a knee or an elbow goes. In: a limb's root, where its end shall be. Out: the turns of its two bones."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flow_nb.physics.acting.turns import (
    Quat,
    Vec,
    across,
    add,
    aligned,
    cross,
    dot,
    length,
    scaled,
    sub,
    unit,
)

X: Vec = (1.0, 0.0, 0.0)
STRAIGHT = 0.9995
"""A limb never quite straightens: there its joint would not know which way to bend."""


@dataclass(frozen=True, slots=True)
class Limb2:
    """Two bones at rest: from joint to joint ``upper_m``, from there to the end ``lower_m``. ``bends``
    is +1 where the joint bends forward (a knee), -1 where it bends backward (an elbow)."""

    upper_m: Vec
    lower_m: Vec
    bends: float

    @property
    def reach_m(self) -> float:
        """Its whole length."""
        return length(self.upper_m) + length(self.lower_m)

    def aim(self, root_m: Vec, end_m: Vec, pole: Vec) -> tuple[Quat, Quat]:
        """The turns, in the world, of the upper and the lower bone that bring the end to ``end_m``, or
        as near as the bones reach, with the joint towards ``pole``. By the law of cosines.

        >>> leg = Limb2((0.0, 0.0, -0.4), (0.0, 0.0, -0.4), 1.0)
        >>> thigh, shin = leg.aim((0.0, 0.0, 0.8), (0.0, -0.2, 0.1), (0.0, -1.0, 0.0))
        >>> from flow_nb.physics.acting.turns import turned
        >>> knee = add((0.0, 0.0, 0.8), turned(thigh, leg.upper_m))
        >>> [round(x, 6) for x in add(knee, turned(shin, leg.lower_m))]
        [0.0, -0.2, 0.1]
        """
        a, b = length(self.upper_m), length(self.lower_m)
        way = sub(end_m, root_m)
        far = min(max(length(way), abs(a - b) + 1e-3), (a + b) * STRAIGHT)
        along = unit(way)
        side = unit(across(pole, along), unit(across(X, along)))
        cosine = min(max((a * a + far * far - b * b) / (2 * a * far), -1.0), 1.0)
        sine = math.sqrt(1 - cosine * cosine)
        upper = add(scaled(along, cosine), side, sine)
        lower = unit(sub(scaled(along, far), scaled(upper, a)))
        hinge = scaled(cross(side, along), self.bends)
        return (
            _turn(self.upper_m, upper, hinge),
            _turn(self.lower_m, lower, hinge),
        )


def _turn(rest_m: Vec, way: Vec, hinge: Vec) -> Quat:
    rest = unit(rest_m)
    return aligned(rest, unit(add(X, rest, -dot(X, rest))), way, hinge)
