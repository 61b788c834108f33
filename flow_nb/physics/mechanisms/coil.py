"""Coil springs. In: props named ``spring``. Out: a plate on a spring, and the coil as a `Strand`.

It is squashed or stretched by nobody's hand and let go; what stands on its plate is thrown up by what
the spring has stored, 1/2 k x^2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid, World
from flow_nb.physics.device import Clock, Device, Limb, Report
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.forms import FORM_RATE_HZ, Strand
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Action, Plan

STIFFNESS_N_M = 700.0
DAMPING_RATIO = 0.04
PLATE_KG = 0.12
PLATE_M = 0.008
LET_GO_S = 0.01
"""By then its hand is off."""
PRESS_S, HOLD_S = 0.9, 0.25
SHARE = 0.5
"""How far it is squashed, or drawn out, of its length."""
TURNS, POINTS = 7, 168
WIRE_M = 0.006
VERBS = ("squash", "stretch", "push", "pull", "bounce", "shake")

Floats = NDArray[np.float64]


def make_coils(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All coil springs of a shot."""
    found = [stand for stand in stands.values() if stand.prop.name == "spring"]
    loads = {
        stand.body.name: sum(
            stands[p.body].mass_kg
            for p in plan.placements
            if p.anchor == stand.body.name and p.relation == "on"
        )
        for stand in found
    }
    return Coils(plan, found, loads) if found else None


class Coil:
    """One spring: its size, when it is pressed, and what was kept of it."""

    def __init__(self, plan: Plan, stand: Stand) -> None:
        self.stand = stand
        self.name = stand.body.name
        self.long = float(stand.bounds_m[1, 2])
        self.radius = float(stand.bounds_m[1, 0])
        self.action: Action | None = next(
            (a for a in plan.actions if a.body == self.name and a.verb in VERBS and not a.expected),
            None,
        )
        self.frames: list[NDArray[np.float32]] = []

    @property
    def top(self) -> str:
        """The name of its plate."""
        return f"{self.name}/top"

    def pressed_m(self, time_s: float) -> float | None:
        """How far the hand has it from its length, and None once it has let go."""
        if self.action is None or time_s < self.action.start_s:
            return None
        since = time_s - self.action.start_s
        if since > PRESS_S + HOLD_S:
            return None
        x = min(since / PRESS_S, 1.0)
        share = x**3 * (10 - 15 * x + 6 * x**2)
        sign = 1.0 if self.action.verb in ("stretch", "pull") else -1.0
        return sign * SHARE * self.long * share

    def points_m(self, plate_m: Floats) -> NDArray[np.float32]:
        """The wire (n, 3), from the floor to the plate."""
        t = np.linspace(0, 1, POINTS)
        angle = 2 * math.pi * TURNS * t
        reach = self.radius - WIRE_M
        foot = np.asarray(self.stand.foot_m)
        rise = WIRE_M + t * (plate_m[2] - foot[2] - 2 * WIRE_M)
        points = np.stack([reach * np.cos(angle), reach * np.sin(angle), rise], axis=1)
        return np.asarray(foot + points, np.float32)


class Coils(Device):
    """Builds the plates, presses them, keeps the wires."""

    def __init__(self, plan: Plan, found: list[Stand], loads_kg: Mapping[str, float]) -> None:
        self.plan = plan
        self.loads_kg = loads_kg
        self.coils = [Coil(plan, stand) for stand in found]
        starts = [coil.action.start_s for coil in self.coils if coil.action is not None]
        self.clock = Clock((start, start + PRESS_S + HOLD_S + LET_GO_S) for start in starts)
        self.owned = frozenset(coil.name for coil in self.coils)
        self.limbs = tuple(
            Limb(
                name=coil.top,
                material=coil.stand.material,
                mass_kg=PLATE_KG,
                size_m=2 * coil.radius,
            )
            for coil in self.coils
        )

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making."""
        solids = []
        for coil in self.coils:
            foot = spec.worldbody.add_body(name=coil.name, pos=coil.stand.foot_m)
            plate = foot.add_body(name=coil.top, pos=[0, 0, coil.long])
            load = (PLATE_KG + self.loads_kg[coil.name]) * self.plan.gravity_m_s2
            damping = 2 * DAMPING_RATIO * math.sqrt(STIFFNESS_N_M * PLATE_KG)
            plate.add_joint(
                name=coil.top,
                type=mujoco.mjtJoint.mjJNT_SLIDE,
                axis=[0, 0, 1],
                stiffness=[STIFFNESS_N_M, 0, 0],
                springref=load / STIFFNESS_N_M,
                damping=[damping, 0, 0],
                range=[-0.85 * coil.long, 0.9 * coil.long],
                limited=True,
            )
            plate.add_geom(
                name=f"{coil.name}#plate",
                type=mujoco.mjtGeom.mjGEOM_CYLINDER,
                size=[coil.radius, PLATE_M / 2, 0],
                pos=[0, 0, -PLATE_M / 2],
                mass=PLATE_KG,
                contype=0,
                conaffinity=0,
            )
            solids.append(
                Solid(
                    geom=f"{coil.name}#plate",
                    body=coil.top,
                    material=coil.stand.material,
                    moves=True,
                    mass_kg=PLATE_KG,
                )
            )
        return solids

    @property
    def steps_held(self) -> float:
        """Until a hand presses one."""
        return self.clock.held

    def pass_over(self, steps: int) -> None:
        """So many steps without it."""
        self.clock.pass_over(steps)

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        self.clock.note(world, time_s)
        for coil in self.coils:
            pressed = coil.pressed_m(time_s)
            joint = world.model.joint(coil.top)
            q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
            world.data.qfrc_applied[v] = 0.0
            if pressed is None:
                continue
            off, speed = pressed - float(world.data.qpos[q]), float(world.data.qvel[v])
            hold = 40.0 * STIFFNESS_N_M
            world.data.qfrc_applied[v] = hold * off - 2 * math.sqrt(hold * PLATE_KG) * speed

    def keep(self, world: World, time_s: float) -> None:
        """Notes what is needed at 240 Hz."""
        if round(time_s * POSE_RATE_HZ) % (POSE_RATE_HZ // FORM_RATE_HZ) == 0:
            for coil in self.coils:
                plate = world.data.xpos[world.model.body(coil.top).id]
                coil.frames.append(coil.points_m(plate))

    def report(self) -> Report:
        """What it has to tell."""
        strands = {
            coil.name: Strand(points_m=np.stack(coil.frames), radius_m=WIRE_M)
            for coil in self.coils
        }
        return Report(strands=strands, events=[e for coil in self.coils for e in _events(coil)])


def _events(coil: Coil) -> list[Event]:
    if coil.action is None:
        return []
    drawn = coil.action.verb in ("stretch", "pull")
    who = first(say(coil.name))
    text = f"{who} is {'drawn out' if drawn else 'squashed'}"
    start = coil.action.start_s
    return [
        Event(time_s=start, kind="act", body=coil.name, text=text),
        Event(
            time_s=start + PRESS_S + HOLD_S, kind="release", body=coil.name, text=f"{who} is let go"
        ),
    ]
