"""The unseen hand. In: actions by nobody: lift, spin, shake, pull, fly. Out: forces that carry them out.

A thing that the text moves by itself, or that is moved by somebody who is not in the plan, is held at
its middle by a critically damped spring to a point on an eased path (minimum jerk), and turned by
another. It still meets what stands in its way, as in a real hand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import World
from flow_nb.physics.device import Clock, Device, Report
from flow_nb.physics.launch import WAYS
from flow_nb.physics.mechanisms.water import level_m
from flow_nb.physics.roles import CARRIED, Roles
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.plan import WORLD, Action, Plan

STIFF_S = 18.0
"""Natural frequency of the grip, 1/s."""
RISE_M = {"lift": 0.6, "pick up": 0.6, "rise": 0.9, "fly": 0.7, "float": 0.35, "carry": 0.4}
RISE_S = 1.4
RISE_M_S = 0.6
"""What rises goes on rising."""
FLIGHT_M = 1.6
PULL_M = 0.7
LOWER_M = 0.35
"""As `starts` raises what is to be lowered."""
SHAKE_M = 0.03
SHAKE_HZ = 4.0
SHAKE_S = 1.2
SPIN_RAD_S = 2 * math.pi * 1.2
BOB_M, BOB_SHARE, BOB_HZ = 0.04, 0.12, 0.45
"""What hovers goes up and down by this, or by this share of its size."""
LEVEL = ("lift", "pick up", "rise", "fly", "float", "carry", "lower", "put down", "spin")
"""What is carried level, as a careful hand does."""
CARRIES = {"pull": 0.0, "spin": 0.95}
"""Share of its weight that the hand takes off a thing."""
LET_GO = ("lower", "put down", "pull", "shake", "spin")

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grip:
    """One body in the hand: where it begins, the way (3,) it goes, for how long, and how it turns."""

    action: Action
    name: str
    way_m: Floats
    lasts_s: float
    spin_rad_s: float = 0.0
    bob_m: float = 0.0

    @property
    def end_s(self) -> float:
        """When it is let go."""
        return self.action.start_s + self.lasts_s if self.action.verb in LET_GO else math.inf

    def target(self, time_s: float) -> tuple[Floats, Floats]:
        """Way (3,) and velocity (3,) of the point that it is held to."""
        t = (time_s - self.action.start_s) / self.lasts_s
        verb, since = self.action.verb, time_s - self.action.start_s
        if verb == "shake":
            phase = 2 * math.pi * SHAKE_HZ * since
            fade = math.sin(math.pi * min(t, 1.0))
            swing = np.array([math.sin(phase), 0.0, 0.3 * abs(math.sin(phase))])
            speed = np.array([math.cos(phase), 0.0, 0.0]) * 2 * math.pi * SHAKE_HZ
            return SHAKE_M * fade * swing, SHAKE_M * fade * speed
        x = min(max(t, 0.0), 1.0)
        share = x**3 * (10 - 15 * x + 6 * x**2)
        rate = 30 * x**2 * (1 - x) ** 2 / self.lasts_s
        way, velocity = share * self.way_m, rate * self.way_m
        if verb in ("float", "fly") and t > 0:
            phase = 2 * math.pi * BOB_HZ * since
            way = way + [0, 0, self.bob_m * share * math.sin(phase)]
            rate = self.bob_m * share * 2 * math.pi * BOB_HZ
            velocity = velocity + [0, 0, rate * math.cos(phase)]
        return way, velocity


def make_hand(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """The hand of a shot in which something is carried by nobody."""
    roles = Roles(plan)
    grips = []
    for name, cause in roles.causes.items():
        stand = stands[name]
        if cause.verb not in CARRIED or stand.body.fixed or stand.pivot_m is not None:
            continue
        if stand.prop.cloth is not None or stand.prop.kind in ("cord", "hinged", "spring"):
            continue
        wet = level_m(plan) is not None or _in_liquid(plan, name)
        if cause.verb == "float" and (wet or plan.gravity_m_s2 == 0):
            continue
        grips.append(_grip(cause, stand, stands, plan.duration_s))
    return Hand(plan, stands, tuple(grips)) if grips else None


def _in_liquid(plan: Plan, name: str) -> bool:
    """Whether it floats on what a vessel holds."""
    within = {p.anchor for p in plan.placements if p.body == name and p.relation in ("in", "on")}
    return any(plan.body(other).filled for other in within - {WORLD})


def _grip(cause: Action, stand: Stand, stands: Mapping[str, Stand], until_s: float) -> Grip:
    verb, target = cause.verb, stands.get(cause.target or "")
    lasts = RISE_S if cause.end_s is None else max(cause.end_s - cause.start_s, 0.2)
    way, spin = np.zeros(3), 0.0
    level = np.array(WAYS[cause.direction or "right"], dtype=np.float64)
    if verb in RISE_M:
        way[2] = _rise_m(cause, stand, target)
    if verb == "rise" and target is None and cause.end_s is None:
        lasts = max(until_s - cause.start_s, 1.0)
        way[2] = max(way[2], RISE_M_S * lasts)
    if verb in ("fly", "carry"):
        way += FLIGHT_M * level if target is None else np.zeros(3)
        lasts = max(lasts, 1.8)
    if verb in ("lower", "put down"):
        way[2] = -min(LOWER_M, stand.foot_m[2])
    if verb == "pull":
        way += PULL_M * level
    if target is not None and verb in ("pull", "fly", "carry", "put down", "lower"):
        reach = np.subtract(target.foot_m, stand.foot_m)[:2]
        stop = (target.size_m + stand.size_m) / 2 if verb == "pull" else 0.0
        long = max(float(np.linalg.norm(reach)), 1e-6)
        way[:2] = reach * max(long - stop, 0.0) / long
    if cause.speed_m_s and np.any(way):
        lasts = max(1.875 * float(np.linalg.norm(way)) / cause.speed_m_s, 0.15)
    if verb == "spin":
        turns = cause.turns
        lasts = max(1.0, (turns or 3.0) / 1.2) if cause.end_s is None else lasts
        spin = 2 * math.pi * turns / lasts if turns else SPIN_RAD_S
        spin *= -1.0 if cause.direction == "right" else 1.0
    if verb == "shake":
        lasts = SHAKE_S if cause.end_s is None else lasts
    return Grip(
        action=cause, name=stand.body.name, way_m=way, lasts_s=lasts, spin_rad_s=spin,
        bob_m=max(BOB_M, BOB_SHARE * stand.size_m),
    )  # fmt: skip


def _rise_m(cause: Action, stand: Stand, target: Stand | None) -> float:
    """How high: over what it goes to, else as usual; ``fly down`` and the like go the other way."""
    if cause.direction == "down":
        return -min(RISE_M[cause.verb], stand.foot_m[2])
    if target is not None:
        over = target.foot_m[2] + float(target.bounds_m[1, 2]) + 0.05 - stand.foot_m[2]
        return max(over, 0.1)
    return RISE_M[cause.verb]


class Hand(Device):
    """Carries things."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand], grips: tuple[Grip, ...]) -> None:
        self.plan = plan
        self.stands = stands
        self.grips = grips
        self.starts: dict[str, Floats] = {}
        self.clock = Clock((grip.action.start_s, grip.end_s) for grip in grips)

    def enter(self, world: World, before: World | None) -> None:
        """Knows the bodies of the new world by their place in it."""
        names = {world.model.body(i).name for i in range(world.model.nbody)}
        self.held = [grip for grip in self.grips if grip.name in names]

    @property
    def steps_held(self) -> float:
        """Until something is taken in hand."""
        return self.clock.held

    def pass_over(self, steps: int) -> None:
        """So many steps without it."""
        self.clock.pass_over(steps)

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        self.clock.note(world, time_s)
        for grip in self.held:
            if grip.action.start_s <= time_s < grip.end_s:
                self._carry(world, grip, time_s)

    def _carry(self, world: World, grip: Grip, time_s: float) -> None:
        model, data = world.model, world.data
        i = model.body(grip.name).id
        v = int(model.joint(grip.name).dofadr[0])
        turn, mass = data.xmat[i].reshape(3, 3), float(model.body_mass[i])
        spin = turn @ data.qvel[v + 3 : v + 6]
        speed = data.qvel[v : v + 3] + np.cross(spin, data.xipos[i] - data.xpos[i])
        start = self.starts.setdefault(grip.name, data.xipos[i].copy())
        way, velocity = grip.target(time_s)
        pull = STIFF_S**2 * (start + way - data.xipos[i]) + 2 * STIFF_S * (velocity - speed)
        carried = CARRIES.get(grip.action.verb, 1.0)
        if carried < 1.0:  # what is drawn or spun stays on its ground
            pull[2] = 0.0
        pull[2] += carried * self.plan.gravity_m_s2
        data.xfrc_applied[i, :3] += mass * pull
        if grip.action.verb in LEVEL:
            data.xfrc_applied[i, 3:] += self._turn(model, i, turn, spin, grip.spin_rad_s)

    def _turn(
        self, model: mujoco.MjModel, body: int, turn: Floats, spin: Floats, wanted: float
    ) -> Floats:
        """Keeps it upright, and turning about the vertical as fast as is wanted."""
        frame = np.zeros(9)
        mujoco.mju_quat2Mat(frame, model.body_iquat[body])
        axes = turn @ frame.reshape(3, 3)
        inertia = axes @ np.diag(model.body_inertia[body]) @ axes.T
        lean = np.cross(turn[:, 2], [0.0, 0.0, 1.0])
        rate = STIFF_S**2 * lean + 2 * STIFF_S * (np.array([0.0, 0.0, wanted]) - spin)
        if not wanted:
            rate[2] = -2 * STIFF_S * spin[2]
        return np.asarray(inertia @ rate)

    def report(self) -> Report:
        """What it has to tell."""
        return Report(events=[event for grip in self.grips for event in _events(grip)])


_SAYS = {
    "lift": "is lifted", "pick up": "is picked up", "rise": "rises", "fly": "takes off",
    "float": "begins to float", "carry": "is carried", "lower": "is lowered",
    "put down": "is put down", "pull": "is pulled", "shake": "is shaken", "spin": "spins",
}  # fmt: skip


def _events(grip: Grip) -> list[Event]:
    to = f" to {say(grip.action.target)}" if grip.action.target not in (None, WORLD) else ""
    kind = "float" if grip.action.verb == "float" else "release"
    text = f"{first(say(grip.name))} {_SAYS[grip.action.verb]}{to}"
    return [
        Event(time_s=grip.action.start_s, kind=kind, body=grip.name, text=text)  # type: ignore[arg-type]
    ]
