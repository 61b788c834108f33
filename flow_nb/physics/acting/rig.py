"""A figure's bones from its dials. In: dials, root, soles, aims of hands and eyes. Out: every bone's place and turn.

Forward kinematics from the pelvis; legs that stand and arms that reach by two-bone inverse kinematics.
Bones only turn, so none changes its length.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flow_nb.physics.acting.ik import Limb2
from flow_nb.physics.acting.poses import INDEX, SIDES, Side
from flow_nb.physics.acting.turns import (
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    back,
    between,
    facing,
    mul,
    sub,
    turned,
)
from flow_nb.props.skeleton import Skeleton

REACHED = 0.996
"""The share of a leg's length up to which it carries; beyond that the pelvis comes down."""
SOFT_M = 0.016
SOLE_RADIUS_M = 0.026
PALM = 0.5
"""Where on the hand bone things are held, from wrist to fingertips."""
GAZE_YAW_RAD, GAZE_PITCH_RAD = math.radians(78), math.radians(45)

Placed = tuple[Vec, Quat]


@dataclass(frozen=True, slots=True)
class Sole:
    """A foot as it stands: the point on the ground below its ankle, its heading, and its pitch: toes
    up below zero (it stands on the heel), heel up above (it stands on the ball)."""

    at_m: Vec
    heading: float
    pitch: float = 0.0


@dataclass(slots=True)
class Aims:
    """What of a figure goes to a point in the world: soles, palms, the eyes."""

    soles: dict[Side, Sole]
    palms: dict[Side, Vec] = field(default_factory=dict)
    gaze: tuple[float, float] = (0.0, 0.0)
    fingers: dict[Side, Quat] = field(default_factory=dict)


class Rig:
    """A skeleton that can be posed."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.height_m = skeleton.height_m
        bones = skeleton.by_name
        self.offsets: Mapping[str, Vec] = {
            bone.name: sub(bone.joint_m, bones[bone.parent].joint_m)
            for bone in skeleton.bones
            if bone.parent is not None
        }
        self.hip_m = bones["pelvis"].joint_m[2]
        self.legs: dict[Side, Limb2] = {}
        self.arms: dict[Side, Limb2] = {}
        self.palms: dict[Side, Vec] = {}
        for side in SIDES:
            hand = bones[f"hand-{side}"]
            palm = add(
                self.offsets[f"hand-{side}"], sub(hand.end_m, hand.joint_m), PALM
            )  # from the elbow, with a straight wrist
            self.palms[side] = sub(palm, self.offsets[f"hand-{side}"])
            self.arms[side] = Limb2(self.offsets[f"forearm-{side}"], palm, -1.0)
            self.legs[side] = Limb2(self.offsets[f"shin-{side}"], self.offsets[f"foot-{side}"], 1.0)
        self.ankle_m = bones["foot-left"].joint_m[2]
        self.stance_m = bones["foot-left"].joint_m[0]
        self.ball_m: Vec = (0.0, -0.085 * self.height_m, SOLE_RADIUS_M)
        self.heel_m: Vec = (0.0, 0.022 * self.height_m, SOLE_RADIUS_M)

    def ankle(self, sole: Sole) -> Placed:
        """Where the ankle is and how the foot is turned; it rolls over its heel or its ball."""
        pitch = sole.pitch
        yaw = about_z(sole.heading)
        pivot = self.ball_m if pitch > 0 else self.heel_m
        rolled = add(pivot, (0.0, -SOLE_RADIUS_M * pitch, 0.0))
        arm = turned(about_x(pitch), sub((0.0, 0.0, self.ankle_m), pivot))
        return add(sole.at_m, turned(yaw, add(rolled, arm))), mul(yaw, about_x(pitch))

    def solve(
        self, dials: Sequence[float], root_m: Vec, heading: float, aims: Aims
    ) -> dict[str, Placed]:
        """Every bone by name: its upper joint in the world, and its turn from rest."""
        d = _Dials(dials)
        placed: dict[str, Placed] = {}
        root = about_z(heading)
        pelvis = mul(root, d.trunk("pelvis"))
        h = self.height_m
        at = add(
            root_m,
            turned(root, (d["side"] * h, -d["forward"] * h, self.hip_m + d["up"] * h)),
        )
        ankles = {side: self.ankle(aims.soles[side]) for side in SIDES}
        at = self._lowered(at, pelvis, ankles, d)
        placed["pelvis"] = (at, pelvis)
        self._spine(placed, d, aims.gaze)
        for side in SIDES:
            self._leg(placed, d, side, ankles[side])
            self._arm(placed, d, side, aims)
        sunk = max(self._sunk(placed, d, root_m[2]), 0.0)
        if sunk > 0:
            return {name: (add(at, (0.0, 0.0, sunk)), turn) for name, (at, turn) in placed.items()}
        return placed

    def _sunk(self, placed: Mapping[str, Placed], d: _Dials, ground_m: float) -> float:
        """How deep a foot that goes by its angles would be in the ground."""
        deepest = 0.0
        for side in SIDES:
            at, turn = placed[f"foot-{side}"]
            for end in (self.ball_m, self.heel_m):
                z = add(at, turned(turn, sub(end, (0.0, 0.0, self.ankle_m))))[2]
                deep = (ground_m + SOLE_RADIUS_M - z) * min(2 * d[f"{side}.free"], 1.0)
                deepest = max(deepest, deep)
        return deepest

    def palm(self, placed: Mapping[str, Placed], side: Side) -> Vec:
        """The middle of a hand."""
        at, turn = placed[f"hand-{side}"]
        return add(at, turned(turn, self.palms[side]))

    def _lowered(self, at: Vec, pelvis: Quat, ankles: Mapping[Side, Placed], d: _Dials) -> Vec:
        """Down as far as the legs need that stand, softly."""
        total = 0.0
        for side in SIDES:
            hip = add(at, turned(pelvis, self.offsets[f"thigh-{side}"]))
            ankle = ankles[side][0]
            reach = self.legs[side].reach_m * REACHED
            level = (hip[0] - ankle[0]) ** 2 + (hip[1] - ankle[1]) ** 2
            room = math.sqrt(max(reach * reach - level, (0.3 * reach) ** 2))
            over = (hip[2] - ankle[2] - room) / SOFT_M
            over = over if over > 30 else math.log1p(math.exp(over))
            total += ((1 - d[f"{side}.free"]) * over) ** 4
        return at[0], at[1], at[2] - SOFT_M * total**0.25

    def _spine(self, placed: dict[str, Placed], d: _Dials, gaze: tuple[float, float]) -> None:
        for bone, parent in (("chest", "pelvis"), ("head", "chest")):
            at, turn = placed[parent]
            own = d.trunk(bone)
            if bone == "head":
                share = d["gaze"]
                look = mul(about_z(gaze[0]), about_x(gaze[1]))
                own = between(own, look, share)
            placed[bone] = (add(at, turned(turn, self.offsets[bone])), mul(turn, own))

    def _leg(self, placed: dict[str, Placed], d: _Dials, side: Side, ankle: Placed) -> None:
        at, pelvis = placed["pelvis"]
        hip = add(at, turned(pelvis, self.offsets[f"thigh-{side}"]))
        free = d[f"{side}.free"]
        thigh = shin = foot = ankle[1]
        if free < 1:
            toes = turned(ankle[1], (0.0, -1.0, 0.35))
            ahead = turned(pelvis, (0.0, -1.0, 0.0))
            pole = (toes[0] + ahead[0], toes[1] + ahead[1], toes[2] + ahead[2])
            thigh, shin = self.legs[side].aim(hip, ankle[0], pole)
        if free > 0:
            bent = mul(pelvis, d.swung(side, "leg", "spread", "turn"))
            lower = mul(bent, about_x(d.rad(f"{side}.knee")))
            thigh, shin = between(thigh, bent, free), between(shin, lower, free)
            foot = between(foot, mul(lower, about_x(d.rad(f"{side}.ankle"))), free)
        knee = add(hip, turned(thigh, self.offsets[f"shin-{side}"]))
        placed[f"thigh-{side}"] = (hip, thigh)
        placed[f"shin-{side}"] = (knee, shin)
        placed[f"foot-{side}"] = (add(knee, turned(shin, self.offsets[f"foot-{side}"])), foot)

    def _arm(self, placed: dict[str, Placed], d: _Dials, side: Side, aims: Aims) -> None:
        at, chest = placed["chest"]
        shoulder = add(at, turned(chest, self.offsets[f"upper-arm-{side}"]))
        upper = mul(chest, d.swung(side, "raise", "out", "twist"))
        lower = mul(upper, about_x(-d.rad(f"{side}.elbow")))
        share = d[f"{side}.reach"]
        aim = aims.palms.get(side)
        if share > 0 and aim is not None:
            out = 1.0 if side == "left" else -1.0
            pole = turned(chest, (out, 0.6, -0.35))
            one, two = self.arms[side].aim(shoulder, aim, pole)
            upper, lower = between(upper, one, share), between(lower, two, share)
        wrist = about_x(-d.rad(f"{side}.wrist") * (1 - share))
        twist = about_z(d.rad(f"{side}.hand") * (1 if side == "left" else -1) * (1 - share))
        elbow = add(shoulder, turned(upper, self.offsets[f"forearm-{side}"]))
        hand = add(elbow, turned(lower, self.offsets[f"hand-{side}"]))
        placed[f"upper-arm-{side}"] = (shoulder, upper)
        placed[f"forearm-{side}"] = (elbow, lower)
        placed[f"hand-{side}"] = (hand, mul(lower, mul(wrist, twist)))

    def gaze(self, placed: Mapping[str, Placed], at_m: Vec) -> tuple[float, float]:
        """How the head must turn on the chest to look at a point: yaw and pitch, within its limits."""
        head, chest = placed["head"][0], placed["chest"][1]
        eyes = add(head, turned(placed["head"][1], (0.0, -0.05, 0.06 * self.height_m)))
        x, y, z = turned(back(chest), sub(at_m, eyes))
        yaw = math.atan2(x, -y)
        pitch = math.atan2(-z, math.hypot(x, y))
        if abs(yaw) > GAZE_YAW_RAD * 1.6:
            return 0.0, 0.0
        yaw = min(max(yaw, -GAZE_YAW_RAD), GAZE_YAW_RAD)
        return yaw, min(max(pitch, -GAZE_PITCH_RAD), GAZE_PITCH_RAD)


class _Dials:
    """Dials by name."""

    __slots__ = ("values",)

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values

    def __getitem__(self, name: str) -> float:
        return self.values[INDEX[name]]

    def rad(self, name: str) -> float:
        return math.radians(self.values[INDEX[name]])

    def trunk(self, bone: str) -> Quat:
        """Yaw, then pitch, then roll, on its parent."""
        turn = mul(about_z(self.rad(f"{bone}_yaw")), about_x(self.rad(f"{bone}_pitch")))
        return mul(turn, about_y(self.rad(f"{bone}_roll")))

    def swung(self, side: Side, away: str, out: str, twist: str) -> Quat:
        """A limb ``away`` from hanging in the plane that is turned ``out`` from forward, and turned
        about itself."""
        sign = 1.0 if side == "left" else -1.0
        if away == "leg":
            swing = mul(
                about_y(-sign * self.rad(f"{side}.{out}")), about_x(-self.rad(f"{side}.{away}"))
            )
            return mul(swing, about_z(sign * self.rad(f"{side}.{twist}")))
        plane = sign * self.rad(f"{side}.{out}")
        swing = mul(about_z(plane), about_x(-self.rad(f"{side}.{away}")))
        return mul(swing, about_z(sign * self.rad(f"{side}.{twist}") - plane))


def ahead(root_m: Vec, heading: float, forward_m: float, left_m: float, up_m: float) -> Vec:
    """A point beside a figure's root: forward, to its left, above the ground."""
    way = facing(heading)
    return (
        root_m[0] + way[0] * forward_m - way[1] * left_m,
        root_m[1] + way[1] * forward_m + way[0] * left_m,
        root_m[2] + up_m,
    )
