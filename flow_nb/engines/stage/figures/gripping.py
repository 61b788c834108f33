"""Hands that close. In: a plan, its motion, a figure's name, the frames' instants. Out: how far each hand is closed,
and the turns of its fingers and thumb.

A hand closes about the thing that is at its palm, the less the thicker that is; in anger it is a fist.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.ndimage import gaussian_filter1d

from flow_nb.engines.stage.figures.build import SIDES
from flow_nb.engines.stage.figures.people import body_skeleton, is_figure, turned
from flow_nb.engines.stage.picture import Floats, Singles
from flow_nb.plan.bodies import Body
from flow_nb.plan.motion import Motion
from flow_nb.plan.plan import Plan
from flow_nb.props.archetypes import archetypes
from flow_nb.props.shapes import prop_bounds_m
from flow_nb.props.skeleton import Skeleton

HAND_BONES = tuple(f"{part}-{side}" for side, _ in SIDES for part in ("fingers", "tips", "thumb"))
EASE, FIST = 0.10, 0.95
"""How far a hand at rest is closed, and one in anger."""
FINGERS_DEG, TIPS_DEG, THUMB_DEG = 58.0, 78.0, 38.0
KNUCKLES, MIDDLES, ROOT = (0.62, 0.0), (0.86, 0.03), (0.30, 0.05)
"""Where fingers, their ends and the thumb turn: from the wrist to the tips, and inwards, in lengths of a hand."""
NEAR_M, CALM_S = 0.065, 0.07


def closed(plan: Plan, motion: Motion, body: Body, times: Floats) -> Floats:
    """How far the left and the right hand are closed (frames, 2), 0 to 1."""
    rest = FIST if "ang" in body.mood or "fur" in body.mood else EASE
    found = np.full((len(times), 2), rest)
    things = [other for other in plan.bodies if _holdable(other) and other.name in motion.names]
    hands = [motion.index(f"{body.name}/hand-{side}") for side, _ in SIDES]
    if min(hands) < 0 or not things:
        return found
    boxes = [prop_bounds_m(archetypes()[thing.prop], thing.scale) for thing in things]
    palms = [_palm(body_skeleton(body), side) for side, _ in SIDES]
    for frame, time in enumerate(times):
        places, turns = motion.at(float(time))
        for i, hand in enumerate(hands):
            palm = places[hand] + turned(turns[hand].astype(float)) @ palms[i]
            for thing, (low, high) in zip(things, boxes, strict=True):
                column = motion.index(thing.name)
                own = turned(turns[column].astype(float)).T @ (palm - places[column])
                away = np.linalg.norm(np.maximum(np.maximum(low - own, own - high), 0))
                if away < NEAR_M:
                    thick = float(np.sort(high - low)[:2].mean()) / 2
                    found[frame, i] = float(np.clip(1.02 - 7.5 * thick, 0.25, 0.95))
    step = float(times[1] - times[0]) if len(times) > 1 else 1.0
    return np.asarray(gaussian_filter1d(found, CALM_S / step, axis=0, mode="nearest"))


def finger_turns(
    hand: Floats, skeleton: Skeleton, side: str, sign: float, much: float
) -> dict[str, Floats]:
    """The transforms (3, 4) of a hand's fingers, their ends and its thumb, carried by the hand's."""
    joint, end = (np.asarray(p) for p in (skeleton.by_name[f"hand-{side}"].joint_m,
                                          skeleton.by_name[f"hand-{side}"].end_m))  # fmt: skip
    long = float(np.linalg.norm(end - joint))

    def at(place: tuple[float, float]) -> Floats:
        return np.asarray(joint + (end - joint) * place[0] + [-sign * place[1] * long, 0, 0])

    fingers = _carried(hand, _about_y(sign * FINGERS_DEG * much), at(KNUCKLES))
    tips = _carried(fingers, _about_y(sign * TIPS_DEG * much), at(MIDDLES))
    thumb = _carried(hand, _about_y(sign * THUMB_DEG * much), at(ROOT))
    return {f"fingers-{side}": fingers, f"tips-{side}": tips, f"thumb-{side}": thumb}


def _holdable(body: Body) -> bool:
    return not is_figure(body) and archetypes()[body.prop].kind not in ("animal", "vehicle")


def _palm(skeleton: Skeleton, side: str) -> Singles:
    bone = skeleton.by_name[f"hand-{side}"]
    return np.asarray((np.subtract(bone.end_m, bone.joint_m)) * 0.6, np.float32)


def _about_y(degrees: float) -> Floats:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])


def _carried(by: Floats, turn: Floats, pivot: Floats) -> Floats:
    """A turn about a point at rest, carried by a transform (3, 4)."""
    out = np.empty((3, 4))
    out[:, :3] = by[:, :3] @ turn
    out[:, 3] = by[:, :3] @ (pivot - turn @ pivot) + by[:, 3]
    return out
