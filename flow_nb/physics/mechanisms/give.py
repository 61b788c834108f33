"""How far soft things give. In: a prop of kind ``soft`` or a trampoline's bed. Out: the spring and damper
of its contacts, in newtons per metre.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

YIELDING = (0.2, 0.2, 0.001)
"""MuJoCo's impedance of a soft contact. It works against all but this share of the load: a hard one (0.99)
carries a weight without giving way."""
LEAST_S2, MOST_S2 = 150.0, 1.0e5


@dataclass(frozen=True, kw_only=True, slots=True)
class Give:
    """A yielding surface: stiffness, and the damping ratio that says how much it throws back."""

    stiffness_n_m: float
    damping_ratio: float

    loaded: float = 1.0

    def solref(self, mass_kg: float, *, on_ground: bool = False) -> tuple[float, float]:
        """MuJoCo's direct ``solref`` (-stiffness, -damping), both per mass, for a load of ``mass_kg``.
        On the ground it is ``loaded`` times stiffer: what lies on it weighs on it there too.

        >>> Give(stiffness_n_m=4000.0, damping_ratio=0.05).solref(1.0)
        (-4000.0, -6.324555320336759)
        """
        stiffness = self.stiffness_n_m * (self.loaded if on_ground else 1.0)
        stiff = min(max(stiffness / max(mass_kg, 1e-4), LEAST_S2), MOST_S2)
        return -stiff, -2 * self.damping_ratio * math.sqrt(stiff)


BED = Give(stiffness_n_m=4000.0, damping_ratio=0.045)
SOFT = {
    "pillow": Give(stiffness_n_m=2500.0, damping_ratio=1.0, loaded=8.0),
    "mattress": Give(stiffness_n_m=4500.0, damping_ratio=0.5, loaded=8.0),
    "sponge": Give(stiffness_n_m=300.0, damping_ratio=0.6),
    "jelly": Give(stiffness_n_m=4000.0, damping_ratio=0.25),
    "balloon": Give(stiffness_n_m=60.0, damping_ratio=0.12),
    "": Give(stiffness_n_m=1000.0, damping_ratio=0.5),
}


def give_of(prop: str) -> Give:
    """The give of a soft prop, by its row's name."""
    return SOFT.get(prop, SOFT[""])
