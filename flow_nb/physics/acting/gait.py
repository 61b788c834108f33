"""Walking and running. In: a line, a speed, a manner. Out: the root, footholds, and how the body goes along.

Step length grows with the square root of speed (Froude's number on the leg's length); the sole stands
while the root passes over it. Sources: Alexander, "Principles of Animal Locomotion" (2003), ch. 7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from flow_nb.physics.acting.feet import HEEL_STRIKE_RAD, TOE_OFF_RAD, Foot, Hold
from flow_nb.physics.acting.lines import Line, Ramp
from flow_nb.physics.acting.poses import Side, opposite
from flow_nb.physics.acting.rig import Rig
from flow_nb.physics.acting.turns import Vec, wrapped

EARTH_M_S2 = 9.81
STEP = 1.06
RUN_FROM_FROUDE = 0.62
WALK_DUTY, RUN_DUTY = 0.56, 0.33
"""Share of a step's length, before and behind a hold, over which the root passes while the sole stands."""
TOE_OUT_RAD = math.radians(6)
TURN_IN_S, TURN_OUT_S = 0.5, 0.7
TURN_AT_LAST_RAD = math.radians(110)
"""Up to that much is turned on the last steps of a walk."""
FIRST_S = 0.10
"""After that the first heel has risen and the first foot leaves the ground."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How somebody goes: multipliers of what is usual, and tempers in degrees and body heights."""

    stride: float = 1.0
    arms: float = 1.0
    sway: float = 1.0
    bounce: float = 1.0
    low: float = 0.0
    stoop: float = 0.0
    toes: float = 0.0
    lift: float = 1.0
    limp: float = 0.0
    stagger: float = 0.0


class Walk:
    """One walk or run from rest to rest, ready to be looked up at any instant."""

    def __init__(
        self,
        line: Line,
        speed_m_s: float,
        *,
        start_s: float,
        heading: float,
        rig: Rig,
        runs: bool = False,
        manner: Manner = Manner(),
        backward: bool = False,
        first: Side = "right",
        at_last: float | None = None,
    ) -> None:
        self.line, self.manner, self.rig = line, manner, rig
        self.start_s, self.from_heading = start_s, heading
        self.turned = math.pi if backward else 0.0
        leg = rig.hip_m
        froude = speed_m_s / math.sqrt(EARTH_M_S2 * leg)
        self.runs = runs or froude > RUN_FROM_FROUDE
        self.froude = froude
        wished = STEP * leg * math.sqrt(max(froude, 0.02)) * manner.stride
        self.steps = max(1, round(line.length_m / wished))
        self.step_m = line.length_m / self.steps
        ramp_s = (0.35 if not self.runs else 0.5) + 0.06 * speed_m_s
        self.ramp = Ramp(line.length_m, speed_m_s, min(ramp_s, 1.2))
        self.lasts_s = self.ramp.lasts_s
        self.end_s = start_s + self.lasts_s
        self.first = first
        last = line.heading(line.length_m) + self.turned
        turn = 0.0 if at_last is None else wrapped(at_last - last)
        self.at_last = turn if abs(turn) < TURN_AT_LAST_RAD else 0.0

    def pace(self, time_s: float) -> float:
        """Share of its full speed, 0 to 1."""
        return self.ramp.pace(time_s - self.start_s)

    def when_s(self, along_m: float) -> float:
        """The instant at which a length is done."""
        return self.start_s + self.ramp.when_s(along_m)

    def root(self, time_s: float) -> tuple[Vec, float]:
        """Where the root is, and its heading."""
        along = self.ramp.along_m(time_s - self.start_s)
        x, y, z = self.line.at(along)
        heading = self.line.heading(along) + self.turned
        u = min(max((time_s - self.start_s) / TURN_IN_S, 0.0), 1.0)
        u = u * u * (3 - 2 * u)
        turn = self.from_heading + wrapped(heading - self.from_heading) * u
        if self.at_last:
            v = min(max((time_s - self.end_s) / TURN_OUT_S + 1, 0.0), 1.0)
            turn += self.at_last * v * v * (3 - 2 * v)
        if self.manner.stagger:
            side = self.manner.stagger * math.sin(2.2 * (time_s - self.start_s))
            side *= self.pace(time_s)
            x, y = x + side * math.cos(turn), y + side * math.sin(turn)
        return (x, y, z), turn

    def tread(self, feet: dict[Side, Foot]) -> None:
        """Lays out all footholds, from where the feet stand to where they come to rest."""
        duty = RUN_DUTY if self.runs else WALK_DUTY
        n, step = self.steps, self.step_m
        lift = (0.11 if self.runs else 0.055) * self.manner.lift * min(1.0, 0.5 + self.froude)
        soft = min(1.0, 0.35 + self.step_m)
        toes = math.radians(self.manner.toes)
        for k in range(1, n + 2):
            side = self.first if k % 2 else opposite(self.first)
            before, here = max(k - 2, 0), min(k, n)
            up = self.start_s + FIRST_S if k == 1 else self.when_s(before * step + duty * step)
            down = self.when_s(here * step - duty * step) if k <= n else self.end_s
            closing = k >= n
            wide = self.rig.stance_m * (1.0 if closing else 0.5 if self.runs else 0.72)
            middle = self.when_s(here * step)
            strike = toes or (0.0 if closing or self.runs else HEEL_STRIKE_RAD * soft)
            off = toes or TOE_OFF_RAD * soft * (1.0 if k > 1 else 0.6)
            limp = 1 + self.manner.limp * (1 if side == "left" else -1)
            hold = _hold(self.root(middle), side, wide)
            feet[side].step(
                Hold(at_m=hold[0], heading=hold[1], down_s=down, met=strike, lift_m=lift * limp),
                up,
                left=off,
            )

    def body(self, time_s: float) -> dict[str, float]:
        """What the gait adds to the dials: sway, bounce, twist, and arms that swing against the legs."""
        pace = self.pace(time_s)
        if pace <= 0:
            return {}
        along = self.ramp.along_m(time_s - self.start_s)
        phase = math.pi * along / self.step_m
        sign = 1.0 if self.first == "right" else -1.0
        over, between_ = sign * math.cos(phase) * pace, sign * math.sin(phase) * pace
        m, run = self.manner, self.runs
        drive = min(self.froude / 0.45, 2.2)
        swing = (46.0 if run else 22.0 * drive) * m.arms * between_
        bounce = -0.020 if run else 0.008
        added = {
            "side": 0.010 * m.sway * over * (0.5 if run else 1.0),
            "up": (bounce * m.bounce * math.cos(2 * phase) - 0.006 - m.low) * pace
            - (0.018 * pace if run else 0.0) + 0.02 * abs(m.limp) * between_,
            "pelvis_yaw": 5.0 * min(drive, 1.4) * between_,
            "pelvis_roll": -2.6 * m.sway * over,
            "chest_yaw": -9.5 * min(drive, 1.4) * between_,
            "chest_roll": 2.4 * m.sway * over,
            "chest_pitch": ((6.0 if run else 2.0) + m.stoop) * pace,
            "head_yaw": 4.0 * min(drive, 1.4) * between_,
            "head_pitch": m.stoop * 0.8 * pace,
        }  # fmt: skip
        for side, way in (("left", 1.0), ("right", -1.0)):
            ahead = way * swing
            added[f"{side}.raise"] = ahead
            added[f"{side}.elbow"] = (66.0 if run else 4.0) * pace + 0.35 * max(ahead, 0.0)
        return added


def _hold(root: tuple[Vec, float], side: Side, wide_m: float) -> tuple[Vec, float]:
    (x, y, z), heading = root
    sign = 1.0 if side == "left" else -1.0
    left = wide_m * sign
    return (
        (x + left * math.cos(heading), y + left * math.sin(heading), z),
        heading + sign * TOE_OUT_RAD,
    )


def stance(root: tuple[Vec, float], rig: Rig, side: Side) -> tuple[Vec, float]:
    """Where a foot stands beside a root at rest."""
    return _hold(root, side, rig.stance_m)


def turn_on_spot(
    feet: dict[Side, Foot], rig: Rig, at_m: Vec, from_to: tuple[float, float], start_s: float
) -> float:
    """Steps a figure's feet round to a new heading, two steps for each right angle; how long it takes."""
    begin, end = from_to
    rounds = max(1, math.ceil(abs(end - begin) / math.radians(95)))
    step_s = 0.26
    first: Side = "left" if end > begin else "right"
    for i in range(rounds):
        heading = begin + (end - begin) * (i + 1) / rounds
        for j, side in enumerate((first, opposite(first))):
            lift = start_s + (2 * i + j) * step_s
            at, yaw = _hold((at_m, heading), side, rig.stance_m)
            feet[side].step(
                Hold(at_m=at, heading=yaw, down_s=lift + 0.9 * step_s, lift_m=0.045), lift
            )
    return 2 * rounds * step_s
