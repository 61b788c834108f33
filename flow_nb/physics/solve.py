"""The solver. In: a `Plan`. Out: a `Motion`: poses at 240 Hz, every touch, every break, told as events."""

from __future__ import annotations

from collections.abc import Callable

import mujoco
import numpy as np

from flow_nb.physics.bounds import left
from flow_nb.physics.breaking import broken_by, carry_over, fly_apart
from flow_nb.physics.build import World, build
from flow_nb.physics.checks.check import check
from flow_nb.physics.checks.evidence import Evidence, Witness
from flow_nb.physics.contacts import Blow, Touches
from flow_nb.physics.device import Device, Report, together
from flow_nb.physics.devices import devices
from flow_nb.physics.flight import Flights
from flow_nb.physics.guard import Guard
from flow_nb.physics.launch import launch
from flow_nb.physics.rebound import Rebounds
from flow_nb.physics.record import Record
from flow_nb.physics.settling import Settling
from flow_nb.physics.stand import Stand
from flow_nb.physics.starting import hold, send_off
from flow_nb.physics.striding import Strides
from flow_nb.physics.tell import Break, Leave, Story, tell
from flow_nb.plan.motion import POSE_RATE_HZ, Motion
from flow_nb.plan.plan import Plan

VERSION = "8"
"""Changes when the same plan would give another motion."""

STRIDE = True
"""Whether steps in which nothing happens are taken together."""

LEAVING_S = 0.1
"""A flight shorter than this is a rattle, not a departure."""


def solve(plan: Plan, *, progress: Callable[[float], None] | None = None) -> Motion:
    """Solves a plan from its first frame to its last.

    ``progress`` hears the share done, 0 to 1, some thirty times; it may raise to stop.

    Raises:
        PlanError: a body stands on itself.
        SolveError: the numbers run away.
    """
    stands, warnings = launch(plan)
    run = _Run(plan, {stand.body.name: stand for stand in stands})
    samples = round(plan.duration_s * POSE_RATE_HZ)
    steps = max(1, round(1 / (plan.timestep_s * POSE_RATE_HZ)))
    for sample in range(samples):
        run.keep(sample / POSE_RATE_HZ)
        run.go_on(sample * steps, steps)
        if progress is not None and sample % max(1, samples // 30) == 0:
            progress(sample / samples)
    run.keep(plan.duration_s)
    reports = [device.report() for device in run.devices]
    said = [*warnings, *run.guard.warnings, *left(run.stands, run.record.poses)]
    own = Report(events=tell(plan, run.stands, run.story()), warnings=said)
    told = together([own, *reports])
    checks, unmet = check(run.evidence(), told.events)
    told = together([told, Report(checks=checks, warnings=unmet)])
    return run.record.motion(plan, run.stands, run.touches, told)


class _Run:
    """One solution in the making."""

    def __init__(self, plan: Plan, stands: dict[str, Stand]) -> None:
        self.plan = plan
        self.stands = stands
        self.rng = np.random.default_rng([plan.seed, 2])
        self.devices = devices(plan, stands)
        self.owned = frozenset(name for device in self.devices for name in device.owned)
        limbs = {limb.name: limb for device in self.devices for limb in device.limbs}
        self.record = Record(names=[*stands, *limbs], limbs=limbs)
        self.touches = Touches()
        self.world: World = None  # type: ignore[assignment]
        self.flights = Flights(stands)
        self.witness = Witness()
        self.guard = Guard()
        self.started: set[str] = set()
        self.acting = [d for d in self.devices if _does(d, "act")]
        self.watching = [d for d in self.devices if _does(d, "watch")]
        self.breaking = [d for d in self.devices if _does(d, "breaks")]
        self.breaks: list[Break] = []
        self.leaves: list[Leave] = []
        self.landings: dict[tuple[str, float], float] = {}
        self._enter(self._build())

    def _build(self) -> World:
        """Everything that exists from now on."""
        gone = {*self.record.gone_s, *self.owned}
        whole = [stand for name, stand in self.stands.items() if name not in gone]
        return build(self.plan, whole, self.record.splinters.values(), self.devices)

    def _enter(self, world: World) -> None:
        """From here on, this is the world."""
        before: World | None = self.world
        self.world = world
        for device in self.devices:
            device.enter(world, before)
        self.columns, self.feet = self.record.columns(world.model), world.feet
        self.touches.enter(world.model, self.columns, len(self.record.names))
        self.rebounds = Rebounds()
        self.witness.enter(world, self.record.names)
        self.free = {
            name: stand
            for name, stand in self.stands.items()
            if not stand.body.fixed and name not in self.record.gone_s and name not in self.owned
        }
        self.ids = {
            self.record.names.index(name): int(world.model.body(name).id) for name in self.free
        }
        self.flights.enter(self.ids)
        self.settling = Settling(world.model, self.touches)
        self._ready()
        self.strides = Strides(
            self.plan, world, self.columns, touches=self.touches, flights=self.flights,
            witness=self.witness, rebounds=self.rebounds, devices=self.devices,
        )  # fmt: skip

    def _ready(self) -> None:
        """Notes who has not started yet, and who may fly."""
        self.waiting = {
            name: stand
            for name, stand in self.free.items()
            if name not in self.started and (stand.held or stand.start_s is not None)
        }
        self.may_fly = np.array(
            [
                name in self.free
                and stand.pivot_m is None
                and (not stand.held or name in self.started)
                for name, stand in self.stands.items()
            ],
            dtype=bool,
        )

    def keep(self, time_s: float) -> None:
        """Keeps the poses at the next sample of the 240 Hz clock."""
        self.record.keep(self.world.model, self.world.data, self.columns, self.feet)
        self.witness.keep(self.world.data)
        self.settling.keep(self.world.model, self.touches, time_s)
        for device in self.devices:
            device.keep(self.world, time_s)

    def story(self) -> Story:
        """What happened, as the teller of events wants it."""
        return Story(
            names=tuple(self.record.names),
            contacts=self.touches.contact_rows(),
            breaks=tuple(self.breaks),
            leaves=tuple(self.leaves),
            landings=self.landings,
            poses=tuple(self.record.poses),
        )

    def evidence(self) -> Evidence:
        """What happened, as the check wants it."""
        return Evidence(
            plan=self.plan,
            stands=self.stands,
            story=self.story(),
            makes=self.witness.makes,
            flown=tuple(self.flights.flown),
            meetings=tuple(self.witness.meetings),
            rubs=self.touches.rub_rows(),
            energy_j=np.array(self.record.energy_j),
            kinetic_j=self.witness.kinetic_j,
            work_j=self.witness.work_j,
            driven=self.witness.driven or any(device.drives for device in self.devices),
        )

    def go_on(self, first: int, steps: int) -> None:
        """Takes so many steps, the first of which has that number; together where nothing happens."""
        sub, calm = 0, STRIDE
        while sub < steps:
            time_s = (first + sub) * self.plan.timestep_s
            self.step(time_s, sample_rubs=sub == 0)
            sub += 1
            if calm and sub < steps:
                stride = self.strides.steps(time_s, steps - sub, self.waiting)
                calm = not stride or self.strides.leap(time_s, stride)
                sub += stride if calm else 0

    def step(self, time_s: float, *, sample_rubs: bool) -> None:
        """Advances by one time step from ``time_s``."""
        model, data = self.world.model, self.world.data
        if self.waiting:
            self._start(time_s)
        if self.acting:
            data.xfrc_applied[:] = 0
        for device in self.acting:
            device.act(self.world, time_s)
        before = data.qpos.copy(), data.qvel.copy()
        mujoco.mj_step(model, data)
        self.guard.watch(self.world, before)
        blows = self.touches.step(model, data, time_s, sample_rubs=sample_rubs)
        self._follow_flights(time_s, blows)
        self.witness.watch(self.world, self.ids, self.record.names, blows, self.touches, time_s)
        self.rebounds.watch(self.world, blows, self.touches, time_s)
        for device in self.watching:
            device.watch(self.world, time_s, blows)
        for blow in blows:
            victim = broken_by(self.world, self.free, blow)
            if victim is not None:
                data.qpos[:], data.qvel[:] = before
                self._shatter(victim, blow)
                return
        if self.breaking:
            self._break_by_device(time_s)

    def _break_by_device(self, time_s: float) -> None:
        """The first body that a device wants broken."""
        for device in self.devices:
            for name, point in device.breaks(self.world, time_s):
                if name in self.free:
                    column = self.record.names.index(name)
                    blow = Blow(
                        time_s=time_s,
                        a=column,
                        b=-1,
                        geoms=(0, 0),
                        point_m=point,
                        normal_speed_m_s=0.0,
                    )
                    self._shatter(name, blow)
                    return

    # Starts.

    def _start(self, time_s: float) -> None:
        """Gives bodies their velocity when their time has come, and holds those that float."""
        for name, stand in list(self.waiting.items()):
            if stand.start_s is not None and time_s >= stand.start_s:
                self.started.add(name)
                send_off(self.world, stand)
                self._ready()
            elif stand.held:
                hold(self.world, stand)

    # Flights, for the closed form.

    def _follow_flights(self, time_s: float, blows: list[Blow]) -> None:
        for blow in blows:
            self._note_landing(blow)
        touching = self.touches.touching
        for column in self.flights.landing(touching):
            self._note_leaving(int(column), time_s)
        model, data = self.world.model, self.world.data
        self.flights.touch(model, data, touching, time_s)
        touched = {self.record.names[column] for column in touching if column >= 0} & {
            name for name, stand in self.waiting.items() if stand.held
        } if self.waiting else set()  # fmt: skip
        if touched:
            self.started |= touched
            self._ready()
        self.flights.watch(model, data, self.may_fly, time_s)

    def _note_leaving(self, column: int, time_s: float) -> None:
        began = self.flights.began_s(column)
        if began is not None and time_s - began > LEAVING_S:
            self.leaves.append(Leave(time_s=began, body=self.record.names[column]))

    def _note_landing(self, blow: Blow) -> None:
        """Theory beside the solver, where a flying body meets something level that does not move."""
        other = self.record.names[blow.b] if blow.b >= 0 else None
        if other is not None and not (other in self.stands and self.stands[other].body.fixed):
            return
        level = 0.0 if other is None else float(blow.point_m[2])
        name = self.record.names[blow.a]
        landed = self.flights.landing_s(name, level, self.plan.gravity_m_s2)
        if landed is not None:
            self.landings[name, blow.time_s] = landed

    # Breakage.

    def _shatter(self, name: str, blow: Blow) -> None:
        """Replaces a body by splinters that move on as its parts moved at that instant."""
        flung = fly_apart(self.world, self.free[name], blow, self.rng)
        self.record.replace(name, flung.made, blow.time_s)
        world = self._build()
        carry_over(self.world, world)
        flung.place(world)
        self.breaks.append(
            Break(
                time_s=blow.time_s, body=name, pieces=len(flung.made), blow=blow,
                mass_kg=flung.mass_kg,
            )
        )  # fmt: skip
        self._enter(world)


def _does(device: Device, what: str) -> bool:
    return getattr(type(device), what) is not getattr(Device, what)
