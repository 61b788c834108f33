"""What the air takes. In: evidence. Out: a body's terminal speed, where the shot has air that drags."""

from __future__ import annotations

import math

from flow_nb.physics.checks.evidence import Evidence
from flow_nb.physics.closed_form import terminal_speed_m_s

BALL = 0.47
BLUFF = 1.05
"""Drag coefficients of a ball and, at most, of anything else (Hoerner, "Fluid-Dynamic Drag")."""
DRAGGED = 0.01
"""Share of the weight that drag may be at most where theory leaves it out."""
DENSITY_KG_M3 = {"air": 1.2, "water": 1000.0, "vacuum": 0.0}


def drags(seen: Evidence) -> bool:
    """Whether something in the shot does work on what flies: else it flies as in a vacuum."""
    return seen.plan.air.medium != "vacuum" and bool(seen.work_j.any())


def is_ball(seen: Evidence, name: str) -> bool:
    """Whether its drag is the same on every side."""
    return seen.stands[name].prop.is_ball


def terminal_m_s(seen: Evidence, name: str) -> float:
    """Exact for a ball; for anything else the least that it can be; infinite without drag."""
    if not drags(seen) or seen.plan.gravity_m_s2 <= 0:
        return math.inf
    stand, air = seen.stands[name], DENSITY_KG_M3[seen.plan.air.medium]
    low, high = stand.bounds_m
    x, y, z = (float(v) for v in high - low)
    ball = is_ball(seen, name)
    bulk = stand.mass_kg / stand.material.density_kg_m3
    carried = stand.mass_kg - air * bulk
    if carried <= 0:
        return 0.0
    return terminal_speed_m_s(
        carried,
        math.pi * x * x / 4 if ball else max(x * y, x * z, y * z),
        BALL if ball else BLUFF,
        density_kg_m3=air,
        gravity_m_s2=seen.plan.gravity_m_s2,
    )
