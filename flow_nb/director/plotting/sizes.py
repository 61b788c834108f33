"""How large things are. In: an archetype's name. Out: its longest dimension, and scales."""

from __future__ import annotations

from functools import cache

from flow_nb.plan.bodies import Age
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m
from flow_nb.props.skeleton import HEIGHTS_M

SCALES = (0.02, 50.0)
GROWN, GROWING = (0.5, 2.0), 0.3
"""A tall woman is a tenth taller, no half; a giant is a giant."""
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
    low, high = prop_bounds_m(row)
    return max(float((high - low).max()), 0.01)


def scale_for(
    prop: str, age: Age, told_m: float | None, usual_m: float | None, times: float
) -> float:
    """What makes an archetype as large as told, else as the noun usually is and ``times`` that, within
    what a body takes."""
    if prop == FIGURE and GROWN[0] < times < GROWN[1]:
        times **= GROWING
    base = (told_m or usual_m or longest_m(prop, age)) / longest_m(prop, age)
    if told_m is None and abs(base - 1.0) <= ALIKE:
        base = 1.0
    return round(min(max((base if told_m else base * times), SCALES[0]), SCALES[1]), 3)
