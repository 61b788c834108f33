"""How large things are. In: an archetype's name. Out: its longest dimension, and scales."""

from __future__ import annotations

from functools import cache

from flow_nb.plan.bodies import Age
from flow_nb.props.archetypes import Piece, archetypes
from flow_nb.props.skeleton import HEIGHTS_M

SCALES = (0.02, 50.0)
ALIKE = 0.15
"""Within this share of its archetype's size a noun is as large as that: an archetype is well made."""
FIGURE = "person"


@cache
def longest_m(prop: str, age: Age = "adult") -> float:
    """The longest dimension of an archetype at scale 1; a figure's is its height at that age."""
    if prop == FIGURE:
        return HEIGHTS_M[age]
    row = archetypes().get(prop)
    if row is None or not row.pieces:
        return 1.0
    boxes = [_bounds_m(piece) for piece in row.pieces]
    spans = [
        max(high[axis] for _, high in boxes) - min(low[axis] for low, _ in boxes)
        for axis in range(3)
    ]
    return max(*spans, 0.01)


def _bounds_m(piece: Piece) -> tuple[list[float], list[float]]:
    """Lowest and highest corner. Everything stands on ``at_m``."""
    if piece.shape == "sphere":
        wide, deep, high = (2 * piece.radius_m,) * 3
    elif piece.profile_m:
        wide = deep = 2 * max(radius for radius, _ in piece.profile_m)
        high = max(z for _, z in piece.profile_m)
    else:
        wide, deep, high = piece.size_m
    x, y, z = piece.at_m
    return [x - wide / 2, y - deep / 2, z], [x + wide / 2, y + deep / 2, z + high]


def scale_for(
    prop: str, age: Age, told_m: float | None, usual_m: float | None, times: float
) -> float:
    """What makes an archetype as large as told, else as the noun usually is and ``times`` that, within
    what a body takes."""
    base = (told_m or usual_m or longest_m(prop, age)) / longest_m(prop, age)
    if told_m is None and abs(base - 1.0) <= ALIKE:
        base = 1.0
    return round(min(max((base if told_m else base * times), SCALES[0]), SCALES[1]), 3)
