"""How the picture moves while the shutter is open. In: distance and body of every pixel, poses and views.
Out: the way of every pixel, exact for what is rigid.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.stage.figures.people import turned
from flow_nb.engines.stage.finish.spin import UP, Round, seen_turn
from flow_nb.engines.stage.picture import Floats, Singles, View
from flow_nb.plan.motion import Motion

OPEN = 0.5
"""Share of a frame for which the shutter is open: 180 degrees."""
NONE_ROUND: Mapping[int, Round] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Instants:
    """A frame's view, and those when the shutter opens and shuts."""

    now: View
    opens: View
    shuts: View


def instants(views: tuple[View, ...], frame: int) -> Instants:
    """Views between those of the frames."""
    last = len(views) - 1
    now = views[frame]
    return Instants(
        now=now,
        opens=_towards(now, views[max(frame - 1, 0)], OPEN / 2),
        shuts=_towards(now, views[min(frame + 1, last)], OPEN / 2),
    )


def carried(
    motion: Motion, time_s: float, open_s: float, round_: Mapping[int, Round] = NONE_ROUND
) -> tuple[Singles, Singles]:
    """For every body what takes a point of it from the middle of the exposure to its beginning and
    to its end, each (1 + n, 3, 4); row 0 is the set. Of what is round no spin is seen."""
    (at, turn) = motion.at(time_s)
    found = []
    for moment in (time_s - open_s / 2, time_s + open_s / 2):
        then_at, then_turn = motion.at(moment)
        rows = np.zeros((1 + len(motion.names), 3, 4))
        rows[:, :, :3] = np.eye(3)
        moved = np.flatnonzero(
            (np.abs(then_at - at).max(1) > 1e-5) | (np.abs(then_turn - turn).max(1) > 1e-5)
        )
        for i in map(int, moved):
            before, after = turned(turn[i].astype(float)), turned(then_turn[i].astype(float))
            spun, here, there = after @ before.T, at[i], then_at[i]
            if i in round_:
                spun = seen_turn(round_[i], before, after)
                middle = UP * round_[i].middle_m
                here, there = at[i] + before @ middle, then_at[i] + after @ middle
            rows[1 + i, :, :3] = spun
            rows[1 + i, :, 3] = there - spun @ here
        found.append(rows.astype(np.float32))
    return found[0], found[1]


def velocity_px(
    distance_m: Singles,
    ids: NDArray[np.int32],
    seen: Instants,
    ways: tuple[Singles, Singles],
    full: tuple[int, int],
) -> Singles:
    """The way (h, w, 2) in pixels of the whole picture ``full`` (height, width) between opening and
    shutting; ``distance_m`` and ``ids`` (h, w) may be coarser than that."""
    world = _world(distance_m, seen.now)
    places = []
    for view, way in ((seen.opens, ways[0]), (seen.shuts, ways[1])):
        rows = way[np.clip(ids, 0, len(way) - 1)]
        then = np.einsum("hwij,hwj->hwi", rows[..., :3], world) + rows[..., 3]
        places.append(_projected(then, view, full))
    return np.asarray(places[1] - places[0], np.float32)


def _world(distance_m: Singles, view: View) -> Singles:
    height, width = distance_m.shape
    tall = math.tan(math.radians(view.fovy_deg) / 2)
    y = (1 - 2 * (np.arange(height) + 0.5) / height) * tall
    x = (2 * (np.arange(width) + 0.5) / width - 1) * tall * width / height
    right = np.cross(view.forward, view.up)
    ray = view.forward + y[:, None, None] * view.up + x[None, :, None] * right
    return np.asarray(view.at_m + distance_m[..., None] * ray, np.float32)


def _projected(points: Singles, view: View, full: tuple[int, int]) -> Floats:
    away = points - view.at_m.astype(np.float32)
    along = np.maximum(away @ view.forward, 1e-3)
    scale = full[0] / 2 / math.tan(math.radians(view.fovy_deg) / 2)
    right = np.cross(view.forward, view.up)
    return np.stack([away @ right / along * scale, -(away @ view.up) / along * scale], axis=-1)


def _towards(a: View, b: View, share: float) -> View:
    forward = a.forward + (b.forward - a.forward) * share
    up = a.up + (b.up - a.up) * share
    return View(
        at_m=a.at_m + (b.at_m - a.at_m) * share,
        forward=forward / np.linalg.norm(forward),
        up=up / np.linalg.norm(up),
        fovy_deg=a.fovy_deg + (b.fovy_deg - a.fovy_deg) * share,
    )
