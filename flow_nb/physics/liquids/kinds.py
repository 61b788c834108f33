"""Liquids and grains. In: names. Out: what they are like as drops."""

from __future__ import annotations

from collections.abc import Mapping

LIQUIDS = (
    "water", "milk", "coffee", "tea", "juice", "wine", "oil", "honey", "blood", "paint", "lava",
)  # fmt: skip
GRAINS = ("sand", "sugar", "rice")

_VISCOSITY: Mapping[str, float] = {
    "water": 0.01, "oil": 0.06, "blood": 0.03, "paint": 0.08, "honey": 0.25, "lava": 0.2,
    "sand": 0.2, "sugar": 0.15, "rice": 0.15,
}  # fmt: skip


def viscosity(liquid: str) -> float:
    """Share of its neighbours' motion that a drop takes on in one step.

    >>> viscosity("honey") > viscosity("milk")
    True
    """
    return _VISCOSITY.get(liquid, _VISCOSITY["water"])
