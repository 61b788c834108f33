"""What things hang from. In: a plan, its motion, the instants of the frames. Out: cords as `Item`s with
a pose for every frame, from the hook to the top of the body that hangs there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flow_nb.engines.stage.looks import srgb
from flow_nb.engines.stage.picture import Floats, Item, Look, Singles
from flow_nb.engines.stage.solids import turned
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import lathe, prop_bounds_m

ROPE = Look(colour=srgb("#b39b72"), texture="felt", texture_m=0.12, seed=2)
RADIUS_M = 0.004


@dataclass(frozen=True, kw_only=True, slots=True)
class Cords:
    """Items, numbered from ``first`` body on, and their poses (frames, n, 3) and (frames, n, 4)."""

    items: tuple[Item, ...]
    positions_m: Singles
    quaternions: Singles


def cords(plan: Plan, motion: Motion, times: Floats, first: int) -> Cords:
    """All cords of a shot."""
    items, positions, quaternions = [], [], []
    for number, (name, hook) in enumerate(motion.cords.items()):
        body, column = plan.body(name), motion.index(name)
        top = float(prop_bounds_m(archetypes()[body.prop], body.scale)[1, 2])
        ends = np.array([_end(motion, column, top, time) for time in times])
        way = ends - np.asarray(hook)
        length = float(np.linalg.norm(way[0]))
        rope = lathe(np.array([(0, -length), (RADIUS_M, -length), (RADIUS_M, 0), (0, 0)]), turns=10)
        items.append(Item(solid=turned(rope), look=ROPE, body=first + number))
        positions.append(np.tile(np.asarray(hook), (len(times), 1)))
        quaternions.append(hanging_along(way))
    count = (len(times), 0)
    return Cords(
        items=tuple(items),
        positions_m=_stacked(positions, (*count, 3)),
        quaternions=_stacked(quaternions, (*count, 4)),
    )


def hanging_along(way: Floats) -> Floats:
    """Quaternions (n, 4) that turn straight down into each direction (n, 3).

    >>> hanging_along(np.array([[0.0, 2.0, 0.0]])).round(3).tolist()
    [[0.707, 0.707, 0.0, 0.0]]
    """
    x, y, z = (way / np.linalg.norm(way, axis=1, keepdims=True)).T
    found = np.stack([1 - z, y, 0.0 - x, np.zeros_like(x)], axis=1)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def _end(motion: Motion, column: int, top: float, time: float) -> Floats:
    positions, quaternions = motion.at(min(float(time), float(motion.gone_s[column])))
    w, x, y, z = quaternions[column]
    up = np.array([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)])
    return np.asarray(positions[column] + up * top)


def _stacked(parts: list[Floats], empty: tuple[int, ...]) -> Singles:
    return np.asarray(np.stack(parts, axis=1) if parts else np.zeros(empty), np.float32)
