"""What looks the same as it spins. In: a plan, its motion. Out: which bodies are round, and how.

A rolling ball turns at its rim, but its outline only goes on: what the shutter smears is the outline and what
shines on it, and neither turns with the ball.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.looks import TURNED
from flow_nb.engines.stage.picture import Floats
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m

ALIKE = 0.2
"""A turned thing whose height and width differ by no more than this share is taken for a ball."""
UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """``middle_m`` is how high in its own frame its middle lies; a ``ball`` is round about every axis, other
    things about their own upright one."""

    middle_m: float
    ball: bool


def rounds(plan: Plan, motion: Motion) -> Mapping[int, Round]:
    """The round bodies by their columns."""
    found = {}
    for column, name in enumerate(motion.names):
        if "/" in name:
            continue
        body = plan.body(name)
        pieces = archetypes()[body.prop].seen
        if not pieces or any(
            piece.shape not in TURNED or piece.at_m[:2] != (0.0, 0.0) for piece in pieces
        ):
            continue
        low, high = prop_bounds_m(archetypes()[body.prop], body.scale)
        size = high - low
        ball = abs(size[2] - size[0]) <= ALIKE * size[0]
        found[column] = Round(middle_m=float(low[2] + high[2]) / 2, ball=bool(ball))
    return found


def seen_turn(round_: Round, before: Floats, after: Floats) -> Floats:
    """The turn (3, 3) that one sees of a round body between two attitudes (3, 3): none of a ball, of others
    the shortest that takes its axis along.

    >>> flat = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])
    >>> seen_turn(Round(middle_m=0, ball=False), np.eye(3), flat).tolist() == np.eye(3).tolist()
    True
    """
    if round_.ball:
        return np.eye(3)
    one, two = before @ UP, after @ UP
    axis, cos = np.cross(one, two), float(one @ two)
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.asarray(np.eye(3) + cross + cross @ cross / max(1 + cos, 1e-6))
