"""Hinges. In: doors, windows, lids, a seesaw, a swing. Out: a leaf that turns on its frame, and opens or
closes as the text says.

The leaf hangs on one joint with a little friction. Opening and closing are a damped spring to an eased
angle; what is slammed is let go at speed and meets its stop, which is a solid of the frame, so that it
bangs. Between, the leaf is free: what flies against a door pushes it open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import mujoco
import numpy as np
from numpy.typing import NDArray

from flow_nb.physics.build import Solid, World
from flow_nb.physics.contacts import Blow
from flow_nb.physics.device import Clock, Device, Limb, Report
from flow_nb.physics.mechanisms.leaf import Leaf, Turn, add_leaf, friction_n_m_s, leaf_kg, reach_m
from flow_nb.physics.stand import Stand
from flow_nb.physics.words import first, say
from flow_nb.plan.events import Event
from flow_nb.plan.plan import Action, Plan
from flow_nb.props.archetypes import Hinge

OPENS = ("open", "push", "pull", "kick", "hit", "swing")
FAST = ("slam", "burst", "bang", "fling", "kick", "fly")
EASED_S = 1.5
SLAM_S = 0.5
OPEN_SHARE = 0.88
EASES = 1.4
"""A leaf is led for so many times as long as it takes to turn."""
STIFF_S = 14.0
NEAR_RAD = math.radians(2.5)
SWING_RAD = math.radians(38)
LATCH_S = 90.0
"""Natural frequency of a latch that holds a closed leaf, 1/s."""
SHUT_RAD = math.radians(0.1)

Floats = NDArray[np.float64]


def make_hinges(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """All hinges of a shot."""
    leaves = [
        _leaf(plan, stand, stand.prop.hinge)
        for stand in stands.values()
        if stand.prop.hinge is not None
    ]
    return Hinges(plan, leaves) if leaves else None


def _leaf(plan: Plan, stand: Stand, hinge: Hinge) -> Leaf:
    name = stand.body.name
    open_rad = OPEN_SHARE * math.radians(max(hinge.limits_deg, key=abs))
    asked = [
        a for a in plan.actions if a.body == name and not a.expected and a.verb in (*OPENS, "close")
    ]
    closable = 0.0 in hinge.limits_deg
    turns = tuple(_turn(action, open_rad) for action in asked) if closable else ()
    begin = math.radians(hinge.rest_deg)
    if turns and not turns[0].opens:
        begin = open_rad
    if not closable and asked and hinge.rest_deg == 0.0:
        begin = SWING_RAD
    return Leaf(
        stand=stand,
        hinge=hinge,
        turns=turns,
        begin_rad=begin,
        waits_s=min((action.start_s for action in asked), default=0.0),
        latched=closable and begin == 0.0,
    )


def _turn(action: Action, open_rad: float) -> Turn:
    told = f"{action.lemma} {action.manner}".lower()
    fast = any(word in told for word in FAST) or action.verb in ("kick", "hit")
    opens = action.verb != "close"
    lasts = EASED_S if action.end_s is None else max(action.end_s - action.start_s, 0.1)
    return Turn(
        start_s=action.start_s,
        lasts_s=SLAM_S if fast else lasts,
        to_rad=open_rad if opens else 0.0,
        opens=opens,
        slams=fast,
    )


class Hinges(Device):
    """Builds and turns the leaves."""

    def __init__(self, plan: Plan, leaves: Sequence[Leaf]) -> None:
        self.plan = plan
        self.leaves = leaves
        self.owned = frozenset(leaf.stand.body.name for leaf in leaves)
        self.limbs = tuple(
            Limb(
                name=leaf.name,
                material=leaf.stand.material,
                mass_kg=leaf_kg(leaf),
                size_m=leaf.stand.size_m,
            )
            for leaf in leaves
        )
        self.events: list[Event] = []
        self.drives = any(leaf.turns for leaf in leaves)
        waits = [(-np.inf, leaf.waits_s) for leaf in leaves if leaf.waits_s > 0]
        turns = [turn for leaf in leaves for turn in leaf.turns]
        self.clock = Clock([*waits, *((t.start_s, t.start_s + EASES * t.lasts_s) for t in turns)])

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """Adds its parts to a world in the making."""
        solids: list[Solid] = []
        for leaf in self.leaves:
            solids += add_leaf(spec, leaf)
        return solids

    def enter(self, world: World, before: World | None) -> None:
        """Knows the bodies of the new world by their place in it."""
        for leaf in self.leaves:
            if leaf.latched:
                _latch(world, leaf, on=True)
            if before is None:
                joint = world.model.joint(leaf.name)
                world.data.qpos[int(joint.qposadr[0])] = leaf.begin_rad
        if before is None:
            mujoco.mj_forward(world.model, world.data)

    @property
    def quiet(self) -> bool:
        """Where nothing is opened, closed or let go, leaves hang as they are."""
        return not self.clock.spans

    @property
    def looks(self) -> bool:
        """Only at what is opened or closed."""
        return self.drives

    @property
    def steps_held(self) -> float:
        """Until the next leaf is turned."""
        return self.clock.held

    def pass_over(self, steps: int) -> None:
        """So many steps without it."""
        self.clock.pass_over(steps)

    def act(self, world: World, time_s: float) -> None:
        """Pushes, just before a step."""
        self.clock.note(world, time_s)
        for leaf in self.leaves:
            joint = world.model.joint(leaf.name)
            q, v = int(joint.qposadr[0]), int(joint.dofadr[0])
            world.data.qfrc_applied[v] = 0.0
            if time_s < leaf.waits_s:
                world.data.qpos[q], world.data.qvel[v] = leaf.begin_rad, 0.0
                continue
            now = [turn for turn in leaf.turns if turn.start_s <= time_s]
            if leaf.told < len(now) - 1:
                self._begin(world, leaf, len(now) - 1, float(world.data.qpos[q]), time_s)
            if now and not leaf.latched:
                self._turn(world, leaf, now[-1], time_s, q, v)

    def _begin(
        self, world: World, leaf: Leaf, number: int, angle_rad: float, time_s: float
    ) -> None:
        turn = leaf.turns[number]
        _latch(world, leaf, on=False)
        leaf.told, leaf.from_rad, leaf.latched = number, angle_rad, False
        if turn.opens:
            self._tell("open", leaf, time_s, "flies open" if turn.slams else "opens")

    @staticmethod
    def _pull(world: World, q: int, v: int, stiff_s: float, off_rad: float, rate: float) -> None:
        """A critically damped spring towards an angle and a rate, less what pulls at the leaf."""
        pull = stiff_s**2 * off_rad + 2 * stiff_s * (rate - float(world.data.qvel[v]))
        inertia = float(world.model.dof_M0[v])
        world.data.qfrc_applied[v] = inertia * pull + float(world.data.qfrc_bias[v])

    def _turn(self, world: World, leaf: Leaf, turn: Turn, time_s: float, q: int, v: int) -> None:
        t = (time_s - turn.start_s) / turn.lasts_s
        if t > (1.0 if turn.slams else EASES):
            return
        start = leaf.from_rad
        x = min(t, 1.0)
        if turn.slams:  # thrown: it still speeds up when it is let go
            share, rate = x**2, 2 * x / turn.lasts_s
        else:
            share = x**3 * (10 - 15 * x + 6 * x**2)
            rate = 30 * x**2 * (1 - x) ** 2 / turn.lasts_s
        way = turn.to_rad - start
        stiff = STIFF_S * (3.0 if turn.slams else 1.0)
        off = start + share * way - float(world.data.qpos[q])
        self._pull(world, q, v, stiff, off, rate * way)

    def watch(self, world: World, time_s: float, blows: Sequence[Blow]) -> None:
        """Looks, just after a step."""
        for leaf in self.leaves:
            if leaf.latched or leaf.told < 0 or leaf.turns[leaf.told].opens:
                continue
            joint = world.model.joint(leaf.name)
            turn, v = leaf.turns[leaf.told], int(joint.dofadr[0])
            angle = float(world.data.qpos[int(joint.qposadr[0])])
            ended = time_s > turn.start_s + turn.lasts_s and abs(angle) < NEAR_RAD
            past = angle * (leaf.from_rad or -1.0) < 0 and abs(angle) > SHUT_RAD
            if ended or past:
                speed = abs(float(world.data.qvel[v])) * reach_m(leaf)
                verb = "slams shut" if turn.slams else "closes"
                self._tell("close", leaf, time_s, verb, speed)
                leaf.latched = True
                _latch(world, leaf, on=True)

    def _tell(
        self, kind: str, leaf: Leaf, time_s: float, verb: str, speed_m_s: float = 0.0
    ) -> None:
        self.events.append(
            Event(
                time_s=time_s,
                kind=kind,  # type: ignore[arg-type]
                body=leaf.stand.body.name,
                speed_m_s=speed_m_s,
                text=f"{first(say(leaf.stand.body.name))} {verb}",
            )
        )

    def report(self) -> Report:
        """What it has to tell."""
        return Report(events=self.events)


def _latch(world: World, leaf: Leaf, *, on: bool) -> None:
    """A critically damped spring that holds a leaf shut against its weight, in the joint itself."""
    model = world.model
    joint = model.joint(leaf.name)
    j, v = int(joint.id), int(joint.dofadr[0])
    inertia = float(model.dof_M0[v])
    carries = float(world.data.qfrc_bias[v]) / (inertia * LATCH_S**2)
    model.qpos_spring[int(joint.qposadr[0])] = carries if on else 0.0
    model.jnt_stiffness[j] = inertia * LATCH_S**2 if on else 0.0
    model.dof_damping[v] = (2 * inertia * LATCH_S if on else 0.0) + friction_n_m_s(leaf)
