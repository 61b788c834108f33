"""Ropes and chains. In: props of kind ``cord``. Out: `Strand`s: links in a row that hang, span or lie, and
carry what hangs from them.

A cord is a chain of capsules on ball joints. It hangs from its upper end, spans from one body to another,
or lies on the floor; what hangs from it is tied to its last link by its top.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid, World
from flow_nb.physics.device import Clock, Device, Report
from flow_nb.physics.mechanisms.dangling import hangs, spans
from flow_nb.physics.stand import Stand
from flow_nb.plan.forms import FORM_RATE_HZ, Strand
from flow_nb.plan.motion import POSE_RATE_HZ
from flow_nb.plan.plan import Plan

LINKS = 14
SLACK = 1.06
"""A cord that spans two bodies is so much longer than the way between them."""
STIFFNESS = {"rope": 2e-3, "chain": 0.0}
DAMPING = {"rope": 2e-3, "chain": 4e-4}
ARMATURE = 2e-5
TIED = 2
"""So many links at a knot do not touch what they are tied to."""

Floats = NDArray[np.float64]


def make_cords(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All ropes and chains of a shot."""
    found = [stand for stand in stands.values() if stand.prop.kind == "cord"]
    return Cords(plan, stands, found) if found else None


class Cord:
    """One cord: where its ends are at first, its links, and what was kept of it."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand], stand: Stand) -> None:
        self.stand = stand
        self.name = stand.body.name
        low, high = stand.bounds_m
        self.long = float(high[2] - low[2])
        self.radius = float(high[0])
        foot, turn = np.asarray(stand.foot_m), np.zeros(9)
        mujoco.mju_quat2Mat(turn, stand.turn)
        self.tied = [n for n, s in stands.items() if hangs(plan, n, self.name) and not s.body.fixed]
        ends = spans(plan, self.name)
        self.spans = ends is not None and all(end in stands for end in ends)
        self.hung = not self.spans and bool(turn[8] > 0.2)
        self.start_s = stand.start_s or 0.0
        if self.spans and ends is not None:
            self.points = self._sagging(*(_top_m(stands[end]) for end in ends))
        elif self.hung:
            top = foot + turn.reshape(3, 3)[:, 2] * self.long
            self.points = top + np.outer(np.linspace(0, 1, LINKS + 1), foot - top)
        else:
            self.points = self._lying(foot)
        met = any(self.name in a.names for a in plan.actions if not a.expected)
        self.still = not (self.hung or self.spans or met or self.points[:, 2].min() > 0.2)
        self.frames: list[NDArray[np.float32]] = []

    def touches(self, link: int) -> bool:
        """Whether a link meets other things; where it is tied it does not."""
        if self.spans and link < TIED:
            return False
        return link < LINKS - TIED or not (self.spans or self.tied)

    def _sagging(self, a: Floats, b: Floats) -> Floats:
        """A parabola between two points, as long as the cord, or a little longer than the way."""
        span = float(np.linalg.norm(b - a))
        self.long = max(min(self.long, 1.6 * span), SLACK * span)
        sag = span * math.sqrt(max(3 * (self.long / span - 1) / 8, 0.0))
        t = np.linspace(0, 1, LINKS + 1)
        points = a + np.outer(t, b - a)
        points[:, 2] -= 4 * sag * t * (1 - t)
        return points

    def _lying(self, foot: Floats) -> Floats:
        """In gentle bends along x."""
        t = np.linspace(0, 1, LINKS + 1)
        points = np.stack([0.9 * self.long * (t - 0.5), 0.05 * np.sin(9 * t), 0 * t], axis=1)
        return np.asarray(points + foot + [0, 0, self.radius + 0.001])

    def links(self) -> list[str]:
        """The names of its MuJoCo bodies; the first has the cord's own."""
        return [self.name, *(f"{self.name}~{k}" for k in range(1, LINKS))]


def _top_m(stand: Stand) -> Floats:
    return np.asarray(stand.foot_m) + [0, 0, float(stand.bounds_m[1, 2]) * 0.95]


class Cords(Device):
    """Builds the links and keeps their joints' places."""

    def __init__(self, plan: Plan, stands: Mapping[str, Stand], found: Sequence[Stand]) -> None:
        self.cords = [Cord(plan, stands, stand) for stand in found]
        self.clock = Clock((-np.inf, cord.start_s) for cord in self.cords if cord.hung)
        self.stands = stands
        self.owned = frozenset(cord.name for cord in self.cords)

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making."""
        solids: list[Solid] = []
        for cord in self.cords:
            solids += _add(spec, cord)
            self._tie(spec, cord)
        return solids

    def _tie(self, spec: mujoco.MjSpec, cord: Cord) -> None:
        """What hangs from it, and its far end where it spans."""
        last = cord.links()[-1]
        ends = [(name, "") for name in cord.tied] if cord.hung else []
        if cord.spans:
            ends = [("", "world")]
        for name, world in ends:
            if name and spec.body(name) is None:
                continue
            tie = spec.add_equality()
            tie.name = f"{cord.name}+{name or world}"
            tie.type = mujoco.mjtEq.mjEQ_CONNECT
            tie.objtype = mujoco.mjtObj.mjOBJ_BODY
            tie.name1, tie.name2 = last, name or world
            tie.data[:3] = [0, 0, -cord.long / LINKS]
            tie.solref = [0.004, 1.0]

    @property
    def steps_held(self) -> float:
        """Until the cords are let go, each step counts."""
        return self.clock.held

    def pass_over(self, steps: int) -> None:
        """So many steps without it."""
        self.clock.pass_over(steps)

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        self.clock.note(world, time_s)
        for cord in self.cords:
            if not cord.hung or time_s >= cord.start_s:
                continue
            for link in cord.links():
                joint = world.model.joint(link)
                q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
                world.data.qpos[q : q + 4] = [1, 0, 0, 0]
                world.data.qvel[v : v + 3] = 0

    def keep(self, world: World, time_s: float) -> None:
        """Notes what is needed at 240 Hz."""
        if round(time_s * POSE_RATE_HZ) % (POSE_RATE_HZ // FORM_RATE_HZ):
            return
        for cord in self.cords:
            ids = [world.model.body(link).id for link in cord.links()]
            joints = world.data.xpos[ids]
            turn = world.data.xmat[ids[-1]].reshape(3, 3)
            end = joints[-1] - turn[:, 2] * cord.long / LINKS
            cord.frames.append(np.vstack([joints, end]).astype(np.float32))

    def report(self) -> Report:
        """What it has to tell."""
        return Report(
            strands={
                cord.name: Strand(points_m=np.stack(cord.frames), radius_m=cord.radius)
                for cord in self.cords
            }
        )


def _add(spec: mujoco.MjSpec, cord: Cord) -> list[Solid]:
    """Link by link, each in the frame of the one above: its -z runs along the cord."""
    step = cord.long / LINKS
    way = np.diff(cord.points, axis=0)
    turns = [_down_to(part) for part in way]
    parent, before = spec.worldbody, np.array([1.0, 0, 0, 0])
    mass = cord.stand.mass_kg / LINKS
    prop = cord.stand.prop.name
    solids = []
    for k, name in enumerate(cord.links()):
        local = np.zeros(4)
        inverse = np.array([before[0], *(-before[1:])])
        mujoco.mju_mulQuat(local, inverse, turns[k])
        pos = cord.points[0] if k == 0 else [0.0, 0.0, -step]
        parent = parent.add_body(name=name, pos=pos, quat=local)
        before = turns[k]
        if cord.still:  # nobody touches a rope that just lies there: it costs nothing
            pass
        elif k == 0 and not (cord.hung or cord.spans):
            parent.add_freejoint(name=name)
        else:
            parent.add_joint(
                name=name,
                type=mujoco.mjtJoint.mjJNT_BALL,
                damping=[DAMPING.get(prop, 1e-3), 0, 0],
                stiffness=[STIFFNESS.get(prop, 0.0), 0, 0],
                armature=ARMATURE,
            )
        parent.add_geom(
            name=f"{name}#",
            type=mujoco.mjtGeom.mjGEOM_CAPSULE,
            fromto=[0, 0, 0, 0, 0, -step],
            size=[cord.radius, 0, 0],
            mass=mass,
            contype=0,
            conaffinity=0,
        )
        if not cord.touches(k):
            continue
        solids.append(
            Solid(
                geom=f"{name}#",
                body=cord.name,
                material=cord.stand.material,
                moves=not cord.still,
                mass_kg=mass,
            )
        )
    return solids


def _down_to(way: Floats) -> Floats:
    """The shortest turn that takes -z to a way (3,), as a quaternion."""
    way = way / np.linalg.norm(way)
    down = np.array([0.0, 0.0, -1.0])
    axis, cosine = np.cross(down, way), float(down @ way)
    if cosine < -0.9999:
        return np.array([0.0, 1.0, 0.0, 0.0])
    quaternion = np.array([1 + cosine, *axis])
    return np.asarray(quaternion / np.linalg.norm(quaternion))
