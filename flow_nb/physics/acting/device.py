"""The device of all who act. In: a plan and its stands. Out: bones, animals and vehicles led through the solver.

At every sample the scripts say where everything shall be a sample later; between samples it is led
there, and the solver answers with contacts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import mujoco
import numpy as np

from flow_nb.physics.acting import body as bodies
from flow_nb.physics.acting.casting import cast
from flow_nb.physics.acting.company import Company, say, who
from flow_nb.physics.acting.figure import TICK_S, Figure
from flow_nb.physics.acting.grips import Grips
from flow_nb.physics.acting.kites import kites
from flow_nb.physics.acting.lead import Leader, Pose
from flow_nb.physics.acting.live import Live
from flow_nb.physics.acting.movers import Mover, add_mover
from flow_nb.physics.acting.riding import hand_over, mount, riders
from flow_nb.physics.acting.runs import runs
from flow_nb.physics.acting.score import parts
from flow_nb.physics.acting.turns import Vec, about_z
from flow_nb.physics.build import Solid, World
from flow_nb.physics.contacts import Blow
from flow_nb.physics.device import Device, Report
from flow_nb.physics.stand import Stand
from flow_nb.plan.events import Event
from flow_nb.plan.plan import Plan

STEPS_TOLD = 4
LOUD_M_S = 0.4
DEEPER_M, INSIDE_M = 10.0, 0.008
FREED_S = 0.25
"""For so long a hand does not touch what it has let go."""


def acting(plan: Plan, stands: Mapping[str, Stand]) -> Device | None:
    """The device of a shot in which somebody acts, or None."""
    kinds = {stand.prop.kind for stand in stands.values()}
    return Acting(plan, stands) if kinds & {"figure", "animal", "vehicle"} else None


class Acting(Device):
    """Figures by their scripts, animals and vehicles by their ways."""

    drives = True

    def __init__(self, plan: Plan, stands: Mapping[str, Stand]) -> None:
        self.plan, self.stands = plan, stands
        live = Live(plan, stands)
        self.company = Company(plan, live, Grips(live))
        rng = np.random.default_rng([plan.seed, 7])
        for name, stand in stands.items():
            if stand.prop.kind == "figure":
                x, y, _ = stand.foot_m
                phase = float(rng.uniform(0, 6.28))
                figure = Figure(stand.body, live, (x, y, 0.0), 0.0, phase)
                self.company.figures[name] = figure
                live.people[name] = _breast(figure)
        self.movers = {
            name: Mover(self.company, stand)
            for name, stand in stands.items()
            if stand.prop.kind in ("animal", "vehicle") and not stand.body.fixed
        }
        self.kites = kites(self.company)
        flown = {kite.name for kite in self.kites}
        self.owned = frozenset({*self.company.figures, *self.movers, *flown})
        self.limbs = tuple(
            limb
            for name, figure in self.company.figures.items()
            for limb in bodies.limbs(name, figure.rig, stands[name].mass_kg)
        )
        self.leader = Leader()
        self.parts = parts(self.company)
        self.runs = runs(self.company, self.movers)
        self.riders = riders(self.company, self.movers)
        hand_over(self.riders, self.parts, self.runs)
        for part in self.parts:
            part.cues = [action for action in part.cues if action.body not in flown]
        self._geoms: dict[str, list[int]] = {}
        self._quiet: list[tuple[float, str, str]] = []
        self._inside: set[frozenset[str]] = set()
        self._steps = 0

    # The world.

    def furnish(self, spec: mujoco.MjSpec) -> list[Solid]:
        """All bones, and the bodies of animals and vehicles."""
        solids = []
        for name, figure in self.company.figures.items():
            solids += bodies.add_body(spec, name, figure.rig)
        for name in (*self.movers, *(kite.name for kite in self.kites)):
            solids += add_mover(spec, self.stands[name])
        return solids

    def enter(self, world: World, before: World | None) -> None:
        """The same people in another world; in the first one they take their marks."""
        live = self.company.live
        live.enter(world)
        self.leader.enter(world)
        if before is None:
            cast(self.company, self.parts)
            for run in self.runs:
                run.take_mark()
            for figure, mover in self.riders:
                mount(figure, mover)
            for kite in self.kites:
                kite.take_mark()
            self.leader.put(self._poses())
        self._inside |= self._overlaps(world)
        for thing in [t for t in self.company.grips.held if not live.free(t)]:
            del self.company.grips.held[thing]
        for thing, grip in self.company.grips.held.items():
            self._touch(thing, grip.figure.name, on=False)
        self._step_through(world)
        for i in range(world.model.npair):
            if _names_of(world.model, i) in self._inside:
                _feel(world.model, i, on=False)

    def _overlaps(self, world: World) -> set[frozenset[str]]:
        """Pairs of which one is led and that begin inside each other: they do not feel each other,
        for the solver would throw them apart."""
        found = set()
        for contact in world.data.contact:
            names = [world.model.geom(int(g)).name for g in contact.geom]
            led = any(n.partition("#")[0].partition("/")[0] in self.owned for n in names)
            if led and contact.dist < -INSIDE_M and "floor" not in names:
                found.add(frozenset(names))
        return found

    def _step_through(self, world: World) -> None:
        """Feet touch the ground and what is free; they do not stumble over furniture and each other."""
        model = world.model
        for i in range(model.npair):
            pair = sorted(_names_of(model, i))
            feet = [name for name in pair if "/foot-" in name]
            other = next((name for name in pair if "/foot-" not in name), feet[-1] if feet else "")
            owner = other.partition("#")[0].partition("/")[0]
            free = (
                owner in self.stands and self.company.live.free(owner) and owner not in self.owned
            )
            if feet and other != "floor" and not free and not self._stood_on(feet[0], owner):
                _feel(model, i, on=False)

    def _stood_on(self, foot: str, thing: str) -> bool:
        """Whether the owner of a foot stands on that thing."""
        figure = self.company.figures[foot.partition("/")[0]]
        return (
            thing in self.stands and 0.05 < figure.at_m[2] <= self.company.live.top_m(thing) + 0.01
        )

    # Through time.

    def keep(self, world: World, time_s: float) -> None:
        """What everybody does from this sample to the next."""
        ahead_s = time_s + TICK_S
        holding = set(self.company.grips.held)
        for part in self.parts:
            part.tick(ahead_s)
        for figure in self.company.figures.values():
            figure.tick(ahead_s)
        for run in self.runs:
            run.tick(ahead_s)
        self._free(world, time_s)
        for thing in self.company.grips.held.keys() - holding:
            self._touch(thing, self.company.grips.held[thing].figure.name, on=False)
            self.leader.begin(thing, (self.company.live.foot(thing), self.company.live.turn(thing)))
        for kite in self.kites:
            kite.keep(time_s)
        self.leader.aim(self._poses())

    def act(self, world: World, time_s: float) -> None:
        """Leads everything a step further."""
        self.leader.step()

    @property
    def steps_held(self) -> float:
        """Until the next pose is reached."""
        return self.leader.steps_held

    def pass_over(self, steps: int) -> None:
        """So many steps as they were."""
        self.leader.pass_over(steps)

    def watch(self, world: World, time_s: float, blows: Sequence[Blow]) -> None:
        """Steps, kicks and knocks, as they happen."""
        for blow in blows:
            names = [world.model.geom(g).name for g in blow.geoms]
            for mine, other in (names, names[::-1]):
                owner, _, bone = mine.partition("/")
                if owner in self.company.figures:
                    self._tell_blow(owner, bone, world.body_name(world.model.geom(other).id), blow)

    def report(self) -> Report:
        """What they did, and what they could not do."""
        lines = {f"{kite.name}/line": kite.strand for kite in self.kites}
        return Report(events=self.company.events, warnings=self.company.warnings, strands=lines)

    def _poses(self) -> dict[str, Pose]:
        """Everything that is led, where it shall be."""
        poses: dict[str, Pose] = {}
        for name, figure in self.company.figures.items():
            at, heading = figure.root
            poses[name] = (at, about_z(heading))
            for bone, placed in figure.placed.items():
                poses[f"{name}/{bone}"] = placed
        for name, mover in self.movers.items():
            poses[name] = mover.pose
        for kite in self.kites:
            poses[kite.name] = kite.pose
        for thing, grip in self.company.grips.held.items():
            poses[thing] = grip.pose()
        return poses

    def _free(self, world: World, time_s: float) -> None:
        """What has been let go flies on with its velocity; then hands may touch it again."""
        for thing, owner, velocity, spin in self.company.grips.freed:
            if self.company.live.free(thing):
                start = int(world.model.joint(thing).dofadr[0])
                world.data.qvel[start : start + 6] = [*velocity, *spin]
                self._quiet.append((time_s + FREED_S, thing, owner))
        self.company.grips.freed.clear()
        for thing, owner in self.company.grips.hushed:
            self._touch(thing, owner, on=False)
        self.company.grips.hushed.clear()
        for until, thing, owner in [q for q in self._quiet if q[0] <= time_s]:
            self._quiet.remove((until, thing, owner))
            if thing not in self.company.grips.held:
                self._touch(thing, owner, on=True)

    def _touch(self, thing: str, owner: str, *, on: bool) -> None:
        """Whether a figure and what it holds feel each other: a margin deeper than any says no."""
        world = self.company.live.world
        if world is None:
            return
        model = world.model
        for i in range(model.npair):
            has = {n.partition("#")[0].partition("/")[0] for n in _names_of(model, i)}
            if has == {thing, owner}:
                _feel(model, i, on=on)

    def _tell_blow(self, owner: str, bone: str, other: str, blow: Blow) -> None:
        figure = self.company.figures[owner]
        world = other in ("world", "")
        if world and bone.startswith("foot"):
            self._steps += 1
            if self._steps <= STEPS_TOLD and blow.time_s > 0.05:
                self.company.events.append(
                    _event("step", owner, "set", blow, f"{who(figure)} sets a foot down")
                )
        elif not world and other in self.stands and blow.normal_speed_m_s > LOUD_M_S:
            part = bone.partition("-")[0]
            text = f"{who(figure)}'s {part} meets {say(other)} at {blow.normal_speed_m_s:.1f} m/s"
            self.company.events.append(_event("impact", owner, other, blow, text))


def _names_of(model: mujoco.MjModel, pair: int) -> frozenset[str]:
    """The two geoms of a pair."""
    geoms = (int(model.pair_geom1[pair]), int(model.pair_geom2[pair]))
    return frozenset(model.geom(g).name for g in geoms)


def _feel(model: mujoco.MjModel, pair: int, *, on: bool) -> None:
    """Whether a pair's contacts push: they do from a depth that nothing reaches, or from none."""
    model.pair_margin[pair] = 0.0 if on else -DEEPER_M
    model.pair_gap[pair] = 0.0 if on else DEEPER_M


def _event(kind: str, body: str, other: str, blow: Blow, text: str) -> Event:
    return Event(
        time_s=blow.time_s, kind=kind, body=body, other=other,  # type: ignore[arg-type]
        speed_m_s=blow.normal_speed_m_s, text=text,
    )  # fmt: skip


def _breast(figure: Figure) -> Callable[[], Vec]:
    return lambda: figure.breast_m
