"""Making room. In: a body, its mark, who stands there already. Out: the nearest mark where it is free.

Two bodies that begin inside each other are thrown apart by the solver, with an energy from nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.stand import Stand

GAP_M = 0.006
TOUCH_M = 0.001
TRIES = 40

Box = NDArray[np.float64]


def make_room(stand: Stand, others: Iterable[Stand]) -> tuple[float, float, float]:
    """Where the body's foot can stand, moved along x or y past all that it would stand in."""
    boxes = [box_m(other) for other in others]
    foot = np.array(stand.foot_m)
    mine = box_m(stand) - foot
    for _ in range(TRIES):
        here = mine + foot
        within = [box for box in boxes if _overlap(here, box)]
        if not within:
            break
        foot += _way_out(here, within[0])
    return float(foot[0]), float(foot[1]), float(foot[2])


def box_m(stand: Stand) -> Box:
    """Lowest and highest corner in the world, (2, 3), of a body as it is turned on its mark."""
    w, x, y, z = stand.turn
    turn = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    low, high = stand.bounds_m
    corners = np.array(
        [(a, b, c) for a in (low[0], high[0]) for b in (low[1], high[1]) for c in (low[2], high[2])]
    )
    turned = corners @ turn.T + stand.foot_m
    return np.stack([turned.min(0), turned.max(0)])


def _overlap(a: Box, b: Box) -> bool:
    return bool((np.minimum(a[1], b[1]) - np.maximum(a[0], b[0]) > TOUCH_M).all())


def _way_out(here: Box, there: Box) -> NDArray[np.float64]:
    """The shortest move along x or y, to the side on which it already is."""
    moves = []
    for axis in (0, 1):
        ahead = there[1, axis] - here[0, axis] + GAP_M
        back = there[0, axis] - here[1, axis] - GAP_M
        step = ahead if here[:, axis].sum() >= there[:, axis].sum() else back
        move = np.zeros(3)
        move[axis] = step
        moves.append(move)
    return min(moves, key=lambda move: float(np.abs(move).sum()))
