"""What stands between a sound and the ear. In: a plan, its motion. Out: `Screens`: by how much they muffle.

Boxes of the larger bodies, where they are at that instant. A sound goes round the nearest edge: thin
screens after Maekawa (1968), 10 log10(3 + 20 N) dB with N = 2 detour / wavelength.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from flow_nb.engines.stage.sound.modal import SOUND_M_S
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import Archetype, archetypes
from flow_nb.props.shapes import piece_mesh

Floats = NDArray[np.float64]

LEAST_SIDE_M = 0.35
"""What is smaller in its second extent lets the sound pass."""

OWN_M = 0.06
"""A body does not muffle what sounds on it, or as near to it as this."""

LOW_HZ, HIGH_HZ = 300.0, 4_000.0
FIGURE_M = (0.44, 0.34)
MOST_BOXES = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Screens:
    """``boxes_m`` (k, 2, 3) relative to the place of the body in column ``columns`` (k,)."""

    boxes_m: Floats
    columns: NDArray[np.int64]
    places_m: NDArray[np.float32]
    born_s: Floats
    gone_s: Floats

    def shares(self, points_m: ArrayLike, ears_m: ArrayLike, times_s: ArrayLike) -> Floats:
        """What passes from points (n, 3) to ears (n, 3): shares of the pressure of lows and highs (n, 2)."""
        points, ears = np.asarray(points_m, float), np.asarray(ears_m, float)
        out = np.ones((len(points), 2))
        if not len(self.boxes_m) or not len(points):
            return out
        times = np.asarray(times_s, float)
        row = np.clip(np.rint(times * POSE_RATE_HZ).astype(int), 0, len(self.places_m) - 1)
        for box, column in zip(self.boxes_m, self.columns, strict=True):
            there = (times >= self.born_s[column]) & (times < self.gone_s[column])
            corners = box[None] + self.places_m[row, column].astype(float)[:, None]
            detour = np.where(there, _detours_m(points, ears, corners), 0.0)
            hidden = detour > 0
            for k, hertz in enumerate((LOW_HZ, HIGH_HZ)):
                fresnel = 2 * detour[hidden] * hertz / SOUND_M_S
                out[hidden, k] *= 10 ** (-np.minimum(10 * np.log10(3 + 20 * fresnel), 22) / 20)
        return out


def _detours_m(points: Floats, ears: Floats, corners: Floats) -> Floats:
    """By how much the way round a box (n, 2, 3) is longer than through it; 0 where it is not in the way."""
    ray = ears - points
    ray = np.where(np.abs(ray) < 1e-9, 1e-9, ray)
    near, far = (corners[:, 0] - points) / ray, (corners[:, 1] - points) / ray
    first, last = np.minimum(near, far), np.maximum(near, far)
    enter, leave = first.max(axis=1), last.min(axis=1)
    through = np.where(first.argmax(axis=1) == last.argmin(axis=1), first.argmax(axis=1), -1)
    own = ((points > corners[:, 0] - OWN_M) & (points < corners[:, 1] + OWN_M)).all(axis=1)
    hit = (enter < leave) & (enter > 0) & (leave < 1) & ~own
    middle = points + ((enter + leave) / 2)[:, None] * ray
    direct = np.linalg.norm(ray, axis=1)
    least = np.full(len(points), np.inf)
    for axis, side in ((2, 1), (0, 0), (0, 1), (1, 0), (1, 1)):
        edge = middle.copy()
        edge[:, axis] = corners[:, side, axis]
        way = np.linalg.norm(edge - points, axis=1) + np.linalg.norm(ears - edge, axis=1)
        # Straight through from face to face there is no way round along that axis.
        least = np.where(through == axis, least, np.minimum(least, way - direct))
    return np.where(hit, np.maximum(least, 1e-4), 0.0)


def screens(plan: Plan, motion: Motion) -> Screens:
    """The screens of a shot: furniture by its pieces, figures and vehicles as one box each."""
    boxes: list[tuple[float, Floats, int]] = []
    for body in plan.bodies:
        column = motion.index(body.name)
        if column < 0:
            continue
        prop = archetypes()[body.prop]
        if prop.kind == "figure":
            x, y = FIGURE_M
            found = [np.array([[-x / 2, -y / 2, 0], [x / 2, y / 2, motion.sizes_m[column]]])]
        elif (
            prop.kind in ("cloth", "cord", "soft", "cutout")
            or motion.sizes_m[column] < LEAST_SIDE_M
        ):
            continue
        else:
            found = _pieces(prop, body.scale)
        boxes += [(float(np.sort(np.ptp(box, axis=0))[1]), box, column) for box in found]
    large = sorted((b for b in boxes if b[0] >= LEAST_SIDE_M), key=lambda b: -b[0])[:MOST_BOXES]
    return Screens(
        boxes_m=np.array([box for _, box, _ in large]).reshape(-1, 2, 3),
        columns=np.array([column for *_, column in large], dtype=np.int64),
        places_m=motion.positions_m,
        born_s=motion.born_s,
        gone_s=motion.gone_s,
    )


def _pieces(prop: Archetype, scale: float) -> list[Floats]:
    """The boxes of what is solid; a vehicle's, which turns, is one as wide as it is long."""
    meshes = [piece_mesh(p, scale, turns=12).vertices.astype(float) for p in prop.body]
    if prop.kind not in ("vehicle", "animal"):
        return [np.stack([v.min(0), v.max(0)]) for v in meshes]
    every = np.concatenate(meshes)
    low, high = every.min(0), every.max(0)
    half = np.sort(np.abs(np.concatenate([low[:2], high[:2]])))[1]
    return [np.array([[-half, -half, low[2]], [half, half, high[2]]])]
